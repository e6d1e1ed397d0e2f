package engine

import (
	"cmp"
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
// queue keeps what was said, the oldest of a queue first, each queue's in one
// commit with the record of it. What is due follows from what is stored, so a
// restart loses nothing, and whatever is held stays.
//
// The blobs are the caller's to remove, also beside an error: what they were of
// is erased then. So is going on where there are more, after a pause, so that
// the floor never waits for it.
func (e *Engine) Expire(ctx context.Context, limit int) (done Expired, err error) {
	queues, err := e.expiring(ctx)
	if err != nil {
		return done, err
	}
	for _, q := range queues {
		for {
			// Most queues have nothing that is due. This is not asked in the loop,
			// or every floor would wait for as many answers as there are queues.
			due, err := e.people.Ended(ctx, q.org, q.queue, q.before, 1)
			if err != nil {
				return done, unavailable(err)
			}
			if len(due) > 0 && done.Conversations >= limit {
				done.More = true
				return done, nil
			}
			if len(due) == 0 {
				break
			}
			some, err := e.expire(ctx, q, limit-done.Conversations)
			if err != nil {
				return done, err
			}
			if some.Conversations == 0 {
				break // what is due is on the floor yet
			}
			done.Conversations += some.Conversations
			done.Blobs = append(done.Blobs, some.Blobs...)
		}
	}
	if done.Conversations == 0 {
		return done, nil
	}
	if err := e.people.Scrub(ctx); err != nil {
		return done, unavailable(err)
	}
	return done, nil
}

// expiring is a queue that does not keep everything.
type expiring struct {
	org    id.Org
	queue  id.Queue
	before time.Time // what ended earlier is due
}

// expiring are those of all organizations in memory, in order.
func (e *Engine) expiring(ctx context.Context) ([]expiring, error) {
	all, err := ask(ctx, e, func(now time.Time) (all []expiring, _ error) {
		for o, f := range e.floors {
			for _, q := range f.state.Config().Queues {
				if q.Limits.KeepDays > 0 {
					all = append(all, expiring{o, q.ID, keptSince(q, now)})
				}
			}
		}
		return all, nil
	})
	slices.SortFunc(all, func(a, b expiring) int {
		return cmp.Or(cmp.Compare(a.org, b.org), cmp.Compare(a.queue, b.queue))
	})
	return all, err
}

// keptSince is how old the oldest may be that a queue keeps.
func keptSince(q org.Queue, now time.Time) time.Time {
	return now.Add(-time.Duration(q.Limits.KeepDays) * day)
}

// expire erases of one queue. What has begun is waited for: a caller who left
// would not learn which blobs to remove.
func (e *Engine) expire(ctx context.Context, q expiring, limit int) (done Expired, err error) {
	err = e.note(context.WithoutCancel(ctx), func(r *round) error {
		w, err := r.work(q.org)
		if err != nil {
			return err
		}
		queues := w.floor.state.Config().Queues
		at := slices.IndexFunc(queues, func(x org.Queue) bool { return x.ID == q.queue })
		if at < 0 || queues[at].Limits.KeepDays == 0 {
			return nil // changed since it was looked at
		}
		done, err = w.expire(queues[at], limit)
		return err
	})
	if err != nil {
		return Expired{}, err
	}
	return done, nil
}

func (w *work) expire(q org.Queue, limit int) (done Expired, err error) {
	if len(w.holds) > 0 {
		return done, nil // they are not stored yet, and may be on what is due
	}
	people := w.round.e.people
	due, err := people.Ended(context.Background(), w.floor.org, q.ID, keptSince(q, w.now), limit)
	if err != nil {
		return done, unavailable(err)
	}
	due = slices.DeleteFunc(due, func(c id.Conversation) bool {
		_, there := w.floor.state.Conversation(c)
		return there
	})
	if len(due) == 0 {
		return done, nil
	}
	if done.Blobs, err = people.Blobs(context.Background(), w.floor.org, due); err != nil {
		return done, unavailable(err)
	}
	for _, c := range due {
		w.erase(c)
	}
	done.Conversations = len(due)
	w.record(access.Actor{Kind: access.System, Org: w.floor.org}, ActExpire, string(q.ID), Detail{Kind: "queue", Name: &q.Name, Fields: []Difference{
		counted("conversations", len(due)), counted("files", len(done.Blobs)),
	}})
	return done, nil
}
