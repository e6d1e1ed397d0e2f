package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// IsPostgres reports whether what is given as a database is the URL of one on a
// PostgreSQL server. Else it is the path of a file.
func IsPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// Redacted is a database as it may be shown and logged: without the password
// that its URL may hold.
func Redacted(database string) string {
	if !IsPostgres(database) {
		return database
	}
	u, err := url.Parse(database)
	if err != nil {
		return "postgres://…" // what cannot be read may hold a password anywhere
	}
	if q := u.Query(); q.Has("password") {
		q.Set("password", "xxxxx")
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}

const (
	// patience is how long a transaction or a read may take before the
	// connection is given up: a server that was stopped keeps the connections
	// it has open and says nothing.
	patience = 30 * time.Second
	// connectPatience is how long a connection may take to come about.
	connectPatience = 5 * time.Second

	// leastPostgres is the oldest version that is still maintained by those who
	// make it, as the server says it.
	leastPostgres = 140000

	// postgresReaders and postgresWriters are how many connections there are for
	// reads, and for changes that are no commits of the engine. With the one for
	// commits they bound what a process takes of the server's connections.
	postgresReaders = 8
	postgresWriters = 4
)

// Keys of PostgreSQL's advisory locks; the first names us among whatever else
// uses the same database.
const (
	lockClass   = 0x68697761 // "hiwa"
	lockWriter  = 1          // whoever commits has it
	lockProcess = 2          // and up: of one opened store
)

// connectPostgres opens a database on a server. Nothing is connected yet.
func (db *DB) connectPostgres(ctx context.Context, address string) error {
	c, err := pgx.ParseConfig(address)
	if err != nil {
		// The error of the library shows the URL, and a part of it that it could
		// not read may be the password.
		return errors.New("this is not the URL of a PostgreSQL database: say postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters of the password as %XX")
	}
	c.ConnectTimeout = connectPatience
	c.DialFunc = (&net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 5 * time.Second, Interval: 2 * time.Second, Count: 3}}).DialContext
	stuck := "10s"
	if db.dialect.shared {
		stuck = "3s" // whoever takes its place waits for its rows
	}
	for name, value := range map[string]string{ // unless the URL says otherwise
		"application_name": "hiwar",
		// When a commit returns it is on disk, and on that of a standby that is
		// waited for.
		"synchronous_commit": "on",
		// A transaction of a process that is gone gives its rows back.
		"idle_in_transaction_session_timeout": stuck,
		"lock_timeout":                        "10s",
		"jit":                                 "off", // plans are small; compiling them takes longer than they do
	} {
		if _, said := c.RuntimeParams[name]; !said {
			c.RuntimeParams[name] = value
		}
	}
	db.write = stdlib.OpenDB(*c)
	db.write.SetMaxOpenConns(postgresWriters + 1)
	db.write.SetMaxIdleConns(postgresWriters + 1)
	db.write.SetConnMaxIdleTime(0)
	db.read = stdlib.OpenDB(*c)
	db.read.SetMaxOpenConns(postgresReaders)
	db.read.SetMaxIdleConns(postgresReaders)
	own := make([]byte, 4)
	rand.Read(own)
	db.process = int32(binary.BigEndian.Uint32(own)>>1) | lockProcess
	slot, err := rand.Int(rand.Reader, big.NewInt(clockSlots))
	if err != nil {
		return err
	}
	db.slot = slot.Int64() + 1
	if err := db.suits(ctx); err != nil {
		return errors.Join(err, db.write.Close(), db.read.Close())
	}
	return nil
}

// isWhole refuses a database that [Copy] has not finished.
func (db *DB) isWhole(ctx context.Context) error {
	unfinished, err := db.unfinishedCopy(ctx)
	if err == nil && unfinished != "" {
		err = errors.New("this is an unfinished copy: call hiwar copy again, which goes on where it stopped")
	}
	return err
}

// preparePostgres takes the database, and makes the schema current.
func (db *DB) preparePostgres(ctx context.Context) error {
	db.mu.Lock()
	err := db.takeWriter(ctx)
	db.mu.Unlock()
	if err != nil {
		return unreachable(err)
	}
	return db.makeCurrent(ctx)
}

// makeCurrent brings the schema to the newest version. One that is newer than
// this program is left alone.
func (db *DB) makeCurrent(ctx context.Context) error {
	if err := db.notNewer(ctx); err != nil {
		return err
	}
	if err := db.Migrate(ctx); err != nil {
		if e, ok := errors.AsType[*pgconn.PgError](err); ok {
			return unreachable(e)
		}
		return err
	}
	return nil
}

// notNewer refuses a schema that a later version of the program made, and is
// content where there is none.
func (db *DB) notNewer(ctx context.Context) error {
	var there bool
	if err := db.read.QueryRowContext(ctx, `SELECT to_regclass('goose_db_version') IS NOT NULL`).Scan(&there); err != nil || !there {
		return err
	}
	return db.CheckSchema(ctx)
}

// clockSlots is how many rows the clock has: two processes hardly ever write the
// same.
const clockSlots = 64

