package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"hiwar/client"
	"hiwar/internal/org"
	"hiwar/test/check"
	"hiwar/test/rig"
)

// scripted goes to the rare states that chance reaches seldom: two agents
// accept one offer, an acceptance at the limit of its time, a receiver who
// disconnects, a visitor who leaves during the offer, a restart with a wrap-up
// timer running, an owner of a conference who is lost.
func scripted(ctx context.Context, e *env, dir string) ([]row, error) {
	place, server, err := alone(ctx, e, dir, 2, func(s *org.Settings) {
		s.RONA, s.Grace, s.ConfirmWithin = time.Second, time.Second, 30*time.Second
	})
	if err != nil {
		return nil, err
	}
	s := &script{ctx: ctx, env: e, place: place, server: server}
	defer func() { s.server.Stop() }()
	scenes := []struct {
		name string
		play func() error
	}{
		{"two accept", s.twoAccept},
		{"at the limit", s.atTheLimit},
		{"the last leaves", s.lastLeaves},
		{"wrap-up over a restart", s.wrapUpOverRestart},
		{"the receiver leaves", s.receiverLeaves},
		{"the owner leaves", s.ownerLeaves},
	}
	for _, scene := range scenes {
		if err := scene.play(); err != nil {
			return nil, fmt.Errorf("%s: %w", scene.name, err)
		}
		s.leave()
	}
	s.server.Stop()
	dump, err := check.ReadSQLite(place.Database())
	if err != nil {
		return nil, err
	}
	report := check.Verify(nil, dump, check.Options{})
	return []row{{
		size: fmt.Sprintf("%d scenes", len(scenes)), figure: fmt.Sprintf("played; violations %d in %d conversations, %d offers", len(report.Violations), report.Conversations, report.Offers),
		target: "0", ok: len(report.Violations) == 0 && report.Conversations > 0,
	}}, report.Err()
}

type script struct {
	ctx     context.Context
	env     *env
	place   *rig.Place
	server  *rig.Server
	seats   []*seat
	n       int
	visitor *client.Client
}

// seat is an agent at a desk, who does as the script says.
type seat struct {
	s      *script
	user   string
	c      *client.Client
	socket *client.Socket
	cards  map[string]client.Card
	is     string
	stop   context.CancelFunc
}

func (s *script) id() string {
	s.n++
	return fmt.Sprintf("script-%d", s.n)
}

// sit has an agent take a seat and be available.
func (s *script) sit(n int) (*seat, error) { return s.sitAt(n, s.server.Base) }

// sitAt is sit by way of another address.
func (s *script) sitAt(n int, base string) (*seat, error) {
	a := s.place.Agents[n]
	t := &seat{s: s, user: string(a.User), c: a.Client(base), cards: map[string]client.Card{}}
	var err error
	if t.socket, err = t.c.Connect(s.ctx); err != nil {
		return nil, err
	}
	s.seats = append(s.seats, t)
	var beating context.Context
	beating, t.stop = context.WithCancel(s.ctx)
	if err := t.socket.Subscribe(s.ctx, "agent/"+t.user); err != nil {
		return nil, err
	}
	go func() {
		for beating.Err() == nil {
			pause(beating, 2*time.Second)
			_ = t.socket.Beat(s.ctx)
		}
	}()
	return t, t.available()
}

func (t *seat) available() error {
	_, err := t.c.SetPresence(t.s.ctx, t.s.id(), "available", "")
	if err != nil {
		return err
	}
	return t.until("Available", func() bool { return t.is == "available" })
}

// leave signs everybody out of the scene: what is open is ended.
func (s *script) leave() {
	for _, t := range s.seats {
		if d, err := t.c.Desk(s.ctx); err == nil {
			for _, card := range d.Cards {
				switch card.Kind {
				case "active":
					_, _ = t.c.End(s.ctx, s.id(), card.Conversation)
				case "wrapup":
					_, _ = t.c.WrapUp(s.ctx, s.id(), card.Part, rig.Reason)
				}
			}
			_, _ = t.c.SetPresence(s.ctx, s.id(), "idle", "")
			if d, err := t.c.Desk(s.ctx); err == nil {
				for _, card := range d.Cards {
					if card.Kind == "wrapup" {
						_, _ = t.c.WrapUp(s.ctx, s.id(), card.Part, rig.Reason)
					}
				}
			}
		}
		t.stop()
		t.socket.Cut()
	}
	s.seats = nil
}

