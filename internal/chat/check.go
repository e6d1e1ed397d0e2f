package chat

import (
	"fmt"

	"hiwar/internal/id"
)

// Check reports the first broken invariant.
func (s *State) Check() error {
	if err := s.checkRoster(); err != nil {
		return err
	}
	return s.checkSent()
}

func (s *State) checkRoster() error {
	r := s.record
	owners, present := 0, 0
	users := map[id.User]bool{}
	for i, p := range r.Participants {
		switch {
		case p.Number != i+1:
			return fmt.Errorf("participant %d has number %d", i+1, p.Number)
		case (p.Role == Customer) != (p.Number == 1):
			return fmt.Errorf("participant %d is %s", p.Number, p.Role)
		case p.Role == Agent && (p.User == "" || users[p.User]):
			return fmt.Errorf("user %q takes part under two numbers, or is nobody", p.User)
		case p.Delivered > r.Head || p.Seen > p.Delivered:
			return fmt.Errorf("participant %d has seen %d and received %d of %d", p.Number, p.Seen, p.Delivered, r.Head)
		case p.LeftAt.IsZero() != (p.LeftSeq == 0) || p.LeftSeq > r.Head:
			return fmt.Errorf("participant %d left at entry %d of %d", p.Number, p.LeftSeq, r.Head)
		case p.Owner && (p.Role != Agent || !p.LeftAt.IsZero()):
			return fmt.Errorf("participant %d owns without being there", p.Number)
		case r.Status == Closed && p.LeftAt.IsZero():
			return fmt.Errorf("participant %d is in a closed conversation", p.Number)
		case r.Status != Closed && p.Role == Customer && !p.LeftAt.IsZero():
			return fmt.Errorf("the customer left a conversation that is %s", r.Status)
		}
		users[p.User] = true
		if p.Owner {
			owners++
		}
		if p.Role == Agent && p.LeftAt.IsZero() {
			present++
		}
	}
	switch {
	case len(r.Participants) == 0:
		return fmt.Errorf("no customer")
	case owners != min(present, 1):
		return fmt.Errorf("%d owners among %d agents", owners, present)
	case r.Status == Waiting && present > 0, r.Status == Open && present == 0:
		return fmt.Errorf("status %s with %d agents", r.Status, present)
	case (r.Status == Closed) == r.ClosedAt.IsZero():
		return fmt.Errorf("status %s, closed at %v", r.Status, r.ClosedAt)
	}
	return nil
}

func (s *State) checkSent() error {
	last := map[Topic]id.Seq{}
	heads := map[Topic]id.Seq{Public: s.record.Head, Staff: s.record.StaffHead}
	for i, sent := range s.record.Sent {
		if !validClientID(sent.ClientID) || s.byClientID[sent.ClientID] != i {
			return fmt.Errorf("message %q was sent twice", sent.ClientID)
		}
		if sent.Seq <= last[sent.Topic] || sent.Seq > heads[sent.Topic] {
			return fmt.Errorf("message %q is number %d of %d in %s, after %d", sent.ClientID, sent.Seq, heads[sent.Topic], sent.Topic, last[sent.Topic])
		}
		last[sent.Topic] = sent.Seq
	}
	if s.lastMessage != last[Public] {
		return fmt.Errorf("the last message is %d, not %d", last[Public], s.lastMessage)
	}
	return nil
}
