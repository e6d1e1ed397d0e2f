// Package storetest states what a store promises as tests. Every database the
// product runs on has to pass [Run].
//
// The tests know the interfaces and nothing of SQL, so what they try to store
// wrongly is refused by whatever stands behind the interface.
package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// Store is all that the packages above need of a store.
type Store interface {
	engine.Store
	engine.Reader
	engine.Own
	engine.Uploads
	engine.People
	Login
	PutBlock(ctx context.Context, b access.Block, most int) (access.Block, error)
	Blocks(ctx context.Context, o id.Org, now time.Time, query string, before id.Block, limit int) ([]access.Blocked, error)
	EveryBlock(ctx context.Context) ([]access.Block, error)
	DeleteBlock(ctx context.Context, o id.Org, block id.Block) error
	DeleteOldBlocks(ctx context.Context, now time.Time) error
	ForgetUploads(ctx context.Context, before time.Time) (blobs []string, err error)
	Unknown(ctx context.Context, blobs []string) ([]string, error)
	EachBlob(ctx context.Context, f func(blob string, size int64) error) error
	SecondSteps(ctx context.Context) (int, error)
	PruneReplies(ctx context.Context, before time.Time) error
	AssetByKey(ctx context.Context, key string) (id.Org, org.Asset, error)
	Visited(ctx context.Context, o id.Org, a id.Asset, origin string, at time.Time) error
	Visits(ctx context.Context, o id.Org) ([]org.Visit, error)
	OpenConversation(ctx context.Context, o id.Org, customer id.Customer, asset id.Asset) (id.Conversation, error)
}

// Login is what package login needs, which says what each method means.
type Login interface {
	Account(ctx context.Context, email string) (access.Account, error)
	HasAdministrator(ctx context.Context) (bool, error)
	CreateOrganization(ctx context.Context, config org.Config, passwords map[id.User]string, link access.Digest, now time.Time) error
	CreateSession(ctx context.Context, s access.Session) error
	Session(ctx context.Context, digest access.Digest) (access.Session, access.Member, error)
	TouchSessions(ctx context.Context, seen map[access.Digest]time.Time) error
	DeleteSession(ctx context.Context, digest access.Digest) error
	DeleteSessions(ctx context.Context, o id.Org, user id.User) error
	EndedSessions(ctx context.Context, of []access.Digest) ([]access.Digest, error)
	SessionsOf(ctx context.Context, org id.Org, user id.User) ([]access.Session, error)
	ChangePassword(ctx context.Context, org id.Org, user id.User, hash string, kept access.Digest) error
	DeleteOldSessions(ctx context.Context, idle, absolute time.Time) error
	BeginFactor(ctx context.Context, o id.Org, user id.User, sealed []byte) error
	ConfirmFactor(ctx context.Context, o id.Org, user id.User, f access.Factor, codes []access.Digest) error
	TakeStep(ctx context.Context, o id.Org, user id.User, step int64) (ok bool, err error)
	TakeCode(ctx context.Context, o id.Org, user id.User, code access.Digest) (ok bool, err error)
	PutCodes(ctx context.Context, o id.Org, user id.User, codes []access.Digest) error
	DeleteFactor(ctx context.Context, o id.Org, user id.User, out bool) error
	Factors(ctx context.Context, o id.Org) ([]id.User, error)
	ProveSession(ctx context.Context, digest access.Digest, at time.Time) error
	AddPasskey(ctx context.Context, p access.Passkey, most int) error
	Passkeys(ctx context.Context, o id.Org, user id.User) ([]access.Passkey, error)
	Passkey(ctx context.Context, credential []byte) (access.Passkey, org.User, error)
	RenamePasskey(ctx context.Context, o id.Org, user id.User, passkey, name string) error
	DeletePasskey(ctx context.Context, o id.Org, user id.User, passkey string, last bool) error
	UsePasskey(ctx context.Context, o id.Org, user id.User, passkey string, count int64, at time.Time) (ok bool, err error)
	RefusePasskey(ctx context.Context, o id.Org, user id.User, passkey string, at time.Time) error
	PutLink(ctx context.Context, l access.Link) error
	Link(ctx context.Context, kind access.LinkKind, digest access.Digest) (access.Link, error)
	TakeLink(ctx context.Context, kind access.LinkKind, digest access.Digest) (access.Link, error)
	Invited(ctx context.Context, digest access.Digest) (access.Link, org.User, error)
	Join(ctx context.Context, digest access.Digest, hash string, now time.Time) error
	PutVisitor(ctx context.Context, v access.Visitor) (access.Visitor, error)
	Visitor(ctx context.Context, digest access.Digest) (access.Visitor, error)
	SetVisitorConversation(ctx context.Context, digest access.Digest, c id.Conversation) error
	DeleteVisitor(ctx context.Context, digest access.Digest) error
	DeleteVisitorsOf(ctx context.Context, o id.Org, customer id.Customer) ([]access.Digest, error)
	DeleteOldVisitors(ctx context.Context, now time.Time) error
	PutIdentityKey(ctx context.Context, k access.IdentityKey) error
	IdentityKeys(ctx context.Context, o id.Org, asset id.Asset) ([]access.IdentityKey, error)
	RetireIdentityKey(ctx context.Context, o id.Org, asset id.Asset, key string, at time.Time) error
	Prove(ctx context.Context, p access.Proof) (access.Visitor, error)
	OnlyOrganization(ctx context.Context) (id.Org, error)
	PutProviderSecret(ctx context.Context, s access.ProviderSecret) error
	ProviderSecrets(ctx context.Context, o id.Org) ([]access.ProviderSecret, error)
	LinkedUser(ctx context.Context, o id.Org, issuer, subject string) (id.User, error)
	LinkIdentity(ctx context.Context, l access.LinkedIdentity) error
	DeleteLinkedIdentities(ctx context.Context, o id.Org, user id.User) error
	Secret(ctx context.Context, name string, fresh []byte) ([]byte, error)
}

