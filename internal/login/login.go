// Package login turns a credential into an actor: a password into a session, a
// session into a member of the staff, a visitor token into a customer, a
// one-time link into the first administrator.
//
// It is the only place where that happens, so there is no second path with a
// forgotten check. It does not say what an actor may do; package access does.
//
// Every secret is 256 random bits. What is stored is its SHA-256, so a copy of
// the database signs nobody in.
package login

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"hiwar/internal/id"
)

// Options are what a Service may be given; the zero value serves.
type Options struct {
	// Now is the clock; nil is the wall's.
	Now func() time.Time
	// Hashing is how many passwords are hashed at once; 0 is 2.
	Hashing int
	// HashMemory is how many KiB hashing one takes; 0 is 19 MiB, the least
	// that is worth having. Tests need not wait for it.
	HashMemory uint32
	// Key seals what has to be read again, 32 bytes that are not in the
	// database; nil is one that nobody else ever knows.
	Key []byte
	// Shared: other processes serve the same people from the same database. What
	// one of them made opens at another.
	Shared bool
	// Idle and Absolute are how long a session lasts unused and at most; 0 is
	// 12 hours and 30 days.
	Idle, Absolute time.Duration
}

// Service answers who somebody is. It is safe for concurrent use.
type Service struct {
	store      Store
	now        func() time.Time
	idle       time.Duration
	absolute   time.Duration
	hasher     *hasher
	attempts   *attempts
	tickets    *tickets
	relying    *relying // the site of passkeys; nil: there are none
	challenges *challenges
	passes     *challenges // tickets, where they are shared; nil: they are kept here
	works      *works
	live       *live
	seen       *sightings
	sealer     sealer
	blocked    *blocked
	embedKey   []byte // signs embed tokens
	visitKey   []byte // derives visitor tokens
}

// New prepares a Service. It reads its two secrets, making them on the first
// start.
func New(ctx context.Context, store Store, o Options) (*Service, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Service{
		store: store, now: o.Now,
		idle: orElse(o.Idle, 12*time.Hour), absolute: orElse(o.Absolute, 30*24*time.Hour),
		hasher:     newHasher(orElse(o.HashMemory, memoryKiB), orElse(o.Hashing, 2)),
		attempts:   newAttempts(o.Now),
		tickets:    newTickets(o.Now),
		challenges: newChallenges(o.Now),
		works:      newWorks(o.Now),
		live:       newLive(),
		seen:       newSightings(),
		blocked:    &blocked{orgs: map[id.Org]*blockedIn{}},
	}
	if o.Key == nil {
		o.Key = fresh()
	}
	var err error
	if s.sealer, err = newSealer(o.Key); err != nil {
		return nil, err
	}
	if s.embedKey, err = store.Secret(ctx, "embed", fresh()); err != nil {
		return nil, err
	}
	if s.visitKey, err = store.Secret(ctx, "visitor", fresh()); err != nil {
		return nil, err
	}
	if o.Shared {
		if s.challenges.key, err = store.Secret(ctx, "challenges", fresh()); err != nil {
			return nil, err
		}
		s.passes = newChallenges(o.Now)
		s.passes.key = s.challenges.key
	}
	return s, s.loadBlocks(ctx)
}

// Refresh learns what other processes changed of what is kept in memory, and
// closes what is open here of sessions that they ended.
func (s *Service) Refresh(ctx context.Context) error {
	return errors.Join(s.loadBlocks(ctx), s.closeEnded(ctx))
}

func (s *Service) closeEnded(ctx context.Context) error {
	open := s.live.staff()
	if len(open) == 0 {
		return nil
	}
	ended, err := s.store.EndedSessions(ctx, open)
	for _, d := range ended {
		s.live.end(d)
	}
	return err
}

// fresh is 256 random bits.
func fresh() []byte {
	b := make([]byte, 32)
	rand.Read(b) // never fails: it ends the process instead
	return b
}

func orElse[T comparable](v, other T) T {
	var zero T
	if v == zero {
		return other
	}
	return v
}
