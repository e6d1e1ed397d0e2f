package engine

import (
	"testing"
	"testing/synctest"
	"time"
)

// jumpy is a clock whose wall can be set while real time passes.
type jumpy struct {
	start time.Time
	set   time.Duration
}

func (c *jumpy) Wall() time.Time                        { return time.Now().Add(c.set) }
func (c *jumpy) Elapsed() time.Duration                 { return time.Since(c.start) }
func (c *jumpy) After(d time.Duration) <-chan time.Time { return time.After(d) }

// pass lets real time go by.
func pass(d time.Duration) { <-time.After(d) }

func TestSteadyTimeFollowsTheWall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &jumpy{start: time.Now()}
		s := startSteady(c, time.Time{})
		for range 1000 {
			pass(37 * time.Millisecond)
			if got, want := s.read(), time.Now().UTC().Truncate(time.Millisecond); !got.Equal(want) {
				t.Fatalf("got %v, want %v", got, want)
			}
		}
	})
}

// Whatever the wall does, time does not go back, passes as it really does to
// within a hundredth, and comes to agree with the wall in the end.
func TestSteadyTimeSurvivesAWallThatJumps(t *testing.T) {
	for _, jump := range []time.Duration{time.Hour, -time.Hour, 300 * time.Millisecond, -300 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			c := &jumpy{start: time.Now()}
			s := startSteady(c, time.Time{})
			begin, last := s.read(), s.read()
			c.set = jump
			const tick = 250 * time.Millisecond
			for n := 1; n <= 4*60; n++ {
				pass(tick)
				now := s.read()
				if passed := now.Sub(last); passed < tick*98/100 || passed > tick*102/100 {
					t.Fatalf("after a jump of %v: %v passed in %v", jump, passed, tick)
				}
				last = now
			}
			if passed := last.Sub(begin); passed < 59*time.Second || passed > 61*time.Second {
				t.Errorf("after a jump of %v: %v passed in a minute", jump, passed)
			}
			pass(200 * time.Hour) // an hour is made up in a hundred
			if off := c.Wall().Sub(s.read()); off > time.Millisecond || off < -time.Millisecond {
				t.Errorf("after a jump of %v: still %v from the wall", jump, off)
			}
		})
	}
}

func TestSteadyTimeBeginsAfterTheLastCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &jumpy{start: time.Now()}
		last := time.Now().Add(time.Minute)
		s := startSteady(c, last)
		if got := s.read(); got.Before(last.Truncate(time.Millisecond)) {
			t.Errorf("began at %v, before the last commit at %v", got, last)
		}
		if s.drift > -59*time.Second {
			t.Errorf("the drift is %v, want about a minute", s.drift)
		}
		before := s.read()
		pass(time.Second)
		if passed := s.read().Sub(before); passed < 989*time.Millisecond || passed > time.Second {
			t.Errorf("%v passed in a second", passed)
		}
	})
}

func TestTheSystemClockPasses(t *testing.T) {
	c := SystemClock()
	begin := c.Elapsed()
	<-c.After(time.Millisecond)
	if c.Elapsed()-begin < time.Millisecond {
		t.Errorf("%v elapsed in a millisecond", c.Elapsed()-begin)
	}
	if d := time.Since(c.Wall()); d < -time.Minute || d > time.Minute {
		t.Errorf("the wall is %v off", d)
	}
}
