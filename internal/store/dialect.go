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

	fileSystem string // as registered with the driver; "" is the machine's
}

var sqlite = dialect{
	name: "sqlite", driver: "sqlite3", goose: goose.DialectSQLite3,
	fault: func(err error) fault {
		// The driver has three types of error; each says its code so.
		if code, ok := errors.AsType[sqlite3.ExtendedErrorCode](err); ok {
			return sqliteFault(int(code))
		}
		return unclear
	},
}
