// Package store keeps everything in one SQL database and is the only package
// that knows SQL.
//
// It decides nothing. The engine hands it one [engine.Batch] after another,
// each stored whole or not at all; the schema refuses what must never be true,
// so that a fault above cannot become a wrong record. What it promises is
// stated as tests in package storetest, to which every database is held.
//
// # SQLite
//
// One connection writes, a pool of connections reads; a read sees one moment,
// at or after the last commit that has returned. The journal is a WAL with
// synchronous=FULL: when a commit returns it is on disk. A SQLite with the
// "WAL-reset" fault (before 3.51.3), which can lose committed data, is refused.
//
// # PostgreSQL
//
// There is one code path. Every method says its statements once, with ? or ?1
// where arguments go; [dialect] puts them into PostgreSQL's words when they are
// first used, and what both do not understand is written as two texts side by
// side (differs). Migrations have a folder for each, and a test compares the two
// schemas.
//
// What is written differs in one thing: a statement whose result nobody needs at
// once waits, and goes to the server with those after it (pipeline). A commit
// asks the server twice, whatever is in it: BEGIN with all statements, then
// COMMIT. It asks once more, before, if it touches conversations whose numbers
// are not remembered, begins some, or adds to the audit log; and the first time
// that a process uses a statement, once for all statements that are new.
// Conditions on what a statement has to change are held against the answers
// before COMMIT is sent.
//
// A commit runs at READ COMMITTED: what it relies on is in its conditions, in
// the rules of the schema, and in a lock that whoever commits has for as long as
// its connection lasts ([DB.takeWriter]). A connection that is lost in the middle
// of a commit leaves it open whether that is stored; nothing is read or written
// until the same lock has been taken again, which the server gives only when what
// was under way has ended. Every other change reads first and then writes what
// follows: it is SERIALIZABLE, and tried again when the server breaks it off.
//
// When several processes share the work of one database, that lock gives way to
// leases: askFor in pipeline.go is the place where a commit adds, for each
// organization of its batch, a query of the lease's row FOR SHARE and fails with
// [engine.ErrConflict] if the epoch is not the one it was given; takeWriter then
// takes the database's lock as shared, and its own process's as before.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"hiwar/internal/engine"
	"hiwar/internal/id"
)

// DB is an open database. All methods are safe for concurrent use.
type DB struct {
	dialect dialect
	write   *sql.DB // one connection
	read    *sql.DB
	readers chan *reader // who reads has one of them; nil in memory
	conn    *sql.Conn    // the one connection of write, for commits
	mu      sync.Mutex
	stmts   map[string]*sql.Stmt // prepared on conn; under mu
	numbers map[rowKey]int64     // of organizations and conversations; under mu
	// ordinals were written last, by organization; under mu.
	ordinals map[id.Org]ordinals
	broken   error // set once the medium failed; under mu
	journal  journal
	drafts   draftWrites

	slot    int64       // of the clock that this process writes
	process int32       // key of the lock that tells this store's connections from another's
	lost    atomic.Bool // the connection for commits went, and how its last one ended is unknown
}

// remote reports whether the database is on a server.
func (db *DB) remote() bool { return db.dialect.name == postgres.name }

var (
	_ engine.Store  = (*DB)(nil)
	_ engine.Reader = (*DB)(nil)
	_ engine.Own    = (*DB)(nil)
	_ engine.People = (*DB)(nil)
)

// Memory is the path of a database that lives in memory, for tests.
const Memory = ":memory:"

// leastSQLite is the first version without the WAL-reset fault.
var leastSQLite = [3]int{3, 51, 3}

// Open opens a database to write to it, and brings its schema to the newest
// version: the SQLite database in a file, which is created if there is none, or
// the one that a PostgreSQL URL names, which has to be there. It fails if another
// process has that to write to it.
func Open(ctx context.Context, database string) (*DB, error) {
	return open(ctx, dialectOf(database), database)
}

