package engine_test

import (
	"testing"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// A customer who comes back within seven days is kept for the agent who served
// them last, where the queue keeps customers; later, or of another queue, not.
func TestAReturningCustomerIsKeptForTheirAgent(t *testing.T) {
	c := newCentre(t, timed, func(config *org.Config) { config.Queues[0].Sticky = time.Minute })
	conv := c.answered(1, ben)
	c.do(ben, engine.EndConversation{Conversation: conv})
	c.do(ben, engine.SubmitWrapUp{Part: c.part(ben), Reason: "rsn_1"})
	c.pass(time.Second)
	c.ready(anna)

	// Somebody new gets Ben, who has waited longest; so Anna would be next.
	c.write(2, "hello")
	c.accept(ben)
	c.write(1, "it is me again")
	if got := c.accept(ben).Conversation; got == "" {
		t.Error("the returning customer did not get Ben")
	}
	c.write(3, "hello")
	if c.request(anna).Conversation == "" {
		t.Error("a new customer did not get Anna")
	}
}

func TestAfterAWeekNobodyIsKeptForAnybody(t *testing.T) {
	c := newCentre(t, timed, func(config *org.Config) { config.Queues[0].Sticky = time.Minute })
	conv := c.answered(1, ben)
	c.do(ben, engine.EndConversation{Conversation: conv})
	c.do(ben, engine.SubmitWrapUp{Part: c.part(ben), Reason: "rsn_1"})
	c.pass(8 * 24 * time.Hour)
	c.do(ben, engine.SetPresence{Presence: "idle"})
	c.ready(anna)
	c.ready(ben)
	c.write(1, "a week later")
	if c.request(anna).Conversation == "" {
		t.Error("who waited longest did not get it")
	}
}

// Of two who take a conversation from the list one gets it.
func TestAPickedConversationHasOneWinner(t *testing.T) {
	c := newCentre(t, timed)
	conv := c.write(1, "hello")
	c.do(anna, engine.SignInToFloor{})
	c.do(ben, engine.SignInToFloor{})
	if got := c.do(anna, engine.PickConversation{Conversation: conv}); got.Conversation != conv || got.Part == 0 {
		t.Errorf("picking answered %+v, want a part of %s", got, conv)
	}
	c.refused(ben, engine.PickConversation{Conversation: conv}, problem.AlreadyTaken)
	c.do(anna, engine.SendMessage{Conversation: conv, Text: "how can I help?"})
}
