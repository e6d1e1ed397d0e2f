package storetest

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

func cancelled(t *testing.T) (context.Context, context.CancelFunc) {
	return context.WithCancel(t.Context())
}

func digest(b byte) access.Digest { return access.Digest{b, 1} }

func loginTests(t *testing.T, open func(t *testing.T) Store) {
	t.Run("accounts", func(t *testing.T) { accountTests(t, open) })
	t.Run("sessions", func(t *testing.T) { sessionTests(t, open) })
	t.Run("sessions of one", func(t *testing.T) { ownSessionTests(t, open) })
	t.Run("second steps", func(t *testing.T) { factorTests(t, open) })
	t.Run("passkeys", func(t *testing.T) { passkeyTests(t, open) })
	t.Run("who is obliged to one", func(t *testing.T) { obligedTests(t, open) })
	t.Run("roles of the organization", func(t *testing.T) { ownRoleTests(t, open) })
	t.Run("links", func(t *testing.T) { linkTests(t, open) })
	t.Run("invitations", func(t *testing.T) { invitationTests(t, open) })

	t.Run("a visitor is stored once", func(t *testing.T) {
		w := newWorld(t, open)
		v := filled[access.Visitor]()
		v.Org, v.Asset = acme, "ast_1"
		got, err := w.PutVisitor(t.Context(), v)
		w.ok(err)
		same(t, "stored", v, got)
		again := v
		again.Customer, again.Conversation = "cus_other", "conv_other"
		got, err = w.PutVisitor(t.Context(), again)
		w.ok(err)
		same(t, "stored again", v, got)
		w.ok(w.SetVisitorConversation(t.Context(), v.Digest, conv2))
		got, err = w.Visitor(t.Context(), v.Digest)
		w.ok(err)
		v.Conversation = conv2
		same(t, "with the next conversation", v, got)
		_, err = w.Visitor(t.Context(), digest(99))
		wantCode(t, "an unknown token", err, problem.NotFound)
		wantCode(t, "a conversation of an unknown token", w.SetVisitorConversation(t.Context(), digest(99), conv1), problem.NotFound)
	})

	t.Run("identity keys", func(t *testing.T) {
		w := newWorld(t, open)
		k := filled[access.IdentityKey]()
		k.Org, k.Asset, k.Algorithm, k.RetiredAt = acme, "ast_1", access.EdDSA, time.Time{}
		later := k
		later.ID, later.CreatedAt = "key_2", k.CreatedAt.Add(time.Second)
		w.ok(w.PutIdentityKey(t.Context(), later))
		w.ok(w.PutIdentityKey(t.Context(), k))
		w.ok(w.RetireIdentityKey(t.Context(), acme, "ast_1", k.ID, t0))
		w.ok(w.RetireIdentityKey(t.Context(), acme, "ast_1", k.ID, t0.Add(time.Hour)))
		k.RetiredAt = t0
		got, err := w.IdentityKeys(t.Context(), acme, "ast_1")
		w.ok(err)
		same(t, "keys", []access.IdentityKey{k, later}, got)
		none, err := w.IdentityKeys(t.Context(), "org_other", "ast_1")
		w.ok(err)
		same(t, "another organization's", []access.IdentityKey(nil), none)
		wantCode(t, "an unknown key", w.RetireIdentityKey(t.Context(), acme, "ast_2", k.ID, t0), problem.NotFound)
	})

	t.Run("a proven visitor", func(t *testing.T) {
		w := newWorld(t, open)
		proof := func(n byte, customer id.Customer, use byte) access.Proof {
			v := filled[access.Visitor]()
			v.Digest, v.Org, v.Asset, v.Customer, v.Conversation = digest(n), acme, "ast_1", customer, ""
			p := access.Proof{Visitor: v, Subject: "user-17"}
			if use > 0 {
				p.Use, p.UseEnds = digest(use), t0.Add(time.Hour)
			}
			return p
		}
		first := proof(1, "cus_p", 9)
		v, err := w.Prove(t.Context(), first)
		w.ok(err)
		same(t, "stored", first.Visitor, v)
		again, err := w.Prove(t.Context(), first)
		w.ok(err)
		same(t, "stored again", v, again)
		_, err = w.Prove(t.Context(), proof(2, "cus_q", 9))
		wantCode(t, "a use by another", err, problem.IdentityInvalid)
		_, err = w.Visitor(t.Context(), digest(2))
		wantCode(t, "and nothing of it", err, problem.NotFound)
		second, err := w.Prove(t.Context(), proof(3, "cus_q", 0))
		w.ok(err)
		same(t, "the same person", id.Customer("cus_p"), second.Customer)

		anonymous := filled[access.Visitor]()
		anonymous.Digest, anonymous.Org, anonymous.Asset, anonymous.Customer, anonymous.Proven, anonymous.Expires = digest(4), acme, "ast_1", "cus_p", false, time.Time{}
		_, err = w.PutVisitor(t.Context(), anonymous)
		w.ok(err)
		ended, err := w.DeleteVisitorsOf(t.Context(), acme, "cus_p")
		w.ok(err)
		same(t, "only what proved nothing", []access.Digest{digest(4)}, ended)
		w.ok(w.DeleteVisitor(t.Context(), digest(3)))
		_, err = w.Visitor(t.Context(), digest(3))
		wantCode(t, "a deleted one", err, problem.NotFound)
		w.ok(w.DeleteOldVisitors(t.Context(), v.Expires.Add(-1*time.Second)))
		_, err = w.Visitor(t.Context(), digest(1))
		w.ok(err)
		w.ok(w.DeleteOldVisitors(t.Context(), v.Expires.Add(2*time.Hour)))
		_, err = w.Visitor(t.Context(), digest(1))
		wantCode(t, "an old one", err, problem.NotFound)
	})

	t.Run("of concurrent callers all get the same secret", func(t *testing.T) {
		w := newWorld(t, open)
		got := make([]string, 8)
		var all sync.WaitGroup
		for i := range got {
			all.Go(func() {
				b, err := w.Secret(t.Context(), "embed", []byte{byte(i)})
				if err != nil {
					t.Error(err)
				}
				got[i] = string(b)
			})
		}
		all.Wait()
		for _, s := range got {
			if s != got[0] {
				t.Fatalf("got different secrets: %q", got)
			}
		}
	})
}

