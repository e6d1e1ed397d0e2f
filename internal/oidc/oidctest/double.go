// Package oidctest has a double of a provider (OpenID Connect) for tests: it
// does what the standard says, and what a test spoils.
package oidctest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// ClientID and Secret are those of the one client that a double knows.
const (
	ClientID = "hiwar"
	Secret   = "a secret of the client"
	keyID    = "k1"
)

// Double is a provider on this machine.
type Double struct {
	*httptest.Server
	// Secret is what it wants to be shown.
	Secret string

	key *ecdsa.PrivateKey
	t   testing.TB

	mu    sync.Mutex
	codes map[string]grant
	shown []string
}

// grant is what a code stands for.
type grant struct {
	challenge, back string
	token           string
}

// New starts a provider until the test ends.
func New(t testing.TB) *Double {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d := &Double{t: t, key: key, Secret: Secret, codes: map[string]grant{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		d.answer(w, http.StatusOK, map[string]any{
			"issuer": d.URL, "authorization_endpoint": d.URL + "/authorize", "token_endpoint": d.URL + "/token", "jwks_uri": d.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"ES256", "HS256", "none"},
		})
	})
	mux.HandleFunc("GET /keys", d.keys)
	mux.HandleFunc("POST /token", d.token)
	d.Server = httptest.NewServer(mux)
	t.Cleanup(d.Close)
	return d
}

func (d *Double) answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		d.t.Error(err)
	}
}

func (d *Double) keys(w http.ResponseWriter, _ *http.Request) {
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.t.Error(err)
	}
	half := func(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
	d.answer(w, http.StatusOK, map[string]any{"keys": []map[string]any{{
		"kty": "EC", "crv": "P-256", "kid": keyID, "use": "sig", "alg": "ES256", "x": half(point[1:33]), "y": half(point[33:]),
	}}})
}

// Shown are the secrets that it was shown.
func (d *Double) Shown() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.shown
}

// token exchanges a code once, for whoever knows the secret and the verifier.
func (d *Double) token(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id, secret, _ := r.BasicAuth()
	secret, _ = url.QueryUnescape(secret)
	if id == "" {
		id = r.FormValue("client_id")
	}
	d.shown = append(d.shown, secret)
	if id != ClientID || secret != d.Secret {
		d.answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
		return
	}
	g, ok := d.codes[r.FormValue("code")]
	delete(d.codes, r.FormValue("code"))
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !ok || g.back != r.FormValue("redirect_uri") || g.challenge != base64.RawURLEncoding.EncodeToString(sum[:]) {
		d.answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
		return
	}
	d.answer(w, http.StatusOK, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": g.token})
}

// Sign is how a token is signed.
type Sign int

// The ways: rightly, by nobody, with the secret of the client, and by a key
// that the provider does not have.
const (
	Rightly Sign = iota
	ByNobody
	BySecret
	ByAnother
)

// Enter is somebody signing in at the provider: what their browser is sent back
// with. claims are put on those of a right token.
func (d *Double) Enter(address string, claims map[string]any, sign Sign) (state, code string) {
	d.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		d.t.Fatal(err)
	}
	q := u.Query()
	if q.Get("response_type") != "code" || q.Get("client_id") != ClientID || q.Get("code_challenge_method") != "S256" || q.Get("nonce") == "" || len(q.Get("state")) < 43 {
		d.t.Errorf("sent to %s", address)
	}
	now := time.Now()
	all := jwt.MapClaims{"iss": d.URL, "aud": ClientID, "nonce": q.Get("nonce"), "iat": now.Unix(), "exp": now.Add(time.Hour).Unix()}
	maps.Copy(all, claims)
	d.mu.Lock()
	defer d.mu.Unlock()
	code = rand.Text()
	d.codes[code] = grant{q.Get("code_challenge"), q.Get("redirect_uri"), d.signed(all, sign)}
	return q.Get("state"), code
}

func (d *Double) signed(claims jwt.MapClaims, sign Sign) string {
	var method jwt.SigningMethod = jwt.SigningMethodES256
	var key any = d.key
	switch sign {
	case Rightly:
	case ByNobody:
		method, key = jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType
	case BySecret:
		method, key = jwt.SigningMethodHS256, []byte(d.Secret)
	case ByAnother:
		other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			d.t.Fatal(err)
		}
		key = other
	}
	token := jwt.NewWithClaims(method, claims)
	token.Header["kid"] = keyID
	text, err := token.SignedString(key)
	if err != nil {
		d.t.Fatal(err)
	}
	return text
}
