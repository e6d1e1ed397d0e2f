package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"hiwar/internal/audit"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// Commit implements [engine.Store].
//
// It does not stop half-way when ctx ends: once begun, what happened to the
// batch has to be known.
func (db *DB) Commit(ctx context.Context, b *engine.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.commit(func(w *writer) error {
		if err := w.lookAhead(b); err != nil {
			return err
		}
		for i := range b.Orgs {
			if err := w.saveOrg(&b.Orgs[i], b.Now); err != nil {
				return err
			}
		}
		return w.exec(`INSERT INTO clock (one, now) VALUES (?, ?) ON CONFLICT (one) DO UPDATE SET now = excluded.now WHERE clock.now < excluded.now`, db.slot, micros(b.Now))
	})
}

// saveOrg writes one organization's share, what is referred to first.
func (w *writer) saveOrg(b *engine.OrgBatch, now time.Time) error {
	if err := w.fenced(b); err != nil {
		return err
	}
	if b.Config != nil {
		if err := w.saveConfig(b.Org, b.Config); err != nil {
			return fmt.Errorf("config: %w", err)
		}
	}
	w.org, w.floorSaved = 0, map[id.Conversation]bool{}
	floor := make(map[id.Conversation]*routing.Conversation, len(b.Floor.Conversations))
	for i := range b.Floor.Conversations {
		floor[b.Floor.Conversations[i].ID] = &b.Floor.Conversations[i]
	}
	// What ends comes before what begins: a customer may close one
	// conversation and start the next within a batch.
	for _, begins := range []bool{false, true} {
		for i := range b.Chats {
			if b.Chats[i].New != begins {
				continue
			}
			if err := w.saveChat(b.Org, &b.Chats[i], floor[b.Chats[i].Record.Header.ID]); err != nil {
				return fmt.Errorf("chat: %w", err)
			}
		}
	}
	if err := w.saveRecords(b.Org, b.Floor); err != nil {
		return fmt.Errorf("floor: %w", err)
	}
	if err := w.saveFeed(b.Org, b.Feed); err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	if err := w.saveAudit(b.Org, b.Audit); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	if err := w.saveReplies(b.Org, b.Replies); err != nil {
		return err
	}
	if err := w.saveJoined(b.Org, b.Joined); err != nil {
		return err
	}
	if err := w.saveHolds(b.Org, b.Holds); err != nil {
		return err
	}
	return w.saveErased(b, now)
}

var intoReplies = insertInto("replies", "org", aText, "scope", aText, "command", aText, "digest", aDigest, "reply", aText, "at", aNumber)

func (w *writer) saveReplies(o id.Org, replies []engine.StoredReply) error {
	for i := range replies {
		r := &replies[i]
		body, err := json.Marshal(r.Reply)
		if err != nil {
			return err
		}
		err = w.insert(intoReplies,
			string(o), r.Key.Scope, r.Key.Command, r.Digest[:], string(body), micros(r.At))
		if err != nil {
			return fmt.Errorf("reply: %w", err)
		}
	}
	return nil
}

var pruneReplies = differs(
	`DELETE FROM replies WHERE at < ? AND scope NOT GLOB 'conv_*'`,
	`DELETE FROM replies WHERE at < ? AND scope NOT LIKE 'conv\_%'`)

// PruneReplies forgets replies older than before to commands that belong to no
// conversation. Those of a conversation are kept as long as it is.
func (db *DB) PruneReplies(_ context.Context, before time.Time) error {
	_, err := db.writeOne("prune replies", pruneReplies, micros(before))
	return err
}

// Replies implements [engine.Store].
func (db *DB) Replies(ctx context.Context, keys []engine.ReplyKey) (found []engine.StoredReply, err error) {
	err = db.snapshot(ctx, "replies", func(q queryer) error {
		for _, k := range keys {
			query, args := `SELECT command, digest, reply, at FROM replies WHERE org = ? AND scope = ?`, []any{string(k.Org), k.Scope}
			if k.Command != "" {
				query, args = query+` AND command = ?`, append(args, k.Command)
			}
			some, err := collect(ctx, q, "replies", func(rows *sql.Rows) (engine.StoredReply, error) { return scanReply(rows, k) }, query, args...)
			if err != nil {
				return err
			}
			found = append(found, some...)
		}
		return nil
	})
	return found, err
}

func scanReply(rows *sql.Rows, k engine.ReplyKey) (r engine.StoredReply, err error) {
	var digest []byte
	var body string
	var at int64
	r.Key = k
	if err := rows.Scan(&r.Key.Command, &digest, &body, &at); err != nil {
		return r, err
	}
	copy(r.Digest[:], digest)
	r.At = fromMicros(at)
	return r, json.Unmarshal([]byte(body), &r.Reply)
}

