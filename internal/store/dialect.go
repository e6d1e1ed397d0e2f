package store

import (
	"errors"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"
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
	// text is a statement as the database understands it.
	text func(string) string

	shared     bool   // other processes commit to it too, each for what it has taken
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
	text: asItIs,
}

func asItIs(query string) string { return query }

var postgres = dialect{
	name: "postgres", driver: "pgx", goose: goose.DialectPostgres,
	fault: func(err error) fault {
		if e, ok := errors.AsType[*pgconn.PgError](err); ok {
			return postgresFault(e.Code)
		}
		return unclear
	},
	text: postgresText,
}

// different are the statements of which PostgreSQL needs another text, by that
// for SQLite. Written when the package is loaded, only read afterwards.
var different = map[string]string{}

// differs is a statement that the databases do not understand in the same
// words. The package says the first; whoever carries it out on PostgreSQL says
// the second.
func differs(sqlite, postgres string) string {
	different[sqlite] = postgres
	return sqlite
}

// postgresTexts are statements that were put into PostgreSQL's words.
var postgresTexts sync.Map

func postgresText(query string) string {
	if text, ok := postgresTexts.Load(query); ok {
		return text.(string)
	}
	text, ok := different[query]
	if !ok {
		text = query
	}
	text = numberedPlaces(text)
	postgresTexts.Store(query, text)
	return text
}

// numberedPlaces turns the places of arguments, ? or ?1, into $1. What is in
// quotes is left alone.
func numberedPlaces(query string) string {
	var out strings.Builder
	quoted, next := false, 1
	for i := 0; i < len(query); i++ {
		c := query[i]
		if c == '\'' {
			quoted = !quoted
		}
		if c != '?' || quoted {
			out.WriteByte(c)
			continue
		}
		out.WriteByte('$')
		if i+1 < len(query) && query[i+1] >= '0' && query[i+1] <= '9' {
			continue // it has its number
		}
		out.WriteString(strconv.Itoa(next))
		next++
	}
	return out.String()
}
