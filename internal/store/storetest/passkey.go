package storetest

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

func passkeyTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	ctx := t.Context()
	first := filled[access.Passkey]()
	first.Org, first.User, first.ID, first.Credential = acme, "usr_anna", "pky_1", []byte("one")
	first.CreatedAt, first.UsedAt, first.CopiedAt, first.Count = at(1), time.Time{}, time.Time{}, 0
	second := first
	second.ID, second.Credential, second.CreatedAt, second.Name = "pky_0", []byte("two"), at(2), "هاتف"

	limited := filled[access.Session]()
	limited.Org, limited.User, limited.CreatedAt, limited.SeenAt = acme, "usr_anna", at(0), at(1)
	w.ok(w.CreateSession(ctx, limited))
	w.ok(w.AddPasskey(ctx, first, 2))
	s, _, err := w.Session(ctx, limited.Digest)
	w.ok(err)
	same(t, "the session's limits", false, s.Limited)
	stolen := second
	stolen.User, stolen.Credential = "usr_ben", first.Credential
	wantCode(t, "another's with the same credential", w.AddPasskey(ctx, stolen, 2), problem.PasskeyRefused)
	w.ok(w.AddPasskey(ctx, second, 2))
	third := first
	third.ID, third.Credential = "pky_3", []byte("three")
	wantCode(t, "one too many", w.AddPasskey(ctx, third, 2), problem.PasskeyRefused)

	all, err := w.Passkeys(ctx, acme, "usr_anna")
	w.ok(err)
	same(t, "oldest first", []access.Passkey{first, second}, all)
	a, err := w.Account(ctx, "anna@org_acme")
	w.ok(err)
	same(t, "how many", 2, a.Passkeys)
	p, u, err := w.Passkey(ctx, []byte("two"))
	w.ok(err)
	same(t, "by its credential", second, p)
	same(t, "whose", id.User("usr_anna"), u.ID)
	_, _, err = w.Passkey(ctx, []byte("three"))
	wantCode(t, "one that is not there", err, problem.NotFound)
	users, err := w.Factors(ctx, acme)
	w.ok(err)
	same(t, "who has a second step or a passkey", []id.User{"usr_anna"}, users)

	w.ok(w.RenamePasskey(ctx, acme, "usr_anna", "pky_1", "Key"))
	wantCode(t, "another's is not renamed", w.RenamePasskey(ctx, acme, "usr_ben", "pky_1", "Key"), problem.NotFound)
	w.usesOfPasskeys(t)

	wantCode(t, "another's is not removed", w.DeletePasskey(ctx, acme, "usr_ben", "pky_1", true), problem.NotFound)
	w.ok(w.DeletePasskey(ctx, acme, "usr_anna", "pky_1", false))
	wantCode(t, "the last one", w.DeletePasskey(ctx, acme, "usr_anna", "pky_0", false), problem.SecondStepAbsent)
	w.ok(w.BeginFactor(ctx, acme, "usr_anna", []byte("sealed")))
	wantCode(t, "the last one beside what is only begun", w.DeletePasskey(ctx, acme, "usr_anna", "pky_0", false), problem.SecondStepAbsent)
	w.ok(w.ConfirmFactor(ctx, acme, "usr_anna", access.Factor{Sealed: []byte("sealed"), ConfirmedAt: at(5)}, nil))
	w.ok(w.DeletePasskey(ctx, acme, "usr_anna", "pky_0", false))
	w.ok(w.AddPasskey(ctx, second, 2))
	w.ok(w.DeleteFactor(ctx, acme, "usr_anna", true))
	all, err = w.Passkeys(ctx, acme, "usr_anna")
	w.ok(err)
	same(t, "after a reset", 0, len(all))
	w.ok(w.AddPasskey(ctx, second, 2))
	w.ok(w.DeletePasskey(ctx, acme, "usr_anna", "pky_0", true))
	w.ok(w.AddPasskey(ctx, second, 2))
	wantCode(t, "only the authenticator", w.DeleteFactor(ctx, acme, "usr_anna", false), problem.NotFound)
	w.ok(w.DeleteFactor(ctx, acme, "usr_anna", true)) // a passkey is enough to be reset
}

// usesOfPasskeys: Anna has pky_1, called Key, and pky_0.
func (w *world) usesOfPasskeys(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	use := func(passkey string, count int64) bool {
		ok, err := w.UsePasskey(ctx, acme, "usr_anna", passkey, count, at(7))
		if err != nil {
			t.Error(err)
		}
		return ok
	}
	for range 2 {
		same(t, "a device that does not count", true, use("pky_1", 0))
	}
	var took atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if use("pky_1", 4) {
				took.Add(1)
			}
		})
	}
	all.Wait()
	same(t, "how many used one count", int32(1), took.Load())
	same(t, "counting back", false, use("pky_1", 3) || use("pky_1", 0))
	ok, err := w.UsePasskey(ctx, acme, "usr_ben", "pky_1", 9, at(7))
	w.ok(err)
	same(t, "by somebody else", false, ok)
	w.ok(w.RefusePasskey(ctx, acme, "usr_anna", "pky_1", at(8)))
	same(t, "one that was refused", false, use("pky_1", 10))
	wantCode(t, "refusing another's", w.RefusePasskey(ctx, acme, "usr_ben", "pky_1", at(8)), problem.NotFound)
	p, _, err := w.Passkey(ctx, []byte("one"))
	w.ok(err)
	same(t, "its name", "Key", p.Name)
	same(t, "its count", int64(4), p.Count)
	same(t, "its last use", at(7), p.UsedAt)
	same(t, "refused at", at(8), p.CopiedAt)
}
