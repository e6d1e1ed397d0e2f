package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"hiwar/client"
	"hiwar/internal/org"
	"hiwar/test/rig"
)

// offered is how long it took from the hand that makes a slot free (a wrap-up is
// submitted) to the request on that agent's page: the command, the decision, the
// commit and the event.
type offered struct {
	agents int
	latency
	each time.Duration // processor time of the server for an end, a wrap-up, an accept and a start
}

const (
	offerSamples = 400
	// spare is how many customers wait more than are served, so that each slot
	// that becomes free has somebody to take it.
	spare = 20
)

// staffed is an agent of whom all slots are taken.
type staffed struct {
	user   string
	c      *client.Client
	socket *client.Socket

	asked chan time.Time   // when a request came
	parts chan client.Card // what was accepted
	ended chan client.Card // what is in wrap-up
	last  seen             // of whoever listens
}

// seen is a card as far as it matters here.
type seen struct {
	kind        string
	offer, part int64
}

// offers has so many agents sign in, each with room for one conversation and
// busy with it, and has one after the other wrap theirs up.
func (r *result) offers(ctx context.Context, dir string) error {
	place, s, err := openWith(ctx, r.binary, dir, r.staff, func(s *org.Settings) {
		s.Capacity, s.OpenOffers, s.RONA, s.ConfirmWithin = 1, 1, 10*time.Minute, 10*time.Minute
		s.CustomerUnseen, s.CustomerGone = time.Hour, time.Hour
	})
	if err != nil {
		return err
	}
	defer s.Stop()
	fault := faults{at: make(chan struct{})}
	var agents []*staffed
	defer func() {
		for _, a := range agents {
			a.socket.Cut()
		}
	}()
	for _, who := range place.Agents {
		a, err := comeToWork(ctx, s, who, &fault)
		if err != nil {
			return fmt.Errorf("%s: %w", who.User, err)
		}
		agents = append(agents, a)
	}
	for n := range len(agents) + spare {
		if err := begin(ctx, s, n); err != nil {
			return err
		}
	}
	holds := make([]client.Card, len(agents))
	for i, a := range agents {
		if holds[i], err = next(ctx, a.parts, &fault); err != nil {
			return fmt.Errorf("%s has no conversation: %w", a.user, err)
		}
		<-a.asked
	}
	var took []time.Duration
	before, err := s.CPU()
	if err != nil {
		return err
	}
	profiled := r.profiled(ctx, s, "offer", 5*time.Second)
	for n := range offerSamples {
		i := n * 7 % len(agents)
		d, card, err := agents[i].oneAfterAnother(ctx, holds[i], &fault)
		if err != nil {
			return fmt.Errorf("sample %d: %w", n, err)
		}
		took, holds[i] = append(took, d), card
		if err := begin(ctx, s, len(agents)+spare+n); err != nil {
			return err
		}
	}
	if err := profiled(); err != nil {
		return err
	}
	after, err := s.CPU()
	if err != nil {
		return err
	}
	r.offer = offered{len(agents), latencyOf(took), (after - before) / offerSamples}
	return nil
}

// begin brings a customer.
func begin(ctx context.Context, s *rig.Server, n int) error {
	_, err := rig.Visitor(s.Base).StartChat(ctx, "start", rig.AssetKey, rig.Origin, client.Beginning{Name: "Customer " + strconv.Itoa(n), Text: "hello", Language: "en"})
	return err
}

// comeToWork signs an agent in, who accepts whatever is asked.
func comeToWork(ctx context.Context, s *rig.Server, who rig.Agent, f *faults) (*staffed, error) {
	c := who.Client(s.Base)
	socket, err := c.Connect(ctx)
	if err != nil {
		return nil, err
	}
	a := &staffed{
		user: string(who.User), c: c, socket: socket,
		asked: make(chan time.Time, 2), parts: make(chan client.Card, 2), ended: make(chan client.Card, 2),
	}
	if err := socket.Subscribe(ctx, "agent/"+a.user); err != nil {
		return nil, err
	}
	go beat(ctx, socket)
	go func() {
		for {
			frame, err := socket.Next(ctx)
			at := time.Now()
			if err == nil {
				err = a.heard(ctx, frame, at)
			}
			if err != nil {
				f.add(fmt.Errorf("%s: %w", a.user, err))
				return
			}
		}
	}()
	_, err = c.SetPresence(ctx, "available", "available", "")
	return a, err
}

func (a *staffed) heard(ctx context.Context, frame client.Frame, at time.Time) error {
	if frame.Type == "error" {
		return fmt.Errorf("%s %s", frame.Code, frame.Detail)
	}
	if frame.Type != "event" || frame.Kind != "card" {
		return nil
	}
	var card client.Card
	if err := frame.Into(&card); err != nil {
		return err
	}
	if a.last == (seen{card.Kind, card.Offer, card.Part}) {
		return nil // something else of it changed
	}
	a.last = seen{card.Kind, card.Offer, card.Part}
	switch card.Kind {
	case "request":
		a.asked <- at
		return a.socket.Write(ctx, map[string]any{"type": "accept", "command_id": "accept-" + strings.ReplaceAll(card.Key, "/", "-"), "offer": card.Offer})
	case "active":
		a.parts <- card
	case "wrapup":
		a.ended <- card
	}
	return nil
}

// oneAfterAnother ends what the agent holds, and is how long the next request
// took from the wrap-up on, and what it became.
func (a *staffed) oneAfterAnother(ctx context.Context, card client.Card, f *faults) (took time.Duration, now client.Card, err error) {
	id := "-" + strconv.FormatInt(card.Part, 10)
	if _, err := a.c.End(ctx, "end"+id, card.Conversation); err != nil {
		return 0, now, err
	}
	wrap, err := next(ctx, a.ended, f)
	if err != nil {
		return 0, now, err
	}
	from := time.Now()
	if _, err := a.c.WrapUp(ctx, "wrap"+id, wrap.Part, rig.Reason); err != nil {
		return 0, now, err
	}
	at, err := next(ctx, a.asked, f)
	if err != nil {
		return 0, now, err
	}
	now, err = next(ctx, a.parts, f)
	return at.Sub(from), now, err
}

// next waits for something that has to come.
func next[T any](ctx context.Context, from <-chan T, f *faults) (x T, err error) {
	select {
	case x = <-from:
		return x, nil
	case <-f.at:
		return x, f.err
	case <-ctx.Done():
		return x, context.Cause(ctx)
	}
}
