package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// The methods of this file keep what package login needs; it says what they
// mean. Expiry and limits are judged there.

// one reads the only row of a query, or fails with [problem.NotFound].
func one[T any](ctx context.Context, db *DB, what string, scan func(*sql.Rows) (T, error), query string, args ...any) (v T, err error) {
	err = db.snapshot(ctx, what, func(q queryer) error {
		found, err := collect(ctx, q, what, scan, query, args...)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return notFound()
		}
		v = found[0]
		return nil
	})
	return v, err
}

// writeOne runs one statement as a transaction of its own.
func (db *DB) writeOne(what, query string, args ...any) (changed int64, err error) {
	err = db.transact(what, func(w *writer) error {
		changed, err = w.affected(query, args...)
		return err
	})
	return changed, err
}

// Account finds a user by e-mail, disabled ones included.
func (db *DB) Account(ctx context.Context, email string) (access.Account, error) {
	var settings org.Settings
	a, err := one(ctx, db, "account", func(rows *sql.Rows) (a access.Account, err error) {
		f := &a.Factor
		err = rows.Scan(append(users.cells(&a.User), text(&a.Org), &a.OrgName.En, &a.OrgName.Ar, &a.Password, document(&settings), &f.Sealed, moment(&f.ConfirmedAt), &f.Step, &f.Codes, &a.Passkeys)...)
		return a, err
	}, `SELECT `+users.list()+`, u.org, o.name_en, o.name_ar, coalesce((SELECT password FROM credentials c WHERE c.org = u.org AND c.user_id = u.id), ''),
		o.settings, f.sealed, coalesce(f.confirmed_at, 0), coalesce(f.step, 0),
		(SELECT count(*) FROM recovery_codes r WHERE r.org = u.org AND r.user_id = u.id),
		(SELECT count(*) FROM passkeys p WHERE p.org = u.org AND p.user_id = u.id)
		FROM users u JOIN (SELECT org AS belongs, name_en, name_ar, settings FROM organizations) o ON o.belongs = u.org
		LEFT JOIN factors f ON f.org = u.org AND f.user_id = u.id WHERE email = ? AND email <> ''`, email)
	if err != nil {
		return a, err
	}
	err = db.snapshot(ctx, "account", func(q queryer) error {
		granted, err := grantedBy(ctx, q, a.Org, a.User.Roles)
		a.Obliged = settings.Obliges(a.User, granted)
		return err
	})
	return a, err
}

// grantedBy are the permissions that roles of the organization's own give, as
// they are now.
func grantedBy(ctx context.Context, q queryer, o id.Org, held []org.Role) ([]org.Permission, error) {
	if !slices.ContainsFunc(held, func(r org.Role) bool { return !r.BuiltIn() }) {
		return nil, nil // nearly everybody, at every request
	}
	own, err := roles.load(ctx, q, string(o), "")
	return org.Config{Roles: own}.Granted(held), err
}

const setPassword = `INSERT INTO credentials (org, user_id, password) VALUES (?, ?, ?) ON CONFLICT (org, user_id) DO UPDATE SET password = excluded.password`

// HasAdministrator reports whether anybody who is not disabled is one.
func (db *DB) HasAdministrator(ctx context.Context) (bool, error) {
	n, err := one(ctx, db, "has administrator", func(rows *sql.Rows) (n int, err error) { return n, rows.Scan(&n) },
		`SELECT count(*) FROM users WHERE disabled = 0 AND roles LIKE '%"`+string(org.RoleAdministrator)+`"%'`)
	return n > 0, err
}

