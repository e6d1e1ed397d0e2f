package rest

import (
	"slices"
	"strings"
	"testing"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

func TestSomebodyInvitedChoosesAPasswordAndIsSignedIn(t *testing.T) {
	s := newSite(t)
	me := string(s.engine.config.Users[0].ID)
	got := s.do("POST", "/api/v1/users/"+me+"/invitation", "")
	path, _ := got.field("path").(string)
	token, ok := strings.CutPrefix(path, "/welcome#")
	if got.status != 201 || !ok || got.field("expires_at") == nil {
		t.Fatalf("got %d %s", got.status, got.body)
	}
	if got := s.do("POST", "/api/v1/invitation/check", `{"token":"`+token+`"}`, "Cookie", ""); got.status != 200 || got.field("email") != "huda@example.org" {
		t.Errorf("whom it is for: %d %s", got.status, got.body)
	}
	s.do("POST", "/api/v1/invitation", `{"token":"`+token+`","password":"short"}`).wants(t, "a short password", 422, problem.PasswordTooShort)
	got = s.do("POST", "/api/v1/invitation", `{"token":"`+token+`","password":"nine quiet boats at dawn"}`)
	if got.status != 200 || got.field("user") != me || !strings.Contains(got.header.Get("Set-Cookie"), "HttpOnly") {
		t.Errorf("joining: %d %s %v", got.status, got.body, got.header)
	}
	s.do("POST", "/api/v1/invitation", `{"token":"`+token+`","password":"nine quiet boats at dawn"}`).wants(t, "again", 410, problem.LinkExpired)
	s.do("POST", "/api/v1/invitation/check", `{"token":"x"}`).wants(t, "nonsense", 410, problem.LinkExpired)
	if got := s.records(t); !slices.Equal(got, []string{engine.ActInvite, engine.ActJoin}) {
		t.Errorf("recorded %q", got)
	}
}

func TestNobodyIsInvitedWhoIsNotThere(t *testing.T) {
	s := newSite(t)
	s.do("POST", "/api/v1/users/usr_nobody/invitation", "").wants(t, "an unknown user", 404, problem.NotFound)
	s.engine.config.Users[0].Disabled = true
	s.do("POST", "/api/v1/users/"+string(s.engine.config.Users[0].ID)+"/invitation", "").wants(t, "a disabled user", 404, problem.NotFound)
}
