package simulate

import (
	"container/heap"
	"time"
)

// begin is when every day begins.
var begin = time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC)

// clock is the engine's: it stands still between events, and its wall jumps.
type clock struct {
	passed time.Duration
	off    time.Duration // of the wall
}

func (c *clock) Wall() time.Time        { return begin.Add(c.passed + c.off) }
func (c *clock) Elapsed() time.Duration { return c.passed }

// After is for engines that wait by themselves.
func (c *clock) After(time.Duration) <-chan time.Time { return nil }

// agenda is what is going to happen, by time and then in the order in which it
// was planned.
type agenda struct {
	items []item
	n     int
}

type item struct {
	at    time.Duration
	order int
	do    func()
}

func (a *agenda) add(at time.Duration, do func()) {
	a.n++
	heap.Push(a, item{at, a.n, do})
}

// next is when the next thing happens; false if nothing is planned.
func (a *agenda) next() (time.Duration, bool) {
	if len(a.items) == 0 {
		return 0, false
	}
	return a.items[0].at, true
}

func (a *agenda) take() func() {
	i, _ := heap.Pop(a).(item)
	return i.do
}

// Len, Less, Swap, Push and Pop implement [heap.Interface].
func (a *agenda) Len() int { return len(a.items) }

// Less orders by time.
func (a *agenda) Less(i, j int) bool {
	if a.items[i].at != a.items[j].at {
		return a.items[i].at < a.items[j].at
	}
	return a.items[i].order < a.items[j].order
}

// Swap swaps.
func (a *agenda) Swap(i, j int) { a.items[i], a.items[j] = a.items[j], a.items[i] }

// Push appends.
func (a *agenda) Push(x any) {
	i, _ := x.(item)
	a.items = append(a.items, i)
}

// Pop takes the last.
func (a *agenda) Pop() any {
	last := a.items[len(a.items)-1]
	a.items[len(a.items)-1].do = nil
	a.items = a.items[:len(a.items)-1]
	return last
}
