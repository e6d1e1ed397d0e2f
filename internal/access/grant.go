package access

import (
	"encoding/base64"
	"slices"
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
	OrgName  org.Name // how the organization is called
	Password string   // argon2id in PHC form; "" means no password was ever set
	Factor   Factor   // the second step of signing in; the zero Factor is none
	Passkeys int      // how many they have
	Obliged  bool     // the organization wants a second step of them
}

// AsksStep reports whether the password alone does not let them in. A passkey is
// another way in, which takes nothing from the password; it is asked for beside
// it where a second step is wanted and there is no other.
func (a Account) AsksStep() bool { return a.Factor.On() || a.Obliged && a.Passkeys > 0 }

// LacksStep reports whether a second step is wanted of them that they have not.
func (a Account) LacksStep() bool { return a.Obliged && !a.Factor.On() && a.Passkeys == 0 }

// Factor is an authenticator that shows a new code every half minute.
type Factor struct {
	Sealed      []byte    // its secret, which the database alone cannot read
	ConfirmedAt time.Time // zero while it was only begun: nothing asks for it yet
	Step        int64     // of the last code that was used; no code works twice
	Codes       int       // recovery codes left
}

// On reports whether signing in asks for it.
func (f Factor) On() bool { return !f.ConfirmedAt.IsZero() }

// Session is one signed-in browser of one user.
type Session struct {
	Digest    Digest
	Org       id.Org
	User      id.User
	CreatedAt time.Time
	SeenAt    time.Time // of the last request or the last minute of an open desk
	UserAgent string    // cut to 200 bytes; shown in the list of sessions
	ProvenAt  time.Time // when whoever is behind it last showed that it is them
	Limited   bool      // until a second step is set up, it is good for nothing else
}

// Member is somebody on the staff as they are now.
type Member struct {
	org.User
	Granted []org.Permission // by roles of the organization's own
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
	Proven       bool      // the site has signed who it is
	Expires      time.Time // of a proven one; zero: never
	Signed       Signed    // of a proven one
}

// Signed is what a site has signed of a person beside who it is.
type Signed struct {
	Name       string            `json:"name,omitempty"`
	Email      string            `json:"email,omitempty"`
	Phone      string            `json:"phone,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
	Priority   int               `json:"priority,omitempty"` // of their conversations; 0: as without
	// Requires is asked of whoever takes their conversations. The skill is its
	// identifier, or the word for it in a file of the configuration.
	Requires []org.Requirement `json:"requires,omitempty"`
}

// Through is what was signed with each text as gate leaves it.
func (s Signed) Through(gate func(string) string) Signed {
	s.Name, s.Email, s.Phone = gate(s.Name), gate(s.Email), gate(s.Phone)
	s.Requires = slices.Clone(s.Requires)
	for i := range s.Requires {
		s.Requires[i].Text = gate(s.Requires[i].Text)
	}
	if s.Attributes == nil {
		return s
	}
	passed := make(map[string]string, len(s.Attributes))
	for name, value := range s.Attributes {
		passed[gate(name)] = gate(value)
	}
	s.Attributes = passed
	return s
}

// Algorithm is how an identity token is signed. It belongs to the key, never to
// the token.
type Algorithm string

// The algorithms. HS256 has a secret that both sides know; of the others only
// the public half is here.
const (
	HS256 Algorithm = "HS256"
	EdDSA Algorithm = "EdDSA"
	ES256 Algorithm = "ES256"
)

// IdentityKey is a key by which an asset's site signs who its visitors are.
type IdentityKey struct {
	Org       id.Org
	Asset     id.Asset
	ID        string // the kid of tokens
	Algorithm Algorithm
	Material  []byte // the secret, or the public key as PKIX DER
	CreatedAt time.Time
	RetiredAt time.Time // zero while tokens are accepted
}

// Proof is a person of a site, as a token that was checked says: who holds the
// visitor token is them.
type Proof struct {
	Visitor Visitor // its Customer is for a person never seen before
	Subject string  // the site's own name of the person
	Use     Digest  // of a token that works once; zero: it says nothing of that
	UseEnds time.Time
}

// Actor is the customer who holds the visitor's token.
func (v Visitor) Actor() Actor {
	return Actor{Kind: Customer, Org: v.Org, Customer: v.Customer, Conversation: v.Conversation, Session: string(v.Digest[:])}
}
