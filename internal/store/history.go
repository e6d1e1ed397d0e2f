package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
)

// A cursor that names nothing is before everything: there is nothing older.
const selectHistory = ` FROM conversations WHERE org = ?1 AND customer = ?2 AND closed_at > 0 AND id <> ?3
	AND (?4 = '' OR (started_at, id) < (SELECT c.started_at, c.id FROM conversations c WHERE c.org = ?1 AND c.id = ?4))
	ORDER BY started_at DESC, id DESC LIMIT ?5`

// History implements [engine.Reader].
func (db *DB) History(ctx context.Context, o id.Org, customer id.Customer, but, before id.Conversation, limit int) (past []engine.Past, more bool, err error) {
	err = db.snapshot(ctx, "history", func(q queryer) error {
		past, err = collect(ctx, q, "history", func(rows *sql.Rows) (p engine.Past, err error) {
			return p, rows.Scan(append(conversations.cells(&p.Record), text(&p.Queue))...)
		}, `SELECT `+conversations.list()+`, queue`+selectHistory, string(o), string(customer), string(but), string(before), limit+1)
		if err != nil {
			return err
		}
		if more = len(past) > limit; more {
			past = past[:limit]
		}
		for i := range past {
			c := string(past[i].Record.Header.ID)
			if past[i].Parts, err = parts.load(ctx, q, string(o), "conversation = ?", c); err != nil {
				return err
			}
			if past[i].Record.Participants, err = participants.load(ctx, q, string(o), "conversation = ?", c); err != nil {
				return err
			}
			nameCustomer(&past[i].Record)
			if past[i].Notes, err = wrapUpNotes(ctx, q, o, past[i].Record); err != nil {
				return err
			}
		}
		return nil
	})
	return past, more, err
}

const selectNotes = `SELECT e.seq, e.at, e.kind, e.by_number, e.data, e.client_id, m.text FROM conversations c
	JOIN organizations o ON o.org = c.org
	JOIN entries e ON e.org = o.n AND e.conversation = c.n AND e.topic = 1 AND e.kind = 'note'
	JOIN messages m ON m.org = e.org AND m.conversation = e.conversation AND m.client_id = e.client_id
	WHERE c.org = ? AND c.id = ? ORDER BY e.seq`

// wrapUpNotes are those of a conversation's notes that were written with a
// wrap-up, oldest first; not those that were erased.
func wrapUpNotes(ctx context.Context, q queryer, o id.Org, r chat.Record) ([]chat.Entry, error) {
	all, err := collect(ctx, q, "notes", func(rows *sql.Rows) (chat.Entry, error) { return scanEntry(rows, chat.Staff, r) },
		selectNotes, string(o), string(r.Header.ID))
	return slices.DeleteFunc(all, func(e chat.Entry) bool { return !e.WrapUp }), err
}

// Regular implements [engine.Store].
func (db *DB) Regular(ctx context.Context, o id.Org, customer id.Customer, since time.Time) (id.User, error) {
	var agents []id.User
	err := db.snapshot(ctx, "regular", func(q queryer) (err error) {
		agents, err = collect(ctx, q, "regular", func(rows *sql.Rows) (u id.User, err error) {
			return u, rows.Scan(text(&u))
		}, `SELECT p.agent FROM conversations c JOIN parts p ON p.org = c.org AND p.conversation = c.id
			WHERE c.org = ? AND c.customer = ? AND p.ended_at > ? ORDER BY p.ended_at DESC, p.id DESC LIMIT 1`, string(o), string(customer), micros(since))
		return err
	})
	if err != nil || len(agents) == 0 {
		return "", err
	}
	return agents[0], nil
}

// nameCustomer gives the customer among the participants their name, which is
// stored once.
func nameCustomer(r *chat.Record) {
	for i := range r.Participants {
		if p := &r.Participants[i]; p.Role == chat.Customer {
			p.Name = r.Header.CustomerName
		}
	}
}
