package main

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	configuration "hiwar/internal/config"
	"hiwar/internal/id"
	"hiwar/internal/oidc/oidctest"
	"hiwar/internal/org"
)

const ownerMail = "own-owner@a.example.org"

func TestSigningInThroughAProvider(t *testing.T) {
	p := newPortal(t)
	as, m := p.in(claimed("1", "Own-Owner@A.example.org"))
	if m.User != p.user("own owner") || m.Email != ownerMail {
		t.Fatalf("signed in as %+v", m)
	}
	// From then on it is the provider's name of them that counts.
	if _, again := p.in(claimed("1", "other@a.example.org")); again.User != m.User {
		t.Errorf("a second time as %+v", again)
	}
	var list struct{ Sessions []struct{ ID string } }
	p.must(as, "GET", "/api/v1/me/sessions", "").into(t, &list)
	if len(list.Sessions) != 2 {
		t.Errorf("%d sessions", len(list.Sessions))
	}
	p.must(as, "POST", "/api/v1/logout-everywhere", "")
	if a := p.ask(as, "GET", "/api/v1/me", ""); a.status != http.StatusUnauthorized {
		t.Errorf("signed out: %d %s", a.status, a.body)
	}

	// The ways in are offered to strangers, and nothing beside.
	offered := p.must(nil, "GET", "/api/v1/sign-in?organization="+string(p.org), "")
	if want := fmt.Sprintf(`"providers":[{"id":%q,"name":{"en":"Lotus","ar":"لوتس"}}]`, p.provider.ID); !strings.Contains(offered.body, want) || strings.Contains(offered.body, p.double.URL) {
		t.Errorf("offered: %s", offered.body)
	}
	for of, want := range map[string]string{"": `"providers":[]`, "?organization=org_nobody": `"providers":[]`, "?organization=" + string(matrixID[id.Org](id.PrefixOrg, "b")): "foreign"} {
		if a := p.must(nil, "GET", "/api/v1/sign-in"+of, ""); !strings.Contains(a.body, want) || strings.Contains(a.body, string(p.provider.ID)) {
			t.Errorf("%q: %s", of, a.body)
		}
	}

	// The secret is nowhere to be read, and what was done is recorded.
	all := p.must(p.admin, "GET", "/api/v1/configuration", "")
	if strings.Contains(all.body, oidctest.Secret) || !strings.Contains(all.body, p.double.URL) {
		t.Error("the configuration as a file has the secret, or not the provider")
	}
	files, err := filepath.Glob(filepath.Join(p.folder, "*.db*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
		}
		if bytes.Contains(content, []byte(oidctest.Secret)) {
			t.Errorf("the secret stands in %s", name)
		}
	}
	if a := p.must(p.admin, "GET", "/api/v1/provider-secrets", ""); !strings.Contains(a.body, string(p.provider.ID)) {
		t.Errorf("secrets: %s", a.body)
	}
	log := p.must(p.admin, "GET", "/api/v1/audit", "").body
	for _, want := range []string{`"act":"set_provider_secret"`, `"act":"link_identity"`, `"actor":"` + string(p.provider.ID) + `","actor_name":"Lotus"`} {
		if !strings.Contains(log, want) {
			t.Errorf("the log has no %s: %s", want, log)
		}
	}
}

