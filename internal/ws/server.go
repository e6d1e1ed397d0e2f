package ws

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/locale"
	"hiwar/internal/problem"
)

const (
	// checkEvery is how often subscriptions are compared with the engine's
	// heads, which bounds the delay of a message that the bus lost.
	checkEvery = 2 * time.Second
	// doWithin bounds one command; the engine answers in milliseconds.
	doWithin = 30 * time.Second
	// spread is over how long clients are asked to come back after a restart.
	spread = 2 * time.Second
)

// Config is what a Server is made of.
type Config struct {
	Engine Engine
	Bus    Bus
	Door   Doorman
	Limits Limits // nil: none
	Blocks Blocks // nil: nobody is blocked
	// Frames is how many frames a second a client may send; 0 is 50.
	Frames int
	Lang   func(r *http.Request) locale.Lang // nil: by Accept-Language
	// Address is where a request comes from, as blocks know it; nil: nobody
	// knows.
	Address func(r *http.Request) string
	Log     *slog.Logger
}

// Server keeps the sockets of one process.
type Server struct {
	engine   Engine
	bus      Bus
	door     Doorman
	limits   Limits
	blocks   Blocks
	frames   int
	lang     func(*http.Request) locale.Lang
	address  func(*http.Request) string
	log      *slog.Logger
	hub      *hub
	presence *tracker
	counts   counts
	streams  sync.Map // *stream by its name
	round    round

	ctx  context.Context // ends when the last connection has
	stop context.CancelFunc

	mu      sync.Mutex
	clients map[*client]struct{}
	closing bool
	running sync.WaitGroup // every goroutine but those of Run and ServeHTTP
}

type counts struct {
	opened, resets, gaps, slow, acks, refused, panics atomic.Int64
}

// New makes a Server; Run makes it serve.
func New(c Config) *Server {
	s := &Server{
		engine: c.Engine, bus: c.Bus, door: c.Door, limits: c.Limits, blocks: c.Blocks, lang: c.Lang, address: c.Address, log: c.Log,
		frames: c.Frames, clients: map[*client]struct{}{},
	}
	if s.frames == 0 {
		s.frames = framesASecond
	}
	if s.lang == nil {
		s.lang = func(r *http.Request) locale.Lang { return locale.Match(r.Header.Get("Accept-Language")) }
	}
	if s.address == nil {
		s.address = func(*http.Request) string { return "" }
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.hub = newHub(s.refill)
	s.presence = newTracker(s.tell, s.spawn)
	return s
}

// spawn starts a goroutine that Run waits for. After the end has begun and
// nobody is left it does nothing.
func (s *Server) spawn(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing && len(s.clients) == 0 {
		return
	}
	s.running.Go(f)
}

// during does f on the caller's goroutine under the same condition as spawn.
func (s *Server) during(f func()) {
	s.mu.Lock()
	if s.closing && len(s.clients) == 0 {
		s.mu.Unlock()
		return
	}
	s.running.Add(1)
	s.mu.Unlock()
	defer s.running.Done()
	f()
}

// context is for one question or command.
func (s *Server) context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(s.ctx, doWithin)
}

// ServeHTTP upgrades a request whose host and origin were checked. It returns
// at once: what a handler holds on to is memory times connections.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t, err := accept(w, r)
	if err != nil {
		return // accept has answered
	}
	s.serve(t, s.lang(r), s.address(r))
}

func (s *Server) serve(t transport, lang locale.Lang, address string) {
	c := newClient(s, t, lang)
	c.address = address
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		s.running.Go(func() { t.Close(closeRestart.code, closeRestart.reason) })
		return
	}
	s.counts.opened.Add(1)
	s.clients[c] = struct{}{}
	s.running.Go(c.serve)
}

func (s *Server) forget(c *client) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.clients, c)
}

// Expect says that the actor should open a socket soon: if they do not, they
// are lost. A customer who starts a conversation and closes the page is one.
func (s *Server) Expect(a access.Actor) {
	s.presence.expect(a, time.Now().Add(returnWithin(a)))
}

func returnWithin(a access.Actor) time.Duration {
	if a.Kind == access.Customer {
		return customerReturn
	}
	return agentLost
}

// Run serves until ctx ends; then it tells every client to come back, and
// returns when all goroutines have ended.
func (s *Server) Run(ctx context.Context) error {
	cancel := s.bus.Subscribe(s.hub.publish, s.round.over)
	defer cancel()
	s.round.over() // of those who were here before
	expected, err := s.engine.Expected(ctx)
	if err != nil {
		return err
	}
	for _, a := range expected {
		s.Expect(a)
	}
	tick := time.NewTicker(checkEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.compare(ctx)
		case <-ctx.Done():
			s.shut()
			return nil
		}
	}
}

// compare looks for subscriptions that are behind.
func (s *Server) compare(ctx context.Context) {
	for org, topics := range s.hub.subscribed() {
		heads, err := s.engine.Heads(ctx, org, topics)
		if err != nil {
			if ctx.Err() == nil {
				s.log.Warn("heads could not be read", "error", err)
			}
			return
		}
		s.hub.announce(org, topics, heads)
	}
}

// shut closes all connections and waits for all goroutines.
func (s *Server) shut() {
	s.presence.stop()
	s.mu.Lock()
	s.closing = true
	clients := slices.Collect(maps.Keys(s.clients))
	s.mu.Unlock()
	frame := encode(restartingFrame{"restarting", spread.Milliseconds()})
	for _, c := range clients {
		c.out.close(closeRestart, frame)
	}
	s.running.Wait()
	s.stop()
}

// Counts gives the server's figures to whoever collects them.
func (s *Server) Counts(emit func(name string, value int64)) {
	s.mu.Lock()
	open := len(s.clients)
	s.mu.Unlock()
	emit("sockets_open", int64(open))
	emit("sockets_opened_total", s.counts.opened.Load())
	emit("resets_total", s.counts.resets.Load())
	emit("gaps_total", s.counts.gaps.Load())
	emit("slow_consumer_total", s.counts.slow.Load())
	emit("acks_total", s.counts.acks.Load())
	emit("acks_refused_total", s.counts.refused.Load())
	emit("socket_panics_total", s.counts.panics.Load())
}

// onlyFaults leaves errors that trying again may cure.
func onlyFaults(err error) error {
	switch problem.CodeOf(err) {
	case problem.Internal, problem.Unavailable:
		return err
	}
	return nil
}
