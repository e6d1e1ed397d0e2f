package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"hiwar/internal/audit"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// pipeline holds statements that wait to be sent together: what it costs to ask
// a server is the way there and back, and not the statement.
type pipeline struct {
	batch pgx.Batch
	rows  []*rows // go after all else, in the order of their first
}

func (p *pipeline) insert(into *insert, values []any) {
	i := slices.IndexFunc(p.rows, func(r *rows) bool { return r.insert == into })
	if i < 0 {
		i = len(p.rows)
		p.rows = append(p.rows, &rows{insert: into, columns: make([][]any, len(into.of))})
	}
	p.rows[i].add(values)
}

// drop forgets what waits.
func (p *pipeline) drop() { *p = pipeline{} }

// exec adds a statement; check is given the number of rows it changed, nil if
// nobody asks.
func (p *pipeline) exec(query string, args []any, check func(int64) error) {
	q := p.batch.Queue(postgresText(query), args...)
	if check != nil {
		q.Exec(func(tag pgconn.CommandTag) error { return check(tag.RowsAffected()) })
	}
}

// query adds a statement that gives rows.
func (p *pipeline) query(query string, args []any, row func(pgx.Rows) error) {
	p.batch.Queue(postgresText(query), args...).Query(func(rows pgx.Rows) error {
		defer rows.Close()
		for rows.Next() {
			if err := row(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// flush sends what waits and fails with what failed first.
func (w *writer) flush() error {
	if w.pipe == nil {
		return nil
	}
	for _, r := range w.pipe.rows {
		w.pipe.exec(r.many, r.lists(), nil)
	}
	batch := w.pipe.batch
	w.pipe.drop()
	if batch.Len() == 0 {
		return nil
	}
	return w.c.Raw(func(c any) error {
		return c.(*stdlib.Conn).Conn().SendBatch(w.ctx, &batch).Close()
	})
}

// begins are how transactions on PostgreSQL begin. A commit of the engine finds
// out what others did by the conditions of its statements and by the lock of the
// database. Whatever else changes something reads first and then writes what
// follows from it: of two such at once, one is made to start again.
const (
	beginCommit = `BEGIN ISOLATION LEVEL READ COMMITTED`
	beginChange = `BEGIN ISOLATION LEVEL SERIALIZABLE`
)

// attempts is how often a transaction is tried that the server broke off
// because of another one.
const attempts = 10

// transactRemote is transact on PostgreSQL.
func (db *DB) transactRemote(what, begin string, f func(*writer) error) error {
	for n := 1; ; n++ {
		err := db.attempt(begin, f)
		if err == nil {
			return nil
		}
		if begin == beginCommit {
			clear(db.numbers) // some may be of rows that were rolled back
			clear(db.ordinals)
		}
		if !wasBrokenOff(err) || n == attempts {
			return fmt.Errorf("store: %s: %w", what, db.dialect.meaning(away(err)))
		}
		time.Sleep(rand.N(time.Duration(n) * 2 * time.Millisecond)) // so that two that met do not meet again
	}
}

// wasBrokenOff reports whether the server ended a transaction in favor of
// another: nothing of it is stored, and the next attempt may succeed.
func wasBrokenOff(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == "40001" || e.Code == "40P01") // serialization, deadlock
}

func (db *DB) attempt(begin string, f func(*writer) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	w := &writer{db: db, ctx: ctx, pipe: &pipeline{}}
	if begin == beginCommit {
		if err := db.takeWriter(ctx); err != nil {
			return err
		}
		w.c = db.conn
	} else {
		conn, err := db.write.Conn(ctx)
		if err != nil {
			return err
		}
		w.c = conn
		defer func() { _ = conn.Close() }()
	}
	err := w.whole(begin, f)
	if err != nil {
		w.rollBack(err, begin == beginCommit)
	}
	return err
}

func (w *writer) whole(begin string, f func(*writer) error) error {
	w.pipe.exec(begin, nil, nil)
	if err := f(w); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	_, err := w.c.ExecContext(w.ctx, `COMMIT`)
	return err
}

// rollBack ends a transaction that failed. Where the connection does not do
// even that it is closed; the server then does it, or has committed.
func (w *writer) rollBack(cause error, commits bool) {
	w.pipe.drop()
	_, err := w.c.ExecContext(w.ctx, `ROLLBACK`)
	if err == nil {
		return
	}
	if commits {
		w.db.lost.Store(true)
		w.db.conn = nil
	}
	w.db.giveUp(w.c)
}

// lockOrg keeps an organization's chain of records for one transaction.
const lockOrg = `SELECT 1 FROM organizations WHERE org = ? FOR NO KEY UPDATE`

// lookAhead asks at once for all that the statements of a batch will need to
// know, so that nothing has to be asked between them: the numbers of
// organizations and conversations, numbers for those that begin, and the heads
// of chains. Where asking costs nothing, it is done when it is needed.
func (w *writer) lookAhead(b *engine.Batch) error {
	if w.pipe == nil {
		return nil
	}
	w.drawn, w.heads = map[rowKey]int64{}, map[id.Org]audit.Head{}
	asked := false
	for i := range b.Orgs {
		asked = w.askFor(&b.Orgs[i]) || asked
	}
	if !asked {
		return nil
	}
	return w.flush()
}

// askFor adds the questions of one organization; false if there are none.
func (w *writer) askFor(b *engine.OrgBatch) (asked bool) {
	var unknown []string
	var begin []id.Conversation
	want := func(c id.Conversation) {
		if _, ok := w.db.numbers[rowKey{b.Org, c}]; !ok {
			unknown = append(unknown, string(c))
		}
	}
	for i := range b.Chats {
		if c := &b.Chats[i]; c.New {
			begin = append(begin, c.Record.Header.ID)
		} else {
			want(c.Record.Header.ID)
		}
	}
	for _, c := range b.Erased {
		want(c)
	}
	if _, ok := w.db.numbers[rowKey{org: b.Org}]; !ok && len(b.Chats)+len(b.Erased) > 0 {
		w.pipe.query(orgNumber, []any{string(b.Org)}, func(r pgx.Rows) error { return w.keepNumber(rowKey{org: b.Org}, r) })
		asked = true
	}
	if len(unknown) > 0 {
		w.pipe.query(`SELECT n, id FROM conversations WHERE org = ? AND id = ANY(?)`, []any{string(b.Org), unknown}, func(r pgx.Rows) error {
			var n int64
			var c string
			err := r.Scan(&n, &c)
			w.db.remember(rowKey{b.Org, id.Conversation(c)}, n)
			return err
		})
		asked = true
	}
	if len(begin) > 0 {
		w.pipe.query(`SELECT nextval(pg_get_serial_sequence('conversations', 'n')) FROM generate_series(1, CAST(? AS BIGINT))`, []any{int64(len(begin))}, func(r pgx.Rows) error {
			var n int64
			err := r.Scan(&n)
			w.drawn[rowKey{b.Org, begin[0]}], begin = n, begin[1:]
			return err
		})
		asked = true
	}
	if len(b.Audit) > 0 {
		w.heads[b.Org] = audit.Head{} // of a chain that is not begun
		w.pipe.exec(lockOrg, []any{string(b.Org)}, nil)
		w.pipe.query(selectAuditHead, []any{string(b.Org)}, func(r pgx.Rows) error {
			var h audit.Head
			var hash []byte
			err := r.Scan(&h.N, &hash)
			copy(h.Hash[:], hash)
			w.heads[b.Org] = h
			return err
		})
		asked = true
	}
	return asked
}

func (w *writer) keepNumber(k rowKey, r pgx.Rows) error {
	var n int64
	err := r.Scan(&n)
	w.db.remember(k, n)
	return err
}

// readRemote is reading on PostgreSQL.
func (db *DB) readRemote(ctx context.Context, f func(queryer) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// Whoever asks may go: the connection is worth more than the answer.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := db.settled(ctx); err != nil {
		return away(err)
	}
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return away(err)
	}
	defer func() { _ = tx.Rollback() }()
	return away(f(remoteReader{tx}))
}

// away makes an error of a server that is not there, or is about to go, what it
// is to whoever asks: not a fault, but to be tried again.
func away(err error) error {
	var p *problem.Problem
	if err == nil || errors.As(err, &p) {
		return err
	}
	e, answered := errors.AsType[*pgconn.PgError](err)
	if !answered && !wasCut(err) {
		return err
	}
	if answered && !slices.ContainsFunc([]string{"08", "53", "57P"}, func(class string) bool { return strings.HasPrefix(e.Code, class) }) {
		return err
	}
	return problem.New(problem.Unavailable).Because(err)
}

// wasCut reports whether a connection was lost, or did not come about in time.
func wasCut(err error) bool {
	var network net.Error
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	return connecting || errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, context.DeadlineExceeded) || pgconn.SafeToRetry(err)
}

// Answers is nil if the database answers at once.
func (db *DB) Answers(ctx context.Context) error {
	if !db.remote() {
		return nil
	}
	return db.read.PingContext(ctx)
}

// remoteReader says queries in PostgreSQL's words.
type remoteReader struct{ tx *sql.Tx }

// QueryContext implements queryer.
func (r remoteReader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return r.tx.QueryContext(ctx, postgresText(query), args...)
}
