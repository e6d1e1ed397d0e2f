package routing

import (
	"hiwar/internal/id"
)

// A rule says which of the agents who could take a task gets it.
type rule interface {
	// candidates lists the agents who could take the task now, best first, at
	// most n of them.
	candidates(s *State, t *Task, n int) []id.User
}

// ruleOf is the queue's rule. There is one so far.
func (s *State) ruleOf(id.Queue) rule { return longestAvailable{} }

// longestAvailable prefers fewest occupied slots; among equals, who was last
// offered work or became Available longest ago; ties by identifier. The free
// chairs are kept in that order.
type longestAvailable struct{}

func (longestAvailable) candidates(s *State, t *Task, n int) []id.User {
	var list []id.User
	s.free.Ascend(chair{queue: t.Queue, occupied: -1}, func(c chair) bool {
		if c.queue != t.Queue || len(list) == n {
			return false
		}
		if c.agent != t.Except {
			list = append(list, c.agent)
		}
		return true
	})
	return list
}

// match offers waiting tasks until no free agent faces one they could take.
// The task that comes first goes first, whichever queue it is in, so an agent
// who serves several queues is offered the one of them who waits longest.
//
// Only queues with a newly ready task or a newly free agent can have a pair,
// so deciding does not cost the size of the floor.
func (s *State) match() {
	var queues []id.Queue
	s.dirty.Scan(func(q id.Queue) bool { queues = append(queues, q); return true })
	s.dirty.Clear()
	for {
		next, ok := s.nextPair(queues)
		if !ok {
			break
		}
		s.offerBest(next)
	}
	s.dirty.Clear() // offering frees nobody and readies nothing
}

// nextPair is the first task, over all the queues, that somebody could take.
func (s *State) nextPair(queues []id.Queue) (first *Task, ok bool) {
	var at place
	for _, q := range queues {
		p, found := s.nextIn(q)
		if found && (!ok || p.before(at)) {
			at, ok = p, true
		}
	}
	if ok {
		first, _ = s.tasks.Get(at.task)
	}
	return first, ok
}

// nextIn is the first place in one queue that somebody could take.
func (s *State) nextIn(q id.Queue) (at place, ok bool) {
	if !s.anyFree(q) {
		return at, false
	}
	s.ready.Ascend(place{queue: q, class: -1}, func(p place) bool {
		if p.queue != q {
			return false
		}
		t, _ := s.tasks.Get(p.task)
		if len(s.ruleOf(q).candidates(s, t, 1)) > 0 {
			at, ok = p, true
		}
		return !ok
	})
	return at, ok
}

func (s *State) anyFree(q id.Queue) (any bool) {
	s.free.Ascend(chair{queue: q, occupied: -1}, func(c chair) bool {
		any = c.queue == q
		return false
	})
	return any
}

// runnersUp is how many of those who came after the winner are kept.
const runnersUp = 10

// offerBest offers the task to the best candidate and keeps why.
func (s *State) offerBest(t *Task) {
	best := s.ruleOf(t.Queue).candidates(s, t, 1+runnersUp)
	why := s.decision(t)
	why.RunnersUp = append(why.RunnersUp, best[1:]...)
	s.offer(*t, best[0], why)
}

// tally counts the agents who serve a queue by what rules them out of an offer
// now. It is kept as they change, so that a decision does not look at them all.
type tally [5]int

const (
	couldTakeIt = iota
	notAvailable
	unreachable
	atCapacity
	offersFull
)

// exclusions are what the places of a tally stand for.
var exclusions = [...]Exclusion{notAvailable: NotAvailable, unreachable: Unreachable, atCapacity: AtCapacity, offersFull: OffersFull}

func (x Exclusion) number() int {
	for n, exclusion := range exclusions {
		if x == exclusion {
			return n
		}
	}
	panic("routing: no tally for " + string(x))
}

// decision is why the best of those who could take the task gets it.
func (s *State) decision(t *Task) Decision {
	counts, _ := s.tallies.Get(t.Queue)
	why := Decision{Config: s.setup.version}
	exclude := func(x Exclusion, n int) {
		if n > 0 && why.Excluded == nil {
			why.Excluded = map[Exclusion]int{}
		}
		if n > 0 {
			why.Excluded[x] = n
		}
	}
	if s.setup.inService(t.Queue, t.Except) {
		x := NotAvailable
		if sender, ok := s.agents.Get(t.Except); ok {
			x = s.exclusion(sender)
		}
		counts[x.number()]--
		exclude(IsSender, 1)
	}
	why.Considered = counts[couldTakeIt]
	for n, x := range exclusions {
		if n != couldTakeIt {
			exclude(x, counts[n])
		}
	}
	return why
}

// exclusion is what rules an agent out of any offer now, or "".
func (s *State) exclusion(a *agent) Exclusion {
	switch {
	case a.Presence != Available:
		return NotAvailable
	case !a.LostAt.IsZero():
		return Unreachable
	case a.occupied() >= s.setup.capacity(a.ID):
		return AtCapacity
	case len(a.offers) >= s.setup.openOffers():
		return OffersFull
	}
	return ""
}

// canTake reports whether the conversation could be offered to the agent
// directly: Available, connected, with a free slot, not in it.
func (s *State) canTake(u id.User, c *conversation) bool {
	a, ok := s.agents.Get(u)
	return ok && s.isFree(a) && !s.takesPart(u, c)
}
