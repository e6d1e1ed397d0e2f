package storetest

import (
	"testing"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

func providerTests(t *testing.T, open func(t *testing.T) Store) {
	const issuer = "https://login.example.org"
	t.Run("an issuer knows a user under one name, and a name is one user's", func(t *testing.T) {
		w := newWorld(t, open)
		w.create(sample(other))
		link := func(o id.Org, subject string, u id.User) error {
			return w.LinkIdentity(t.Context(), access.LinkedIdentity{Org: o, Issuer: issuer, Subject: subject, User: u, LinkedAt: t0})
		}
		w.ok(link(acme, "1", "usr_anna"))
		w.ok(link(other, "1", "usr_ben")) // each organization knows its own
		wantCode(t, "another name", link(acme, "2", "usr_anna"), problem.SignInRefused)
		wantCode(t, "another user", link(acme, "1", "usr_ben"), problem.SignInRefused)
		for _, x := range []struct {
			org  id.Org
			user id.User
		}{{acme, "usr_anna"}, {other, "usr_ben"}} {
			u, err := w.LinkedUser(t.Context(), x.org, issuer, "1")
			w.ok(err)
			same(t, "linked", x.user, u)
		}
		for what, ask := range map[string][2]string{"another name": {issuer, "2"}, "another issuer": {issuer + "/", "1"}} {
			_, err := w.LinkedUser(t.Context(), acme, ask[0], ask[1])
			wantCode(t, what, err, problem.NotFound)
		}
	})

	t.Run("whoever is unlinked is signed out, and nobody else", func(t *testing.T) {
		w := newWorld(t, open)
		for _, u := range []id.User{"usr_anna", "usr_ben"} {
			w.ok(w.LinkIdentity(t.Context(), access.LinkedIdentity{Org: acme, Issuer: issuer, Subject: string(u), User: u, LinkedAt: t0}))
			w.ok(w.CreateSession(t.Context(), access.Session{Digest: access.Digest{byte(len(u))}, Org: acme, User: u, CreatedAt: t0, SeenAt: t0}))
		}
		w.ok(w.DeleteLinkedIdentities(t.Context(), acme, "usr_ben"))
		_, err := w.LinkedUser(t.Context(), acme, issuer, "usr_ben")
		wantCode(t, "unlinked", err, problem.NotFound)
		_, _, err = w.Session(t.Context(), access.Digest{byte(len("usr_ben"))})
		wantCode(t, "their session", err, problem.NotFound)
		_, _, err = w.Session(t.Context(), access.Digest{byte(len("usr_anna"))})
		w.ok(err)
		wantCode(t, "twice", w.DeleteLinkedIdentities(t.Context(), acme, "usr_ben"), problem.NotFound)
	})

	t.Run("a provider has one secret", func(t *testing.T) {
		w := newWorld(t, open)
		p := filled[org.Provider]()
		w.commit(engine.OrgBatch{Config: &org.Config{Providers: []org.Provider{p}, Version: 2}})
		first := access.ProviderSecret{Org: acme, Provider: p.ID, Issuer: "https://a.example.org", Sealed: []byte("one")}
		second := access.ProviderSecret{Org: acme, Provider: p.ID, Issuer: "https://b.example.org", Sealed: []byte("two")}
		w.ok(w.PutProviderSecret(t.Context(), first))
		w.ok(w.PutProviderSecret(t.Context(), second))
		all, err := w.ProviderSecrets(t.Context(), acme)
		w.ok(err)
		same(t, "secrets", []access.ProviderSecret{second}, all)
		none, err := w.ProviderSecrets(t.Context(), other)
		w.ok(err)
		same(t, "of another organization", 0, len(none))
		if err := w.PutProviderSecret(t.Context(), access.ProviderSecret{Org: other, Provider: p.ID, Sealed: []byte("x")}); err == nil {
			t.Error("a secret of a provider that is another organization's was kept")
		}
	})

	t.Run("the only organization is known as long as there is one", func(t *testing.T) {
		w := newWorld(t, open)
		o, err := w.OnlyOrganization(t.Context())
		w.ok(err)
		same(t, "only", acme, o)
		w.create(sample(other))
		_, err = w.OnlyOrganization(t.Context())
		wantCode(t, "of two", err, problem.NotFound)
	})
}