// Run holds the stores that open makes to every promise. Each call of open
// gives a new, empty store, closed at the end of its test.
func Run(t *testing.T, open func(t *testing.T) Store) {
	for _, group := range []struct {
		name string
		test func(t *testing.T, open func(t *testing.T) Store)
	}{
		{"config", configTests},
		{"floor", floorTests},
		{"chats", chatTests},
		{"threads", threadTests},
		{"attachments", attachmentTests},
		{"history", historyTests},
		{"people", peopleTests},
		{"explain", explainTests},
		{"refused", refusedTests},
		{"feed", feedTests},
		{"replies", replyTests},
		{"day", dayTests},
		{"own", ownTests},
		{"login", loginTests},
		{"isolation", isolationTests},
		{"blocks", blockTests},
		{"providers", providerTests},
		{"together", togetherTests},
	} {
		t.Run(group.name, func(t *testing.T) {
			t.Parallel()
			group.test(t, open)
		})
	}
}

// t0 is when everything in these tests begins.
var t0 = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func at(seconds int) time.Time { return t0.Add(time.Duration(seconds) * time.Second) }

const (
	acme  id.Org          = "org_acme"
	other id.Org          = "org_other"
	conv1 id.Conversation = "conv_1"
	conv2 id.Conversation = "conv_2"
)

// sample is a small organization: two agents in a team that serves a queue.
func sample(o id.Org) org.Config {
	key := string(o)
	return org.Config{
		Organization: org.Organization{ID: o, Name: org.Name{En: "Acme", Ar: "أكمي"}, Language: "ar", TimeZone: "Asia/Riyadh", Settings: org.Defaults(), Version: 1},
		Roles: []org.OwnRole{
			{ID: "role_1", Name: org.Name{En: "Trainer", Ar: "مدرّب"}, Permissions: []org.Permission{org.MayReadAll, org.MayReadAudit}, Version: 1},
			{ID: "role_2", Name: org.Name{En: "Former"}, Permissions: []org.Permission{org.MayBlock}, Archived: true, Version: 1},
		},
		Users: []org.User{
			{ID: "usr_anna", Name: "Anna", Email: "anna@" + key, Roles: []org.Role{org.RoleAgent, org.RoleAdministrator}, Teams: []id.Team{"team_1"}, Version: 1},
			{ID: "usr_ben", Name: "Ben", Email: "ben@" + key, Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{"team_1"}, Version: 1},
		},
		Teams:   []org.Team{{ID: "team_1", Name: org.Name{En: "Front", Ar: "الأمام"}, Version: 1}},
		Queues:  []org.Queue{{ID: "que_1", Name: org.Name{En: "General", Ar: "عام"}, Teams: []id.Team{"team_1"}, Priority: 5, OnUnanswered: org.Requeue, Version: 1}},
		Assets:  []org.Asset{{ID: "ast_1", Key: "key-" + key, Name: org.Name{En: "Shop"}, Queue: "que_1", Origins: []string{"https://shop.example"}, Languages: []string{"ar", "en"}, Language: "ar", Color: "#112233", Version: 1}},
		Reasons: []org.Reason{{ID: "rsn_1", Kind: org.WrapUpReason, Name: org.Name{En: "Solved", Ar: "حُلّت"}, Order: 1, Version: 1}},
		Version: 1,
	}
}

// world is a store with one organization in it, and short words for changing
// it.
type world struct {
	t *testing.T
	Store
}

func newWorld(t *testing.T, open func(t *testing.T) Store) *world {
	t.Helper()
	w := &world{t, open(t)}
	w.create(sample(acme))
	return w
}

func (w *world) create(c org.Config) {
	w.t.Helper()
	if err := w.CreateOrganization(w.t.Context(), c, nil, access.Digest{}, t0); err != nil {
		w.t.Fatal(err)
	}
}

// try commits what belongs to one organization.
func (w *world) try(b engine.OrgBatch) error {
	b.Org = acme
	return w.Commit(w.t.Context(), &engine.Batch{Now: t0, Orgs: []engine.OrgBatch{b}})
}

