package sim

import (
	"context"
	"sync/atomic"
	"time"

	"hiwar/client"
)

// liveChat is a customer's conversation over the API.
type liveChat struct {
	line
	id   string
	news chan ChatNews
	seq  int64 // of the last event heard
	over bool
	left func()                        // called once it has ended
	now  atomic.Pointer[client.Socket] // the present connection
}

func (c *liveChat) News() <-chan ChatNews { return c.news }

// Typing is lost while there is no connection.
func (c *liveChat) Typing(ctx context.Context, on bool) error {
	if s := c.now.Load(); s != nil {
		return s.Typing(ctx, c.id, on)
	}
	return nil
}

func (c *liveChat) Say(ctx context.Context, text string) error {
	return again(ctx, func(id string) error {
		_, err := c.c.Send(ctx, id, c.id, text)
		return err
	})
}

func (c *liveChat) End(ctx context.Context) error {
	return again(ctx, func(id string) error {
		_, err := c.c.End(ctx, id, c.id)
		return err
	})
}

// listen hears the conversation, over as many connections as it takes, until
// it has ended.
func (c *liveChat) listen(ctx context.Context) {
	defer close(c.ended)
	defer close(c.news)
	for pause := retryFirst; ctx.Err() == nil && !c.over; pause = min(2*pause, retryMost) {
		if c.hear(ctx) {
			pause = retryFirst
		}
		if c.over {
			return
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

// hear listens on one connection until it is lost, and reports whether there
// was one.
func (c *liveChat) hear(ctx context.Context) bool {
	s, err := c.c.Connect(ctx)
	if err != nil {
		return false
	}
	defer s.Cut()
	c.now.Store(s)
	defer c.now.Store(nil)
	topic := "conv/" + c.id
	if c.seq == 0 {
		err = s.Subscribe(ctx, topic)
	} else {
		err = s.Continue(ctx, topic, c.seq)
	}
	for err == nil && !c.over {
		var f client.Frame
		if f, err = s.Next(ctx); err == nil {
			c.take(ctx, f)
		}
	}
	return true
}

func (c *liveChat) take(ctx context.Context, f client.Frame) {
	switch f.Type {
	case "snapshot":
		var v client.Conversation
		if f.Into(&v) != nil {
			return
		}
		for _, e := range v.Entries {
			if e.Seq > c.seq {
				c.tell(ctx, e)
			}
		}
		c.seq = max(c.seq, f.Seq)
		if v.Status == "closed" || v.Status == "interrupted" {
			c.finish(ctx)
		}
	case "event":
		if f.Seq <= c.seq {
			return
		}
		c.seq = f.Seq
		switch f.Kind {
		case "joined", "left", "owner":
			var r client.Roster
			if f.Into(&r) == nil {
				c.tell(ctx, r.Entry)
			}
		case "message", "line", "status":
			var e client.Entry
			if f.Into(&e) == nil {
				c.tell(ctx, e)
			}
		}
	}
}

func (c *liveChat) tell(ctx context.Context, e client.Entry) {
	switch {
	case e.Kind == "joined":
		c.put(ctx, ChatJoined)
	case e.Kind == "message" && e.By != 1:
		if s := c.now.Load(); s != nil {
			_ = s.Received(ctx, c.id, e.Seq, e.Seq) // a receipt that is lost is made up by the next
		}
		c.put(ctx, ChatAnswer)
	case e.Kind == "status" && (e.Status == "closed" || e.Status == "interrupted"):
		c.finish(ctx)
	}
}

func (c *liveChat) finish(ctx context.Context) {
	if !c.over {
		c.over = true
		c.left()
		c.put(ctx, ChatOver)
	}
}

func (c *liveChat) put(ctx context.Context, n ChatNews) {
	select {
	case c.news <- n:
	case <-ctx.Done():
	}
}
