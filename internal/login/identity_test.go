package login

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"hiwar/internal/access"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

var update = flag.Bool("update", false, "write api/fixtures/identity/tokens.json anew")

const vectorFile = "../../api/fixtures/identity/tokens.json"

// vectors are tokens with what is to be answered to each, for whoever writes
// the signing side.
type vectors struct {
	Now      time.Time         `json:"now"`
	Audience string            `json:"audience"`
	Keys     map[string]vecKey `json:"keys"`
	Tokens   []vector          `json:"tokens"`
}

type vecKey struct {
	Algorithm access.Algorithm `json:"algorithm"`
	Secret    string           `json:"secret,omitempty"`
	PublicKey string           `json:"public_key,omitempty"`
	Retired   bool             `json:"retired,omitempty"`
}

type vector struct {
	Name     string `json:"name"`
	Token    string `json:"token"`
	Reason   string `json:"reason,omitempty"` // "": it is accepted
	Subject  string `json:"subject,omitempty"`
	Priority int    `json:"priority,omitempty"`
	Requires int    `json:"requires,omitempty"` // so many skills
}

func (v vectors) keys(t *testing.T) (list []access.IdentityKey) {
	for kid, k := range v.Keys {
		key := access.IdentityKey{ID: kid, Algorithm: k.Algorithm, Material: []byte(k.Secret)}
		if k.PublicKey != "" {
			block, _ := pem.Decode([]byte(k.PublicKey))
			key.Material = block.Bytes
		}
		if !k.Retired {
			list = append(list, key)
		}
	}
	if len(list) < 3 {
		t.Fatalf("%d keys", len(list))
	}
	return list
}

func TestIdentityTokens(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	data, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	keys, met := v.keys(t), map[string]bool{}
	for _, x := range v.Tokens {
		got, err := readIdentity(x.Token, v.Audience, keys, v.Now)
		met[x.Reason] = true
		if x.Reason == "" {
			if err != nil || got.subject != x.Subject || got.signed.Priority != x.Priority || len(got.signed.Requires) != x.Requires {
				t.Errorf("%s: %+v %v", x.Name, got, err)
			}
			continue
		}
		var p *problem.Problem
		if !errors.As(err, &p) || p.Code != problem.IdentityInvalid || p.Params["reason"] != x.Reason {
			t.Errorf("%s: got %v, want %s", x.Name, err, x.Reason)
		}
	}
	for _, reason := range strings.Fields("large malformed key algorithm signature audience lifetime expired early subject priority requires") {
		if !met[reason] {
			t.Errorf("no token is refused for %q", reason)
		}
	}
}

