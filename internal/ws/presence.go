package ws

import (
	"context"
	"sync"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
)

// How long what was heard proves that somebody is there.
const (
	beatEvery = 4 * time.Second
	seenEvery = time.Minute
	// An agent is lost when nothing was heard of any of their desks for
	// agentLost, or when no page of theirs has said for pageSilent that it is
	// alive: a frozen page still answers pings.
	agentLost  = 8 * time.Second
	pageSilent = time.Minute
	// A customer's connection is lost after customerLost; one that ended is
	// waited for, because most of them come back from a reload at once.
	customerLost   = 45 * time.Second
	customerReload = 2 * time.Second
	// Who was there before a restart is given this long to come back.
	customerReturn = 15 * time.Second
	// tellAgain is how long the tracker waits when the engine could not be told.
	tellAgain = time.Second
)

// somebody is who is there or not, whatever number of connections they have.
type somebody struct {
	org          id.Org
	user         id.User
	conversation id.Conversation
}

func whois(a access.Actor) somebody {
	if a.Kind == access.Customer {
		return somebody{org: a.Org, conversation: a.Conversation}
	}
	return somebody{org: a.Org, user: a.User}
}

// tracker tells the engine when agents and customers are lost and when they
// are back: once per change, in order, from what all connections of theirs
// prove together.
type tracker struct {
	tell  func(actor access.Actor, there bool) error
	spawn func(func())

	mu      sync.Mutex
	known   map[somebody]*evidence
	stopped bool
}

// evidence is guarded by the tracker's lock.
type evidence struct {
	actor   access.Actor
	clients map[*client]struct{}
	until   time.Time // proved by connections that are gone
	timer   *time.Timer
	told    belief
	telling bool
}

// belief is what the engine was told last.
type belief uint8

const (
	nothing belief = iota
	isThere
	isLost
)

func newTracker(tell func(access.Actor, bool) error, spawn func(func())) *tracker {
	return &tracker{tell: tell, spawn: spawn, known: map[somebody]*evidence{}}
}

// tracked: supervisors without a desk of their own are nobody's business.
func tracked(c *client) bool { return c.actor.Kind == access.Customer || c.isAgent() }

func (t *tracker) join(c *client) {
	if !tracked(c) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.of(c.actor)
	e.clients[c] = struct{}{}
	t.weigh(e)
}

// leave counts from when the connection was last heard of.
func (t *tracker) leave(c *client) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e, ok := t.known[whois(c.actor)]
	if !ok {
		return
	}
	delete(e.clients, c)
	proved := provedBy(c)
	if c.actor.Kind == access.Customer {
		proved = minTime(proved, time.Now().Add(customerReload))
	}
	e.until = maxTime(e.until, proved)
	t.weigh(e)
}

// check weighs anew, because a page beat.
func (t *tracker) check(c *client) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e, ok := t.known[whois(c.actor)]; ok {
		t.weigh(e)
	}
}

// expect gives somebody who has no connection yet until then to open one.
func (t *tracker) expect(a access.Actor, until time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.of(a)
	e.until = maxTime(e.until, until)
	if e.told == nothing {
		e.told = isThere // the engine believes so: that is why they are expected
	}
	t.weigh(e)
}

// of needs the lock.
func (t *tracker) of(a access.Actor) *evidence {
	e, ok := t.known[whois(a)]
	if !ok {
		e = &evidence{actor: a, clients: map[*client]struct{}{}}
		t.known[whois(a)] = e
	}
	return e
}

// stop forgets everybody and tells nobody anything more: at a shutdown all
// connections end, and nobody is lost by that.
func (t *tracker) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stopped = true
	for _, e := range t.known {
		if e.timer != nil {
			e.timer.Stop()
		}
	}
}

// weigh decides whether somebody is there, and when to ask again. It needs
// the lock.
func (t *tracker) weigh(e *evidence) {
	if t.stopped {
		return
	}
	now := time.Now()
	until := e.until
	for c := range e.clients {
		until = maxTime(until, provedBy(c))
	}
	want := isLost
	if until.After(now) {
		want = isThere
		t.wake(e, until.Sub(now))
	}
	switch {
	case want != e.told && !e.telling:
		e.telling = true
		t.spawn(func() { t.report(e) })
	case want == isLost && len(e.clients) == 0 && !e.telling:
		delete(t.known, whois(e.actor))
	}
}

// wake weighs again when the evidence will have run out. It needs the lock.
func (t *tracker) wake(e *evidence, in time.Duration) {
	if e.actor.Kind == access.Customer {
		in = together(in)
	}
	if e.timer != nil {
		e.timer.Reset(in)
		return
	}
	e.timer = time.AfterFunc(in, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.weigh(e)
	})
}

// report tells the engine what is so, until it believes it.
func (t *tracker) report(e *evidence) {
	for {
		t.mu.Lock()
		there := t.there(e)
		t.mu.Unlock()
		err := t.tell(e.actor, there)

		t.mu.Lock()
		if err == nil {
			e.told = isLost
			if there {
				e.told = isThere
			}
		}
		if err != nil && !t.stopped {
			e.telling = false
			t.wake(e, tellAgain)
			t.mu.Unlock()
			return
		}
		if t.stopped || t.there(e) == (e.told == isThere) {
			e.telling = false
			t.weigh(e)
			t.mu.Unlock()
			return
		}
		t.mu.Unlock()
	}
}

// there needs the lock.
func (t *tracker) there(e *evidence) bool {
	until := e.until
	for c := range e.clients {
		until = maxTime(until, provedBy(c))
	}
	return until.After(time.Now())
}

// provedBy is until when what was heard of a connection proves that somebody
// is there.
func provedBy(c *client) time.Time {
	heard := c.t.heard()
	if c.actor.Kind == access.Customer {
		return heard.Add(customerLost)
	}
	return minTime(heard.Add(agentLost), c.page.heard().Add(pageSilent))
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func maxTime(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// notice is what the engine is told.
func notice(a access.Actor, there bool) engine.Command {
	switch {
	case a.Kind == access.Customer && there:
		return engine.CustomerBack{Conversation: a.Conversation}
	case a.Kind == access.Customer:
		return engine.CustomerLost{Conversation: a.Conversation}
	case there:
		return engine.AgentBack{}
	default:
		return engine.AgentLost{}
	}
}

// tell reports to the engine. A refusal is an answer too: the conversation is
// over, or the agent signed out.
func (s *Server) tell(a access.Actor, there bool) error {
	ctx, cancel := s.context()
	defer cancel()
	return s.tellContext(ctx, a, there)
}

func (s *Server) tellContext(ctx context.Context, a access.Actor, there bool) error {
	_, err := s.engine.Do(ctx, engine.Request{Actor: a, Command: notice(a, there)})
	return onlyFaults(err)
}