func accountTests(t *testing.T, open func(t *testing.T) Store) {
	t.Run("found by e-mail with the password", func(t *testing.T) {
		w := &world{t, open(t)}
		has, err := w.HasAdministrator(t.Context())
		w.ok(err)
		same(t, "an administrator in an empty store", false, has)
		c := sample(acme)
		w.ok(w.CreateOrganization(t.Context(), c, map[id.User]string{"usr_anna": "hash"}, access.Digest{}, t0))
		has, err = w.HasAdministrator(t.Context())
		w.ok(err)
		same(t, "an administrator", true, has)

		a, err := w.Account(t.Context(), "anna@org_acme")
		w.ok(err)
		a.User.Teams = c.Users[0].Teams // not needed to sign in
		same(t, "account", access.Account{Org: acme, OrgName: c.Organization.Name, User: c.Users[0], Password: "hash"}, a)
		w.ok(w.ChangePassword(t.Context(), acme, "usr_anna", "newer", access.Digest{}))
		a, err = w.Account(t.Context(), "anna@org_acme")
		w.ok(err)
		same(t, "the new password", "newer", a.Password)
		a, err = w.Account(t.Context(), "ben@org_acme")
		w.ok(err)
		same(t, "no password", "", a.Password)
		_, err = w.Account(t.Context(), "")
		wantCode(t, "no e-mail", err, problem.NotFound)
	})

	t.Run("a disabled administrator is none", func(t *testing.T) {
		w := &world{t, open(t)}
		c := sample(acme)
		c.Users[0].Disabled = true
		w.create(c)
		has, err := w.HasAdministrator(t.Context())
		w.ok(err)
		same(t, "an administrator", false, has)
	})

	t.Run("an e-mail is one account's in the installation", func(t *testing.T) {
		w := newWorld(t, open)
		c := sample(other)
		c.Users[0].Email = "anna@org_acme"
		err := w.CreateOrganization(t.Context(), c, nil, access.Digest{}, t0)
		wantCode(t, "a taken e-mail", err, problem.EmailInvalid)
		keyed := sample("org_third")
		keyed.Assets[0].Key = sample(acme).Assets[0].Key
		err = w.CreateOrganization(t.Context(), keyed, nil, access.Digest{}, t0)
		wantCode(t, "a taken key of an asset", err, problem.DuplicateID)
		_, err = w.Floor(t.Context(), other)
		wantCode(t, "the organization after a refusal", err, problem.NotFound)
	})

	t.Run("a setup link makes one organization", func(t *testing.T) {
		w := &world{t, open(t)}
		link := access.Link{Kind: access.SetupLink, Digest: digest(1), Expires: at(60)}
		w.ok(w.PutLink(t.Context(), link))
		create := func(o id.Org, d access.Digest, seconds int) error {
			return w.CreateOrganization(t.Context(), sample(o), nil, d, at(seconds))
		}
		wantCode(t, "another link", create(acme, digest(2), 1), problem.LinkExpired)
		wantCode(t, "too late", create(acme, link.Digest, 60), problem.LinkExpired)
		w.ok(create(acme, link.Digest, 59))
		wantCode(t, "a second time", create(other, link.Digest, 59), problem.LinkExpired)
		floors, err := w.Floors(t.Context())
		w.ok(err)
		if len(floors) != 1 {
			t.Errorf("got %d organizations, want 1", len(floors))
		}
	})
}

func ownSessionTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	var all []access.Session
	for i := range byte(3) {
		s := filled[access.Session]()
		s.Digest, s.Org, s.User, s.CreatedAt, s.SeenAt = digest(i+1), acme, "usr_anna", at(0), at(int(i)+1)
		w.ok(w.CreateSession(t.Context(), s))
		all = append([]access.Session{s}, all...)
	}
	got, err := w.SessionsOf(t.Context(), acme, "usr_anna")
	w.ok(err)
	same(t, "seen last first", all, got)
	none, err := w.SessionsOf(t.Context(), other, "usr_anna")
	w.ok(err)
	same(t, "of another organization", 0, len(none))

	w.ok(w.ChangePassword(t.Context(), acme, "usr_anna", "another hash", all[1].Digest))
	got, err = w.SessionsOf(t.Context(), acme, "usr_anna")
	w.ok(err)
	same(t, "after another password", all[1:2], got)
	account, err := w.Account(t.Context(), sample(acme).Users[0].Email)
	w.ok(err)
	same(t, "hash", "another hash", account.Password)
}

func sessionTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	s := filled[access.Session]()
	s.Org, s.User, s.CreatedAt, s.SeenAt = acme, "usr_anna", at(0), at(10)
	w.ok(w.CreateSession(t.Context(), s))
	found := func(d access.Digest) (access.Session, access.Member) {
		t.Helper()
		got, u, err := w.Session(t.Context(), d)
		w.ok(err)
		return got, u
	}
	gone := func(what string, d access.Digest) {
		t.Helper()
		_, _, err := w.Session(t.Context(), d)
		wantCode(t, what, err, problem.NotFound)
	}

	got, u := found(s.Digest)
	same(t, "session", s, got)
	same(t, "user", access.Member{User: sample(acme).Users[0]}, u)

	second := s
	second.Digest = digest(98)
	w.ok(w.CreateSession(t.Context(), second))
	w.ok(w.TouchSessions(t.Context(), map[access.Digest]time.Time{s.Digest: at(30), second.Digest: at(40), digest(99): at(50)}))
	w.ok(w.TouchSessions(t.Context(), map[access.Digest]time.Time{s.Digest: at(20)}))
	got, _ = found(s.Digest)
	same(t, "last seen", at(30), got.SeenAt)
	got, _ = found(second.Digest)
	same(t, "last seen", at(40), got.SeenAt)
	gone("a session that is only touched", digest(99))
	w.ok(w.DeleteSession(t.Context(), second.Digest))

	w.ok(w.DeleteSession(t.Context(), digest(99)))
	w.ok(w.DeleteSession(t.Context(), s.Digest))
	gone("a deleted session", s.Digest)
	w.endedAmongMany()

	for i, seen := range []int{0, 50, 100} {
		s.Digest, s.SeenAt, s.CreatedAt = digest(byte(10+i)), at(seen), at(i)
		w.ok(w.CreateSession(t.Context(), s))
	}
	w.ok(w.DeleteOldSessions(t.Context(), at(50), at(0)))
	gone("a session idle for too long", digest(10))
	found(digest(11))
	w.ok(w.DeleteOldSessions(t.Context(), at(0), at(2)))
	gone("a session begun too long ago", digest(11))
	found(digest(12))
	w.ok(w.DeleteSessions(t.Context(), acme, "usr_ben"))
	found(digest(12))
	w.ok(w.DeleteSessions(t.Context(), acme, "usr_anna"))
	gone("a session after signing out everywhere", digest(12))
}

func linkTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	first := access.Link{Kind: access.SetupLink, Digest: digest(1), Expires: at(1)}
	second := access.Link{Kind: access.SetupLink, Digest: digest(2), Expires: at(2)}
	enter := access.Link{Kind: access.EnterLink, Digest: digest(3), Org: acme, User: "usr_ben", Expires: at(3)}
	for _, l := range []access.Link{first, enter, second} {
		w.ok(w.PutLink(t.Context(), l))
	}
	_, err := w.Link(t.Context(), access.SetupLink, first.Digest)
	wantCode(t, "a setup link that was replaced", err, problem.NotFound)
	for _, l := range []access.Link{second, enter} {
		got, err := w.Link(t.Context(), l.Kind, l.Digest)
		w.ok(err)
		same(t, "link", l, got)
	}
	_, err = w.TakeLink(t.Context(), access.SetupLink, enter.Digest)
	wantCode(t, "a link of another kind", err, problem.NotFound)

	var took atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			switch got, err := w.TakeLink(t.Context(), access.EnterLink, enter.Digest); {
			case err == nil:
				took.Add(1)
				same(t, "taken", enter, got)
			default:
				wantCode(t, "taken by another", err, problem.NotFound)
			}
		})
	}
	all.Wait()
	if took.Load() != 1 {
		t.Errorf("%d took the link, want 1", took.Load())
	}
}

func invitationTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	invitation := func(n byte, u id.User, until int) access.Link {
		l := access.Link{Kind: access.InviteLink, Digest: digest(n), Org: acme, User: u, Expires: at(until)}
		w.ok(w.PutLink(t.Context(), l))
		return l
	}
	replaced, ben, anna := invitation(1, "usr_ben", 60), invitation(2, "usr_ben", 60), invitation(3, "usr_anna", 60)
	_, _, err := w.Invited(t.Context(), replaced.Digest)
	wantCode(t, "an invitation that was replaced", err, problem.NotFound)
	for _, want := range []access.Link{ben, anna} {
		got, user, err := w.Invited(t.Context(), want.Digest)
		w.ok(err)
		same(t, "invitation", want, got)
		same(t, "whose it is", want.User, user.ID)
	}
	for n, u := range map[byte]id.User{11: "usr_ben", 12: "usr_anna"} {
		w.ok(w.CreateSession(t.Context(), access.Session{Digest: digest(n), Org: acme, User: u, CreatedAt: at(0), SeenAt: at(0)}))
	}
	wantCode(t, "joining too late", w.Join(t.Context(), ben.Digest, "late", at(60)), problem.LinkExpired)
	wantCode(t, "joining by no invitation", w.Join(t.Context(), digest(9), "none", at(1)), problem.LinkExpired)

	var joined atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := w.Join(t.Context(), anna.Digest, "hash", at(59)); err == nil {
				joined.Add(1)
			} else {
				wantCode(t, "joined by another", err, problem.LinkExpired)
			}
		})
	}
	all.Wait()
	if joined.Load() != 1 {
		t.Errorf("%d joined, want 1", joined.Load())
	}
	a, err := w.Account(t.Context(), "anna@org_acme")
	w.ok(err)
	same(t, "the password", "hash", a.Password)
	_, _, err = w.Session(t.Context(), digest(12))
	wantCode(t, "a session from before", err, problem.NotFound)
	_, _, err = w.Session(t.Context(), digest(11))
	w.ok(err) // somebody else's goes on
}

// endedAmongMany: of more sessions than one question holds those are named that
// ended.
func (w *world) endedAmongMany() {
	w.t.Helper()
	var all []access.Digest
	for i := range 1200 {
		d := access.Digest{1: byte(i >> 8), 2: byte(i), 3: 7}
		all = append(all, d)
		if i%2 == 0 {
			w.ok(w.CreateSession(w.t.Context(), access.Session{Digest: d, Org: acme, User: "usr_anna", CreatedAt: at(0), SeenAt: at(0)}))
		}
	}
	ended, err := w.EndedSessions(w.t.Context(), all)
	w.ok(err)
	var want []access.Digest
	for i := 1; i < len(all); i += 2 {
		want = append(want, all[i])
	}
	same(w.t, "ended", want, ended)
	w.ok(w.DeleteSessions(w.t.Context(), acme, "usr_anna"))
}
