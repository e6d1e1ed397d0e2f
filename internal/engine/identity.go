package engine

import (
	"context"
	"slices"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// Joined is a customer who is another one from now on.
type Joined struct{ From, To id.Customer }

// joinCustomer answers with the conversation that the person has open now.
func (w *work) joinCustomer(m JoinCustomer) (Reply, error) {
	if m.From == "" || m.To == "" || m.From == m.To {
		return Reply{}, problem.New(problem.Forbidden)
	}
	from, to := customerAsset{m.From, m.Asset}, customerAsset{m.To, m.Asset}
	theirs, open := w.floor.open[from]
	mine, other := w.floor.open[to]
	switch {
	case open && other:
		if err := w.step(routing.CustomerEnd{Conversation: theirs}); err != nil {
			return Reply{}, err
		}
	case open:
		if err := w.prove(theirs, m.To); err != nil {
			return Reply{}, err
		}
		delete(w.floor.open, from)
		w.floor.open[to], mine = theirs, theirs
	}
	w.joined = append(w.joined, Joined{m.From, m.To})
	w.changes++
	return Reply{Conversation: mine}, nil
}

// prove tells everybody in a conversation who its customer is.
func (w *work) prove(conv id.Conversation, customer id.Customer) error {
	c, err := w.chat(conv)
	if err != nil {
		return err
	}
	if err := w.say(c, chat.Prove{Customer: customer}); err != nil {
		return err
	}
	w.floor.headers[conv] = c.cached.state.Header()
	w.proven = append(w.proven, conv)
	w.floor.waiting.dirty = true
	return w.step(routing.Prove{Conversation: conv, Customer: customer})
}

// forgetJoined drops from memory what the store has given to somebody else: it
// has ended, and is read again when it is asked for.
func (w *work) forgetJoined() {
	for _, j := range w.joined {
		for key, c := range w.round.e.chats.byKey {
			if key.org == w.floor.org && c.state.Header().Customer == j.From {
				w.round.e.chats.drop(key)
			}
		}
	}
}

// concerned are the agents who have a card of a conversation.
func (f *floor) concerned(conv id.Conversation) (users []id.User) {
	for u, d := range f.desks {
		if slices.ContainsFunc(d.Cards, func(c view.Card) bool { return c.Conversation == conv }) {
			users = append(users, u)
		}
	}
	return users
}

// OpenOf is the conversation that a customer has open on an asset; "" if none.
func (e *Engine) OpenOf(ctx context.Context, o id.Org, customer id.Customer, asset id.Asset) (id.Conversation, error) {
	return answer(ctx, e, o, func(f *floor, _ time.Time) (id.Conversation, error) {
		return f.open[customerAsset{customer, asset}], nil
	})
}
