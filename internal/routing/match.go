package routing

import (
	"container/heap"

	"hiwar/internal/id"
)

// match offers waiting tasks until no free agent faces one they could take.
// The task that comes first goes first, whichever queue it is in, so an agent
// who serves several queues is offered the one of them who waits longest.
//
// Only pools with a newly ready task or a newly free agent can have a pair, so
// deciding does not cost the size of the floor. An offer frees nobody and
// readies nothing, so the first pair of a pool only ever moves back.
func (s *State) match() {
	var next pairs
	s.dirty.Scan(func(n int) bool {
		if p, ok := s.nextIn(n); ok {
			next = append(next, p)
		}
		return true
	})
	heap.Init(&next)
	for len(next) > 0 {
		first := next[0]
		now, ok := s.nextIn(first.pool)
		if ok && now == first {
			t, _ := s.tasks.Get(first.task)
			s.offerBest(t, first.pool)
			now, ok = s.nextIn(first.pool)
		}
		if ok {
			next[0] = now
			heap.Fix(&next, 0)
		} else {
			heap.Pop(&next)
		}
	}
	s.dirty.Clear()
}

// turn is a task's place among those that ask for one pool.
type turn struct {
	pool int
	place
}

func lessTurn(a, b turn) bool {
	if a.pool != b.pool {
		return a.pool < b.pool
	}
	return a.before(b.place)
}

// pairs are the first tasks of some pools that somebody could take.
type pairs []turn

func (p pairs) Len() int           { return len(p) }
func (p pairs) Less(i, j int) bool { return p[i].before(p[j].place) }
func (p pairs) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }
func (p *pairs) Push(x any)        { *p = append(*p, x.(turn)) }
func (p *pairs) Pop() any {
	last := (*p)[len(*p)-1]
	*p = (*p)[:len(*p)-1]
	return last
}

// nextIn is the first task of a pool that somebody could take.
func (s *State) nextIn(n int) (at turn, ok bool) {
	free := s.chairs(n, "", 2)
	if len(free) == 0 {
		return at, false
	}
	s.ready.Ascend(turn{pool: n, place: place{class: -1}}, func(x turn) bool {
		if x.pool != n {
			return false
		}
		// Only the sender of a transfer is ruled out for one task alone.
		if len(free) == 1 {
			if t, _ := s.tasks.Get(x.task); t.Except == free[0] {
				return true
			}
		}
		at, ok = x, true
		return false
	})
	return at, ok
}

// chairs are the agents of a pool who are free, best first, without one of
// them and at most so many.
func (s *State) chairs(pool int, except id.User, most int) []id.User {
	var list []id.User
	s.free.Ascend(firstChair(pool), func(c chair) bool {
		if c.pool != pool || len(list) == most {
			return false
		}
		if c.agent != except {
			list = append(list, c.agent)
		}
		return true
	})
	return list
}

// runnersUp is how many of those who came after the winner are kept.
const runnersUp = 10

// offerBest offers the task to the best of its pool and keeps why.
func (s *State) offerBest(t *Task, pool int) {
	best := s.chairs(pool, t.Except, 1+runnersUp)
	why := s.decision(t, pool)
	why.RunnersUp = append(why.RunnersUp, best[1:]...)
	s.because(&why, t, pool, best[0])
	s.offer(*t, best[0], why)
}

// decision is why the best of those who could take the task gets it.
func (s *State) decision(t *Task, number int) Decision {
	counts, _ := s.tallies.Get(number)
	p := &s.setup.pools.list[number]
	why := Decision{Config: s.setup.version}
	exclude := func(x Exclusion, n int) {
		if n > 0 && why.Excluded == nil {
			why.Excluded = map[Exclusion]int{}
		}
		if n > 0 {
			why.Excluded[x] = n
		}
	}
	served := len(s.setup.servers[t.Queue])
	lacking, outside, others := p.inTeams-len(p.members), served-p.inTeams, served-len(p.members)
	// Whoever handed it on is out for that, whatever else would rule them out.
	if t.Except != "" && s.setup.inService(t.Queue, t.Except) {
		exclude(IsSender, 1)
		switch {
		case p.has(t.Except):
			x := NotSignedIn
			if sender, ok := s.agents.Get(t.Except); ok {
				x = s.exclusionFrom(p, sender)
			}
			counts[x.number()]--
		case p.only != "":
			others--
		case isIn(s.setup.users[t.Except], p.teams):
			lacking--
		default:
			outside--
		}
	}
	why.Considered = counts[couldTakeIt]
	for n, x := range exclusions {
		if n != couldTakeIt {
			exclude(x, counts[n])
		}
	}
	if p.only != "" {
		exclude(KeptForOther, others)
		return why
	}
	exclude(LacksSkill, lacking)
	exclude(GroupNotOpen, outside)
	return why
}

// canTake reports whether the conversation could be offered to the agent
// directly: Available, connected, with a free slot, not in it.
func (s *State) canTake(u id.User, c *conversation) bool {
	a, ok := s.agents.Get(u)
	return ok && s.isFree(a, c.Queue) && !s.takesPart(u, c)
}

// reaches reports whether a queued task may be offered to somebody as far as the
// configuration and the age of the visit go.
func (s *State) reaches(t *Task, u id.User) bool {
	switch s.ruledOut(t, u) {
	case NotServing, IsSender, KeptForOther, GroupNotOpen, LacksSkill:
		return false
	default:
		return true
	}
}

// ruledOut is why a queued task cannot be offered to somebody now, or "". It
// looks at the records and the configuration alone.
func (s *State) ruledOut(t *Task, u id.User) Exclusion {
	c, _ := s.conversations.Get(t.Conversation)
	return s.unfit(t, c, s.setup.need(s.setup.askedBy(t, c)), u)
}

// unfit is the same where the task's need is known.
func (s *State) unfit(t *Task, c *conversation, n need, u id.User) Exclusion {
	user := s.setup.agentUser(u)
	switch {
	case user == nil || !s.setup.inService(t.Queue, u):
		return NotServing
	case u == t.Except:
		return IsSender
	case n.only != "" && n.only != u:
		return KeptForOther
	case n.only == "" && !isIn(user, n.teams):
		return GroupNotOpen
	case !meets(user, n.requires):
		return LacksSkill
	case c != nil && s.takesPart(u, c):
		return TakesPart
	}
	a, known := s.agents.Get(u)
	if !known {
		return NotSignedIn
	}
	return s.exclusionFrom(&pool{need: n}, a)
}
