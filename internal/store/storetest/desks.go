package storetest

import (
	"encoding/json"
	"sync"
	"testing"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/view"
)

// events are n events of Anna's topic, the first numbered from.
func events(from id.Seq, n int) []engine.FeedEvent {
	var out []engine.FeedEvent
	for i := range n {
		out = append(out, engine.FeedEvent{User: "usr_anna", Event: view.Event{
			Topic: "agent/usr_anna", Seq: from + id.Seq(i), At: at(i), Kind: "agent", Data: view.Agent{User: "usr_anna", Occupied: i},
		}})
	}
	return out
}

func feedTests(t *testing.T, open func(t *testing.T) Store) {
	t.Run("events come back in order, as they go over the wire", func(t *testing.T) {
		w := newWorld(t, open)
		w.commit(engine.OrgBatch{Feed: events(1, 3)})
		w.commit(engine.OrgBatch{Feed: events(4, 2)})
		got, err := w.Feed(t.Context(), acme, "usr_anna", 1, 3)
		w.ok(err)
		var want []view.Event
		for _, e := range append(events(1, 3), events(4, 2)...)[1:4] {
			data, err := json.Marshal(e.Event.Data)
			w.ok(err)
			e.Event.Data = json.RawMessage(data)
			want = append(want, e.Event)
		}
		same(t, "events", want, got)
		floor, err := w.Floor(t.Context(), acme)
		w.ok(err)
		same(t, "heads", map[string]id.Seq{"agent/usr_anna": 5}, floor.Heads)
	})

	t.Run("what is no longer kept is not given with a hole", func(t *testing.T) {
		w := newWorld(t, open)
		for i := range 30 {
			w.commit(engine.OrgBatch{Feed: events(id.Seq(100*i+1), 100)})
		}
		got, err := w.Feed(t.Context(), acme, "usr_anna", 5, 10)
		w.ok(err)
		if len(got) != 0 {
			t.Errorf("got %d events from %d on after 5", len(got), got[0].Seq)
		}
		got, err = w.Feed(t.Context(), acme, "usr_anna", 2900, 1000)
		w.ok(err)
		if len(got) != 100 {
			t.Errorf("got %d events after 2900, want 100", len(got))
		}
	})

	for name, bad := range map[string][]engine.FeedEvent{
		"a hole between batches": events(5, 1),
		"a hole within a batch":  append(events(4, 1), events(6, 1)...),
		"a number used twice":    events(3, 1),
	} {
		t.Run("refused: "+name, func(t *testing.T) {
			w := newWorld(t, open)
			w.commit(engine.OrgBatch{Feed: events(1, 3)})
			w.refused(engine.OrgBatch{Feed: bad})
		})
	}
}

