package engine

import (
	"time"

	"golang.org/x/sys/unix"
)

// sinceBoot reads the clock that also runs while the machine sleeps. Go's own
// monotonic clock does not, and a laptop that wakes up after lunch must find
// its timers due.
func sinceBoot(start time.Time) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t); err != nil {
		return time.Since(start)
	}
	return time.Duration(t.Nano())
}
