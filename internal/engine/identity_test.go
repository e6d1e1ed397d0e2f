package engine_test

import (
	"testing"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

// Who proves who they are while they talk goes on talking, known to the agent
// and under the name their other devices know them by.
func TestAConversationGoesOnOnceItsCustomerIsKnown(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	c.write(3, "hello")
	join := engine.JoinCustomer{Asset: "ast_1", From: "cus_1", To: "cus_2"}
	if reply := c.do(bot, join); reply.Conversation != conv {
		t.Errorf("the person has %s open, want %s", reply.Conversation, conv)
	}
	for _, when := range []string{"at once", "after a restart"} {
		v := c.conversation(anna, conv)
		if v.Customer == nil || !v.Customer.Verified || v.Customer.ID != "cus_2" {
			t.Errorf("%s: the agent sees %+v", when, v.Customer)
		}
		if last := v.Entries[len(v.Entries)-1]; last.Kind != "proven" || last.Params["customer"] != "cus_2" {
			t.Errorf("%s: the last line is %+v", when, last)
		}
		for _, card := range c.desk(anna).Cards {
			if known := card.Conversation == conv; card.Customer.Verified != known {
				t.Errorf("%s: the card of %s says verified = %v", when, card.Conversation, card.Customer.Verified)
			}
		}
		c.refused(customer(1), engine.SendMessage{Conversation: conv, Text: "me too"}, problem.NotFound)
		c.refused(customer(2), engine.StartConversation{Asset: "ast_1", Customer: "cus_2"}, problem.ChatExists)
		if open, err := c.OpenOf(t.Context(), acme, "cus_2", "ast_1"); err != nil || open != conv {
			t.Errorf("%s: open is %s %v", when, open, err)
		}
		c.restart()
	}
	c.do(customer(2), engine.SendMessage{Conversation: conv, Text: "it is me"})
	if v := c.conversation(customer(2), conv); v.Customer != nil || v.Entries[len(v.Entries)-2].Params != nil {
		t.Errorf("the customer reads what is for staff: %+v", v)
	}
	// Again it does nothing.
	head := len(c.conversation(anna, conv).Entries)
	c.do(bot, engine.JoinCustomer{Asset: "ast_1", From: "cus_1", To: "cus_2"})
	if n := len(c.conversation(anna, conv).Entries); n != head {
		t.Errorf("told again: %d lines, then %d", head, n)
	}
}

// What was had before is the person's too, and nobody else's any more.
func TestHistoryIsJoinedAndNeverTheOtherWay(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	old := c.past(1, anna, "rsn_1")
	theirs := c.past(2, anna, "rsn_1")
	c.conversation(customer(1), old) // in memory
	c.do(bot, engine.JoinCustomer{Asset: "ast_1", From: "cus_1", To: "cus_2"})
	for range 2 {
		if v := c.conversation(customer(2), old); v.ID != old {
			t.Errorf("the person reads %+v", v)
		}
		for _, conv := range []string{string(old), string(theirs)} {
			if _, _, err := c.Snapshot(t.Context(), customer(1), "conv/"+conv); problem.CodeOf(err) != problem.NotFound {
				t.Errorf("whoever holds the old token reads %s: %v", conv, err)
			}
		}
		c.restart()
	}
	now := c.answered(2, anna)
	h, err := c.History(t.Context(), anna, now, "", 10)
	if err != nil || len(h.Conversations) != 2 {
		t.Errorf("history: %+v %v", h, err)
	}
}

// One person has one open conversation: the other one ends.
func TestOfTwoOpenConversationsOneEnds(t *testing.T) {
	c := newCentre(t)
	anonymous, own := c.write(1, "who am I"), c.write(2, "hello")
	if reply := c.do(bot, engine.JoinCustomer{Asset: "ast_1", From: "cus_1", To: "cus_2"}); reply.Conversation != own {
		t.Errorf("open is %s, want %s", reply.Conversation, own)
	}
	for range 2 {
		if v := c.conversation(customer(2), anonymous); v.Status != "closed" {
			t.Errorf("the one before is %s", v.Status)
		}
		if v := c.conversation(customer(2), own); v.Status != "waiting" {
			t.Errorf("the person's own is %s", v.Status)
		}
		c.restart()
	}
}

func TestOnlyTheSystemJoins(t *testing.T) {
	c := newCentre(t)
	for _, who := range []int{1, 2} {
		c.refused(customer(who), engine.JoinCustomer{Asset: "ast_1", From: "cus_1", To: "cus_2"}, problem.Forbidden)
	}
	c.refused(adam, engine.JoinCustomer{Asset: "ast_1", From: "cus_1", To: "cus_2"}, problem.Forbidden)
	c.refused(bot, engine.JoinCustomer{Asset: "ast_1", To: "cus_2"}, problem.Forbidden)
}
