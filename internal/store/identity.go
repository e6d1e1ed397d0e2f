package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// proves reports whether it becomes known in the change who the customer is.
func proves(c *engine.ChatChange) bool {
	return !c.New && slices.ContainsFunc(c.Entries, func(e chat.Entry) bool { return e.Kind == chat.KindProven })
}

func (w *writer) saveCustomer(o id.Org, r *chat.Record) error {
	return w.exec(`UPDATE conversations SET customer = ?, verified = 1 WHERE org = ? AND id = ?`, string(r.Header.Customer), string(o), string(r.Header.ID))
}

// saveJoined gives all conversations of a customer to another.
func (w *writer) saveJoined(o id.Org, joined []engine.Joined) error {
	for _, j := range joined {
		if err := w.exec(`UPDATE conversations SET customer = ? WHERE org = ? AND customer = ?`, string(j.To), string(o), string(j.From)); err != nil {
			return err
		}
		// Who is held stays held under the other name.
		for _, statement := range []string{
			`DELETE FROM holds WHERE org = ?1 AND object = ?2 AND EXISTS (SELECT 1 FROM holds h WHERE h.org = ?1 AND h.object = ?3)`,
			`UPDATE holds SET object = ?2 WHERE org = ?1 AND object = ?3`,
		} {
			if err := w.exec(statement, string(o), string(j.To), string(j.From)); err != nil {
				return err
			}
		}
		if err := w.saveJoinedBlocks(o, j); err != nil {
			return err
		}
	}
	return nil
}

// saveJoinedBlocks keeps who is blocked so under the other name: as long as the
// longer block, where both names have one.
func (w *writer) saveJoinedBlocks(o id.Org, j engine.Joined) error {
	for _, statement := range []string{
		`DELETE FROM blocks WHERE org = ?1 AND customer = ?3 AND expires_at > 0
			AND EXISTS (SELECT 1 FROM blocks f WHERE f.org = ?1 AND f.customer = ?2 AND (f.expires_at = 0 OR f.expires_at > blocks.expires_at))`,
		`UPDATE blocks SET customer = ?3 WHERE org = ?1 AND customer = ?2
			AND NOT EXISTS (SELECT 1 FROM blocks f WHERE f.org = ?1 AND f.customer = ?3 AND f.network = blocks.network)`,
		`DELETE FROM blocks WHERE org = ?1 AND customer = ?2 AND customer <> ?3`,
	} {
		if err := w.exec(statement, string(o), string(j.From), string(j.To)); err != nil {
			return err
		}
	}
	return nil
}

var identityKeys = table[access.IdentityKey]{
	name: "identity_keys", key: []string{"asset", "created_at", "id"},
	columns: []column[access.IdentityKey]{
		{"org", func(k *access.IdentityKey) cell { return text(&k.Org) }},
		{"asset", func(k *access.IdentityKey) cell { return text(&k.Asset) }},
		{"id", func(k *access.IdentityKey) cell { return text(&k.ID) }},
		{"algorithm", func(k *access.IdentityKey) cell { return text(&k.Algorithm) }},
		{"material", func(k *access.IdentityKey) cell { return bytesOf(&k.Material) }},
		{"created_at", func(k *access.IdentityKey) cell { return moment(&k.CreatedAt) }},
		{"retired_at", func(k *access.IdentityKey) cell { return moment(&k.RetiredAt) }},
	},
}

