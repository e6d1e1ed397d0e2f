package ws

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"hiwar/internal/access"
	"hiwar/internal/locale"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/wire"
)

const (
	helloWithin = 5 * time.Second
	// Frames that are not JSON are a mistake; this many in a minute are not.
	maxNotJSON = 5
	// A client may send this many frames a second, and six times as many at
	// once.
	framesASecond = 50
)

// client is one connection.
type client struct {
	server *Server
	t      transport
	out    outbox
	lang   locale.Lang
	frames *rate.Limiter

	// Set by hello, before anybody else sees the client.
	actor     access.Actor
	address   string // of the network; "" if it is not known
	closed    func() // leaves the register of the session
	pings     *time.Timer
	welcomed  bool
	seenAt    time.Time // the session was last kept alive
	notJSON   []time.Time
	flight    chan struct{} // commands that are not answered yet; nil: never any
	helloTime *time.Timer

	page pulse       // when the page last said that it is alive
	busy atomic.Bool // a command is being done, so nobody reads

	mu   sync.Mutex
	subs map[string]*subscription
}

func newClient(s *Server, t transport, lang locale.Lang) *client {
	c := &client{server: s, t: t, lang: lang, subs: map[string]*subscription{}, closed: func() {}, frames: rate.NewLimiter(rate.Limit(s.frames), 6*s.frames)}
	c.out.init(t, &s.round, s.spawn, func() { s.counts.slow.Add(1) })
	c.t.beat()
	c.page.beat()
	return c
}

// serve begins to read.
func (c *client) serve() {
	c.helloTime = time.AfterFunc(helloWithin, func() {
		c.out.close(closeAuth, encodeError(c.lang, "", "", problem.New(problem.AuthTimeout)))
	})
	c.listen()
}

// listen reads until the connection ends. After a frame it goes on in a new
// goroutine: the stack that handling one takes would be held for as long as
// nobody says anything, and that is nearly always. Whoever writes faster than
// it is stored is read on at once.
func (c *client) listen() {
	for {
		text, frame, err := c.t.Read()
		if err != nil {
			c.leave()
			return
		}
		c.t.beat()
		if c.out.ending() {
			continue // until Read fails: the close is on its way
		}
		if !text {
			c.out.close(closeBinary, nil)
			continue
		}
		c.busy.Store(true)
		c.guarded(frame)
		c.busy.Store(false)
		c.t.beat()
		if len(c.flight) == 0 {
			c.server.running.Go(c.listen)
			return
		}
	}
}

// guarded handles one frame; a bug in handling it costs this connection only.
func (c *client) guarded(frame []byte) {
	defer func() {
		if r := recover(); r != nil {
			c.server.counts.panics.Add(1)
			c.server.log.Error("panic in a socket", "error", fmt.Sprint(r), "stack", string(debug.Stack()))
			c.out.close(closeInternal, encodeError(c.lang, "", "", errors.New("panic")))
		}
	}()
	c.handle(frame)
}

// handle does what one frame asks.
func (c *client) handle(frame []byte) {
	if !c.frames.Allow() {
		c.out.put(encodeError(c.lang, "", "", problem.New(problem.RateLimited, "retry_after_ms", int64(1000))))
		// Refusing costs nearly as much as doing, so it has the same limit: what
		// comes faster waits on its way to us.
		time.Sleep(time.Second / time.Duration(c.server.frames))
		return
	}
	v, err := wire.Parse(frame)
	if err != nil {
		c.unreadable(err)
		return
	}
	kind, ok := v.Text("type")
	ref, _ := v.Text("command_id")
	if len(ref) > 64 {
		ref = "" // not an id of ours to repeat
	}
	if err := c.dispatch(kind, ok, v); err != nil {
		var end *refusal
		if errors.As(err, &end) {
			c.out.close(end.closing, encodeError(c.lang, ref, "", end.err))
			return
		}
		c.refused(ref, err)
	}
}

