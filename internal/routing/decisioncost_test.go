//go:build !race

package routing

import (
	"math"
	"runtime"
	"testing"
	"time"

	"github.com/tidwall/btree"
)

// What a decision costs, counted and not timed, so that no other work on the
// machine and no cache is in it: how often the trees it looks at compare, and how
// much it allocates. All that leads from one decision to the next is counted
// too: the customer who comes, the accept, the end and the wrap-up.
//
// With ten and a hundred times the agents, queues and customers the trees of who
// waits compare as much more as log n when a slot becomes free, the tree of who
// is free does when a customer comes, and so does what is allocated. All of it
// stays within 200 MB.
func TestADecisionCostsNoMoreThanLogN(t *testing.T) {
	for _, scene := range []struct {
		name string
		busy bool
		step func(*centre)
	}{{"a slot becomes free", true, (*centre).freed}, {"a customer comes", false, (*centre).arrived}} {
		var least cost
		for _, agents := range []int{100, 1000, 10_000} {
			// Ten times the agents do ten times as much in a second, so that
			// customers wait as long and requirements relax as often.
			before := heapInUse()
			c := newCentre(t, agents, scene.busy, 10*time.Second/time.Duration(agents))
			for range agents / 10 { // what is asked for often has been asked for
				scene.step(c)
			}
			now := c.cost(scene.step, scene.busy)
			memory := heapInUse() - before
			runtime.KeepAlive(c)
			t.Logf("%s, %6d agents: %.0f comparisons, %.0f bytes; %.1f MB", scene.name, agents, now.compared, now.allocated, memory)
			if memory > 200 {
				t.Errorf("%s, %d agents: %.0f MB", scene.name, agents, memory)
			}
			if agents == 100 {
				least = now
			}
			grows := math.Log(float64(agents)) / math.Log(100)
			if most := wholeLevels * grows; now.compared > most*least.compared || now.allocated > most*least.allocated {
				t.Errorf("%s, %d agents: %+v; with 100 %+v, and log n is %.1f times as much", scene.name, agents, now, least, grows)
			}
		}
	}
}

// wholeLevels is what a tree costs more than its logarithm because it has whole
// levels.
const wholeLevels = 1.15

// cost is of one decision.
type cost struct{ compared, allocated float64 }

func (c *centre) cost(step func(*centre), busy bool) cost {
	const decisions = 500
	compared := c.state.countComparisons(busy)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c.decisions = make([]decision, 0, 2*decisions)
	for len(c.decisions) < decisions {
		step(c)
	}
	runtime.ReadMemStats(&after)
	n := float64(len(c.decisions))
	return cost{float64(*compared) / n, float64(after.TotalAlloc-before.TotalAlloc) / n}
}

// countComparisons has the trees count that grow with the floor: of who waits
// where everybody is busy, else of who is free; and of what is due.
func (s *State) countComparisons(busy bool) *int {
	n := new(int)
	if busy {
		s.lines = counting(s.lines, lessPlace, n)
		s.ready = counting(s.ready, lessTurn, n)
	} else {
		s.free = counting(s.free, lessChair, n)
	}
	s.due = counting(s.due, lessTimer, n)
	*n = 0
	return n
}

func counting[T any](tree *btree.BTreeG[T], less func(a, b T) bool, n *int) *btree.BTreeG[T] {
	counted := btree.NewBTreeGOptions(func(a, b T) bool { *n++; return less(a, b) }, btree.Options{NoLocks: true})
	tree.Scan(func(x T) bool { counted.Set(x); return true })
	return counted
}
