package rest

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"hiwar/internal/access"
	"hiwar/internal/audit"
	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

const huda = `"email":"huda@example.org","password":"a blue bicycle at noon"`

// shown is what an authenticator with the secret shows next: every code works
// once.
func (s *site) shown(t *testing.T, secret string) string {
	t.Helper()
	s.clock.Store(s.now().Add(30 * time.Second).UnixNano())
	code, err := totp.GenerateCode(secret, s.now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func (s *site) records(t *testing.T) (acts []string) {
	t.Helper()
	found, err := s.engine.db.Audit(t.Context(), s.engine.adopted, engine.AuditQuery{Forward: true, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range found {
		if r.Address != "127.0.0.1" || r.Actor != string(s.engine.config.Users[0].ID) {
			t.Errorf("%s: by %s from %q", r.Act, r.Actor, r.Address)
		}
		acts = append(acts, r.Act)
	}
	if _, err := s.engine.db.VerifyAudit(t.Context(), s.engine.adopted, audit.Head{}); err != nil {
		t.Error(err)
	}
	return acts
}

func TestASecondStepFromBeginningToEnd(t *testing.T) {
	s := newSite(t)
	begun := s.do("POST", "/api/v1/me/second-step", "")
	var e Enrolment
	if begun.status != 201 || json.Unmarshal([]byte(begun.body), &e) != nil || !strings.Contains(e.Address, e.Secret) || e.Picture.Size < 21 || !strings.HasPrefix(e.Picture.Path, "M0 0h7v1h-7z") {
		t.Fatalf("begun: %d %s", begun.status, begun.body)
	}
	s.do("POST", "/api/v1/me/second-step/confirm", `{"code":"12345"}`).wants(t, "no code", 401, problem.LoginFailed)
	on := s.do("POST", "/api/v1/me/second-step/confirm", `{"code":"`+s.shown(t, e.Secret)+`"}`)
	var r RecoveryCodes
	if on.status != 200 || json.Unmarshal([]byte(on.body), &r) != nil || len(r.Codes) != 10 {
		t.Fatalf("on: %d %s", on.status, on.body)
	}
	s.do("POST", "/api/v1/me/second-step", "").wants(t, "a second one", 409, problem.SecondStepOn)

	enter := func(code string) result { return s.do("POST", "/api/v1/login", `{`+huda+`,"code":"`+code+`"}`) }
	enter("").wants(t, "without", 401, problem.SecondStepNeeded)
	enter("000000").wants(t, "a guess", 401, problem.LoginFailed)
	if got := enter(r.Codes[0]); got.status != 200 || got.field("step_missing") != nil {
		t.Errorf("a recovery code: %d %s", got.status, got.body)
	}
	if got := enter(s.shown(t, e.Secret)); got.status != 200 {
		t.Errorf("a code: %d %s", got.status, got.body)
	}
	if got := s.do("GET", "/api/v1/me/second-step", ""); got.field("on") != true || got.field("recovery_codes") != 9.0 || got.field("obliged") != false {
		t.Errorf("it is %s", got.body)
	}
	renewed := s.do("POST", "/api/v1/me/second-step/codes", "")
	if renewed.status != 200 || strings.Contains(renewed.body, r.Codes[1]) {
		t.Errorf("renewed: %d %s", renewed.status, renewed.body)
	}
	enter(r.Codes[1]).wants(t, "an earlier code", 401, problem.LoginFailed)

	me := string(s.engine.config.Users[0].ID)
	if got := s.do("GET", "/api/v1/second-steps", ""); got.status != 200 || !strings.Contains(got.body, me) {
		t.Errorf("who has one: %d %s", got.status, got.body)
	}
	s.do("DELETE", "/api/v1/users/usr_nobody/second-step", "").wants(t, "nobody's", 404, problem.NotFound)
	if got := s.do("DELETE", "/api/v1/me/second-step", ""); got.status != 204 {
		t.Errorf("off: %d %s", got.status, got.body)
	}
	if got := enter(""); got.status != 200 {
		t.Errorf("afterwards: %d %s", got.status, got.body)
	}
	s.do("DELETE", "/api/v1/users/"+me+"/second-step", "").wants(t, "none any more", 404, problem.NotFound)
	want := strings.Join([]string{engine.ActStepOn, engine.ActUseCode, engine.ActNewCodes, engine.ActStepOff}, " ")
	if got := strings.Join(s.records(t), " "); got != want {
		t.Errorf("recorded: %s, want %s", got, want)
	}
}

// Whoever is obliged and has none may set one up, and nothing else.
func TestASessionWithoutTheWantedStepIsGoodForNothingElse(t *testing.T) {
	s := newSite(t)
	next := s.engine.config
	next.Organization.Settings.SecondStep = org.Administrators
	next.Organization.Settings.Setup = org.SetupDone
	b := engine.Batch{Now: time.Now(), Orgs: []engine.OrgBatch{{Org: next.Organization.ID, Config: &next}}}
	if err := s.engine.db.Commit(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if got := s.do("GET", "/api/v1/users", ""); got.status != 200 {
		t.Errorf("whoever is in stays in: %d %s", got.status, got.body)
	}
	in := s.do("POST", "/api/v1/login", `{`+huda+`}`)
	if in.status != 200 || in.field("step_missing") != true {
		t.Fatalf("signing in: %d %s", in.status, in.body)
	}
	s.cookie, _, _ = strings.Cut(in.header.Get("Set-Cookie"), ";")
	if got := s.do("GET", "/api/v1/me", ""); got.field("step_missing") != true {
		t.Errorf("who asks again later is told: %d %s", got.status, got.body)
	}
	slot := regexp.MustCompile(`\{\w+\}`)
	for path, item := range New(Config{}).huma.OpenAPI().Paths {
		for _, op := range operationsOf(item) {
			if len(op.Security) == 0 || op.OperationID == "logout" {
				continue
			}
			got := s.do(op.Method, slot.ReplaceAllString(path, "x"), "")
			if refused := got.field("code") == string(problem.SecondStepAbsent); refused == enrolling[op.OperationID] {
				t.Errorf("%s: %d %s", op.OperationID, got.status, got.body)
			}
		}
	}
}

// What package access wants proof of is asked for it somewhere: a new operation
// that nobody put into acts is not.
func TestNoOperationThatWantsProofIsForgotten(t *testing.T) {
	asked := map[access.Operation]bool{access.ChangeRights: true} // by putConfiguration itself, for what the file changes
	for _, op := range acts {
		asked[op] = true
	}
	for _, op := range access.Operations() {
		if access.WantsProof(op) && !asked[op] {
			t.Errorf("nothing asks who does %s for proof", op)
		}
	}
}

// An hour after signing in, what wants proof is refused, and nothing else is;
// with proof it is done.
func TestWhatWantsProofIsRefusedAnHourLater(t *testing.T) {
	s := newSite(t)
	s.clock.Store(time.Now().Add(time.Hour).UnixNano())
	slot := regexp.MustCompile(`\{\w+\}`)
	wanting := 0
	for path, item := range New(Config{}).huma.OpenAPI().Paths {
		for _, op := range operationsOf(item) {
			if len(op.Security) == 0 || strings.HasPrefix(op.OperationID, "logout") {
				continue
			}
			got := s.do(op.Method, slot.ReplaceAllString(path, "x"), "")
			refused := got.field("code") == string(problem.ProofNeeded)
			if act, known := acts[op.OperationID]; refused != (known && op.OperationID != "listSecondSteps") {
				t.Errorf("%s (%s): %d %s", op.OperationID, act, got.status, got.body)
			}
			if refused {
				wanting++
			}
		}
	}
	if wanting != len(acts)-1 {
		t.Errorf("%d operations want proof, %d are listed", wanting, len(acts)-1)
	}

	me := string(s.engine.config.Users[0].ID)
	file := func(email string) string {
		return `{"format":"hiwar-configuration-1","users":[{"id":"` + me + `","name":"Huda","email":"` + email + `","roles":["agent","supervisor","administrator"]}]}`
	}
	if got := s.do("PUT", "/api/v1/configuration", file("huda@example.org")); got.status != 200 {
		t.Errorf("a file that changes no rights: %d %s", got.status, got.body)
	}
	s.do("PUT", "/api/v1/configuration", file("other@example.org")).wants(t, "another address", 403, problem.ProofNeeded)
	s.do("POST", "/api/v1/me/confirm", `{"password":"a guess"}`).wants(t, "a guess", 401, problem.LoginFailed)
	s.do("POST", "/api/v1/users/"+me+"/invitation", "").wants(t, "after a guess", 403, problem.ProofNeeded)
	if got := s.do("POST", "/api/v1/me/confirm", `{"password":"a blue bicycle at noon"}`); got.status != 204 {
		t.Fatalf("proof: %d %s", got.status, got.body)
	}
	if got := s.do("POST", "/api/v1/users/"+me+"/invitation", ""); got.status != 201 {
		t.Errorf("with proof: %d %s", got.status, got.body)
	}
	if got := s.do("PUT", "/api/v1/configuration", file("other@example.org")); got.status != 200 {
		t.Errorf("another address, with proof: %d %s", got.status, got.body)
	}
}
