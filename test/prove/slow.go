package main

import (
	"cmp"
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
	pairs := make([]pair, e.size(2, 5))
	before, err := h.talk(ctx, 2*time.Second, nil)
	if err != nil {
		return nil, err
	}
	for i := range pairs {
		if pairs[i], err = h.try(ctx, each); err != nil {
			return nil, err
		}
		after, err := h.talk(ctx, 2*time.Second, nil)
		if err != nil {
			return nil, err
		}
		// What the machine does besides slows the readers with and without the
		// silent ones: these have to be worse than the time before and after.
		pairs[i].alone, before = max(before, after), after
	}
	// Of an even number the better one: what the silent ones cost is in both.
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.change(), b.change()) })
	typical := pairs[(len(pairs)-1)/2]
	var worst time.Duration
	var memory, cut int64
	for _, p := range pairs {
		worst, memory, cut = max(worst, p.lasted), max(memory, p.memory), cut+p.cut
	}
	all := int64(each * len(pairs))
	return []row{
		{size: fmt.Sprintf("%d silent beside %d, %d pairs", each, each, len(pairs)), figure: fmt.Sprintf("p99 of those who read %s → %s, median change %+.0f %%", ms(typical.alone), ms(typical.beside), 100*typical.change()), target: "≤ 25 %, fails above twice", ok: typical.calm()},
		{size: fmt.Sprintf("%d silent", all), figure: fmt.Sprintf("cut off %d, the last after %s; %d KiB each", cut, worst.Round(10*time.Millisecond), memory>>10), target: "all ≤ 10 s, ≤ 1 MiB", ok: cut == all && worst <= 10*time.Second && memory <= 1<<20},
	}, nil
}

// pair is the same talk without silent ones and beside them.
type pair struct {
	alone, beside time.Duration // p99 of those who read
	lasted        time.Duration // until the last of the silent ones was cut off
	cut, memory   int64         // how many were, and what each of them took
}

func (p pair) change() float64 { return float64(p.beside-p.alone) / float64(p.alone) }

// calm: a busy machine moves a p99 of a few milliseconds by more than the slow
// ones do, so only what a person could notice counts.
func (p pair) calm() bool { return p.change() <= 0.5 || p.beside-p.alone <= 10*time.Millisecond }

// try lets so many silent ones in and talks until they are cut off.
func (h *hall) try(ctx context.Context, silent int) (p pair, err error) {
	held, err := h.server.Resident()
	if err != nil {
		return p, err
	}
	sleepers, err := h.sleepers(ctx, silent)
	defer func() {
		for _, s := range sleepers {
			s.Cut()
		}
	}()
	if err != nil {
		return p, err
	}
	// What the kernel holds for those who do not read is filled at once: from
	// then on they keep the server waiting.
	if err := h.burst(ctx, 120); err != nil {
		return p, err
	}
	began, most := time.Now(), held
	pause(ctx, 700*time.Millisecond) // those who read have read it by then
	readers := int64(len(h.readers))
	p.beside, err = h.talk(ctx, 15*time.Second, func() bool {
		now, _ := h.server.Resident()
		most = max(most, now)
		open, err := h.server.Figure("sockets_open")
		return err == nil && open <= readers
	})
	if err != nil {
		return p, err
	}
	p.lasted, p.memory = time.Since(began), (most-held)/int64(silent)
	open, err := h.server.Figure("sockets_open")
	p.cut = readers + int64(silent) - open
	return p, err
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
