package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"

	"hiwar/client"
	"hiwar/internal/store/postgrestest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(ended{m}) }

// ended are the tests with the end of what they have in common.
type ended struct{ *testing.M }

// Run implements [goleak.TestingM].
func (e ended) Run() int {
	code := e.M.Run()
	if err := postgrestest.StopShared(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	return code
}

// patience is how long anything may take before a test gives up; nothing
// takes long, and nothing waits for it to pass.
const patience = 30 * time.Second

// centre is the whole server with the sample organization and nobody
// simulated, reached over TCP as everybody reaches it.
type centre struct {
	t       *testing.T
	ctx     context.Context
	data    string
	options []string
	logs    string // what the log may say
	base    string
	site    string // the origin of the customers' page
	stop    func()
}

func start(t *testing.T, options ...string) *centre {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	t.Cleanup(cancel)
	c := &centre{t: t, ctx: ctx, data: t.TempDir(), options: options}
	c.run("127.0.0.1:0")
	return c
}

// startWith starts a server whose folder has this key at an address.
func startWith(t *testing.T, listen string, key []byte, options ...string) *centre {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	t.Cleanup(cancel)
	c := &centre{t: t, ctx: ctx, data: t.TempDir(), options: options}
	if err := os.WriteFile(filepath.Join(c.data, keyFile), key, 0o600); err != nil {
		t.Fatal(err)
	}
	c.run(listen)
	return c
}

var printed = regexp.MustCompile(`http://hiwar\.localhost:(\d+)/try\n`)

// run starts the command and waits for the address it prints.
func (c *centre) run(listen string) {
	c.t.Helper()
	out, log := &watched{found: make(chan string, 1), what: printed}, &watched{}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	p := program{out: out, err: log}
	args := append([]string{"demo", "--sim=off", "--log-level=error", "--data", c.data, "--listen", listen}, c.options...)
	go func() { ended <- p.run(ctx, args) }()
	c.stop = sync.OnceFunc(func() {
		cancel()
		if code := <-ended; code != 0 {
			c.t.Errorf("hiwar ended with %d: %s", code, log)
		}
		for line := range strings.Lines(log.String()) {
			if c.logs == "" || !strings.Contains(line, c.logs) {
				c.t.Errorf("the log says\n%s", line)
			}
		}
	})
	c.t.Cleanup(c.stop)
	select {
	case port := <-out.found:
		host, _, _ := net.SplitHostPort(listen)
		c.base = "http://" + net.JoinHostPort(host, port)
		c.site = "http://shop.hiwar.localhost:" + port
	case code := <-ended:
		ended <- code
		c.t.Fatalf("hiwar ended with %d before it was ready: %s", code, log)
	}
}

// comeBack reads until the planned stop of the server, and connects anew.
func (p *person) comeBack() {
	p.c.t.Helper()
	for {
		f, err := p.socket.Next(p.c.ctx)
		if websocket.CloseStatus(err) == websocket.StatusServiceRestart {
			break
		}
		p.must(err)
		p.hear(f)
	}
	p.connect()
}

// restart stops the server as a system does, and starts it on the same port
// and data.
func (c *centre) restart() {
	c.t.Helper()
	c.stop()
	c.run(strings.TrimPrefix(c.base, "http://"))
}

// watched is output in which something is looked for.
type watched struct {
	mu    sync.Mutex
	b     bytes.Buffer
	what  *regexp.Regexp // nil: nobody asks
	found chan string
	told  bool
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.b.Write(p)
	if w.what != nil && !w.told {
		if m := w.what.FindStringSubmatch(w.b.String()); m != nil {
			w.found <- m[1]
			w.told = true
		}
	}
	return len(p), nil
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.String()
}

// person is somebody with a connection, and all that it has told them.
type person struct {
	*client.Client
	c      *centre
	socket *client.Socket
	cookie string // of staff, for requests the client does not make
	bearer string // of a customer
	agent  client.Agent
	cards  map[string]client.Card
	gone   []client.Gone
	thread []client.Entry
	conv   string
	seen   map[string]int64 // last number by topic
	n      int
}

// staff lets somebody of the sample in by a one-time link and shows the desk.
func (c *centre) staff(name string) *person {
	c.t.Helper()
	var demo struct {
		Panes []struct{ Name, Label, URL string }
	}
	res := c.do(nil, "GET", "/api/v1/demo", "")
	if err := json.Unmarshal([]byte(res.body), &demo); err != nil {
		c.t.Fatal(err)
	}
	p := &person{Client: client.New(c.base), c: c, cards: map[string]client.Card{}, seen: map[string]int64{}}
	for _, pane := range demo.Panes {
		if pane.Name != name {
			continue
		}
		if pane.Label == "" {
			c.t.Errorf("the demo does not say who %s is", name)
		}
		path := pane.URL[strings.Index(pane.URL, "/enter/"):]
		res := c.do(nil, "GET", path, "")
		p.cookie, _, _ = strings.Cut(res.header.Get("Set-Cookie"), ";")
		if res.status != http.StatusSeeOther || p.cookie == "" {
			c.t.Fatalf("%s: %d %s", path, res.status, res.body)
		}
		jar := client.New(c.base, client.Transport(withCookie{p.cookie}))
		p.Client = jar
		p.connect()
		if name == "admin" { // who has no desk of their own
			return p
		}
		p.follow("agent/" + p.socket.Welcome.User)
		p.until("the desk", func() bool { return p.agent.User != "" })
		return p
	}
	c.t.Fatalf("the demo has no %s", name)
	return nil
}

// withCookie sends a session with every request.
type withCookie struct{ cookie string }

func (w withCookie) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Cookie", w.cookie)
	return http.DefaultTransport.RoundTrip(r)
}

