package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"hiwar/client"
	"hiwar/internal/org"
	"hiwar/test/check"
	"hiwar/test/rig"
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
	user     string
	c        *client.Client
	socket   *client.Socket
	accepted chan string // conversations

	mu      sync.Mutex
	journal check.Journal
}

func (a *agent) note(r check.Record) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.journal = append(a.journal, r)
}

// perAgent is how many conversations an agent holds in the measurement: the
// most that settings allow.
const perAgent = 50

// roomy are the settings of the measurement: nothing runs out while everybody
// comes in.
func roomy(s *org.Settings) {
	s.Capacity, s.OpenOffers, s.RONA, s.ConfirmWithin = perAgent, perAgent, 10*time.Minute, 10*time.Minute
}

// desks is how many agents so many conversations need.
func desks(conversations int) int { return (conversations + perAgent - 1) / perAgent }

// openFloor starts the conversations and has them accepted. Customers and agents
// may come to different servers.
func openFloor(ctx context.Context, p *rig.Place, customers, agents string, conversations int) (*floor, error) {
	f := &floor{byID: map[string]*customer{}, faults: faults{at: make(chan struct{})}}
	for i := range conversations {
		c := &customer{c: rig.Visitor(customers), index: i, acked: map[string]int64{}, sentAt: map[string]time.Time{}}
		started, err := c.c.StartChat(ctx, "start", rig.AssetKey, rig.Origin, client.Beginning{
			Name: "Customer " + strconv.Itoa(i), Text: "hello", Language: "en",
		})
		if err != nil {
			return f, fmt.Errorf("customer %d: %w", i, err)
		}
		c.conversation = started.Conversation
		c.journal = check.Journal{{Kind: check.Who, Client: fmt.Sprintf("customer %d", i)}}
		f.customers = append(f.customers, c)
		f.byID[c.conversation] = c
	}
	for _, who := range p.Agents[:desks(conversations)] {
		a, err := f.sitDown(ctx, who.Client(agents), string(who.User))
		if err != nil {
			return f, fmt.Errorf("%s: %w", who.User, err)
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

func (f *floor) sitDown(ctx context.Context, c *client.Client, user string) (*agent, error) {
	socket, err := c.Connect(ctx)
	if err != nil {
		return nil, err
	}
	a := &agent{
		user: user, c: c, socket: socket, accepted: make(chan string, 2*perAgent),
		journal: check.Journal{{Kind: check.Who, Client: user, User: user}},
	}
	if err := socket.Subscribe(ctx, "agent/"+a.user); err != nil {
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
	conversation, ofConversation := strings.CutPrefix(frame.Topic, "conv/")
	switch {
	case frame.Type == "snapshot" && !ofConversation:
		a.note(check.Record{Kind: check.Reset, Topic: frame.Topic, Seq: frame.Seq})
		var d client.Desk
		if err := frame.Into(&d); err != nil {
			return err
		}
		for _, card := range d.Cards {
			if err := a.take(ctx, card); err != nil {
				return err
			}
		}
	case frame.Type == "snapshot":
		a.note(check.Record{Kind: check.Reset, Topic: frame.Topic, Seq: frame.Seq})
		a.accepted <- conversation
		f.byID[conversation].take(a)
	case frame.Type == "reply" && frame.Seq > 0:
		a.note(check.Record{Kind: check.Acked, ID: frame.Ref, Seq: frame.Seq})
	case frame.Type == "error":
		return fmt.Errorf("%s: %s %s", a.user, frame.Code, frame.Detail)
	case frame.Type == "event":
		r := check.Record{Kind: check.Told, Topic: frame.Topic, Seq: frame.Seq, Event: frame.Kind}
		defer func() { a.note(r) }()
		switch frame.Kind {
		case "card":
			var card client.Card
			if err := frame.Into(&card); err != nil {
				return err
			}
			return a.take(ctx, card)
		case "message":
			var e client.Entry
			if err := frame.Into(&e); err != nil {
				return err
			}
			r.ClientID, r.Text = e.ClientID, e.Text
			f.byID[conversation].reached(e, now)
		}
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
		return a.socket.Write(ctx, map[string]any{"type": "accept", "command_id": "accept-" + strings.ReplaceAll(card.Key, "/", "-"), "offer": card.Offer})
	case "active":
		return a.socket.Subscribe(ctx, "conv/"+card.Conversation)
	}
	return nil
}

func (f *floor) allAccepted(ctx context.Context) error {
	followed := map[string]bool{}
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		for _, a := range f.agents {
			for more := true; more; {
				select {
				case id := <-a.accepted:
					followed[id] = true
				default:
					more = false
				}
			}
		}
		if len(followed) == len(f.customers) {
			return nil
		}
		select {
		case <-tick.C:
		case <-f.faults.at:
			return f.faults.err
		case <-ctx.Done():
			return fmt.Errorf("%d of %d conversations accepted: %w", len(followed), len(f.customers), context.Cause(ctx))
		}
	}
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

// journals are what everybody wrote down.
func (f *floor) journals() (all []check.Journal) {
	for _, c := range f.customers {
		c.mu.Lock()
		all = append(all, c.journal)
		c.mu.Unlock()
	}
	for _, a := range f.agents {
		a.mu.Lock()
		all = append(all, a.journal)
		a.mu.Unlock()
	}
	return all
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
