//go:build !linux

package engine

import "time"

// sinceBoot is Go's monotonic clock where there is no better one.
func sinceBoot(start time.Time) time.Duration { return time.Since(start) }
