package routing

import "time"

// Check reports the first broken invariant.
func (s *State) Check(now time.Time) error { return nil }
