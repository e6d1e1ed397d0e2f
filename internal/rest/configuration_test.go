package rest

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

const aTeam = `{"format": "hiwar-configuration-1", "teams": [{"id": "vip", "name": {"en": "VIP"}}]}`

func TestTheConfigurationIsAFile(t *testing.T) {
	s := newSite(t)
	got := s.do("GET", "/api/v1/configuration", "")
	if got.status != 200 || !bytes.Equal([]byte(got.body), config.Write(s.engine.config)) {
		t.Errorf("got %d %s", got.status, got.body)
	}
	if d := got.header.Get("Content-Disposition"); d != `attachment; filename="hiwar-configuration.json"` {
		t.Errorf("disposition %q", d)
	}
}

func TestAConfigurationFileReachesTheEngine(t *testing.T) {
	s := newSite(t)
	if got := s.do("POST", "/api/v1/configuration/plan", aTeam); got.status != 200 || !strings.Contains(got.body, `"version":1`) {
		t.Errorf("plan: got %d %s", got.status, got.body)
	}
	if asked := s.engine.taken(); len(asked) != 0 {
		t.Fatalf("a plan did %v", asked)
	}
	got := s.do("PUT", "/api/v1/configuration", aTeam, "Idempotency-Key", "c1")
	asked := s.engine.taken()
	if got.status != 200 || len(asked) != 1 || asked[0].CommandID != "c1" {
		t.Fatalf("got %d %s, asked %v", got.status, got.body, asked)
	}
	file := asked[0].Command.(engine.PutOn).File
	if len(file.Teams) != 1 || !strings.HasPrefix(string(file.Teams[0].ID), "team_") {
		t.Errorf("the file is %+v", file)
	}
	s.do("PUT", "/api/v1/configuration", `{"format": "hiwar-configuration-1", "tems": []}`).wants(t, "a misspelt list", 400, problem.UnknownField)
	s.do("PUT", "/api/v1/configuration", `{}`).wants(t, "no format", 422, problem.FileFormat)
}

func TestAConfigurationMayBeLargerThanOtherRequests(t *testing.T) {
	s := newSite(t)
	file := strings.Replace(aTeam, `"teams"`, strings.Repeat(" ", 100<<10)+`"teams"`, 1)
	if got := s.do("PUT", "/api/v1/configuration", file); got.status != 200 {
		t.Errorf("got %d %s", got.status, got.body)
	}
	s.do("PUT", "/api/v1/configuration", strings.Repeat(" ", 8<<20+1)).wants(t, "more than 8 MiB", 413, problem.BodyTooLarge)
	s.do("PUT", "/api/v1/me/presence", strings.Repeat(" ", 100<<10)).wants(t, "any other request", 413, problem.BodyTooLarge)
}

// Whoever is disabled or given other roles is signed out at once: what is open
// knows its rights from when it began.
func TestOtherRightsEndSessions(t *testing.T) {
	for what, x := range map[string]struct {
		change func(*org.User)
		out    bool
	}{
		"another name": {func(u *org.User) { u.Name = "Hoda" }, false},
		"another role": {func(u *org.User) { u.Roles = u.Roles[:1] }, true},
		"disabled":     {func(u *org.User) { u.Disabled = true }, true},
	} {
		t.Run(what, func(t *testing.T) {
			s := newSite(t)
			user := s.engine.config.Users[0]
			x.change(&user)
			var file map[string]any
			if err := json.Unmarshal(config.Write(org.Config{Users: []org.User{user}}), &file); err != nil {
				t.Fatal(err)
			}
			delete(file, "organization")
			body, err := json.Marshal(file)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.do("PUT", "/api/v1/configuration", string(body)); got.status != 200 {
				t.Fatalf("got %d %s", got.status, got.body)
			}
			if got := s.do("GET", "/api/v1/me", ""); (got.status == 401) != x.out {
				t.Errorf("afterwards: %d %s", got.status, got.body)
			}
		})
	}
}
