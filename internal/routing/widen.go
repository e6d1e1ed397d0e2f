package routing

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// What a task asks for grows less with the age of the visit: its queue's
// further groups open, requirements relax, and nobody waits for ever for one
// agent. All of it is in the task's record, so a floor that is loaded anew
// goes on where it was.

// widened is up to where the groups are open of a visit that has lasted so
// long: those whose time has come, and the next one while nobody of the open
// ones is signed in. What was open stays open.
func (s *State) widened(q id.Queue, open, age time.Duration) time.Duration {
	queue := s.setup.queues[q]
	if queue == nil {
		return open
	}
	for i := range queue.Wider {
		after := queue.Wider[i].After
		switch {
		case after <= open:
		case after <= age || !s.anyoneIn(queue, open):
			open = after
		default:
			return open
		}
	}
	return open
}

// anyoneIn reports whether somebody of the open groups is signed in.
func (s *State) anyoneIn(q *org.Queue, open time.Duration) bool {
	for _, g := range q.Groups() {
		for _, t := range g.Teams {
			if n, _ := s.present.Get(t); n > 0 && g.After <= open {
				return true
			}
		}
	}
	return false
}

// relaxed is the last relaxation of a visit that has lasted so long, and when
// the next one is due.
func (s *State) relaxed(t *Task, age time.Duration) (now, next time.Duration) {
	c, _ := s.conversations.Get(t.Conversation)
	for _, r := range s.setup.requirements(s.setup.askedBy(t, c)) {
		for _, x := range r.Relax {
			switch {
			case x.After <= age:
				now = max(now, x.After)
			case next == 0 || x.After < next:
				next = x.After
			}
		}
	}
	return now, next
}

// visitTimers are when a queued task asks for less.
func (s *State) visitTimers(t *Task) []timer {
	var timers []timer
	add := func(after time.Duration, kind timerKind) {
		timers = append(timers, timer{at: t.EnteredAt.Add(after + time.Millisecond - 1).UnixMilli(), kind: kind, number: int64(t.ID)})
	}
	queue := s.setup.queues[t.Queue]
	if queue == nil {
		return nil
	}
	if t.KeptFor != "" && t.State == TaskWaiting {
		add(queue.Sticky, keptLongEnough)
	}
	var next time.Duration
	for _, g := range queue.Wider {
		if g.After > t.Widened {
			next = g.After
			break
		}
	}
	if queue.DistributesBy().UsesSkills() {
		if _, relax := s.relaxed(t, t.Relaxed); relax > 0 && (next == 0 || relax < next) {
			next = relax
		}
	}
	if next > 0 {
		add(next, visitAges)
	}
	return timers
}

// age brings up to date what a task asks for.
func (s *State) age(n id.Task) {
	held, ok := s.tasks.Get(n)
	if !ok || !held.isQueued() {
		return
	}
	t := *held
	age := s.now.Sub(t.EnteredAt)
	t.Widened = s.widened(t.Queue, t.Widened, age)
	t.Relaxed, _ = s.relaxed(&t, age)
	s.ease(held, t)
}

// ease keeps that a task asks for less, and says so.
func (s *State) ease(was *Task, t Task) {
	if t != *was {
		s.putTask(t)
	}
	if t.Widened != was.Widened || t.Relaxed != was.Relaxed {
		s.emit(TaskEased{Task: t.ID, Conversation: t.Conversation, Queue: t.Queue, Groups: s.setup.groupsOpen(&t), Relaxed: t.Relaxed})
	}
	if t.KeptFor != was.KeptFor {
		s.emit(TaskLetGo{Task: t.ID, Conversation: t.Conversation, Agent: was.KeptFor})
	}
}

// groupsOpen counts the groups that a task reaches.
func (p *setup) groupsOpen(t *Task) int {
	n := 0
	if queue := p.queues[t.Queue]; queue != nil {
		for _, g := range queue.Groups() {
			if g.After <= t.Widened {
				n++
			}
		}
	}
	return n
}

