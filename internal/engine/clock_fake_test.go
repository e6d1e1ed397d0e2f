package engine_test

import (
	"sync"
	"time"
)

// fakeClock passes when it is told to.
type fakeClock struct {
	mu      sync.Mutex
	wall    time.Time
	elapsed time.Duration
	waits   []wait
}

type wait struct {
	at time.Duration
	ch chan time.Time
}

// morning is when the days of these tests begin.
var morning = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func newClock() *fakeClock { return &fakeClock{wall: morning} }

func (c *fakeClock) Wall() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wall
}

func (c *fakeClock) Elapsed() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.elapsed
}

func (c *fakeClock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := make(chan time.Time, 1)
	c.waits = append(c.waits, wait{c.elapsed + d, ch})
	return ch
}

// pass lets d pass, for the wall too.
func (c *fakeClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wall, c.elapsed = c.wall.Add(d), c.elapsed+d
	var still []wait
	for _, w := range c.waits {
		if w.at <= c.elapsed {
			w.ch <- c.wall
		} else {
			still = append(still, w)
		}
	}
	c.waits = still
}
