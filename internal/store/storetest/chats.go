package storetest

import (
	"fmt"
	"testing"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// talk is a conversation in which everything that can be said is said.
func talk(t *testing.T, s *chat.State) engine.ChatChange {
	anna := chat.Author{User: "usr_anna"}
	return step(
		t, s,
		post("c1", "السلام عليكم"),
		chat.Join{User: "usr_anna", Name: "Anna", Owner: true},
		chat.Post{By: anna, ClientID: "c2", Text: "Hello"},
		chat.Receive{By: chat.Author{Customer: true}, Delivered: 3, Seen: 3},
		chat.AddNote{User: "usr_anna", Name: "Anna", ClientID: "c3", Text: "knows us", Handover: true},
		chat.Say{Topic: chat.Public, Line: chat.LineTransferring},
		chat.Say{Topic: chat.Staff, Line: chat.LineTransferRequested, Params: map[string]string{"from": "usr_anna", "to_agent": "usr_ben"}},
		chat.Leave{User: "usr_anna", Cause: "transferred"},
		chat.Join{User: "usr_ben", Name: "Ben", Owner: true},
		chat.Join{User: "usr_anna", Name: "Anna"},
		chat.Own{User: "usr_anna"},
		chat.Interrupt{Asset: "ast_1"},
		chat.Close{Cause: "agent"},
	)
}

func chatTests(t *testing.T, open func(t *testing.T) Store) {
	t.Run("a conversation comes back as it was", func(t *testing.T) {
		w := newWorld(t, open)
		b, s := begin(conv1, "cus_1", 1)
		w.commit(b)
		change := talk(t, s)
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{change}})

		found, err := w.Chats(t.Context(), acme, []id.Conversation{conv1, "conv_unknown"})
		w.ok(err)
		same(t, "record", []chat.Record{change.Record}, found)

		// And both topics hold the entries, each in its own order.
		var got []chat.Entry
		for _, topic := range []chat.Topic{chat.Public, chat.Staff} {
			thread, err := w.Thread(t.Context(), acme, conv1, topic, engine.Window{Forward: true, Limit: 100})
			w.ok(err)
			got = append(got, thread.Entries...)
		}
		var want []chat.Entry
		for _, topic := range []chat.Topic{chat.Public, chat.Staff} {
			for _, e := range change.Entries {
				if e.Topic == topic {
					want = append(want, e)
				}
			}
		}
		same(t, "entries", want, got)
	})

	t.Run("how far each has read comes back", func(t *testing.T) {
		w := newWorld(t, open)
		b, s := begin(conv1, "cus_1", 1)
		w.commit(b)
		anna := chat.Author{User: "usr_anna"}
		first := step(t, s, post("c1", "one"), chat.Join{User: "usr_anna", Name: "Anna", Owner: true}, chat.Post{By: anna, ClientID: "c2", Text: "two"})
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{first}})
		change := step(t, s, chat.Receive{By: chat.Author{Customer: true}, Delivered: 3, Seen: 1}, chat.Receive{By: anna, Delivered: 3, Seen: 3})
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{change}})
		last := step(t, s, chat.Receive{By: chat.Author{Customer: true}, Seen: 3})
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{last}})
		found, err := w.Chats(t.Context(), acme, []id.Conversation{conv1})
		w.ok(err)
		if len(found) != 1 {
			t.Fatalf("%d conversations", len(found))
		}
		same(t, "participants", last.Record.Participants, found[0].Participants)
	})

	t.Run("every field of an entry comes back", func(t *testing.T) {
		w := newWorld(t, open)
		b, s := begin(conv1, "cus_1", 1)
		w.commit(b)
		change := step(t, s, chat.Join{User: "usr_anna", Name: "Anna"})
		e := filled[chat.Entry]()
		e.Topic, e.Seq, e.Kind, e.ClientID, e.Text = chat.Public, 1, chat.KindJoined, "", ""
		e.Participant.Number, e.Participant.Name = 2, "Anna" // the name is that of the participant
		e.Attachments = nil                                  // see attachmentsOf
		change.Entries = []chat.Entry{e}
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{change}})
		thread, err := w.Thread(t.Context(), acme, conv1, chat.Public, engine.Window{Limit: 10})
		w.ok(err)
		same(t, "entry", []chat.Entry{e}, thread.Entries)
	})

	t.Run("a customer may begin again in the batch that closes", func(t *testing.T) {
		w := newWorld(t, open)
		b, s := begin(conv1, "cus_1", 1)
		w.commit(b)
		second, _ := begin(conv2, "cus_1", 2)
		second.Chats = append(second.Chats, step(t, s, chat.Close{Cause: "customer"}))
		w.commit(second)
		found, err := w.OpenConversation(t.Context(), acme, "cus_1", "ast_1")
		w.ok(err)
		same(t, "the open conversation", conv2, found)
	})

	t.Run("nobody has an open conversation before they start one", func(t *testing.T) {
		w := newWorld(t, open)
		_, err := w.OpenConversation(t.Context(), acme, "cus_1", "ast_1")
		wantCode(t, "no conversation", err, problem.NotFound)
	})

	// What the record must never be. Each begins with two messages stored.
	said := func(t *testing.T) (*world, *chat.State) {
		w := newWorld(t, open)
		b, s := begin(conv1, "cus_1", 1)
		w.commit(b)
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{step(t, s, post("c1", "one"), post("c2", "two"))}})
		return w, s
	}
	for name, spoil := range map[string]func(*engine.ChatChange){
		"a client id used twice":      func(c *engine.ChatChange) { c.Entries[0].ClientID, c.Record.Sent[0].ClientID = "c1", "c1" },
		"a hole":                      func(c *engine.ChatChange) { c.Entries[0].Seq, c.Record.Sent[0].Seq, c.Record.Head = 4, 4, 4 },
		"a hole that the head denies": func(c *engine.ChatChange) { c.Record.Head = 4 },
		"a hole before the batch": func(c *engine.ChatChange) {
			c.WasHead, c.Entries[0].Seq, c.Record.Sent[0].Seq, c.Record.Head = 3, 4, 4, 4
		},
		"a number used twice": func(c *engine.ChatChange) {
			c.WasHead, c.Entries[0].Seq, c.Record.Sent[0].Seq, c.Record.Head = 1, 2, 2, 2
		},
		"a text without an entry":     func(c *engine.ChatChange) { c.Entries, c.Record.Head = nil, 2 },
		"an entry without its text":   func(c *engine.ChatChange) { c.Record.Sent = nil },
		"another head of the staff's": func(c *engine.ChatChange) { c.WasStaffHead, c.Record.StaffHead = 1, 1 },
		"an unknown conversation":     func(c *engine.ChatChange) { c.Record.Header.ID = conv2 },
		"an unknown kind of status":   func(c *engine.ChatChange) { c.Record.Status = "asleep" },
		"closed without a time":       func(c *engine.ChatChange) { c.Record.Status = chat.Closed },
	} {
		t.Run("refused: "+name, func(t *testing.T) {
			w, s := said(t)
			change := step(t, s, post("c3", "three"))
			spoil(&change)
			w.refused(engine.OrgBatch{Chats: []engine.ChatChange{change}})
		})
	}

	t.Run("refused: a hole within a batch", func(t *testing.T) {
		w, s := said(t)
		change := step(t, s, post("c3", "three"), post("c4", "four"))
		change.Entries[1].Seq, change.Record.Sent[1].Seq = 5, 5
		w.refused(engine.OrgBatch{Chats: []engine.ChatChange{change}})
	})

	t.Run("refused: two owners among the participants", func(t *testing.T) {
		w, s := said(t)
		change := step(t, s, chat.Join{User: "usr_anna", Name: "Anna"}, chat.Join{User: "usr_ben", Name: "Ben"})
		for i := range change.Record.Participants[1:] {
			change.Record.Participants[i+1].Owner = true
		}
		w.refused(engine.OrgBatch{Chats: []engine.ChatChange{change}})
	})

	t.Run("of two writers from the same state one is refused", func(t *testing.T) {
		w, s := said(t)
		twin := chat.Load(s.Record())
		first := step(t, s, post("c3", "mine"))
		second := step(t, twin, post("c4", "mine too"))
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{first}})
		w.refused(engine.OrgBatch{Chats: []engine.ChatChange{second}})
	})
}

func threadTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	b, s := begin(conv1, "cus_1", 1)
	w.commit(b)
	var events []chat.Event
	for i := range 9 {
		events = append(events, post(fmt.Sprintf("c%d", i), fmt.Sprintf("message %d", i)))
	}
	events = append(events, chat.Receive{By: chat.Author{Customer: true}, Delivered: 9, Seen: 9}, post("c9", "last"))
	w.commit(engine.OrgBatch{Chats: []engine.ChatChange{step(t, s, events...)}})

	for _, c := range []struct {
		name   string
		window engine.Window
		want   []id.Seq
		more   bool
	}{
		{"the last", engine.Window{Limit: 3}, []id.Seq{9, 10, 11}, true},
		{"the last but receipts", engine.Window{Limit: 3, Shown: true}, []id.Seq{8, 9, 11}, true},
		{"before", engine.Window{Before: 4, Limit: 2}, []id.Seq{2, 3}, true},
		{"down to the first", engine.Window{Before: 4, Limit: 3}, []id.Seq{1, 2, 3}, false},
		{"before the first", engine.Window{Before: 1, Limit: 3}, nil, false},
		{"after", engine.Window{Forward: true, After: 4, Limit: 2}, []id.Seq{5, 6}, true},
		{"after, up to the last", engine.Window{Forward: true, After: 9, Limit: 2}, []id.Seq{10, 11}, false},
		{"after the last", engine.Window{Forward: true, After: 11, Limit: 2}, nil, false},
		{"all", engine.Window{Forward: true, Limit: 11}, []id.Seq{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			thread, err := w.Thread(t.Context(), acme, conv1, chat.Public, c.window)
			if err != nil {
				t.Fatal(err)
			}
			var got []id.Seq
			for _, e := range thread.Entries {
				got = append(got, e.Seq)
			}
			same(t, "numbers", c.want, got)
			same(t, "more", c.more, thread.More)
			same(t, "head", id.Seq(11), thread.Record.Head)
		})
	}
	t.Run("an unknown conversation is not found, nor one of another organization", func(t *testing.T) {
		_, err := w.Thread(t.Context(), acme, conv2, chat.Public, engine.Window{Limit: 1})
		wantCode(t, "unknown", err, problem.NotFound)
		_, err = w.Thread(t.Context(), other, conv1, chat.Public, engine.Window{Limit: 1})
		wantCode(t, "another organization's", err, problem.NotFound)
	})
}
