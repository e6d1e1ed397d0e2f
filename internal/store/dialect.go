package store

import (
	"errors"

	"github.com/pressly/goose/v3"
	sqlite3 "modernc.org/sqlite"
)

// dialect is what differs between databases and their drivers.
type dialect struct {
	name   string // of the folder of migrations
	driver string // as registered with database/sql
	goose  goose.Dialect
	fault  func(error) fault // what an error of the driver means
}

var sqlite = dialect{
	name: "sqlite", driver: "sqlite", goose: goose.DialectSQLite3,
	fault: func(err error) fault {
		if e, ok := errors.AsType[*sqlite3.Error](err); ok {
			return sqliteFault(e.Code())
		}
		return unclear
	},
}
