package engine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

func TestAConversationFromStartToWrapUp(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	conv := c.write(1, "السلام عليكم")

	card := c.request(anna)
	if card.Conversation != conv || card.Customer.Name != "Sara" || card.Queue.Name.En != "General" {
		t.Errorf("the request is %+v", card)
	}
	if got := texts(c.conversation(anna, conv)); !cmp.Equal(got, []string{"السلام عليكم"}) {
		t.Errorf("the agent who is asked reads %q", got)
	}
	c.refused(anna, engine.SendMessage{Conversation: conv, Text: "too early"}, problem.NotAcceptedYet)
	c.do(anna, engine.ConfirmOffer{Offer: card.Offer})
	c.accept(anna)

	c.pass(10 * time.Second)
	c.do(anna, engine.SendMessage{Conversation: conv, Text: "وعليكم السلام"})
	c.do(customer(1), engine.SendMessage{Conversation: conv, Text: "أين طلبي؟"})
	c.do(anna, engine.AddNote{Conversation: conv, Text: "third time"})

	c.do(anna, engine.EndConversation{Conversation: conv})
	c.refused(customer(1), engine.SendMessage{Conversation: conv, Text: "wait"}, problem.ChatClosed)
	c.refused(anna, engine.SubmitWrapUp{Part: c.part(anna)}, problem.WrapUpRequired)
	c.do(anna, engine.SubmitWrapUp{Part: c.part(anna), Reason: "rsn_1"})

	want := []string{"السلام عليكم", "وعليكم السلام", "أين طلبي؟"}
	if diff := cmp.Diff(want, texts(c.conversation(customer(1), conv))); diff != "" {
		t.Errorf("the customer reads (-want +got):\n%s", diff)
	}
	if d := c.desk(anna); len(d.Cards) != 0 || d.Agent.Presence != "available" || d.Agent.Occupied != 0 {
		t.Errorf("after the wrap-up the desk is %+v", d)
	}
	if v := c.conversation(customer(1), conv); v.Status != "closed" || v.Cause != "agent" {
		t.Errorf("the conversation is %s by %s", v.Status, v.Cause)
	}
	var lines []string
	for _, e := range c.staffThread(vera, conv).Entries {
		lines = append(lines, e.Kind+" "+e.Text+e.Line)
	}
	if diff := cmp.Diff([]string{"note third time", "staff_line wrapup"}, lines); diff != "" {
		t.Errorf("the staff's thread (-want +got):\n%s", diff)
	}
	// And the customer may come back.
	if again := c.write(1, "one more thing"); again == conv {
		t.Error("the second conversation is the first")
	}
}
