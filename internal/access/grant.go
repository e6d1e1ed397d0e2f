package access

import (
	"encoding/base64"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// What grants access, as a store keeps it. Secrets themselves (session,
// visitor token, one-time link) are never stored: only their digests are, so a
// copy of the database opens nothing.

// Digest is the SHA-256 of a secret of 256 random bits.
type Digest [32]byte

// Account is somebody who may sign in, with the hash of their password.
type Account struct {
	Org      id.Org
	User     org.User
	Password string // argon2id in PHC form; "" means no password was ever set
}

// Session is one signed-in browser of one user.
type Session struct {
	Digest    Digest
	Org       id.Org
	User      id.User
	CreatedAt time.Time
	SeenAt    time.Time // of the last request or the last minute of an open desk
	UserAgent string    // cut to 200 bytes; shown in the list of sessions
}

// Name is what the session is called where its user looks at the list: enough
// of its digest to tell it from others, and nothing that signs anybody in.
func (s Session) Name() string { return base64.RawURLEncoding.EncodeToString(s.Digest[:12]) }

// LinkKind says what a one-time link opens.
type LinkKind string

// The kinds of link.
const (
	SetupLink  LinkKind = "setup"  // makes the first administrator
	EnterLink  LinkKind = "enter"  // signs one user in; for the demo only
	InviteLink LinkKind = "invite" // lets one user choose a password
)

// Link is a secret in an address that works once.
type Link struct {
	Digest  Digest
	Kind    LinkKind
	Org     id.Org  // EnterLink, InviteLink
	User    id.User // EnterLink, InviteLink
	Expires time.Time
}

// Visitor is a customer's browser: its token opens the customer's
// conversations of one asset and nothing else.
type Visitor struct {
	Digest       Digest
	Org          id.Org
	Asset        id.Asset
	Customer     id.Customer
	Conversation id.Conversation // the latest; "" until one has begun
	CreatedAt    time.Time
}

// Actor is the customer who holds the visitor's token.
func (v Visitor) Actor() Actor {
	return Actor{Kind: Customer, Org: v.Org, Customer: v.Customer, Conversation: v.Conversation}
}