func (w *world) commit(b engine.OrgBatch) {
	w.t.Helper()
	if err := w.try(b); err != nil {
		w.t.Fatal(err)
	}
}

// refused commits something that must not be stored and proves that nothing
// of it was.
func (w *world) refused(b engine.OrgBatch) {
	w.t.Helper()
	before := w.everything()
	err := w.try(b)
	if !errors.Is(err, engine.ErrConflict) {
		w.t.Fatalf("got %v, want a conflict", err)
	}
	same(w.t, "after a refused batch", before, w.everything())
	// And the store goes on.
	if err := w.try(engine.OrgBatch{}); err != nil {
		w.t.Fatalf("after a refused batch: %v", err)
	}
}

// everything is all that can be read of the organization.
func (w *world) everything() any {
	w.t.Helper()
	ctx := w.t.Context()
	floor, err := w.Floor(ctx, acme)
	w.ok(err)
	chats, err := w.Chats(ctx, acme, []id.Conversation{conv1, conv2})
	w.ok(err)
	all := []any{floor, chats}
	for _, c := range chats {
		for _, topic := range []chat.Topic{chat.Public, chat.Staff} {
			thread, err := w.Thread(ctx, acme, c.Header.ID, topic, engine.Window{Forward: true, Limit: 1000})
			w.ok(err)
			all = append(all, thread)
		}
	}
	feed, err := w.Feed(ctx, acme, "usr_anna", 0, 1000)
	w.ok(err)
	replies, err := w.Replies(ctx, []engine.ReplyKey{{Org: acme, Scope: string(conv1)}})
	w.ok(err)
	return append(all, feed, replies)
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func wantCode(t *testing.T, what string, err error, code problem.Code) {
	t.Helper()
	if !errors.Is(err, problem.New(code)) {
		t.Errorf("%s: got %v, want %s", what, err, code)
	}
}

// begin is the batch in which a conversation starts, waiting in the queue.
func begin(c id.Conversation, customer id.Customer, task id.Task) (engine.OrgBatch, *chat.State) {
	s := chat.New(chat.Header{ID: c, Asset: "ast_1", Customer: customer, CustomerName: "Sara", Email: "sara@example.com", Language: "ar", Page: "https://shop.example/p", StartedAt: t0, About: filled[chat.About]()})
	return engine.OrgBatch{
		Chats: []engine.ChatChange{{Record: s.Record(), New: true}},
		Floor: routing.Records{
			Conversations: []routing.Conversation{{ID: c, Asset: "ast_1", Customer: customer, Queue: "que_1", Priority: 5, StartedAt: t0, WaitingSince: t0, Requires: ownSkills()}},
			Tasks:         []routing.Task{waitingTask(task, c)},
			LastTask:      task,
		},
	}, s
}

func ownSkills() []org.Required {
	relax := []org.Relaxation{{After: time.Minute, Level: 3}, {After: time.Hour, Drop: true}}
	return []org.Required{
		{Requirement: org.Requirement{Skill: "skl_1", Compare: org.AtLeast, Level: 5, Weight: 2, Relax: relax}, From: org.FromForm},
		{Requirement: org.Requirement{Skill: "skl_2", Compare: org.NotEqual, Text: "ذهبي"}, From: org.FromIdentity},
	}
}

func waitingTask(task id.Task, c id.Conversation) routing.Task {
	return routing.Task{ID: task, Conversation: c, Kind: routing.TaskQueue, State: routing.TaskWaiting, Queue: "que_1", Origin: routing.OriginNew, WaitingSince: t0, Priority: 5, EnteredAt: t0}
}

func openOffer(o id.Offer, task id.Task, c id.Conversation, agent id.User, slot int) routing.Offer {
	return routing.Offer{ID: o, Task: task, Conversation: c, Agent: agent, Slot: slot, Capacity: 3, MadeAt: t0, Deadline: at(30)}
}

func openPart(p id.Part, task id.Task, c id.Conversation, agent id.User, slot int) routing.Part {
	return routing.Part{ID: p, Task: task, Conversation: c, Agent: agent, Queue: "que_1", Slot: slot, Capacity: 3, Role: routing.Owner, ReceivedAt: t0, AcceptedAt: at(1)}
}

// step applies events to a conversation and gives the change to commit.
func step(t *testing.T, s *chat.State, events ...chat.Event) engine.ChatChange {
	t.Helper()
	var c engine.ChatChange
	c.WasHead, c.WasStaffHead = s.Heads()
	for i, ev := range events {
		entries, err := s.Step(at(i), ev)
		if err != nil {
			t.Fatal(err)
		}
		c.Entries = append(c.Entries, entries...)
	}
	c.Record = s.Record()
	s.TakeSent()
	return c
}

func post(client, body string) chat.Event {
	return chat.Post{By: chat.Author{Customer: true}, ClientID: client, Text: body}
}
