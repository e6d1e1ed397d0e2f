package chat

import (
	"fmt"
	"time"
)

// Step applies ev at time now and returns the entries it adds, numbered
// without a hole in each topic. If it returns an error the state is unchanged.
//
// What people ask for is refused with a [problem.Problem], or with a
// [*Duplicate] if it was done before. What package routing has decided (Join,
// Leave, Own, Say, Interrupt) is refused only where it contradicts the record,
// which is a fault of the caller.
func (s *State) Step(now time.Time, ev Event) ([]Entry, error) {
	switch ev := ev.(type) {
	case Post:
		return s.post(now, ev)
	case AddNote:
		return s.addNote(now, ev)
	case Receive:
		return s.receive(now, ev)
	case Join:
		return s.join(now, ev)
	case Leave:
		return s.leave(now, ev)
	case Own:
		return s.own(now, ev)
	case Say:
		return s.say(now, ev)
	case Interrupt:
		return s.interrupt(now, ev)
	case Prove:
		return s.prove(now, ev)
	case Close:
		return s.close(now, ev)
	}
	return nil, fmt.Errorf("chat: unknown event %T", ev)
}

// add numbers the entry in its topic.
func (s *State) add(e Entry, now time.Time) Entry {
	e.At = now
	if e.Topic == Staff {
		s.record.StaffHead++
		e.Seq, e.After = s.record.StaffHead, s.record.Head
		return e
	}
	e.Topic = Public
	s.record.Head++
	e.Seq = s.record.Head
	return e
}