// OpenForCopy is [Open] for [Copy], which alone may open what it left unfinished.
func OpenForCopy(ctx context.Context, address string) (*DB, error) {
	return openWith(ctx, postgres, address, (*DB).preparePostgres)
}

// OpenBeside opens a database, made current, for changes that are no commits of
// the engine: a process that commits may have it meanwhile.
func OpenBeside(ctx context.Context, database string) (*DB, error) {
	if IsPostgres(database) {
		return openWith(ctx, postgres, database, func(db *DB, ctx context.Context) error {
			if err := db.isWhole(ctx); err != nil {
				return err
			}
			return db.makeCurrent(ctx)
		})
	}
	return Open(ctx, database)
}

func dialectOf(database string) dialect {
	if IsPostgres(database) {
		return postgres
	}
	return sqlite
}

// OpenOn is Open on another file system than the machine's, one that was
// registered with the driver under that name, with a journal that is long at
// so many pages.
func OpenOn(ctx context.Context, path, fileSystem string, long int64) (*DB, error) {
	d := sqlite
	d.fileSystem = fileSystem
	db, err := open(ctx, d, path)
	if err == nil {
		db.journal.long = long
	}
	return db, err
}

// OpenAsIs opens a database that is there and leaves its schema alone: to look
// at it, or to copy it while a server runs. It fails with [os.ErrNotExist] if
// there is no such file.
func OpenAsIs(ctx context.Context, database string) (*DB, error) {
	if IsPostgres(database) {
		return openWith(ctx, postgres, database, (*DB).isWhole)
	}
	if _, err := os.Stat(database); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return openWith(ctx, sqlite, database, (*DB).keepConn)
}

func open(ctx context.Context, d dialect, path string) (*DB, error) {
	return openWith(ctx, d, path, (*DB).prepare)
}

func openWith(ctx context.Context, d dialect, path string, prepare func(*DB, context.Context) error) (*DB, error) {
	db := &DB{dialect: d, stmts: map[string]*sql.Stmt{}, numbers: map[rowKey]int64{}, ordinals: map[id.Org]ordinals{}, journal: journal{long: longJournal}, slot: 1}
	connect := db.connect
	if db.remote() {
		connect = db.connectPostgres
	}
	if err := connect(ctx, path); err != nil {
		return nil, fmt.Errorf("store: open %s: %w", Redacted(path), err)
	}
	if err := prepare(db, ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("store: open %s: %w", Redacted(path), err)
	}
	return db, nil
}

func (db *DB) connect(ctx context.Context, path string) (err error) {
	if db.write, err = sql.Open(db.dialect.driver, db.dialect.dsn(path, writeCache)); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	db.write.SetConnMaxIdleTime(0)
	if err := newEnough(ctx, db.write); err != nil {
		_ = db.write.Close()
		return err
	}
	if path == Memory { // a second connection would be a second database
		db.read = db.write
		return nil
	}
	if db.read, err = sql.Open(db.dialect.driver, db.dialect.dsn(path, readCache)); err != nil {
		_ = db.write.Close()
		return err
	}
	readers := max(2, runtime.GOMAXPROCS(0))
	db.read.SetMaxOpenConns(readers + 1) // one that copies or checks everything keeps nobody waiting
	db.read.SetMaxIdleConns(0)
	db.readers = make(chan *reader, readers)
	for range readers {
		db.readers <- &reader{}
	}
	return nil
}

// prepare makes the schema current and takes the writing connection.
func (db *DB) prepare(ctx context.Context) error {
	if db.remote() {
		if err := db.isWhole(ctx); err != nil {
			return err
		}
		return db.preparePostgres(ctx)
	}
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	return db.keepConn(ctx)
}

// keepConn takes the writing connection. In memory there is only one
// connection, which reads need too, so it is not kept.
func (db *DB) keepConn(ctx context.Context) (err error) {
	if db.read != db.write {
		db.conn, err = db.write.Conn(ctx)
	}
	return err
}

