// Package id holds the identifiers that every layer shares.
//
// There are three families, and which one a thing has says how it may be used:
//
//   - Rows that people and programs refer to (organizations, users, queues,
//     conversations …) have a string: a short prefix that says what it is and
//     26 characters that sort by the time of creation ("conv_01jd…"). They are
//     safe in addresses and readable in logs. They are not secrets.
//   - What the floor of one organization counts (tasks, offers, parts) has an
//     ordinal. The floor hands them out itself, so the same history always
//     gives the same numbers and no randomness enters the machine.
//   - Seq is the place of an event in its topic: 1, 2, 3 … without a hole.
//
// Whatever grants access (session, visitor token, one-time link) is not an id
// and is not made here.
package id

// Identifiers of rows. The zero value means "none".
type (
	Org          string // an organization: whose data it is
	User         string // somebody on the staff: agent, supervisor, administrator
	Team         string
	Queue        string
	Asset        string // the concrete address at which customers reach us
	Reason       string // a wrap-up reason or an idle reason
	Profile      string // what the desks of some users are bounded to
	Skill        string // something that agents can do and requests can require
	Template     string // a text that agents begin a message with
	Hours        string // opening hours that queues share
	Provider     string // another system that says who somebody is
	Conversation string
	Customer     string
	Attachment   string // a file that somebody sent in a conversation
	Block        string // what keeps a customer or a network from writing
)

// Ordinals of one organization's floor, from 1. Zero means "none".
type (
	Task  int64 // one need for an agent
	Offer int64 // a task held for one agent until a deadline
	Part  int64 // one agent's share of a conversation
)

// Seq numbers the events of one topic from 1, without a hole.
type Seq int64

// Prefixes of the string identifiers.
const (
	PrefixOrg          = "org"
	PrefixUser         = "usr"
	PrefixTeam         = "team"
	PrefixQueue        = "que"
	PrefixAsset        = "ast"
	PrefixReason       = "rsn"
	PrefixTemplate     = "tpl"
	PrefixProfile      = "prf"
	PrefixHours        = "hrs"
	PrefixSkill        = "skl"
	PrefixProvider     = "idp"
	PrefixRole         = "role"
	PrefixConversation = "conv"
	PrefixCustomer     = "cus"
	PrefixAttachment   = "att"
	PrefixBlock        = "blk"
)

// alphabet is Crockford's base 32 in lower case: no i, l, o, u, so that an
// identifier read aloud is not misheard; its order is the order of the bytes.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// Mint writes 16 bytes, usually a UUIDv7, as an identifier with a prefix. The
// text sorts as the bytes do.
func Mint[T ~string](prefix string, b [16]byte) T {
	out := make([]byte, 0, len(prefix)+1+26)
	out = append(out, prefix...)
	out = append(out, '_')
	// 130 bits for 128: the first character carries only three of them.
	out = append(out, alphabet[b[0]>>5])
	acc, bits := uint(b[0]&31), 5
	for i := 1; ; {
		for bits >= 5 {
			bits -= 5
			out = append(out, alphabet[acc>>bits&31])
			acc &= 1<<bits - 1
		}
		if i == len(b) {
			break
		}
		acc, bits, i = acc<<8|uint(b[i]), bits+8, i+1
	}
	return T(out)
}

// Valid reports whether s has the shape of an identifier with this prefix.
func Valid(prefix, s string) bool {
	if len(s) != len(prefix)+1+26 || s[:len(prefix)] != prefix || s[len(prefix)] != '_' {
		return false
	}
	for i := len(prefix) + 1; i < len(s); i++ {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') || c == 'i' || c == 'l' || c == 'o' || c == 'u' {
			return false
		}
	}
	return true
}
