package login

import (
	"context"
	"net/netip"
	"strings"
	"sync"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// mostBlocks is how many an organization may have.
const mostBlocks = 10_000

// blocked knows who may not write without asking the database: every message
// asks.
type blocked struct {
	// changing is held over a change of the database and of what is known of it,
	// so that both change in one order.
	changing sync.Mutex

	mu   sync.RWMutex
	orgs map[id.Org]*blockedIn
}

type blockedIn struct {
	byID      map[id.Block]access.Block
	customers map[id.Customer]access.Block
	networks  map[netip.Prefix]access.Block
}

func (b *blocked) put(x access.Block) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.add(x)
}

// replace forgets what is known for all that there is.
func (b *blocked) replace(all []access.Block) {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.orgs)
	for _, x := range all {
		b.add(x)
	}
}

// add needs the lock.
func (b *blocked) add(x access.Block) {
	in := b.orgs[x.Org]
	if in == nil {
		in = &blockedIn{map[id.Block]access.Block{}, map[id.Customer]access.Block{}, map[netip.Prefix]access.Block{}}
		b.orgs[x.Org] = in
	}
	in.byID[x.ID] = x
	if x.Customer != "" {
		in.customers[x.Customer] = x
	} else if p, ok := access.NetworkOf(x.Network); ok {
		in.networks[p] = x
	}
}

func (b *blocked) lift(x access.Block) {
	b.mu.Lock()
	defer b.mu.Unlock()
	in := b.orgs[x.Org]
	delete(in.byID, x.ID)
	if x.Customer != "" {
		delete(in.customers, x.Customer)
	} else if p, ok := access.NetworkOf(x.Network); ok {
		delete(in.networks, p)
	}
}

func (b *blocked) byID(o id.Org, block id.Block) (access.Block, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if in := b.orgs[o]; in != nil {
		x, ok := in.byID[block]
		return x, ok
	}
	return access.Block{}, false
}

func (b *blocked) of(o id.Org, c id.Customer) (access.Block, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if in := b.orgs[o]; in != nil {
		x, ok := in.customers[c]
		return x, ok
	}
	return access.Block{}, false
}

// holds reports whether the customer or where they come from is blocked now.
func (b *blocked) holds(a access.Actor, now time.Time) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	in := b.orgs[a.Org]
	if in == nil {
		return false
	}
	if x, ok := in.customers[a.Customer]; ok && x.Holds(now) {
		return true
	}
	if len(in.networks) == 0 {
		return false
	}
	ip, ok := addressOf(a.Address)
	for bits := ip.BitLen(); ok && bits > 0; bits-- {
		p, err := ip.Prefix(bits)
		if x, found := in.networks[p]; err == nil && found && x.Holds(now) {
			return true
		}
	}
	return false
}

// addressOf reads an address, or the first one of a network, as callers are
// counted by.
func addressOf(caller string) (netip.Addr, bool) {
	host, _, _ := strings.Cut(caller, "/")
	ip, err := netip.ParseAddr(host)
	return ip.Unmap(), err == nil
}

// Blocked refuses a customer who is kept from writing, or comes from where
// everybody is. Nobody else is refused.
func (s *Service) Blocked(a access.Actor) error {
	if a.Kind == access.Customer && s.blocked.holds(a, s.now()) {
		return problem.New(problem.Blocked)
	}
	return nil
}

// Block keeps b's customer, or everybody from its network, from writing from
// now on. Done again it takes the place of what there was. It is recorded with
// the act; the caller has asked whether the actor may block that customer.
func (s *Service) Block(ctx context.Context, a access.Actor, b access.Block, hours int) (access.Block, error) {
	if b.Customer == "" {
		if err := access.Allow(a, access.ManageBlocks, access.None); err != nil {
			return b, err
		}
		network, ok := access.NetworkOf(b.Network)
		if !ok {
			return b, problem.New(problem.InvalidParameter, "parameter", "network")
		}
		b.Network = network.String()
	}
	b.Org, b.By, b.CreatedAt = a.Org, a.User, s.now().UTC().Truncate(time.Microsecond)
	if hours > 0 {
		b.ExpiresAt = b.CreatedAt.Add(time.Duration(hours) * time.Hour)
	}
	s.blocked.changing.Lock()
	defer s.blocked.changing.Unlock()
	b, err := s.store.PutBlock(engine.WithWitness(ctx, a, engine.ActBlock, b.Subject(), b.CreatedAt), b, mostBlocks)
	if err == nil {
		s.blocked.put(b)
	}
	return b, err
}

// Unblock lifts a block, and records it.
func (s *Service) Unblock(ctx context.Context, a access.Actor, block id.Block) error {
	if err := access.Allow(a, access.ManageBlocks, access.None); err != nil {
		return err
	}
	s.blocked.changing.Lock()
	defer s.blocked.changing.Unlock()
	b, ok := s.blocked.byID(a.Org, block)
	if !ok {
		return problem.New(problem.NotFound)
	}
	if err := s.store.DeleteBlock(engine.WithWitness(ctx, a, engine.ActUnblock, b.Subject(), s.now()), a.Org, block); err != nil {
		return err
	}
	s.blocked.lift(b)
	return nil
}

// Blocks are an organization's that hold, newest first: those with a text in
// them, up to limit older than before.
func (s *Service) Blocks(ctx context.Context, a access.Actor, query string, before id.Block, limit int) ([]access.Blocked, error) {
	if err := access.Allow(a, access.ManageBlocks, access.None); err != nil {
		return nil, err
	}
	return s.store.Blocks(ctx, a.Org, s.now(), query, before, limit)
}

// ForgetBlock forgets that a customer is blocked, and why, of whom nothing is
// stored any more.
func (s *Service) ForgetBlock(o id.Org, c id.Customer) {
	s.blocked.changing.Lock()
	defer s.blocked.changing.Unlock()
	if b, ok := s.blocked.of(o, c); ok {
		s.blocked.lift(b)
	}
}

// forgetBlocks forgets those whose time is over.
func (s *Service) forgetBlocks(ctx context.Context) error {
	now := s.now()
	s.blocked.changing.Lock()
	defer s.blocked.changing.Unlock()
	if err := s.store.DeleteOldBlocks(ctx, now); err != nil {
		return err
	}
	for _, b := range s.blocked.over(now) {
		s.blocked.lift(b)
	}
	return nil
}

func (b *blocked) over(now time.Time) (all []access.Block) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, in := range b.orgs {
		for _, x := range in.byID {
			if !x.Holds(now) {
				all = append(all, x)
			}
		}
	}
	return all
}

// loadBlocks learns what the database has.
func (s *Service) loadBlocks(ctx context.Context) error {
	s.blocked.changing.Lock()
	defer s.blocked.changing.Unlock()
	all, err := s.store.EveryBlock(ctx)
	if err == nil {
		s.blocked.replace(all)
	}
	return err
}

// blockJoined learns under which name somebody is blocked now who was so as a
// customer whom nobody knew: the database moved that with their conversations.
func (s *Service) blockJoined(ctx context.Context, o id.Org, anonymous id.Customer) error {
	if _, known := s.blocked.of(o, anonymous); !known {
		return nil // nearly always
	}
	return s.loadBlocks(ctx)
}
