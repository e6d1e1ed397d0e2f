package engine_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/access"
	"hiwar/internal/bus"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// toldSelf are the signals that the actor's own tabs got since the last time.
func (c *centre) toldSelf(a access.Actor, kind string) (all []any) {
	for _, m := range c.messages() {
		if m.Signal != nil && m.Signal.Kind == kind && m.Topic == view.AgentTopic(a.User) {
			all = append(all, m.Signal.Data)
		}
	}
	return all
}

func TestADraftIsItsWritersAlone(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	draft := view.Draft{Conversation: conv, Revision: 4, Text: "نصف جملة"}
	c.messages()
	kept, err := c.KeepDraft(t.Context(), anna, draft)
	if err != nil {
		t.Fatal(err)
	}
	draft.At = kept.At
	if kept != draft || kept.At.IsZero() {
		t.Errorf("kept %+v", kept)
	}
	if diff := cmp.Diff([]any{kept}, c.toldSelf(anna, "draft")); diff != "" {
		t.Errorf("her other tabs (-want +got):\n%s", diff)
	}
	older := draft
	older.Revision, older.Text = 3, "older"
	if got, err := c.KeepDraft(t.Context(), anna, older); err != nil || got != kept {
		t.Errorf("an older one: %+v, %v", got, err)
	}
	if told := c.toldSelf(anna, "draft"); told != nil {
		t.Errorf("an older one is told: %v", told)
	}
	for _, x := range []struct {
		name string
		who  access.Actor
		d    view.Draft
		want problem.Code
	}{
		{"an agent who is not in it", ben, draft, problem.NotFound},
		{"a supervisor", vera, draft, problem.Forbidden},
		{"its customer", customer(1), draft, problem.Forbidden},
		{"another organization", alien, draft, problem.NotFound},
		{"no such conversation", anna, view.Draft{Conversation: "conv_9", Revision: 1}, problem.NotFound},
		{"too long", anna, view.Draft{Conversation: conv, Revision: 9, Text: strings.Repeat("ا", 8193)}, problem.BodyTooLarge},
		{"no revision", anna, view.Draft{Conversation: conv, Text: "x"}, problem.OutOfRange},
	} {
		if _, err := c.KeepDraft(t.Context(), x.who, x.d); problem.CodeOf(err) != x.want || err == nil {
			t.Errorf("%s: got %v, want %s", x.name, err, x.want)
		}
	}
	if _, err := c.KeepDraft(t.Context(), anna, view.Draft{Conversation: conv, Revision: 10, Text: strings.Repeat("ا", 8192)}); err != nil {
		t.Errorf("16 KiB: %v", err)
	}
	if all, err := c.Drafts(t.Context(), ben); err != nil || len(all) != 0 {
		t.Errorf("ben has %v, %v", all, err)
	}

	c.restart()
	if all, err := c.Drafts(t.Context(), anna); err != nil || len(all) != 1 {
		t.Errorf("after a restart she has %v, %v", all, err)
	}
	part := c.part(anna)
	c.do(anna, engine.EndConversation{Conversation: conv})
	if _, err := c.KeepDraft(t.Context(), anna, view.Draft{Conversation: conv, Revision: 11, Text: "still"}); err != nil {
		t.Errorf("while she wraps up: %v", err)
	}
	c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"})
	if all, err := c.Drafts(t.Context(), anna); err != nil || len(all) != 0 {
		t.Errorf("after the wrap-up she has %v, %v", all, err)
	}
	if _, err := c.KeepDraft(t.Context(), anna, view.Draft{Conversation: conv, Revision: 12, Text: "late"}); problem.CodeOf(err) != problem.NotParticipant {
		t.Errorf("after the wrap-up: %v", err)
	}
}