func (p *person) connect() {
	p.c.t.Helper()
	s, err := p.Connect(p.c.ctx)
	if err != nil {
		p.c.t.Fatal(err)
	}
	p.socket = s
	p.c.t.Cleanup(s.Cut)
}

func (p *person) follow(topic string) {
	p.c.t.Helper()
	if err := p.socket.Subscribe(p.c.ctx, topic); err != nil {
		p.c.t.Fatal(err)
	}
}

// customer starts a chat on the store's widget.
func (c *centre) customer(name, text string) *person {
	c.t.Helper()
	p := &person{Client: client.New(c.base), c: c, seen: map[string]int64{}, cards: map[string]client.Card{}}
	started, err := p.StartChat(c.ctx, p.id(), "demo-store", c.site, client.Beginning{Name: name, Text: text, Language: "ar"})
	if err != nil {
		c.t.Fatal(err)
	}
	p.conv, p.bearer = started.Conversation, started.VisitorToken
	p.connect()
	p.follow("conv/" + p.conv)
	return p
}

// id is a command's id that nobody else gives.
func (p *person) id() string {
	p.n++
	return fmt.Sprintf("%p-%d", p, p.n)
}

// until reads what comes until it is so.
func (p *person) until(what string, so func() bool) {
	p.c.t.Helper()
	ctx, cancel := context.WithTimeout(p.c.ctx, patience)
	defer cancel()
	for !so() {
		f, err := p.socket.Next(ctx)
		if err != nil {
			p.c.t.Fatalf("waiting for %s: %v\nagent %+v\ncards %+v\ngone %+v\nthread %+v", what, err, p.agent, p.cards, p.gone, p.thread)
		}
		p.hear(f)
	}
}

// hear takes a frame in, and complains about a hole in a topic.
func (p *person) hear(f client.Frame) {
	p.c.t.Helper()
	switch f.Type {
	case "snapshot":
		p.seen[f.Topic] = f.Seq
		p.snapshot(f)
	case "event":
		if f.Seq != p.seen[f.Topic]+1 {
			p.c.t.Fatalf("%s: event %d after %d", f.Topic, f.Seq, p.seen[f.Topic])
		}
		p.seen[f.Topic] = f.Seq
		p.event(f)
	}
}

func (p *person) snapshot(f client.Frame) {
	switch {
	case strings.HasPrefix(f.Topic, "agent/"):
		var d client.Desk
		p.must(f.Into(&d))
		p.agent, p.cards = d.Agent, map[string]client.Card{}
		for _, card := range d.Cards {
			p.cards[card.Key] = card
		}
	case !strings.HasSuffix(f.Topic, "/staff"):
		var c client.Conversation
		p.must(f.Into(&c))
		p.thread = c.Entries
	}
}

