package routing

import (
	"math"
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// This file knows for whom nobody is there. Somebody is there for a request who
// is signed in, in whatever state, and could take it one day: of any group of
// the queue, with what is still required when everything has relaxed. Only the
// sender of a transfer is not there for it, and where agents take customers from
// the list themselves, everybody of the queue is.

// crowd is everybody who could ever take some requests of a queue.
type crowd struct {
	queue   id.Queue
	members []id.User // in order
}

// crowds are those of one configuration, made when a request first asks for
// them and kept, as pools are.
type crowds struct {
	numbers map[asked]int
	list    []crowd
	of      map[id.User][]int // in order
}

func newCrowds() *crowds { return &crowds{numbers: map[asked]int{}, of: map[id.User][]int{}} }

// crowd is the number of the crowd for what is asked, whatever its age.
func (p *setup) crowd(x asked) int {
	x.widened, x.relaxed, x.only = 0, 0, ""
	if !p.bySkill(x.queue) {
		x.asset, x.language, x.own = "", "", ""
	}
	if n, known := p.crowds.numbers[x]; known {
		return n
	}
	n, made := len(p.crowds.list), crowd{queue: x.queue}
	for _, u := range p.servers[x.queue] {
		if p.couldEver(x, u) {
			made.members = append(made.members, u)
			p.crowds.of[u] = append(p.crowds.of[u], n)
		}
	}
	p.crowds.list = append(p.crowds.list, made)
	p.crowds.numbers[x] = n
	return n
}

// bySkill reports whether skills decide who can ever take a request of the
// queue.
func (p *setup) bySkill(q id.Queue) bool {
	queue := p.queues[q]
	return queue != nil && queue.DistributesBy().UsesSkills() && !queue.ManualPick
}

// couldEver reports whether somebody who serves the queue could take what is
// asked at any age of the visit.
func (p *setup) couldEver(x asked, u id.User) bool {
	if p.capacities[u] == 0 {
		return false
	}
	return !p.bySkill(x.queue) || meets(p.users[u], p.leastRequired(x))
}

// leastRequired is what is still required when everything has relaxed.
func (p *setup) leastRequired(x asked) (least []org.Requirement) {
	for _, r := range p.requirements(x) {
		if last, holds := r.At(math.MaxInt64); holds {
			least = append(least, last)
		}
	}
	return least
}

// crowdOf is the crowd of a queued task. Those not counted yet are counted.
func (s *State) crowdOf(t *Task) int {
	c, _ := s.conversations.Get(t.Conversation)
	n := s.setup.crowd(s.setup.askedBy(t, c))
	for ; s.counted <= n; s.counted++ {
		there := 0
		for _, u := range s.setup.crowds.list[s.counted].members {
			if a, known := s.agents.Get(u); known && a.Presence != SignedOut {
				there++
			}
		}
		s.there.Set(s.counted, there)
	}
	return n
}

// nobodyFor reports whether nobody is there for a queued task.
func (s *State) nobodyFor(t *Task) bool {
	n := s.crowdOf(t)
	there, _ := s.there.Get(n)
	if queue := s.setup.queues[t.Queue]; there == 1 && t.Except != "" && (queue == nil || !queue.ManualPick) {
		_, member := slices.BinarySearch(s.setup.crowds.list[n].members, t.Except)
		sender, known := s.agents.Get(t.Except)
		return member && known && sender.Presence != SignedOut
	}
	return there == 0
}

// nobodySince is from when nobody was there for a task that begins to wait now.
func (s *State) nobodySince(t *Task) time.Time {
	if s.nobodyFor(t) {
		return s.now
	}
	return time.Time{}
}

// comeOrGone counts who is signed in. Where more than two are there, one more or
// less changes nothing for any request.
func (s *State) comeOrGone(was, is *agent) {
	before, now := was != nil && was.Presence != SignedOut, is.Presence != SignedOut
	if before == now {
		return
	}
	for _, n := range s.setup.crowds.of[is.ID] {
		if n >= s.counted {
			return // counted when it is first asked for
		}
		there, _ := s.there.Get(n)
		if now {
			there++
		} else {
			there--
		}
		s.there.Set(n, there)
		if there <= 2 {
			s.deserted.Insert(n)
		}
	}
}

// noteNobody writes down, of the requests for whose crowds it may have changed,
// since when nobody is there for them.
func (s *State) noteNobody() {
	if s.deserted.Len() == 0 {
		return
	}
	var queues []id.Queue
	s.deserted.Scan(func(n int) bool { queues = append(queues, s.setup.crowds.list[n].queue); return true })
	s.deserted.Clear()
	slices.Sort(queues)
	for _, q := range slices.Compact(queues) {
		for _, n := range s.line(q) {
			t, _ := s.tasks.Get(n)
			if t.NobodySince.IsZero() == s.nobodyFor(t) {
				next := *t
				next.NobodySince = s.nobodySince(t)
				s.putTask(next)
			}
		}
	}
}

// line lists the tasks in a queue's line, in order.
func (s *State) line(q id.Queue) (tasks []id.Task) {
	s.lines.Ascend(place{queue: q, class: -1}, func(p place) bool {
		if p.queue == q {
			tasks = append(tasks, p.task)
		}
		return p.queue == q
	})
	return tasks
}
