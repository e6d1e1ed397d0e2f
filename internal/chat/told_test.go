package chat

import (
	"fmt"
	"time"

	"hiwar/internal/id"
)

// told is what somebody knows who has read every entry and nothing else. If
// it ever differs from the record, something happened without being told.
type told struct {
	status      Status
	cause       string
	head, staff id.Seq
	people      map[int]person
	messages    map[string]id.Seq // by client id, both topics
}

type person struct {
	user            id.User
	present, owner  bool
	delivered, seen id.Seq
}

func newTold() *told {
	return &told{status: Waiting, people: map[int]person{1: {present: true}}, messages: map[string]id.Seq{}}
}

func (w *told) clone() *told {
	c := *w
	c.people, c.messages = map[int]person{}, map[string]id.Seq{}
	for k, v := range w.people {
		c.people[k] = v
	}
	for k, v := range w.messages {
		c.messages[k] = v
	}
	return &c
}

// read takes in one entry; the error says that the numbering has a hole, or
// that it makes no sense after what was told before.
func (w *told) read(e Entry, now time.Time) error {
	head := &w.head
	if e.Topic == Staff {
		head = &w.staff
		if e.After != w.head {
			return fmt.Errorf("staff entry %d stands after %d, the head is %d", e.Seq, e.After, w.head)
		}
	}
	if e.Seq != *head+1 {
		return fmt.Errorf("%s entry %d follows %d", e.Topic, e.Seq, *head)
	}
	*head = e.Seq
	if !e.At.Equal(now) {
		return fmt.Errorf("entry of %v at %v", now, e.At)
	}
	p := w.people[e.By]
	switch e.Kind {
	case KindMessage, KindNote:
		if _, twice := w.messages[e.ClientID]; twice {
			return fmt.Errorf("message %s twice", e.ClientID)
		}
		if e.Kind == KindMessage && (!p.present || w.status == Interrupted || w.status == Closed) {
			return fmt.Errorf("message of %d while %v and %s", e.By, p, w.status)
		}
		w.messages[e.ClientID] = e.Seq
	case KindReceipt:
		if e.Delivered < p.delivered || e.Seen < p.seen || e.Delivered == p.delivered && e.Seen == p.seen {
			return fmt.Errorf("receipt %d/%d after %d/%d", e.Delivered, e.Seen, p.delivered, p.seen)
		}
		p.delivered, p.seen = e.Delivered, e.Seen
		w.people[e.By] = p
	case KindJoined:
		if p.present {
			return fmt.Errorf("%d joined twice", e.By)
		}
		p.user, p.present = e.Participant.User, true
		w.people[e.By] = p
		if w.status == Waiting {
			w.status = Open
		}
		if e.Participant.Owner {
			w.own(e.By)
		}
	case KindLeft:
		if !p.present {
			return fmt.Errorf("%d left twice", e.By)
		}
		p.present, p.owner = false, false
		w.people[e.By] = p
	case KindOwner:
		if p.owner {
			return fmt.Errorf("%d became owner twice", e.By)
		}
		w.own(e.By)
	case KindStatus:
		w.status, w.cause = e.Status, e.Cause
		if e.Status == Closed {
			for n, p := range w.people {
				p.present, p.owner = false, false
				w.people[n] = p
			}
		}
	case KindLine, KindStaffLine:
	default:
		return fmt.Errorf("nobody has heard of kind %q", e.Kind)
	}
	return nil
}

func (w *told) own(number int) {
	for n, p := range w.people {
		p.owner = n == number
		w.people[n] = p
	}
}

// differs says where the record says something else.
func (w *told) differs(s *State) error {
	r := s.record
	if w.status != r.Status || w.cause != r.Cause || w.head != r.Head || w.staff != r.StaffHead {
		return fmt.Errorf("told %s %q %d %d, is %s %q %d %d", w.status, w.cause, w.head, w.staff, r.Status, r.Cause, r.Head, r.StaffHead)
	}
	if len(r.Participants) != len(w.people) || len(r.Sent) != len(w.messages) {
		return fmt.Errorf("told of %d people and %d messages, are %d and %d", len(w.people), len(w.messages), len(r.Participants), len(r.Sent))
	}
	for _, p := range r.Participants {
		is := person{user: p.User, present: p.LeftAt.IsZero(), owner: p.Owner, delivered: p.Delivered, seen: p.Seen}
		if w.people[p.Number] != is {
			return fmt.Errorf("participant %d: told %+v, is %+v", p.Number, w.people[p.Number], is)
		}
	}
	for _, sent := range r.Sent {
		if w.messages[sent.ClientID] != sent.Seq {
			return fmt.Errorf("message %s: told %d, is %d", sent.ClientID, w.messages[sent.ClientID], sent.Seq)
		}
	}
	return nil
}
