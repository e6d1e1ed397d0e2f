// Package cluster makes one contact centre of several processes over one
// database.
//
// Each organization as a whole, its floor and its conversations, is one node's
// at a time, by a lease with an epoch in the database. Every node answers every
// client: what has to be asked of an organization that is another's goes there
// over the link, and what happens comes back over the bus. The link loses what
// it likes; what counts is in the database.
//
// # Who has what
//
// planner decides, from one look at the database, what this node takes, gives
// and forgets. A [Node] carries it out. Wrong decisions are possible, since
// nobody knows of another whether they live, and harmless: what an owner
// commits carries its epoch, and the database refuses an epoch that is over.
//
// # Who is there
//
// Connections end at any node. Each tells the owner who is there by its
// sockets, and the owner puts that together (evidence): somebody is lost when
// no node that is alive says they are there.
package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
)

// Options are what a Node is made of.
type Options struct {
	Name    string // of this process, never used before
	Address string // where its bus is reached by other nodes
	Engine  *engine.Engine
	Leases  Leases
	Link    Link
	// Over lets go to clients what was gathered for them: an answer came.
	Over func()
	// Seen gets every view before anything is done about it.
	Seen func(View)
	Log  *slog.Logger
}

// Node is this process among the others. It answers as the engine does, for
// every organization.
type Node struct {
	name, address string
	engine        *engine.Engine
	leases        Leases
	link          Link
	over          func()
	saw           func(View)
	log           *slog.Logger

	planner *planner
	kick    chan struct{}
	counts  counts

	mu      sync.Mutex
	owners  map[id.Org]owner
	owns    map[id.Org]int64
	heard   map[string]time.Time // on the bus
	changed chan struct{}        // closed when owners change
	ready   chan struct{}
	isReady bool
	leaving bool
	lanes   map[string]*lane

	evidence *evidence
}

type owner struct {
	node  string
	epoch int64
}

type counts struct {
	forwarded, answered, failed, taken, given, stale atomic.Int64
}

// New makes a Node; Run makes it one of the cluster. Stale is to be called by the
// engine.
func New(o Options) *Node {
	n := &Node{
		name: o.Name, address: o.Address, engine: o.Engine, leases: o.Leases, link: o.Link, over: o.Over, saw: o.Seen, log: o.Log,
		planner: newPlanner(o.Name), kick: make(chan struct{}, 1),
		owners: map[id.Org]owner{}, owns: map[id.Org]int64{}, heard: map[string]time.Time{}, changed: make(chan struct{}), ready: make(chan struct{}),
		lanes: map[string]*lane{},
	}
	n.evidence = newEvidence(n)
	return n
}

// Stale hears of an organization whose commit was refused.
func (n *Node) Stale(o id.Org) {
	n.counts.stale.Add(1)
	n.log.Warn("an organization was taken up elsewhere; what was decided here since is refused", "org", o)
	n.soon()
}

// Ready is closed when the node has seen the others and taken its share once.
func (n *Node) Ready() <-chan struct{} { return n.ready }

// Counts gives the node's figures to whoever collects them.
func (n *Node) Counts(emit func(name string, value int64)) {
	n.mu.Lock()
	owned, nodes := len(n.owns), len(n.heard)+1
	n.mu.Unlock()
	emit("cluster_organizations_owned", int64(owned))
	emit("cluster_nodes_heard", int64(nodes))
	emit("cluster_forwarded_total", n.counts.forwarded.Load())
	emit("cluster_forward_failures_total", n.counts.failed.Load())
	emit("cluster_answered_total", n.counts.answered.Load())
	emit("cluster_taken_total", n.counts.taken.Load())
	emit("cluster_given_total", n.counts.given.Load())
	emit("cluster_stale_commits_total", n.counts.stale.Load())
}

const (
	lookEvery = 500 * time.Millisecond // and say on the bus that one is there
	leaveIn   = 5 * time.Second
)

// Run takes part until ctx ends; then it hands over what it has and leaves. The
// engine has to run for longer.
func (n *Node) Run(ctx context.Context) error {
	if err := n.link.Hear(n.hear); err != nil {
		return err
	}
	if err := n.link.Answer(n.answer); err != nil {
		return err
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		n.tell(hint{From: n.name})
		n.turn(ctx)
		select {
		case <-tick.C:
		case <-n.kick:
		case <-ctx.Done():
			n.leave()
			return nil
		}
	}
}

// leave hands everything over.
func (n *Node) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), leaveIn)
	defer cancel()
	n.mu.Lock()
	n.leaving = true
	n.mu.Unlock()
	n.turn(ctx)
	if err := n.leases.Leave(ctx, n.name); err != nil {
		n.log.Warn("the node could not be removed from the database; the others wait for its leases to end", "error", err)
	}
	n.tell(hint{From: n.name})
}

func (n *Node) soon() {
	select {
	case n.kick <- struct{}{}:
	default:
	}
}