// A4: who needs more time to answer gives it to themselves, and routing obeys
// from the next request on.
func TestMoreTimeToAnswer(t *testing.T) {
	c := newCentre(t, func(config *org.Config) {
		config.Organization.Settings.RONA = 30 * time.Second
		config.Organization.Settings.AnswerFactorMost = 5
	})
	c.ready(anna)
	factor := func(n int) func(*org.Preferences) error {
		return func(p *org.Preferences) error { p.AnswerFactor = n; return nil }
	}
	toAnswer := func(n int) time.Duration {
		t.Helper()
		c.write(n, "hello")
		card := c.request(anna)
		return card.Deadline.Sub(card.MadeAt)
	}
	if got := toAnswer(1); got != 30*time.Second {
		t.Fatalf("at first %v", got)
	}
	before := c.request(anna)
	c.messages()
	got, err := c.ChangePreferences(t.Context(), anna, factor(4))
	if err != nil || got.AnswerFactor != 4 {
		t.Fatalf("got %+v, %v", got, err)
	}
	if diff := cmp.Diff([]any{got}, c.toldSelf(anna, "preferences")); diff != "" {
		t.Errorf("her other tabs (-want +got):\n%s", diff)
	}
	if after := c.request(anna); !after.Deadline.Equal(*before.Deadline) {
		t.Errorf("the request that was there moved from %v to %v", before.Deadline, after.Deadline)
	}
	c.accept(anna)
	if got := toAnswer(2); got != 2*time.Minute {
		t.Errorf("then %v", got)
	}
	if _, err := c.ChangePreferences(t.Context(), anna, factor(6)); problem.CodeOf(err) != problem.OutOfRange {
		t.Errorf("more than the organization allows: %v", err)
	}
	c.refused(anna, engine.SetOwn{AnswerFactor: 6}, problem.OutOfRange)
	c.accept(anna)
	c.restart()
	if p, err := c.Preferences(t.Context(), anna); err != nil || p.AnswerFactor != 4 {
		t.Errorf("after a restart %d, %v", p.AnswerFactor, err)
	}
	if got := toAnswer(3); got != 2*time.Minute {
		t.Errorf("after a restart %v", got)
	}
}

func TestPreferencesAreOnesOwn(t *testing.T) {
	c := newCentre(t)
	if p, err := c.Preferences(t.Context(), anna); err != nil || !cmp.Equal(p, org.DefaultPreferences()) {
		t.Errorf("at first %+v, %v", p, err)
	}
	dark := func(p *org.Preferences) error { p.Theme, p.Language = "dark", "en"; return nil }
	if _, err := c.ChangePreferences(t.Context(), anna, dark); err != nil {
		t.Fatal(err)
	}
	want := org.DefaultPreferences()
	want.Theme, want.Language = "dark", "en"
	if p, err := c.Preferences(t.Context(), anna); err != nil || !cmp.Equal(p, want) {
		t.Errorf("then %+v, %v", p, err)
	}
	if p, err := c.Preferences(t.Context(), ben); err != nil || p.Theme != "system" || p.Language != "" {
		t.Errorf("ben has %+v, %v", p, err)
	}
	config, err := c.Config(t.Context(), anna)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range config.Users {
		if (u.ID == anna.User) != (u.Language == "en") {
			t.Errorf("%s speaks %q", u.Name, u.Language)
		}
	}
	loud := func(p *org.Preferences) error { p.Theme, p.Volume, p.Language = "light", 101, "ar"; return nil }
	if _, err := c.ChangePreferences(t.Context(), anna, loud); problem.CodeOf(err) != problem.OutOfRange {
		t.Errorf("too loud: %v", err)
	}
	if p, err := c.Preferences(t.Context(), anna); err != nil || !cmp.Equal(p, want) {
		t.Errorf("after a refusal %+v, %v", p, err)
	}
	if _, err := c.ChangePreferences(t.Context(), vera, dark); err != nil {
		t.Errorf("a supervisor: %v", err)
	}
	if _, err := c.Preferences(t.Context(), customer(1)); problem.CodeOf(err) != problem.Forbidden {
		t.Errorf("a customer: %v", err)
	}
}

// Two people whose changes share a commit both keep theirs: one batch carries
// both, and neither takes the place of the other.
func TestTwoChangeTheirOwnInOneCommit(t *testing.T) {
	c := newCentre(t)
	if err := c.stop(); err != nil {
		t.Fatal(err)
	}
	byHand := engine.New(engine.Options{Store: c.db, Reader: c.db, Own: c.db, Bus: bus.New(), Clock: c.clock, Log: slog.New(slog.DiscardHandler)})
	turns, err := byHand.ByHand(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := map[id.User]engine.SetOwn{anna.User: {Language: "ar", AnswerFactor: 2}, ben.User: {Language: "en", AnswerFactor: 3}}
	answers, err := turns.Round(
		engine.Request{Actor: anna, CommandID: "a", Command: want[anna.User]},
		engine.Request{Actor: ben, CommandID: "b", Command: want[ben.User]},
	)
	if err != nil || answers[0].Err != nil || answers[1].Err != nil {
		t.Fatalf("%v: %+v", err, answers)
	}
	if n := byHand.Counts().Rounds.Load(); n != 1 {
		t.Fatalf("%d commits, want one for both", n)
	}
	stored, err := c.db.Floor(t.Context(), acme)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range stored.Config.Users {
		if w, changed := want[u.ID]; changed && (u.Language != w.Language || u.AnswerFactor != float64(w.AnswerFactor)) {
			t.Errorf("%s speaks %q with %v times the time to answer, want %+v", u.Name, u.Language, u.AnswerFactor, w)
		}
	}
	if base := sample().Version; stored.Config.Version != base+2 {
		t.Errorf("the configuration is of version %d, want two more than %d", stored.Config.Version, base)
	}
	c.start() // for the end of the test
}
