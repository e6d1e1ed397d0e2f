package engine

import (
	"context"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// day is how retention counts.
const day = 24 * time.Hour

// Expired is what a step of the retention has left to be done.
type Expired struct {
	Conversations int
	Blobs         []string // where their files are
	More          bool     // others are due
}

// ActExpire is the record of what a queue's retention removed: how many.
const ActExpire = "expire_transcripts"

// Expire erases up to limit conversations that ended longer ago than their
// queue keeps what was said, the oldest first, in one commit with the record of
// it. What is due follows from what is stored, so a restart loses nothing, and
// whatever is held stays.
//
// The blobs are the caller's to remove; so is going on where there are more,
// after a pause, so that the floor never waits for it.
func (e *Engine) Expire(ctx context.Context, limit int) (done Expired, err error) {
	err = e.note(ctx, func(r *round) error {
		for _, o := range e.organizations() {
			w, err := r.work(o)
			if err != nil {
				continue // logged; it is loaded again
			}
			for _, q := range w.floor.state.Config().Queues {
				if err := w.expire(q, limit, &done); err != nil {
					return err
				}
			}
		}
		done.More = done.Conversations >= limit
		return nil
	})
	if err != nil || done.Conversations == 0 || done.More {
		return done, err
	}
	if err := e.people.Scrub(ctx); err != nil {
		return done, unavailable(err)
	}
	return done, nil
}

// organizations are those in memory, in order.
func (e *Engine) organizations() (all []id.Org) {
	for o := range e.floors {
		all = append(all, o)
	}
	slices.Sort(all)
	return all
}

func (w *work) expire(q org.Queue, limit int, done *Expired) error {
	left := limit - done.Conversations
	if q.Limits.KeepDays == 0 || left <= 0 {
		return nil
	}
	people := w.round.e.people
	due, err := people.Ended(context.Background(), w.floor.org, q.ID, w.now.Add(-time.Duration(q.Limits.KeepDays)*day), left)
	if err != nil {
		return unavailable(err)
	}
	due = slices.DeleteFunc(due, func(c id.Conversation) bool {
		_, there := w.floor.state.Conversation(c)
		return there
	})
	if len(due) == 0 {
		return nil
	}
	blobs, err := people.Blobs(context.Background(), w.floor.org, due)
	if err != nil {
		return unavailable(err)
	}
	for _, c := range due {
		w.erase(c)
	}
	w.record(access.Actor{Kind: access.System, Org: w.floor.org}, ActExpire, string(q.ID), Detail{Kind: "queue", Name: &q.Name, Fields: []Difference{
		counted("conversations", len(due)), counted("files", len(blobs)),
	}})
	done.Conversations += len(due)
	done.Blobs = append(done.Blobs, blobs...)
	return nil
}
