package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// round is one turn of the loop: what happened at one moment, to be stored by
// one commit.
type round struct {
	e       *Engine
	now     time.Time
	works   []*work // in the order in which they were touched
	byOrg   map[id.Org]*work
	replies map[ReplyKey]StoredReply // of users' and visitors' commands
	signals []Message
	used    map[id.Attachment]bool // by messages of the round, which the store does not know yet
	looked  []reader               // noted in this round
	failed  error                  // something could not be read: nothing of the round is stored
}

// round carries calls out. An error means that the engine cannot go on.
func (e *Engine) round(calls []*call) error {
	r := &round{e: e, now: e.readClock(), byOrg: map[id.Org]*work{}, replies: map[ReplyKey]StoredReply{}}
	r.reload()
	r.prefetch(calls)
	r.tick()
	for _, c := range calls {
		switch {
		case c.note != nil:
			c.err = c.note(r)
		case c.ask == nil:
			c.reply, c.err = r.command(c)
		}
	}
	err := r.finish()
	if err != nil {
		for _, c := range calls {
			c.reply, c.err = Reply{}, unavailable(err)
		}
	}
	for _, c := range calls {
		if c.ask != nil && err == nil {
			c.err = c.ask(r.now)
		}
		c.answer()
	}
	e.bus.Over()
	if errors.Is(err, ErrBroken) {
		return err
	}
	return nil
}

// readClock is the engine's time. A wall that is more than a second away is
// said once, until it is near again.
func (e *Engine) readClock() time.Time {
	now := e.clock.read()
	drift := e.clock.drift
	e.counts.Drift.Store(int64(drift))
	switch far := drift > time.Second || drift < -time.Second; {
	case far && !e.warned:
		e.warned = true
		e.log.Warn("the wall clock is away from the engine's time, which approaches it slowly", "by", drift)
	case !far:
		e.warned = false
	}
	return now
}

// reload brings back the floors that a failed commit made us forget.
func (r *round) reload() {
	for o, at := range r.e.missing {
		if !at.After(r.now) {
			// A failure was logged and is tried again later.
			_, _ = r.e.floor(o, r.now)
		}
	}
}

// prefetch reads what the commands will ask for, together.
func (r *round) prefetch(calls []*call) {
	convs := map[id.Org][]id.Conversation{}
	var keys []ReplyKey
	for _, c := range calls {
		if c.ask != nil || c.note != nil {
			continue
		}
		q := c.request
		if !r.e.has(q.Actor.Org) {
			continue
		}
		if conv, ok := conversationOf(q.Command); ok {
			convs[q.Actor.Org] = append(convs[q.Actor.Org], conv)
		} else if key, ok := replyKey(q); ok {
			keys = append(keys, key)
		}
	}
	for o, ids := range convs {
		slices.Sort(ids)
		if err := r.e.fetch(o, slices.Compact(ids)); err != nil {
			r.fail(err)
			return
		}
	}
	if len(keys) == 0 {
		return
	}
	stored, err := r.e.store.Replies(context.Background(), keys)
	if err != nil {
		r.fail(err)
		return
	}
	for _, s := range stored {
		r.replies[s.Key] = s
	}
}

// fail remembers that the round must not be stored.
func (r *round) fail(err error) {
	if r.failed == nil {
		r.failed = err
	}
}

// work gives the organization's share of the round.
func (r *round) work(o id.Org) (*work, error) {
	if w, ok := r.byOrg[o]; ok {
		return w, nil
	}
	f, err := r.e.floor(o, r.now)
	if err != nil {
		return nil, err
	}
	w := newWork(r, f)
	r.byOrg[o] = w
	r.works = append(r.works, w)
	return w, nil
}

// tick lets happen what is due on each floor before anything is asked of it.
func (r *round) tick() {
	for _, o := range r.e.dueFloors(r.now) {
		w, err := r.work(o)
		if err != nil {
			continue // logged; tried again
		}
		w.tick()
	}
	r.flushReceipts()
}

// dueFloors are the organizations whose floors want to be woken, in order.
func (e *Engine) dueFloors(now time.Time) []id.Org {
	var due []id.Org
	for o, f := range e.floors {
		if at, ok := f.deadline(); ok && !at.After(now) {
			due = append(due, o)
		}
	}
	slices.Sort(due)
	return due
}

// finish stores the round, tells everybody, and forgets what could not be
// stored.
func (r *round) finish() error {
	err := r.failed
	if err == nil {
		err = r.commit()
	}
	if err != nil {
		r.forget(err)
		return err
	}
	r.publish()
	r.e.chats.shrink()
	return nil
}

func (r *round) commit() error {
	b := Batch{Now: r.now}
	slices.SortFunc(r.works, func(x, y *work) int { return strings.Compare(string(x.floor.org), string(y.floor.org)) })
	for _, w := range r.works {
		if share, changed := w.batch(); changed {
			b.Orgs = append(b.Orgs, share)
		}
	}
	// After a failure an empty batch shows whether the storage works again.
	if len(b.Orgs) == 0 && (r.e.retryAt.IsZero() || r.now.Before(r.e.retryAt)) {
		return nil
	}
	r.e.counts.Rounds.Add(1)
	began := r.e.source.Elapsed()
	err := r.e.store.Commit(context.Background(), &b)
	r.e.counts.took(r.e.source.Elapsed() - began)
	if err != nil {
		err = fmt.Errorf("commit: %w", err)
		if _, stale := errors.AsType[StaleError](err); !stale && !errors.Is(err, ErrConflict) { // those batches were wrong, not the storage
			r.e.failing.Store(&err)
			r.e.retryAt = r.now.Add(retryStore)
		}
		return err
	}
	if !r.e.retryAt.IsZero() {
		r.e.log.Info("the storage works again")
		r.e.retryAt = time.Time{}
		r.e.failing.Store(nil)
	}
	for _, w := range r.works {
		w.stored()
	}
	return nil
}

// forget drops from memory whatever the round touched: it may or may not have
// been stored, and only reading it again tells.
func (r *round) forget(err error) {
	r.e.counts.Failed.Add(1)
	r.e.log.Error("a commit failed", "error", err, "conflict", errors.Is(err, ErrConflict))
	for _, k := range r.looked {
		delete(r.e.looked, k)
	}
	for _, w := range r.works {
		r.e.drop(w.floor, r.now)
		for _, c := range w.chats {
			r.e.chats.drop(c.cached.key)
		}
	}
	if stale, ok := errors.AsType[StaleError](err); ok {
		r.e.giveUp(stale.Org)
		r.e.stale(stale.Org)
	}
}

// refusal counts and returns.
func (r *round) refused(err error) (Reply, error) {
	r.e.counts.Refused.Add(1)
	if problem.CodeOf(err) == problem.Unavailable {
		r.fail(err)
	}
	return Reply{}, err
}
