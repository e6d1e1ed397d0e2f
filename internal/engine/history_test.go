package engine_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// What was said of the customer at the start is beside the conversation for
// staff, and not in what the customer gets.
func TestWhatIsKnownOfTheCustomerIsForStaff(t *testing.T) {
	c := newCentre(t)
	about := chat.About{
		Phone: "+966 55 123 4567", PageTitle: "Cart", Referrer: "https://search.example/", Browser: "ar-SA", TimeZone: "Asia/Riyadh", Visits: 3,
		Answers: []chat.Attribute{{Name: "Order", Value: "12"}}, Attributes: []chat.Attribute{{Name: "plan", Value: "gold"}},
	}
	who := customer(1)
	reply := c.do(who, engine.StartConversation{Asset: "ast_1", Customer: who.Customer, Name: "Sara", Language: "ar", Text: "hello", About: about})
	c.ready(anna)
	c.accept(anna)
	c.restart()
	snapshot := func(a access.Actor) view.Conversation {
		t.Helper()
		data, _, err := c.Snapshot(t.Context(), a, view.ConversationTopic(reply.Conversation))
		if err != nil {
			t.Fatal(err)
		}
		return data.(view.Conversation)
	}
	want := &view.CustomerCard{
		ID: who.Customer, Name: "Sara", Phone: about.Phone, PageTitle: about.PageTitle, Referrer: about.Referrer,
		BrowserLanguage: about.Browser, TimeZone: about.TimeZone, Visits: 3, Answers: about.Answers, Attributes: about.Attributes,
	}
	if diff := cmp.Diff(want, snapshot(anna).Customer); diff != "" {
		t.Errorf("to staff (-want +got):\n%s", diff)
	}
	if got := snapshot(who).Customer; got != nil {
		t.Errorf("to the customer: %+v", got)
	}
}

// past is one chat of a customer from beginning to wrap-up.
func (c *centre) past(n int, a access.Actor, reason id.Reason) id.Conversation {
	c.t.Helper()
	conv := c.answered(n, a)
	part := c.part(a)
	c.do(customer(n), engine.SendMessage{Conversation: conv, Text: "about my order"})
	c.pass(time.Minute)
	c.do(a, engine.EndConversation{Conversation: conv})
	c.do(a, engine.SubmitWrapUp{Part: part, Reason: reason})
	c.pass(time.Minute)
	return conv
}

