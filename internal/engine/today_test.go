package engine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// Figures of a day with two handled conversations and a missed request, in an
// organization whose day began in between.
func TestTodaysFiguresAreTheAgentsOwn(t *testing.T) {
	c := newCentre(t, func(config *org.Config) { config.Organization.TimeZone = "UTC" })
	today := func() view.Today {
		t.Helper()
		v, err := c.Today(t.Context(), anna)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := today(); v.Handled != 0 || v.FirstResponseMS != nil || v.HandleMS != nil || v.Missed != 0 || len(v.States) != 0 || v.LongestWait != nil {
		t.Errorf("before anything: %+v", v)
	}
	ms := func(d time.Duration) *int64 { n := d.Milliseconds(); return &n }
	handle := func(n int, first, whole time.Duration) {
		conv := c.answered(n, anna)
		part := c.part(anna)
		c.pass(first)
		c.do(anna, engine.SendMessage{Conversation: conv, Text: "hello"})
		c.pass(whole - first)
		c.do(anna, engine.EndConversation{Conversation: conv})
		c.pass(time.Second)
		c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"})
	}
	handle(1, 10*time.Second, time.Minute)
	if v := today(); v.Handled != 1 || !cmp.Equal(v.FirstResponseMS, ms(10*time.Second)) || !cmp.Equal(v.HandleMS, ms(time.Minute)) {
		t.Errorf("after one: %+v", v)
	}
	handle(2, 20*time.Second, 2*time.Minute)
	c.write(3, "anybody?")
	wait := c.request(anna).MadeAt
	c.do(anna, engine.ConfirmOffer{Offer: c.request(anna).Offer})
	c.pass(31 * time.Second) // RONA is at the end of it
	c.pass(9 * time.Second)
	v := today()
	if v.Handled != 2 || !cmp.Equal(v.FirstResponseMS, ms(15*time.Second)) || !cmp.Equal(v.HandleMS, ms(90*time.Second)) || v.Missed != 1 {
		t.Errorf("after two and a missed one: %+v", v)
	}
	if v.LongestWait == nil || !v.LongestWait.Since.Equal(wait) || v.LongestWait.Queue.ID != "que_1" {
		t.Errorf("the longest wait is %+v, want one since %v", v.LongestWait, wait)
	}
	sum, rona := int64(0), int64(0)
	for _, s := range v.States {
		sum += s.MS
		if s.Presence == string(routing.RONA) {
			rona += s.MS
		}
	}
	if whole := (time.Minute + 2*time.Minute + 2*time.Second + 40*time.Second).Milliseconds(); sum != whole || rona != 9000 {
		t.Errorf("%d ms of %d, %d in RONA: %+v", sum, whole, rona, v.States)
	}
	c.restart()
	if again := today(); again.Handled != 2 || again.Missed != 1 {
		t.Errorf("after a restart: %+v", again)
	}
	c.do(anna, engine.SetPresence{Presence: routing.Idle})
	c.do(anna, engine.SignOutOfFloor{})
	c.pass(24 * time.Hour)
	if v := today(); len(v.States) != 0 || v.Handled != 0 || v.Missed != 0 || v.FirstResponseMS != nil {
		t.Errorf("the day after: %+v", v)
	}
	if _, err := c.Today(t.Context(), customer(1)); problem.CodeOf(err) != problem.Forbidden {
		t.Errorf("a customer: %v", err)
	}
}
