package main

import (
	"testing"
	"testing/synctest"
	"time"

	"hiwar/internal/engine"
)

// wrong is a machine's clock that is away from the time.
type wrong struct {
	engine.Clock
	by time.Duration
}

func (w wrong) Wall() time.Time { return time.Now().Add(w.by) }

// A server whose machine is an hour off, in either direction, has the
// database's time all the same, and says by how much it is away.
func TestAnHourOffIsTheDatabasesTime(t *testing.T) {
	for _, by := range []time.Duration{0, time.Hour, -time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			c := &databaseClock{Clock: wrong{engine.SystemClock(), by}}
			if behind := c.set(time.Now()); behind != -by {
				t.Errorf("a clock that is %v ahead is %v behind", by, behind)
			}
			<-time.After(time.Minute)
			if off := time.Until(c.Wall()); off != 0 {
				t.Errorf("a clock that is %v ahead gives a time that is %v off", by, off)
			}
		})
	}
}