// What connections keep of the file, in KiB. Whoever writes comes back to the
// same few pages of every conversation that goes on; whoever reads starts anew
// after each commit anyway.
const (
	writeCache = 16_000
	readCache  = 4_000
)

// dsn says how to open a file. Order matters to the drivers: waiting for locks
// first. Foreign keys are checked; functions of the schema are not trusted;
// nothing is memory-mapped, since a failed read of a mapping kills the process.
func (d dialect) dsn(path string, cache int) string {
	q := url.Values{"_txlock": {"immediate"}}
	if d.fileSystem != "" {
		q.Set("vfs", d.fileSystem)
	}
	for _, pragma := range []string{
		"busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)", "trusted_schema(off)", "secure_delete(fast)",
		"mmap_size(0)", fmt.Sprintf("cache_size(-%d)", cache), "temp_store(memory)", "journal_size_limit(67108864)",
		"wal_autocheckpoint(0)", // see journal
	} {
		q.Add("_pragma", pragma)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// newEnough refuses a SQLite with a known loss of data.
func newEnough(ctx context.Context, db *sql.DB) error {
	var version string
	if err := db.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version); err != nil {
		return err
	}
	return checkVersion(version)
}

func checkVersion(version string) error {
	var have [3]int
	for i, part := range strings.SplitN(version, ".", 3) {
		n, err := strconv.Atoi(part)
		if err != nil {
			return fmt.Errorf("SQLite says its version is %q", version)
		}
		have[i] = n
	}
	for i, least := range leastSQLite {
		if have[i] != least {
			if have[i] > least {
				return nil
			}
			return fmt.Errorf("SQLite %s can lose committed data; %d.%d.%d or newer is needed", version, leastSQLite[0], leastSQLite[1], leastSQLite[2])
		}
	}
	return nil
}

// Close closes the database. No call may be under way.
//
// After the medium failed it leaves the files as they are: closing would move
// the journal into the database, and a sync that succeeds after one that
// failed says nothing about what the failed one lost. Whoever opens the files
// next begins with what is on the disk.
func (db *DB) Close() error {
	db.journal.moving.Wait()
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.broken != nil {
		return nil
	}
	for _, s := range db.stmts {
		_ = s.Close()
	}
	clear(db.stmts)
	if db.conn != nil && db.remote() {
		db.giveUp(db.conn) // and its locks with it
	} else if db.conn != nil {
		_ = db.conn.Close()
	}
	if db.read != db.write {
		db.closeReaders() // none on a server
		_ = db.read.Close()
	}
	return db.write.Close()
}

// CheckIntegrity runs the database's own checks and says what they found wrong.
// Of SQLite it reads the whole file. PostgreSQL checks its pages itself when it
// reads them, and says here what it has found so far and which of the schema's
// rules do not hold.
func (db *DB) CheckIntegrity(ctx context.Context) error {
	var found []string
	checks := []string{`PRAGMA integrity_check`, `PRAGMA foreign_key_check`}
	if db.remote() {
		checks = postgresChecks
	}
	for _, check := range checks {
		rows, err := db.read.QueryContext(ctx, check)
		if err != nil {
			return fmt.Errorf("store: %s: %w", check, err)
		}
		lines, err := report(rows)
		if err != nil {
			return fmt.Errorf("store: %s: %w", check, err)
		}
		found = append(found, lines...)
	}
	if len(found) > 0 {
		return fmt.Errorf("store: the database is damaged: %s", strings.Join(found, "; "))
	}
	return nil
}

// report reads the rows of a check; "ok" is none.
func report(rows *sql.Rows) (found []string, err error) {
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		var line []string
		for _, v := range values {
			line = append(line, v.String)
		}
		if text := strings.Join(line, " "); text != "ok" {
			found = append(found, text)
		}
	}
	return found, rows.Err()
}
