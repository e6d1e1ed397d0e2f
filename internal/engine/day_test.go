package engine_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// day is a day at the centre, step by step.
func day() []func(c *centre) {
	var conv, second id.Conversation
	send := func(text string) func(c *centre) {
		return func(c *centre) { c.do(customer(1), engine.SendMessage{Conversation: conv, Text: text}) }
	}
	wait := func(d time.Duration) func(c *centre) { return func(c *centre) { c.pass(d) } }
	confirm := func(c *centre) { c.do(anna, engine.ConfirmOffer{Offer: c.request(anna).Offer}) }
	return []func(c *centre){
		func(c *centre) { c.ready(anna) },
		func(c *centre) { conv = c.write(1, "مرحبا") },
		confirm,
		wait(31 * time.Second), // RONA
		func(c *centre) { c.ready(ben) },
		func(c *centre) { c.do(ben, engine.ConfirmOffer{Offer: c.request(ben).Offer}) },
		func(c *centre) { c.accept(ben) },
		send("my order"),
		func(c *centre) { c.do(ben, engine.SendMessage{Conversation: conv, Text: "which one?"}) },
		func(c *centre) { c.do(ben, engine.AddNote{Conversation: conv, Text: "a regular"}) },
		func(c *centre) { c.do(ben, engine.MarkReceived{Conversation: conv, Delivered: 3, Seen: 3}) },
		func(c *centre) { c.ready(anna) },
		func(c *centre) { second = c.write(2, "hello") },
		confirm,
		func(c *centre) { c.accept(anna) },
		func(c *centre) { c.do(ben, engine.Invite{Conversation: conv, Guest: anna.User}) },
		confirm,
		func(c *centre) { c.accept(anna) },
		func(c *centre) { c.do(ben, engine.HandOver{Conversation: conv, To: anna.User}) },
		func(c *centre) { c.do(ben, engine.SubmitWrapUp{Part: c.part(ben), Reason: "rsn_1"}) },
		func(c *centre) { c.do(anna, engine.Transfer{Conversation: second, ToAgent: ben.User, Note: "yours"}) },
		func(c *centre) { c.do(ben, engine.ConfirmOffer{Offer: c.request(ben).Offer}) },
		wait(31 * time.Second), // not answered: back to the queue, and RONA for Ben
		func(c *centre) { c.do(anna, engine.AgentLost{}) },
		wait(time.Minute),
		func(c *centre) { c.do(anna, engine.AgentBack{}) },
		func(c *centre) { c.do(anna, engine.SetPresence{Presence: routing.Idle}) },
		func(c *centre) { c.do(customer(2), engine.CustomerLost{Conversation: second}) },
		wait(4 * time.Minute), // abandoned
		func(c *centre) { c.do(anna, engine.SendMessage{Conversation: conv, Text: "anything else?"}) },
		wait(9 * time.Minute), // warned of the inactivity close
		wait(2 * time.Minute), // closed
		func(c *centre) { c.do(anna, engine.SubmitWrapUp{Part: c.part(anna), Reason: "rsn_2"}) },
		func(c *centre) { c.do(adam, engine.DeleteAsset{Asset: "ast_2", Confirmation: "Help"}) },
	}
}

// seen is what people see: desks and threads, and what the engine holds.
func (c *centre) seen() string {
	c.t.Helper()
	out := fmt.Sprintf("%+v\n", wire(c.inside().Records))
	for _, a := range []view.Desk{c.desk(anna), c.desk(ben), c.desk(cleo)} {
		out += fmt.Sprintf("%+v\n", wire(a))
	}
	for n := uint16(1); n <= c.ids; n++ {
		conv := id.Mint[id.Conversation](id.PrefixConversation, numbered(n))
		out += fmt.Sprintf("%+v\n%+v\n", wire(c.conversation(vera, conv)), wire(c.staffThread(vera, conv)))
	}
	return out
}

// A restart at any moment changes nothing, neither what is there nor when
// anything that waits will happen.
func TestARestartAtAnyMomentChangesNothing(t *testing.T) {
	plain := newCentre(t)
	var want []string
	for _, step := range day() {
		step(plain)
		want = append(want, plain.seen())
	}
	for at := range want {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			t.Parallel()
			c := newCentre(t)
			for i, step := range day() {
				step(c)
				if i == at {
					c.restart()
				}
				// At once, after the next step, and in the evening: looking
				// takes longer than the day does.
				if i != at && i != at+1 && i != len(want)-1 {
					continue
				}
				if diff := cmp.Diff(want[i], c.seen()); diff != "" {
					t.Fatalf("a restart after step %d shows at step %d (-without +with):\n%s", at, i, diff)
				}
			}
		})
	}
}

// And so does a restart after every step, with the process being down for a
// while: what fell due meanwhile happens when it is back, late and once.
func TestTimersFallDueWhileNobodyRuns(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	conv := c.write(1, "hello")
	c.do(anna, engine.ConfirmOffer{Offer: c.request(anna).Offer})
	deadline := c.request(anna).Deadline
	c.close()
	c.clock.pass(time.Hour)
	c.openStore()
	c.start()
	c.settle()
	d := c.desk(anna)
	if d.Agent.Presence != "rona" || d.Agent.Missed == nil {
		t.Errorf("after an hour Anna is %+v", d.Agent)
	}
	missed := 0
	for _, e := range c.staffThread(vera, conv).Entries {
		if e.Line == "missed" {
			missed++
		}
	}
	if missed != 1 {
		t.Errorf("the request was missed %d times, want once (deadline %v)", missed, deadline)
	}
	// The conversation still waits, at its place.
	c.ready(ben)
	if card := c.request(ben); card.Conversation != conv {
		t.Errorf("Ben is asked for %s", card.Conversation)
	}
}

// An offer that is open at a restart expires at its own deadline.
func TestAnOfferExpiresAtItsDeadlineAcrossARestart(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	c.write(1, "hello")
	card := c.request(anna)
	c.do(anna, engine.ConfirmOffer{Offer: card.Offer})
	c.pass(20 * time.Second)
	c.restart()
	c.settle()
	if got := c.request(anna); !got.Deadline.Equal(*card.Deadline) {
		t.Errorf("the deadline moved from %v to %v", card.Deadline, got.Deadline)
	}
	c.pass(card.Deadline.Sub(morning) - 20*time.Second)
	if n := len(c.desk(anna).Cards); n != 1 {
		t.Fatalf("at its deadline there are %d requests, want it to be in time still", n)
	}
	c.pass(time.Millisecond)
	if n := len(c.desk(anna).Cards); n != 0 {
		t.Errorf("after its deadline there are %d requests", n)
	}
}
