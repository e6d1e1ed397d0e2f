package rest

import (
	"context"
	"io"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/audit"
	"hiwar/internal/chat"
	"hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// Engine is what the API needs of package engine. Every method checks what the
// actor may do and answers with a problem where they may not; reads are as of
// the last commit.
type Engine interface {
	Do(ctx context.Context, r engine.Request) (engine.Reply, error)
	Reads
	Own
	Attachments
	People
	// CustomerToBlock is a conversation's, for who may block them; Masked is a
	// text as it may be kept.
	CustomerToBlock(ctx context.Context, actor access.Actor, c id.Conversation) (id.Customer, error)
	Masked(o id.Org, text string) string
	// Adopt makes the engine load an organization that was just created.
	Adopt(ctx context.Context, org id.Org) error
}

// Reads are the questions the API asks.
type Reads interface {
	// Snapshot is the topic as the actor may see it (view.Desk,
	// view.Conversation, view.StaffThread) and the number of its last event.
	Snapshot(ctx context.Context, actor access.Actor, topic string) (data any, seq id.Seq, err error)
	// Entries are up to limit entries of the public topic with numbers below
	// before (0: from the end), oldest first, and whether older ones exist.
	Entries(ctx context.Context, actor access.Actor, c id.Conversation, before id.Seq, limit int) (entries []view.Entry, more bool, err error)
	// History are the conversations of the same customer that have ended, newest
	// first; PastConversation is one of them.
	History(ctx context.Context, actor access.Actor, c, before id.Conversation, limit int) (view.History, error)
	PastConversation(ctx context.Context, actor access.Actor, c, past id.Conversation, before id.Seq, limit int) (view.Conversation, error)
	// Earlier are the conversations of the customer who asks that have ended,
	// newest first.
	Earlier(ctx context.Context, actor access.Actor, before id.Conversation, limit int) (view.Earlier, error)
	// Targets are the queues and agents a conversation could be given to now.
	Targets(ctx context.Context, actor access.Actor, c id.Conversation) (view.Targets, error)
	// Today are the actor's own figures since midnight.
	Today(ctx context.Context, actor access.Actor) (view.Today, error)
	// Config is the organization's configuration. Not for customers.
	Config(ctx context.Context, actor access.Actor) (org.Config, error)
	// Configuration is Config for who may change it; Plan says what putting a
	// file on it would do.
	Configuration(ctx context.Context, actor access.Actor) (org.Config, error)
	Plan(ctx context.Context, actor access.Actor, file config.File) (engine.Plan, error)
	// Audit are records of who did what; ExportAudit is the same to take away,
	// which is recorded.
	Audit(ctx context.Context, actor access.Actor, q engine.AuditQuery) ([]audit.Record, error)
	ExportAudit(ctx context.Context, actor access.Actor, q engine.AuditQuery) ([]audit.Record, error)
	// Agents are the states of everybody who may be an agent, for supervisors,
	// in order of identifier.
	Agents(ctx context.Context, actor access.Actor) ([]view.Agent, error)
	// ExplainConversation says why a conversation is offered where it is, or
	// still waits; ExplainOffer who else could have had one of its requests;
	// ExplainAgent why an agent gets no requests.
	ExplainConversation(ctx context.Context, actor access.Actor, c id.Conversation) (view.Explanation, error)
	ExplainOffer(ctx context.Context, actor access.Actor, c id.Conversation, o id.Offer) (view.OfferExplanation, error)
	ExplainAgent(ctx context.Context, actor access.Actor, u id.User) (view.Standing, error)
	// OpenOf is the conversation that a customer has open on an asset; "" if
	// none.
	OpenOf(ctx context.Context, o id.Org, customer id.Customer, asset id.Asset) (id.Conversation, error)
	// Door is what anybody may know of an asset before they write.
	Door(ctx context.Context, o id.Org, a id.Asset) (routing.Door, error)
	// WaitingList is who waits in the queues that the actor may see.
	WaitingList(ctx context.Context, actor access.Actor) (view.WaitingList, error)
	// AssetImpact counts the conversations of an asset that are not closed:
	// what deleting it would interrupt or close.
	AssetImpact(ctx context.Context, actor access.Actor, asset id.Asset) (live int, err error)
}

// Attachments are the questions about files in conversations.
type Attachments interface {
	// MayAttach is what the actor may attach now, or why they may not.
	MayAttach(ctx context.Context, actor access.Actor, c id.Conversation) (org.Attachments, error)
	// Attach writes a stored file down. Done again with the same command it
	// answers with the first one.
	Attach(ctx context.Context, actor access.Actor, c id.Conversation, command string, k engine.Kept) (chat.Upload, error)
	// Attached is an attachment that the actor may read now.
	Attached(ctx context.Context, actor access.Actor, c id.Conversation, file id.Attachment) (chat.Upload, error)
}

// Blobs keep the bytes of attachments.
type Blobs interface {
	// Keep stores what body gives, if the rules allow it, and returns when it is
	// stored for good.
	Keep(ctx context.Context, body io.Reader, name string, rules org.Attachments) (engine.Kept, error)
	Read(ctx context.Context, blob string) (io.ReadSeekCloser, error)
	Remove(ctx context.Context, blob string) error
}

// Links sign addresses under which one file can be read for a while.
type Links interface {
	FileLink(f access.File) (token string, expires time.Time)
	LinkedFile(token string) (access.File, error)
}

// Assets finds the asset behind a public widget key, deleted ones included,
// with its organization; problem.NotFound if there is none.
type Assets interface {
	AssetByKey(ctx context.Context, key string) (id.Org, org.Asset, error)
}

// Staff are the sessions of the staff.
type Staff interface {
	SignIn(ctx context.Context, email, password, code, address, userAgent string) (secret string, err error)
	// Enter uses up a one-time link of the demo.
	Enter(ctx context.Context, link, userAgent string) (secret string, err error)
	SignOut(ctx context.Context, actor access.Actor) error
	SignOutEverywhere(ctx context.Context, o id.Org, u id.User) error
	// Invite makes the secret of a link by which the user chooses a password;
	// Invited is whom it is for, and Join uses it up and signs them in.
	Invite(ctx context.Context, o id.Org, u id.User) (secret string, expires time.Time, err error)
	Invited(ctx context.Context, secret string) (org.User, error)
	Join(ctx context.Context, secret, password, code, address, userAgent string) (session string, err error)
	// Sessions are the actor's, seen last first, and the name of the one that
	// asks; EndSession ends one of them by its name.
	Sessions(ctx context.Context, actor access.Actor) (all []access.Session, own string, err error)
	EndSession(ctx context.Context, actor access.Actor, name string) error
	// ChangePassword wants the present one, and ends the actor's other sessions.
	ChangePassword(ctx context.Context, actor access.Actor, present, next, address string) error
	// Staff also returns whose session it is that it refuses with
	// problem.SecondStepAbsent.
	Staff(ctx context.Context, secret string) (access.Actor, error)
	Steps
	Passkeys
	NewTicket(actor access.Actor) string
}

// Steps are the second steps of signing in, and proof of being oneself.
type Steps interface {
	Step(ctx context.Context, actor access.Actor) (access.Step, error)
	Enrol(ctx context.Context, actor access.Actor) (access.Enrolment, error)
	ConfirmStep(ctx context.Context, actor access.Actor, code string) (codes []string, err error)
	NewCodes(ctx context.Context, actor access.Actor) ([]string, error)
	TakeStepOff(ctx context.Context, actor access.Actor) error
	// ResetStep takes somebody's away and ends their sessions; Steps are those
	// who have one.
	ResetStep(ctx context.Context, o id.Org, u id.User) error
	Steps(ctx context.Context, o id.Org) ([]id.User, error)
	// Confirm takes the password or a code.
	Confirm(ctx context.Context, actor access.Actor, password, code, address string) error
}

// Passkeys are keys of devices, by which people sign in and show that it is them.
type Passkeys interface {
	// Passkeys are the actor's; none can be made where possible is false.
	Passkeys(ctx context.Context, actor access.Actor) (all []access.Passkey, possible bool, err error)
	OfferPasskey(ctx context.Context, actor access.Actor) (access.PasskeyOffer, error)
	AddPasskey(ctx context.Context, actor access.Actor, n access.NewPasskey) (access.Passkey, error)
	RenamePasskey(ctx context.Context, actor access.Actor, passkey, name string) error
	RemovePasskey(ctx context.Context, actor access.Actor, passkey string) error
	// RequestPasskey asks for any, and EnterWithPasskey signs in by the answer to
	// it, or to what second_step_needed asked for.
	RequestPasskey() (access.PasskeyRequest, error)
	EnterWithPasskey(ctx context.Context, answer access.PasskeyAnswer, address, userAgent string) (secret string, err error)
	JoinByPasskey(ctx context.Context, link, password string, answer access.PasskeyAnswer, address, userAgent string) (session string, err error)
	// RequestProof asks for one of the actor's, and ConfirmByPasskey takes the
	// answer.
	RequestProof(ctx context.Context, actor access.Actor) (access.PasskeyRequest, error)
	ConfirmByPasskey(ctx context.Context, actor access.Actor, answer access.PasskeyAnswer, address string) error
}

// Setup makes the first administrator.
type Setup interface {
	CheckSetup(ctx context.Context, link string) error
	Found(ctx context.Context, link string, config org.Config, admin id.User, password, userAgent string) (secret string, err error)
}

// Visitors are customers' browsers.
type Visitors interface {
	EmbedToken(o id.Org, asset id.Asset, origin string) string
	CheckEmbed(token string, o id.Org, asset id.Asset) (origin string, err error)
	StartVisitor(ctx context.Context, o id.Org, asset id.Asset, embed, key string, customer id.Customer, w access.Work) (secret string, v access.Visitor, err error)
	// CheckWork is what StartVisitor asks of somebody new, for a visitor who has
	// a token already.
	CheckWork(o id.Org, asset id.Asset, embed, key string, w access.Work) error
	Visitor(ctx context.Context, secret string) (access.Visitor, error)
	Opened(ctx context.Context, v access.Visitor, c id.Conversation) error
	// Prove exchanges an identity token; Joined ends the tokens of a customer
	// whose conversations are somebody else's now, and Forget one token.
	Prove(ctx context.Context, o id.Org, asset org.Asset, token, key string, customer id.Customer, gate func(string) string) (secret string, v access.Visitor, err error)
	Joined(ctx context.Context, o id.Org, anonymous id.Customer) error
	Forget(ctx context.Context, v access.Visitor) error
	// EndVisitors closes what tokens that are gone have open.
	EndVisitors(tokens []access.Digest)
	NewIdentityKey(ctx context.Context, o id.Org, asset id.Asset, alg access.Algorithm, public string) (k access.IdentityKey, secret string, err error)
	IdentityKeys(ctx context.Context, o id.Org, asset id.Asset) ([]access.IdentityKey, error)
	RetireIdentityKey(ctx context.Context, o id.Org, asset id.Asset, key string) error
}

// Blocks are who may not write.
type Blocks interface {
	// Blocked is [problem.Blocked] for a customer who is kept from writing, or
	// comes from where everybody is, and nil for everybody else.
	Blocked(actor access.Actor) error
	Block(ctx context.Context, actor access.Actor, b access.Block, hours int) (access.Block, error)
	Unblock(ctx context.Context, actor access.Actor, block id.Block) error
	// ForgetBlock forgets that of a customer of whom nothing is stored any more.
	ForgetBlock(o id.Org, c id.Customer)
	Blocks(ctx context.Context, actor access.Actor, query string, before id.Block, limit int) ([]access.Blocked, error)
}

// Limit slows down whoever does something too often. Wait is 0 if key may go
// on now, and how long until it may if not.
type Limit interface {
	Wait(key string) time.Duration
}
