package login

import (
	"context"
	"sync"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/problem"
)

// A ticket opens one socket: it is asked for over HTTP, where the session's
// cookie is, and shown in the first frame, so that no page of another site can
// open a socket with somebody's cookie.
const (
	ticketLife = 30 * time.Second
	maxTickets = 10_000
)

type tickets struct {
	now func() time.Time

	mu    sync.Mutex
	known map[access.Digest]ticket
	order []access.Digest // oldest first; used ones may still stand in it
}

type ticket struct {
	actor   access.Actor
	expires time.Time
}

func newTickets(now func() time.Time) *tickets {
	return &tickets{now: now, known: map[access.Digest]ticket{}}
}

// NewTicket makes a ticket for the actor, valid once and for 30 s.
func (s *Service) NewTicket(actor access.Actor) string {
	t := s.tickets
	secret, digest := mint()
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	for len(t.order) > 0 {
		oldest, known := t.known[t.order[0]]
		if known && now.Before(oldest.expires) && len(t.order) < maxTickets {
			break
		}
		delete(t.known, t.order[0])
		t.order = t.order[1:]
	}
	t.known[digest] = ticket{actor, now.Add(ticketLife)}
	t.order = append(t.order, digest)
	return secret
}

// Ticket uses up a ticket. ended is called once if the actor's session ends;
// whoever got in calls closed when they leave.
func (s *Service) Ticket(ctx context.Context, secret string, ended func()) (actor access.Actor, closed func(), err error) {
	digest, ok := digestOf(secret)
	if !ok {
		return access.Actor{}, nil, problem.New(problem.TokenInvalid)
	}
	taken, ok := s.tickets.take(digest)
	if !ok {
		return access.Actor{}, nil, problem.New(problem.TokenInvalid)
	}
	closed = s.live.open(taken, ended)
	// Registered first, then asked: a sign-out between ticket and socket is
	// seen here, a later one by ended.
	actor, err = s.staff(ctx, digestIn(taken))
	if err != nil {
		closed()
		return access.Actor{}, nil, err
	}
	return actor, closed, nil
}

func (t *tickets) take(digest access.Digest) (access.Actor, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	found, ok := t.known[digest]
	delete(t.known, digest)
	return found.actor, ok && t.now().Before(found.expires)
}