// refused tells the client why a command was not carried out.
func (c *client) refused(ref string, err error) {
	if problem.CodeOf(err) == problem.Internal {
		c.server.log.Error("command failed", "error", err)
	}
	c.out.put(encodeError(c.lang, ref, "", err))
}

// refusal is an error that ends the connection.
type refusal struct {
	closing closing
	err     error
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

// unreadable answers a frame that is not JSON. It is counted for a minute.
func (c *client) unreadable(err error) {
	frame := encodeError(c.lang, "", "", err)
	switch problem.CodeOf(err) {
	case problem.InvalidUTF8:
		c.out.close(closeUTF8, frame)
		return
	case problem.BadJSON:
		now := time.Now()
		for len(c.notJSON) > 0 && now.Sub(c.notJSON[0]) > time.Minute {
			c.notJSON = c.notJSON[1:]
		}
		if c.notJSON = append(c.notJSON, now); len(c.notJSON) >= maxNotJSON {
			c.out.close(closeNotJSON, frame)
			return
		}
	}
	c.out.put(frame)
}

// hello finds out who is there.
func (c *client) hello(v wire.Value) error {
	var f helloFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	if c.welcomed {
		return problem.New(problem.UnknownCommand)
	}
	ctx, cancel := c.server.context()
	defer cancel()
	if err := c.admit(ctx, f); err != nil {
		return err
	}
	c.welcomed = true
	c.helloTime.Stop()
	if c.isAgent() && !f.Again { // who was signed out meanwhile is told, and comes by themselves
		if err := c.signIn(ctx); err != nil {
			return &refusal{closeRestart, err}
		}
	}
	c.server.presence.join(c)
	c.schedulePing()
	c.out.put(encode(welcomeFrame{"welcome", time.Now().UTC(), beatEvery.Milliseconds(), c.actor.User, c.actor.Conversation}))
	return nil
}

func (c *client) admit(ctx context.Context, f helloFrame) (err error) {
	door := c.server.door
	if f.Ticket != "" {
		ended := func() { c.out.close(closeSignedOut, nil) }
		var closed func()
		if c.actor, closed, err = door.Ticket(ctx, f.Ticket, ended); err != nil {
			return &refusal{unlessFault(closeAuth, err), err}
		}
		c.closed, c.seenAt = closed, time.Now()
		return nil
	}
	if f.VisitorToken == "" {
		return &refusal{closeAuth, problem.New(problem.TokenRequired)}
	}
	ended := func() { c.out.close(closeForbidden, nil) }
	var closed func()
	if c.actor, closed, err = door.Customer(ctx, f.VisitorToken, f.EmbedToken, ended); err != nil {
		return &refusal{unlessFault(closeForbidden, err), err}
	}
	c.closed, c.actor.Address = closed, c.address
	return nil
}

// unlessFault keeps clients from staying away because of a fault of ours.
func unlessFault(c closing, err error) closing {
	if onlyFaults(err) != nil {
		return closeRestart
	}
	return c
}

func (c *client) isAgent() bool {
	return c.actor.Kind == access.Staff && c.actor.May(org.MayAnswer)
}

// leave undoes what the connection was registered for.
func (c *client) leave() {
	c.helloTime.Stop()
	c.out.close(closing{}, nil) // whoever waits to write to it stops
	c.server.forget(c)
	c.closed()
	c.mu.Lock()
	subs := c.subs
	c.subs = nil
	if c.pings != nil {
		c.pings.Stop()
	}
	c.mu.Unlock()
	for _, sub := range subs {
		c.server.hub.remove(sub)
	}
	if c.welcomed {
		c.server.presence.leave(c)
	}
}

// forget takes a subscription off the client's list, if it still stands there.
func (c *client) forget(sub *subscription) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.subs[sub.key.name] == sub {
		delete(c.subs, sub.key.name)
	}
}
