package engine

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"hiwar/internal/id"
)

// Several engines may work on one store. Each organization as a whole, its
// floor and its conversations, is one engine's at a time, by an epoch that grows
// whenever it changes hands. Who has it is agreed upon elsewhere; the engine
// puts the epoch on everything it commits, and the store refuses what an
// earlier owner decided. So a wrong agreement costs work and decides nothing
// twice.

// How long an owner has what it has from its last beat, and how often it beats,
// by the database's clock.
const (
	Lease     = 7 * time.Second
	BeatEvery = 2 * time.Second
)

// Peer is a process as the database knows it.
type Peer struct {
	Name    string
	Address string        // where its bus is reached by others; "" if nowhere
	Beat    time.Duration // since its last beat
	Up      time.Duration // since its first
	Leaving bool          // takes nothing any more
}

// Holding is who has an organization.
type Holding struct {
	Org   id.Org
	Node  string // "": nobody
	Epoch int64  // grows whenever it changes hands; 0: nobody ever had it
	Until time.Time
	Left  time.Duration // until the lease ends; negative if it has
}

// Standing is what the database says of all of them at one moment, by its clock.
type Standing struct {
	Now      time.Time
	Peers    []Peer
	Holdings []Holding
}

// ErrElsewhere: the organization is not this engine's. Nothing was done.
var ErrElsewhere = errors.New("the organization is not here")

// TakeUp loads an organization that is this engine's from now on. Its owners
// before can store nothing more: whoever calls has seen to that.
func (e *Engine) TakeUp(ctx context.Context, o id.Org, epoch int64) error {
	last, err := e.store.LastCommit(ctx)
	if err != nil {
		return unavailable(err)
	}
	loaded, err := e.store.Floor(ctx, o)
	if err != nil {
		return read(err)
	}
	return e.question(ctx, func(time.Time) error {
		if e.epochs[o] == epoch {
			return nil
		}
		e.giveUp(o)
		// What was decided there is not later than what is decided here.
		e.clock.reach(last)
		if err := e.install(loaded); err != nil {
			return err
		}
		e.epochs[o] = epoch
		return nil
	})
}

// GiveUp forgets an organization. What was asked before is stored; what is
// asked after it is refused with [ErrElsewhere].
func (e *Engine) GiveUp(ctx context.Context, o id.Org) error {
	return e.question(ctx, func(time.Time) error {
		e.giveUp(o)
		return nil
	})
}

// Has are the organizations that are this engine's, with their epochs.
func (e *Engine) Has(ctx context.Context) (map[id.Org]int64, error) {
	return ask(ctx, e, func(time.Time) (map[id.Org]int64, error) { return maps.Clone(e.epochs), nil })
}

func (e *Engine) has(o id.Org) bool {
	return !e.shared || e.epochs[o] != 0
}

func (e *Engine) giveUp(o id.Org) {
	delete(e.epochs, o)
	delete(e.floors, o)
	delete(e.missing, o)
	for key := range e.chats.byKey {
		if key.org == o {
			e.chats.drop(key)
		}
	}
	e.receipts.forget(o)
}

// forget drops what an organization's readers reported: they report again.
func (r *receipts) forget(o id.Org) {
	r.order = slices.DeleteFunc(r.order, func(k receiptKey) bool {
		if k.org != o {
			return false
		}
		if r.recent[k].waits {
			r.waiting--
		}
		delete(r.recent, k)
		return true
	})
}

// Passing is the request as it may leave the process for the engine that has
// its organization: without card numbers.
func (e *Engine) Passing(r Request) Request {
	return through(r, e.gate.of(r.Actor.Org))
}
