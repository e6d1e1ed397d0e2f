package chat

import (
	"fmt"
	"time"

	"hiwar/internal/problem"
)

func (s *State) join(now time.Time, ev Join) ([]Entry, error) {
	if s.record.Status == Closed {
		return nil, problem.New(problem.ChatClosed, "time", s.record.ClosedAt)
	}
	p := s.find(Author{User: ev.User})
	if p != nil && p.LeftAt.IsZero() {
		return nil, fmt.Errorf("chat: %s takes part already", ev.User)
	}
	owner := ev.Owner || s.owner() == nil
	if p == nil {
		n := len(s.record.Participants) + 1
		s.record.Participants = append(s.record.Participants, Participant{Number: n, Role: Agent, User: ev.User})
		p = &s.record.Participants[n-1]
	}
	// Whoever comes back has received what they had received.
	p.Name, p.JoinedAt, p.LeftAt, p.LeftSeq = ev.Name, now, time.Time{}, 0
	if owner {
		s.setOwner(p)
	}
	if s.record.Status == Waiting {
		s.record.Status = Open
	}
	return []Entry{s.about(KindJoined, p, now)}, nil
}

func (s *State) leave(now time.Time, ev Leave) ([]Entry, error) {
	p := s.find(Author{User: ev.User})
	if p == nil || !p.LeftAt.IsZero() {
		return nil, nil // Close has made everybody leave already
	}
	owned := p.Owner
	p.Owner, p.LeftAt, p.LeftSeq = false, now, s.record.Head+1
	left := s.about(KindLeft, p, now)
	left.Cause = ev.Cause
	entries := []Entry{left}
	next := s.longestPresent()
	switch {
	case next != nil && owned:
		s.setOwner(next)
		entries = append(entries, s.about(KindOwner, next, now))
	case next == nil && s.record.Status == Open:
		s.record.Status = Waiting
		entries = append(entries, s.add(Entry{Kind: KindStatus, Status: Waiting}, now))
	}
	return entries, nil
}

func (s *State) own(now time.Time, ev Own) ([]Entry, error) {
	p := s.find(Author{User: ev.User})
	if p == nil || !p.LeftAt.IsZero() {
		return nil, problem.New(problem.NotParticipant)
	}
	if p.Owner {
		return nil, nil
	}
	s.setOwner(p)
	return []Entry{s.about(KindOwner, p, now)}, nil
}

func (s *State) setOwner(p *Participant) {
	if was := s.owner(); was != nil {
		was.Owner = false
	}
	p.Owner = true
}

func (s *State) owner() *Participant {
	for i := range s.record.Participants {
		if p := &s.record.Participants[i]; p.Owner {
			return p
		}
	}
	return nil
}

// longestPresent is the agent who is there longest, by number among equals.
func (s *State) longestPresent() *Participant {
	var first *Participant
	for i := range s.record.Participants {
		p := &s.record.Participants[i]
		if p.Role == Agent && p.LeftAt.IsZero() && (first == nil || p.JoinedAt.Before(first.JoinedAt)) {
			first = p
		}
	}
	return first
}

// about adds an entry on a participant as they are now.
func (s *State) about(k Kind, p *Participant, now time.Time) Entry {
	as := *p
	return s.add(Entry{Kind: k, By: p.Number, Participant: &as}, now)
}
