package engine_test

import (
	"testing"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// closedShop is the sample whose first queue is never open and takes messages.
func closedShop(c *org.Config) {
	c.Hours = []org.Hours{{ID: "hrs_1", Name: org.Name{En: "Never"}, Schedule: hours.Schedule{Zone: "UTC"}, Version: 1}}
	c.Queues[0].Limits = org.Limits{Hours: "hrs_1", Then: org.ThenMessage, ThenText: org.Name{En: "Back soon", Ar: "نعود قريبًا"}}
}

func lines(v view.Conversation) (list []string) {
	for _, e := range v.Entries {
		if e.Kind == "line" {
			list = append(list, e.Line)
		}
	}
	return list
}

// A message that was acknowledged is there after a restart, once however often
// it was sent, and is answered like a conversation; the customer finds the
// answer.
func TestALeftMessageIsKeptOnceAndAnswered(t *testing.T) {
	c := newCentre(t, closedShop)
	who := customer(1)
	left := engine.StartConversation{Asset: "ast_1", Customer: who.Customer, Name: "Sara", Email: "sara@example.com", Language: "ar", Text: "call me", LeftMessage: true}
	live := left
	live.LeftMessage = false
	_, err := c.try(who, live)
	if p := problem.Of(err); p.Code != problem.QueueClosed || p.Params["leave_message"] != true {
		t.Errorf("closed, a start is answered %v", err)
	}
	door, err := c.Door(t.Context(), acme, "ast_1")
	if err != nil || door.Open || !door.Message || !door.OpensAt.IsZero() || door.Text.En != "Back soon" {
		t.Errorf("the door says %+v, %v", door, err)
	}
	send := func() (engine.Reply, error) {
		return c.Do(t.Context(), engine.Request{Actor: who, CommandID: "m-1", Command: left})
	}
	first, err := send()
	if err != nil {
		t.Fatal(err)
	}
	c.restart()
	again, err := send()
	if err != nil || !again.Duplicate || again.Conversation != first.Conversation {
		t.Errorf("sent again it is %+v, %v, not %+v", again, err, first)
	}
	c.refused(who, left, problem.ChatExists)
	conv := first.Conversation
	thread := c.conversation(who, conv)
	if got := texts(thread); len(got) != 1 || got[0] != "call me" {
		t.Errorf("kept is %q", got)
	}
	last := thread.Entries[len(thread.Entries)-1]
	if last.Line != "message_left" || last.Params["closing_ar"] != "نعود قريبًا" {
		t.Errorf("the last entry is %+v", last)
	}

	c.pass(48 * time.Hour)
	c.ready(anna)
	card := c.request(anna)
	if card.Conversation != conv || !card.LeftMessage || !card.CustomerAway {
		t.Fatalf("anna is asked %+v", card)
	}
	c.accept(anna)
	c.do(anna, engine.SendMessage{Conversation: conv, Text: "we will"})
	c.pass(time.Hour) // nobody is there to be silent
	c.do(anna, engine.EndConversation{Conversation: conv})
	c.do(anna, engine.SubmitWrapUp{Part: c.part(anna), Reason: "rsn_1"})
	if got := texts(c.conversation(who, conv)); len(got) != 2 || got[1] != "we will" {
		t.Errorf("the customer finds %q", got)
	}
}

// Nothing is stored of a message that cannot be kept.
func TestAMessageIsRefusedWhole(t *testing.T) {
	c := newCentre(t, closedShop)
	message := func(n int, asset id.Asset, text string) engine.StartConversation {
		return engine.StartConversation{Asset: asset, Customer: customer(n).Customer, Name: "Sara", Language: "ar", Text: text, LeftMessage: true}
	}
	c.refused(customer(1), message(1, "ast_1", ""), problem.TextEmpty)
	c.refused(customer(1), message(1, "ast_2", "hello"), problem.QueueClosed) // takes none
	// The refusals left nothing behind that would be in the way.
	c.do(customer(1), message(1, "ast_1", "hello"))
}

// Whoever has waited enough leaves what they wrote as a message; they may go,
// and when they are back and write they wait like everybody else.
func TestWaitingBecomesAMessageAndAMessageWaiting(t *testing.T) {
	c := newCentre(t, func(config *org.Config) {
		config.Queues[0].Limits = org.Limits{MaxWait: time.Minute, Then: org.ThenMessage}
	})
	who := customer(1)
	conv := c.write(1, "anybody?")
	c.do(bot, engine.CustomerBack{Conversation: conv})
	c.pass(2 * time.Minute)
	if got := lines(c.conversation(who, conv)); len(got) != 1 || got[0] != "message_left" {
		t.Fatalf("after its maximum wait: %v", got)
	}
	c.messages()
	c.pass(2 * time.Second)
	if place, told := c.lastPlace(conv); told {
		t.Errorf("nobody waits, and is told %+v", place)
	}
	c.do(anna, engine.SignInToFloor{})
	c.do(who, engine.SendMessage{Conversation: conv, Text: "now?"})
	if got := lines(c.conversation(who, conv)); len(got) != 2 || got[1] != "message_asked" {
		t.Fatalf("back and writing: %v", got)
	}
	c.pass(2 * time.Second)
	if place, told := c.lastPlace(conv); !told || place.Position != 1 {
		t.Errorf("waits and is told %+v, %v", place, told)
	}
	c.do(anna, engine.SetPresence{Presence: routing.Available})
	if card := c.request(anna); card.Conversation != conv || card.CustomerAway {
		t.Errorf("anna is asked %+v", card)
	}
}

// The customer says how it was, once it has ended; supervisors read it, and the
// last word is the one that stands last. The agent who wraps up reads what was
// there before, and no more.
func TestACustomerRatesWhatHasEnded(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	who := customer(1)
	c.refused(who, engine.RateConversation{Conversation: conv, Score: 5}, problem.StateNotAllowed)
	c.do(anna, engine.EndConversation{Conversation: conv})
	for _, score := range []int{-1, 0, 6} {
		c.refused(who, engine.RateConversation{Conversation: conv, Score: score}, problem.OutOfRange)
	}
	c.refused(customer(2), engine.RateConversation{Conversation: conv, Score: 5}, problem.NotFound)
	c.refused(anna, engine.RateConversation{Conversation: conv, Score: 5}, problem.Forbidden)
	c.do(who, engine.RateConversation{Conversation: conv, Score: 2})
	c.restart()
	c.do(who, engine.RateConversation{Conversation: conv, Score: 4})
	var scores []string
	for _, e := range c.staffThread(vera, conv).Entries {
		if e.Line == "rated" {
			scores = append(scores, e.Params["score"])
		}
	}
	if len(scores) != 2 || scores[1] != "4" {
		t.Errorf("a supervisor reads %v", scores)
	}
	if own := c.staffThread(anna, conv).Entries; len(own) != 0 {
		t.Errorf("anna reads %+v", own)
	}
}
