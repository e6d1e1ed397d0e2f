package login

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
)

func identityToken(kid, secret, audience, sub, name string, now time.Time) (string, error) {
	header, err := json.Marshal(map[string]any{"alg": "HS256", "typ": "JWT", "kid": kid})
	if err != nil {
		return "", err
	}
	claims, err := json.Marshal(map[string]any{
		"aud": audience, "sub": sub, "name": name,
		"iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	})
	if err != nil {
		return "", err
	}
	text := base64.RawURLEncoding.EncodeToString(header) + "." + base64.RawURLEncoding.EncodeToString(claims)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), nil
}

// What the guide tells integrators to write is what stands above, and works.
func TestTheGuidesExampleIsAccepted(t *testing.T) {
	read := func(path string) string {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	_, example, _ := strings.Cut(read("../../docs/guide/identity.md"), "```go\n")
	example, _, found := strings.Cut(example, "```")
	if !found || !strings.Contains(read("guide_test.go"), example) {
		t.Error("the guide has another example")
	}
	d := open(t)
	kid, secret := d.newKey(t)
	token, err := identityToken(kid, secret, "shop", "user-17", "سارة", d.now)
	if err != nil {
		t.Fatal(err)
	}
	_, v, err := d.Prove(t.Context(), "org_1", shop, token, "k1", "cus_1", asIs)
	if err != nil || v.Signed.Name != "سارة" {
		t.Errorf("%+v %v", v, err)
	}
}