// suits refuses a server on which the promises do not hold.
func (db *DB) suits(ctx context.Context) error {
	var version int
	var encoding, commit string
	var standby bool
	err := db.read.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('synchronous_commit'), pg_is_in_recovery()`).
		Scan(&version, &encoding, &commit, &standby)
	switch {
	case err != nil:
		return unreachable(err)
	case version < leastPostgres:
		return fmt.Errorf("the server is PostgreSQL %d.%d; %d or newer is needed", version/10000, version%10000, leastPostgres/10000)
	case encoding != "UTF8":
		return fmt.Errorf("the database's encoding is %s: make one with UTF8, as in CREATE DATABASE hiwar ENCODING 'UTF8' TEMPLATE template0", encoding)
	case standby:
		return errors.New("the server is a standby and takes no writes: say the URL of the primary")
	case commit != "on" && commit != "remote_apply":
		return fmt.Errorf("synchronous_commit is %s, which can lose what was acknowledged: take it out of the URL", commit)
	}
	return nil
}

// unreachable says in a sentence what to do about a connection that does not
// come about. It names no password: the errors of the library do not either.
func unreachable(err error) error {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch e.Code {
		case "28P01", "28000":
			return fmt.Errorf("the server refuses the user or the password of the URL (%s)", e.Message)
		case "3D000":
			return fmt.Errorf("%s: make it with CREATE DATABASE, encoding UTF8", e.Message)
		case "53300":
			return fmt.Errorf("the server has no connection left: raise its max_connections (a Hiwar server needs up to %d)", postgresReaders+postgresWriters+1)
		case "57P03":
			return errors.New("the server is starting up or shutting down: try again in a moment")
		case "42501":
			return fmt.Errorf("the user of the URL lacks a right: %s", e.Message)
		}
		return fmt.Errorf("the server refuses: %s (%s)", e.Message, e.Code)
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return fmt.Errorf("the server cannot be reached: check that it runs and the host and port of the URL (%w)", dialError(err))
	}
	return err
}

// dialError is why nobody answered, without what the library says around it.
func dialError(err error) error {
	if e, ok := errors.AsType[*net.OpError](err); ok {
		return e
	}
	if e, ok := errors.AsType[*net.DNSError](err); ok {
		return e
	}
	return errors.New("no answer")
}

// errElsewhere: another process commits to the database.
var errElsewhere = errors.New("another Hiwar server has this database: stop it first")

// takeWriter takes the connection for commits, and with it the database: as long
// as the connection is there, nobody else commits. A connection that was lost may
// have left a transaction that is about to be committed: its locks are waited
// for, so that what is read afterwards is what there is. Under mu.
func (db *DB) takeWriter(ctx context.Context) error {
	if db.conn != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := db.lockedConn(ctx)
	// A connection that waited in the pool may be of a server that has gone since;
	// behind all of those is a new one.
	for n := 0; errors.Is(err, driver.ErrBadConn) && n <= postgresWriters; n++ {
		conn, err = db.lockedConn(ctx)
	}
	if err != nil {
		return err
	}
	db.conn = conn
	db.lost.Store(false)
	return nil
}

// lockedConn is a connection that has the locks of whoever commits.
func (db *DB) lockedConn(ctx context.Context) (*sql.Conn, error) {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err = conn.ExecContext(ctx, `SELECT pg_advisory_lock($1, $2)`, lockClass, db.process); err == nil {
		take := `SELECT pg_advisory_lock($1, $2)`
		if db.dialect.shared {
			take = `SELECT pg_advisory_lock_shared($1, $2)`
		}
		_, err = conn.ExecContext(ctx, take, lockClass, lockWriter)
	}
	if err != nil {
		db.giveUp(conn)
		if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == "55P03" { // lock_timeout
			err = errElsewhere
		}
		return nil, err
	}
	return conn, nil
}

// giveUp closes a connection instead of handing it back: what it holds, it holds
// no more.
func (db *DB) giveUp(conn *sql.Conn) {
	_ = conn.Raw(func(c any) error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		return c.(*stdlib.Conn).Conn().Close(ctx)
	})
	_ = conn.Close()
}

// settled sees to it that no transaction of ours is still under way whose end
// nobody knows: what is read before could be older than what comes of it.
func (db *DB) settled(ctx context.Context) error {
	if !db.lost.Load() {
		return nil
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.takeWriter(ctx)
}

// postgresChecks are queries for what PostgreSQL knows to be wrong, one text a
// row.
var postgresChecks = []string{
	`SELECT 'checksum failures: ' || checksum_failures FROM pg_stat_database WHERE datname = current_database() AND checksum_failures > 0`,
	`SELECT 'index that is not valid: ' || indexrelid::regclass FROM pg_index WHERE NOT indisvalid AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)`,
	`SELECT 'rule that is not enforced: ' || conname FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace`,
	`SELECT 'trigger that is off: ' || tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgenabled IN ('D', 'R') AND c.relnamespace = current_schema()::regnamespace`,
}

// Hazards are settings of the server under which it loses what was acknowledged
// when the power fails, each in a sentence that says what to do. Of SQLite there
// are none: the store sets what it needs.
func (db *DB) Hazards(ctx context.Context) (found []string, err error) {
	if !db.remote() {
		return nil, nil
	}
	err = db.snapshot(ctx, "settings of the server", func(q queryer) error {
		found, err = collect(ctx, q, "settings", func(rows *sql.Rows) (s string, err error) { return s, rows.Scan(&s) },
			`SELECT name || ' is off on the server: what was acknowledged is lost when its power fails; turn it on' FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off' ORDER BY name`)
		return err
	})
	return found, err
}

// vacuum gives room that was freed back to its tables. What was in it is
// overwritten by what comes there next: on a server that is as far as a program
// that only speaks SQL can go, and the guide says so.
func (db *DB) vacuum(ctx context.Context) error {
	if _, err := db.read.ExecContext(ctx, `VACUUM messages, entries, attachments, drafts, feed, replies, conversations, visitors, people, blocks`); err != nil {
		return fmt.Errorf("store: scrub: %w", err)
	}
	return nil
}