// Whatever is wrong with what comes back, nobody is signed in.
func TestWhatAProviderSendsIsNotBelieved(t *testing.T) {
	p := newPortal(t)
	p.configure(configuration.File{Users: []org.User{{ID: "disabled", Name: "Gone", Email: "gone@a.example.org", Roles: []org.Role{org.RoleAgent}, Disabled: true}}})
	right := claimed("1", ownerMail)
	with := func(name string, value any) map[string]any {
		claims := maps.Clone(right)
		claims[name] = value
		return claims
	}
	for _, x := range []struct {
		name   string
		claims map[string]any
		sign   oidctest.Sign
		reason string
	}{
		{"a nonce of another way", with("nonce", "other"), oidctest.Rightly, "token"},
		{"no nonce", with("nonce", ""), oidctest.Rightly, "token"},
		{"for another client", with("aud", "other"), oidctest.Rightly, "token"},
		{"for us among others, and used by another", with("aud", []string{oidctest.ClientID, "other"}), oidctest.Rightly, "token"},
		{"of another party", with("azp", "other"), oidctest.Rightly, "token"},
		{"of another issuer", with("iss", "https://login.example.org"), oidctest.Rightly, "token"},
		{"expired", with("exp", 1_700_000_000), oidctest.Rightly, "token"},
		{"of nobody", with("sub", ""), oidctest.Rightly, "token"},
		{"not signed", right, oidctest.ByNobody, "token"},
		{"signed with what both know", right, oidctest.BySecret, "token"},
		{"signed with another key", right, oidctest.ByAnother, "token"},
		{"an address that is not verified", with("email_verified", false), oidctest.Rightly, "email"},
		{"no word on whether it is", map[string]any{"sub": "1", "email": ownerMail}, oidctest.Rightly, "email"},
		{"no address", with("email", ""), oidctest.Rightly, "email"},
		{"somebody unknown", claimed("2", "nobody@a.example.org"), oidctest.Rightly, "unknown"},
		{"somebody of another organization", claimed("3", "foreign-owner@b.example.org"), oidctest.Rightly, "unknown"},
		{"somebody disabled", claimed("4", "gone@a.example.org"), oidctest.Rightly, "unknown"},
	} {
		a, _ := p.arrive(p.depart(x.claims, x.sign))
		p.refused(x.name, a, x.reason)
	}

	// The way back works once, in the browser that set out.
	one, other := p.depart(right, oidctest.Rightly), p.depart(right, oidctest.Rightly)
	for name, x := range map[string]trip{
		"in another browser":      {other.cookie, one.state, one.code},
		"in no browser":           {"hiwar_way=", one.state, one.code},
		"with a cookie of theirs": {"hiwar_way=" + strings.Repeat("A", 80), one.state, one.code},
		"without a state":         {one.cookie, "", one.code},
		"with another state":      {one.cookie, other.state, one.code},
	} {
		a, _ := p.arrive(x)
		p.refused(name, a, "flow")
	}
	if a, as := p.arrive(one); as == nil {
		t.Errorf("the right one after all of these: %d %s", a.status, a.body)
	}
	a, _ := p.arrive(one)
	p.refused("a second time", a, "flow")
	a, _ = p.finish(other.cookie, fmt.Sprintf(`{"state":%q,"error":"access_denied"}`, other.state))
	p.refused("stopped at the provider", a, "denied")
	a, _ = p.arrive(other)
	p.refused("after it was stopped", a, "flow")

	// Who has an address now that was another's is not who had it before.
	a, _ = p.arrive(p.depart(claimed("5", ownerMail), oidctest.Rightly))
	p.refused("an address that was given to somebody else", a, "unknown")
	p.must(p.admin, "DELETE", "/api/v1/users/"+string(p.user("own owner"))+"/linked-identities", "")
	if _, m := p.in(claimed("5", ownerMail)); m.User != p.user("own owner") {
		t.Errorf("unlinked, and signed in as %+v", m)
	}

	// Somebody who is disabled meanwhile, and a provider that is put away.
	x := p.depart(claimed("5", ownerMail), oidctest.Rightly)
	p.change(func(q *org.Provider) { q.Archived = true })
	if a, _ := p.arrive(x); a.status != http.StatusNotFound {
		t.Errorf("by a provider that is put away: %d %s", a.status, a.body)
	}
	if a := p.ask(nil, "POST", "/api/v1/sign-in/"+string(p.org)+"/"+string(p.provider.ID), ""); a.status != http.StatusNotFound {
		t.Errorf("to a provider that is put away: %d %s", a.status, a.body)
	}
}

func TestAProviderGivesRolesAndTakesThem(t *testing.T) {
	p := newPortal(t)
	team := matrixID[id.Team](id.PrefixTeam, "aown")
	p.change(func(q *org.Provider) {
		q.Create = true
		q.Rules = []org.ProviderRule{
			{Claim: "groups", Value: "support", Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{team}},
			{Claim: "realm.roles", Value: "lead", Roles: []org.Role{org.RoleSupervisor}},
			{Claim: "groups", Value: "admins", Roles: []org.Role{org.RoleAdministrator}},
		}
	})
	a, _ := p.arrive(p.depart(claimed("1", "new@a.example.org", "groups", []string{"sales"}), oidctest.Rightly))
	p.refused("somebody new whom no rule fits", a, "roles")
	a, _ = p.arrive(p.depart(claimed("1", "foreign-owner@b.example.org", "groups", "support"), oidctest.Rightly))
	p.refused("somebody of another organization", a, "unknown")

	agent := []org.Role{org.RoleAgent}
	as, m := p.in(claimed("1", "new@a.example.org", "groups", []string{"support", "x"}, "name", "Nora", "realm", map[string]any{"roles": []string{"lead"}}))
	if m.Name != "Nora" || !slices.Equal(m.Roles, []org.Role{org.RoleAgent, org.RoleSupervisor}) {
		t.Fatalf("made %+v", m)
	}
	all := p.configured()
	at := slices.IndexFunc(all.Users, func(u org.User) bool { return u.ID == m.User })
	if at < 0 || !slices.Equal(all.Users[at].Teams, []id.Team{team}) {
		t.Errorf("in the teams of %+v", all.Users)
	}
	again, m := p.in(claimed("1", "new@a.example.org", "groups", "support"))
	if !slices.Equal(m.Roles, agent) {
		t.Errorf("then %v", m.Roles)
	}
	if a := p.ask(as, "GET", "/api/v1/me", ""); a.status != http.StatusUnauthorized {
		t.Errorf("a session with the roles of before: %d %s", a.status, a.body)
	}
	a, _ = p.arrive(p.depart(claimed("1", "new@a.example.org"), oidctest.Rightly))
	p.refused("whoever has no role any more", a, "roles")
	if a := p.ask(again, "GET", "/api/v1/me", ""); a.status != http.StatusUnauthorized {
		t.Errorf("their session: %d %s", a.status, a.body)
	}

	// The last administrator stays one, whatever the provider says.
	_, m = p.in(claimed("9", "free-administrator@a.example.org", "groups", "support"))
	if !slices.Equal(m.Roles, []org.Role{org.RoleAgent, org.RoleAdministrator}) {
		t.Errorf("the last administrator is %v", m.Roles)
	}
	_, m = p.in(claimed("9", "free-administrator@a.example.org", "groups", []string{}))
	if !slices.Equal(m.Roles, []org.Role{org.RoleAdministrator}) {
		t.Errorf("the last administrator is %v", m.Roles)
	}
	p.in(claimed("1", "new@a.example.org", "groups", "admins"))
	_, m = p.in(claimed("9", "free-administrator@a.example.org", "groups", "support"))
	if !slices.Equal(m.Roles, agent) {
		t.Errorf("an administrator who is not the last: %v", m.Roles)
	}
}

