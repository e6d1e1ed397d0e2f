package store

import (
	"context"
	"database/sql"
	"slices"

	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// EndedOffers implements [engine.Reader].
func (db *DB) EndedOffers(ctx context.Context, o id.Org, c id.Conversation, limit int) (ended []routing.Offer, err error) {
	err = db.snapshot(ctx, "ended offers", func(q queryer) error {
		ended, err = collect(ctx, q, "offers", func(rows *sql.Rows) (o routing.Offer, err error) {
			return o, rows.Scan(offers.cells(&o)...)
		}, `SELECT `+offers.list()+` FROM offers WHERE org = ? AND conversation = ? AND ending <> '' ORDER BY id DESC LIMIT ?`, string(o), string(c), limit)
		return err
	})
	slices.Reverse(ended)
	return ended, err
}

const lastWords = `SELECT m.text FROM conversations c
	JOIN organizations o ON o.org = c.org
	JOIN participants p ON p.org = c.org AND p.conversation = c.id AND p.role = 'customer'
	JOIN entries e ON e.org = o.n AND e.conversation = c.n AND e.topic = 0 AND e.kind = 'message' AND e.by_number = p.number
	JOIN messages m ON m.org = e.org AND m.conversation = e.conversation AND m.client_id = e.client_id
	WHERE c.org = ? AND c.id = ? ORDER BY e.seq DESC LIMIT 1`

// LastWords implements [engine.Reader].
func (db *DB) LastWords(ctx context.Context, o id.Org, ids []id.Conversation) (words map[id.Conversation]string, err error) {
	words = make(map[id.Conversation]string, len(ids))
	err = db.snapshot(ctx, "last words", func(q queryer) error {
		for _, c := range ids {
			found, err := collect(ctx, q, "messages", func(rows *sql.Rows) (s string, err error) {
				return s, rows.Scan(&s)
			}, lastWords, string(o), string(c))
			if err != nil {
				return err
			}
			if len(found) > 0 {
				words[c] = found[0]
			}
		}
		return nil
	})
	return words, err
}
