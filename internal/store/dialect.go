package store

import (
	"errors"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/driver" // registers itself as "sqlite3"
	"github.com/pressly/goose/v3"
)

// dialect is what differs between databases and their drivers.
type dialect struct {
	name   string // of the folder of migrations
	driver string // as registered with database/sql
	goose  goose.Dialect
	fault  func(error) fault // what an error of the driver means
}

var sqlite = dialect{
	name: "sqlite", driver: "sqlite3", goose: goose.DialectSQLite3,
	fault: func(err error) fault {
		if e, ok := errors.AsType[*sqlite3.Error](err); ok {
			return sqliteFault(int(e.Code()))
		}
		return unclear
	},
}