// A second step of ours is asked for where that is set, and otherwise the
// provider's counts, also where the organization wants one.
func TestASecondStepAfterAProvider(t *testing.T) {
	p := newPortal(t)
	all := p.configured()
	all.Organization.Settings.SecondStep, all.Organization.Settings.Setup = org.Everybody, org.SetupDone
	p.configure(configuration.File{Organization: all.Organization})
	as, _ := p.in(claimed("1", ownerMail)) // who has none
	var e struct{ Secret string }
	p.must(as, "POST", "/api/v1/me/second-step", "").into(t, &e)
	code := func(ahead time.Duration) string {
		t.Helper()
		code, err := totp.GenerateCode(e.Secret, time.Now().Add(ahead))
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	p.must(as, "POST", "/api/v1/me/second-step/confirm", fmt.Sprintf(`{"code":%q}`, code(0)))
	p.in(claimed("1", ownerMail)) // the provider's counts
	p.change(func(q *org.Provider) { q.AskStep = true })

	a, _ := p.arrive(p.depart(claimed("1", ownerMail), oidctest.Rightly))
	way := cookieOf(a, "hiwar_way")
	if a.status != http.StatusUnauthorized || !strings.Contains(a.body, "second_step_needed") || way == "" || cookieOf(a, "hiwar_session") != "" {
		t.Fatalf("without a code: %d %s", a.status, a.body)
	}
	if a, _ := p.finish(way, `{"step":"1234567"}`); a.status != http.StatusUnauthorized || !strings.Contains(a.body, "login_failed") {
		t.Errorf("a guess: %d %s", a.status, a.body)
	}
	in := fmt.Sprintf(`{"step":%q}`, code(30*time.Second))
	if a, as := p.finish(way, in); as == nil {
		t.Fatalf("the code: %d %s", a.status, a.body)
	}
	if a, as := p.finish(way, in); as != nil {
		t.Errorf("a second time: %d %s", a.status, a.body)
	}

	// Who has none, and has to, gets a session for setting one up alone.
	a, as = p.arrive(p.depart(claimed("2", "own-mate@a.example.org"), oidctest.Rightly))
	if as == nil || !strings.Contains(a.body, `"step_missing":true`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := p.ask(as, "GET", "/api/v1/desk", ""); a.status != http.StatusForbidden || !strings.Contains(a.body, "second_step_missing") {
		t.Errorf("the desk: %d %s", a.status, a.body)
	}
}

// A provider that is down, or whose secret is another's, keeps nobody from
// their password.
func TestAProviderThatDoesNotAnswer(t *testing.T) {
	p := newPortal(t)
	x := p.depart(claimed("1", ownerMail), oidctest.Rightly)
	p.double.Secret = "another one since"
	a, _ := p.arrive(x)
	p.refused("a secret that is not right", a, "secret")

	// The secret is for the issuer that it was given for.
	other := oidctest.New(t)
	p.change(func(q *org.Provider) { q.Issuer = other.URL })
	p.double, x.code = other, ""
	a, _ = p.arrive(p.depart(claimed("1", ownerMail), oidctest.Rightly))
	p.refused("without a secret", a, "secret")
	if shown := other.Shown(); len(shown) == 0 || slices.Contains(shown, oidctest.Secret) {
		t.Errorf("another provider was shown %q", shown)
	}
	if a := p.must(p.admin, "GET", "/api/v1/provider-secrets", ""); strings.Contains(a.body, string(p.provider.ID)) {
		t.Errorf("secrets: %s", a.body)
	}

	gone, err := url.Parse(other.URL)
	if err != nil {
		t.Fatal(err)
	}
	p.change(func(q *org.Provider) { q.Issuer = "http://" + gone.Host + "/not-there" })
	other.Close()
	a = p.ask(nil, "POST", "/api/v1/sign-in/"+string(p.org)+"/"+string(p.provider.ID), "")
	if a.status != http.StatusBadGateway || !strings.Contains(a.body, "provider_unreachable") || !strings.Contains(a.body, "Reference: ") {
		t.Errorf("to one that is down: %d %s", a.status, a.body)
	}
}
