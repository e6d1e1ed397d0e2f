package rest

import (
	"strings"
	"testing"

	"hiwar/internal/problem"
	"hiwar/internal/view"
)

func TestPreferencesAreChangedInPart(t *testing.T) {
	s := newSite(t)
	const at = "/api/v1/me/preferences"
	if got := s.do("GET", at, ""); got.status != 200 || got.field("theme") != "system" || got.field("volume") != 50.0 || !strings.Contains(got.body, `"shortcuts":{}`) {
		t.Fatalf("before: %d %s", got.status, got.body)
	}
	got := s.do("PATCH", at, `{"theme":"dark","sounds":{"tick":true},"shortcuts":{"send":"","end":"Alt+E"}}`)
	sounds, _ := got.field("sounds").(map[string]any)
	if got.status != 200 || got.field("theme") != "dark" || got.field("density") != "comfortable" || sounds["tick"] != true || sounds["request"] != true {
		t.Fatalf("changed: %d %s", got.status, got.body)
	}
	got = s.do("PATCH", at, `{"shortcuts":{"end":""}}`)
	if shortcuts, _ := got.field("shortcuts").(map[string]any); len(shortcuts) != 1 || got.field("theme") != "dark" {
		t.Fatalf("shortcuts replaced: %d %s", got.status, got.body)
	}
	for body, code := range map[string]problem.Code{
		`{"theme":1}`:               problem.WrongType,
		`{"Theme":"dark"}`:          problem.UnknownField,
		`{"theme":"a","theme":"b"}`: problem.DuplicateKey,
		`{"sounds":{"bell":true}}`:  problem.UnknownField,
		`{"shortcuts":{"end":1}}`:   problem.WrongType,
		`[]`:                        problem.WrongType,
		`{"volume":1.5}`:            problem.WrongType,
	} {
		s.do("PATCH", at, body).wants(t, body, code.Status(), code)
	}
	if after := s.do("GET", at, ""); after.body != got.body {
		t.Errorf("after refusals: %s, want %s", after.body, got.body)
	}
}

func TestTodaysFigures(t *testing.T) {
	s := newSite(t)
	if got := s.do("GET", "/api/v1/me/today", ""); got.field("handled") != 4.0 || strings.Contains(got.body, "null") {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestDraftsAreKept(t *testing.T) {
	s := newSite(t)
	if got := s.do("GET", "/api/v1/me/drafts", ""); !strings.Contains(got.body, `"drafts":[]`) {
		t.Errorf("none: %s", got.body)
	}
	got := s.do("PUT", "/api/v1/conversations/conv_1/draft", `{"text":"مرحبا","revision":7}`)
	if got.status != 200 || got.field("text") != "مرحبا" || got.field("revision") != 7.0 {
		t.Errorf("kept: %d %s", got.status, got.body)
	}
	want := view.Draft{Conversation: "conv_1", Revision: 7, Text: "مرحبا"}
	if len(s.engine.drafts) != 1 || s.engine.drafts[0] != want {
		t.Errorf("the engine was given %+v", s.engine.drafts)
	}
	s.do("PUT", "/api/v1/conversations/conv_1/draft", `{"text":"a","revision":"7"}`).wants(t, "a revision in words", 422, problem.WrongType)
}
