package storetest

import (
	"fmt"
	"testing"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// closedChat stores a conversation that began and ended, answered by anna.
func (w *world) closedChat(n int, customer id.Customer) engine.Past {
	w.t.Helper()
	c := id.Conversation(fmt.Sprintf("conv_past_%d", n))
	b, s := begin(c, customer, id.Task(n))
	b.Chats[0].Record.Header.StartedAt = at(n)
	b.Floor.Conversations[0].StartedAt = at(n)
	w.commit(b)
	change := step(w.t, s, chat.Join{User: "usr_anna", Name: "Anna", Owner: true}, post("m1", "hello"), chat.Close{Cause: "agent"})
	change.Record.Header.StartedAt = at(n)
	p := openPart(id.Part(n), id.Task(n), c, "usr_anna", 1)
	p.EndedAt, p.SubmittedAt, p.Reason = at(n+2), at(n+3), "rsn_1"
	done := b.Floor.Conversations[0]
	done.ClosedAt, done.Cause = at(n+2), routing.CauseAgent
	w.commit(engine.OrgBatch{Chats: []engine.ChatChange{change}, Floor: routing.Records{
		Conversations: []routing.Conversation{done}, Parts: []routing.Part{p}, LastPart: id.Part(n),
	}})
	noted := step(w.t, s,
		chat.AddNote{User: "usr_anna", Name: "Anna", ClientID: "n1", Text: "only a note"},
		chat.AddNote{User: "usr_anna", Name: "Anna", ClientID: "n2", Text: "with the wrap-up", WrapUp: true})
	w.commit(engine.OrgBatch{Chats: []engine.ChatChange{noted}})
	past := engine.Past{Record: noted.Record, Queue: "que_1", Parts: []routing.Part{p}, Notes: noted.Entries[1:]}
	past.Record.Sent, past.Record.Header.StartedAt = nil, at(n)
	return past
}

func historyTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	var all []engine.Past // newest first
	for n := 1; n <= 5; n++ {
		all = append([]engine.Past{w.closedChat(10*n, "cus_sara")}, all...)
	}
	w.closedChat(100, "cus_other")
	now, _ := begin(conv1, "cus_sara", 200) // still open
	w.commit(now)

	expect := func(what string, customer id.Customer, but, before id.Conversation, limit int, want []engine.Past, wantMore bool) {
		t.Helper()
		got, more, err := w.History(t.Context(), acme, customer, but, before, limit)
		w.ok(err)
		same(t, what, want, got)
		same(t, what+": more", wantMore, more)
	}
	of := func(i int) id.Conversation { return all[i].Record.Header.ID }
	expect("all", "cus_sara", conv1, "", 10, all, false)
	expect("the first page", "cus_sara", conv1, "", 2, all[:2], true)
	expect("the next", "cus_sara", conv1, of(1), 2, all[2:4], true)
	expect("the last", "cus_sara", conv1, of(3), 2, all[4:], false)
	expect("but one, and not what is open", "cus_sara", of(0), "", 10, all[1:], false)
	expect("after an unknown one", "cus_sara", conv1, "conv_nobody", 10, nil, false)
	expect("of somebody new", "cus_new", conv1, "", 10, nil, false)

	regular := func(what string, o id.Org, customer id.Customer, since time.Time, want id.User) {
		t.Helper()
		got, err := w.Regular(t.Context(), o, customer, since)
		w.ok(err)
		same(t, "the agent who served "+what, want, got)
	}
	regular("somebody", acme, "cus_sara", at(0), "usr_anna")
	regular("somebody too long ago", acme, "cus_sara", at(52), "")
	regular("somebody new", acme, "cus_new", at(0), "")
	regular("somebody of another organization", other, "cus_sara", at(0), "")

	w.create(sample(other))
	got, _, err := w.History(t.Context(), other, "cus_sara", conv1, "", 10)
	w.ok(err)
	same(t, "of another organization", []engine.Past(nil), got)
}
