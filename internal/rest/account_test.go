package rest

import (
	"encoding/json"
	"testing"

	"hiwar/internal/problem"
)

func TestOnesOwnSessionsAndPassword(t *testing.T) {
	s := newSite(t)
	signIn := s.do("POST", "/api/v1/login", `{"email":"huda@example.org","password":"a blue bicycle at noon"}`, "Cookie", "", "User-Agent", "phone")
	if signIn.status != 200 {
		t.Fatalf("login: %d %s", signIn.status, signIn.body)
	}
	list := func() (l SessionList) {
		t.Helper()
		if got := s.do("GET", "/api/v1/me/sessions", ""); got.status != 200 || json.Unmarshal([]byte(got.body), &l) != nil {
			t.Fatalf("sessions: %d %s", got.status, got.body)
		}
		return l
	}
	phone := ""
	for _, x := range list().Sessions {
		if x.UserAgent == "phone" && !x.Current {
			phone = x.ID
		}
	}
	if phone == "" || len(list().Sessions) != 2 {
		t.Fatalf("sessions %+v", list())
	}
	s.do("DELETE", "/api/v1/me/sessions/nobody", "").wants(t, "somebody's", 404, problem.NotFound)
	if got := s.do("DELETE", "/api/v1/me/sessions/"+phone, ""); got.status != 204 {
		t.Errorf("ended: %d %s", got.status, got.body)
	}
	if l := list(); len(l.Sessions) != 1 || !l.Sessions[0].Current {
		t.Errorf("afterwards %+v", l)
	}
	s.do("PUT", "/api/v1/me/password", `{"present":"a guess","next":"nine quiet boats at dawn"}`).wants(t, "a guess", problem.LoginFailed.Status(), problem.LoginFailed)
	if got := s.do("PUT", "/api/v1/me/password", `{"present":"a blue bicycle at noon","next":"nine quiet boats at dawn"}`); got.status != 204 {
		t.Errorf("another password: %d %s", got.status, got.body)
	}
	if got := s.do("GET", "/api/v1/me", ""); got.status != 200 {
		t.Errorf("signed out by one's own new password: %d", got.status)
	}
}
