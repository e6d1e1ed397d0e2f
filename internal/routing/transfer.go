package routing

import (
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

func (s *State) transfer(ev Transfer) error {
	c, p, err := s.steered(ev.Conversation, ev.Agent)
	if err != nil {
		return err
	}
	switch {
	case len(s.guests(c)) > 0:
		return problem.New(problem.InConference)
	case c.pending != 0:
		return problem.New(problem.RequestPending)
	case (ev.ToQueue == "") == (ev.ToAgent == ""):
		return problem.New(problem.InvalidParameter, "name", "to")
	case ev.ToQueue != "":
		return s.transferToQueue(c, p, ev)
	default:
		return s.transferToAgent(c, p, ev)
	}
}

// transferToQueue begins a new visit at the place the customer's waiting time
// gives, unless the queue has transfers join its end.
func (s *State) transferToQueue(c *conversation, p Part, ev Transfer) error {
	queue := s.setup.queues[ev.ToQueue]
	if queue == nil || queue.Archived {
		return invalidTarget("queue_gone", string(ev.ToQueue))
	}
	if !s.setup.profiles[ev.Agent].Queue(ev.ToQueue) {
		return invalidTarget("outside_profile", string(ev.ToQueue))
	}
	since := c.WaitingSince
	if queue.TransfersJoinEnd {
		since = s.now
	}
	s.emit(TransferRequested{Conversation: c.ID, From: ev.Agent, ToQueue: ev.ToQueue})
	s.endPart(p, CauseTransferred)
	s.liftWarning(c.ID)
	s.changeConversation(c.ID, func(rec *Conversation) { rec.Queue = ev.ToQueue })
	s.enqueue(c.ID, OriginTransfer, ev.Agent, ev.Agent, since)
	return nil
}

func (s *State) transferToAgent(c *conversation, p Part, ev Transfer) error {
	if ev.ToAgent == ev.Agent {
		return invalidTarget("self", string(ev.ToAgent))
	}
	if !s.canTake(ev.ToAgent, c) {
		return invalidTarget("not_available", string(ev.ToAgent))
	}
	if !s.setup.isColleague(ev.Agent, ev.ToAgent) {
		return invalidTarget("outside_profile", string(ev.ToAgent))
	}
	s.emit(TransferRequested{Conversation: c.ID, From: ev.Agent, ToAgent: ev.ToAgent})
	s.endPart(p, CauseTransferred)
	s.liftWarning(c.ID)
	s.askToTakeOver(c.ID, ev.Agent, ev.ToAgent)
	return nil
}

func (s *State) askToTakeOver(c id.Conversation, from, to id.User) {
	conv, _ := s.conversations.Get(c)
	t := s.newTask(TaskTransfer, conv)
	t.From, t.Target = from, to
	s.putTask(t)
	s.ask(t)
}

func invalidTarget(reason, target string) error {
	return problem.New(problem.InvalidTarget, "reason", reason, "target", target)
}

// unanswered carries out the queue's policy after the one agent asked did not
// take the conversation. The customer is never lost.
func (s *State) unanswered(t Task) {
	c, _ := s.conversations.Get(t.Conversation)
	policy := s.setup.unanswered(c.Queue)
	if policy == org.Return && (c.Returned || !s.canTake(t.From, c)) {
		policy = org.Requeue
	}
	s.emit(TransferUnanswered{Conversation: c.ID, From: t.From, Target: t.Target, Policy: policy})
	switch policy {
	case org.Close:
		s.closeConversation(c.ID, CauseTransferUnanswered, "")
	case org.Return:
		s.changeConversation(c.ID, func(rec *Conversation) { rec.Returned = true })
		s.askToTakeOver(c.ID, t.Target, t.From)
	default:
		s.queueAgain(c.ID, t.From)
	}
}