// CreateOrganization stores a configuration with passwords, using up a setup
// link unless link is zero, all in one transaction.
func (db *DB) CreateOrganization(_ context.Context, config org.Config, passwords map[id.User]string, link access.Digest, now time.Time) error {
	return db.transact("create organization", func(w *writer) error {
		if link != (access.Digest{}) {
			n, err := w.affected(`DELETE FROM links WHERE kind = ? AND digest = ? AND expires > ?`, string(access.SetupLink), link[:], micros(now))
			if err != nil {
				return err
			}
			if n != 1 {
				return problem.New(problem.LinkExpired)
			}
		}
		for _, u := range config.Users {
			taken, err := w.affected(`UPDATE users SET email = email WHERE email = ? AND email <> ''`, u.Email)
			if err != nil {
				return err
			}
			if taken > 0 {
				return problem.New(problem.EmailInvalid, "field", "email")
			}
		}
		for _, a := range config.Assets {
			taken, err := w.affected(`UPDATE assets SET key = key WHERE key = ?`, a.Key)
			if err != nil {
				return err
			}
			if taken > 0 {
				return problem.New(problem.DuplicateID, "field", "assets.key", "id", a.Key)
			}
		}
		o := config.Organization.ID
		if err := w.saveConfig(o, &config); err != nil {
			return err
		}
		for _, u := range config.Users {
			if hash, ok := passwords[u.ID]; ok {
				if err := w.exec(setPassword, string(o), string(u.ID), hash); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// CreateSession stores a session.
func (db *DB) CreateSession(_ context.Context, s access.Session) error {
	_, err := db.writeOne("create session", `INSERT INTO sessions (digest, org, user_id, created_at, seen_at, user_agent, proven_at, limited) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		s.Digest[:], string(s.Org), string(s.User), micros(s.CreatedAt), micros(s.SeenAt), s.UserAgent, micros(s.ProvenAt), value(flag(&s.Limited)))
	return err
}

// Session finds a session with its user as the user, and what they may, is now.
func (db *DB) Session(ctx context.Context, digest access.Digest) (s access.Session, u access.Member, err error) {
	err = db.snapshot(ctx, "session", func(q queryer) error {
		found, err := collect(ctx, q, "session", func(rows *sql.Rows) (s access.Session, err error) {
			s.Digest = digest
			return s, rows.Scan(append(users.cells(&u.User), text(&s.Org), moment(&s.CreatedAt), moment(&s.SeenAt), &s.UserAgent, moment(&s.ProvenAt), flag(&s.Limited))...)
		}, `SELECT `+users.list()+`, s.org, created_at, seen_at, user_agent, proven_at, limited FROM sessions s JOIN users u ON u.org = s.org AND u.id = s.user_id WHERE s.digest = ?`, digest[:])
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return notFound()
		}
		s, s.User = found[0], u.ID
		if u.Granted, err = grantedBy(ctx, q, s.Org, u.Roles); err != nil {
			return err
		}
		teams, err := userTeams.of(ctx, q, s.Org, string(u.ID))
		for _, team := range teams {
			u.Teams = append(u.Teams, id.Team(team))
		}
		return err
	})
	return s, u, err
}

// TouchSessions moves SeenAt forward, never back.
func (db *DB) TouchSessions(_ context.Context, seen map[access.Digest]time.Time) error {
	return db.transact("touch sessions", func(w *writer) error {
		for digest, at := range seen {
			if err := w.exec(`UPDATE sessions SET seen_at = ?1 WHERE digest = ?2 AND seen_at < ?1`, micros(at), digest[:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// DeleteSession ends one session, if it is there.
func (db *DB) DeleteSession(_ context.Context, digest access.Digest) error {
	_, err := db.writeOne("delete session", `DELETE FROM sessions WHERE digest = ?`, digest[:])
	return err
}

// DeleteSessions ends all sessions of a user.
func (db *DB) DeleteSessions(ctx context.Context, o id.Org, user id.User) error {
	return db.transact("delete sessions", func(w *writer) error {
		if err := w.exec(`DELETE FROM sessions WHERE org = ? AND user_id = ?`, string(o), string(user)); err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
}

// asked is how many sessions are asked for by one statement; in few sizes, so
// that few statements are kept prepared.
var asked = []int{8, 64, 512}

// EndedSessions are those that are not there any more, in the order asked for.
func (db *DB) EndedSessions(ctx context.Context, of []access.Digest) (ended []access.Digest, err error) {
	err = db.snapshot(ctx, "sessions", func(q queryer) error {
		for some := range slices.Chunk(of, asked[len(asked)-1]) {
			size := asked[slices.IndexFunc(asked, func(n int) bool { return n >= len(some) })]
			digests := make([]any, size)
			for i := range digests {
				digests[i] = some[min(i, len(some)-1)][:]
			}
			there := map[access.Digest]bool{}
			_, err := collect(ctx, q, "sessions", func(rows *sql.Rows) (none struct{}, err error) {
				var digest []byte
				err = rows.Scan(&digest)
				there[access.Digest(digest)] = true
				return none, err
			}, `SELECT digest FROM sessions WHERE digest IN (?`+strings.Repeat(", ?", size-1)+`)`, digests...)
			if err != nil {
				return err
			}
			for _, d := range some {
				if !there[d] {
					ended = append(ended, d)
				}
			}
		}
		return nil
	})
	return ended, err
}

// SessionsOf lists the sessions of a user, seen last first.
func (db *DB) SessionsOf(ctx context.Context, o id.Org, user id.User) (all []access.Session, err error) {
	err = db.snapshot(ctx, "sessions", func(q queryer) error {
		all, err = collect(ctx, q, "sessions", func(rows *sql.Rows) (s access.Session, err error) {
			var digest []byte
			s.Org, s.User = o, user
			err = rows.Scan(&digest, moment(&s.CreatedAt), moment(&s.SeenAt), &s.UserAgent, moment(&s.ProvenAt), flag(&s.Limited))
			copy(s.Digest[:], digest)
			return s, err
		}, `SELECT digest, created_at, seen_at, user_agent, proven_at, limited FROM sessions WHERE org = ? AND user_id = ? ORDER BY seen_at DESC, digest`, string(o), string(user))
		return err
	})
	return all, err
}

// ChangePassword replaces the hash and ends all sessions of the user but kept.
func (db *DB) ChangePassword(ctx context.Context, o id.Org, user id.User, hash string, kept access.Digest) error {
	return db.transact("change password", func(w *writer) error {
		if err := w.exec(setPassword, string(o), string(user), hash); err != nil {
			return err
		}
		if err := w.exec(`DELETE FROM sessions WHERE org = ? AND user_id = ? AND digest <> ?`, string(o), string(user), kept[:]); err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
}

// DeleteOldSessions removes what was last seen before idle or created before
// absolute.
func (db *DB) DeleteOldSessions(_ context.Context, idle, absolute time.Time) error {
	_, err := db.writeOne("delete old sessions", `DELETE FROM sessions WHERE seen_at < ? OR created_at < ?`, micros(idle), micros(absolute))
	return err
}

// PutLink stores a link; a setup link replaces the one before it.
func (db *DB) PutLink(ctx context.Context, l access.Link) error {
	return db.transact("put link", func(w *writer) error {
		var earlier error
		switch l.Kind {
		case access.SetupLink:
			earlier = w.exec(`DELETE FROM links WHERE kind = ?`, string(l.Kind))
		case access.InviteLink:
			earlier = w.exec(`DELETE FROM links WHERE kind = ? AND org = ? AND user_id = ?`, string(l.Kind), string(l.Org), string(l.User))
		}
		if earlier != nil {
			return earlier
		}
		err := w.exec(`INSERT INTO links (kind, digest, org, user_id, expires) VALUES (?, ?, ?, ?, ?)`,
			string(l.Kind), l.Digest[:], string(l.Org), string(l.User), micros(l.Expires))
		if err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
}

// Link reads a link without using it up.
func (db *DB) Link(ctx context.Context, kind access.LinkKind, digest access.Digest) (access.Link, error) {
	return one(ctx, db, "link", func(rows *sql.Rows) (access.Link, error) { return scanLink(rows, kind, digest) },
		`SELECT org, user_id, expires FROM links WHERE kind = ? AND digest = ?`, string(kind), digest[:])
}

// TakeLink removes and returns a link: of concurrent callers one gets it.
func (db *DB) TakeLink(ctx context.Context, kind access.LinkKind, digest access.Digest) (l access.Link, err error) {
	err = db.transact("take link", func(w *writer) error {
		found, err := collect(ctx, w, "link", func(rows *sql.Rows) (access.Link, error) { return scanLink(rows, kind, digest) },
			`DELETE FROM links WHERE kind = ? AND digest = ? RETURNING org, user_id, expires`, string(kind), digest[:])
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return notFound()
		}
		l = found[0]
		return nil
	})
	return l, err
}

// Invited reads an invitation with its user, without using it up.
func (db *DB) Invited(ctx context.Context, digest access.Digest) (l access.Link, u org.User, err error) {
	l, err = one(ctx, db, "invited", func(rows *sql.Rows) (l access.Link, err error) {
		l.Kind, l.Digest = access.InviteLink, digest
		return l, rows.Scan(append(users.cells(&u), text(&l.Org), text(&l.User), moment(&l.Expires))...)
	}, `SELECT `+users.list()+`, l.org, l.user_id, expires FROM links l JOIN users u ON u.org = l.org AND u.id = l.user_id WHERE l.kind = ? AND l.digest = ?`,
		string(access.InviteLink), digest[:])
	return l, u, err
}

// Join uses an invitation up, keeps the password and ends the user's sessions.
func (db *DB) Join(ctx context.Context, digest access.Digest, hash string, now time.Time) error {
	return db.transact("join", func(w *writer) error {
		found, err := collect(ctx, w, "invitation", func(rows *sql.Rows) (access.Link, error) { return scanLink(rows, access.InviteLink, digest) },
			`DELETE FROM links WHERE kind = ? AND digest = ? AND expires > ? RETURNING org, user_id, expires`, string(access.InviteLink), digest[:], micros(now))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return problem.New(problem.LinkExpired)
		}
		o, u := string(found[0].Org), string(found[0].User)
		if err := w.exec(setPassword, o, u, hash); err != nil {
			return err
		}
		if err := w.exec(`DELETE FROM sessions WHERE org = ? AND user_id = ?`, o, u); err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
}

func scanLink(rows *sql.Rows, kind access.LinkKind, digest access.Digest) (l access.Link, err error) {
	l.Kind, l.Digest = kind, digest
	return l, rows.Scan(text(&l.Org), text(&l.User), moment(&l.Expires))
}

// PutVisitor stores v unless its digest is known, and returns what is stored.
func (db *DB) PutVisitor(ctx context.Context, v access.Visitor) (access.Visitor, error) {
	_, err := db.writeOne("put visitor", insertVisitor, visitorArgs(v)...)
	if err != nil {
		return access.Visitor{}, err
	}
	return db.Visitor(ctx, v.Digest)
}

// Visitor finds a customer's browser.
func (db *DB) Visitor(ctx context.Context, digest access.Digest) (access.Visitor, error) {
	return one(ctx, db, "visitor", scanVisitor(digest), selectVisitor, digest[:])
}

// SetVisitorConversation records the conversation the token opens now.
func (db *DB) SetVisitorConversation(_ context.Context, digest access.Digest, c id.Conversation) error {
	n, err := db.writeOne("set visitor conversation", `UPDATE visitors SET conversation = ? WHERE digest = ?`, string(c), digest[:])
	if err == nil && n == 0 {
		return fmt.Errorf("store: set visitor conversation: %w", notFound())
	}
	return err
}

// Secret returns the secret of that name, storing fresh if there is none.
func (db *DB) Secret(ctx context.Context, name string, fresh []byte) ([]byte, error) {
	if _, err := db.writeOne("secret", `INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`, name, fresh); err != nil {
		return nil, err
	}
	return one(ctx, db, "secret", func(rows *sql.Rows) (v []byte, err error) { return v, rows.Scan(&v) }, `SELECT value FROM secrets WHERE name = ?`, name)
}
