package login

import (
	"context"
	"encoding/base64"
	"strings"
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
	if s.passes != nil {
		return s.newPass(digestIn(actor))
	}
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
	taken, ok := s.holder(ctx, secret)
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

// holder uses a ticket up and is whose it was.
func (s *Service) holder(ctx context.Context, secret string) (access.Actor, bool) {
	if s.passes != nil {
		return s.passed(ctx, secret)
	}
	digest, ok := digestOf(secret)
	if !ok {
		return access.Actor{}, false
	}
	return s.tickets.take(digest)
}

// newPass is a ticket that every process knows for one by its signature. Each
// lets it in once: who sees one within its 30 s could open a second socket
// elsewhere, of a session that has to be alive then as well.
func (s *Service) newPass(session access.Digest) string {
	return s.passes.make(toOpen, string(session[:])) + "." + base64.RawURLEncoding.EncodeToString(session[:])
}

func (s *Service) passed(ctx context.Context, secret string) (access.Actor, bool) {
	pass, name, _ := strings.Cut(secret, ".")
	session, err := base64.RawURLEncoding.Strict().DecodeString(name)
	if err != nil || len(session) != len(access.Digest{}) || !s.passes.is(pass, toOpen, string(session)) {
		return access.Actor{}, false
	}
	raw, _ := rawChallenge(pass)
	if made := endOf(raw).Add(-challengeLife); !s.now().Before(made.Add(ticketLife)) || !s.passes.take(pass) {
		return access.Actor{}, false
	}
	actor, err := s.staff(ctx, access.Digest(session))
	return actor, err == nil
}

func (t *tickets) take(digest access.Digest) (access.Actor, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	found, ok := t.known[digest]
	delete(t.known, digest)
	return found.actor, ok && t.now().Before(found.expires)
}
