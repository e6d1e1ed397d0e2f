package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	configuration "hiwar/internal/config"
	"hiwar/internal/id"
	"hiwar/internal/oidc/oidctest"
	"hiwar/internal/org"
	"hiwar/internal/wire"
)

// portal is a server with two organizations, and a provider of the first.
type portal struct {
	*node
	t        *testing.T
	double   *oidctest.Double
	folder   string
	org      id.Org
	provider org.Provider
	admin    *someone
}

// claimed is what the provider says of somebody whose address it has verified.
func claimed(subject, email string, more ...any) map[string]any {
	claims := map[string]any{"sub": subject, "email": email, "email_verified": true}
	for i := 0; i+1 < len(more); i += 2 {
		claims[more[i].(string)] = more[i+1]
	}
	return claims
}

func newPortal(t *testing.T) *portal {
	t.Helper()
	p := &portal{t: t, double: oidctest.New(t), folder: t.TempDir()}
	p.node = startNode(t, p.folder)
	t.Cleanup(p.stop)
	for _, c := range []org.Config{matrixConfig("a", "own"), matrixConfig("b", "foreign")} {
		if c.Organization.Name.En == "a" {
			p.org = c.Organization.ID
			p.provider = org.Provider{ID: matrixID[id.Provider](id.PrefixProvider, "a"), Name: org.Name{En: "Lotus", Ar: "لوتس"}, Issuer: p.double.URL, ClientID: oidctest.ClientID, Version: 1}
			c.Providers = []org.Provider{p.provider}
		}
		if err := p.login.Create(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if err := p.engine.Adopt(t.Context(), c.Organization.ID); err != nil {
			t.Fatal(err)
		}
	}
	w := &world{t: t, now: p.node}
	p.admin = w.enter(p.org, p.user("free administrator"))
	p.must(p.admin, "PUT", "/api/v1/provider-secrets/"+string(p.provider.ID), fmt.Sprintf(`{"secret":%q}`, oidctest.Secret))
	return p
}

func (p *portal) user(name string) id.User { return matrixID[id.User](id.PrefixUser, "a"+name) }

func (p *portal) must(as *someone, method, path, body string) answer {
	p.t.Helper()
	a := p.ask(as, method, path, body, "Idempotency-Key", fmt.Sprint("k", len(path), path, len(body)))
	if a.status >= 300 {
		p.t.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
	}
	return a
}

// configure puts objects on the first organization.
func (p *portal) configure(f configuration.File) {
	p.t.Helper()
	f.Format = configuration.Format
	p.must(p.admin, "PUT", "/api/v1/configuration", string(wire.WriteFile(f)))
}

// configured is the configuration as a file.
func (p *portal) configured() configuration.File {
	p.t.Helper()
	f, err := configuration.Read([]byte(p.must(p.admin, "GET", "/api/v1/configuration", "").body), p.org)
	if err != nil {
		p.t.Fatal(err)
	}
	f.Version = 0
	return f
}

// change puts another form of the provider on.
func (p *portal) change(with func(*org.Provider)) {
	p.t.Helper()
	with(&p.provider)
	p.configure(configuration.File{Providers: []org.Provider{p.provider}})
}

// cookieOf is what a browser sends back of an answer: name=value.
func cookieOf(a answer, name string) string {
	for _, line := range a.header.Values("Set-Cookie") {
		if c, err := http.ParseSetCookie(line); err == nil && c.Name == name {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

// trip is a browser on its way.
type trip struct{ cookie, state, code string }

// depart sets out, and signs in at the provider.
func (p *portal) depart(claims map[string]any, sign oidctest.Sign) trip {
	p.t.Helper()
	a := p.must(nil, "POST", "/api/v1/sign-in/"+string(p.org)+"/"+string(p.provider.ID), "")
	var at struct{ Address string }
	a.into(p.t, &at)
	x := trip{cookie: cookieOf(a, "hiwar_way")}
	x.state, x.code = p.double.Enter(at.Address, claims, sign)
	return x
}

// arrive comes back, and says who it is signed in as.
func (p *portal) arrive(x trip) (answer, *someone) {
	p.t.Helper()
	body := fmt.Sprintf(`{"state":%q,"code":%q}`, x.state, x.code)
	return p.finish(x.cookie, body)
}

func (p *portal) finish(cookie, body string) (answer, *someone) {
	p.t.Helper()
	a := p.ask(&someone{cookie: cookie}, "POST", "/api/v1/sign-in", body)
	if a.status != http.StatusOK {
		return a, nil
	}
	return a, &someone{cookie: cookieOf(a, "hiwar_session")}
}

// in signs somebody in, who has to succeed.
func (p *portal) in(claims map[string]any) (*someone, me) {
	p.t.Helper()
	a, as := p.arrive(p.depart(claims, oidctest.Rightly))
	if as == nil {
		p.t.Fatalf("%v: %d %s", claims, a.status, a.body)
	}
	var m me
	p.must(as, "GET", "/api/v1/me", "").into(p.t, &m)
	return as, m
}

type me struct {
	User        id.User
	Name, Email string
	Roles       []org.Role
}

// refused wants an answer with this reason and a reference.
func (p *portal) refused(what string, a answer, reason string) {
	p.t.Helper()
	var got struct {
		Code, Detail string
		RequestID    string `json:"request_id"`
		Params       struct{ Reason string }
	}
	a.into(p.t, &got)
	if a.status != http.StatusForbidden || got.Code != "sign_in_refused" || got.Params.Reason != reason || !strings.Contains(got.Detail, got.RequestID) || got.RequestID == "" {
		p.t.Errorf("%s: %d %s", what, a.status, a.body)
	}
	if cookieOf(a, "hiwar_session") != "" {
		p.t.Errorf("%s: a session began", what)
	}
}
