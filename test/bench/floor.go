package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"hiwar/client"
	"hiwar/sim"
)

// floor is everybody who is there: the agents, and the customers whose
// conversations they have accepted.
type floor struct {
	agents    []*agent
	customers []*customer
	byID      map[string]*customer // by conversation
	faults    faults
}

// faults are what went wrong behind everybody's back; the first is enough.
type faults struct {
	once sync.Once
	err  error
	at   chan struct{}
}

func (f *faults) add(err error) {
	f.once.Do(func() {
		f.err = err
		close(f.at)
	})
}

// agent is one desk that has accepted its share of the conversations and
// follows all of them.
type agent struct {
	c        *client.Client
	socket   *client.Socket
	accepted chan string // conversations
}

// openFloor starts the conversations and has them accepted.
func openFloor(ctx context.Context, s *server, conversations int) (*floor, error) {
	f := &floor{byID: map[string]*customer{}, faults: faults{at: make(chan struct{})}}
	links, err := s.panes(ctx)
	if err != nil {
		return nil, err
	}
	shop, err := url.Parse(links["customer"])
	if err != nil {
		return nil, err
	}
	origin := shop.Scheme + "://" + shop.Host
	for i := range conversations {
		c := &customer{c: client.New(s.base), index: i, acked: map[string]int64{}, sentAt: map[string]time.Time{}}
		started, err := c.c.StartChat(ctx, "start", sim.Organization().Assets[0].PublicKey, origin, client.Beginning{
			Name: "Customer " + strconv.Itoa(i), Text: "hello", Language: "en",
		})
		if err != nil {
			return f, fmt.Errorf("customer %d: %w", i, err)
		}
		c.conversation = started.Conversation
		f.customers = append(f.customers, c)
		f.byID[c.conversation] = c
	}
	for _, name := range []string{"omar", "layla"} {
		a, err := f.sitDown(ctx, s, links[name])
		if err != nil {
			return f, fmt.Errorf("%s: %w", name, err)
		}
		f.agents = append(f.agents, a)
	}
	if err := f.allAccepted(ctx); err != nil {
		return f, err
	}
	for _, c := range f.customers {
		if err := c.connect(ctx, &f.faults); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (f *floor) sitDown(ctx context.Context, s *server, link string) (*agent, error) {
	c, err := s.agent(ctx, link)
	if err != nil {
		return nil, err
	}
	socket, err := c.Connect(ctx)
	if err != nil {
		return nil, err
	}
	a := &agent{c: c, socket: socket, accepted: make(chan string, len(f.customers))}
	if err := socket.Subscribe(ctx, "agent/"+socket.Welcome.User); err != nil {
		return nil, err
	}
	go f.listen(ctx, a)
	go beat(ctx, socket)
	_, err = c.SetPresence(ctx, "available", "available", "")
	return a, err
}

// listen accepts what is offered and hears what is said, in order of arrival.
func (f *floor) listen(ctx context.Context, a *agent) {
	for {
		frame, err := a.socket.Next(ctx)
		now := time.Now()
		if err != nil {
			f.faults.add(fmt.Errorf("an agent's connection: %w", err))
			return
		}
		if err := f.heard(ctx, a, frame, now); err != nil {
			f.faults.add(err)
			return
		}
	}
}

func (f *floor) heard(ctx context.Context, a *agent, frame client.Frame, now time.Time) error {
	switch {
	case frame.Type == "snapshot" && strings.HasPrefix(frame.Topic, "agent/"):
		var d client.Desk
		if err := frame.Into(&d); err != nil {
			return err
		}
		for _, card := range d.Cards {
			if err := a.take(ctx, card); err != nil {
				return err
			}
		}
	case frame.Type == "snapshot" && frame.Topic != "":
		a.accepted <- frame.Topic[len("conv/"):]
	case frame.Kind == "card":
		var card client.Card
		if err := frame.Into(&card); err != nil {
			return err
		}
		return a.take(ctx, card)
	case frame.Kind == "message":
		var e client.Entry
		if err := frame.Into(&e); err != nil {
			return err
		}
		f.byID[frame.Topic[len("conv/"):]].reached(e, now)
	}
	return nil
}

// take accepts a request, or follows a conversation that was accepted.
func (a *agent) take(ctx context.Context, card client.Card) error {
	switch card.Kind {
	case "request":
		if err := a.socket.Confirm(ctx, card.Offer); err != nil {
			return err
		}
		return a.socket.Write(ctx, map[string]any{"type": "accept", "command_id": "accept-" + card.Key, "offer": card.Offer})
	case "active":
		return a.socket.Subscribe(ctx, "conv/"+card.Conversation)
	}
	return nil
}

func (f *floor) allAccepted(ctx context.Context) error {
	followed := map[string]bool{}
	for len(followed) < len(f.customers) {
		select {
		case id := <-f.agents[0].accepted:
			followed[id] = true
		case id := <-f.agents[1].accepted:
			followed[id] = true
		case <-f.faults.at:
			return f.faults.err
		case <-ctx.Done():
			return fmt.Errorf("%d of %d conversations accepted: %w", len(followed), len(f.customers), context.Cause(ctx))
		}
	}
	return nil
}

func (f *floor) close() {
	for _, a := range f.agents {
		a.socket.Cut()
	}
	for _, c := range f.customers {
		if c.socket != nil {
			c.socket.Cut()
		}
	}
}

// beat says that a page is alive, until its connection is gone.
func beat(ctx context.Context, s *client.Socket) {
	t := time.NewTicker(time.Duration(max(s.Welcome.BeatMS, 1000)) * time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			if s.Beat(ctx) != nil {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}