// customer starts a conversation.
func (s *script) customer(asset string) (conversation string, err error) {
	s.visitor = rig.Visitor(s.server.Base)
	started, err := s.visitor.StartChat(s.ctx, s.id(), asset, rig.Origin, client.Beginning{Name: "Sara", Text: "hello", Language: "en"})
	return started.Conversation, err
}

// until reads what comes until it is so.
func (t *seat) until(what string, so func() bool) error {
	ctx, cancel := context.WithTimeout(t.s.ctx, 30*time.Second)
	defer cancel()
	for !so() {
		f, err := t.socket.Next(ctx)
		if err != nil {
			return fmt.Errorf("waiting for %s at %v: %w", what, slices.Collect(maps.Keys(t.cards)), err)
		}
		switch {
		case f.Type == "snapshot" && strings.HasPrefix(f.Topic, "agent/"):
			var d client.Desk
			_ = f.Into(&d)
			t.is, t.cards = d.Agent.Presence, map[string]client.Card{}
			for _, c := range d.Cards {
				t.cards[c.Key] = c
			}
		case f.Kind == "agent":
			var a client.Agent
			_ = f.Into(&a)
			t.is = a.Presence
		case f.Kind == "card":
			var c client.Card
			_ = f.Into(&c)
			t.cards[c.Key] = c
		case f.Kind == "card_gone":
			var g client.Gone
			_ = f.Into(&g)
			delete(t.cards, g.Key)
		}
	}
	return nil
}

// card waits for a card of a kind in a conversation.
func (t *seat) card(kind, conversation string) (found client.Card, err error) {
	err = t.until("a card "+kind, func() bool {
		for _, c := range t.cards {
			if c.Kind == kind && c.Conversation == conversation {
				found = c
				return true
			}
		}
		return false
	})
	return found, err
}

// take waits for a request and accepts it.
func (t *seat) take(conversation string) error {
	c, err := t.card("request", conversation)
	if err != nil {
		return err
	}
	if _, err := t.c.Accept(t.s.ctx, t.s.id(), c.Offer); err != nil {
		return err
	}
	_, err = t.card("active", conversation)
	return err
}

// asked is an agent with a customer's request before them.
func (s *script) asked() (a *seat, conversation string, card client.Card, err error) {
	if a, err = s.sit(0); err != nil {
		return a, "", card, err
	}
	if conversation, err = s.customer(rig.AssetKey); err != nil {
		return a, "", card, err
	}
	card, err = a.card("request", conversation)
	return a, conversation, card, err
}

// talking is an agent with a customer's conversation.
func (s *script) talking(asset string) (a *seat, conversation string, err error) {
	if a, err = s.sit(0); err != nil {
		return a, "", err
	}
	if conversation, err = s.customer(asset); err != nil {
		return a, "", err
	}
	return a, conversation, a.take(conversation)
}

func (s *script) twoAccept() error {
	a, _, card, err := s.asked()
	if err != nil {
		return err
	}
	b, err := s.sit(1)
	if err != nil {
		return err
	}
	both := make(chan error, 2)
	id, other := s.id(), s.id()
	go func() { _, err := a.c.Accept(s.ctx, id, card.Offer); both <- err }()
	go func() { _, err := b.c.Accept(s.ctx, other, card.Offer); both <- err }()
	one, two := <-both, <-both
	if (one == nil) == (two == nil) {
		return fmt.Errorf("one was told %v and the other %v", one, two)
	}
	if code := client.Code(errors.Join(one, two)); code != "offer_not_found" && code != "offer_expired" {
		return fmt.Errorf("the other was told %q", code)
	}
	s.env.rare.saw(twoAccept)
	return nil
}

