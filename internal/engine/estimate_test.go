package engine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// lastPlace is the last that a customer was told of their place, and whether they
// were told anything.
func (c *centre) lastPlace(conv id.Conversation) (last view.Waiting, any bool) {
	for _, m := range c.messages() {
		if of, _ := conversationOf(m.Topic); m.Signal != nil && m.Signal.Kind == "waiting" && of == conv {
			last, any = m.Signal.Data.(view.Waiting), true
		}
	}
	return last, any
}

// A range is said after ten answers, from how long those answered took; it goes
// when the customer has waited longer than nearly all of them, and when the
// answers are half an hour old.
func TestAnEstimateNeedsTenAnswersAndSaysWhatTheyTook(t *testing.T) {
	c := newCentre(t)
	customers := 0
	// served waits for so many minutes at the first place and is answered.
	served := func(minutes int) {
		customers++
		conv := c.write(customers, "hello")
		c.pass(time.Second)
		c.pass(time.Duration(minutes)*time.Minute - time.Second)
		c.ready(anna)
		c.accept(anna)
		c.do(anna, engine.EndConversation{Conversation: conv})
		c.do(anna, engine.SubmitWrapUp{Part: c.part(anna), Reason: "rsn_1"})
		c.do(anna, engine.SetPresence{Presence: routing.Idle})
	}
	for n := range 9 {
		served(1 + n%3)
	}
	customers++
	conv := c.write(customers, "hello")
	c.pass(time.Second)
	if got, any := c.lastPlace(conv); !any || got.Estimate != nil {
		t.Errorf("after nine answers the customer is told %+v", got)
	}
	c.do(customer(customers), engine.EndChat{Conversation: conv})
	served(3)

	customers++
	conv = c.write(customers, "hello")
	c.pass(time.Second)
	got, _ := c.lastPlace(conv)
	// 1 1 1 2 2 2 3 3 3 3 minutes: half took two or less, nine of ten three.
	if diff := cmp.Diff(view.Waiting{Position: 1, Estimate: &view.Estimate{FromMinutes: 1, ToMinutes: 3}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	place, waits, err := c.Place(t.Context(), customer(customers), conv)
	if err != nil || !waits || place.Estimate == nil || *place.Estimate != *got.Estimate {
		t.Errorf("who asks is told %+v, %v, %v", place, waits, err)
	}
	// Fewer than ten of them waited as long as the customer by now.
	c.pass(90 * time.Second)
	if got, any := c.lastPlace(conv); !any || got.Estimate != nil || got.Position != 1 {
		t.Errorf("after a minute and a half the customer is told %+v, %v", got, any)
	}
	c.do(customer(customers), engine.EndChat{Conversation: conv})

	c.pass(31 * time.Minute)
	customers++
	conv = c.write(customers, "hello")
	c.pass(time.Second)
	if got, any := c.lastPlace(conv); !any || got.Estimate != nil {
		t.Errorf("after half an hour without an answer the customer is told %+v", got)
	}
}
