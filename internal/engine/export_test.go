package engine

import (
	"context"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// Inside is what an engine holds in memory of one organization.
type Inside struct {
	Records routing.Records
	Heads   map[id.User]id.Seq
	Chats   []chat.Record
	Broken  error // the first invariant that does not hold
}

// Inside looks into the engine, between two rounds.
func (e *Engine) Inside(ctx context.Context, o id.Org) (in Inside, err error) {
	return answer(ctx, e, o, func(f *floor, now time.Time) (in Inside, err error) {
		in.Records, in.Heads = f.state.Records(), f.heads
		in.Broken = f.state.Check(now)
		for k, c := range e.chats.byKey {
			if k.org != o {
				continue
			}
			if err := c.state.Check(); err != nil {
				in.Broken = err
			}
			r := c.state.Record()
			in.Chats = append(in.Chats, r)
		}
		return in, nil
	})
}

// GoThrough takes the place of somebody who goes through a decision again, until
// the function it returns is called.
func (e *Engine) GoThrough() func() {
	e.again <- struct{}{}
	return func() { <-e.again }
}

// Waiting is how many calls wait for the loop.
func (e *Engine) Waiting() int { return len(e.inbox) }

// Forget drops all conversations from memory, as if others had been used since.
func (e *Engine) Forget(ctx context.Context) error {
	return e.question(ctx, func(time.Time) error {
		for k := range e.chats.byKey {
			e.chats.drop(k)
		}
		for _, s := range []*shelf{&e.chats.open, &e.chats.closed} {
			if s.cost != 0 || s.order.Len() != 0 {
				panic("the cost of nothing is not nothing")
			}
		}
		return nil
	})
}

// Translate is translate.
func Translate(effects []routing.Effect, name func(id.User) string) (events []chat.Event) {
	for _, a := range translate(effects, name) {
		if a.event != nil {
			events = append(events, a.event)
		}
	}
	return events
}

// Pass is what is behind the gate of an organization without patterns.
func Pass(q Request) Request { return through(q, nil) }
