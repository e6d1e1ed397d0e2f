package rest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/login/passkeytest"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// keyed is a site whose people have passkeys, and Huda's device.
func keyed(t *testing.T) (*site, *passkeytest.Device) {
	t.Helper()
	s := newSite(t)
	if err := s.login.PasskeysFor("chat.example.org", []string{"https://chat.example.org"}); err != nil {
		t.Fatal(err)
	}
	return s, passkeytest.New(t, "chat.example.org", "https://chat.example.org")
}

// ask posts to a path that answers what a device is to do.
func ask[T any](s *site, path string) (v T) {
	s.t.Helper()
	got := s.do("POST", path, "")
	if got.status != 200 || json.Unmarshal([]byte(got.body), &v) != nil {
		s.t.Fatalf("%s: %d %s", path, got.status, got.body)
	}
	return v
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func TestAPasskeyFromBeginningToEnd(t *testing.T) {
	s, device := keyed(t)
	offer := func() access.PasskeyOffer { return ask[access.PasskeyOffer](s, "/api/v1/me/passkeys/offer") }
	made := s.do("POST", "/api/v1/me/passkeys", asJSON(device.Make(offer(), " Telephone ")))
	at, _ := made.field("id").(string)
	if made.status != 201 || made.field("name") != "Telephone" || made.field("used_at") != nil || at == "" {
		t.Fatalf("made: %d %s", made.status, made.body)
	}
	s.do("POST", "/api/v1/me/passkeys", asJSON(access.NewPasskey{Name: "x", Credential: "AAAA"})).wants(t, "nothing of a key", 422, problem.PasskeyRefused)
	if got := s.do("PUT", "/api/v1/me/passkeys/"+at, `{"name":"هاتف"}`); got.status != 204 {
		t.Errorf("renamed: %d %s", got.status, got.body)
	}
	s.do("PUT", "/api/v1/me/passkeys/"+at, `{"name":" "}`).wants(t, "no name", 422, problem.NameInvalid)
	s.do("PUT", "/api/v1/me/passkeys/pky_none", `{"name":"x"}`).wants(t, "none", 404, problem.NotFound)

	cookie := s.cookie
	s.cookie = ""
	answer := asJSON(device.Sign(ask[access.PasskeyRequest](s, "/api/v1/login/passkey/request")))
	in := s.do("POST", "/api/v1/login/passkey", answer)
	if in.status != 200 || in.field("email") != "huda@example.org" || !strings.Contains(in.header.Get("Set-Cookie"), "HttpOnly") {
		t.Fatalf("signed in: %d %s", in.status, in.body)
	}
	s.do("POST", "/api/v1/login/passkey", answer).wants(t, "a second time", 401, problem.LoginFailed)
	device.Origin = "https://evil.example"
	s.do("POST", "/api/v1/login/passkey", asJSON(device.Sign(ask[access.PasskeyRequest](s, "/api/v1/login/passkey/request")))).wants(t, "another origin", 401, problem.LoginFailed)
	device.Origin = "https://chat.example.org"
	s.cookie = cookie

	list := s.do("GET", "/api/v1/me/passkeys", "")
	if list.status != 200 || !strings.Contains(list.body, `"used_at"`) || !strings.Contains(list.body, `"هاتف"`) || list.field("max") != 10.0 || list.field("possible") != true {
		t.Errorf("listed: %d %s", list.status, list.body)
	}
	if got := s.do("GET", "/api/v1/second-steps", ""); !strings.Contains(got.body, string(s.engine.config.Users[0].ID)) {
		t.Errorf("who has one: %s", got.body)
	}
	if got := s.do("GET", "/api/v1/me/second-step", ""); got.field("passkeys") != 1.0 || got.field("on") != false {
		t.Errorf("second step: %s", got.body)
	}
	if got := s.do("DELETE", "/api/v1/me/passkeys/"+at, ""); got.status != 204 {
		t.Errorf("removed: %d %s", got.status, got.body)
	}
	s.do("DELETE", "/api/v1/me/passkeys/"+at, "").wants(t, "removed again", 404, problem.NotFound)
	s.do("POST", "/api/v1/me/confirm/passkey", "").wants(t, "none is left", 404, problem.NotFound)
	want := strings.Join([]string{engine.ActAddPasskey, engine.ActRenamePasskey, engine.ActRemovePasskey}, " ")
	if got := strings.Join(s.records(t), " "); got != want {
		t.Errorf("recorded: %s, want %s", got, want)
	}
}

// What has counted back is refused, and recorded with where it came from.
func TestACopyOfAPasskeyIsRecorded(t *testing.T) {
	s, device := keyed(t)
	device.Counts, device.Count = true, 5
	s.do("POST", "/api/v1/me/passkeys", asJSON(device.Make(ask[access.PasskeyOffer](s, "/api/v1/me/passkeys/offer"), "Key")))
	device.Count = 2
	enter := func() result {
		return s.do("POST", "/api/v1/login/passkey", asJSON(device.Sign(ask[access.PasskeyRequest](s, "/api/v1/login/passkey/request"))))
	}
	enter().wants(t, "a copy", 401, problem.LoginFailed)
	device.Count = 50
	enter().wants(t, "and the other", 401, problem.LoginFailed)
	if got := s.do("GET", "/api/v1/me/passkeys", ""); !strings.Contains(got.body, `"copied_at"`) {
		t.Errorf("listed: %s", got.body)
	}
	if got := strings.Join(s.records(t), " "); got != engine.ActAddPasskey+" "+engine.ActCopiedPasskey {
		t.Errorf("recorded: %s", got)
	}
}

func TestAPasskeyBesideThePasswordAndAsProof(t *testing.T) {
	s, device := keyed(t)
	s.do("POST", "/api/v1/me/passkeys", asJSON(device.Make(ask[access.PasskeyOffer](s, "/api/v1/me/passkeys/offer"), "Key")))
	next := s.engine.config
	next.Organization.Settings.SecondStep = org.Administrators
	next.Organization.Settings.Setup = org.SetupDone
	b := engine.Batch{Now: time.Now(), Orgs: []engine.OrgBatch{{Org: next.Organization.ID, Config: &next}}}
	if err := s.engine.db.Commit(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	needed := func(what string, got result) access.PasskeyRequest {
		t.Helper()
		got.wants(t, what, 401, problem.SecondStepNeeded)
		var told struct {
			Params struct {
				Code    bool
				Passkey access.PasskeyRequest
			}
		}
		if json.Unmarshal([]byte(got.body), &told) != nil || told.Params.Code || len(told.Params.Passkey.Credentials) != 1 {
			t.Fatalf("%s: %s", what, got.body)
		}
		return told.Params.Passkey
	}
	step := needed("the password", s.do("POST", "/api/v1/login", `{`+huda+`}`))
	if got := s.do("POST", "/api/v1/login/passkey", asJSON(device.Sign(step))); got.status != 200 || got.field("step_missing") != nil {
		t.Errorf("with the passkey: %d %s", got.status, got.body)
	}
	me := string(s.engine.config.Users[0].ID)
	invite := func() result { return s.do("POST", "/api/v1/users/"+me+"/invitation", "") }
	link, _ := invite().field("path").(string)
	_, token, _ := strings.Cut(link, "#")
	join := func(more string) result {
		return s.do("POST", "/api/v1/invitation", `{"token":"`+token+`","password":"nine quiet boats at dawn"`+more+`}`)
	}
	step = needed("an invitation", join(""))
	if got := join(`,"passkey":` + asJSON(device.Sign(step))); got.status != 200 {
		t.Errorf("joining with the passkey: %d %s", got.status, got.body)
	} else {
		s.cookie, _, _ = strings.Cut(got.header.Get("Set-Cookie"), ";")
	}

	s.clock.Store(time.Now().Add(time.Hour).UnixNano())
	invite().wants(t, "an hour later", 403, problem.ProofNeeded)
	prove := func(r access.PasskeyRequest) result {
		return s.do("POST", "/api/v1/me/confirm", `{"passkey":`+asJSON(device.Sign(r))+`}`)
	}
	prove(ask[access.PasskeyRequest](s, "/api/v1/login/passkey/request")).wants(t, "what anybody is asked", 401, problem.LoginFailed)
	if got := prove(ask[access.PasskeyRequest](s, "/api/v1/me/confirm/passkey")); got.status != 204 {
		t.Errorf("proof: %d %s", got.status, got.body)
	}
	if got := invite(); got.status != 201 {
		t.Errorf("with proof: %d %s", got.status, got.body)
	}
}
