package cluster

import (
	"cmp"
	"hash/fnv"
	"slices"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
)

// Durations of the agreement on who has what. Those of leases pass on the
// database's clock, so that no node's own clock matters.
const (
	// Lease is how long a node has what it took, from its last beat, and beatEvery
	// how often it renews what it has.
	Lease     = engine.Lease
	beatEvery = engine.BeatEvery
	// A node that has missed a beat and was not heard on the bus either is
	// replaced before its leases end. If it lives after all, the epoch refuses
	// what it commits: being wrong costs work and decides nothing twice.
	overdue = beatEvery + time.Second
	silent  = 1500 * time.Millisecond
	// settled is how long a node has been there before it is given what would be
	// its share: one that starts over and over moves nothing.
	settled = 5 * time.Second
	// patience is how long the others leave what is free to the node whose share
	// it is.
	patience = time.Second
)

// What the database says is in the engine's words, which the store knows too.
type (
	Peer    = engine.Peer
	Holding = engine.Holding
	View    = engine.Standing
)

// step is one thing to do now.
type step interface{ step() }

type (
	take struct{ Holding } // has nobody any more: to be tried, others may be faster
	load struct {          // is this node's and not in its memory
		Org   id.Org
		Epoch int64
	}
	drop struct{ Org id.Org } // is in its memory and another's
	hand struct {             // is another's share
		Holding
		To string // "": whoever takes it
	}
)

func (take) step() {}
func (load) step() {}
func (drop) step() {}
func (hand) step() {}

// planner decides what one node does. It reads no clock.
type planner struct {
	me   string
	free map[id.Org]time.Time // first seen without an owner, by the database's clock
}

func newPlanner(me string) *planner { return &planner{me: me, free: map[id.Org]time.Time{}} }

// next is what to do, given what is in memory by epoch, and for how long each
// peer was silent on the bus.
func (p *planner) next(v View, has map[id.Org]int64, silence func(peer string) time.Duration, leaving bool) []step {
	alive := map[string]Peer{}
	for _, x := range v.Peers {
		if x.Beat < Lease && (x.Name == p.me || x.Beat < overdue || silence(x.Name) < silent) {
			alive[x.Name] = x
		}
	}
	var steps []step
	handed := false
	held := map[id.Org]bool{}
	for _, h := range v.Holdings {
		held[h.Org] = true
		mine := h.Node == p.me
		switch epoch, in := has[h.Org]; {
		case in && (!mine || epoch != h.Epoch):
			steps = append(steps, drop{h.Org})
			continue
		case mine && leaving:
			steps = append(steps, hand{h, p.share(h.Org, v.Peers, alive, true)})
			continue
		case mine && !in:
			steps = append(steps, load{h.Org, h.Epoch})
			continue
		case mine:
			to := p.share(h.Org, v.Peers, alive, false)
			if to != p.me && to != "" && alive[to].Up >= settled && !handed {
				handed = true // one at a time
				steps = append(steps, hand{h, to})
			}
			continue
		}
		_, there := alive[h.Node]
		if h.Node != "" && h.Left > 0 && there {
			delete(p.free, h.Org)
			continue
		}
		if _, known := p.free[h.Org]; !known {
			p.free[h.Org] = v.Now
		}
		share := p.share(h.Org, v.Peers, alive, false)
		if !leaving && (share == p.me || v.Now.Sub(p.free[h.Org]) >= patience) {
			steps = append(steps, take{h})
		}
	}
	for _, o := range sorted(has) {
		if !held[o] {
			steps = append(steps, drop{o})
		}
	}
	return steps
}

// share is the node whose share an organization is: the same for all who see
// the same nodes, and few move when one comes or goes. "" if there is none.
func (p *planner) share(o id.Org, peers []Peer, alive map[string]Peer, others bool) (best string) {
	var most uint64
	for _, x := range peers {
		if _, there := alive[x.Name]; !there || x.Leaving || others && x.Name == p.me {
			continue
		}
		h := fnv.New64a()
		h.Write([]byte(x.Name + "\x00" + string(o)))
		if w := mixed(h.Sum64()); best == "" || w > most || w == most && x.Name < best {
			best, most = x.Name, w
		}
	}
	return best
}

// mixed spreads a hash whose inputs differ in few bits over all of its own.
func mixed(x uint64) uint64 {
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

func sorted(has map[id.Org]int64) []id.Org {
	all := make([]id.Org, 0, len(has))
	for o := range has {
		all = append(all, o)
	}
	slices.SortFunc(all, cmp.Compare)
	return all
}
