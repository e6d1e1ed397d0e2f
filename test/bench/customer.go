package main

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"hiwar/client"
)

// customer is one conversation with its journal: what its customer sent and
// was answered, and what both sides were told, in the order they were told.
type customer struct {
	c            *client.Client
	socket       *client.Socket
	conversation string
	index        int

	mu     sync.Mutex
	sent   []string // client ids, in the order sent
	sentAt map[string]time.Time
	acked  map[string]int64 // number by client id
	told   []client.Entry   // the customer's own view
	seen   []client.Entry   // the agent's view
	waits  []time.Duration  // from sending to the agent
	tokens chan struct{}    // for messages that may be sent now
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

func (c *customer) listen(ctx context.Context, f *faults) {
	for {
		frame, err := c.socket.Next(ctx)
		if err != nil {
			f.add(fmt.Errorf("customer %d: %w", c.index, err))
			return
		}
		switch {
		case frame.Type == "reply":
			c.answered(frame)
		case frame.Type == "error":
			f.add(fmt.Errorf("customer %d: %s %s", c.index, frame.Code, frame.Detail))
			return
		case frame.Kind == "message":
			var e client.Entry
			if err := frame.Into(&e); err != nil {
				f.add(err)
				return
			}
			c.mu.Lock()
			c.told = append(c.told, e)
			c.mu.Unlock()
		}
	}
}

func (c *customer) answered(frame client.Frame) {
	c.mu.Lock()
	c.acked[frame.Ref] = frame.Seq
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
	c.seen = append(c.seen, e)
	if at, ok := c.sentAt[e.ClientID]; ok {
		c.waits = append(c.waits, now.Sub(at))
	}
}

// send writes the next message and notes it before it leaves.
func (c *customer) send(ctx context.Context) error {
	c.mu.Lock()
	id := strconv.Itoa(c.index) + "-" + strconv.Itoa(len(c.sent))
	c.sent = append(c.sent, id)
	c.sentAt[id] = time.Now()
	c.mu.Unlock()
	return c.socket.Send(ctx, id, c.conversation, "message "+id+" of a conversation, about as long as people write them")
}

func (c *customer) outstanding() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.sent) - len(c.acked)
}
