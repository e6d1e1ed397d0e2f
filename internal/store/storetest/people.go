package storetest

import (
	"testing"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// peopleTests: who is known by what, and what erasing and holding do to one
// person and to nobody else, in one organization and in no other.
func peopleTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	w.closedChat(10, "cus_sara")
	w.closedChat(20, "cus_sara")
	w.closedChat(30, "cus_other")
	w.create(sample(other))

	find := func(o id.Org, what string, want ...id.Customer) {
		t.Helper()
		got, err := w.FindPeople(t.Context(), o, what, 10)
		w.ok(err)
		same(t, "known by "+what, want, got)
	}
	find(acme, "conv_past_10", "cus_sara")
	find(acme, "cus_sara", "cus_sara")
	find(acme, "nobody@example.org")
	find(other, "conv_past_10")
	find(other, "cus_sara")

	due := func(o id.Org, seconds, limit int, want ...id.Conversation) {
		t.Helper()
		got, err := w.Ended(t.Context(), o, "que_1", at(seconds), limit)
		w.ok(err)
		same(t, "due", want, got)
	}
	person := func(c id.Customer) engine.Person {
		t.Helper()
		p, err := w.Person(t.Context(), acme, c)
		w.ok(err)
		return p
	}
	due(acme, 1000, 10, "conv_past_10", "conv_past_20", "conv_past_30")
	due(acme, 1000, 1, "conv_past_10")
	due(acme, 0, 10)
	due(other, 1000, 10)
	w.commit(engine.OrgBatch{Holds: []engine.Hold{{Object: "cus_sara", Reason: "a case", By: "usr_anna", At: at(100)}}})
	due(acme, 1000, 10, "conv_past_30")
	if h := person("cus_sara").Hold; h == nil || h.Reason != "a case" || h.By != "usr_anna" || !h.At.Equal(at(100)) {
		t.Errorf("the hold is %+v", h)
	}
	holds, err := w.Holds(t.Context(), other)
	w.ok(err)
	same(t, "holds of another organization", []engine.Hold(nil), holds)
	w.commit(engine.OrgBatch{Holds: []engine.Hold{{Object: "cus_sara"}}})
	due(acme, 1000, 10, "conv_past_10", "conv_past_20", "conv_past_30")

	for _, b := range []access.Block{
		{ID: "blk_1", Customer: "cus_sara", Conversation: "conv_past_10", Reason: "Sara wrote this"},
		{ID: "blk_2", Customer: "cus_other", Conversation: "conv_past_30"},
	} {
		b.Org, b.By, b.CreatedAt = acme, "usr_anna", at(0)
		_, err := w.PutBlock(t.Context(), b, 10)
		w.ok(err)
	}
	w.commit(engine.OrgBatch{Erased: []id.Conversation{"conv_past_10"}, Forgotten: []id.Customer{"cus_sara"}})
	blocked, err := w.EveryBlock(t.Context())
	w.ok(err)
	if len(blocked) != 1 || blocked[0].ID != "blk_2" {
		t.Errorf("blocked are still %+v", blocked)
	}
	due(acme, 1000, 10, "conv_past_20", "conv_past_30")
	p := person("cus_sara")
	if len(p.Conversations) != 2 || p.Kept() != 1 || p.Conversations[1].ErasedAt.IsZero() || p.Conversations[0].Busy {
		t.Errorf("kept %+v", p.Conversations)
	}
	for _, c := range []id.Conversation{"conv_past_10", "conv_past_20"} {
		thread, err := w.Thread(t.Context(), acme, c, "conv", engine.Window{Limit: 10})
		w.ok(err)
		for _, e := range thread.Entries {
			if e.Kind == "message" && (e.Text == "") != (c == "conv_past_10") {
				t.Errorf("%s says %q", c, e.Text)
			}
		}
	}
	blobs, err := w.Blobs(t.Context(), acme, []id.Conversation{"conv_past_20"})
	w.ok(err)
	same(t, "files", []string(nil), blobs)
	w.saidAndErased()
	_, err = w.Person(t.Context(), acme, "cus_nobody")
	wantCode(t, "nobody", err, problem.NotFound)
	_, err = w.Person(t.Context(), other, "cus_sara")
	wantCode(t, "another organization's", err, problem.NotFound)
	w.ok(w.Scrub(t.Context()))
}

// saidAndErased: what a batch says is not left over by the same batch's erasing.
func (w *world) saidAndErased() {
	w.t.Helper()
	b, s := begin(conv1, "cus_late", 500)
	w.commit(b)
	change := step(w.t, s, chat.Join{User: "usr_anna", Name: "Anna", Owner: true}, post("late", "the last word"), chat.Close{Cause: "agent"})
	done := b.Floor.Conversations[0]
	done.ClosedAt, done.Cause = at(501), routing.CauseAgent
	w.commit(engine.OrgBatch{
		Chats: []engine.ChatChange{change}, Floor: routing.Records{Conversations: []routing.Conversation{done}}, Erased: []id.Conversation{conv1},
		Replies: []engine.StoredReply{{Key: engine.ReplyKey{Org: acme, Scope: string(conv1), Command: "late"}, At: at(501)}},
	})
	thread, err := w.Thread(w.t.Context(), acme, conv1, chat.Public, engine.Window{Forward: true, Limit: 100})
	w.ok(err)
	if len(thread.Entries) == 0 {
		w.t.Error("nothing is left of the conversation")
	}
	for _, e := range thread.Entries {
		if e.Text != "" || e.Kind == chat.KindMessage && e.ClientID != "" {
			w.t.Errorf("it says %q still", e.Text)
		}
	}
	replies, err := w.Replies(w.t.Context(), []engine.ReplyKey{{Org: acme, Scope: string(conv1), Command: "late"}})
	w.ok(err)
	same(w.t, "replies", 0, len(replies))
}
