package routing

import (
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// offer holds a task for an agent who can take it, until the deadline.
func (s *State) offer(t Task, u id.User, why Decision) {
	a, _ := s.agents.Get(u)
	s.lastOffer++
	o := Offer{
		ID: s.lastOffer, Task: t.ID, Conversation: t.Conversation, Agent: u,
		Slot: s.freeSlot(a), Capacity: s.setup.capacity(u),
		MadeAt: s.now, Deadline: s.now.Add(s.setup.timeToAnswer(t.Queue, u)),
		Decision: why,
	}
	s.watch(o, &t)
	t.State = TaskOffered
	s.putTask(t)
	s.putOffer(o)
	s.ledger.OffersMade++
	s.emit(OfferMade{Offer: o.ID, Task: t.ID, Conversation: t.Conversation, Agent: u, Kind: t.Kind, Deadline: o.Deadline})
}

// freeSlot is the agent's lowest slot not in use.
func (s *State) freeSlot(a *agent) int {
	used := map[int]bool{}
	for _, o := range a.offers {
		if offer, ok := s.offers.Get(o); ok {
			used[offer.Slot] = true
		}
	}
	for _, p := range a.parts {
		if part, ok := s.parts.Get(p); ok {
			used[part.Slot] = true
		}
	}
	slot := 1
	for used[slot] {
		slot++
	}
	return slot
}

// closeOffer gives an offer its one end. The caller sees to its task.
func (s *State) closeOffer(o Offer, end OfferEnd, cause Cause) {
	o.End, o.Cause, o.EndedAt = end, cause, s.now
	s.putOffer(o)
	s.ledger.offerEnded(end)
	s.emit(OfferClosed{Offer: o.ID, Task: o.Task, Conversation: o.Conversation, Agent: o.Agent, End: end, Cause: cause})
}

// withdraw takes an open offer back: no RONA. Its task goes where a task goes
// that was not accepted.
func (s *State) withdraw(o id.Offer, cause Cause) {
	// An earlier withdrawal may have closed this one's conversation.
	if open, ok := s.offers.Get(o); ok {
		s.closeOffer(*open, OfferWithdrawn, cause)
		s.release(open.Task, cause)
	}
}

// expire is RONA: the offer is missed, the agent is not at the desk, and so
// nothing else is left ringing there.
func (s *State) expire(o id.Offer) {
	open, _ := s.offers.Get(o)
	s.closeOffer(*open, OfferMissed, "")
	s.enterRONA(open.Agent, open)
	s.release(open.Task, CauseUnanswered)
	s.withdrawAll(open.Agent, CauseMissedOther)
}

// undelivered is an offer that no desk confirmed: the agent cannot see it, and
// is treated as lost until heard of again.
func (s *State) undelivered(o id.Offer) {
	open, _ := s.offers.Get(o)
	s.closeOffer(*open, OfferWithdrawn, CauseUndelivered)
	s.changeAgent(open.Agent, func(a *Agent) { a.LostAt = s.now })
	s.emit(AgentUnreachable{Agent: open.Agent})
	s.release(open.Task, CauseUndelivered)
	s.withdrawAll(open.Agent, CauseAgentLost)
}

func (s *State) confirmOffer(ev ConfirmOffer) error {
	o, err := s.openOffer(ev.Agent, ev.Offer)
	if err != nil {
		return err
	}
	if o.ConfirmedAt.IsZero() {
		o.ConfirmedAt = s.now
		s.putOffer(o)
	}
	return nil
}

func (s *State) acceptOffer(ev AcceptOffer) error {
	o, err := s.openOffer(ev.Agent, ev.Offer)
	if err != nil {
		return err
	}
	s.closeOffer(o, OfferAccepted, "")
	task, _ := s.tasks.Get(o.Task)
	t := *task
	t.State = TaskHeld
	s.putTask(t)
	s.beginPart(t, o)
	return nil
}

// declineOffer makes the agent Idle, not RONA, and takes the other offers:
// whoever declines one customer is not free for the next.
func (s *State) declineOffer(ev DeclineOffer) error {
	o, err := s.openOffer(ev.Agent, ev.Offer)
	if err != nil {
		return err
	}
	if !s.setup.settings.AllowDecline {
		return problem.New(problem.DeclineNotAllowed)
	}
	if r := s.setup.reasons.Find(ev.Reason); ev.Reason != "" && (r == nil || r.Archived) {
		return problem.New(problem.ReasonNotFound)
	}
	o.DeclineWith = ev.Reason
	s.closeOffer(o, OfferDeclined, "")
	s.enter(ev.Agent, Idle, org.ReasonDeclined, "", CauseDeclined)
	s.release(o.Task, CauseUnanswered)
	s.withdrawAll(ev.Agent, CauseDeclined)
	return nil
}

// openOffer is the agent's own open offer, or why there is none.
func (s *State) openOffer(u id.User, o id.Offer) (Offer, error) {
	if open, ok := s.offers.Get(o); ok && open.Agent == u {
		return *open, nil
	}
	gone, ok := s.gone.Get(o)
	if !ok || gone.agent != u {
		return Offer{}, problem.New(problem.OfferNotFound)
	}
	a, _ := s.agents.Get(u)
	switch {
	case a.Presence == RONA && gone.end != OfferMissed:
		return Offer{}, problem.New(problem.AgentInRONA)
	case gone.cause == CauseCapacity:
		return Offer{}, problem.New(problem.CapacityReached)
	default:
		return Offer{}, problem.New(problem.OfferExpired, "end", string(gone.end), "cause", string(gone.cause))
	}
}
