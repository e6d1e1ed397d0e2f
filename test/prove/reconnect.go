package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"hiwar/client"
	"hiwar/test/rig"
)

// reconnect drops every socket at once while agents and customers go on
// writing. All come back as the contract tells clients to, and resume. When
// they have left for good, the server is as small as it was.
func reconnect(ctx context.Context, e *env, dir string) ([]row, error) {
	c, err := gather(ctx, e, dir, setting{customers: 10, agents: 3, change: patient})
	if err != nil {
		return nil, err
	}
	defer c.close()
	before, err := measureSize(c.server)
	if err != nil {
		return nil, err
	}
	c.begin()
	n := e.size(500, 5000)
	followers, err := c.enter(n)
	if err != nil {
		return nil, err
	}
	var errs atomic.Int64
	var mu sync.Mutex
	var took []time.Duration
	var all sync.WaitGroup
	began := time.Now()
	for _, f := range followers {
		f.socket.Cut()
	}
	for _, f := range followers {
		all.Go(func() {
			// Half a second, with full jitter, as clients are told to.
			pause(ctx, time.Duration(rand.IntN(500))*time.Millisecond)
			at := time.Now()
			if err := f.comeBack(c.ctx); err != nil {
				errs.Add(1)
				return
			}
			mu.Lock()
			took = append(took, time.Since(at))
			mu.Unlock()
		})
	}
	all.Wait()
	span := time.Since(began)
	for _, f := range followers {
		if f.socket != nil {
			f.socket.Cut()
		}
	}
	c.empty(before)
	report, dump, err := c.verdict()
	if err != nil {
		return nil, err
	}
	slices.Sort(took)
	p99 := time.Duration(0)
	if len(took) > 0 {
		p99 = took[len(took)*99/100]
	}
	size := fmt.Sprintf("%d sockets at once", n)
	rows := append(judged(size, report, dump), row{
		size: size, figure: fmt.Sprintf("back %d in %s, resume p99 %s, errors %d", len(took), span.Round(time.Millisecond), ms(p99), errs.Load()),
		target: "all ≤ 30 s, p99 ≤ 5 s, 0", ok: len(took) == n && span <= 30*time.Second && p99 <= 5*time.Second && errs.Load() == 0,
	})
	return append(rows, c.leaks(before)), report.Err()
}

// follower is a customer who only reads.
type follower struct {
	c      *client.Client
	topic  string
	last   int64
	socket *client.Socket
}

// enter lets so many followers in, a few at a time.
func (c *crowd) enter(n int) ([]*follower, error) {
	all := make([]*follower, n)
	var people sync.WaitGroup
	var failed atomic.Pointer[error]
	turn := make(chan struct{}, 16)
	for i := range all {
		turn <- struct{}{}
		people.Go(func() {
			defer func() { <-turn }()
			f := &follower{c: rig.Visitor(c.server.Base)}
			started, err := f.c.StartChat(c.ctx, "start", rig.OtherAsset, rig.Origin, client.Beginning{Name: fmt.Sprintf("Follower %d", i), Text: "hello", Language: "en"})
			if err == nil {
				f.topic = "conv/" + started.Conversation
				err = f.comeBack(c.ctx)
			}
			if err != nil {
				failed.Store(&err)
			}
			all[i] = f
		})
	}
	people.Wait()
	if err := failed.Load(); err != nil {
		return nil, *err
	}
	return all, nil
}

// comeBack connects and follows the topic until the server has answered for it.
func (f *follower) comeBack(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 40*time.Second)
	defer cancel()
	s, err := f.c.Connect(ctx)
	if err != nil {
		return err
	}
	f.socket = s
	// One before the last: so there is always something to be told.
	if f.last > 0 {
		err = s.Continue(ctx, f.topic, f.last-1)
	} else {
		err = s.Subscribe(ctx, f.topic)
	}
	for err == nil {
		var frame client.Frame
		if frame, err = s.Next(ctx); err != nil {
			break
		}
		if frame.Topic == f.topic && (frame.Type == "snapshot" || frame.Type == "event") {
			f.last = frame.Seq
			return nil
		}
	}
	return err
}
