// Package agenda is what is going to happen in time that is only simulated.
//
// What is planned for the same moment happens in the order in which it was
// planned, so the same plans always make the same history.
package agenda

import (
	"container/heap"
	"time"
)

// Agenda is empty at first.
type Agenda struct {
	due  byTime
	last int // of the numbers given
}

// Add plans something.
func (a *Agenda) Add(at time.Time, do func()) {
	a.last++
	heap.Push(&a.due, intention{at, a.last, do})
}

// Next is when the next thing happens; false if nothing is planned.
func (a *Agenda) Next() (at time.Time, ok bool) {
	if len(a.due) == 0 {
		return at, false
	}
	return a.due[0].at, true
}

// Take takes what happens next off the agenda, which must not be empty.
func (a *Agenda) Take() (do func()) {
	next, _ := heap.Pop(&a.due).(intention)
	return next.do
}

type intention struct {
	at     time.Time
	number int
	do     func()
}

type byTime []intention

func (b byTime) Len() int { return len(b) }

func (b byTime) Less(i, j int) bool {
	if order := b[i].at.Compare(b[j].at); order != 0 {
		return order < 0
	}
	return b[i].number < b[j].number
}

func (b byTime) Swap(i, j int) { b[i], b[j] = b[j], b[i] }

func (b *byTime) Push(x any) {
	i, _ := x.(intention)
	*b = append(*b, i)
}

func (b *byTime) Pop() any {
	last := (*b)[len(*b)-1]
	(*b)[len(*b)-1] = intention{} // what was done is not held on to
	*b = (*b)[:len(*b)-1]
	return last
}
