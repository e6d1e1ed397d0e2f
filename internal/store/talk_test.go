package store

import (
	"fmt"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

var bench0 = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// talk is a conversation that goes on.
type talk struct {
	state *chat.State
	floor routing.Conversation
}

func begin(b testing.TB, db *DB, n int) []*talk {
	b.Helper()
	config := org.Config{
		Organization: org.Organization{ID: "org_1", Settings: org.Defaults()},
		Queues:       []org.Queue{{ID: "que_1"}},
		Assets:       []org.Asset{{ID: "ast_1", Key: "key", Queue: "que_1"}},
		Version:      1,
	}
	if err := db.CreateOrganization(b.Context(), config, nil, access.Digest{}, bench0); err != nil {
		b.Fatal(err)
	}
	batch := engine.OrgBatch{Org: "org_1"}
	var talks []*talk
	for i := range n {
		t := began(i)
		talks = append(talks, t)
		batch.Chats = append(batch.Chats, engine.ChatChange{Record: t.state.Record(), New: true})
		batch.Floor.Conversations = append(batch.Floor.Conversations, t.floor)
	}
	if err := db.Commit(b.Context(), &engine.Batch{Now: bench0, Orgs: []engine.OrgBatch{batch}}); err != nil {
		b.Fatal(err)
	}
	return talks
}

// began is the conversation of a number, as it begins.
func began(i int) *talk {
	h := chat.Header{ID: id.Conversation(fmt.Sprintf("conv_%026d", i)), Asset: "ast_1", Customer: id.Customer(fmt.Sprintf("cus_%026d", i)), StartedAt: bench0}
	return &talk{chat.New(h), routing.Conversation{ID: h.ID, Asset: h.Asset, Customer: h.Customer, Queue: "que_1", StartedAt: bench0, WaitingSince: bench0}}
}

// batch is the one in which it begins.
func (t *talk) batch() engine.OrgBatch {
	return engine.OrgBatch{
		Org: "org_1", Chats: []engine.ChatChange{{Record: t.state.Record(), New: true}},
		Floor: routing.Records{Conversations: []routing.Conversation{t.floor}},
	}
}

func (t *talk) say(b testing.TB, batch *engine.OrgBatch, n int) {
	var c engine.ChatChange
	c.WasHead, c.WasStaffHead = t.state.Heads()
	now := bench0.Add(time.Duration(n) * time.Millisecond)
	entries, err := t.state.Step(now, chat.Post{By: chat.Author{Customer: true}, ClientID: fmt.Sprintf("0b3e7a52-9b3f-4c51-8f6e-%012d", n), Text: "أين طلبي؟ رقمه 10294 منذ يوم الأحد"})
	if err != nil {
		b.Fatal(err)
	}
	c.Entries, c.Record = entries, t.state.Record()
	t.state.TakeSent()
	batch.Chats = append(batch.Chats, c)
	t.floor.SpokeAt = now
	batch.Floor.Conversations = append(batch.Floor.Conversations, t.floor)
}