func replyTests(t *testing.T, open func(t *testing.T) Store) {
	reply := func(scope, command string, n int) engine.StoredReply {
		r := filled[engine.StoredReply]()
		r.Key, r.At, r.Reply.Seq = engine.ReplyKey{Org: acme, Scope: scope, Command: command}, at(n), id.Seq(n)
		return r
	}
	a, b, c := reply("conv_1", "a", 1), reply("conv_1", "b", 2), reply("usr_anna", "a", 3)

	t.Run("found by key and by scope", func(t *testing.T) {
		w := newWorld(t, open)
		w.commit(engine.OrgBatch{Replies: []engine.StoredReply{a, b, c}})
		got, err := w.Replies(t.Context(), []engine.ReplyKey{a.Key, {Org: acme, Scope: "conv_1", Command: "unknown"}, {Org: other, Scope: "conv_1", Command: "a"}})
		w.ok(err)
		same(t, "by key", []engine.StoredReply{a}, got)
		got, err = w.Replies(t.Context(), []engine.ReplyKey{{Org: acme, Scope: "conv_1"}})
		w.ok(err)
		same(t, "by scope", []engine.StoredReply{a, b}, got)
	})

	t.Run("forgotten by age where there is no conversation", func(t *testing.T) {
		w := newWorld(t, open)
		v := reply("visitor/cus_1", "a", 5)
		w.commit(engine.OrgBatch{Replies: []engine.StoredReply{a, b, c, v}})
		left := func() []engine.StoredReply {
			t.Helper()
			got, err := w.Replies(t.Context(), []engine.ReplyKey{{Org: acme, Scope: "conv_1"}, {Org: acme, Scope: "usr_anna"}, {Org: acme, Scope: "visitor/cus_1"}})
			w.ok(err)
			return got
		}
		w.ok(w.PruneReplies(t.Context(), at(3)))
		same(t, "as old as that", []engine.StoredReply{a, b, c, v}, left())
		w.ok(w.PruneReplies(t.Context(), at(4)))
		same(t, "older", []engine.StoredReply{a, b, v}, left())
		w.ok(w.PruneReplies(t.Context(), at(100)))
		same(t, "a conversation's", []engine.StoredReply{a, b}, left())
	})

	t.Run("refused: a second reply to a command", func(t *testing.T) {
		w := newWorld(t, open)
		w.commit(engine.OrgBatch{Replies: []engine.StoredReply{a}})
		w.refused(engine.OrgBatch{Replies: []engine.StoredReply{reply("conv_1", "a", 9)}})
	})
}

func togetherTests(t *testing.T, open func(t *testing.T) Store) {
	t.Run("the time of the last commit is known and does not go back", func(t *testing.T) {
		w := newWorld(t, open)
		got, err := w.LastCommit(t.Context())
		w.ok(err)
		if !got.IsZero() {
			t.Errorf("before the first commit: got %v", got)
		}
		for _, s := range []int{20, 10} {
			w.ok(w.Commit(t.Context(), &engine.Batch{Now: at(s)}))
		}
		got, err = w.LastCommit(t.Context())
		w.ok(err)
		same(t, "last commit", at(20), got)
	})

	t.Run("a batch holds several organizations, all or none", func(t *testing.T) {
		w := newWorld(t, open)
		w.create(sample(other))
		good, _ := begin(conv1, "cus_1", 1)
		good.Org = other
		bad := engine.OrgBatch{Org: acme, Feed: events(9, 1)}
		if err := w.Commit(t.Context(), &engine.Batch{Now: t0, Orgs: []engine.OrgBatch{good, bad}}); err == nil {
			t.Fatal("a batch with a hole was stored")
		}
		floor, err := w.Floor(t.Context(), other)
		w.ok(err)
		if len(floor.Records.Tasks) != 0 {
			t.Error("half of a batch was stored")
		}
	})

	t.Run("a read sees whole batches, also while others are written", func(t *testing.T) {
		w := newWorld(t, open)
		b, s := begin(conv1, "cus_1", 1)
		w.commit(b)
		var changes []engine.ChatChange
		for i := range 50 {
			client := string(rune('A' + i))
			changes = append(changes, step(t, s, post(client+"1", "a pair"), post(client+"2", "of two")))
		}
		done := make(chan struct{})
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() {
				for {
					select {
					case <-done:
						return
					default:
					}
					thread, err := w.Thread(t.Context(), acme, conv1, chat.Public, engine.Window{Forward: true, Limit: 1000})
					if err != nil {
						t.Error(err)
						return
					}
					if n := len(thread.Entries); n%2 != 0 || id.Seq(n) != thread.Record.Head {
						t.Errorf("read %d entries at head %d", n, thread.Record.Head)
						return
					}
				}
			})
		}
		for _, c := range changes {
			w.commit(engine.OrgBatch{Chats: []engine.ChatChange{c}})
		}
		close(done)
		readers.Wait()
	})

	t.Run("a commit that was given up beforehand stores nothing", func(t *testing.T) {
		w := newWorld(t, open)
		gone, cancel := cancelled(t)
		cancel()
		if err := w.Commit(gone, &engine.Batch{Now: at(5)}); err == nil {
			t.Error("stored although the caller had gone")
		}
	})
}
