package login

import (
	"context"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Store is what login needs of a database. The records are package access's,
// because packages of one row do not import each other.
//
// Whoever implements it decides nothing: expiry, roles and limits are judged
// here, with this package's clock. What is not there is [problem.NotFound].
// Every method is safe for concurrent use; a method that changes something
// returns nil only when the change is on disk.
type Store interface {
	Accounts
	Sessions
	Links
	Visitors
	Identities
	Factors
	Passkeys
	ProviderStore
	Blocks
	// Secret returns the secret of that name, storing fresh if there is none
	// yet. Of concurrent callers all get the same one.
	Secret(ctx context.Context, name string, fresh []byte) ([]byte, error)
}

// Accounts are the people who may sign in.
type Accounts interface {
	// Account finds a user by e-mail (lower case, unique in the installation),
	// disabled ones included.
	Account(ctx context.Context, email string) (access.Account, error)
	// HasAdministrator reports whether any organization has a user with that
	// role who is not disabled.
	HasAdministrator(ctx context.Context) (bool, error)
	// CreateOrganization stores the configuration and the passwords of its
	// users in one transaction. If link is not zero the link is used up in the
	// same transaction, and problem.LinkExpired is returned, with nothing
	// stored, if it is unknown or its time is not after now. An e-mail that is
	// taken is problem.EmailInvalid, an asset's key that is, problem.DuplicateID.
	CreateOrganization(ctx context.Context, config org.Config, passwords map[id.User]string, link access.Digest, now time.Time) error
}

// Sessions are the signed-in browsers.
type Sessions interface {
	CreateSession(ctx context.Context, s access.Session) error
	// Session finds a session with its user as the user is now, so that a
	// change of roles holds from the next request on.
	Session(ctx context.Context, digest access.Digest) (access.Session, access.Member, error)
	// TouchSessions moves SeenAt of sessions forward, never back, in one
	// transaction. Those that are not there any more are passed over.
	TouchSessions(ctx context.Context, seen map[access.Digest]time.Time) error
	// DeleteSession does nothing if there is no such session.
	DeleteSession(ctx context.Context, digest access.Digest) error
	// DeleteSessions ends all sessions of a user.
	DeleteSessions(ctx context.Context, org id.Org, user id.User) error
	// EndedSessions are those of the sessions that are not there any more.
	EndedSessions(ctx context.Context, of []access.Digest) ([]access.Digest, error)
	// SessionsOf are those of a user, seen last first.
	SessionsOf(ctx context.Context, org id.Org, user id.User) ([]access.Session, error)
	// ChangePassword replaces the hash and ends all sessions of the user but
	// kept, in one transaction.
	ChangePassword(ctx context.Context, org id.Org, user id.User, hash string, kept access.Digest) error
	// DeleteOldSessions removes what was last seen before idle or created
	// before absolute.
	DeleteOldSessions(ctx context.Context, idle, absolute time.Time) error
}

// Factors are second steps of signing in.
type Factors interface {
	// BeginFactor stores a secret that nothing asks for yet, in place of another
	// such; [problem.SecondStepOn] if one is asked for.
	BeginFactor(ctx context.Context, org id.Org, user id.User, sealed []byte) error
	// ConfirmFactor turns on what was begun, if f.Sealed is it still, with these
	// recovery codes, and lifts the limits of the user's sessions.
	ConfirmFactor(ctx context.Context, org id.Org, user id.User, f access.Factor, codes []access.Digest) error
	// TakeStep and TakeCode use up a code: of any number of concurrent callers
	// exactly one gets it. A step uses up those before it.
	TakeStep(ctx context.Context, org id.Org, user id.User, step int64) (ok bool, err error)
	TakeCode(ctx context.Context, org id.Org, user id.User, code access.Digest) (ok bool, err error)
	// PutCodes replaces the recovery codes of a second step that is on.
	PutCodes(ctx context.Context, org id.Org, user id.User, codes []access.Digest) error
	// DeleteFactor takes a second step away, and with out all passkeys and all
	// sessions.
	DeleteFactor(ctx context.Context, org id.Org, user id.User, out bool) error
	// Factors are the users whose second step is on, or who have a passkey.
	Factors(ctx context.Context, org id.Org) ([]id.User, error)
	// ProveSession moves ProvenAt forward, never back.
	ProveSession(ctx context.Context, digest access.Digest, at time.Time) error
}

// Passkeys are keys of the users' devices.
type Passkeys interface {
	// AddPasskey stores a passkey and lifts the limits of its user's sessions, in
	// one transaction. One more than most, or one whose credential is known, of
	// whoever, is [problem.PasskeyRefused].
	AddPasskey(ctx context.Context, p access.Passkey, most int) error
	// Passkeys are a user's, oldest first.
	Passkeys(ctx context.Context, org id.Org, user id.User) ([]access.Passkey, error)
	// Passkey finds one by what its device calls it, with its user.
	Passkey(ctx context.Context, credential []byte) (access.Passkey, org.User, error)
	RenamePasskey(ctx context.Context, org id.Org, user id.User, passkey, name string) error
	// DeletePasskey removes one; the last second step of a user, without last, is
	// [problem.SecondStepAbsent].
	DeletePasskey(ctx context.Context, org id.Org, user id.User, passkey string, last bool) error
	// UsePasskey notes a use: of any number of concurrent callers with one count
	// exactly one does, unless the device does not count (0). None does once the
	// passkey was refused.
	UsePasskey(ctx context.Context, org id.Org, user id.User, passkey string, count int64, at time.Time) (ok bool, err error)
	// RefusePasskey makes a passkey let nobody in any more.
	RefusePasskey(ctx context.Context, org id.Org, user id.User, passkey string, at time.Time) error
}

// Links are secrets in addresses that work once.
type Links interface {
	// PutLink stores a link. A setup link replaces the one before it, an
	// invitation those of the same user.
	PutLink(ctx context.Context, l access.Link) error
	// Link reads a link without using it up.
	Link(ctx context.Context, kind access.LinkKind, digest access.Digest) (access.Link, error)
	// TakeLink removes and returns a link: of any number of concurrent callers
	// exactly one gets it.
	TakeLink(ctx context.Context, kind access.LinkKind, digest access.Digest) (access.Link, error)
	// Invited reads an invitation with its user, without using it up.
	Invited(ctx context.Context, digest access.Digest) (access.Link, org.User, error)
	// Join uses an invitation up, keeps the hash as its user's password and ends
	// all of the user's sessions, in one transaction. An invitation that is not
	// there, or whose time is not after now, is problem.LinkExpired.
	Join(ctx context.Context, digest access.Digest, hash string, now time.Time) error
}

// Visitors are customers' browsers.
type Visitors interface {
	// PutVisitor stores v unless its digest is known, and returns what is
	// stored now: repeating it changes nothing.
	PutVisitor(ctx context.Context, v access.Visitor) (access.Visitor, error)
	Visitor(ctx context.Context, digest access.Digest) (access.Visitor, error)
	// SetVisitorConversation records the conversation the token opens now.
	SetVisitorConversation(ctx context.Context, digest access.Digest, conversation id.Conversation) error
	// DeleteVisitor does nothing if there is no such token.
	DeleteVisitor(ctx context.Context, digest access.Digest) error
	// DeleteVisitorsOf deletes the tokens of a customer who proved nothing, and
	// says which they were.
	DeleteVisitorsOf(ctx context.Context, org id.Org, customer id.Customer) ([]access.Digest, error)
	// DeleteOldVisitors removes tokens, and uses of identity tokens, that ended
	// before now.
	DeleteOldVisitors(ctx context.Context, now time.Time) error
}

// Identities are who sites say their visitors are.
type Identities interface {
	// PutIdentityKey stores a new key.
	PutIdentityKey(ctx context.Context, k access.IdentityKey) error
	// IdentityKeys are an asset's keys, retired ones included, oldest first.
	IdentityKeys(ctx context.Context, org id.Org, asset id.Asset) ([]access.IdentityKey, error)
	// RetireIdentityKey keeps the moment of the first time.
	RetireIdentityKey(ctx context.Context, org id.Org, asset id.Asset, key string, at time.Time) error
	// Prove stores the visitor of a proof as the person's customer, who is the
	// visitor's if the person is new, with the conversation the person has open
	// there, else their last. Repeating it changes nothing; a use that is known
	// from another visitor is [problem.IdentityInvalid]. What it does, it does in
	// one transaction.
	Prove(ctx context.Context, p access.Proof) (access.Visitor, error)
}

// ProviderStore is what signing in through other systems keeps: whom they know as whom, and what we show them.
type ProviderStore interface {
	// OnlyOrganization is that of an installation that has one.
	OnlyOrganization(ctx context.Context) (id.Org, error)
	// PutProviderSecret replaces what a provider is shown; ProviderSecrets are
	// those of an organization.
	PutProviderSecret(ctx context.Context, s access.ProviderSecret) error
	ProviderSecrets(ctx context.Context, org id.Org) ([]access.ProviderSecret, error)
	// LinkedUser is the user whom an issuer knows under that name.
	LinkedUser(ctx context.Context, org id.Org, issuer, subject string) (id.User, error)
	// LinkIdentity notes whom an issuer knows as whom. Where it knows the user
	// under another name, or the name is another user's, it is
	// [problem.SignInRefused].
	LinkIdentity(ctx context.Context, l access.LinkedIdentity) error
	// DeleteLinkedIdentities forgets under which names a user is known, and ends
	// all their sessions.
	DeleteLinkedIdentities(ctx context.Context, org id.Org, user id.User) error
}

// Blocks are who may not write.
type Blocks interface {
	// PutBlock stores b, and keeps the identifier of the one that there is of the
	// same customer or network. One more than most is [problem.OutOfRange].
	PutBlock(ctx context.Context, b access.Block, most int) (access.Block, error)
	// Blocks are those of an organization that hold now, with a text in the
	// network, the reason or the customer's name, newest first, up to limit of
	// them that are older than before ("": all).
	Blocks(ctx context.Context, org id.Org, now time.Time, query string, before id.Block, limit int) ([]access.Blocked, error)
	// EveryBlock are those of all organizations.
	EveryBlock(ctx context.Context) ([]access.Block, error)
	DeleteBlock(ctx context.Context, org id.Org, block id.Block) error
	// DeleteOldBlocks removes what ended before now.
	DeleteOldBlocks(ctx context.Context, now time.Time) error
}
