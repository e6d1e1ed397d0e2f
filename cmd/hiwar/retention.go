package main

import (
	"context"
	"time"
)

const (
	// expireAtOnce is how many conversations one commit removes, and
	// expirePause how long everybody else has the database to themselves then.
	expireAtOnce = 20
	expirePause  = 200 * time.Millisecond
)

// keepRetention removes what queues do not keep any longer, at the start and
// every hour.
func (s *server) keepRetention(ctx context.Context) error {
	select {
	case <-s.engine.Ready():
	case <-ctx.Done():
		return nil
	}
	for {
		wait := time.Hour
		more, err := s.expireSome(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.Warn("old transcripts could not be removed", "error", err)
		} else if more {
			wait = expirePause
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil
		}
	}
}

// expireSome removes some of what is due. A file that stays because the process
// ends here is found by the sweep of files that nobody knows of.
func (s *server) expireSome(ctx context.Context) (more bool, err error) {
	done, err := s.engine.Expire(ctx, expireAtOnce)
	for _, b := range done.Blobs {
		if err := s.blobs.Remove(ctx, b); err != nil {
			return false, err
		}
	}
	if done.Conversations > 0 {
		s.log.Info("old transcripts were removed", "conversations", done.Conversations, "files", len(done.Blobs))
	}
	return done.More, err
}
