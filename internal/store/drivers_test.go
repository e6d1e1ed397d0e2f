package store

import (
	"errors"

	"github.com/pressly/goose/v3"
	modernc "modernc.org/sqlite"
)

// drivers are the two that can be had without a C compiler; one of them ships.
var drivers = map[string]dialect{
	"ncruces": sqlite,
	"modernc": {name: "sqlite", driver: "sqlite", text: asItIs, goose: goose.DialectSQLite3, fault: func(err error) fault {
		if e, ok := errors.AsType[*modernc.Error](err); ok {
			return sqliteFault(e.Code())
		}
		return unclear
	}},
}
