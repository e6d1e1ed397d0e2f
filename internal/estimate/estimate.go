// Package estimate says what a customer who waits in a queue is told: the place,
// which never rises, and how much longer it takes, from how long those took who
// stood at the same place and were answered lately.
//
// It counts waits and nothing else: who is offered to whom is package routing's,
// and telling people is package engine's.
package estimate

import (
	"slices"
	"time"

	"hiwar/internal/id"
)

const (
	// recent is how long answers say something about the present.
	recent = 30 * time.Minute
	// least is how many answers a range needs; with fewer nothing is said.
	least = 10
	// most bounds what is kept for one position of one queue.
	most = 200
	// depth is the last position that anything is kept for.
	depth = 50
	// held is for how long a lower number stays when somebody came before; then
	// "you keep your place" is said instead.
	held = 60 * time.Second
)

// Range is whole minutes: of those who waited as long at the place by now, half
// took longer than From, and nine of ten no longer than To.
type Range struct{ From, To int }

// line is a position in a queue.
type line struct {
	queue    id.Queue
	position int
}

// sample is how long somebody took from a position to an answer.
type sample struct {
	at   time.Time // answered
	wait time.Duration
}

// Answers are recent answers, by where those answered had stood. They are kept
// in memory only: after a restart nothing is said until there is something to
// say.
type Answers struct{ of map[line][]sample }

// Learn takes note of a customer who is answered now.
func (a *Answers) Learn(p *Place, now time.Time) {
	if a.of == nil {
		a.of = map[line][]sample{}
	}
	for position, since := range p.reached {
		at := line{p.queue, position}
		list := append(a.of[at], sample{now, now.Sub(since)})
		if len(list) > most {
			list = slices.Clone(list[len(list)-most:])
		}
		a.of[at] = list
	}
}

// Range is how much longer a customer waits who was told a number; false where
// too few answers say so, or the number gave way.
func (a *Answers) Range(p *Place, number int, now time.Time) (r Range, known bool) {
	answers := a.of[line{p.queue, number}]
	if number == 0 || len(answers) < least {
		return r, false
	}
	stood := now.Sub(p.reached[number])
	waits := make([]time.Duration, 0, len(answers))
	for _, s := range answers {
		if now.Sub(s.at) <= recent && s.wait > stood {
			waits = append(waits, s.wait-stood)
		}
	}
	if len(waits) < least {
		return r, false
	}
	slices.Sort(waits)
	from, to := quantile(waits, 50), quantile(waits, 90)
	first := max(1, int(from/time.Minute))
	last := int((to + time.Minute - 1) / time.Minute)
	if last > 1 && last <= first {
		last = first + 1
	}
	return Range{min(first, last), last}, true
}

// quantile is the smallest value that so many in a hundred do not exceed.
func quantile(sorted []time.Duration, percent int) time.Duration {
	return sorted[(len(sorted)*percent+99)/100-1]
}

// Place is where somebody stands who waits. The zero value has not stood
// anywhere.
type Place struct {
	queue   id.Queue
	lowest  int               // told so far; 0 before the first
	higher  time.Time         // since when the true one is higher; zero if it is not
	reached map[int]time.Time // when each position of the queue was reached
}

// Stand notes the true position, and gives the number to tell: the lowest so
// far, in whatever queue, or 0 for "you keep your place" once the true one has
// been higher for a minute. Moved reports that the queue is another one than
// before.
func (p *Place) Stand(q id.Queue, position int, now time.Time) (number int, moved bool) {
	if p.lowest == 0 {
		p.lowest = position
	}
	if moved = p.queue != q; moved {
		p.queue, p.reached = q, map[int]time.Time{}
	}
	if position <= p.lowest {
		for at := min(p.lowest, depth); at >= position; at-- {
			if p.reached[at].IsZero() {
				p.reached[at] = now
			}
		}
		p.lowest, p.higher = position, time.Time{}
		return position, moved
	}
	if p.higher.IsZero() {
		p.higher = now
	}
	if !now.Before(p.higher.Add(held)) {
		return 0, moved
	}
	return p.lowest, moved
}

// GivesWay is when the number is not told any more if nothing changes.
func (p *Place) GivesWay() (at time.Time, ok bool) {
	return p.higher.Add(held), !p.higher.IsZero()
}
