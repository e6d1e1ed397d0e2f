package ws

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/locale"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// center is an engine and a bus in memory: topics with events, and a list of
// what it was told.
type center struct {
	mu       sync.Mutex
	topics   map[string][]view.Event
	kept     map[string]id.Seq // events up to this number are no longer kept
	relation access.Relation
	done     []engine.Command
	fail     error // of every command
	hang     chan struct{}
	place    int // of the customer; 0 does not wait
	expected []access.Actor
	hear     func(engine.Message) // a round of one message
	deliver  func(engine.Message)
	over     func()
	onRead   func() // called once, before a read looks at anything
}

func newCenter() *center {
	return &center{over: func() {}, topics: map[string][]view.Event{}, kept: map[string]id.Seq{}, relation: access.OwnerOf}
}

func (c *center) Subscribe(deliver func(engine.Message), over func()) func() {
	c.hear = func(m engine.Message) {
		deliver(m)
		over()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deliver, c.over = deliver, over
	return func() {}
}

// answered: everybody who waited has been.
func (c *center) answered() {
	c.mu.Lock()
	over := c.over
	c.mu.Unlock()
	over()
}

func (c *center) Expected(context.Context) ([]access.Actor, error) { return c.expected, nil }

func (c *center) Do(ctx context.Context, r engine.Request) (engine.Reply, error) {
	if c.hang != nil {
		<-c.hang
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fail != nil {
		return engine.Reply{}, c.fail
	}
	c.done = append(c.done, r.Command)
	if m, ok := r.Command.(engine.SendMessage); ok && m.Text == "panic" {
		panic("a bug")
	}
	return engine.Reply{Seq: 7, At: time.Now().UTC()}, nil
}

func (c *center) Submit(r engine.Request, then func(engine.Reply, error)) {
	if c.hang == nil {
		then(c.Do(context.Background(), r))
		c.answered()
		return
	}
	go func() {
		then(c.Do(context.Background(), r))
		c.answered()
	}()
}

func (c *center) Snapshot(_ context.Context, a access.Actor, topic string) (any, id.Seq, error) {
	c.interrupt()
	c.mu.Lock()
	defer c.mu.Unlock()
	if strings.Contains(topic, "foreign") || !strings.Contains(topic, "/") {
		return nil, 0, problem.New(problem.NotFound)
	}
	return map[string]any{"topic": topic}, id.Seq(len(c.topics[topic])), nil
}

func (c *center) Since(_ context.Context, a access.Actor, topic string, since id.Seq, limit int) ([]view.Event, id.Seq, error) {
	c.interrupt()
	c.mu.Lock()
	defer c.mu.Unlock()
	events := c.topics[topic]
	head := id.Seq(len(events))
	if since > head {
		return nil, head, problem.New(problem.SeqAhead)
	}
	if since < c.kept[topic] {
		return nil, head, nil
	}
	events = events[since:]
	return events[:min(limit, len(events))], head, nil
}

// interrupt lets a test do something between the beginning of a read and what
// it sees.
func (c *center) interrupt() {
	c.mu.Lock()
	f := c.onRead
	c.onRead = nil
	c.mu.Unlock()
	if f != nil {
		f()
	}
}

func (c *center) Relation(context.Context, access.Actor, id.Conversation) (access.Relation, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.relation, nil
}

func (c *center) Heads(_ context.Context, _ id.Org, topics []string) ([]id.Seq, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []id.Seq
	for _, t := range topics {
		out = append(out, id.Seq(len(c.topics[t])))
	}
	return out, nil
}

// failing makes every command fail, or with nil succeed again.
func (c *center) failing(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fail = err
}

func (c *center) Place(context.Context, access.Actor, id.Conversation) (view.Waiting, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return view.Waiting{Position: c.place, Ahead: c.place - 1}, c.place > 0, nil
}

// store commits n events of a topic without telling anybody.
func (c *center) store(topic string, n int) []view.Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []view.Event
	for range n {
		e := view.Event{Topic: topic, Seq: id.Seq(len(c.topics[topic]) + 1), At: time.Now().UTC(), Kind: "message", Data: struct{}{}}
		c.topics[topic] = append(c.topics[topic], e)
		out = append(out, e)
	}
	return out
}

// tell publishes events to both audiences.
func (c *center) tell(topic string, events []view.Event) {
	c.hear(engine.Message{Org: "org_1", Topic: topic, Events: map[view.Audience][]view.Event{view.Staff: events, view.Customer: events}})
}

func (c *center) commands() []engine.Command {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.done
	c.done = nil
	return out
}

// door lets "agent", "supervisor" and "customer" in by their names.
type door struct {
	mu    sync.Mutex
	ended func()
	gone  bool
	// revoke ends the last customer who came in.
	revoke func()
	seen   int
}

func (d *door) Ticket(_ context.Context, ticket string, ended func()) (access.Actor, func(), error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended = ended
	a := access.Actor{Kind: access.Staff, Org: "org_1", User: id.User("usr_" + ticket)}
	switch ticket {
	case "supervisor":
		a.Roles = []org.Role{org.RoleSupervisor}
	case "agent", "other":
		a.Roles = []org.Role{org.RoleAgent}
	case "unavailable":
		return access.Actor{}, nil, problem.New(problem.Unavailable)
	default:
		return access.Actor{}, nil, problem.New(problem.TokenInvalid)
	}
	return a, func() {}, nil
}

func (d *door) Seen(context.Context, access.Actor) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen++
	if d.gone {
		return problem.New(problem.TokenInvalid)
	}
	return nil
}

