package simulate

import "time"

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
