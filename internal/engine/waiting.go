package engine

import (
	"time"

	"hiwar/internal/estimate"
	"hiwar/internal/id"
	"hiwar/internal/view"
)

const (
	// placesEvery is how often customers are told their places at most.
	placesEvery = time.Second
	// estimateEvery is how often a range is thought over while nothing happens.
	estimateEvery = 15 * time.Second
)

// waiting is what customers who wait were told of their places in the queues.
// Nobody is ever told a higher number than before.
type waiting struct {
	places map[id.Conversation]*place
	dirty  bool
	next   time.Time // not told before
	older  time.Time // somebody's number is to give way then

	answers estimate.Answers
	think   time.Time // the ranges are to be thought over; zero if there are none
}

type place struct {
	estimate.Place
	told     int            // last: the number, or 0 for "you keep your place"
	estimate *view.Estimate // told last
}

func newWaiting() waiting {
	return waiting{places: map[id.Conversation]*place{}, dirty: true}
}

// deadline is when places are to be told again.
func (t *waiting) deadline() (at time.Time, ok bool) {
	if t.dirty {
		return t.next, true
	}
	at = t.older
	if !t.think.IsZero() && (at.IsZero() || t.think.Before(at)) {
		at = t.think
	}
	return at, !at.IsZero()
}

// waitingMessages tells those whose number changed. A range is thought over
// with the number, and with all others from time to time: it costs much more.
func (w *work) waitingMessages(out []Message) []Message {
	t := &w.floor.waiting
	thinking := !t.think.IsZero() && !t.think.After(w.now)
	overdue := !t.older.IsZero() && !t.older.After(w.now) || thinking
	if !t.dirty && !overdue || w.now.Before(t.next) {
		return out
	}
	if thinking {
		t.think = time.Time{}
	}
	t.dirty, t.older, t.next = false, time.Time{}, w.now.Add(placesEvery)
	present := make(map[id.Conversation]*place, len(t.places))
	for _, q := range w.floor.state.Config().Queues {
		for i, c := range w.floor.state.Line(q.ID) {
			p, known := t.places[c]
			if !known {
				p = &place{told: -1}
			}
			present[c] = p
			number, moved := p.Stand(q.ID, i+1, w.now)
			estimate := p.estimate
			if thinking || moved || number != p.told || estimate == nil {
				estimate = t.estimate(p, number, w.now)
			}
			if number != p.told || !same(estimate, p.estimate) {
				p.told, p.estimate = number, estimate
				out = append(out, Message{Org: w.floor.org, Topic: view.ConversationTopic(c), Signal: &Signal{
					Kind: "waiting", Audience: view.Customer, Data: p.waiting(),
				}})
			}
			if at, ok := p.GivesWay(); ok && p.told != 0 {
				t.givesWay(at)
			}
		}
	}
	t.places = present
	return out
}

// waiting is what was told last.
func (p *place) waiting() view.Waiting {
	return view.Waiting{Position: max(0, p.told), Ahead: max(0, p.told-1), Estimate: p.estimate}
}

// estimate is how much longer somebody waits at the place they were told; none
// for a number that gave way.
func (t *waiting) estimate(p *place, number int, now time.Time) *view.Estimate {
	r, known := t.answers.Range(&p.Place, number, now)
	if !known {
		return nil
	}
	if t.think.IsZero() {
		t.think = now.Add(estimateEvery)
	}
	return &view.Estimate{FromMinutes: r.From, ToMinutes: r.To}
}

func same(a, b *view.Estimate) bool { return a == b || a != nil && b != nil && *a == *b }

// answered learns how long somebody waited who is answered now.
func (t *waiting) answered(c id.Conversation, now time.Time) {
	if p := t.places[c]; p != nil {
		t.answers.Learn(&p.Place, now)
	}
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