func TestWhoeverHasTheConversationReadsTheCustomersHistory(t *testing.T) {
	c := newCentre(t)
	first := c.past(1, anna, "rsn_1")
	second := c.past(1, anna, "rsn_2")
	others := c.past(2, anna, "rsn_1")
	now := c.answered(1, anna)

	got, err := c.History(t.Context(), anna, now, "", 20)
	if err != nil || got.More || len(got.Conversations) != 2 {
		t.Fatalf("got %+v, %v", got, err)
	}
	newest := got.Conversations[0]
	if newest.ID != second || got.Conversations[1].ID != first {
		t.Errorf("in order %s, %s; want %s, %s", newest.ID, got.Conversations[1].ID, second, first)
	}
	want := view.PastConversation{
		ID: second, StartedAt: newest.StartedAt, ClosedAt: newest.StartedAt.Add(time.Minute), Queue: newest.Queue,
		Agents: []view.Colleague{{User: anna.User, Name: "Anna", Role: "owner"}}, Cause: "agent",
		Reason: &view.Named{ID: "rsn_2", Name: org.Name{En: "Later", Ar: "لاحقاً"}}, Language: newest.Language,
	}
	if diff := cmp.Diff(want, newest); diff != "" || newest.Queue.Name.En == "" {
		t.Errorf("the newest (-want +got):\n%s", diff)
	}
	page, err := c.History(t.Context(), anna, now, second, 1)
	if err != nil || len(page.Conversations) != 1 || page.Conversations[0].ID != first || page.More {
		t.Errorf("before it: %+v, %v", page, err)
	}
	old, err := c.PastConversation(t.Context(), anna, now, first, 0, 200)
	if err != nil || old.Status != "closed" || old.Customer == nil || len(old.Entries) < 3 {
		t.Errorf("the first: %+v, %v", old, err)
	}
	last, err := c.PastConversation(t.Context(), anna, now, first, 0, 1)
	if err != nil || len(last.Entries) != 1 || !last.More || last.Entries[0].Status != "closed" {
		t.Errorf("its last line: %+v, %v", last, err)
	}

	for _, x := range []struct {
		name string
		who  access.Actor
		at   id.Conversation
		past id.Conversation
		want problem.Code // "" is allowed
	}{
		{"a supervisor", vera, now, first, ""},
		{"who is not in it", ben, now, first, problem.NotFound},
		{"an administrator", adam, now, first, problem.Forbidden},
		{"the customer", customer(1), now, first, problem.Forbidden},
		{"another organization", alien, now, first, problem.NotFound},
		{"by one that has ended for them", anna, second, first, problem.NotParticipant},
	} {
		for what, err := range map[string]error{
			"list": func() error { _, err := c.History(t.Context(), x.who, x.at, "", 20); return err }(),
			"one":  func() error { _, err := c.PastConversation(t.Context(), x.who, x.at, x.past, 0, 20); return err }(),
		} {
			if x.want == "" && err != nil || x.want != "" && (err == nil || problem.CodeOf(err) != x.want) {
				t.Errorf("%s, %s: got %v, want %q", x.name, what, err, x.want)
			}
		}
	}
	// She reads up to where she left, and not by this way the rest.
	c.ready(ben)
	c.do(anna, engine.Transfer{Conversation: now, ToAgent: ben.User})
	c.accept(ben)
	c.do(ben, engine.EndConversation{Conversation: now})
	if _, err := c.PastConversation(t.Context(), anna, now, now, 0, 20); problem.CodeOf(err) != problem.NotFound {
		t.Errorf("the one she gave away, since closed: %v", err)
	}
	for name, past := range map[string]id.Conversation{"another customer's": others, "this one": now, "none": "conv_9"} {
		if _, err := c.PastConversation(t.Context(), anna, now, past, 0, 20); problem.CodeOf(err) != problem.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A customer lists what was theirs and reads it, and nobody else's; nobody
// lists it for them by this way.
func TestACustomerReadsTheirOwnEarlierConversations(t *testing.T) {
	c := newCentre(t)
	first := c.past(1, anna, "rsn_1")
	second := c.past(1, anna, "rsn_2")
	others := c.past(2, anna, "rsn_1")
	now := c.answered(1, anna)

	sara := customer(1)
	got, err := c.Earlier(t.Context(), sara, "", 20)
	if err != nil || got.More || len(got.Conversations) != 2 {
		t.Fatalf("got %+v, %v", got, err)
	}
	newest := got.Conversations[0]
	want := view.EarlierConversation{
		ID: second, StartedAt: newest.StartedAt, ClosedAt: newest.StartedAt.Add(time.Minute), Agents: []string{"Anna"}, Text: "about my order",
	}
	if diff := cmp.Diff(want, newest); diff != "" || got.Conversations[1].ID != first {
		t.Errorf("the newest (-want +got):\n%s\nthen %s, want %s; %s is open", diff, got.Conversations[1].ID, first, now)
	}
	page, err := c.Earlier(t.Context(), sara, "", 1)
	if err != nil || !page.More || len(page.Conversations) != 1 || page.Conversations[0].ID != second {
		t.Errorf("a page: %+v, %v", page, err)
	}
	page, err = c.Earlier(t.Context(), sara, second, 1)
	if err != nil || page.More || len(page.Conversations) != 1 || page.Conversations[0].ID != first {
		t.Errorf("the next: %+v, %v", page, err)
	}
	data, _, err := c.Snapshot(t.Context(), sara, view.ConversationTopic(first))
	if v, ok := data.(view.Conversation); err != nil || !ok || v.Status != "closed" || v.Customer != nil {
		t.Errorf("read: %+v, %v", data, err)
	}
	if _, _, err := c.Snapshot(t.Context(), sara, view.ConversationTopic(others)); problem.CodeOf(err) != problem.NotFound {
		t.Errorf("another customer's: %v", err)
	}
	if got, err := c.Earlier(t.Context(), customer(3), "", 20); err != nil || got.Conversations == nil || len(got.Conversations) != 0 {
		t.Errorf("of somebody new: %+v, %v", got, err)
	}
	if got, err := c.Earlier(t.Context(), sara, others, 20); err != nil || slices.ContainsFunc(got.Conversations, func(v view.EarlierConversation) bool { return v.ID == others }) {
		t.Errorf("from another's place: %+v, %v", got, err)
	}
	for _, who := range []access.Actor{anna, vera, adam} {
		if _, err := c.Earlier(t.Context(), who, "", 20); problem.CodeOf(err) != problem.Forbidden {
			t.Errorf("%s lists it: %v", who.User, err)
		}
	}
}