// writeVectors makes keys and tokens anew; their private halves are thrown away.
func writeVectors(t *testing.T) {
	_, ed, _ := ed25519.GenerateKey(rand.Reader)
	ec, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	public := func(key any) string {
		der, err := x509.MarshalPKIXPublicKey(key)
		if err != nil {
			t.Fatal(err)
		}
		return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	}
	const secret = "a-secret-of-the-test-vectors-and-of-nothing-else"
	v := vectors{
		Now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Audience: "shop",
		Keys: map[string]vecKey{
			"key_hs": {Algorithm: access.HS256, Secret: secret}, "key_old": {Algorithm: access.HS256, Secret: secret, Retired: true},
			"key_ed": {Algorithm: access.EdDSA, PublicKey: public(ed.Public())}, "key_ec": {Algorithm: access.ES256, PublicKey: public(ec.Public())},
		},
	}
	good := func(change func(c jwt.MapClaims)) jwt.MapClaims {
		c := jwt.MapClaims{"sub": "user-17", "aud": "shop", "iat": v.Now.Unix(), "exp": v.Now.Add(5 * time.Minute).Unix(), "name": "سارة الأحمد", "email": "sara@shop.example"}
		change(c)
		return c
	}
	add := func(name, reason string, method jwt.SigningMethod, kid string, key any, claims jwt.Claims, head ...string) string {
		token := jwt.NewWithClaims(method, claims)
		if kid != "" {
			token.Header["kid"] = kid
		}
		for i := 0; i+1 < len(head); i += 2 {
			token.Header[head[i]] = []string{head[i+1]}
		}
		signed, err := token.SignedString(key)
		if err != nil {
			t.Fatal(name, err)
		}
		x := vector{Name: name, Token: signed, Reason: reason}
		if reason == "" {
			x.Subject, _ = claims.GetSubject()
			if said, ok := claims.(jwt.MapClaims); ok {
				x.Priority, _ = said["priority"].(int)
				list, _ := said["requires"].([]any)
				x.Requires = len(list)
			}
		}
		v.Tokens = append(v.Tokens, x)
		return signed
	}
	same := func(jwt.MapClaims) {}
	set := func(name string, value any) jwt.MapClaims { return good(func(c jwt.MapClaims) { c[name] = value }) }
	without := func(name string) jwt.MapClaims { return good(func(c jwt.MapClaims) { delete(c, name) }) }
	at := func(d time.Duration) int64 { return v.Now.Add(d).Unix() }
	hs := func(name, reason string, claims jwt.MapClaims) {
		add(name, reason, jwt.SigningMethodHS256, "key_hs", []byte(secret), claims)
	}
	valid := add("HS256", "", jwt.SigningMethodHS256, "key_hs", []byte(secret), good(same))
	add("EdDSA", "", jwt.SigningMethodEdDSA, "key_ed", ed, good(same))
	add("ES256", "", jwt.SigningMethodES256, "key_ec", ec, good(same))
	hs("a clock that is a little behind", "", set("exp", at(-59*time.Second)))
	hs("a clock that is a little ahead", "", good(func(c jwt.MapClaims) { c["iat"], c["exp"] = at(59*time.Second), at(5*time.Minute) }))
	hs("one of several audiences", "", set("aud", []string{"other", "shop"}))
	hs("an hour", "", set("exp", at(time.Hour)))
	hs("the first priority", "", set("priority", 1))
	hs("the last priority", "", set("priority", 9))
	hs("a priority of none", "priority", set("priority", 0))
	hs("a priority beyond the last", "priority", set("priority", 10))
	hs("a negative priority", "priority", set("priority", -1))
	hs("a priority round the world", "malformed", set("priority", 1e30))
	hs("half a priority", "malformed", set("priority", 1.5))
	hs("a priority that is a word", "malformed", set("priority", "urgent"))
	skill := func(pairs ...any) map[string]any {
		m := map[string]any{"skill": "billing"}
		for i := 0; i+1 < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1]
		}
		return m
	}
	skills := func(name, reason string, list ...any) { hs(name, reason, set("requires", list)) }
	skills("a skill and a text", "", skill("level", 5), skill("text", "gold", "compare", "!="))
	skills("a skill that relaxes", "", skill("level", 8, "relax", []any{map[string]any{"after": 30, "level": 5}, map[string]any{"after": 60, "drop": true}}))
	skills("a skill of no name", "requires", skill("skill", "", "level", 5))
	skills("a level of eleven", "requires", skill("level", 11))
	skills("a negative level", "requires", skill("level", -1))
	skills("a comparison of nobody's", "requires", skill("level", 5, "compare", "~"))
	skills("at least a text", "requires", skill("text", "gold", "compare", ">="))
	skills("a weight of a hundred", "requires", skill("level", 5, "weight", 100))
	skills("a relaxation that asks for more", "requires", skill("level", 5, "relax", []any{map[string]any{"after": 30, "level": 6}}))
	skills("a relaxation before the beginning", "requires", skill("level", 5, "relax", []any{map[string]any{"after": -30, "drop": true}}))
	skills("a relaxation round the world", "requires", skill("level", 5, "relax", []any{map[string]any{"after": int64(1) << 62, "drop": true}}))
	skills("half a level", "malformed", skill("level", 4.5))
	hs("a skill that is a word", "malformed", set("requires", "billing"))
	many := make([]any, 21)
	for i := range many {
		many[i] = skill("level", 1)
	}
	skills("too many skills", "requires", many...)
	hs("expired", "expired", good(func(c jwt.MapClaims) { c["iat"], c["exp"] = at(-10*time.Minute), at(-61*time.Second) }))
	hs("issued in the future", "early", good(func(c jwt.MapClaims) { c["iat"], c["exp"] = at(2*time.Minute), at(5*time.Minute) }))
	hs("not valid yet", "early", set("nbf", at(2*time.Minute)))
	hs("another audience", "audience", set("aud", "other"))
	hs("no audience", "lifetime", without("aud"))
	hs("no expiry", "lifetime", without("exp"))
	hs("no time of issue", "lifetime", without("iat"))
	hs("more than an hour", "lifetime", set("exp", at(time.Hour+time.Second)))
	hs("no subject", "subject", without("sub"))
	hs("a subject of 256 characters", "subject", set("sub", strings.Repeat("a", 256)))
	hs("a subject with a line break", "subject", set("sub", "a\nb"))
	hs("a subject that is a number", "malformed", set("sub", 17))
	hs("a name that is a list", "malformed", set("name", []string{"Sara"}))
	hs("more than 4096 characters", "large", set("attributes", map[string]string{"x": strings.Repeat("a", 4096)}))
	add("another secret", "signature", jwt.SigningMethodHS256, "key_hs", []byte("another secret"), good(same))
	add("a retired key", "key", jwt.SigningMethodHS256, "key_old", []byte(secret), good(same))
	add("an unknown key", "key", jwt.SigningMethodHS256, "key_none", []byte(secret), good(same))
	add("no key named", "key", jwt.SigningMethodHS256, "", []byte(secret), good(same))
	add("alg none", "signature", jwt.SigningMethodNone, "key_hs", jwt.UnsafeAllowNoneSignatureType, good(same))
	add("HS384", "signature", jwt.SigningMethodHS384, "key_hs", []byte(secret), good(same))
	add("HS256 with a public key as its secret", "algorithm", jwt.SigningMethodHS256, "key_ed", []byte(v.Keys["key_ed"].PublicKey), good(same))
	add("ES256 with the kid of EdDSA", "algorithm", jwt.SigningMethodES256, "key_ed", ec, good(same))
	add("a critical header", "algorithm", jwt.SigningMethodHS256, "key_hs", []byte(secret), good(same), "crit", "b64")
	parts := strings.Split(valid, ".")
	other := strings.Split(add("as somebody else", "signature", jwt.SigningMethodHS256, "key_hs", []byte("x"), set("sub", "user-18")), ".")
	v.Tokens = append(v.Tokens,
		vector{Name: "another person under the same signature", Token: parts[0] + "." + other[1] + "." + parts[2], Reason: "signature"},
		vector{Name: "without a signature", Token: parts[0] + "." + parts[1] + ".", Reason: "signature"},
		vector{Name: "two parts", Token: parts[0] + "." + parts[1], Reason: "malformed"},
		vector{Name: "nothing", Token: "", Reason: "malformed"},
		vector{Name: "padded", Token: valid + "==", Reason: "malformed"},
	)
	out, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll("../../api/fixtures/identity", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(vectorFile, append(out, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

var shop = org.Asset{ID: "ast_1", Key: "shop"}

// sign makes a token of a person of the shop.
func (d *desk) sign(t *testing.T, kid, secret string, more ...any) string {
	t.Helper()
	c := jwt.MapClaims{"sub": "user-17", "aud": "shop", "iat": d.now.Unix(), "exp": d.now.Add(5 * time.Minute).Unix(), "name": "Sara"}
	for i := 0; i+1 < len(more); i += 2 {
		c[more[i].(string)] = more[i+1]
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, c)
	token.Header["kid"] = kid
	signed, err := token.SignedString([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func (d *desk) newKey(t *testing.T) (kid, secret string) {
	t.Helper()
	k, secret, err := d.NewIdentityKey(t.Context(), "org_1", "ast_1", access.HS256, "")
	if err != nil {
		t.Fatal(err)
	}
	return k.ID, secret
}

func TestAPersonIsOneCustomerOnEveryDevice(t *testing.T) {
	d := open(t)
	kid, secret := d.newKey(t)
	first, a, err := d.Prove(t.Context(), "org_1", shop, d.sign(t, kid, secret), "k1", "cus_1", asIs)
	if err != nil || a.Customer != "cus_1" || !a.Proven || a.Signed.Name != "Sara" {
		t.Fatalf("%+v %v", a, err)
	}
	d.now = d.now.Add(time.Minute)
	second, b, err := d.Prove(t.Context(), "org_1", shop, d.sign(t, kid, secret), "k1", "cus_2", asIs)
	if err != nil || b.Customer != "cus_1" || second == first {
		t.Errorf("on another device: %+v %v", b, err)
	}
	_, other, err := d.Prove(t.Context(), "org_1", shop, d.sign(t, kid, secret, "sub", "user-18"), "k2", "cus_3", asIs)
	if err != nil || other.Customer != "cus_3" {
		t.Errorf("another person: %+v %v", other, err)
	}
	// The site signs out: this device is forgotten, the other one is not.
	if err := d.Forget(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	_, err = d.Visitor(t.Context(), first)
	wants(t, err, problem.TokenInvalid)
	if _, err := d.Visitor(t.Context(), second); err != nil {
		t.Error(err)
	}
	d.now = d.now.Add(provenLife)
	_, err = d.Visitor(t.Context(), second)
	wants(t, err, problem.TokenInvalid)
}

func TestAProofThatIsRepeatedIsOneProof(t *testing.T) {
	d := open(t)
	kid, secret := d.newKey(t)
	token := d.sign(t, kid, secret, "jti", "once")
	first, _, err := d.Prove(t.Context(), "org_1", shop, token, "k1", "cus_1", asIs)
	if err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Hour) // the answer was lost, and the token has expired
	again, _, err := d.Prove(t.Context(), "org_1", shop, token, "k1", "cus_2", asIs)
	if err != nil || again != first {
		t.Errorf("again: %v", err)
	}
	d.now = d.now.Add(-time.Hour)
	_, _, err = d.Prove(t.Context(), "org_1", shop, token, "k2", "cus_2", asIs)
	if p := problem.Of(err); p.Code != problem.IdentityInvalid || p.Params["reason"] != "used" {
		t.Errorf("by somebody else: %v", err)
	}
}

func TestKeysAreReplacedWithoutAGap(t *testing.T) {
	d := open(t)
	oldKid, oldSecret := d.newKey(t)
	newKid, newSecret := d.newKey(t)
	prove := func(kid, secret, key string) error {
		_, _, err := d.Prove(t.Context(), "org_1", shop, d.sign(t, kid, secret), key, "cus_1", asIs)
		return err
	}
	if err := errors.Join(prove(oldKid, oldSecret, "k1"), prove(newKid, newSecret, "k2")); err != nil {
		t.Fatal(err)
	}
	if err := d.RetireIdentityKey(t.Context(), "org_1", "ast_1", oldKid); err != nil {
		t.Fatal(err)
	}
	wants(t, prove(oldKid, oldSecret, "k3"), problem.IdentityInvalid)
	if err := prove(newKid, newSecret, "k4"); err != nil {
		t.Error(err)
	}
	wants(t, d.RetireIdentityKey(t.Context(), "org_1", "ast_1", "key_none"), problem.NotFound)
	for range mostKeys - 1 {
		d.newKey(t)
	}
	_, _, err := d.NewIdentityKey(t.Context(), "org_1", "ast_1", access.HS256, "")
	wants(t, err, problem.OutOfRange)
	for _, bad := range []struct {
		alg    access.Algorithm
		public string
	}{{"RS256", ""}, {"none", ""}, {access.EdDSA, ""}, {access.ES256, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"}} {
		_, _, err := d.NewIdentityKey(t.Context(), "org_1", "ast_2", bad.alg, bad.public)
		wants(t, err, problem.InvalidParameter)
	}
}

func TestARevokedTokenClosesItsSockets(t *testing.T) {
	d := open(t)
	embed := d.EmbedToken("org_1", "ast_1", "https://shop.example")
	secret, v, err := d.StartVisitor(t.Context(), "org_1", "ast_1", embed, "k1", "cus_1", access.Work{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Opened(t.Context(), v, "conv_1"); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	_, closed, err := d.Customer(t.Context(), secret, embed, func() { close(ended) })
	if err != nil {
		t.Fatal(err)
	}
	defer closed()
	if err := d.Joined(t.Context(), "org_1", "cus_1"); err != nil {
		t.Fatal(err)
	}
	<-ended
	_, err = d.Visitor(t.Context(), secret)
	wants(t, err, problem.TokenInvalid)
}

// asIs is a gate that lets everything through.
func asIs(text string) string { return text }