// atTheLimit accepts within 10 ms of the deadline, before and after: in time or
// told so.
func (s *script) atTheLimit() error {
	a, err := s.sit(0)
	if err != nil {
		return err
	}
	for _, off := range []time.Duration{-8 * time.Millisecond, -2 * time.Millisecond, 3 * time.Millisecond} {
		conv, err := s.customer(rig.AssetKey)
		if err != nil {
			return err
		}
		card, err := a.card("request", conv)
		if err != nil {
			return err
		}
		if err := a.socket.Confirm(s.ctx, card.Offer); err != nil {
			return err
		}
		pause(s.ctx, time.Until(card.Deadline.Add(off)))
		late := time.Since(*card.Deadline)
		_, err = a.c.Accept(s.ctx, s.id(), card.Offer)
		if code := client.Code(err); err != nil && code != "offer_expired" && code != "agent_in_rona" {
			return err
		}
		if late > -10*time.Millisecond && late < 10*time.Millisecond {
			s.env.rare.saw(acceptAtLimit)
		}
		if err == nil {
			continue
		}
		if err := a.until("RONA", func() bool { return a.is == "rona" }); err != nil {
			return err
		}
		if err := a.available(); err != nil {
			return err
		}
		if err := a.take(conv); err != nil { // it kept its place, and comes back
			return err
		}
	}
	return nil
}

func (s *script) lastLeaves() error {
	a, conv, card, err := s.asked()
	if err != nil {
		return err
	}
	if _, err := s.visitor.End(s.ctx, s.id(), conv); err != nil {
		return err
	}
	if err := a.until("the request to go", func() bool { _, there := a.cards[card.Key]; return !there }); err != nil {
		return err
	}
	if a.is != "available" {
		return fmt.Errorf("the agent is %s because a visitor left", a.is)
	}
	s.env.rare.saw(lastLeaves)
	return nil
}

// wrapUpUntil waits for the wrap-up of a conversation: when its timer ends it.
func (t *seat) wrapUpUntil(conversation string) (time.Time, error) {
	card, err := t.card("wrapup", conversation)
	if err != nil {
		return time.Time{}, err
	}
	if card.WrapUp == nil || card.WrapUp.Deadline == nil {
		return time.Time{}, fmt.Errorf("the wrap-up has no deadline: %+v", card.WrapUp)
	}
	return *card.WrapUp.Deadline, nil
}

// wrapUpOverRestart: the timer goes on where it was.
func (s *script) wrapUpOverRestart() error {
	a, conv, err := s.talking(rig.OtherAsset)
	if err != nil {
		return err
	}
	if _, err := a.c.End(s.ctx, s.id(), conv); err != nil {
		return err
	}
	before, err := a.wrapUpUntil(conv)
	if err != nil {
		return err
	}
	a.stop()
	a.socket.Cut()
	s.seats = nil
	s.server.Kill()
	if err := s.server.Restart(s.ctx); err != nil {
		return err
	}
	again, err := s.sit(0)
	if err != nil {
		return err
	}
	after, err := again.wrapUpUntil(conv)
	if err != nil {
		return err
	}
	if !after.Equal(before) {
		return fmt.Errorf("after the restart the wrap-up ends at %s, it was to end at %s", after, before)
	}
	s.env.rare.saw(wrapUpRestart)
	return nil
}

// receiverLeaves: the conversation goes back to the queue, and the receiver is
// not in RONA for a request that nobody saw.
func (s *script) receiverLeaves() error {
	a, conv, err := s.talking(rig.AssetKey)
	if err != nil {
		return err
	}
	b, err := s.sit(1)
	if err != nil {
		return err
	}
	if _, err := a.c.TransferToAgent(s.ctx, s.id(), conv, b.user, "yours"); err != nil {
		return err
	}
	if _, err := b.card("request", conv); err != nil {
		return err
	}
	b.stop()
	b.socket.Cut()
	s.env.rare.saw(targetLeaves)
	// Whatever ended the request, the conversation comes back to who is there.
	return a.take(conv)
}

// ownerLeaves: the guest becomes the owner when the owner's grace is over.
func (s *script) ownerLeaves() error {
	a, conv, err := s.talking(rig.AssetKey)
	if err != nil {
		return err
	}
	b, err := s.sit(1)
	if err != nil {
		return err
	}
	if _, err := a.c.Invite(s.ctx, s.id(), conv, b.user); err != nil {
		return err
	}
	if err := b.take(conv); err != nil {
		return err
	}
	a.stop()
	a.socket.Cut()
	err = b.until("the guest to own it", func() bool {
		for _, c := range b.cards {
			if c.Kind == "active" && c.Conversation == conv && c.Role == "owner" {
				return true
			}
		}
		return false
	})
	if err == nil {
		s.env.rare.saw(ownerLeaves)
	}
	return err
}
