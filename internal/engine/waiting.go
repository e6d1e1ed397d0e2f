package engine

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/view"
)

const (
	// placesEvery is how often customers are told their places at most.
	placesEvery = time.Second
	// placesHeld is for how long a lower number stays when somebody came
	// before; then "you keep your place" is said instead.
	placesHeld = 60 * time.Second
)

// waiting is what customers who wait were told of their places in the queues.
// Nobody is ever told a higher number than before.
type waiting struct {
	places map[id.Conversation]*place
	dirty  bool
	next   time.Time // not told before
	older  time.Time // somebody's number is to give way then
}

type place struct {
	lowest int       // told so far
	higher time.Time // since when the true one is higher; zero if it is not
	told   int       // last: the lowest, or 0 for "you keep your place"
}

func newWaiting() waiting { return waiting{places: map[id.Conversation]*place{}, dirty: true} }

// deadline is when places are to be told again.
func (t *waiting) deadline() (at time.Time, ok bool) {
	if t.dirty {
		return t.next, true
	}
	return t.older, !t.older.IsZero()
}

// waitingMessages tells those whose number changed.
func (w *work) waitingMessages(out []Message) []Message {
	t := &w.floor.waiting
	overdue := !t.older.IsZero() && !t.older.After(w.now)
	if !t.dirty && !overdue || w.now.Before(t.next) {
		return out
	}
	t.dirty, t.older, t.next = false, time.Time{}, w.now.Add(placesEvery)
	present := make(map[id.Conversation]*place, len(t.places))
	for _, q := range w.floor.state.Config().Queues {
		for i, c := range w.floor.state.Line(q.ID) {
			p, known := t.places[c]
			if !known {
				p = &place{lowest: i + 1, told: -1}
			}
			present[c] = p
			if number := p.number(i+1, w.now); number != p.told {
				p.told = number
				out = append(out, Message{Org: w.floor.org, Topic: view.ConversationTopic(c), Signal: &Signal{
					Kind: "waiting", Audience: view.Customer, Data: view.Waiting{Position: number, Ahead: max(0, number-1)},
				}})
			}
			if !p.higher.IsZero() && p.told != 0 {
				t.givesWay(p.higher.Add(placesHeld))
			}
		}
	}
	t.places = present
	return out
}

// again makes the place of a conversation be told anew: its customer has come,
// and signals are not kept for those who were not there.
func (t *waiting) again(c id.Conversation) {
	if p := t.places[c]; p != nil {
		p.told, t.dirty = -1, true
	}
}

func (t *waiting) givesWay(at time.Time) {
	if t.older.IsZero() || at.Before(t.older) {
		t.older = at
	}
}

// number is what is told of a true position.
func (p *place) number(position int, now time.Time) int {
	if position <= p.lowest {
		p.lowest, p.higher = position, time.Time{}
		return position
	}
	if p.higher.IsZero() {
		p.higher = now
	}
	if !now.Before(p.higher.Add(placesHeld)) {
		return 0
	}
	return p.lowest
}