// revisit works out anew what every queued task asks for, under a configuration
// that changed.
func (s *State) revisit() {
	for _, t := range s.allTasks() {
		if !t.isQueued() {
			continue
		}
		was, age := t, s.now.Sub(t.EnteredAt)
		t.Widened = s.widened(t.Queue, 0, age)
		t.Relaxed, _ = s.relaxed(&t, age)
		if !s.keeps(t.Queue, t.KeptFor) || s.keptEnough(&t) {
			t.KeptFor = ""
		}
		s.ease(&was, t)
	}
}

// kept is a task that waits for one agent alone.
type kept struct {
	agent id.User
	task  id.Task
}

func lessKept(a, b kept) bool {
	if a.agent != b.agent {
		return a.agent < b.agent
	}
	return a.task < b.task
}

// keep has a new conversation wait for the agent the customer knows.
func (s *State) keep(c id.Conversation, regular id.User) {
	conv, _ := s.conversations.Get(c)
	held, _ := s.tasks.Get(conv.pending)
	if t := *held; regular != "" && s.keeps(t.Queue, regular) {
		t.KeptFor = regular
		s.putTask(t)
		s.emit(TaskKept{Task: t.ID, Conversation: c, Agent: regular, Until: t.EnteredAt.Add(s.setup.queues[t.Queue].Sticky)})
	}
}

// keeps reports whether the queue keeps a returning customer for the agent:
// one of its own who is at work, full or not.
func (s *State) keeps(q id.Queue, u id.User) bool {
	queue := s.setup.queues[q]
	a, known := s.agents.Get(u)
	return queue != nil && queue.Sticky > 0 && known && isThere(a) && s.setup.inService(q, u)
}

func isThere(a *agent) bool { return a.Presence == Available && a.LostAt.IsZero() }

// keptEnough reports whether a task has waited for its agent as long as it may.
// What is ringing at that agent goes on ringing.
func (s *State) keptEnough(t *Task) bool {
	return t.State == TaskWaiting && s.now.Sub(t.EnteredAt) >= s.setup.queues[t.Queue].Sticky
}

// keepNoLonger lets go of a task that is not ringing any more and has waited
// for its agent as long as it may.
func (s *State) keepNoLonger(t Task) {
	if t.KeptFor != "" && s.setup.queues[t.Queue] != nil && s.keptEnough(&t) {
		s.letGo(t.ID)
	}
}

// letGo ends that a task waits for one agent.
func (s *State) letGo(n id.Task) {
	if held, ok := s.tasks.Get(n); ok {
		t := *held
		t.KeptFor = ""
		s.ease(held, t)
	}
}

// comeOrGo notes an agent's coming and going: who is signed in by team, and
// whose customers wait in vain.
func (s *State) comeOrGo(old, next *agent) {
	was := old != nil && old.Presence != SignedOut
	is := next.Presence != SignedOut
	if user := s.setup.agentUser(next.ID); user != nil && was != is {
		for _, t := range user.Teams {
			n, _ := s.present.Get(t)
			if is {
				s.present.Set(t, n+1)
				continue
			}
			if n > 1 {
				s.present.Set(t, n-1)
			} else {
				s.present.Delete(t)
				s.emptied.Insert(t)
			}
		}
	}
	if old != nil && isThere(old) && !isThere(next) {
		s.departed.Insert(next.ID)
	}
}

// goOn has no task wait for who has left: one that was kept for them, and those
// whose open groups have nobody any more.
func (s *State) goOn() {
	s.departed.Scan(func(u id.User) bool {
		var tasks []id.Task
		s.kept.Ascend(kept{agent: u}, func(k kept) bool {
			if k.agent == u {
				tasks = append(tasks, k.task)
			}
			return k.agent == u
		})
		for _, t := range tasks {
			s.letGo(t)
		}
		return true
	})
	s.departed.Clear()
	s.emptied.Scan(func(t id.Team) bool {
		for _, q := range s.setup.widening[t] {
			s.widenAll(q)
		}
		return true
	})
	s.emptied.Clear()
}

// widenAll looks at everybody in a queue's line.
func (s *State) widenAll(q id.Queue) {
	for _, t := range s.line(q) {
		s.age(t)
	}
}
