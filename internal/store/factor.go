package store

import (
	"context"
	"database/sql"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// The methods of this file keep second steps of signing in; package login says
// what they mean.

// BeginFactor stores a secret that is not confirmed yet.
func (db *DB) BeginFactor(_ context.Context, o id.Org, user id.User, sealed []byte) error {
	n, err := db.writeOne("begin factor", `INSERT INTO factors (org, user_id, sealed) VALUES (?, ?, ?)
		ON CONFLICT (org, user_id) DO UPDATE SET sealed = excluded.sealed, step = 0 WHERE factors.confirmed_at = 0`, string(o), string(user), sealed)
	if err == nil && n == 0 {
		return problem.New(problem.SecondStepOn)
	}
	return err
}

// ConfirmFactor turns a secret on, if it is still the one that was begun.
func (db *DB) ConfirmFactor(ctx context.Context, o id.Org, user id.User, f access.Factor, codes []access.Digest) error {
	return db.transact("confirm factor", func(w *writer) error {
		n, err := w.affected(`UPDATE factors SET confirmed_at = ?, step = ? WHERE org = ? AND user_id = ? AND confirmed_at = 0 AND sealed = ?`,
			micros(f.ConfirmedAt), f.Step, string(o), string(user), f.Sealed)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound()
		}
		if err := w.saveCodes(o, user, codes); err != nil {
			return err
		}
		if err := w.exec(liftLimits, string(o), string(user)); err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
}

// TakeStep uses up the code of a step, and with it all before it.
func (db *DB) TakeStep(_ context.Context, o id.Org, user id.User, step int64) (ok bool, err error) {
	n, err := db.writeOne("take step", `UPDATE factors SET step = ? WHERE org = ? AND user_id = ? AND confirmed_at > 0 AND step < ?`, step, string(o), string(user), step)
	return n == 1, err
}

// TakeCode uses up a recovery code.
func (db *DB) TakeCode(ctx context.Context, o id.Org, user id.User, code access.Digest) (ok bool, err error) {
	err = db.transact("take code", func(w *writer) error {
		n, err := w.affected(`DELETE FROM recovery_codes WHERE org = ? AND user_id = ? AND digest = ?`, string(o), string(user), code[:])
		if ok = n == 1; err != nil || !ok {
			return err
		}
		return w.witnessed(ctx)
	})
	return ok && err == nil, err
}

// PutCodes replaces the recovery codes of whoever has a second step.
func (db *DB) PutCodes(ctx context.Context, o id.Org, user id.User, codes []access.Digest) error {
	return db.transact("put codes", func(w *writer) error {
		n, err := w.affected(`UPDATE factors SET step = step WHERE org = ? AND user_id = ? AND confirmed_at > 0`, string(o), string(user))
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound()
		}
		if err := w.saveCodes(o, user, codes); err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
}

func (w *writer) saveCodes(o id.Org, user id.User, codes []access.Digest) error {
	if err := w.exec(`DELETE FROM recovery_codes WHERE org = ? AND user_id = ?`, string(o), string(user)); err != nil {
		return err
	}
	for _, c := range codes {
		if err := w.exec(`INSERT INTO recovery_codes (org, user_id, digest) VALUES (?, ?, ?)`, string(o), string(user), c[:]); err != nil {
			return err
		}
	}
	return nil
}

// DeleteFactor takes a second step away, and with out all passkeys and all
// sessions.
func (db *DB) DeleteFactor(ctx context.Context, o id.Org, user id.User, out bool) error {
	return db.transact("delete factor", func(w *writer) error {
		if err := w.exec(`DELETE FROM recovery_codes WHERE org = ? AND user_id = ?`, string(o), string(user)); err != nil {
			return err
		}
		n, err := w.affected(`DELETE FROM factors WHERE org = ? AND user_id = ?`, string(o), string(user))
		if err != nil {
			return err
		}
		if out {
			keys, err := w.affected(`DELETE FROM passkeys WHERE org = ? AND user_id = ?`, string(o), string(user))
			if err != nil {
				return err
			}
			n += keys
		}
		if n == 0 {
			return notFound()
		}
		if out {
			if err := w.exec(`DELETE FROM sessions WHERE org = ? AND user_id = ?`, string(o), string(user)); err != nil {
				return err
			}
		}
		return w.witnessed(ctx)
	})
}

// Factors are the users of an organization whose second step is on, or who have
// a passkey.
func (db *DB) Factors(ctx context.Context, o id.Org) (users []id.User, err error) {
	err = db.snapshot(ctx, "factors", func(q queryer) error {
		users, err = collect(ctx, q, "factors", func(rows *sql.Rows) (u id.User, err error) { return u, rows.Scan(text(&u)) },
			`SELECT user_id FROM factors WHERE org = ?1 AND confirmed_at > 0 UNION SELECT user_id FROM passkeys WHERE org = ?1 ORDER BY user_id`, string(o))
		return err
	})
	return users, err
}

// SecondSteps is how many people have one, in all organizations.
func (db *DB) SecondSteps(ctx context.Context) (n int, err error) {
	return one(ctx, db, "second steps", func(rows *sql.Rows) (n int, err error) { return n, rows.Scan(&n) }, `SELECT count(*) FROM factors WHERE confirmed_at > 0`)
}

// ProveSession notes that whoever is behind a session showed who they are.
func (db *DB) ProveSession(_ context.Context, digest access.Digest, at time.Time) error {
	_, err := db.writeOne("prove session", `UPDATE sessions SET proven_at = ?1 WHERE digest = ?2 AND proven_at < ?1`, micros(at), digest[:])
	return err
}
