package store

import (
	"context"
	"database/sql"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// The methods of this file keep passkeys; package login says what they mean.

var passkeys = table[access.Passkey]{
	name: "passkeys", key: []string{"user_id", "id"},
	columns: []column[access.Passkey]{
		{"user_id", func(p *access.Passkey) cell { return text(&p.User) }},
		{"id", func(p *access.Passkey) cell { return text(&p.ID) }},
		{"name", func(p *access.Passkey) cell { return text(&p.Name) }},
		{"credential", func(p *access.Passkey) cell { return bytesOf(&p.Credential) }},
		{"key", func(p *access.Passkey) cell { return bytesOf(&p.Key) }},
		{"count", func(p *access.Passkey) cell { return number(&p.Count) }},
		{"shared", func(p *access.Passkey) cell { return flag(&p.Shared) }},
		{"created_at", func(p *access.Passkey) cell { return moment(&p.CreatedAt) }},
		{"used_at", func(p *access.Passkey) cell { return moment(&p.UsedAt) }},
		{"copied_at", func(p *access.Passkey) cell { return moment(&p.CopiedAt) }},
	},
}

// AddPasskey stores a passkey and lifts the limits of its user's sessions.
func (db *DB) AddPasskey(ctx context.Context, p access.Passkey, most int) error {
	return db.transact("add passkey", func(w *writer) error {
		reason, err := w.noRoomFor(ctx, p, most)
		if err != nil {
			return err
		}
		if reason != "" {
			return problem.New(problem.PasskeyRefused, "reason", reason, "max", most)
		}
		if err := w.exec(passkeys.insert(), passkeys.args(string(p.Org), &p)...); err != nil {
			return err
		}
		if err := w.exec(liftLimits, string(p.Org), string(p.User)); err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
}

const liftLimits = `UPDATE sessions SET limited = 0 WHERE org = ? AND user_id = ?`

// noRoomFor says why a passkey cannot be stored; "" where it can.
func (w *writer) noRoomFor(ctx context.Context, p access.Passkey, most int) (reason string, err error) {
	found, err := collect(ctx, w, "room for a passkey", func(rows *sql.Rows) (reason string, err error) {
		var same, own int
		err = rows.Scan(&same, &own)
		switch {
		case same > 0:
			reason = "known"
		case own >= most:
			reason = "most"
		}
		return reason, err
	}, `SELECT (SELECT count(*) FROM passkeys WHERE credential = ?), (SELECT count(*) FROM passkeys WHERE org = ? AND user_id = ?)`,
		p.Credential, string(p.Org), string(p.User))
	if err != nil {
		return "", err
	}
	return found[0], nil
}

// Passkeys are a user's, oldest first.
func (db *DB) Passkeys(ctx context.Context, o id.Org, user id.User) (all []access.Passkey, err error) {
	err = db.snapshot(ctx, "passkeys", func(q queryer) error {
		all, err = collect(ctx, q, "passkeys", func(rows *sql.Rows) (p access.Passkey, err error) {
			p.Org = o
			return p, rows.Scan(passkeys.cells(&p)...)
		}, `SELECT `+passkeys.list()+` FROM passkeys WHERE org = ? AND user_id = ? ORDER BY created_at, id`, string(o), string(user))
		return err
	})
	return all, err
}

// Passkey finds one by what its device calls it, with its user.
func (db *DB) Passkey(ctx context.Context, credential []byte) (p access.Passkey, u org.User, err error) {
	p, err = one(ctx, db, "passkey", func(rows *sql.Rows) (p access.Passkey, err error) {
		return p, rows.Scan(append([]any{text(&p.Org)}, passkeys.cells(&p)...)...)
	}, `SELECT org, `+passkeys.list()+` FROM passkeys WHERE credential = ?`, credential)
	if err != nil {
		return p, u, err
	}
	u, err = one(ctx, db, "user of a passkey", func(rows *sql.Rows) (u org.User, err error) { return u, rows.Scan(users.cells(&u)...) },
		`SELECT `+users.list()+` FROM users WHERE org = ? AND id = ?`, string(p.Org), string(p.User))
	return p, u, err
}

// RenamePasskey gives a passkey another name.
func (db *DB) RenamePasskey(ctx context.Context, o id.Org, user id.User, passkey, name string) error {
	return db.changePasskey(ctx, "rename passkey", `UPDATE passkeys SET name = ? WHERE org = ? AND user_id = ? AND id = ?`, name, string(o), string(user), passkey)
}

// RefusePasskey makes a passkey let nobody in any more.
func (db *DB) RefusePasskey(ctx context.Context, o id.Org, user id.User, passkey string, at time.Time) error {
	return db.changePasskey(ctx, "refuse passkey", `UPDATE passkeys SET copied_at = ? WHERE org = ? AND user_id = ? AND id = ?`, micros(at), string(o), string(user), passkey)
}

func (db *DB) changePasskey(ctx context.Context, what, query string, args ...any) error {
	return db.transact(what, func(w *writer) error {
		n, err := w.affected(query, args...)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound()
		}
		return w.witnessed(ctx)
	})
}

// DeletePasskey removes a passkey; the last second step of its user only with
// last.
func (db *DB) DeletePasskey(ctx context.Context, o id.Org, user id.User, passkey string, last bool) error {
	return db.transact("delete passkey", func(w *writer) error {
		n, err := w.affected(`DELETE FROM passkeys WHERE org = ? AND user_id = ? AND id = ?`, string(o), string(user), passkey)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound()
		}
		left, err := collect(ctx, w, "second steps", func(rows *sql.Rows) (n int, err error) { return n, rows.Scan(&n) },
			`SELECT (SELECT count(*) FROM passkeys WHERE org = ?1 AND user_id = ?2) + (SELECT count(*) FROM factors WHERE org = ?1 AND user_id = ?2 AND confirmed_at > 0)`, string(o), string(user))
		if err != nil {
			return err
		}
		if left[0] == 0 && !last {
			return problem.New(problem.SecondStepAbsent, "reason", "last")
		}
		return w.witnessed(ctx)
	})
}

// UsePasskey notes a use, unless the device has counted as far before, or the
// passkey was refused.
func (db *DB) UsePasskey(_ context.Context, o id.Org, user id.User, passkey string, count int64, at time.Time) (ok bool, err error) {
	n, err := db.writeOne("use passkey", `UPDATE passkeys SET count = ?1, used_at = ?2 WHERE org = ?3 AND user_id = ?4 AND id = ?5 AND copied_at = 0 AND (count < ?1 OR count = 0 AND ?1 = 0)`,
		count, micros(at), string(o), string(user), passkey)
	return n == 1, err
}
