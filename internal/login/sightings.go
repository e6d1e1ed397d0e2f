package login

import (
	"context"
	"maps"
	"sync"
	"time"

	"hiwar/internal/access"
)

// sightings are the last uses of sessions that are not written yet. Each would
// be a transaction of its own: a thousand open desks would have the disk write
// seventeen times a second that they are there. Together they are one a minute.
type sightings struct {
	mu sync.Mutex
	at map[access.Digest]time.Time
}

func newSightings() *sightings { return &sightings{at: map[access.Digest]time.Time{}} }

// last is when a session was last used that was stored with this time.
func (s *sightings) last(d access.Digest, stored time.Time) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := s.at[d]; at.After(stored) {
		return at
	}
	return stored
}

func (s *sightings) note(d access.Digest, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at[d] = at
}

// written forgets what is stored by now.
func (s *sightings) written(all map[access.Digest]time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for d, at := range all {
		if s.at[d].Equal(at) {
			delete(s.at, d)
		}
	}
}

func (s *sightings) all() map[access.Digest]time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.at)
}

// KeepSeen stores when sessions were last used, all at once. What was not
// stored when the process ends unexpectedly makes a session look unused for
// that much longer.
func (s *Service) KeepSeen(ctx context.Context) error {
	all := s.seen.all()
	if len(all) == 0 {
		return nil
	}
	if err := s.store.TouchSessions(ctx, all); err != nil {
		return err
	}
	s.seen.written(all)
	return nil
}
