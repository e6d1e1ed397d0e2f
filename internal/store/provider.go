package store

import (
	"context"
	"database/sql"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// The methods of this file keep what signing in through other systems needs;
// package login says what they mean. The providers themselves are part of the
// configuration.

// OnlyOrganization is the organization of an installation that has one.
func (db *DB) OnlyOrganization(ctx context.Context) (o id.Org, err error) {
	err = db.snapshot(ctx, "only organization", func(q queryer) error {
		all, err := collect(ctx, q, "organizations", func(rows *sql.Rows) (o id.Org, err error) { return o, rows.Scan(text(&o)) },
			`SELECT org FROM organizations LIMIT 2`)
		if err != nil {
			return err
		}
		if len(all) != 1 {
			return notFound()
		}
		o = all[0]
		return nil
	})
	return o, err
}

// PutProviderSecret replaces what a provider is shown.
func (db *DB) PutProviderSecret(ctx context.Context, s access.ProviderSecret) error {
	return db.transact("put provider secret", func(w *writer) error {
		err := w.exec(`INSERT INTO provider_secrets (org, provider, issuer, sealed) VALUES (?, ?, ?, ?)
			ON CONFLICT (org, provider) DO UPDATE SET issuer = excluded.issuer, sealed = excluded.sealed`,
			string(s.Org), string(s.Provider), s.Issuer, s.Sealed)
		if err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
}

// ProviderSecrets are those of an organization, by provider.
func (db *DB) ProviderSecrets(ctx context.Context, o id.Org) (all []access.ProviderSecret, err error) {
	err = db.snapshot(ctx, "provider secrets", func(q queryer) error {
		all, err = collect(ctx, q, "provider secrets", func(rows *sql.Rows) (s access.ProviderSecret, err error) {
			s.Org = o
			return s, rows.Scan(text(&s.Provider), &s.Issuer, &s.Sealed)
		}, `SELECT provider, issuer, sealed FROM provider_secrets WHERE org = ? ORDER BY provider`, string(o))
		return err
	})
	return all, err
}

// LinkedUser is the user whom an issuer knows under that name.
func (db *DB) LinkedUser(ctx context.Context, o id.Org, issuer, subject string) (id.User, error) {
	return one(ctx, db, "linked user", func(rows *sql.Rows) (u id.User, err error) { return u, rows.Scan(text(&u)) },
		`SELECT user_id FROM linked_identities WHERE org = ? AND issuer = ? AND subject = ?`, string(o), issuer, subject)
}

// LinkIdentity notes whom an issuer knows as whom, unless one of both is
// somebody else's already.
func (db *DB) LinkIdentity(ctx context.Context, l access.LinkedIdentity) error {
	return db.transact("link identity", func(w *writer) error {
		n, err := w.affected(`INSERT INTO linked_identities (org, issuer, subject, user_id, linked_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			string(l.Org), l.Issuer, l.Subject, string(l.User), micros(l.LinkedAt))
		if err != nil {
			return err
		}
		if n == 0 {
			return problem.New(problem.SignInRefused, "reason", "unknown")
		}
		return w.witnessed(ctx)
	})
}

// DeleteLinkedIdentities forgets under which names a user is known elsewhere,
// and ends all their sessions.
func (db *DB) DeleteLinkedIdentities(ctx context.Context, o id.Org, user id.User) error {
	return db.transact("delete linked identities", func(w *writer) error {
		n, err := w.affected(`DELETE FROM linked_identities WHERE org = ? AND user_id = ?`, string(o), string(user))
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound()
		}
		if err := w.exec(`DELETE FROM sessions WHERE org = ? AND user_id = ?`, string(o), string(user)); err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
}
