package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"hiwar/client"
	"hiwar/test/rig"
)

// slow has as many sockets that never read as sockets that do, all following
// one conversation. Those who read must hardly notice, those who do not are
// cut off and cost little memory.
func slow(ctx context.Context, e *env, dir string) ([]row, error) {
	const each = 200
	_, server, err := alone(ctx, e, dir, 1, patient)
	if err != nil {
		return nil, err
	}
	defer server.Stop()
	h, err := newHall(ctx, server, each)
	if err != nil {
		return nil, err
	}
	defer h.close()
	pairs := e.size(2, 5)
	var changes []float64
	var worst time.Duration
	var memory, cut int64
	var alone, beside time.Duration
	for range pairs {
		base, err := h.talk(ctx, 2*time.Second, nil)
		if err != nil {
			return nil, err
		}
		before, err := server.Resident()
		if err != nil {
			return nil, err
		}
		sleepers, err := h.sleepers(ctx, each)
		if err != nil {
			return nil, err
		}
		// What the kernel holds for those who do not read is filled at once: from
		// then on they keep the server waiting.
		if err := h.burst(ctx, 120); err != nil {
			return nil, err
		}
		began := time.Now()
		pause(ctx, 700*time.Millisecond) // those who read have read it by then
		most := before
		with, err := h.talk(ctx, 15*time.Second, func() bool {
			now, _ := server.Resident()
			most = max(most, now)
			open, err := server.Figure("sockets_open")
			return err == nil && open <= each
		})
		if err != nil {
			return nil, err
		}
		worst = max(worst, time.Since(began))
		memory = max(memory, (most-before)/each)
		open, err := server.Figure("sockets_open")
		if err != nil {
			return nil, err
		}
		cut += 2*each - open
		for _, s := range sleepers {
			s.Cut()
		}
		changes = append(changes, float64(with-base)/float64(base))
		alone, beside = base, with
	}
	slices.Sort(changes)
	change := changes[len(changes)/2]
	// A busy machine moves a p99 of a few milliseconds by more than the slow
	// ones do: only what a person could notice fails the run.
	calm := change <= 0.5 || beside-alone <= 10*time.Millisecond
	return []row{
		{size: fmt.Sprintf("%d silent beside %d, %d pairs", each, each, pairs), figure: fmt.Sprintf("p99 of those who read %s → %s, median change %+.0f %%", ms(alone), ms(beside), 100*change), target: "≤ 25 %, fails above twice", ok: calm},
		{size: fmt.Sprintf("%d silent", each*pairs), figure: fmt.Sprintf("cut off %d, the last after %s; %d KiB each", cut, worst.Round(10*time.Millisecond), memory>>10), target: "all ≤ 10 s, ≤ 1 MiB", ok: cut == int64(each*pairs) && worst <= 10*time.Second && memory <= 1<<20},
	}, nil
}

// hall is one conversation that many sockets of its customer follow.
type hall struct {
	server  *rig.Server
	writer  *client.Client
	conv    string
	token   string
	readers []*client.Socket
	said    int

	mu    sync.Mutex
	heard []time.Duration
	lost  error
}

func newHall(ctx context.Context, server *rig.Server, readers int) (*hall, error) {
	h := &hall{server: server, writer: rig.Visitor(server.Base)}
	started, err := h.writer.StartChat(ctx, "start", rig.AssetKey, rig.Origin, client.Beginning{Name: "Hall", Text: "hello", Language: "en"})
	if err != nil {
		return nil, err
	}
	h.conv, h.token = started.Conversation, started.VisitorToken
	for range readers {
		s, err := h.join(ctx, rig.Visitor(server.Base))
		if err != nil {
			return nil, err
		}
		h.readers = append(h.readers, s)
		go h.listen(ctx, s)
	}
	return h, nil
}

func (h *hall) join(ctx context.Context, c *client.Client) (*client.Socket, error) {
	c.Resume(h.token)
	s, err := c.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return s, s.Subscribe(ctx, "conv/"+h.conv)
}

// sleepers follow and never read; the kernel takes little for them.
func (h *hall) sleepers(ctx context.Context, n int) (all []*client.Socket, err error) {
	small := net.Dialer{Control: func(_, _ string, raw syscall.RawConn) error {
		var set error
		err := raw.Control(func(fd uintptr) { set = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4096) })
		return errors.Join(err, set)
	}}
	for range n {
		s, err := h.join(ctx, client.New(h.server.Base, client.Transport(&http.Transport{DialContext: small.DialContext})))
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func (h *hall) listen(ctx context.Context, s *client.Socket) {
	for {
		f, err := s.Next(ctx)
		now := time.Now()
		if err != nil {
			h.mu.Lock()
			if h.lost == nil && ctx.Err() == nil {
				h.lost = err
			}
			h.mu.Unlock()
			return
		}
		if f.Kind != "message" {
			continue
		}
		var entry client.Entry
		_ = f.Into(&entry)
		stamp, _, _ := strings.Cut(entry.Text, " ")
		if at, err := time.Parse(time.RFC3339Nano, stamp); err == nil {
			h.mu.Lock()
			h.heard = append(h.heard, now.Sub(at))
			h.mu.Unlock()
		}
	}
}

// talk writes 25 long messages a second for a while, or until it is enough,
// and gives the p99 of how long they took to those who read.
func (h *hall) talk(ctx context.Context, span time.Duration, enough func() bool) (time.Duration, error) {
	h.mu.Lock()
	h.heard = nil
	h.mu.Unlock()
	tick := time.NewTicker(time.Second / 25)
	defer tick.Stop()
	until := time.Now().Add(span)
	for n := 0; time.Now().Before(until); n++ {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return 0, context.Cause(ctx)
		}
		if err := h.say(ctx, time.Now().Format(time.RFC3339Nano)); err != nil {
			return 0, err
		}
		if enough != nil && n%5 == 4 && enough() {
			break
		}
	}
	pause(ctx, 200*time.Millisecond)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.lost != nil {
		return 0, fmt.Errorf("somebody who reads was cut off: %w", h.lost)
	}
	if len(h.heard) == 0 {
		return 0, errors.New("nobody heard anything")
	}
	slices.Sort(h.heard)
	return h.heard[len(h.heard)*99/100], nil
}

// say writes a message as long as one may be, beginning with a stamp.
func (h *hall) say(ctx context.Context, stamp string) error {
	h.said++
	text := strings.TrimSpace(stamp + " " + strings.Repeat("كلام ", 190))
	_, err := h.writer.Send(ctx, fmt.Sprintf("s%d", h.said), h.conv, text)
	return err
}

// burst writes without waiting in between, and measures nothing.
func (h *hall) burst(ctx context.Context, n int) error {
	for range n {
		if err := h.say(ctx, "-"); err != nil {
			return err
		}
	}
	return nil
}

func (h *hall) close() {
	for _, s := range h.readers {
		s.Cut()
	}
}
