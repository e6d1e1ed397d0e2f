package engine_test

import (
	"context"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// Everything somebody has nothing to do with is as if it were not there.
func TestStrangersAreRefused(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	part := c.part(anna)
	c.write(2, "hello")
	offer := c.request(anna).Offer
	anonymous := access.Actor{Kind: access.Anonymous}
	for _, x := range []struct {
		name    string
		who     access.Actor
		command engine.Command
		want    problem.Code
	}{
		{"anonymous writes", anonymous, engine.SendMessage{Conversation: conv, Text: "x"}, problem.TokenRequired},
		{"nobody at all", access.Actor{}, engine.SignInToFloor{}, problem.TokenRequired},
		{"another customer writes", customer(2), engine.SendMessage{Conversation: conv, Text: "x"}, problem.NotFound},
		{"another customer ends it", customer(2), engine.EndChat{Conversation: conv}, problem.NotFound},
		{"a customer ends it as an agent would", customer(1), engine.EndConversation{Conversation: conv}, problem.Forbidden},
		{"a customer signs in to the floor", customer(1), engine.SignInToFloor{}, problem.Forbidden},
		{"a customer starts one for somebody else", customer(3), engine.StartConversation{Asset: "ast_1", Customer: "cus_9"}, problem.Forbidden},
		{"an agent of another organization writes", alien, engine.SendMessage{Conversation: conv, Text: "x"}, problem.NotFound},
		{"an agent who is not in it writes", ben, engine.SendMessage{Conversation: conv, Text: "x"}, problem.NotFound},
		{"an agent who is not in it transfers it", ben, engine.Transfer{Conversation: conv, ToQueue: "que_2"}, problem.NotFound},
		{"an agent ends another's conversation", ben, engine.EndConversation{Conversation: conv}, problem.NotFound},
		{"an agent accepts another's request", ben, engine.AcceptOffer{Offer: offer}, problem.OfferNotFound},
		{"an agent wraps up another's part", ben, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"}, problem.NotFound},
		{"an agent sets another's state", anna, engine.SetPresence{User: ben.User, Presence: routing.Idle}, problem.Forbidden},
		{"an agent signs another out", anna, engine.SignOutOfFloor{User: ben.User}, problem.Forbidden},
		{"an agent deletes an asset", anna, engine.DeleteAsset{Asset: "ast_1", Confirmation: "Shop"}, problem.Forbidden},
		{"a supervisor writes in it", vera, engine.SendMessage{Conversation: conv, Text: "x"}, problem.Forbidden},
		{"an administrator ends it", adam, engine.EndConversation{Conversation: conv}, problem.Forbidden},
		{"the system accepts", bot, engine.AcceptOffer{Offer: offer}, problem.Forbidden},
		{"an unknown conversation", anna, engine.SendMessage{Conversation: "conv_9", Text: "x"}, problem.NotFound},
		{"a conversation without a name", anna, engine.SendMessage{Text: "x"}, problem.NotFound},
		{"a supervisor configures", vera, engine.PutOn{}, problem.Forbidden},
		{"an agent configures", anna, engine.PutOn{}, problem.Forbidden},
		{"the wrong name typed", adam, engine.DeleteAsset{Asset: "ast_1", Confirmation: "shop"}, problem.ConfirmationMissing},
		{"no name typed", adam, engine.DeleteAsset{Asset: "ast_1"}, problem.ConfirmationMissing},
		{"an unknown asset", adam, engine.DeleteAsset{Asset: "ast_9", Confirmation: "x"}, problem.NotFound},
		{"a reason of nobody's", anna, engine.SubmitWrapUp{Part: 99, Reason: "rsn_1"}, problem.NotFound},
	} {
		t.Run(x.name, func(t *testing.T) {
			before := c.inside()
			c.t = t
			c.refused(x.who, x.command, x.want)
			if diff := sameInside(before, c.inside()); diff != "" {
				t.Errorf("a refused command had an effect:\n%s", diff)
			}
		})
	}
	c.t = t
}

func TestCommandIdentifiersHaveAForm(t *testing.T) {
	c := newCentre(t)
	conv := c.write(1, "hello")
	for command, want := range map[string]problem.Code{
		"":                        problem.ClientMsgIDMissing,
		"with space":              problem.ClientMsgIDFormat,
		"line\nbreak":             problem.ClientMsgIDFormat,
		"معرف":                    problem.ClientMsgIDFormat,
		string(make([]byte, 65)):  problem.ClientMsgIDFormat,
		string(make([]byte, 1e4)): problem.ClientMsgIDFormat,
	} {
		_, err := c.Do(t.Context(), engine.Request{Actor: customer(1), CommandID: command, Command: engine.SendMessage{Conversation: conv, Text: "x"}})
		if problem.CodeOf(err) != want {
			t.Errorf("%.20q: got %v, want %s", command, err, want)
		}
	}
	_, err := c.Do(t.Context(), engine.Request{Actor: customer(2), Command: engine.StartConversation{Asset: "ast_1", Customer: "cus_2"}})
	if problem.CodeOf(err) != problem.ClientMsgIDMissing {
		t.Errorf("a start without an identifier: %v", err)
	}
}

func TestACustomerHasOneOpenConversation(t *testing.T) {
	c := newCentre(t)
	conv := c.write(1, "hello")
	_, err := c.try(customer(1), engine.StartConversation{Asset: "ast_1", Customer: "cus_1"})
	if p := problem.Of(err); p.Code != problem.ChatExists || p.Params["conversation"] != string(conv) {
		t.Errorf("a second start: %v, want chat_exists of %s", err, conv)
	}
	c.restart()
	c.refused(customer(1), engine.StartConversation{Asset: "ast_1", Customer: "cus_1"}, problem.ChatExists)
	c.do(customer(1), engine.EndChat{Conversation: conv})
	c.write(1, "again")
}

// A first message that cannot be sent starts nothing.
func TestAStartIsAllOrNothing(t *testing.T) {
	c := newCentre(t)
	start := engine.StartConversation{Asset: "ast_1", Customer: "cus_1", Text: "\u0000"}
	c.refused(customer(1), start, problem.ControlCharacter)
	start.Text, start.Asset = "hello", "ast_9"
	c.refused(customer(1), start, problem.NotFound)
	if in := c.inside(); len(in.Records.Conversations) != 0 || len(in.Chats) != 0 {
		t.Errorf("there are %+v", in)
	}
	c.write(1, "hello")
}

// A transfer with a note that cannot be stored transfers nothing.
func TestATransferIsAllOrNothing(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	c.refused(anna, engine.Transfer{Conversation: conv, ToQueue: "que_2", Note: string(make([]byte, 3))}, problem.ControlCharacter)
	c.refused(anna, engine.Transfer{Conversation: conv, ToAgent: "usr_ben", Note: "fine"}, problem.InvalidTarget)
	for _, e := range c.staffThread(anna, conv).Entries {
		t.Errorf("the staff read %+v", e)
	}
	c.do(anna, engine.SendMessage{Conversation: conv, Text: "still here"})
}

// reachable is what somebody may still read, by topic.
func (c *centre) reachable(who access.Actor, conv id.Conversation) (public, staff error) {
	_, _, public = c.Snapshot(context.Background(), who, view.ConversationTopic(conv))
	_, _, staff = c.Snapshot(context.Background(), who, view.StaffTopic(conv))
	return public, staff
}

// revocations of a user in what was told, by topic.
func revocations(told []engine.Message, u id.User) map[string]bool {
	out := map[string]bool{}
	for _, m := range told {
		for _, r := range m.Revoke {
			if r == u {
				out[m.Topic] = true
			}
		}
	}
	return out
}

func TestWhoeverWasAskedInVainReadsNoMore(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	conv := c.write(1, "hello")
	if public, staff := c.reachable(anna, conv); public != nil || staff != nil {
		t.Fatalf("while asked: %v, %v", public, staff)
	}
	c.messages()
	c.do(anna, engine.SetPresence{Presence: routing.Idle})
	if got := revocations(c.messages(), anna.User); len(got) != 2 {
		t.Errorf("revoked: %v, want both topics", got)
	}
	public, staff := c.reachable(anna, conv)
	if problem.CodeOf(public) != problem.NotFound || problem.CodeOf(staff) != problem.NotFound {
		t.Errorf("afterwards: %v, %v", public, staff)
	}
}

func TestWhoeverLeftReadsWhatWasThereAndNothingNewer(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	c.do(anna, engine.SendMessage{Conversation: conv, Text: "before"})
	c.do(anna, engine.AddNote{Conversation: conv, Text: "a note before"})
	c.messages()
	c.do(anna, engine.Transfer{Conversation: conv, ToQueue: "que_2"})
	told := c.messages()
	if got := revocations(told, anna.User); len(got) != 2 {
		t.Errorf("revoked: %v, want both topics", got)
	}
	last := ""
	for _, m := range told { // what the same step says after she left is not hers
		if m.Topic == view.ConversationTopic(conv) && len(m.Revoke) > 0 {
			break
		}
		for _, ev := range m.Events[view.Staff] {
			if m.Topic == view.ConversationTopic(conv) {
				last = ev.Kind
			}
		}
	}
	if last != "left" {
		t.Errorf("the last she is told is %q, want that she left", last)
	}
	c.ready(ben)
	c.accept(ben)
	c.do(ben, engine.SendMessage{Conversation: conv, Text: "after"})
	c.do(ben, engine.AddNote{Conversation: conv, Text: "a note after"})
	if revoked := revocations(c.messages(), anna.User); len(revoked) != 0 {
		t.Errorf("revoked once more: %v", revoked)
	}

	v := c.conversation(anna, conv)
	if got := texts(v); len(got) != 2 || got[1] != "before" {
		t.Errorf("Anna reads %q", got)
	}
	for _, p := range v.Participants {
		if p.User == ben.User {
			t.Error("Anna reads that Ben came after her")
		}
	}
	for _, e := range c.staffThread(anna, conv).Entries {
		if e.Text == "a note after" {
			t.Error("Anna reads a note that was written after she left")
		}
	}
	if got := texts(c.conversation(ben, conv)); len(got) != 3 {
		t.Errorf("Ben reads %q", got)
	}
	// She may not write, nor be told on, and after her wrap-up not read.
	c.refused(anna, engine.SendMessage{Conversation: conv, Text: "late"}, problem.NotParticipant)
	_, head, err := c.Since(t.Context(), anna, view.ConversationTopic(conv), v.Entries[len(v.Entries)-1].Seq, 10)
	if err != nil || head != v.Entries[len(v.Entries)-1].Seq {
		t.Errorf("Anna is told up to %d (%v)", head, err)
	}
	c.do(anna, engine.SubmitWrapUp{Part: c.part(anna), Reason: "rsn_1"})
	if public, _ := c.reachable(anna, conv); problem.CodeOf(public) != problem.NotParticipant {
		t.Errorf("after her wrap-up: %v", public)
	}
}

func TestACustomerReadsNothingOfTheStaffs(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	c.do(anna, engine.AddNote{Conversation: conv, Text: "difficult"})
	public, staff := c.reachable(customer(1), conv)
	if public != nil || problem.CodeOf(staff) != problem.Forbidden {
		t.Errorf("got %v and %v", public, staff)
	}
	for _, m := range c.messages() {
		if m.Topic == view.StaffTopic(conv) && len(m.Events[view.Customer]) > 0 {
			t.Error("a staff line is told to customers")
		}
	}
	for _, who := range []access.Actor{customer(2), ben, alien, adam} {
		if public, _ := c.reachable(who, conv); public == nil {
			t.Errorf("%s%s reads the conversation", who.User, who.Customer)
		}
	}
}

func TestASupervisorReadsEverythingAndEndsIt(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	if public, staff := c.reachable(vera, conv); public != nil || staff != nil {
		t.Errorf("got %v and %v", public, staff)
	}
	c.do(vera, engine.EndConversation{Conversation: conv})
	if v := c.conversation(vera, conv); v.Cause != "supervisor" {
		t.Errorf("it ended by %q", v.Cause)
	}
	if v := c.conversation(customer(1), conv); v.Cause != "agent" {
		t.Errorf("the customer reads that it ended by %q", v.Cause)
	}
	c.do(vera, engine.SetPresence{User: anna.User, Presence: routing.Idle})
	if d := c.desk(anna); d.Agent.Presence != "idle" || d.Agent.SetBy != "Vera" {
		t.Errorf("Anna's state is %+v", d.Agent)
	}
}

func TestAReasonMayBeCorrectedForADay(t *testing.T) {
	c := newCentre(t)
	p := c.wrappingUp()
	c.do(anna, engine.SubmitWrapUp{Part: p, Reason: "rsn_1"})
	c.pass(23 * time.Hour)
	c.do(anna, engine.SubmitWrapUp{Part: p, Reason: "rsn_2"})
	if got, err := c.db.Part(t.Context(), acme, p); err != nil || got.Reason != "rsn_2" {
		t.Errorf("the reason is %q (%v)", got.Reason, err)
	}
	c.refused(ben, engine.SubmitWrapUp{Part: p, Reason: "rsn_1"}, problem.NotFound)
	c.pass(2 * time.Hour)
	c.refused(anna, engine.SubmitWrapUp{Part: p, Reason: "rsn_1"}, problem.WrapUpDone)
}