func (p *person) event(f client.Frame) {
	switch f.Kind {
	case "agent":
		p.agent = client.Agent{}
		p.must(f.Into(&p.agent))
	case "card":
		var card client.Card
		p.must(f.Into(&card))
		p.cards[card.Key] = card
	case "card_gone":
		var g client.Gone
		p.must(f.Into(&g))
		delete(p.cards, g.Key)
		p.gone = append(p.gone, g)
	case "message", "line", "status":
		var e client.Entry
		p.must(f.Into(&e))
		p.thread = append(p.thread, e)
	case "joined", "left", "owner":
		var r client.Roster
		p.must(f.Into(&r))
		p.thread = append(p.thread, r.Entry)
	}
}

func (p *person) must(err error) {
	p.c.t.Helper()
	if err != nil {
		p.c.t.Fatal(err)
	}
}

// card waits for a card of a kind and status; "" is any.
func (p *person) card(kind, status string) (found client.Card) {
	p.c.t.Helper()
	p.until("a card "+kind+" "+status, func() bool {
		for _, card := range p.cards {
			if card.Kind == kind && (status == "" || card.Status == status) {
				found = card
				return true
			}
		}
		return false
	})
	return found
}

// ended waits for a card's end, and says how.
func (p *person) ended(key string) (how string) {
	p.c.t.Helper()
	p.until("the end of "+key, func() bool {
		for _, g := range p.gone {
			if g.Key == key {
				how = g.How
				return true
			}
		}
		return false
	})
	return how
}

// reads waits for a message or line of the thread.
func (p *person) reads(what string) {
	p.c.t.Helper()
	p.until("reading "+what, func() bool {
		for _, e := range p.thread {
			if e.Text == what || e.Line == what || e.Kind == what || e.Kind+" "+e.Status == what {
				return true
			}
		}
		return false
	})
}

// available makes an agent ready and waits until the desk says so.
func (p *person) available() {
	p.c.t.Helper()
	_, err := p.SetPresence(p.c.ctx, p.id(), "available", "")
	p.must(err)
	p.until("Available", func() bool { return p.agent.Presence == "available" })
}

// accept takes the request on the desk and follows its conversation.
func (p *person) accept() client.Card {
	p.c.t.Helper()
	request := p.card("request", "")
	p.must(p.socket.Confirm(p.c.ctx, request.Offer))
	_, err := p.Accept(p.c.ctx, p.id(), request.Offer)
	p.must(err)
	if how := p.ended(request.Key); how != "accepted" {
		p.c.t.Fatalf("the request ended as %s", how)
	}
	p.conv = request.Conversation
	p.follow("conv/" + p.conv)
	return p.card("active", "")
}

// say writes over the socket and waits for the answer.
func (p *person) say(text string) {
	p.c.t.Helper()
	id := p.id()
	p.must(p.socket.Send(p.c.ctx, id, p.conv, text))
	answered := false
	ctx, cancel := context.WithTimeout(p.c.ctx, patience)
	defer cancel()
	for !answered {
		f, err := p.socket.Next(ctx)
		p.must(err)
		if f.Type == "error" && f.Ref == id {
			p.c.t.Fatalf("%q was refused: %s %s", text, f.Code, f.Detail)
		}
		answered = f.Type == "reply" && f.Ref == id
		p.hear(f)
	}
}

// wrapUp records the first reason of the part in wrap-up.
func (p *person) wrapUp() {
	p.c.t.Helper()
	card := p.card("wrapup", "")
	_, err := p.WrapUp(p.c.ctx, p.id(), card.Part, card.WrapUp.Reasons[0])
	p.must(err)
	if how := p.ended(card.Key); how != "wrapped_up" {
		p.c.t.Errorf("the wrap-up ended as %s", how)
	}
}

// answer is what a request got.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) code() string {
	var p client.Problem
	_ = json.Unmarshal([]byte(a.body), &p)
	return p.Code
}

// do sends a request as somebody; headers are name, value …
func (c *centre) do(as *person, method, path, body string, headers ...string) answer {
	c.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r, err := http.NewRequestWithContext(c.ctx, method, c.base+path, reader)
	if err != nil {
		c.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if as != nil && as.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+as.bearer)
	} else if as != nil {
		r.Header.Set("Cookie", as.cookie)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(text)}
}
