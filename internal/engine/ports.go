package engine

import (
	"context"
	"errors"
	"time"

	"hiwar/internal/audit"
	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// Store is what the engine needs of a database. Package store/storetest states
// every promise of it as a test.
type Store interface {
	// LastCommit is the Now of the last batch; the zero time if there was none.
	LastCommit(ctx context.Context) (time.Time, error)
	// Floors loads every organization: configuration, open floor records, and
	// the heads of the agents' topics.
	Floors(ctx context.Context) ([]Floor, error)
	// Floor loads one organization, or fails with [problem.NotFound].
	Floor(ctx context.Context, org id.Org) (Floor, error)
	// Chats loads conversations by id, in no order; unknown ids are left out.
	Chats(ctx context.Context, org id.Org, ids []id.Conversation) ([]chat.Record, error)
	// Replies finds stored replies; unknown keys are left out. A key without a
	// Command asks for all replies of its scope.
	Replies(ctx context.Context, keys []ReplyKey) ([]StoredReply, error)
	// Part finds a part that was submitted, with the conversation it was of.
	Part(ctx context.Context, org id.Org, part id.Part) (routing.Part, error)
	// Regular is the agent who served a customer last, of those they talked to
	// since a moment; "" if there is none.
	Regular(ctx context.Context, org id.Org, customer id.Customer, since time.Time) (id.User, error)
	// Uploads finds attachments of a conversation by id; unknown ones are left
	// out.
	Uploads(ctx context.Context, org id.Org, c id.Conversation, ids []id.Attachment) ([]chat.Upload, error)
	// Elsewhere is one of these addresses of people and keys of assets that
	// another organization has; "" if none has.
	Elsewhere(ctx context.Context, org id.Org, emails, keys []string) (string, error)
	// Commit stores all of the batch or none of it. When it returns nil the
	// batch is on disk. An error of kind [ErrConflict] means that the batch
	// contradicts what is stored (a bug or a second writer) and is not stored;
	// [ErrBroken], that the medium failed; any other, that it may or may not
	// be stored.
	Commit(ctx context.Context, b *Batch) error
}

// Reader is what the engine needs of a database to answer reads. What it
// returns is as of one moment, at or after the last commit that had returned.
type Reader interface {
	// Thread reads one topic of a conversation with the conversation's record
	// (Sent is left out), or fails with [problem.NotFound].
	Thread(ctx context.Context, org id.Org, c id.Conversation, topic chat.Topic, w Window) (Thread, error)
	// Feed reads up to limit events of an agent's topic after since, oldest
	// first. If events after since are no longer kept it returns none.
	Feed(ctx context.Context, org id.Org, user id.User, since id.Seq, limit int) ([]view.Event, error)
	// History are up to limit closed conversations of a customer but not this
	// one, newest first: those begun before the one named before ("": all), and
	// whether there are more.
	History(ctx context.Context, org id.Org, customer id.Customer, but, before id.Conversation, limit int) (past []Past, more bool, err error)
	// EndedOffers are the last offers of a conversation that have ended, up to
	// limit, oldest first, with why they were made.
	EndedOffers(ctx context.Context, org id.Org, c id.Conversation, limit int) ([]routing.Offer, error)
	// LastWords are what the customers of conversations wrote last; those who
	// wrote nothing are left out.
	LastWords(ctx context.Context, org id.Org, ids []id.Conversation) (map[id.Conversation]string, error)
	// Day is what an agent did since a moment, and their states since then.
	Day(ctx context.Context, org id.Org, user id.User, from time.Time) (Day, error)
	// Audit are the records that the query asks for.
	Audit(ctx context.Context, org id.Org, q AuditQuery) ([]audit.Record, error)
	// Head is where a topic of a conversation stands; 0 if there is none.
	Head(ctx context.Context, org id.Org, c id.Conversation, topic chat.Topic) (id.Seq, error)
}

// Own is where the engine keeps what belongs to one user alone. No machine
// decides about it and nobody else sees it, so it does not go with the commits.
type Own interface {
	// Preferences are what the user chose, else the defaults.
	Preferences(ctx context.Context, org id.Org, user id.User) (org.Preferences, error)
	// UpdatePreferences changes them; an error of change is returned and
	// nothing is stored. Of two at once each sees what the other did.
	UpdatePreferences(ctx context.Context, org id.Org, user id.User, change func(*org.Preferences) error) (org.Preferences, error)
	// PutDraft keeps a draft if its revision is greater than that of the one
	// kept, and returns what is kept. [problem.NotParticipant]: the user has
	// no part in the conversation that is not wrapped up. With the end of the
	// part's wrap-up its draft is gone.
	PutDraft(ctx context.Context, org id.Org, user id.User, d view.Draft) (view.Draft, error)
	// Drafts are the user's drafts that have a text, by conversation.
	Drafts(ctx context.Context, org id.Org, user id.User) ([]view.Draft, error)
}

// Uploads is where what was uploaded is written down. It is not said yet, so it
// does not go with the commits; the message that it is sent in does.
type Uploads interface {
	// AddUpload writes an upload down, unless its uploader did so before under
	// the same command, and returns the one there is. [problem.QuotaExceeded]:
	// the conversation holds as much as it may.
	AddUpload(ctx context.Context, org id.Org, u chat.Upload, quota Quota) (chat.Upload, error)
}

// Quota is how much one conversation may hold.
type Quota struct {
	Bytes  int64 // of all its attachments
	Unsent int   // attachments of one uploader that are in no message
}

// Window says which entries of a topic are wanted: at most Limit, either the
// first ones after After, or the last ones before Before (0: from the end).
type Window struct {
	Forward bool // After counts, not Before
	After   id.Seq
	Before  id.Seq
	Limit   int
	Shown   bool // leave receipts out: they are not lines of a thread
}

// Thread is part of one topic, oldest first.
type Thread struct {
	Record  chat.Record
	Entries []chat.Entry
	More    bool // entries on the far side of the window exist
}

// Past is a conversation that has closed, with everybody's part in it.
type Past struct {
	Record chat.Record // Sent is left out
	Queue  id.Queue
	Parts  []routing.Part // by ordinal
	Notes  []chat.Entry   // written with wrap-ups, oldest first
}

// Errors of [Store.Commit].
var (
	ErrConflict = errors.New("the batch contradicts what is stored")
	// ErrBroken: writing or syncing failed in a way after which nothing may
	// be trusted that was not read again from the disk. The process has to
	// stop; trying the sync again could hide the loss.
	ErrBroken = errors.New("the storage medium failed")
)

// StaleError is an error of [Store.Commit]: another engine has taken the
// organization up since. Nothing of the batch is stored.
type StaleError struct{ Org id.Org }

func (e StaleError) Error() string {
	return "organization " + string(e.Org) + " was taken up elsewhere"
}

// Floor is one organization as loaded.
type Floor struct {
	Config  org.Config
	Records routing.Records
	Headers []chat.Header     // of every conversation that Records name
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
	Org id.Org
	// Epoch is of whoever took the organization up, where the store is shared:
	// the batch is refused with a [StaleError] once there is a later one. 0 is
	// not compared.
	Epoch   int64
	Config  *org.Config // with changed objects only, if any changed
	Floor   routing.Records
	Chats   []ChatChange
	Feed    []FeedEvent // events of agents' topics
	Replies []StoredReply
	Audit   []audit.Record // of what is in this batch; numbered and hashed by the store
	Joined  []Joined       // whatever the one has is the other's, after all else of the batch
	// After that: what was said in conversations that have ended, who said it and
	// their files are gone; so is who customers were to sites, and their browsers.
	Erased    []id.Conversation
	Forgotten []id.Customer
	Holds     []Hold // set, or lifted where there is no reason
}

// ChatChange is what a step changed in one conversation.
type ChatChange struct {
	Record  chat.Record // present state; Sent holds only what is new
	New     bool        // the conversation begins in this batch, on the floor too
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
	// Over says that whoever waited for what was published so far has been
	// answered too: what was gathered for a client can go to it in one piece.
	Over()
}

// Message is what the bus carries for one topic. Either Events or Signal or
// Revoke is set; or nothing but Lost.
type Message struct {
	// Lost says that messages were lost before this one, of any topic: what is
	// missing shows in no topic's numbers where it was a revocation.
	Lost  bool
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
	Kind     string        // typing · waiting · targets · draft · preferences · settings
	Audience view.Audience // "" is everybody subscribed
	Data     any
}
