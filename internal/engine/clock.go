package engine

import (
	"time"
)

// Clock is where the engine's time comes from. [SystemClock] is the machine's.
type Clock interface {
	// Wall is what a clock on the wall says. It may jump.
	Wall() time.Time
	// Elapsed is how much time has passed since some fixed moment, whatever
	// the wall says and also while the machine slept.
	Elapsed() time.Duration
	// After delivers once when d has passed.
	After(d time.Duration) <-chan time.Time
}

// SystemClock is the machine's own clock.
func SystemClock() Clock { return systemClock{start: time.Now()} }

type systemClock struct{ start time.Time }

func (systemClock) Wall() time.Time                        { return time.Now() }
func (c systemClock) Elapsed() time.Duration               { return sinceBoot(c.start) }
func (systemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// slewDivisor bounds how fast steady time approaches the wall: by at most 1/100
// of the time that passes. A second more or less on the wall is made up within
// two minutes; nobody's deadline moves by more than a hundredth.
const slewDivisor = 100

// steady is the engine's time. It never goes back, it passes as time really
// does to within 1 %, and it approaches the wall. So a wall that is set to
// another hour changes no order, ends no timer early and makes no duration
// negative.
type steady struct {
	clock   Clock
	now     time.Time     // exact
	elapsed time.Duration // of the clock, at now
	drift   time.Duration // wall − now
}

// startSteady begins at the wall or, if that is behind, at the last moment
// that was ever committed.
func startSteady(c Clock, lastCommit time.Time) *steady {
	s := &steady{clock: c, now: c.Wall().Round(0), elapsed: c.Elapsed()}
	if s.now.Before(lastCommit) {
		s.now = lastCommit
	}
	s.drift = c.Wall().Round(0).Sub(s.now)
	return s
}

// read is the present moment in UTC, to the millisecond: what is stored is
// what was decided upon.
func (s *steady) read() time.Time {
	elapsed := s.clock.Elapsed()
	passed := max(0, elapsed-s.elapsed)
	s.elapsed = elapsed
	s.now = s.now.Add(passed)
	s.drift = s.clock.Wall().Round(0).Sub(s.now)
	if most := passed / slewDivisor; most > 0 {
		slew := min(max(s.drift, -most), most)
		s.now, s.drift = s.now.Add(slew), s.drift-slew
	}
	return s.now.UTC().Truncate(time.Millisecond)
}

// reach goes on to a moment that has been elsewhere.
func (s *steady) reach(t time.Time) {
	if s.now.Before(t) {
		s.now = t
	}
}

// until is how long to wait for a moment of steady time.
func (s *steady) until(t time.Time) time.Duration {
	return max(time.Millisecond, t.Sub(s.now))
}
