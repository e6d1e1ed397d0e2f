package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/coder/websocket"

	"hiwar/client"
	"hiwar/test/check"
)

// person is one client of the server: a customer or an agent, with a journal.
// It keeps one socket open as long as it lives, comes back whenever it is lost,
// and resumes every topic where it was.
type person struct {
	name    string
	user    string // of staff
	c       *client.Client
	journal *check.Writer
	rare    *sometimes
	rand    *rand.Rand // of the goroutine that acts

	// hear is told of every frame, on the goroutine that reads.
	hear func(f client.Frame)
	// gone is told that the connection was lost; may be nil.
	gone func(code websocket.StatusCode, lost time.Time)
	// back is told how long after the loss the next command was answered.
	back func(after time.Duration)
	// resumed is told that a topic was gone on with.
	resumed func()
	// history is told of every command that was answered; may be nil.
	history *history
	// crashes: connections are lost because the server is killed.
	crashes bool

	mu       sync.Mutex
	socket   *client.Socket
	up       chan struct{} // closed while there is a socket
	position map[string]int64
	waiting  map[string]chan client.Frame
	numbered int
	wanted   map[string]bool // topics asked for whose snapshot has not come
	lost     time.Time       // when the connection was, until it is back
}

func newPerson(name, user string, c *client.Client, folder string, rare *sometimes, seed uint64) (*person, error) {
	j, err := check.Create(folder, name, user)
	if err != nil {
		return nil, err
	}
	return &person{
		name: name, user: user, c: c, journal: j, rare: rare, rand: rand.New(rand.NewPCG(seed, 0)),
		hear: func(client.Frame) {}, up: make(chan struct{}), position: map[string]int64{}, waiting: map[string]chan client.Frame{}, wanted: map[string]bool{},
	}, nil
}

// id is an identifier nobody else gives.
func (p *person) id() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.numbered++
	return fmt.Sprintf("%s-%d", p.name, p.numbered)
}

// live connects, reads and comes back until ctx ends.
func (p *person) live(ctx context.Context) {
	for ctx.Err() == nil {
		s, err := p.c.Connect(ctx)
		if err != nil {
			pause(ctx, time.Duration(5+rand.IntN(30))*time.Millisecond)
			continue
		}
		p.connected(ctx, s)
		code := p.read(ctx, s)
		s.Cut()
		p.disconnected(code)
	}
}

func (p *person) connected(ctx context.Context, s *client.Socket) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.socket = s
	for topic, last := range p.position { // a socket that is lost again is noticed by reading
		p.journal.Add(check.Record{Kind: check.Resumed, Topic: topic, Seq: last})
		_ = s.Continue(ctx, topic, last)
		if p.resumed != nil {
			p.resumed()
		}
	}
	for topic := range p.wanted {
		_ = s.Subscribe(ctx, topic)
	}
	close(p.up)
}

func (p *person) disconnected(code websocket.StatusCode) {
	p.mu.Lock()
	p.socket, p.up = nil, make(chan struct{})
	for id, answer := range p.waiting {
		close(answer)
		delete(p.waiting, id)
	}
	lost := time.Now()
	p.lost = lost
	p.mu.Unlock()
	p.journal.Add(check.Record{Kind: check.Cut})
	if p.gone != nil {
		p.gone(code, lost)
	}
}

func (p *person) read(ctx context.Context, s *client.Socket) websocket.StatusCode {
	for {
		f, err := s.Next(ctx)
		if err != nil {
			return websocket.CloseStatus(err)
		}
		p.frame(f)
		p.hear(f)
	}
}

func (p *person) frame(f client.Frame) {
	switch {
	case f.Ref != "":
		p.mu.Lock()
		answer := p.waiting[f.Ref]
		delete(p.waiting, f.Ref)
		p.mu.Unlock()
		if answer != nil {
			answer <- f
		}
	case f.Type == "snapshot":
		p.mu.Lock()
		p.position[f.Topic] = f.Seq
		delete(p.wanted, f.Topic)
		p.mu.Unlock()
		p.journal.Add(check.Record{Kind: check.Reset, Topic: f.Topic, Seq: f.Seq})
		if f.Reset {
			p.rare.saw(resumeOlder)
		}
	case f.Type == "event":
		p.event(f)
	case f.Type == "unsubscribed" || f.Type == "error" && f.Topic != "":
		p.leave(f.Topic)
	}
}

// isBack: a command was answered.
func (p *person) isBack() {
	p.mu.Lock()
	lost := p.lost
	p.lost = time.Time{}
	p.mu.Unlock()
	if !lost.IsZero() && p.back != nil {
		p.back(time.Since(lost))
	}
}

