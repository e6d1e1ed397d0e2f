package chat

import (
	"maps"
	"time"

	"hiwar/internal/problem"
)

func (s *State) receive(now time.Time, ev Receive) ([]Entry, error) {
	if s.record.Status == Closed {
		return nil, nil // a late receipt is no fault, and nobody reads it any more
	}
	p := s.find(ev.By)
	if p == nil || !p.LeftAt.IsZero() {
		return nil, problem.New(problem.NotParticipant)
	}
	seen := max(p.Seen, min(ev.Seen, s.lastMessage))
	delivered := max(p.Delivered, min(ev.Delivered, s.lastMessage), seen)
	if seen == p.Seen && delivered == p.Delivered {
		return nil, nil
	}
	p.Seen, p.Delivered = seen, delivered
	return []Entry{s.add(Entry{Kind: KindReceipt, By: p.Number, Delivered: delivered, Seen: seen}, now)}, nil
}

func (s *State) say(now time.Time, ev Say) ([]Entry, error) {
	e := Entry{Topic: ev.Topic, Kind: KindLine, Line: ev.Line, Params: maps.Clone(ev.Params)}
	if ev.Topic == Staff {
		e.Kind = KindStaffLine
	} else if s.record.Status == Closed {
		return nil, problem.New(problem.ChatClosed, "time", s.record.ClosedAt)
	}
	return []Entry{s.add(e, now)}, nil
}

func (s *State) interrupt(now time.Time, ev Interrupt) ([]Entry, error) {
	switch s.record.Status {
	case Closed:
		return nil, problem.New(problem.ChatClosed, "time", s.record.ClosedAt)
	case Interrupted:
		return nil, nil
	}
	s.record.Status = Interrupted
	// The customer reads that the chat is not available; which asset is gone
	// is for staff.
	return []Entry{
		s.add(Entry{Kind: KindStatus, Status: Interrupted}, now),
		s.add(Entry{Topic: Staff, Kind: KindStaffLine, Line: LineAssetDeleted, Params: map[string]string{"asset": ev.Asset}}, now),
	}, nil
}

// prove gives the conversation to the customer who it turned out to be. Of one
// that has ended it is not said that its customer was known while it ran.
func (s *State) prove(now time.Time, ev Prove) ([]Entry, error) {
	h := &s.record.Header
	if s.record.Status == Closed {
		return nil, problem.New(problem.ChatClosed, "time", s.record.ClosedAt)
	}
	if h.Verified && h.Customer == ev.Customer {
		return nil, nil
	}
	h.Verified, h.Customer = true, ev.Customer
	return []Entry{s.add(Entry{Kind: KindProven, By: 1, Params: map[string]string{"customer": string(ev.Customer)}}, now)}, nil
}

func (s *State) close(now time.Time, ev Close) ([]Entry, error) {
	if s.record.Status == Closed {
		return nil, problem.New(problem.ChatClosed, "time", s.record.ClosedAt)
	}
	s.record.Status, s.record.Cause, s.record.ClosedAt = Closed, ev.Cause, now
	e := s.add(Entry{Kind: KindStatus, Status: Closed, Cause: ev.Cause}, now)
	for i := range s.record.Participants {
		if p := &s.record.Participants[i]; p.LeftAt.IsZero() {
			p.Owner, p.LeftAt, p.LeftSeq = false, now, e.Seq
		}
	}
	return []Entry{e}, nil
}
