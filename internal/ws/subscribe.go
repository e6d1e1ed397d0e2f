package ws

import (
	"context"
	"errors"
	"strings"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

const (
	// maxMissed is how far behind a client may be to be told event by event.
	maxMissed = 500
	// page is how many events are read and queued at a time.
	page = 100
	// maxTopics is how many topics one connection may follow.
	maxTopics = 200
)

// fill brings a subscription up to date and lets it go live. since is nil for
// a client that has nothing. It ends early if the subscription does.
func (s *Server) fill(sub *subscription, since *id.Seq) {
	ctx, cancel := s.context()
	defer cancel()
	last, err := s.first(ctx, sub, since)
	for err == nil && !s.hub.hasEnded(sub) {
		var up bool
		if up, err = s.upToDate(ctx, sub, last); up || err != nil {
			break
		}
		last, err = s.next(ctx, sub, last)
	}
	if err == nil {
		err = s.tellPlace(ctx, sub)
	}
	if err != nil {
		s.cannot(sub, err)
	}
}

// tellPlace gives a customer who waits the latest of a signal that came before
// they listened.
func (s *Server) tellPlace(ctx context.Context, sub *subscription) error {
	c, ok := conversationOf(sub.key.name)
	if !ok || sub.audience != view.Customer {
		return nil
	}
	place, waits, err := s.engine.Place(ctx, sub.client.actor, c)
	if waits && err == nil {
		sub.client.out.lazy(encode(signalFrame{"signal", sub.key.name, "waiting", place}))
	}
	return err
}

// first gives the client its snapshot, or what it missed.
func (s *Server) first(ctx context.Context, sub *subscription, since *id.Seq) (last id.Seq, err error) {
	if since == nil {
		return s.snapshot(ctx, sub, false)
	}
	return s.next(ctx, sub, *since)
}

// next gives the client the events after last, a page of them, or a fresh
// snapshot if they are too many or no longer kept. It waits for a slow client
// instead of filling its outbox.
func (s *Server) next(ctx context.Context, sub *subscription, last id.Seq) (id.Seq, error) {
	c := sub.client
	events, head, err := s.engine.Since(ctx, c.actor, sub.key.name, last, page)
	if err != nil {
		return 0, err
	}
	if head-last > maxMissed || len(events) == 0 && head > last {
		return s.snapshot(ctx, sub, true)
	}
	for _, e := range events {
		c.out.put(encodeEvent(sub.key.name, e))
		last = e.Seq
	}
	s.hub.note(sub, head)
	if last < head && !c.out.drained() {
		s.hub.remove(sub)
	}
	return last, nil
}

func (s *Server) snapshot(ctx context.Context, sub *subscription, reset bool) (id.Seq, error) {
	data, head, err := s.engine.Snapshot(ctx, sub.client.actor, sub.key.name)
	if err != nil {
		return 0, err
	}
	sub.client.out.put(encode(snapshotFrame{"snapshot", sub.key.name, head, reset, data}))
	if reset {
		s.counts.resets.Add(1)
	}
	return head, nil
}

// upToDate lets the subscription go live, if nothing is missing. Whoever may
// read only what was there before they left has it now, and gets no more.
func (s *Server) upToDate(ctx context.Context, sub *subscription, last id.Seq) (bool, error) {
	if frozen, err := s.frozen(ctx, sub); frozen || err != nil {
		if err == nil {
			s.hub.mu.Lock()
			s.hub.revoke(sub)
			s.hub.mu.Unlock()
			sub.client.forget(sub)
		}
		return true, err
	}
	return s.hub.goLive(sub, last), nil
}

func (s *Server) frozen(ctx context.Context, sub *subscription) (bool, error) {
	actor := sub.client.actor
	c, ok := conversationOf(sub.key.name)
	if !ok || actor.Kind != access.Staff || actor.May(org.MayReadAll) {
		return false, nil
	}
	relation, err := s.engine.Relation(ctx, actor, c)
	return relation == access.WrappingUp || relation == access.Former || relation == access.None, err
}

func conversationOf(topic string) (id.Conversation, bool) {
	c, ok := strings.CutPrefix(topic, "conv/")
	c, _, _ = strings.Cut(c, "/")
	return id.Conversation(c), ok
}

// cannot ends a subscription that could not be filled.
func (s *Server) cannot(sub *subscription, err error) {
	s.hub.remove(sub)
	c := sub.client
	c.forget(sub)
	frame := encodeError(c.lang, "", sub.key.name, err)
	switch code := problem.CodeOf(err); {
	case code == problem.SeqAhead:
		c.out.close(closeSeqAhead, frame)
	case code == problem.Internal || code == problem.Unavailable || errors.Is(err, context.Canceled):
		// Not the client's doing: it comes back and resumes.
		s.log.Error("subscription could not be filled", "topic", sub.key.name, "error", err)
		c.out.close(closeRestart, frame)
	default:
		c.out.put(frame)
	}
}

// refill is called under the hub's lock when events are missing.
func (s *Server) refill(sub *subscription) {
	s.counts.gaps.Add(1)
	last := sub.last
	s.spawn(func() { s.fill(sub, &last) })
}