// ── transactions ────────────────────────────────────────────────────────────

// writer is the transaction that is being written.
type writer struct {
	db *DB
	c  *sql.Conn

	// Of the organization that is being written: its number, and the
	// conversations whose floor's share went with what was said in them.
	org        int64
	floorSaved map[id.Conversation]bool

	// Only where statements are sent together: those that wait, and what was
	// asked for before.
	ctx   context.Context
	pipe  *pipeline // nil: each is carried out as it comes
	drawn map[rowKey]int64
	heads map[id.Org]audit.Head
}

// commit is transact for what the engine commits.
func (db *DB) commit(f func(*writer) error) error {
	if !db.remote() {
		return db.transact("commit", f)
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.transactRemote("commit", beginCommit, f)
}

// transact runs f in one transaction on the writing connection. When it
// returns nil everything f wrote is on disk; after any error nothing of it is,
// unless the error says that this cannot be known.
func (db *DB) transact(what string, f func(*writer) error) (err error) {
	if db.remote() {
		return db.transactRemote(what, beginChange, f)
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.broken != nil {
		return fmt.Errorf("store: %s: %w", what, db.broken)
	}
	ctx := context.Background()
	w := &writer{db: db, c: db.conn}
	if w.c == nil { // in memory
		if w.c, err = db.write.Conn(ctx); err != nil {
			return fmt.Errorf("store: %s: %w", what, err)
		}
		defer func() {
			db.forget()
			_ = w.c.Close()
		}()
	}
	if err := db.run(w, f); err != nil {
		clear(db.numbers) // some may be of rows that were rolled back
		clear(db.ordinals)
		return fmt.Errorf("store: %s: %w", what, db.failed(err))
	}
	db.keepJournalShort()
	return nil
}

// failed is what an error means, and remembers that the medium failed. Under mu.
func (db *DB) failed(err error) error {
	err = db.dialect.meaning(err)
	if errors.Is(err, engine.ErrBroken) {
		db.broken = err
	}
	return err
}

func (db *DB) run(w *writer, f func(*writer) error) error {
	if err := w.exec(`BEGIN IMMEDIATE`); err != nil {
		return err
	}
	err := f(w)
	if err == nil {
		err = w.exec(`COMMIT`)
	}
	if err != nil {
		// SQLite has rolled back by itself after some errors; then there is
		// nothing to roll back and saying so is no second fault.
		_ = w.exec(`ROLLBACK`)
	}
	return err
}

// forget drops statements of a connection that is handed back.
func (db *DB) forget() {
	for _, s := range db.stmts {
		_ = s.Close()
	}
	clear(db.stmts)
}

func (w *writer) stmt(query string) (*sql.Stmt, error) {
	if s, ok := w.db.stmts[query]; ok {
		return s, nil
	}
	s, err := w.c.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	w.db.stmts[query] = s
	return s, nil
}

// exec carries out a statement, or has it wait for the others: what it depends
// on is carried out before it, and an error is found at the latest when all are.
func (w *writer) exec(query string, args ...any) error {
	if w.pipe != nil {
		w.pipe.exec(query, args, nil)
		return nil
	}
	_, err := w.affected(query, args...)
	return err
}

// one is exec of a statement that has to change one row; otherwise says what is
// wrong if it does not.
func (w *writer) one(otherwise func() error, query string, args ...any) error {
	check := func(n int64) error {
		if n != 1 {
			return otherwise()
		}
		return nil
	}
	if w.pipe != nil {
		w.pipe.exec(query, args, check)
		return nil
	}
	n, err := w.affected(query, args...)
	if err != nil {
		return err
	}
	return check(n)
}

// QueryContext implements queryer: what is asked is answered with everything
// carried out before.
func (w *writer) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if w.pipe == nil {
		return w.c.QueryContext(ctx, query, args...)
	}
	if err := w.flush(); err != nil {
		return nil, err
	}
	return w.c.QueryContext(w.ctx, postgresText(query), args...)
}

// affected carries out a statement now and is the number of rows changed.
func (w *writer) affected(query string, args ...any) (n int64, err error) {
	if w.pipe != nil {
		w.pipe.exec(query, args, func(changed int64) error { n = changed; return nil })
		return n, w.flush()
	}
	s, err := w.stmt(query)
	if err != nil {
		return 0, err
	}
	res, err := s.ExecContext(context.Background(), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func notFound() error { return problem.New(problem.NotFound) }
