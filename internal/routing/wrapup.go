package routing

import (
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/problem"
)

func (s *State) submitWrapUp(ev SubmitWrapUp) error {
	p, err := s.inWrapUp(ev.Agent, ev.Part)
	if err != nil {
		return err
	}
	if err := s.mayRecord(p, ev.Reason); err != nil {
		return err
	}
	s.submit(p, ev.Reason, s.now, false)
	return nil
}

// inWrapUp is the agent's own part whose talk has ended. One that left the
// floor is done: its reason is changed by [ChangeReason].
func (s *State) inWrapUp(u id.User, part id.Part) (Part, error) {
	p, ok := s.parts.Get(part)
	switch {
	case !ok && part > 0 && part <= s.lastPart:
		return Part{}, problem.New(problem.WrapUpDone)
	case !ok || p.Agent != u:
		return Part{}, problem.New(problem.NotFound)
	case p.EndedAt.IsZero():
		return Part{}, problem.New(problem.StateNotAllowed)
	}
	return *p, nil
}

// mayRecord checks a reason against the queue's and the agent's list. No reason
// is fine where none is required, or where there is none to choose.
func (s *State) mayRecord(p Part, r id.Reason) error {
	list := s.setup.wrapUpReasons(p.Queue, p.Agent)
	if r != "" && !slices.Contains(list, r) {
		return problem.New(problem.ReasonNotFound)
	}
	queue := s.setup.queues[p.Queue]
	if r == "" && queue != nil && queue.WrapUpRequired && len(list) > 0 {
		return problem.New(problem.WrapUpRequired, "reasons", list)
	}
	return nil
}

// submit ends the wrap-up and frees the slot. The agent's presence stays as it
// is.
func (s *State) submit(p Part, r id.Reason, at time.Time, automatic bool) {
	p.SubmittedAt, p.Reason, p.Automatic = at, r, automatic
	p.WrapUpDeadline = time.Time{}
	s.putPart(p)
	s.emit(WrapUpSubmitted{Part: p.ID, Conversation: p.Conversation, Agent: p.Agent, Reason: r, Automatic: automatic})
}

// wrapUpByTimer submits for an agent who did not, timed to the deadline and
// with the queue's default reason.
func (s *State) wrapUpByTimer(part id.Part) {
	p, _ := s.parts.Get(part)
	reason := id.Reason("")
	if queue := s.setup.queues[p.Queue]; queue != nil && slices.Contains(s.setup.wrapUpReasons(p.Queue, p.Agent), queue.WrapUpDefault) {
		reason = queue.WrapUpDefault
	}
	s.submit(*p, reason, p.WrapUpDeadline, true)
}

func (s *State) stopWrapUpTimer(ev StopWrapUpTimer) error {
	p, err := s.inWrapUp(ev.Agent, ev.Part)
	if err != nil || p.WrapUpDeadline.IsZero() {
		return err
	}
	s.setWrapUpTimer(p, time.Time{})
	return nil
}

func (s *State) extendWrapUp(ev ExtendWrapUp) error {
	p, err := s.inWrapUp(ev.Agent, ev.Part)
	if err != nil {
		return err
	}
	if auto := s.setup.autoWrapUp(p.Queue, p.Agent); auto > 0 {
		s.setWrapUpTimer(p, s.now.Add(auto))
	}
	return nil
}

func (s *State) setWrapUpTimer(p Part, deadline time.Time) {
	p.WrapUpDeadline = deadline
	s.putPart(p)
	s.emit(WrapUpTimer{Part: p.ID, Agent: p.Agent, Deadline: deadline})
}

func (s *State) changeReason(ev ChangeReason) error {
	p := ev.Part
	switch {
	case p.Agent != ev.Agent || p.ID <= 0 || p.ID > s.lastPart:
		return problem.New(problem.NotFound)
	case p.SubmittedAt.IsZero():
		return problem.New(problem.StateNotAllowed)
	case s.now.After(p.SubmittedAt.Add(s.setup.settings.ReasonChangeable)):
		return problem.New(problem.WrapUpDone)
	}
	if _, open := s.parts.Get(p.ID); open {
		return problem.New(problem.StateNotAllowed)
	}
	if err := s.mayRecord(p, ev.Reason); err != nil {
		return err
	}
	if p.Reason == ev.Reason {
		return nil
	}
	p.Reason, p.Automatic = ev.Reason, false
	s.changes.parts.Set(p.ID, &p)
	s.emit(WrapUpSubmitted{Part: p.ID, Conversation: p.Conversation, Agent: p.Agent, Reason: p.Reason, Changed: true})
	return nil
}
