package rest

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"hiwar/internal/chat"
	"hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// newKey gives the installation's widget a key.
func (s *site) newKey() (kid, secret string) {
	s.t.Helper()
	made := s.do("POST", s.keys(), `{"algorithm":"HS256"}`)
	if made.status != http.StatusCreated {
		s.t.Fatalf("a key: %d %s", made.status, made.body)
	}
	return fmt.Sprint(made.field("id")), fmt.Sprint(made.field("secret"))
}

func (s *site) keys() string {
	return "/api/v1/assets/" + string(s.engine.config.Assets[0].ID) + "/identity-keys"
}

// signed is what the shop's own server would make.
func (s *site) signed(kid, secret, sub string) string {
	s.t.Helper()
	return s.signedWith(kid, secret, sub, map[string]any{
		"name": "Sara Al-Ahmad", "email": "Sara@shop.example", "attributes": map[string]any{"plan": "gold", "orders": 3}, "priority": 2,
		"requires": []any{map[string]any{"skill": "billing", "level": 4, "relax": []any{map[string]any{"after": 30, "drop": true}}}},
	})
}

// signedWith is signed with other claims.
func (s *site) signedWith(kid, secret, sub string, claims map[string]any) string {
	s.t.Helper()
	now := time.Now()
	all := jwt.MapClaims{"sub": sub, "aud": s.asset(), "iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
	maps.Copy(all, claims)
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, all)
	token.Header["kid"] = kid
	text, err := token.SignedString([]byte(secret))
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

func TestASignedPersonIsWhoTheyAre(t *testing.T) {
	s := newSite(t)
	kid, secret := s.newKey()
	cookie := s.cookie
	s.cookie = ""
	at := "/api/v1/widget/" + s.asset()
	prove := func(key, sub string, headers ...string) result {
		body := `{"embed_token":"` + s.embed() + `","identity_token":"` + s.signed(kid, secret, sub) + `"}`
		return s.do("POST", at+"/identity", body, append(headers, "Idempotency-Key", key)...)
	}

	// Somebody unknown has a conversation, and then proves who they are.
	anonymous := s.do("POST", at+"/conversations", `{"name":"x","embed_token":"`+s.embed()+`"}`, "Idempotency-Key", "k1")
	old := []string{"Authorization", "Bearer " + fmt.Sprint(anonymous.field("visitor_token"))}
	before := s.engine.taken()[0].Actor.Customer
	proven := prove("k2", "user-17", old...)
	if proven.status != http.StatusCreated || proven.field("name") != "Sara Al-Ahmad" || proven.field("email") != "sara@shop.example" || proven.field("conversation") != "conv_1" || proven.field("open") != true {
		t.Fatalf("%d %s", proven.status, proven.body)
	}
	join, ok := s.engine.taken()[0].Command.(engine.JoinCustomer)
	if !ok || join.From != before || join.To == before || join.To == "" {
		t.Errorf("joined %+v", join)
	}
	s.do("GET", "/api/v1/widget/conversation", "", old...).wants(t, "the token before", 401, problem.TokenInvalid)

	// What the site signed stands in the place of what the browser says.
	known := []string{"Authorization", "Bearer " + fmt.Sprint(proven.field("visitor_token"))}
	s.do("POST", at+"/conversations", `{"name":"Mallory","email":"m@evil.example"}`, append(known, "Idempotency-Key", "k3")...)
	request := s.engine.taken()[0]
	start := request.Command.(engine.StartConversation)
	if !start.Verified || start.Customer != join.To || start.Name != "Sara Al-Ahmad" || start.Email != "sara@shop.example" || start.Priority != 2 {
		t.Errorf("started %+v", start)
	}
	billing := org.Requirement{Skill: config.Named[id.Skill](request.Actor.Org, id.PrefixSkill, "billing"), Compare: org.AtLeast, Level: 4, Relax: []org.Relaxation{{After: 30 * time.Second, Drop: true}}}
	if want := []org.Required{{Requirement: billing, From: org.FromIdentity}}; fmt.Sprint(start.Requires) != fmt.Sprint(want) {
		t.Errorf("asks for %+v", start.Requires)
	}
	if want := []chat.Attribute{{Name: "orders", Value: "3"}, {Name: "plan", Value: "gold"}}; fmt.Sprint(start.About.Signed) != fmt.Sprint(want) {
		t.Errorf("signed %+v", start.About.Signed)
	}

	// Another device opens what is open; this one becomes somebody else's.
	s.engine.open = "conv_1"
	second := prove("k4", "user-17")
	other := []string{"Authorization", "Bearer " + fmt.Sprint(second.field("visitor_token"))}
	if got := s.do("GET", "/api/v1/widget/conversation", "", other...); got.status != 200 {
		t.Errorf("elsewhere: %d %s", got.status, got.body)
	}
	prove("k5", "user-18", other...)
	s.do("GET", "/api/v1/widget/conversation", "", other...).wants(t, "whose browser is another's", 401, problem.TokenInvalid)
	for _, r := range s.engine.taken() {
		if _, joins := r.Command.(engine.JoinCustomer); joins {
			t.Errorf("one person's history became another's: %+v", r.Command)
		}
	}

	// Signed out, nothing is left; a retired key signs nothing.
	if got := s.do("DELETE", "/api/v1/widget/visitor", "", known...); got.status != http.StatusNoContent {
		t.Errorf("forget: %d %s", got.status, got.body)
	}
	s.do("GET", "/api/v1/widget/conversation", "", known...).wants(t, "after that", 401, problem.TokenInvalid)
	s.cookie = cookie
	if got := s.do("DELETE", s.keys()+"/"+kid, ""); got.status != http.StatusNoContent {
		t.Errorf("retire: %d %s", got.status, got.body)
	}
	list := s.do("GET", s.keys(), "")
	if list.status != 200 || strings.Contains(list.body, secret) || !strings.Contains(list.body, "retired_at") || list.field("audience") != s.asset() {
		t.Errorf("keys: %s", list.body)
	}
	s.cookie = ""
	refused := prove("k6", "user-17")
	refused.wants(t, "a retired key", 401, problem.IdentityInvalid)
	s.do("POST", at+"/identity", `{"identity_token":"x"}`, "Idempotency-Key", "k7").wants(t, "from nowhere", 401, problem.TokenInvalid)
	s.do("GET", s.keys(), "").wants(t, "keys for anybody", 401, problem.TokenRequired)
}

func TestWhereIdentityIsRequiredNobodyUnknownStarts(t *testing.T) {
	s := newSite(t)
	kid, secret := s.newKey()
	config := s.engine.config
	config.Assets[0].IdentityRequired = true
	if err := s.engine.db.Commit(t.Context(), &engine.Batch{Now: time.Now(), Orgs: []engine.OrgBatch{{Org: config.Organization.ID, Config: &config}}}); err != nil {
		t.Fatal(err)
	}
	s.cookie = ""
	at := "/api/v1/widget/" + s.asset()
	if got := s.do("GET", at, ""); got.field("identity_required") != true {
		t.Errorf("not said: %s", got.body)
	}
	for _, path := range []string{"/conversations", "/messages"} {
		s.do("POST", at+path, `{"name":"x","text":"hello","embed_token":"`+s.embed()+`"}`, "Idempotency-Key", "k1").wants(t, path, 401, problem.IdentityRequired)
	}
	if asked := s.engine.taken(); asked != nil {
		t.Errorf("asked %v", asked)
	}
	proven := s.do("POST", at+"/identity", `{"embed_token":"`+s.embed()+`","identity_token":"`+s.signed(kid, secret, "user-17")+`"}`, "Idempotency-Key", "k2")
	got := s.do("POST", at+"/conversations", `{"name":"x"}`, "Idempotency-Key", "k3", "Authorization", "Bearer "+fmt.Sprint(proven.field("visitor_token")))
	if got.status != http.StatusCreated {
		t.Errorf("a signed person: %d %s", got.status, got.body)
	}
}
