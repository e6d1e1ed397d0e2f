package main

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"hiwar/client"
	"hiwar/test/check"
)

// customer is one conversation with its journal: what its customer sent and
// was answered and told, in that order, and how long messages took to the
// other side.
type customer struct {
	c            *client.Client
	socket       *client.Socket
	conversation string
	index        int

	mu      sync.Mutex
	agent   *agent
	journal check.Journal
	sent    int                  // by both sides
	sentAt  map[string]time.Time // by text, which nobody repeats
	acked   map[string]int64     // number by client id, of the customer's own
	told    int                  // of messages sent, to the customer
	seen    int                  // and to the agent
	waits   []time.Duration      // from a customer's hand to the agent's page
	backs   []time.Duration      // from an agent's hand to the customer's page
	tokens  chan struct{}        // for messages that may be sent now
}

func (c *customer) connect(ctx context.Context, f *faults) error {
	socket, err := c.c.Connect(ctx)
	if err != nil {
		return err
	}
	c.socket = socket
	if err := socket.Subscribe(ctx, "conv/"+c.conversation); err != nil {
		return err
	}
	go c.listen(ctx, f)
	return nil
}

// take: the conversation is an agent's.
func (c *customer) take(a *agent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.agent = a
}

func (c *customer) listen(ctx context.Context, f *faults) {
	for {
		frame, err := c.socket.Next(ctx)
		now := time.Now()
		if err != nil {
			f.add(fmt.Errorf("customer %d: %w", c.index, err))
			return
		}
		switch frame.Type {
		case "reply":
			c.answered(frame)
		case "error":
			f.add(fmt.Errorf("customer %d: %s %s", c.index, frame.Code, frame.Detail))
			return
		case "snapshot":
			c.mu.Lock()
			c.journal = append(c.journal, check.Record{Kind: check.Reset, Topic: frame.Topic, Seq: frame.Seq})
			c.mu.Unlock()
		case "event":
			c.event(frame, now)
		}
	}
}

func (c *customer) event(frame client.Frame, now time.Time) {
	r := check.Record{Kind: check.Told, Topic: frame.Topic, Seq: frame.Seq, Event: frame.Kind}
	var e client.Entry
	if frame.Kind == "message" {
		_ = frame.Into(&e) // unreadable: the checker says what is missing
		r.ClientID, r.Text = e.ClientID, e.Text
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.journal = append(c.journal, r)
	at, ours := c.sentAt[e.Text]
	if !ours {
		return
	}
	c.told++
	if e.By != 1 {
		c.backs = append(c.backs, now.Sub(at))
	}
}

func (c *customer) answered(frame client.Frame) {
	c.mu.Lock()
	c.acked[frame.Ref] = frame.Seq
	c.journal = append(c.journal, check.Record{Kind: check.Acked, ID: frame.Ref, Seq: frame.Seq})
	tokens := c.tokens
	c.mu.Unlock()
	if tokens != nil {
		tokens <- struct{}{}
	}
}

// reached is called when the agent has a message.
func (c *customer) reached(e client.Entry, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ours := c.sentAt[e.Text]
	if !ours {
		return
	}
	c.seen++
	if e.By == 1 {
		c.waits = append(c.waits, now.Sub(at))
	}
}

// send writes the next message of one side and notes it before it leaves.
func (c *customer) send(ctx context.Context, fromAgent bool) error {
	c.mu.Lock()
	id := strconv.Itoa(c.index) + "-" + strconv.Itoa(c.sent)
	text := "message " + id + " of a conversation, about as long as people write them"
	r := check.Record{Kind: check.Sent, ID: id, Command: check.Message, Conversation: c.conversation, Text: text}
	c.sent++
	c.sentAt[text] = time.Now()
	socket, a := c.socket, c.agent
	if !fromAgent {
		c.journal = append(c.journal, r)
	}
	c.mu.Unlock()
	if fromAgent {
		a.note(r)
		socket = a.socket
	}
	return socket.Send(ctx, id, c.conversation, text)
}

// missing is how many of the messages have not come to one of the sides.
func (c *customer) missing() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return 2*c.sent - c.told - c.seen
}
