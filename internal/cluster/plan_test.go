package cluster

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/id"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// room is a database with leases and a clock that obeys, and nodes that see it.
type room struct {
	now   time.Time
	peers map[string]*node
	held  map[id.Org]Holding
	cut   map[string]bool // reaches neither the database nor the bus
}

type node struct {
	planner *planner
	has     map[id.Org]int64
	began   time.Time
	beat    time.Time
	leaving bool
}

func newRoom(orgs int, names ...string) *room {
	r := &room{now: noon, peers: map[string]*node{}, held: map[id.Org]Holding{}, cut: map[string]bool{}}
	for i := range orgs {
		o := id.Org(fmt.Sprintf("org_%d", i))
		r.held[o] = Holding{Org: o}
	}
	for _, name := range names {
		r.join(name)
	}
	return r
}

func (r *room) join(name string) {
	r.peers[name] = &node{planner: newPlanner(name), has: map[id.Org]int64{}, began: r.now, beat: r.now}
}

// turn is what one node does at one look.
func (r *room) turn(name string) {
	n := r.peers[name]
	if r.cut[name] {
		return
	}
	n.beat = r.now
	v := View{Now: r.now}
	for other, p := range r.peers {
		v.Peers = append(v.Peers, Peer{Name: other, Beat: r.now.Sub(p.beat), Up: r.now.Sub(p.began), Leaving: p.leaving})
	}
	for o, h := range r.held {
		if h.Node == name {
			h.Until = r.now.Add(Lease)
			r.held[o] = h
		}
		h.Left = h.Until.Sub(r.now)
		v.Holdings = append(v.Holdings, h)
	}
	quiet := func(peer string) time.Duration {
		if r.cut[peer] {
			return r.now.Sub(r.peers[peer].beat)
		}
		return 0
	}
	for _, s := range n.planner.next(v, n.has, quiet, n.leaving) {
		switch s := s.(type) {
		case take:
			if now := r.held[s.Org]; now.Epoch == s.Epoch && now.Until.Equal(s.Until) {
				r.held[s.Org] = Holding{Org: s.Org, Node: name, Epoch: s.Epoch + 1, Until: r.now.Add(Lease)}
				n.has[s.Org] = s.Epoch + 1
			}
		case load:
			n.has[s.Org] = s.Epoch
		case drop:
			delete(n.has, s.Org)
		case hand:
			delete(n.has, s.Org)
			r.held[s.Org] = Holding{Org: s.Org, Node: s.To, Epoch: s.Epoch + 1, Until: r.now.Add(Lease)}
		}
	}
}

func (r *room) pass(d time.Duration) {
	for end := r.now.Add(d); r.now.Before(end); {
		for name := range r.peers {
			r.turn(name)
		}
		r.now = r.now.Add(lookEvery)
	}
}

// owners are who may commit for what; it fails where two may.
func (r *room) owners(t *testing.T) map[string]int {
	t.Helper()
	count := map[string]int{}
	for o, h := range r.held {
		may := 0
		for name, n := range r.peers {
			if e, in := n.has[o]; in && e == h.Epoch {
				may++
				count[name]++
			}
		}
		if may != 1 {
			t.Errorf("%d nodes may commit for %s (%+v)", may, o, h)
		}
	}
	return count
}

func TestEverythingHasOneOwner(t *testing.T) {
	r := newRoom(60, "a", "b", "c")
	r.pass(3 * time.Second)
	for name, n := range r.owners(t) {
		if n < 10 {
			t.Errorf("%s has %d of 60", name, n)
		}
	}
}

