package storetest

import (
	"sync"
	"sync/atomic"
	"testing"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

func factorTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	factor := func() access.Factor {
		t.Helper()
		a, err := w.Account(t.Context(), "anna@org_acme")
		w.ok(err)
		return a.Factor
	}
	same(t, "before", access.Factor{}, factor())
	w.ok(w.BeginFactor(t.Context(), acme, "usr_anna", []byte("first")))
	w.ok(w.BeginFactor(t.Context(), acme, "usr_anna", []byte("second")))
	same(t, "begun", access.Factor{Sealed: []byte("second")}, factor())
	n, err := w.SecondSteps(t.Context())
	w.ok(err)
	same(t, "how many, begun", 0, n)
	on := access.Factor{Sealed: []byte("first"), ConfirmedAt: at(5), Step: 7}
	codes := []access.Digest{digest(1), digest(2)}
	wantCode(t, "a secret that was replaced", w.ConfirmFactor(t.Context(), acme, "usr_anna", on, codes), problem.NotFound)
	ok, err := w.TakeStep(t.Context(), acme, "usr_anna", 9)
	w.ok(err)
	same(t, "a code of what is not confirmed", false, ok)
	wantCode(t, "codes of what is not confirmed", w.PutCodes(t.Context(), acme, "usr_anna", codes), problem.NotFound)

	limited := filled[access.Session]()
	limited.Org, limited.User, limited.CreatedAt, limited.SeenAt = acme, "usr_anna", at(0), at(1)
	w.ok(w.CreateSession(t.Context(), limited))
	on.Sealed = []byte("second")
	w.ok(w.ConfirmFactor(t.Context(), acme, "usr_anna", on, codes))
	on.Codes = 2
	same(t, "on", on, factor())
	s, _, err := w.Session(t.Context(), limited.Digest)
	w.ok(err)
	same(t, "the session's limits", false, s.Limited)
	wantCode(t, "again", w.ConfirmFactor(t.Context(), acme, "usr_anna", on, codes), problem.NotFound)
	wantCode(t, "begun over it", w.BeginFactor(t.Context(), acme, "usr_anna", []byte("third")), problem.SecondStepOn)
	users, err := w.Factors(t.Context(), acme)
	w.ok(err)
	same(t, "who has one", []id.User{"usr_anna"}, users)
	n, err = w.SecondSteps(t.Context())
	w.ok(err)
	same(t, "how many", 1, n)

	once := func(what string, take func() (bool, error)) {
		t.Helper()
		var took atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				ok, err := take()
				if err != nil {
					t.Error(err)
				}
				if ok {
					took.Add(1)
				}
			})
		}
		all.Wait()
		same(t, what+": how many got it", int32(1), took.Load())
	}
	once("a step", func() (bool, error) { return w.TakeStep(t.Context(), acme, "usr_anna", 8) })
	ok, err = w.TakeStep(t.Context(), acme, "usr_anna", 7)
	w.ok(err)
	same(t, "a step before it", false, ok)
	once("a code", func() (bool, error) { return w.TakeCode(t.Context(), acme, "usr_anna", digest(1)) })
	ok, err = w.TakeCode(t.Context(), acme, "usr_ben", digest(2))
	w.ok(err)
	same(t, "somebody else's code", false, ok)
	w.ok(w.PutCodes(t.Context(), acme, "usr_anna", []access.Digest{digest(3)}))
	ok, err = w.TakeCode(t.Context(), acme, "usr_anna", digest(2))
	w.ok(err)
	same(t, "a replaced code", false, ok)

	w.ok(w.ProveSession(t.Context(), limited.Digest, limited.ProvenAt.Add(5)))
	w.ok(w.ProveSession(t.Context(), limited.Digest, at(0)))
	s, _, err = w.Session(t.Context(), limited.Digest)
	w.ok(err)
	if s.ProvenAt.Before(limited.ProvenAt) {
		t.Errorf("proof went back to %v", s.ProvenAt)
	}
	w.ok(w.DeleteFactor(t.Context(), acme, "usr_anna", false))
	same(t, "taken away", access.Factor{}, factor())
	_, _, err = w.Session(t.Context(), limited.Digest)
	w.ok(err)
	wantCode(t, "again", w.DeleteFactor(t.Context(), acme, "usr_anna", true), problem.NotFound)
	w.ok(w.BeginFactor(t.Context(), acme, "usr_anna", []byte("fourth")))
	w.ok(w.DeleteFactor(t.Context(), acme, "usr_anna", true))
	_, _, err = w.Session(t.Context(), limited.Digest)
	wantCode(t, "the session after a reset", err, problem.NotFound)
}

func obligedTests(t *testing.T, open func(t *testing.T) Store) {
	for rule, want := range map[org.Obliged][2]bool{org.Nobody: {false, false}, org.Administrators: {true, false}, org.Everybody: {true, true}} {
		w := &world{t, open(t)}
		c := sample(acme)
		c.Organization.Settings.SecondStep = rule
		w.create(c)
		for i, email := range []string{"anna@org_acme", "ben@org_acme"} {
			a, err := w.Account(t.Context(), email)
			w.ok(err)
			same(t, string(rule)+" obliges "+email, want[i], a.Obliged)
		}
	}
}

// A role of one's own counts as long as it is in force: with it somebody may what
// it permits, and one that permits what administrators do obliges like theirs.
func ownRoleTests(t *testing.T, open func(t *testing.T) Store) {
	w := &world{t, open(t)}
	c := sample(acme)
	c.Organization.Settings.SecondStep = org.Administrators
	c.Users[1].Roles = []org.Role{org.RoleAgent, "role_1", "role_2"}
	w.create(c)
	other := sample(other)
	other.Roles[0].Permissions = []org.Permission{org.MayErasePeople}
	w.create(other)
	s := access.Session{Digest: digest(1), Org: acme, User: "usr_ben", CreatedAt: t0, SeenAt: t0}
	w.ok(w.CreateSession(t.Context(), s))
	check := func(what string, granted []org.Permission, obliged bool) {
		t.Helper()
		_, member, err := w.Session(t.Context(), s.Digest)
		w.ok(err)
		same(t, what+" grants", granted, member.Granted)
		a, err := w.Account(t.Context(), "ben@org_acme")
		w.ok(err)
		same(t, what+" obliges", obliged, a.Obliged)
	}
	check("in force", []org.Permission{org.MayReadAll, org.MayReadAudit}, true)
	role := c.Roles[0]
	role.Permissions, role.Version = []org.Permission{org.MayReadAll}, 2
	w.commit(engine.OrgBatch{Config: &org.Config{Roles: []org.OwnRole{role}, Version: 2}})
	check("with less in it", []org.Permission{org.MayReadAll}, false)
	role.Archived, role.Version = true, 3
	w.commit(engine.OrgBatch{Config: &org.Config{Roles: []org.OwnRole{role}, Version: 3}})
	check("archived", nil, false)
}
