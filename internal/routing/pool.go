package routing

import (
	"slices"
	"strings"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// chair is an agent who could take a task of a pool now. The chairs of a pool
// are in the order of its rule: score and load lowest first, then the turn.
type chair struct {
	pool  int
	score int   // best available: the score, negated
	load  int64 // slots in use, or their share of the capacity
	turn  int64 // milliseconds of the rank, or the last offer
	agent id.User
}

func lessChair(a, b chair) bool {
	switch {
	case a.pool != b.pool:
		return a.pool < b.pool
	case a.score != b.score:
		return a.score < b.score
	case a.load != b.load:
		return a.load < b.load
	case a.turn != b.turn:
		return a.turn < b.turn
	default:
		return strings.Compare(string(a.agent), string(b.agent)) < 0
	}
}

// firstChair comes before all chairs of a pool.
func firstChair(pool int) chair { return chair{pool: pool, score: -1 << 62} }

// chairOf is an agent's chair in the order of the pool's rule.
func (s *State) chairOf(at seat, a *agent) chair {
	c := chair{pool: at.pool, load: int64(a.occupied()), turn: a.RankedAt.UnixMilli(), agent: a.ID}
	switch s.setup.pools.list[at.pool].rule {
	case org.SkillsBest:
		c.score = -at.score
	case org.LeastLoaded:
		c.load = int64(a.occupied()) << 32 / int64(max(1, s.setup.capacity(a.ID)))
	case org.RoundRobin:
		c.load, c.turn = 0, int64(a.LastOffer)
	case org.LongestAvailable, org.SkillsLongest:
	}
	return c
}

// poolOf is the pool that a task asks for.
func (s *State) poolOf(t *Task) int {
	c, _ := s.conversations.Get(t.Conversation)
	n := s.setup.pool(s.setup.askedBy(t, c))
	s.fill(n)
	return n
}

func (p *setup) askedBy(t *Task, c *conversation) asked {
	x := asked{queue: t.Queue, widened: t.Widened, relaxed: t.Relaxed, only: t.KeptFor}
	if c != nil {
		x.asset, x.language, x.own = c.Asset, c.Language, p.ownOf(c)
	}
	return x
}

// fill seats the agents in the pools up to n that this state has not used yet.
func (s *State) fill(n int) {
	for ; s.filled <= n; s.filled++ {
		p := &s.setup.pools.list[s.filled]
		var counts tally
		for _, u := range p.members {
			a, known := s.agents.Get(u)
			if !known {
				counts[notSignedIn]++
				continue
			}
			x := s.exclusionFrom(p, a)
			counts[x.number()]++
			if x == "" {
				seats := s.setup.pools.seats[u]
				for i := range seats {
					if seats[i].pool == s.filled {
						s.free.Set(s.chairOf(seats[i], a))
					}
				}
			}
		}
		s.tallies.Set(s.filled, counts)
	}
}

// reseat keeps the pools in step with an agent who was old and is now next.
func (s *State) reseat(old, next *agent) {
	for _, at := range s.setup.pools.seats[next.ID] {
		if at.pool >= s.filled {
			return // filled when it is first asked for
		}
		p := &s.setup.pools.list[at.pool]
		was, is := NotSignedIn, s.exclusionFrom(p, next)
		if old != nil {
			was = s.exclusionFrom(p, old)
		}
		if was != is {
			counts, _ := s.tallies.Get(at.pool)
			counts[was.number()]--
			counts[is.number()]++
			s.tallies.Set(at.pool, counts)
		}
		var before, after chair
		if was == "" {
			before = s.chairOf(at, old)
		}
		if is == "" {
			after = s.chairOf(at, next)
		}
		if before == after {
			continue
		}
		if was == "" {
			s.free.Delete(before)
		}
		if is == "" {
			s.free.Set(after)
			s.dirty.Insert(at.pool)
		}
	}
}

// tally counts the members of a pool by what rules them out of an offer now.
// It is kept as they change, so that a decision does not look at them all.
type tally [7]int

const (
	couldTakeIt = iota
	notSignedIn
	notAvailable
	unreachable
	atCapacity
	offersFull
	atQueueCapacity
)

// exclusions are what the places of a tally stand for.
var exclusions = [...]Exclusion{
	notSignedIn: NotSignedIn, notAvailable: NotAvailable, unreachable: Unreachable,
	atCapacity: AtCapacity, offersFull: OffersFull, atQueueCapacity: AtQueueCapacity,
}

func (x Exclusion) number() int {
	for n, exclusion := range exclusions {
		if x == exclusion {
			return n
		}
	}
	panic("routing: no tally for " + string(x))
}

// has reports whether somebody is a member.
func (p *pool) has(u id.User) bool {
	_, found := slices.BinarySearch(p.members, u)
	return found
}

// exclusion is what rules an agent out of any offer now, or "".
func (s *State) exclusion(a *agent) Exclusion {
	switch {
	case a.Presence == SignedOut:
		return NotSignedIn
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

// exclusionFrom is what rules a member of a pool out now, or "".
func (s *State) exclusionFrom(p *pool, a *agent) Exclusion {
	if x := s.exclusion(a); x != "" {
		return x
	}
	if p.cap > 0 && a.holds(p.capped) >= p.cap {
		return AtQueueCapacity
	}
	return ""
}

// isFree reports whether the agent could be offered something of a queue now.
func (s *State) isFree(a *agent, q id.Queue) bool {
	queue := s.setup.queues[q]
	return s.exclusion(a) == "" && (queue == nil || queue.PerAgent == 0 || a.holds(q) < queue.PerAgent)
}

// overCap reports whether the agent has more of a queue than its cap.
func (s *State) overCap(a *agent, q id.Queue) bool {
	queue := s.setup.queues[q]
	return queue != nil && queue.PerAgent > 0 && a.holds(q) > queue.PerAgent
}

// holding is how many slots of an agent a queue with a cap takes.
type holding struct {
	queue id.Queue
	slots int
}

// holds is how many of the agent's slots the queue takes. It is only kept for
// queues with a cap.
func (a *agent) holds(q id.Queue) int {
	for _, h := range a.holdings {
		if h.queue == q {
			return h.slots
		}
	}
	return 0
}

// holdingsOf counts an agent's offers and parts by queue, where a cap needs it.
func (s *State) holdingsOf(a *agent) []holding {
	if !s.setup.capped {
		return nil
	}
	var list []holding
	count := func(q id.Queue) {
		if queue := s.setup.queues[q]; queue == nil || queue.PerAgent == 0 {
			return
		}
		for i := range list {
			if list[i].queue == q {
				list[i].slots++
				return
			}
		}
		list = append(list, holding{q, 1})
	}
	for _, o := range a.offers {
		if offer, ok := s.offers.Get(o); ok {
			if t, ok := s.tasks.Get(offer.Task); ok {
				count(t.Queue)
			}
		}
	}
	for _, p := range a.parts {
		if part, ok := s.parts.Get(p); ok {
			count(part.Queue)
		}
	}
	return list
}