func (p *person) event(f client.Frame) {
	r := check.Record{Kind: check.Told, Topic: f.Topic, Seq: f.Seq, Event: f.Kind}
	if f.Kind == "message" || f.Kind == "note" {
		var e client.Entry
		_ = f.Into(&e) // unreadable: the checker says what is missing
		r.ClientID, r.Text = e.ClientID, e.Text
	}
	p.journal.Add(r)
	p.mu.Lock()
	if _, followed := p.position[f.Topic]; followed {
		p.position[f.Topic] = f.Seq
	}
	p.mu.Unlock()
}

// follow asks for a topic from its snapshot on.
func (p *person) follow(ctx context.Context, topic string) {
	p.mu.Lock()
	s := p.socket
	_, already := p.position[topic]
	already = already || p.wanted[topic]
	if !already {
		p.wanted[topic] = true
	}
	p.mu.Unlock()
	if s != nil && !already {
		_ = s.Subscribe(ctx, topic)
	}
}

func (p *person) leave(topic string) {
	p.mu.Lock()
	_, followed := p.position[topic]
	delete(p.position, topic)
	delete(p.wanted, topic)
	p.mu.Unlock()
	if followed {
		p.journal.Add(check.Record{Kind: check.Left, Topic: topic})
	}
}

// at is where the person stands in a topic.
func (p *person) at(topic string) (int64, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	last, ok := p.position[topic]
	return last, ok
}

// connection waits for a socket.
func (p *person) connection(ctx context.Context) (*client.Socket, error) {
	for {
		p.mu.Lock()
		s, up := p.socket, p.up
		p.mu.Unlock()
		if s != nil {
			return s, nil
		}
		select {
		case <-up:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

var errCut = errors.New("the connection was lost before the answer")

// over sends a frame and waits for its answer.
func (p *person) over(ctx context.Context, id string, frame map[string]any) (client.Reply, error) {
	s, err := p.connection(ctx)
	if err != nil {
		return client.Reply{}, err
	}
	answer := make(chan client.Frame, 1)
	p.mu.Lock()
	if p.socket != s {
		p.mu.Unlock()
		return client.Reply{}, errCut
	}
	p.waiting[id] = answer
	p.mu.Unlock()
	frame["command_id"] = id
	if err := s.Write(ctx, frame); err != nil {
		return client.Reply{}, errCut
	}
	select {
	case f, ok := <-answer:
		switch {
		case !ok:
			return client.Reply{}, errCut
		case f.Type == "error":
			return client.Reply{}, &client.Problem{Code: f.Code, Detail: f.Detail}
		}
		return client.Reply{Duplicate: f.Duplicate, Seq: f.Seq, At: f.At, Conversation: f.Conversation, Part: f.Part}, nil
	case <-ctx.Done():
		return client.Reply{}, context.Cause(ctx)
	}
}

// command sends something until it is answered, and writes down what became of
// it. An error is a refusal, or the end of ctx.
func (p *person) command(ctx context.Context, r check.Record, send func() (client.Reply, error)) (client.Reply, error) {
	r.Kind = check.Sent
	asked := p.history.ask(p.name, r)
	for try := 0; ; try++ {
		p.journal.Add(r)
		reply, err := send()
		if err == nil {
			asked.answered(reply, "")
			p.journal.Add(check.Record{Kind: check.Acked, ID: r.ID, Conversation: reply.Conversation, Seq: reply.Seq, Part: reply.Part, Duplicate: reply.Duplicate})
			p.isBack()
			if try > 0 && reply.Duplicate {
				p.rare.saw(lostAck)
				if p.crashes {
					p.rare.saw(crashMidCommit)
				}
			}
			return reply, nil
		}
		switch code := client.Code(err); code {
		case "", "unavailable", "internal", "rate_limited", "unreadable":
		default:
			asked.answered(reply, code)
			p.journal.Add(check.Record{Kind: check.Refused, ID: r.ID, Code: code})
			return reply, err
		}
		if ctx.Err() != nil {
			return reply, context.Cause(ctx)
		}
		pause(ctx, time.Duration(2+rand.IntN(10))*time.Millisecond)
	}
}

// say writes a message over the socket.
func (p *person) say(ctx context.Context, conversation, text string) (client.Reply, error) {
	return p.write(ctx, check.Message, "send", conversation, text)
}

// note writes a note over the socket.
func (p *person) note(ctx context.Context, conversation, text string) (client.Reply, error) {
	return p.write(ctx, check.Note, "note", conversation, text)
}

func (p *person) write(ctx context.Context, command, frame, conversation, text string) (client.Reply, error) {
	id := p.id()
	r := check.Record{ID: id, Command: command, Conversation: conversation, Text: text}
	return p.command(ctx, r, func() (client.Reply, error) {
		reply, err := p.over(ctx, id, map[string]any{"type": frame, "conversation": conversation, "text": text})
		reply.Conversation = conversation
		return reply, err
	})
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
