package routing

import (
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// pick gives a waiting conversation to the agent who takes it from the list:
// an offer that is accepted in the same step. Skills and groups do not bind
// somebody who has read what it is about; capacity binds everybody.
func (s *State) pick(ev Pick) error {
	a, err := s.signedIn(ev.Agent)
	if err != nil {
		return err
	}
	c, err := s.openConversation(ev.Conversation)
	if err != nil {
		return err
	}
	held, queued := s.tasks.Get(c.pending)
	if !queued || held.Kind != TaskQueue || held.State != TaskWaiting {
		return problem.New(problem.AlreadyTaken)
	}
	t := *held
	queue := s.setup.queues[t.Queue]
	switch {
	case a.Presence == RONA:
		return problem.New(problem.AgentInRONA)
	case queue == nil || !queue.ManualPick || !s.setup.inService(t.Queue, ev.Agent) || !a.LostAt.IsZero() || c.Away && !c.LeftMessage:
		return problem.New(problem.PickNotAllowed)
	case a.occupied() >= s.setup.capacity(a.ID) || queue.PerAgent > 0 && a.holds(t.Queue) >= queue.PerAgent:
		return problem.New(problem.CapacityReached)
	}
	s.offer(t, ev.Agent, Decision{Config: s.setup.version, Considered: 1, Picked: true, Overtook: s.waitingBefore(&t)})
	return s.acceptOffer(AcceptOffer{Agent: ev.Agent, Offer: s.lastOffer})
}

// waitingBefore counts those of the same queue who would have come first.
func (s *State) waitingBefore(t *Task) (n int) {
	own := s.placeOf(t)
	s.lines.Ascend(place{queue: t.Queue, class: -1}, func(p place) bool {
		if p == own {
			return false
		}
		if other, ok := s.tasks.Get(p.task); ok && s.isReady(other) {
			n++
		}
		return true
	})
	return n
}

// MayPick reports whether the agent may take conversations from the queue's
// list.
func (s *State) MayPick(a id.User, q id.Queue) bool {
	queue := s.setup.queues[q]
	return queue != nil && queue.ManualPick && s.setup.inService(q, a)
}