func (d *door) Customer(_ context.Context, token, embed string, ended func()) (access.Actor, func(), error) {
	if token != "customer" {
		return access.Actor{}, nil, problem.New(problem.TokenInvalid)
	}
	d.mu.Lock()
	d.revoke = ended
	d.mu.Unlock()
	return access.Actor{Kind: access.Customer, Org: "org_1", Customer: "cus_1", Conversation: "conv_1"}, func() {}, nil
}

// pipe is a transport in memory, seen from the client by in, out and code.
type pipe struct {
	pulse
	in    chan []byte
	out   chan []byte
	end   chan struct{}
	stuck chan struct{} // closed when writes should go through again; nil: they do
	mute  atomic.Bool   // pings are not answered
	calls atomic.Int64  // of Write

	mu     sync.Mutex
	binary bool
	code   int
	closed bool
}

func newPipe() *pipe {
	return &pipe{in: make(chan []byte), out: make(chan []byte, 2*maxFrames), end: make(chan struct{})}
}

func (p *pipe) Read() (bool, []byte, error) {
	select {
	case frame := <-p.in:
		p.mu.Lock()
		defer p.mu.Unlock()
		return !p.binary, frame, nil
	case <-p.end:
		return false, nil, io.EOF
	}
}

func (p *pipe) Write(frames [][]byte) error {
	p.calls.Add(1)
	if p.stuck != nil {
		select {
		case <-p.stuck:
		case <-time.After(writeWithin):
			return os.ErrDeadlineExceeded
		case <-p.end:
			return io.EOF
		}
	}
	for _, frame := range frames {
		select {
		case p.out <- frame:
		case <-p.end:
			return io.EOF
		}
	}
	return nil
}

func (p *pipe) Ping() error {
	if !p.mute.Load() {
		p.beat()
	}
	return nil
}

func (p *pipe) Close(code int, _ string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.closed, p.code = true, code
		close(p.end)
	}
}

// socket is a client as a test drives it. It runs in a synctest bubble: wait
// means "until everything has come to rest", and time passes only there.
type socket struct {
	t *testing.T
	*pipe
}

func (s socket) send(frames ...string) {
	s.t.Helper()
	for _, f := range frames {
		select {
		case s.in <- []byte(f):
		case <-s.end:
		}
	}
	synctest.Wait()
}

// got takes what the server sent so far, one object a frame.
func (s socket) got() []map[string]any {
	s.t.Helper()
	synctest.Wait()
	var all []map[string]any
	for {
		select {
		case frame := <-s.out:
			var m map[string]any
			if err := json.Unmarshal(frame, &m); err != nil {
				s.t.Fatalf("the server sent %q: %v", frame, err)
			}
			all = append(all, m)
		default:
			return all
		}
	}
}

// one is the only frame the server sent.
func (s socket) one() map[string]any {
	s.t.Helper()
	all := s.got()
	if len(all) != 1 {
		s.t.Fatalf("got %d frames, want one: %v", len(all), all)
	}
	return all[0]
}

func (s socket) wantError(code problem.Code) {
	s.t.Helper()
	if m := s.one(); m["type"] != "error" || m["code"] != string(code) || m["detail"] == "" {
		s.t.Errorf("got %v, want error %s", m, code)
	}
}

func (s socket) wantClosed(code int) {
	s.t.Helper()
	synctest.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed || s.code != code {
		s.t.Errorf("closed %v with %d, want %d", s.closed, s.code, code)
	}
}

func (s socket) wantOpen() {
	s.t.Helper()
	synctest.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		s.t.Errorf("closed with %d", s.code)
	}
}

// world is a running Server with its fakes.
type world struct {
	*Server
	t      *testing.T
	center *center
	door   *door
	stop   func()
}

// inWorld runs a test in a bubble of its own and ends the server after it. Any
// goroutine that is left then fails the test.
func inWorld(t *testing.T, f func(t *testing.T, w *world)) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{t: t, center: newCenter(), door: &door{}}
		w.Server = New(Config{Engine: w.center, Bus: w.center, Door: w.door, Log: slog.New(slog.DiscardHandler)})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- w.Run(ctx) }()
		w.stop = sync.OnceFunc(func() {
			cancel()
			if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("Run: %v", err)
			}
		})
		synctest.Wait()
		defer w.stop()
		f(t, w)
	})
}

// connect opens a socket that has said nothing.
func (w *world) connect() socket {
	w.t.Helper()
	p := newPipe()
	w.serve(p, locale.English, "192.0.2.7")
	synctest.Wait()
	return socket{w.t, p}
}

// hello opens a socket and says who is there: agent, other, supervisor or
// customer.
func (w *world) hello(who string) socket {
	w.t.Helper()
	s := w.connect()
	if who == "customer" {
		s.send(`{"type":"hello","visitor_token":"customer"}`)
	} else {
		s.send(`{"type":"hello","ticket":"` + who + `"}`)
	}
	if m := s.one(); m["type"] != "welcome" {
		w.t.Fatalf("got %v, want welcome", m)
	}
	w.center.commands()
	return s
}

// pass lets time go by, with pages beating if they do.
func pass(d time.Duration, beating ...socket) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		<-time.After(min(time.Until(end), 4*time.Second))
		synctest.Wait()
		for _, s := range beating {
			s.send(`{"type":"beat"}`)
		}
	}
	synctest.Wait()
}

// never is a timer that does not fire.
func never() *time.Timer {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	return timer
}
