package oidc_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hiwar/internal/access"
	"hiwar/internal/oidc"
	"hiwar/internal/oidc/oidctest"
	"hiwar/internal/problem"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var flow = access.Flow{State: strings.Repeat("s", 43), Nonce: "n", Verifier: strings.Repeat("v", 43)}

func party(issuer string) access.RelyingParty {
	return access.RelyingParty{Issuer: issuer, ClientID: oidctest.ClientID, Secret: oidctest.Secret, Scopes: []string{"email"}, Return: "http://127.0.0.1/login"}
}

func TestATokenSaysWhoSomebodyIs(t *testing.T) {
	d := oidctest.New(t)
	c := oidc.New(oidc.Options{Loopback: true})
	address, err := c.Address(t.Context(), party(d.URL), flow)
	if err != nil || !strings.HasPrefix(address, d.URL+"/authorize?") || !strings.Contains(address, "scope=openid+email") {
		t.Fatal(address, err)
	}
	_, code := d.Enter(address, map[string]any{
		"sub": "42", "email": "omar@example.org", "email_verified": true, "name": "Omar",
		"groups": []string{"a", "b"}, "realm_access": map[string]any{"roles": []string{"lead"}},
	}, oidctest.Rightly)
	who, err := c.Identity(t.Context(), party(d.URL), flow, code)
	if err != nil || who.Issuer != d.URL || who.Subject != "42" || who.Email != "omar@example.org" || who.Name != "Omar" {
		t.Fatalf("%+v, %v", who, err)
	}
	if got := fmt.Sprint(who.Claims["groups"], who.Claims["realm_access.roles"]); got != "[a b] [lead]" {
		t.Errorf("claims %s", got)
	}
	if _, err := c.Identity(t.Context(), party(d.URL), flow, code); problem.CodeOf(err) != problem.SignInRefused || err == nil {
		t.Errorf("a code a second time: %v", err)
	}
}

// wholly is what a provider at an address says of itself, and what it adds.
const wholly = `{"issuer":"http://%[1]s","authorization_endpoint":"http://%[1]s/a","token_endpoint":"http://%[1]s/t","jwks_uri":"http://%[1]s/k","more":%[2]q}`

func TestAProviderThatSaysWhatItShouldIsAsked(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, wholly, r.Host, "") }))
	defer s.Close()
	if _, err := oidc.New(oidc.Options{Loopback: true}).Address(t.Context(), party(s.URL), flow); err != nil {
		t.Error(err)
	}
}

// Whoever is asked and is not there, or is not who they should be, is one
// answer.
func TestAProviderThatCannotBeAsked(t *testing.T) {
	d := oidctest.New(t)
	serve := func(f http.HandlerFunc) string {
		s := httptest.NewServer(f)
		t.Cleanup(s.Close)
		return s.URL
	}
	stopped := httptest.NewServer(nil)
	stopped.Close()
	for name, issuer := range map[string]string{
		"is down": stopped.URL,
		"sends us elsewhere": serve(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/there" {
				http.Redirect(w, r, "/there", http.StatusFound)
				return
			}
			fmt.Fprintf(w, wholly, r.Host, "")
		}),
		"says that it is another": serve(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, `{"issuer":%q}`, d.URL) }),
		"says too much": serve(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, wholly, r.Host, strings.Repeat("x", 2<<20))
		}),
		"answers with an error":       serve(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }),
		"is not over TLS":             "http://login.example.org",
		"is where clouds keep keys":   "https://169.254.169.254",
		"is where clouds keep keys 6": "https://[::ffff:169.254.169.254]",
		"is no address":               "login",
	} {
		c := oidc.New(oidc.Options{Loopback: true})
		if _, err := c.Address(t.Context(), party(issuer), flow); problem.CodeOf(err) != problem.ProviderUnreachable || err == nil {
			t.Errorf("one that %s: %v", name, err)
		}
	}
	if _, err := oidc.New(oidc.Options{}).Address(t.Context(), party(d.URL), flow); problem.CodeOf(err) != problem.ProviderUnreachable || err == nil {
		t.Errorf("one of this machine where that is not allowed: %v", err)
	}
}

// A provider may name addresses elsewhere, but none that are not asked.
func TestWhatAProviderNamesIsJudgedToo(t *testing.T) {
	for _, at := range []string{"http://keys.example.org/keys", "file:///etc/passwd", "javascript:alert(1)", ""} {
		for _, which := range []string{"authorization_endpoint", "token_endpoint", "jwks_uri"} {
			var s *httptest.Server
			s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				all := fmt.Sprintf(`{"issuer":%[1]q,"authorization_endpoint":"%[1]s/a","token_endpoint":"%[1]s/t","jwks_uri":"%[1]s/k"}`, s.URL)
				from := map[string]string{"authorization_endpoint": "a", "token_endpoint": "t", "jwks_uri": "k"}[which]
				fmt.Fprint(w, strings.Replace(all, `"`+s.URL+"/"+from+`"`, `"`+at+`"`, 1))
			}))
			_, err := oidc.New(oidc.Options{Loopback: true}).Address(t.Context(), party(s.URL), flow)
			s.Close()
			if problem.CodeOf(err) != problem.ProviderUnreachable || err == nil {
				t.Errorf("%s %q: %v", which, at, err)
			}
		}
	}
}

// However many want to sign in, a provider is asked once who it is; one that
// did not answer is asked again after a while.
func TestAProviderIsAskedOnce(t *testing.T) {
	d := oidctest.New(t)
	var asked atomic.Int32
	var down atomic.Bool
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if down.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		fmt.Fprintf(w, `{"issuer":"http://%s","authorization_endpoint":"%s/authorize","token_endpoint":"%[2]s/token","jwks_uri":"%[2]s/keys"}`, r.Host, d.URL)
	}))
	t.Cleanup(front.Close)
	var now atomic.Int64
	now.Store(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC).UnixNano())
	c := oidc.New(oidc.Options{Loopback: true, Now: func() time.Time { return time.Unix(0, now.Load()) }})
	ask := func() error {
		_, err := c.Address(t.Context(), party(front.URL), flow)
		return err
	}
	down.Store(true)
	if first, second := ask(), ask(); first == nil || second == nil || asked.Load() != 1 {
		t.Errorf("one that is down answered %v and %v, and was asked %d times", first, second, asked.Load())
	}
	down.Store(false)
	now.Add(int64(time.Minute))
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := ask(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if asked.Load() != 2 {
		t.Errorf("asked %d times, not 2", asked.Load())
	}
	now.Add(int64(2 * time.Hour))
	if err := ask(); err != nil || asked.Load() != 3 {
		t.Errorf("after a while: asked %d times (%v)", asked.Load(), err)
	}
}