func (n *Node) tell(h hint) {
	if b, err := json.Marshal(h); err == nil {
		n.link.Tell(b)
	}
}

func (n *Node) hear(what []byte) {
	var h hint
	if json.Unmarshal(what, &h) != nil || h.From == "" {
		return
	}
	n.mu.Lock()
	n.heard[h.From] = time.Now()
	n.mu.Unlock()
	if h.Org != "" {
		n.soon()
	}
}

// Heard are the nodes that were heard on the bus a moment ago.
func (n *Node) Heard() (names []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for name, at := range n.heard {
		if time.Since(at) < silent {
			names = append(names, name)
		}
	}
	return names
}

func (n *Node) silence(peer string) time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	at, ok := n.heard[peer]
	if !ok {
		return Lease
	}
	return time.Since(at)
}

// turn looks at the database once and does what follows.
func (n *Node) turn(ctx context.Context) {
	n.mu.Lock()
	leaving := n.leaving
	n.mu.Unlock()
	v, err := n.leases.Beat(ctx, Peer{Name: n.name, Address: n.address, Leaving: leaving})
	if err != nil {
		if ctx.Err() == nil {
			n.log.Warn("the leases could not be read", "error", err)
		}
		return
	}
	has, err := n.engine.Has(ctx)
	if err != nil {
		return
	}
	n.see(v, has)
	if n.saw != nil {
		n.saw(v)
	}
	all := true
	for _, s := range n.planner.next(v, has, n.silence, leaving) {
		if err := n.do(ctx, s); err != nil && ctx.Err() == nil {
			all = false
			n.log.Warn("an organization could not change hands; it is tried again", "step", s, "error", err)
		}
	}
	if all {
		n.mu.Lock()
		if !n.isReady {
			n.isReady = true
			close(n.ready)
		}
		n.mu.Unlock()
	}
	n.evidence.sweep(v)
}

// see remembers who has what, and wakes whoever waits for that.
func (n *Node) see(v View, has map[id.Org]int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	next := make(map[id.Org]owner, len(v.Holdings))
	differs := len(v.Holdings) != len(n.owners)
	for _, h := range v.Holdings {
		next[h.Org] = owner{h.Node, h.Epoch}
		if n.owners[h.Org] == next[h.Org] {
			continue
		}
		differs = true
		if h.Node != "" && h.Node != n.name {
			go n.evidence.repeat(h.Org)
		}
	}
	n.owners, n.owns = next, has
	known := map[string]bool{}
	for _, p := range v.Peers {
		known[p.Name] = true
	}
	for name, at := range n.heard {
		if !known[name] && time.Since(at) > Lease {
			delete(n.heard, name)
		}
	}
	if differs {
		n.wakeAll()
	}
}

// wakeAll needs the lock.
func (n *Node) wakeAll() {
	close(n.changed)
	n.changed = make(chan struct{})
}

func (n *Node) do(ctx context.Context, s step) error {
	switch s := s.(type) {
	case take:
		epoch, ok, err := n.leases.Take(ctx, s.Holding, n.name)
		if err != nil || !ok {
			return err
		}
		return n.load(ctx, s.Org, epoch)
	case load:
		return n.load(ctx, s.Org, s.Epoch)
	case drop:
		n.lost(s.Org)
		return n.engine.GiveUp(ctx, s.Org)
	case hand:
		// What is under way is stored first.
		if err := n.engine.GiveUp(ctx, s.Org); err != nil {
			return err
		}
		n.lost(s.Org)
		if err := n.leases.Hand(ctx, s.Holding, s.To); err != nil {
			return err
		}
		n.counts.given.Add(1)
		n.tell(hint{From: n.name, Org: s.Org})
	}
	return nil
}

func (n *Node) load(ctx context.Context, o id.Org, epoch int64) error {
	if err := n.engine.TakeUp(ctx, o, epoch); err != nil {
		return err
	}
	n.counts.taken.Add(1)
	n.mu.Lock()
	n.owners[o] = owner{n.name, epoch}
	n.owns[o] = epoch
	n.wakeAll()
	n.mu.Unlock()
	n.tell(hint{From: n.name, Org: o})
	return n.evidence.taken(ctx, o)
}

func (n *Node) lost(o id.Org) {
	n.mu.Lock()
	delete(n.owns, o)
	if n.owners[o].node == n.name {
		delete(n.owners, o)
	}
	n.mu.Unlock()
	n.evidence.lost(o)
}

// Adopt takes an organization up that was just created.
func (n *Node) Adopt(ctx context.Context, o id.Org) error {
	n.soon()
	for {
		n.mu.Lock()
		has, changed := n.owners[o].node != "", n.changed
		n.mu.Unlock()
		if has {
			return nil
		}
		select {
		case <-changed:
		case <-time.After(lookEvery):
			n.soon()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

var errNobody = errors.New("nobody has the organization at the moment")
