package rest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Where an asset asks for work, nobody unknown starts without it, with a token
// from before or without one; whom the site has signed for does none.
func TestWorkBeforeAChat(t *testing.T) {
	s := newSite(t)
	kid, secret := s.newKey()
	at := "/api/v1/widget/" + s.asset()
	if got := s.do("GET", at, ""); got.field("work") != nil {
		t.Errorf("asked for of nobody's accord: %s", got.body)
	}
	config := s.engine.config
	config.Assets[0].Work = org.WorkLight
	if err := s.engine.db.Commit(t.Context(), &engine.Batch{Now: time.Now(), Orgs: []engine.OrgBatch{{Org: config.Organization.ID, Config: &config}}}); err != nil {
		t.Fatal(err)
	}
	s.cookie = ""
	zeros, _ := s.do("GET", at, "").field("work").(float64)
	if int(zeros) != org.WorkLight.Bits() {
		t.Errorf("asked for is %v", zeros)
	}
	start := func(path, key, embed string, work []int, headers ...string) result {
		given := map[string]any{"name": "x", "text": "hello", "embed_token": embed}
		if work != nil {
			given["work"] = work
		}
		body, err := json.Marshal(given)
		if err != nil {
			t.Fatal(err)
		}
		return s.do("POST", at+path, string(body), append([]string{"Idempotency-Key", key}, headers...)...)
	}
	embed := s.embed()
	for _, path := range []string{"/conversations", "/messages"} {
		start(path, "k1", embed, nil).wants(t, path+" without", http.StatusPreconditionRequired, problem.WorkNeeded)
		start(path, "k1", embed, make([]int, 8)).wants(t, path+" with none", http.StatusPreconditionRequired, problem.WorkNeeded)
	}
	if asked := s.engine.taken(); asked != nil {
		t.Errorf("asked %v", asked)
	}
	work := access.DoWork(embed, int(zeros))
	first := start("/conversations", "k2", embed, work)
	if first.status != http.StatusCreated {
		t.Fatalf("with it: %d %s", first.status, first.body)
	}
	known := []string{"Authorization", "Bearer " + fmt.Sprint(first.field("visitor_token"))}
	start("/conversations", "k3", embed, work).wants(t, "a second time", http.StatusPreconditionRequired, problem.WorkNeeded)
	start("/conversations", "k3", embed, work, known...).wants(t, "a second time, with a token", http.StatusPreconditionRequired, problem.WorkNeeded)
	again := s.embed()
	if got := start("/conversations", "k4", again, access.DoWork(again, int(zeros)), known...); got.status != http.StatusCreated {
		t.Errorf("with a token and work: %d %s", got.status, got.body)
	}
	proven := s.do("POST", at+"/identity", `{"embed_token":"`+s.embed()+`","identity_token":"`+s.signed(kid, secret, "user-17")+`"}`, "Idempotency-Key", "k5")
	got := s.do("POST", at+"/conversations", `{"name":"x"}`, "Idempotency-Key", "k6", "Authorization", "Bearer "+fmt.Sprint(proven.field("visitor_token")))
	if got.status != http.StatusCreated {
		t.Errorf("a signed person: %d %s", got.status, got.body)
	}
}
