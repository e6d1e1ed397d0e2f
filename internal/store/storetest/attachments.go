package storetest

import (
	"errors"
	"testing"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

func upload(file, command string) chat.Upload {
	u := filled[chat.Upload]()
	u.ID, u.Command, u.Conversation, u.By, u.Message = id.Attachment(file), command, conv1, chat.Author{Customer: true}, ""
	u.Blob, u.Size, u.At = "blob-"+file, 100, at(5)
	return u
}

func attachmentTests(t *testing.T, open func(t *testing.T) Store) {
	plenty := engine.Quota{Bytes: 1000, Unsent: 5}
	start := func(t *testing.T) (*world, *chat.State) {
		w := newWorld(t, open)
		b, s := begin(conv1, "cus_1", 1)
		w.commit(b)
		return w, s
	}
	add := func(w *world, u chat.Upload) chat.Upload {
		kept, err := w.AddUpload(w.t.Context(), acme, u, plenty)
		w.ok(err)
		return kept
	}
	say := func(client string, files ...chat.Upload) chat.Event {
		p := chat.Post{By: chat.Author{Customer: true}, ClientID: client, Text: "see"}
		for _, f := range files {
			p.Attachments = append(p.Attachments, f.Attachment)
		}
		return p
	}

	t.Run("an upload comes back, and with its message", func(t *testing.T) {
		w, s := start(t)
		one, two := add(w, upload("att_1", "k1")), add(w, upload("att_2", "k2"))
		found, err := w.Uploads(t.Context(), acme, conv1, []id.Attachment{"att_2", "att_9"})
		w.ok(err)
		same(t, "upload", []chat.Upload{two}, found)
		change := step(t, s, say("m1", two, one), post("m2", "only words"))
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{change}})
		thread, err := w.Thread(t.Context(), acme, conv1, chat.Public, engine.Window{Limit: 10})
		w.ok(err)
		same(t, "entries", change.Entries, thread.Entries)
		found, err = w.Uploads(t.Context(), acme, conv1, []id.Attachment{"att_1"})
		w.ok(err)
		if len(found) != 1 || found[0].Message != "m1" {
			t.Errorf("sent, it is %+v", found)
		}
		elsewhere, err := w.Uploads(t.Context(), acme, "conv_other", []id.Attachment{"att_1"})
		w.ok(err)
		same(t, "of another conversation", 0, len(elsewhere))
	})

	t.Run("the same command is one upload", func(t *testing.T) {
		w, _ := start(t)
		first := add(w, upload("att_1", "k1"))
		same(t, "second answer", first, add(w, upload("att_2", "k1")))
	})

	t.Run("a file is in one message", func(t *testing.T) {
		w, s := start(t)
		one := add(w, upload("att_1", "k1"))
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{step(t, s, say("m1", one))}})
		change := step(t, s, say("m2", one))
		if err := w.Commit(t.Context(), &engine.Batch{Now: at(9), Orgs: []engine.OrgBatch{{Org: acme, Chats: []engine.ChatChange{change}}}}); !errors.Is(err, engine.ErrConflict) {
			t.Errorf("sent twice: %v", err)
		}
	})

	t.Run("a conversation holds so much", func(t *testing.T) {
		w, _ := start(t)
		add(w, upload("att_1", "k1"))
		for _, q := range []engine.Quota{{Bytes: 199, Unsent: 5}, {Bytes: 1000, Unsent: 1}} {
			if _, err := w.AddUpload(t.Context(), acme, upload("att_2", "k2"), q); problem.CodeOf(err) != problem.QuotaExceeded {
				t.Errorf("beyond %+v: %v", q, err)
			}
		}
	})

	t.Run("what no message took is forgotten", func(t *testing.T) {
		w, s := start(t)
		sent, young := upload("att_1", "k1"), upload("att_3", "k3")
		young.At = at(5).Add(time.Hour)
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{step(t, s, say("m1", add(w, sent)))}})
		add(w, upload("att_2", "k2"))
		add(w, young)
		gone, err := w.ForgetUploads(t.Context(), at(5).Add(time.Minute))
		w.ok(err)
		same(t, "forgotten", []string{"blob-att_2"}, gone)
		unknown, err := w.Unknown(t.Context(), []string{"blob-att_1", "blob-att_2", "blob-att_3"})
		w.ok(err)
		same(t, "unknown", []string{"blob-att_2"}, unknown)
		var named []string
		w.ok(w.EachBlob(t.Context(), func(b string, size int64) error {
			named = append(named, b)
			return nil
		}))
		same(t, "in messages", []string{"blob-att_1"}, named)
	})
}
