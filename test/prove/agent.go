package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"hiwar/client"
	"hiwar/test/check"
	"hiwar/test/rig"
)

// agent sits at a desk: accepts what is offered, answers, notes, transfers,
// ends and wraps up, as chance has it.
type agent struct {
	*person
	crowd *crowd

	desk     sync.Mutex
	cards    map[string]client.Card // by key
	presence string
	changed  chan struct{}
}

func (a *agent) run(ctx context.Context) {
	a.hear = a.heard
	a.changed = make(chan struct{}, 1)
	a.cards = map[string]client.Card{}
	a.follow(ctx, "agent/"+a.user)
	beats := time.NewTicker(3 * time.Second)
	defer beats.Stop()
	for ctx.Err() == nil {
		if did := a.act(ctx); did {
			pause(ctx, time.Duration(a.rand.IntN(a.crowd.think))*time.Millisecond)
			continue
		}
		select {
		case <-a.changed:
		case <-beats.C:
			if s, err := a.connection(ctx); err == nil {
				_ = s.Beat(ctx)
			}
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
		}
	}
}

// act does one thing, if there is one to do.
func (a *agent) act(ctx context.Context) bool {
	a.desk.Lock()
	presence := a.presence
	cards := slices.Collect(maps.Values(a.cards))
	a.desk.Unlock()
	slices.SortFunc(cards, func(x, y client.Card) int { return strings.Compare(x.Key, y.Key) })
	if presence != "available" && presence != "" && !a.crowd.stopping() {
		a.available(ctx)
		return true
	}
	for _, card := range cards {
		switch card.Kind {
		case "request":
			a.accept(ctx, card)
			return true
		case "wrapup":
			if a.crowd.keepWrapUps {
				continue
			}
			a.wrapUp(ctx, card)
			return true
		}
	}
	active := slices.DeleteFunc(cards, func(c client.Card) bool { return c.Kind != "active" })
	if len(active) == 0 || a.crowd.stopping() {
		return false
	}
	a.attend(ctx, active[a.rand.IntN(len(active))])
	return true
}

// attend does something in a conversation the agent has.
func (a *agent) attend(ctx context.Context, card client.Card) {
	var err error
	switch k := a.rand.IntN(1000); {
	case k < a.crowd.transfers:
		err = a.transfer(ctx, card)
	case k < a.crowd.transfers+a.crowd.ends:
		id := a.id()
		_, err = a.command(ctx, check.Record{ID: id, Command: check.End, Conversation: card.Conversation}, func() (client.Reply, error) {
			r, err := a.c.End(ctx, id, card.Conversation)
			return r, err
		})
	case k < a.crowd.transfers+a.crowd.ends+50:
		_, err = a.note(ctx, card.Conversation, fmt.Sprintf("%s notes %d", a.name, k))
	default:
		var reply client.Reply
		if reply, err = a.say(ctx, card.Conversation, fmt.Sprintf("%s answers %d", a.name, k)); err == nil {
			a.crowd.acked(card.Conversation, reply.Seq)
		}
	}
	if err != nil && ctx.Err() == nil { // the desk is behind what happened; it will be told
		pause(ctx, 5*time.Millisecond)
	}
}

func (a *agent) transfer(ctx context.Context, card client.Card) error {
	id := a.id()
	target := a.crowd.agents[a.rand.IntN(len(a.crowd.agents))].user
	queue := []string{string(rig.QueueOne), string(rig.QueueTwo)}[a.rand.IntN(2)]
	r := check.Record{ID: id, Command: check.Transfer, Conversation: card.Conversation}
	toAgent := a.rand.IntN(2) == 0
	if toAgent {
		r.Text = "yours"
	}
	_, err := a.command(ctx, r, func() (client.Reply, error) {
		if toAgent {
			return a.c.TransferToAgent(ctx, id, card.Conversation, target, r.Text)
		}
		return a.c.TransferToQueue(ctx, id, card.Conversation, queue, "")
	})
	if err == nil {
		// Who gave it away may say no more: the refusal is part of the run.
		_, late := a.say(ctx, card.Conversation, "too late")
		a.crowd.lateWrite(late)
	}
	return err
}

func (a *agent) accept(ctx context.Context, card client.Card) {
	if s, err := a.connection(ctx); err == nil {
		_ = s.Confirm(ctx, card.Offer)
	}
	id := a.id()
	_, err := a.command(ctx, check.Record{ID: id, Command: check.Accept, Offer: card.Offer, Conversation: card.Conversation}, func() (client.Reply, error) {
		if a.rand.IntN(2) == 0 {
			return a.c.Accept(ctx, id, card.Offer)
		}
		return a.over(ctx, id, map[string]any{"type": "accept", "offer": card.Offer})
	})
	if err != nil { // the card goes when the desk is told
		a.forget(card.Key)
	}
}

func (a *agent) wrapUp(ctx context.Context, card client.Card) {
	id := a.id()
	_, err := a.command(ctx, check.Record{ID: id, Command: check.WrapUp, Part: card.Part, Reason: rig.Reason}, func() (client.Reply, error) {
		r, err := a.c.WrapUp(ctx, id, card.Part, rig.Reason)
		return r, err
	})
	if err == nil || client.Code(err) != "" {
		a.forget(card.Key)
	}
}

func (a *agent) forget(key string) {
	a.desk.Lock()
	defer a.desk.Unlock()
	delete(a.cards, key)
}

func (a *agent) available(ctx context.Context) {
	id := a.id()
	_, err := a.command(ctx, check.Record{ID: id, Command: check.Presence}, func() (client.Reply, error) {
		return a.c.SetPresence(ctx, id, "available", "")
	})
	if err == nil {
		a.desk.Lock()
		a.presence = ""
		a.desk.Unlock()
	}
}

// heard keeps the desk, and follows the conversations on it.
func (a *agent) heard(f client.Frame) {
	defer func() {
		select {
		case a.changed <- struct{}{}:
		default:
		}
	}()
	a.desk.Lock()
	defer a.desk.Unlock()
	switch {
	case f.Type == "snapshot" && strings.HasPrefix(f.Topic, "agent/"):
		var d client.Desk
		_ = f.Into(&d)
		a.presence, a.cards = d.Agent.Presence, map[string]client.Card{}
		for _, card := range d.Cards {
			a.card(card)
		}
	case f.Type != "event":
	case f.Kind == "agent":
		var v client.Agent
		_ = f.Into(&v)
		a.presence = v.Presence
	case f.Kind == "card":
		var card client.Card
		_ = f.Into(&card)
		a.card(card)
	case f.Kind == "card_gone":
		var g client.Gone
		_ = f.Into(&g)
		delete(a.cards, g.Key)
		if strings.HasPrefix(g.Key, "wrapup") || g.How == "wrapped_up" {
			a.leave("conv/" + g.Conversation)
			a.leave("conv/" + g.Conversation + "/staff")
		}
	}
}

// card takes a card in. It needs the desk's lock.
func (a *agent) card(card client.Card) {
	a.cards[card.Key] = card
	if card.Kind == "active" {
		a.follow(a.crowd.ctx, "conv/"+card.Conversation)
		a.follow(a.crowd.ctx, "conv/"+card.Conversation+"/staff")
	}
}
