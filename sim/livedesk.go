package sim

import (
	"context"
	"strconv"

	"hiwar/client"
)

// liveDesk is an agent's desk over the API: one connection, whose loss ends it.
type liveDesk struct {
	line
	reason func(key string) string
	news   chan DeskNews
	socket *client.Socket
	seen   map[string]string // kind of each card, by key
}

func (d *liveDesk) News() <-chan DeskNews { return d.news }

func (d *liveDesk) Available(ctx context.Context) error {
	return again(ctx, func(id string) error {
		_, err := d.c.SetPresence(ctx, id, "available", "")
		return err
	})
}

func (d *liveDesk) Idle(ctx context.Context, reason string) error {
	return again(ctx, func(id string) error {
		_, err := d.c.SetPresence(ctx, id, "idle", d.reason(reason))
		return err
	})
}

func (d *liveDesk) Accept(ctx context.Context, request string) error {
	offer, err := strconv.ParseInt(request, 10, 64)
	if err != nil {
		return err
	}
	return again(ctx, func(id string) error {
		_, err := d.c.Accept(ctx, id, offer)
		return err
	})
}

func (d *liveDesk) Typing(ctx context.Context, conversation string, on bool) error {
	return d.socket.Typing(ctx, conversation, on)
}

func (d *liveDesk) Say(ctx context.Context, conversation, text string) error {
	return again(ctx, func(id string) error {
		_, err := d.c.Send(ctx, id, conversation, text)
		return err
	})
}

func (d *liveDesk) End(ctx context.Context, conversation string) error {
	return again(ctx, func(id string) error {
		_, err := d.c.End(ctx, id, conversation)
		return err
	})
}

func (d *liveDesk) WrapUp(ctx context.Context, part, reason string) error {
	number, err := strconv.ParseInt(part, 10, 64)
	if err != nil {
		return err
	}
	return again(ctx, func(id string) error {
		_, err := d.c.WrapUp(ctx, id, number, d.reason(reason))
		return err
	})
}

func (d *liveDesk) connect(ctx context.Context) error {
	s, err := d.c.Connect(ctx)
	if err != nil {
		return err
	}
	d.socket = s
	return s.Subscribe(ctx, "agent/"+s.Welcome.User)
}

func (d *liveDesk) listen(ctx context.Context) {
	defer close(d.ended)
	defer close(d.news)
	defer d.socket.Cut()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go beats(ctx, d.socket)
	for {
		f, err := d.socket.Next(ctx)
		if err != nil {
			return
		}
		d.take(ctx, f)
	}
}

func (d *liveDesk) take(ctx context.Context, f client.Frame) {
	switch {
	case f.Type == "snapshot" && f.Topic == "agent/"+d.socket.Welcome.User:
		var v client.Desk
		if f.Into(&v) != nil {
			return
		}
		for _, card := range v.Cards {
			d.card(ctx, card)
		}
		d.presence(ctx, v.Agent)
	case f.Type == "event" && f.Kind == "card":
		var card client.Card
		if f.Into(&card) == nil {
			d.card(ctx, card)
		}
	case f.Type == "event" && f.Kind == "card_gone":
		var gone client.Gone
		if f.Into(&gone) == nil {
			d.gone(ctx, gone)
		}
	case f.Type == "event" && f.Kind == "agent":
		var a client.Agent
		if f.Into(&a) == nil {
			d.presence(ctx, a)
		}
	case f.Type == "event" && f.Kind == "message":
		var e client.Entry
		if f.Into(&e) == nil && e.By == 1 {
			_ = d.socket.Received(ctx, f.Topic[len("conv/"):], e.Seq, e.Seq) // a receipt that is lost is made up by the next
			d.put(ctx, DeskNews{Kind: DeskSaid, Conversation: f.Topic[len("conv/"):]})
		}
	}
}

// card tells what a card means, once for each kind it has.
func (d *liveDesk) card(ctx context.Context, c client.Card) {
	if d.seen[c.Key] == c.Kind {
		return
	}
	d.seen[c.Key] = c.Kind
	switch c.Kind {
	case "request":
		// There is no screen; whoever reads the news has seen it.
		_ = d.socket.Confirm(ctx, c.Offer)
		d.put(ctx, DeskNews{Kind: DeskRequest, Request: strconv.FormatInt(c.Offer, 10), Conversation: c.Conversation})
	case "active":
		// From now on: what was said before is answered by the greeting.
		_ = d.socket.Subscribe(ctx, "conv/"+c.Conversation)
		d.put(ctx, DeskNews{Kind: DeskBegan, Conversation: c.Conversation, Language: c.Language})
	case "wrapup":
		d.put(ctx, DeskNews{Kind: DeskOver, Conversation: c.Conversation, Part: strconv.FormatInt(c.Part, 10)})
	}
}

func (d *liveDesk) gone(ctx context.Context, g client.Gone) {
	if d.seen[g.Key] == "request" {
		d.put(ctx, DeskNews{Kind: DeskGone, Request: g.Key[len("offer/"):]})
	}
	delete(d.seen, g.Key)
}

// presence tells of RONA when it begins.
func (d *liveDesk) presence(ctx context.Context, a client.Agent) {
	before := d.seen["presence"]
	d.seen["presence"] = a.Presence
	if a.Presence == "rona" && before != "rona" {
		d.put(ctx, DeskNews{Kind: DeskRONA})
	}
}

func (d *liveDesk) put(ctx context.Context, n DeskNews) {
	select {
	case d.news <- n:
	case <-ctx.Done():
	}
}
