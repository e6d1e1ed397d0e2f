package routing

import (
	"fmt"
	"time"
)

// Step applies ev at time now and returns the effects in the order they
// happened. First everything happens that is due by now, then ev, and at the
// end waiting tasks are offered to the agents who can take them.
//
// now is the engine's clock, kept to the millisecond; it may equal the time of
// the previous step but must not precede it. An answer at the deadline of an
// offer is in time.
//
// If Step returns an error, which is a [problem.Problem], then nothing at all
// has happened, not even what was due: it will in the next step, for which a
// [Tick] is enough. The answer is nevertheless the one that ev would have got
// afterwards.
func (s *State) Step(now time.Time, ev Event) ([]Effect, error) {
	now = now.UTC().Truncate(time.Millisecond)
	if _, tick := ev.(Tick); tick || !s.overdue(now) {
		return s.step(now, ev)
	}
	// What is due must not have happened if ev is refused.
	next := s.clone()
	effects, err := next.step(now, ev)
	if err == nil {
		*s = *next
	}
	return effects, err
}

// step is Step for a state that may be dropped, or on which nothing is due.
// Every event is refused before it changes anything, so a copy to fall back on
// would be made for nothing; it was most of what a step cost.
func (s *State) step(now time.Time, ev Event) ([]Effect, error) {
	was := s.now
	s.now, s.effects = now, nil
	s.happen()
	if err := s.apply(ev); err != nil {
		s.now, s.effects = was, nil
		return nil, err
	}
	s.settle()
	effects := s.effects
	s.effects = nil
	return effects, nil
}

// Foresee gives the effects that Step would have, and has none itself.
func (s *State) Foresee(now time.Time, ev Event) ([]Effect, error) {
	return s.clone().Step(now, ev)
}

// settle offers what waits, and ends the waiting of what came back from an
// offer only after its time was over.
func (s *State) settle() {
	s.settleBy(s.match)
}

func (s *State) settleBy(match func()) {
	for {
		s.goOn()
		s.noteNobody()
		match()
		if !s.overdue(s.now) {
			return
		}
		s.happen()
	}
}

// overdue reports whether something is due by now.
func (s *State) overdue(now time.Time) bool {
	t, ok := s.due.Min()
	return ok && t.at <= now.UnixMilli()
}

// Deadline is when the next Tick is due.
func (s *State) Deadline() (t time.Time, ok bool) {
	next, ok := s.due.Min()
	return next.time(), ok
}

func (s *State) apply(ev Event) error {
	switch ev := ev.(type) {
	case Tick:
		return nil

	case Configure:
		return s.configure(ev)
	case DeleteAsset:
		return s.deleteAsset(ev)

	case SignIn:
		return s.signIn(ev)
	case SignOut:
		return s.signOut(ev)
	case SetPresence:
		return s.setPresence(ev)
	case LoseAgent:
		return s.loseAgent(ev)
	case RegainAgent:
		return s.regainAgent(ev)

	case ConfirmOffer:
		return s.confirmOffer(ev)
	case AcceptOffer:
		return s.acceptOffer(ev)
	case DeclineOffer:
		return s.declineOffer(ev)
	case Pick:
		return s.pick(ev)

	case Start:
		return s.start(ev)
	case Spoke:
		return s.spoke(ev)
	case Prove:
		return s.prove(ev)
	case LoseCustomer:
		return s.loseCustomer(ev)
	case RegainCustomer:
		return s.regainCustomer(ev)
	case CustomerEnd:
		return s.customerEnd(ev)
	case End:
		return s.end(ev)

	case Transfer:
		return s.transfer(ev)
	case Invite:
		return s.invite(ev)
	case CancelInvitation:
		return s.cancelInvitation(ev)
	case HandOver:
		return s.handOver(ev)
	case LeaveConference:
		return s.leaveConference(ev)
	case RemoveGuest:
		return s.removeGuest(ev)

	case SubmitWrapUp:
		return s.submitWrapUp(ev)
	case StopWrapUpTimer:
		return s.stopWrapUpTimer(ev)
	case ExtendWrapUp:
		return s.extendWrapUp(ev)
	case ChangeReason:
		return s.changeReason(ev)
	}
	return fmt.Errorf("routing: no such event: %T", ev)
}

func (s *State) emit(e Effect) { s.effects = append(s.effects, e) }
