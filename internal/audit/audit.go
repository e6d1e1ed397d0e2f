// Package audit is the record of what was done to an organization and by
// whom: a list that only grows, in which each record carries a hash of itself
// and of the one before it. Whoever changes, takes out or moves a record breaks
// the chain there, and [Chain] says where.
//
// A chain cannot know that its last records are missing, or that all of it was
// written anew. Whoever wants to know that keeps a [Head] somewhere else and
// gives it to the verification.
//
// It is pure; the store keeps the records in the commit of what they are about,
// so that nothing happens without its record.
package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Console is the actor of what was done by a command on the server itself.
const Console = "console"

// Record is one act. It names customers and what they wrote by identifiers
// alone, so that it may stay when they are erased.
type Record struct {
	N       int64 // 1, 2, 3 … in the organization; given by the store
	At      time.Time
	Actor   string // the user, a customer, or [Console]
	Address string // network address the actor came from; "" if there is none
	Act     string
	Object  string // identifier of what it was done to
	Detail  string // what was before and after, as JSON; "" if the act says it all
	Hash    Hash   // given by the store
}

// Hash is of a record and all before it.
type Hash [sha256.Size]byte

// After is the record as it follows upon another: numbered and hashed.
func (r Record) After(h Head) Record {
	r.N, r.At = h.N+1, r.At.UTC().Truncate(time.Microsecond)
	r.Hash = r.sum(h.Hash)
	return r
}

// Head is where a chain ends. The zero Head is the beginning.
type Head struct {
	N    int64
	Hash Hash
}

// String is the head to be noted: its number and its hash.
func (h Head) String() string { return fmt.Sprintf("%d:%x", h.N, h.Hash[:]) }

// ParseHead reads what [Head.String] wrote.
func ParseHead(s string) (h Head, err error) {
	number, hash, ok := strings.Cut(s, ":")
	sum, bad := hex.DecodeString(hash)
	if h.N, err = strconv.ParseInt(number, 10, 64); err != nil || bad != nil || !ok || len(sum) != len(h.Hash) {
		return h, errors.New("audit: a head is a number, a colon and a hash")
	}
	h.Hash = Hash(sum)
	return h, nil
}

// sum covers every field, each with its length, so that nothing can be moved
// from one field to the next.
func (r Record) sum(before Hash) Hash {
	b := append([]byte("hiwar-audit-1"), before[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(r.N))
	b = binary.BigEndian.AppendUint64(b, uint64(r.At.UnixMicro()))
	for _, field := range []string{r.Actor, r.Address, r.Act, r.Object, r.Detail} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(field)))
		b = append(b, field...)
	}
	return sha256.Sum256(b)
}

// Broken says where a chain is, and what is wrong.
type Broken struct {
	N      int64
	Reason Reason
}

func (b *Broken) Error() string { return fmt.Sprintf("audit: record %d: %s", b.N, b.Reason) }

// Reason is what is wrong with a chain.
type Reason string

// The reasons.
const (
	Missing   Reason = "a record is missing before it"
	Changed   Reason = "it is not as it was written, or is not where it was"
	Cut       Reason = "it is missing, and with it whatever followed"
	Rewritten Reason = "it is another one than was noted"
)

// Chain checks records one after another. The zero Chain stands before the
// first.
type Chain struct {
	head  Head
	noted *Head // still to come
}

// Noted makes the chain fail unless it reaches a head that was noted earlier.
func (c *Chain) Noted(h Head) { c.noted = &h }

// Next checks the record that follows; the error is a [*Broken].
func (c *Chain) Next(r Record) error {
	if r.N != c.head.N+1 {
		return &Broken{r.N, Missing}
	}
	if r.sum(c.head.Hash) != r.Hash {
		return &Broken{r.N, Changed}
	}
	c.head = Head{r.N, r.Hash}
	if c.noted != nil && c.noted.N == r.N {
		if *c.noted != c.head {
			return &Broken{r.N, Rewritten}
		}
		c.noted = nil
	}
	return nil
}

// End is the head of what was checked. It fails where the chain ends before
// the last record that the store counted, or before the head that was noted.
func (c *Chain) End(counted int64) (Head, error) {
	if c.noted != nil && c.noted.N > 0 {
		counted = max(counted, c.noted.N)
	}
	if c.head.N < counted {
		return c.head, &Broken{c.head.N + 1, Cut}
	}
	return c.head, nil
}