// Whoever is gone is replaced before its leases end, but not before it has
// missed a beat and was silent.
func TestWhoeverIsGoneIsReplaced(t *testing.T) {
	r := newRoom(30, "a", "b", "c")
	r.pass(10 * time.Second)
	was := r.owners(t)["a"]
	r.cut["a"] = true
	since := r.now
	r.pass(2 * time.Second)
	if got := r.owners(t)["a"]; got != was {
		t.Errorf("%d of %d were taken from a node that was silent for 2 s", was-got, was)
	}
	for r.now.Before(since.Add(Lease)) && r.owners(t)["a"] > 0 {
		r.pass(lookEvery)
	}
	if took := r.now.Sub(since); took > 4500*time.Millisecond {
		t.Errorf("it took %v to replace a node", took)
	}
	// It comes back, as after SIGSTOP: what it believes to have, it gives up.
	r.cut["a"] = false
	r.pass(10 * time.Second)
	for o, e := range r.peers["a"].has {
		if h := r.held[o]; h.Node != "a" || h.Epoch != e {
			t.Errorf("a still believes to have %s", o)
		}
	}
	r.owners(t)
}

// A node that the database does not hear of for a while, but the others do, is
// left alone until its leases end.
func TestHeardOnTheBus(t *testing.T) {
	p := newPlanner("a")
	v := View{
		Now:      noon,
		Peers:    []Peer{{Name: "a"}, {Name: "b", Beat: 6 * time.Second}},
		Holdings: []Holding{{Org: "org_1", Node: "b", Epoch: 3, Left: time.Second}},
	}
	if steps := p.next(v, nil, func(string) time.Duration { return silent / 2 }, false); len(steps) > 0 {
		t.Errorf("it was heard and is replaced all the same: %v", steps)
	}
	v.Holdings[0].Left, v.Peers[1].Beat, v.Now = -1, 8*time.Second, noon.Add(2*time.Second)
	want := []step{take{v.Holdings[0]}}
	if diff := cmp.Diff(want, p.next(v, nil, func(string) time.Duration { return silent / 2 }, false)); diff != "" {
		t.Errorf("its leases are over (-want +got):\n%s", diff)
	}
}

func TestLeavingHandsOverAtOnce(t *testing.T) {
	r := newRoom(30, "a", "b", "c")
	r.pass(10 * time.Second)
	r.peers["a"].leaving = true
	r.turn("a")
	r.turn("b")
	r.turn("c")
	if got := r.owners(t)["a"]; got != 0 {
		t.Errorf("whoever leaves keeps %d", got)
	}
}

// A node that joins gets its share once it has been there for a while, and what
// it does not get stays where it is.
func TestJoining(t *testing.T) {
	r := newRoom(30, "a", "b")
	r.pass(10 * time.Second)
	before := map[id.Org]string{}
	for o, h := range r.held {
		before[o] = h.Node
	}
	r.join("c")
	r.pass(settled - time.Second)
	if got := r.owners(t)["c"]; got != 0 {
		t.Errorf("a node that has just begun has %d", got)
	}
	r.pass(time.Minute)
	if got := r.owners(t)["c"]; got < 3 {
		t.Errorf("a new node gets %d of 30", got)
	}
	for o, h := range r.held {
		if h.Node != "c" && h.Node != before[o] {
			t.Errorf("%s went from %s to %s because of c", o, before[o], h.Node)
		}
	}
}

// What nobody has loaded is loaded again, and what is another's forgotten.
func TestMemoryFollowsTheDatabase(t *testing.T) {
	p := newPlanner("a")
	v := View{Now: noon, Peers: []Peer{{Name: "a"}, {Name: "b"}}, Holdings: []Holding{
		{Org: "org_1", Node: "a", Epoch: 2, Left: Lease}, {Org: "org_2", Node: "b", Epoch: 5, Left: Lease}, {Org: "org_3", Node: "b", Epoch: 1, Left: Lease},
	}}
	has := map[id.Org]int64{"org_2": 4, "org_9": 1}
	want := []step{load{"org_1", 2}, drop{"org_2"}, drop{"org_9"}}
	if diff := cmp.Diff(want, p.next(v, has, func(string) time.Duration { return 0 }, false)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
