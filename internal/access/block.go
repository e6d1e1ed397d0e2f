package access

import (
	"net/netip"
	"strings"
	"time"

	"hiwar/internal/id"
)

// Block keeps a customer, or whoever comes from a network, from writing. One of
// the two is set.
type Block struct {
	Org          id.Org
	ID           id.Block
	Customer     id.Customer
	Network      string          // as [NetworkOf] writes it
	Conversation id.Conversation // of the customer: in which they were blocked
	Reason       string
	By           id.User
	CreatedAt    time.Time
	ExpiresAt    time.Time // zero: never
}

// MaxBlockReason is how long the reason may be, in characters.
const MaxBlockReason = 200

// Subject is whom it keeps from writing.
func (b Block) Subject() string {
	if b.Customer != "" {
		return string(b.Customer)
	}
	return b.Network
}

// Holds reports whether its time is not over.
func (b Block) Holds(now time.Time) bool { return b.ExpiresAt.IsZero() || now.Before(b.ExpiresAt) }

// Blocked is a block with what is known of the customer.
type Blocked struct {
	Block
	Name     string // of the customer, in the conversation
	Verified bool
}

// The widest networks that can be blocked: what is wider is a country, and a
// slip of the hand.
const (
	widest4 = 16
	widest6 = 32
	// household is how much of IPv6 one caller has.
	household = 64
)

// NetworkOf reads an address or a network as somebody writes it. Of IPv6 it is
// a /64 at least: whoever has one address of it has all of them.
func NetworkOf(written string) (netip.Prefix, bool) {
	written = strings.TrimSpace(written)
	p, err := netip.ParsePrefix(written)
	if ip, err2 := netip.ParseAddr(written); err2 == nil {
		ip = ip.Unmap().WithZone("")
		p, err = ip.Prefix(ip.BitLen())
	}
	switch {
	case err != nil, p.Addr().Is4In6():
		return p, false
	case p.Addr().Is4():
		return p.Masked(), p.Bits() >= widest4
	case p.Bits() > household:
		p, _ = p.Addr().Prefix(household)
	}
	return p.Masked(), p.Bits() >= widest6
}
