package main

import (
	"context"
	"fmt"
	"time"

	"hiwar/client"
	"hiwar/test/check"
	"hiwar/test/rig"
)

// customer writes, is answered, and starts anew when the conversation is over.
type customer struct {
	*person
	crowd        *crowd
	asset        string
	embed        string
	conversation string
	over         chan struct{} // closed when the conversation is
}

func (c *customer) run(ctx context.Context) {
	c.hear = c.heard
	for n := 0; ctx.Err() == nil; n++ {
		if err := c.begin(ctx); err != nil {
			return
		}
		c.talk(ctx)
	}
}

// begin starts a conversation and opens a socket for it: the visitor token
// opens the latest one.
func (c *customer) begin(ctx context.Context) error {
	id := c.id()
	r := check.Record{ID: id, Command: check.Start}
	reply, err := c.command(ctx, r, func() (client.Reply, error) {
		if c.embed == "" {
			token, err := c.c.Embed(ctx, c.asset, rig.Origin)
			if err != nil {
				return client.Reply{}, err
			}
			c.embed = token
		}
		started, err := c.c.Begin(ctx, id, c.asset, c.embed, client.Beginning{Name: c.name, Text: "hello", Language: "en"})
		if err == nil {
			c.c.Resume(started.VisitorToken)
		}
		return client.Reply{Conversation: started.Conversation, Duplicate: started.Duplicate}, err
	})
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.conversation, c.over = reply.Conversation, make(chan struct{})
	c.wanted["conv/"+c.conversation] = true
	s := c.socket
	c.mu.Unlock()
	if s != nil {
		s.Cut()
	}
	return nil
}

func (c *customer) talk(ctx context.Context) {
	for n := 0; ctx.Err() == nil; n++ {
		c.mu.Lock()
		over := c.over
		c.mu.Unlock()
		select {
		case <-over:
			return
		case <-c.crowd.stop:
			return
		default:
		}
		if c.crowd.customersEnd && c.rand.IntN(400) == 0 {
			c.end(ctx)
			continue
		}
		reply, err := c.say(ctx, c.conversation, fmt.Sprintf("%s writes %d", c.name, n))
		if err == nil {
			c.crowd.acked(c.conversation, reply.Seq)
		} else if client.Code(err) == "chat_closed" {
			select {
			case <-over:
			case <-ctx.Done():
			}
			return
		}
		pause(ctx, time.Duration(c.rand.IntN(c.crowd.think))*time.Millisecond)
	}
}

func (c *customer) end(ctx context.Context) {
	id := c.id()
	_, _ = c.command(ctx, check.Record{ID: id, Command: check.End, Conversation: c.conversation}, func() (client.Reply, error) {
		r, err := c.c.End(ctx, id, c.conversation)
		return r, err
	})
}

// heard notices the end of the conversation, from an event or a snapshot.
func (c *customer) heard(f client.Frame) {
	status := ""
	switch {
	case f.Type == "snapshot":
		var v client.Conversation
		_ = f.Into(&v)
		status = v.Status
	case f.Kind == "status":
		var e client.Entry
		_ = f.Into(&e)
		status = e.Status
	}
	if status != "closed" {
		return
	}
	c.leave(f.Topic)
	c.mu.Lock()
	defer c.mu.Unlock()
	if f.Topic == "conv/"+c.conversation {
		select {
		case <-c.over:
		default:
			close(c.over)
		}
	}
}
