package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"hiwar/client"
	"hiwar/test/check"
)

// storm sends every message two to ten times at once, over two sockets and
// REST, and then its identifier with another text. Each has one effect, every
// answer is the same, and the other text is refused.
func storm(ctx context.Context, e *env, dir string) ([]row, error) {
	c, err := gather(ctx, e, dir, setting{customers: 10, agents: 1, change: patient, shape: func(c *crowd) { c.customersEnd = false }})
	if err != nil {
		return nil, err
	}
	defer c.close()
	each := e.size(100, 1000)
	var copies, effects, differ, mismatch, refused atomic.Int64
	var all sync.WaitGroup
	for _, x := range c.customers {
		c.people.Go(func() { x.live(c.ctx) }) // a third socket, which follows
		all.Go(func() {
			err := x.storm(c.ctx, each, func(n int, first, different int, wasRefused bool) {
				copies.Add(int64(n))
				effects.Add(int64(first))
				differ.Add(int64(different))
				mismatch.Add(1)
				if wasRefused {
					refused.Add(1)
				}
			})
			if err != nil {
				c.leave()
			}
		})
	}
	all.Wait()
	if ctx.Err() != nil || c.ctx.Err() != nil {
		return nil, fmt.Errorf("the storm broke off after %d copies", copies.Load())
	}
	report, dump, err := c.verdict()
	if err != nil {
		return nil, err
	}
	size := fmt.Sprintf("%d messages, %d copies", effects.Load(), copies.Load())
	want := int64(each * len(c.customers))
	rows := judged(size, report, dump)
	return append(rows, row{
		size:   size,
		figure: fmt.Sprintf("effects %d of %d, answers that differ %d, other text refused %d of %d", effects.Load(), want, differ.Load(), refused.Load(), mismatch.Load()),
		target: "1 each, 0, all", ok: effects.Load() == want && differ.Load() == 0 && refused.Load() == mismatch.Load() && mismatch.Load() == want,
	}), report.Err()
}

// storm writes so many messages, each in many copies.
func (c *customer) storm(ctx context.Context, messages int, count func(copies, first, different int, refused bool)) error {
	if err := c.begin(ctx); err != nil {
		return err
	}
	var sockets [2]*client.Socket
	answers := make(chan client.Frame, 64)
	for i := range sockets {
		s, err := c.c.Connect(ctx)
		if err != nil {
			return err
		}
		defer s.Cut()
		sockets[i] = s
		go func() {
			for {
				f, err := s.Next(ctx)
				if err != nil {
					return
				}
				if f.Ref != "" {
					answers <- f
				}
			}
		}()
	}
	for n := range messages {
		id, text := c.id(), fmt.Sprintf("storm %d", n)
		c.journal.Add(check.Record{Kind: check.Sent, ID: id, Command: check.Message, Conversation: c.conversation, Text: text})
		copies := 2 + c.rand.IntN(9)
		for i := range copies {
			if i%3 == 2 {
				go func() {
					r, err := c.c.Send(ctx, id, c.conversation, text)
					f := client.Frame{Type: "reply", Ref: id, Seq: r.Seq, Duplicate: r.Duplicate}
					if err != nil {
						f = client.Frame{Type: "error", Ref: id, Code: client.Code(err)}
					}
					answers <- f
				}()
				continue
			}
			if err := sockets[i%2].Send(ctx, id, c.conversation, text); err != nil {
				return err
			}
		}
		first, different, seq := 0, 0, int64(0)
		for range copies {
			f, err := next(ctx, answers)
			if err != nil {
				return err
			}
			switch {
			case f.Type != "reply" || seq != 0 && f.Seq != seq:
				different++
			case !f.Duplicate:
				first++
			}
			if f.Type == "reply" {
				seq = f.Seq
				c.journal.Add(check.Record{Kind: check.Acked, ID: id, Conversation: c.conversation, Seq: f.Seq, Duplicate: f.Duplicate})
			}
		}
		refused, err := c.otherText(ctx, id, n, sockets[0], answers)
		if err != nil {
			return err
		}
		count(copies, first, different, refused)
	}
	return nil
}

// otherText uses an identifier again for another text, over the socket or REST.
func (c *customer) otherText(ctx context.Context, id string, n int, s *client.Socket, answers chan client.Frame) (refused bool, err error) {
	if n%2 == 0 {
		_, err := c.c.Send(ctx, id, c.conversation, "something else")
		p := &client.Problem{}
		return asProblem(err, &p) && p.Status == 409 && p.Code == "id_reused", nil
	}
	if err := s.Send(ctx, id, c.conversation, "something else"); err != nil {
		return false, err
	}
	f, err := next(ctx, answers)
	return f.Type == "error" && f.Code == "id_reused", err
}

func next(ctx context.Context, answers chan client.Frame) (client.Frame, error) {
	select {
	case f := <-answers:
		return f, nil
	case <-ctx.Done():
		return client.Frame{}, context.Cause(ctx)
	}
}