// PutIdentityKey stores a new key.
func (db *DB) PutIdentityKey(ctx context.Context, k access.IdentityKey) error {
	return db.transact("put identity key", func(w *writer) error {
		err := w.exec(`INSERT INTO identity_keys (`+identityKeys.list()+`) VALUES (`+placeholders(len(identityKeys.columns))+`)`, identityKeys.values(nil, &k)...)
		if err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
}

// IdentityKeys are an asset's keys, oldest first.
func (db *DB) IdentityKeys(ctx context.Context, o id.Org, asset id.Asset) (keys []access.IdentityKey, err error) {
	err = db.snapshot(ctx, "identity keys", func(q queryer) error {
		keys, err = identityKeys.load(ctx, q, string(o), "asset = ?", string(asset))
		return err
	})
	return keys, err
}

// RetireIdentityKey keeps the moment of the first time.
func (db *DB) RetireIdentityKey(ctx context.Context, o id.Org, asset id.Asset, key string, at time.Time) error {
	return db.transact("retire identity key", func(w *writer) error {
		n, err := w.affected(`UPDATE identity_keys SET retired_at = CASE retired_at WHEN 0 THEN ? ELSE retired_at END WHERE org = ? AND asset = ? AND id = ?`,
			micros(at), string(o), string(asset), key)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound()
		}
		return w.witnessed(ctx)
	})
}

// Prove stores a proven visitor and, at the first time, the person.
func (db *DB) Prove(ctx context.Context, p access.Proof) (access.Visitor, error) {
	v := p.Visitor
	o, asset := string(v.Org), string(v.Asset)
	err := db.transact("prove", func(w *writer) error {
		known, err := collect(ctx, w, "visitor", scanVisitor(v.Digest), selectVisitor, v.Digest[:])
		if err != nil || len(known) > 0 {
			if len(known) > 0 {
				v = known[0]
			}
			return err
		}
		if p.Use != (access.Digest{}) {
			n, err := w.affected(`INSERT INTO identity_uses (org, asset, digest, expires) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, o, asset, p.Use[:], micros(p.UseEnds))
			if err != nil {
				return err
			}
			if n == 0 {
				return problem.New(problem.IdentityInvalid, "reason", "used")
			}
		}
		if err := w.exec(`INSERT INTO people (org, asset, subject, customer, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			o, asset, p.Subject, string(v.Customer), micros(v.CreatedAt)); err != nil {
			return err
		}
		person, err := collect(ctx, w, "person", func(rows *sql.Rows) (x access.Visitor, err error) {
			return x, rows.Scan(text(&x.Customer), text(&x.Conversation))
		}, `SELECT customer, coalesce((SELECT id FROM conversations c WHERE c.org = p.org AND c.customer = p.customer AND c.asset = p.asset
			ORDER BY closed_at = 0 DESC, started_at DESC, id DESC LIMIT 1), '') FROM people p WHERE org = ? AND asset = ? AND subject = ?`, o, asset, p.Subject)
		if err != nil {
			return err
		}
		v.Customer, v.Conversation = person[0].Customer, person[0].Conversation
		return w.exec(insertVisitor, visitorArgs(v)...)
	})
	if err != nil {
		return access.Visitor{}, err
	}
	return v, nil
}

// DeleteVisitor forgets a token.
func (db *DB) DeleteVisitor(_ context.Context, digest access.Digest) error {
	_, err := db.writeOne("delete visitor", `DELETE FROM visitors WHERE digest = ?`, digest[:])
	return err
}

// DeleteVisitorsOf forgets the tokens of a customer who proved nothing.
func (db *DB) DeleteVisitorsOf(ctx context.Context, o id.Org, customer id.Customer) (ended []access.Digest, err error) {
	err = db.transact("delete visitors", func(w *writer) error {
		ended, err = collect(ctx, w, "visitors", func(rows *sql.Rows) (d access.Digest, err error) {
			var b []byte
			err = rows.Scan(&b)
			copy(d[:], b)
			return d, err
		}, `DELETE FROM visitors WHERE org = ? AND customer = ? AND proven = 0 RETURNING digest`, string(o), string(customer))
		return err
	})
	return ended, err
}

// DeleteOldVisitors forgets tokens and uses that have ended.
func (db *DB) DeleteOldVisitors(_ context.Context, now time.Time) error {
	return db.transact("delete old visitors", func(w *writer) error {
		if err := w.exec(`DELETE FROM visitors WHERE expires > 0 AND expires <= ?`, micros(now)); err != nil {
			return err
		}
		return w.exec(`DELETE FROM identity_uses WHERE expires <= ?`, micros(now))
	})
}

const insertVisitor = `INSERT INTO visitors (digest, org, asset, customer, conversation, created_at, proven, expires, signed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING`

func visitorArgs(v access.Visitor) []any {
	proven := int64(0)
	if v.Proven {
		proven = 1
	}
	return []any{v.Digest[:], string(v.Org), string(v.Asset), string(v.Customer), string(v.Conversation), micros(v.CreatedAt), proven, micros(v.Expires), document(&v.Signed)}
}

const selectVisitor = `SELECT org, asset, customer, conversation, created_at, proven, expires, signed FROM visitors WHERE digest = ?`

func scanVisitor(digest access.Digest) func(*sql.Rows) (access.Visitor, error) {
	return func(rows *sql.Rows) (v access.Visitor, err error) {
		v.Digest = digest
		return v, rows.Scan(text(&v.Org), text(&v.Asset), text(&v.Customer), text(&v.Conversation), moment(&v.CreatedAt), flag(&v.Proven), moment(&v.Expires), document(&v.Signed))
	}
}
