package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
)

// reader is a connection that reads, with the statements it has understood: to
// understand one takes longer than to carry it out.
type reader struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// statementsKept bounds them; there are fewer in the whole package.
const statementsKept = 200

// QueryContext implements queryer.
func (r *reader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, ok := r.stmts[query]
	if !ok {
		if len(r.stmts) >= statementsKept {
			return r.conn.QueryContext(ctx, query, args...)
		}
		var err error
		if s, err = r.conn.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		r.stmts[query] = s
	}
	return s.QueryContext(ctx, args...)
}

func (r *reader) exec(query string) error {
	ctx := context.Background() // whoever asks may go, and the moment still ends
	s, ok := r.stmts[query]
	if !ok {
		var err error
		if s, err = r.conn.PrepareContext(ctx, query); err != nil {
			return err
		}
		r.stmts[query] = s
	}
	_, err := s.ExecContext(ctx)
	return err
}

// open takes a connection of the pool, if the reader has none.
func (r *reader) open(ctx context.Context, pool *sql.DB) (err error) {
	if r.conn != nil {
		return nil
	}
	if r.conn, err = pool.Conn(ctx); err != nil {
		return err
	}
	r.stmts = map[string]*sql.Stmt{}
	if err := r.exec(`PRAGMA query_only = on`); err != nil {
		r.drop()
		return err
	}
	return nil
}

// drop gives up a connection that does not do as it should.
func (r *reader) drop() {
	r.closeStatements()
	_ = r.conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = r.conn.Close()
	r.conn = nil
}

// close hands the connection back.
func (r *reader) close() {
	if r.conn == nil {
		return
	}
	r.closeStatements()
	_ = r.conn.Close()
	r.conn = nil
}

func (r *reader) closeStatements() {
	for _, s := range r.stmts {
		_ = s.Close()
	}
	clear(r.stmts)
}

// closeReaders closes those that nobody has.
func (db *DB) closeReaders() {
	for {
		select {
		case r := <-db.readers:
			r.close()
		default:
			return
		}
	}
}

// during runs f on one moment of the database.
func (r *reader) during(ctx context.Context, f func(queryer) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := r.exec(`BEGIN`); err != nil {
		r.drop()
		return err
	}
	err := f(r)
	if ended := r.exec(`ROLLBACK`); ended != nil {
		r.drop()
	}
	return err
}

// snapshot runs f on one moment of the database.
func (db *DB) snapshot(ctx context.Context, what string, f func(queryer) error) error {
	err := db.reading(ctx, f)
	if err != nil {
		return fmt.Errorf("store: %s: %w", what, err)
	}
	return nil
}

func (db *DB) reading(ctx context.Context, f func(queryer) error) error {
	if db.remote() {
		return db.readRemote(ctx, f)
	}
	if db.readers == nil { // in memory: whoever writes needs the connection too
		tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		return f(tx)
	}
	select {
	case r := <-db.readers:
		defer func() { db.readers <- r }()
		if err := r.open(ctx, db.read); err != nil {
			return err
		}
		return r.during(ctx, f)
	case <-ctx.Done():
		return ctx.Err()
	}
}
