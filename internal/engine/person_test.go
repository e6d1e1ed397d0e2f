package engine_test

import (
	"slices"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// read is what a past conversation says to somebody who talks to the customer.
func (c *centre) read(a access.Actor, now, past id.Conversation) []string {
	c.t.Helper()
	v, err := c.PastConversation(c.t.Context(), a, now, past, 0, 50)
	if err != nil {
		c.t.Fatal(err)
	}
	return texts(v)
}

// Whoever asks to be erased is, once nothing of theirs goes on or is held, and
// nobody else is. Their conversations stay as counts, the record of it says how
// many and no more, and nothing comes back with a restart.
func TestAPersonIsErased(t *testing.T) {
	c := newCentre(t)
	old := c.past(1, anna, "rsn_1")
	others := c.past(2, anna, "rsn_1")
	open := c.answered(1, anna)
	erase := func(typed string) error {
		_, err := c.ErasePerson(t.Context(), adam, "cus_1", typed)
		return err
	}
	wantProblem(t, "while they talk", erase("sara@example.com"), problem.PersonBusy)
	part := c.part(anna)
	c.do(anna, engine.EndConversation{Conversation: open})
	wantProblem(t, "while it is wrapped up", erase("sara@example.com"), problem.PersonBusy)
	c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"})
	wantProblem(t, "with another name", erase("Sara"), problem.ConfirmationMissing)
	wantProblem(t, "somebody unknown", func() error { _, err := c.ErasePerson(t.Context(), adam, "cus_9", ""); return err }(), problem.NotFound)
	wantProblem(t, "by an agent", func() error { _, err := c.ErasePerson(t.Context(), anna, "cus_1", "sara@example.com"); return err }(), problem.Forbidden)
	wantProblem(t, "by another organization", func() error { _, err := c.ErasePerson(t.Context(), alien, "cus_1", "sara@example.com"); return err }(), problem.NotFound)
	for _, object := range []string{"cus_1", string(old)} {
		if err := c.Hold(t.Context(), adam, object, "a case"); err != nil {
			t.Fatal(err)
		}
		wantProblem(t, object+" held", erase("sara@example.com"), problem.LegalHold)
		if err := c.Release(t.Context(), adam, object); err != nil {
			t.Fatal(err)
		}
	}

	before := len(c.records())
	done, err := c.ErasePerson(t.Context(), adam, "cus_1", " sara@example.com ")
	if err != nil || done.Conversations != 2 {
		t.Fatalf("erased %+v, %v", done, err)
	}
	record := c.records()[before]
	if record.Act != "erase_person" || record.Object != "cus_1" || record.Actor != string(adam.User) ||
		record.Detail != `{"kind":"person","fields":[{"field":"conversations","from":"2","to":"0"},{"field":"files","from":"0","to":"0"},{"field":"identities","from":"0","to":"0"}]}` {
		t.Errorf("recorded %+v", record)
	}
	for _, when := range []string{"at once", "after a restart"} {
		if found, err := c.FindPeople(t.Context(), adam, "SARA@example.com"); err != nil || len(found) != 1 || found[0].Customer != "cus_2" {
			t.Errorf("%s: found %+v, %v", when, found, err)
		}
		p, err := c.Person(t.Context(), adam, "cus_1")
		if err != nil || p.Name != "" || p.Email != "" || len(p.Conversations) != 2 || p.Kept() != 0 {
			t.Errorf("%s: kept %+v, %v", when, p, err)
		}
		c.restart()
	}
	now := c.answered(1, anna) // they may come back, as anybody
	if said := c.read(anna, now, old); slices.ContainsFunc(said, func(s string) bool { return s != "" }) || len(said) != 2 {
		t.Errorf("what was said: %q", said)
	}
	another := c.write(2, "me")
	c.accept(anna)
	if said := c.read(anna, another, others); !slices.Equal(said, []string{"hello", "about my order"}) {
		t.Errorf("what somebody else said: %q", said)
	}
}

// What is taken away says when that was, and of each message whose it is.
func TestAnExportSaysWhenItWasMadeAndWhoWrote(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	part := c.part(anna)
	c.do(anna, engine.SendMessage{Conversation: conv, Text: "it is on its way"})
	c.do(anna, engine.EndConversation{Conversation: conv})
	c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"})
	c.past(1, anna, "rsn_1")
	f, err := c.ExportPerson(t.Context(), adam, "cus_1")
	if records := c.records(); err != nil || !f.ExportedAt.Equal(records[len(records)-1].At) {
		t.Fatalf("exported at %v, %v", f.ExportedAt, err)
	}
	var said []string
	for _, conversation := range f.Conversations {
		for _, m := range conversation.Messages {
			said = append(said, m.From+" "+m.Name+": "+m.Text)
		}
	}
	want := []string{"customer Sara: hello", "customer Sara: about my order", "customer Sara: hello", "agent Anna: it is on its way"}
	if !slices.Equal(said, want) {
		t.Errorf("it says %q", said)
	}
}

// An agent who is in RONA for a conversation reads its customer's name on the
// desk until it is erased.
func TestAnErasedNameLeavesTheDesks(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	conv := c.write(1, "anybody?")
	c.do(anna, engine.ConfirmOffer{Offer: c.request(anna).Offer})
	c.pass(31 * time.Second)
	if a := c.desk(anna).Agent; a.Missed == nil || a.Missed.Customer != "Sara" {
		t.Fatalf("the desk says %+v", a)
	}
	c.do(customer(1), engine.EndChat{Conversation: conv})
	c.messages()
	if _, err := c.ErasePerson(t.Context(), adam, "cus_1", "sara@example.com"); err != nil {
		t.Fatal(err)
	}
	if a := c.desk(anna).Agent; a.Missed == nil || a.Missed.Customer != "" {
		t.Errorf("the desk says %+v", a.Missed)
	}
	if !slices.ContainsFunc(c.messages(), func(m engine.Message) bool { return m.Topic == view.AgentTopic(anna.User) }) {
		t.Error("the desk was not told")
	}
}

// Whoever is held is also held once they have said who they are.
func TestAHoldFollowsThePerson(t *testing.T) {
	c := newCentre(t)
	c.past(1, anna, "rsn_1")
	if err := c.Hold(t.Context(), adam, "cus_1", "a case"); err != nil {
		t.Fatal(err)
	}
	c.do(bot, engine.JoinCustomer{Asset: "ast_1", From: "cus_1", To: "cus_2"})
	_, err := c.ErasePerson(t.Context(), adam, "cus_2", "sara@example.com")
	wantProblem(t, "held under the other name", err, problem.LegalHold)
	for _, bad := range []string{"", " ", string(make([]rune, 256))} {
		wantProblem(t, "a reason", c.Hold(t.Context(), adam, "cus_2", bad), problem.InvalidParameter)
	}
	wantProblem(t, "of nobody", c.Hold(t.Context(), adam, "cus_9", "a case"), problem.NotFound)
	wantProblem(t, "of nothing", c.Hold(t.Context(), adam, "conv_9", "a case"), problem.NotFound)
	wantProblem(t, "by an agent", c.Hold(t.Context(), anna, "cus_2", "a case"), problem.Forbidden)
}
