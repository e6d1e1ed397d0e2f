package engine

import (
	"context"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// Store is what the engine needs of a database. Package store/storetest states
// every promise of it as a test.
type Store interface {
	// Floors loads every organization: configuration, open floor records, and
	// the heads of the agents' topics.
	Floors(ctx context.Context) ([]Floor, error)
	// Chats loads conversations by id, in no order; unknown ids are left out.
	Chats(ctx context.Context, org id.Org, ids []id.Conversation) ([]chat.Record, error)
	// Replies finds stored replies; unknown keys are left out.
	Replies(ctx context.Context, keys []ReplyKey) ([]StoredReply, error)
	// Commit stores all of the batch or none of it. When it returns nil the
	// batch is on disk. An error of kind [ErrConflict] means that the batch
	// contradicts what is stored (a bug or a second writer); any other, that
	// it may or may not be stored.
	Commit(ctx context.Context, b *Batch) error
}

// Floor is one organization as loaded.
type Floor struct {
	Config  org.Config
	Records routing.Records
	Headers []chat.Header     // of every conversation in Records
	Heads   map[string]id.Seq // of topics agent/{user}
}

// ReplyKey is where a stored reply is found.
type ReplyKey struct {
	Org     id.Org
	Scope   string // "conv_…", "usr_…", or "visitor/…"
	Command string
}

// StoredReply is a reply with the digest of the command it answered.
type StoredReply struct {
	Key    ReplyKey
	Digest [16]byte
	Reply  Reply
	At     time.Time
}

// Batch is everything that one commit stores, for any number of organizations.
type Batch struct {
	Now  time.Time
	Orgs []OrgBatch
}

// OrgBatch is one organization's share of a batch.
type OrgBatch struct {
	Org     id.Org
	Config  *org.Config // with changed objects only, if any changed
	Floor   routing.Records
	Chats   []ChatChange
	Feed    []FeedEvent // events of agents' topics
	Replies []StoredReply
}

// ChatChange is what a step changed in one conversation.
type ChatChange struct {
	Record  chat.Record // present state; Sent holds only what is new
	New     bool        // the conversation begins in this batch
	Entries []chat.Entry
	// The heads before the step: the store refuses the batch if they differ
	// from what it has.
	WasHead, WasStaffHead id.Seq
}

// FeedEvent is one event of an agent's topic, already in its wire form.
type FeedEvent struct {
	User  id.User
	Event view.Event
}

// Bus carries what was committed to whoever is connected. Publishing is best
// effort: a lost message costs a client one resume, never an event.
type Bus interface {
	Publish(msgs []Message)
}

// Message is what the bus carries for one topic. Either Events or Signal or
// Revoke is set.
type Message struct {
	Org   id.Org
	Topic string
	// Events in order, by audience: a conversation's topic has both, an
	// agent's and a staff topic only view.Staff.
	Events map[view.Audience][]view.Event
	Signal *Signal
	// Revoke ends these users' subscriptions to the topic, after the events
	// of earlier messages.
	Revoke []id.User
}

// Signal is a latest-value message: unnumbered, not stored, may be lost.
type Signal struct {
	Kind     string        // typing · waiting · presence
	Audience view.Audience // "" is everybody subscribed
	Data     any
}

// Clock gives wall time; the engine makes its own steady time from it.
type Clock interface {
	Now() time.Time
	// After delivers once when d has passed.
	After(d time.Duration) <-chan time.Time
}
