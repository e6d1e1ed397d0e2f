package engine

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// startConversation queues a new conversation, with the first message if there
// is one. Everything that could be refused is asked before anything happens.
func (w *work) startConversation(q Request, m StartConversation) (Reply, error) {
	switch {
	case m.Customer == "" || m.Customer != q.Actor.Customer:
		return Reply{}, problem.New(problem.Forbidden)
	case q.CommandID == "":
		return Reply{}, problem.New(problem.ClientMsgIDMissing, "field", "command_id", "max", commandIDLimit)
	}
	if open, ok := w.floor.open[customerAsset{m.Customer, m.Asset}]; ok {
		return Reply{}, problem.New(problem.ChatExists, "conversation", string(open))
	}
	h := chat.Header{
		ID: id.Mint[id.Conversation](id.PrefixConversation, w.round.e.newID()), Asset: m.Asset, Customer: m.Customer,
		CustomerName: m.Name, Email: m.Email, Language: m.Language, Page: m.Page, Verified: m.Verified, About: m.About, StartedAt: w.now,
	}
	first := chat.Post{By: chat.Author{Customer: true}, ClientID: q.CommandID, Text: m.Text}
	if m.Text != "" || m.LeftMessage {
		if _, err := chat.New(h).Step(w.now, first); err != nil {
			return Reply{}, err
		}
	}
	// The floor may refuse; the conversation exists in memory before, because
	// the step may already say something in it.
	c := w.begin(h)
	start := routing.Start{
		Conversation: h.ID, Asset: m.Asset, Customer: m.Customer, Language: m.Language,
		Queue: m.Queue, Priority: m.Priority, Requires: m.Requires, LeftMessage: m.LeftMessage,
	}
	if m.LeftMessage {
		return w.leaveMessage(c, start, first)
	}
	start.Regular = w.regular(m)
	if err := w.step(start); err != nil {
		w.abandon(c)
		return Reply{}, err
	}
	w.floor.open[customerAsset{m.Customer, m.Asset}] = h.ID
	if m.Text == "" {
		return Reply{Conversation: h.ID}, nil
	}
	return w.post(c.cached, first)
}

// leaveMessage begins a conversation with what the customer wrote; that it is
// kept, and what happens with it, is said after it.
func (w *work) leaveMessage(c *chatWork, start routing.Start, text chat.Post) (Reply, error) {
	err := w.say(c, text)
	if err == nil {
		err = w.step(start)
	}
	if err != nil {
		w.abandon(c)
		return Reply{}, err
	}
	w.floor.open[customerAsset{start.Customer, start.Asset}] = start.Conversation
	if err := w.step(routing.Spoke{Conversation: start.Conversation, FromCustomer: true}); err != nil {
		w.violation("somebody wrote in a conversation that is not on the floor", err)
	}
	return Reply{Seq: 1, Conversation: start.Conversation}, nil
}

// lately is how long a customer counts as an agent's.
const lately = 7 * 24 * time.Hour

// regular is the agent whom a customer who starts a conversation may be kept
// for. It is only looked up where the queue keeps customers; if that fails,
// they wait like anybody else.
func (w *work) regular(m StartConversation) id.User {
	keeps := func(q id.Queue) bool {
		return slices.ContainsFunc(w.floor.state.Config().Queues, func(x org.Queue) bool { return x.ID == q && x.Sticky > 0 })
	}
	if !slices.ContainsFunc(w.floor.state.Config().Assets, func(a org.Asset) bool { return a.ID == m.Asset && keeps(cmp.Or(m.Queue, a.Queue)) }) {
		return ""
	}
	u, err := w.round.e.store.Regular(context.Background(), w.floor.org, m.Customer, w.now.Add(-lately))
	if err != nil {
		w.round.e.log.Error("the agent a customer knows could not be looked up", "org", w.floor.org, "error", err)
	}
	return u
}

// abandon forgets a conversation that did not begin.
func (w *work) abandon(c *chatWork) {
	conv := c.cached.key.conv
	w.round.e.chats.drop(c.cached.key)
	delete(w.byChat, conv)
	delete(w.floor.headers, conv)
	w.chats = w.chats[:len(w.chats)-1]
}

// mostScore is the best a customer can say of a conversation.
const mostScore = 5

// rate tells supervisors how the customer found the conversation. Saying the
// same again says nothing new.
func (w *work) rate(m RateConversation, c *cachedChat) (Reply, error) {
	reply := Reply{Conversation: m.Conversation}
	if m.Score < 1 || m.Score > mostScore {
		return reply, problem.New(problem.OutOfRange, "field", "score", "min", 1, "max", mostScore)
	}
	if c.state.Status() != chat.Closed {
		return reply, problem.New(problem.StateNotAllowed)
	}
	t, err := w.chat(m.Conversation)
	if err != nil {
		return reply, err
	}
	return reply, w.say(t, chat.Say{Topic: chat.Staff, Line: chat.LineRated, Params: map[string]string{"score": strconv.Itoa(m.Score)}})
}

// markReceived stores how far a reader got, at most once a second.
func (w *work) markReceived(q Request, m MarkReceived, c *cachedChat) (Reply, error) {
	by := author(q.Actor)
	p, ok := c.state.Participant(by)
	if !ok || !p.LeftAt.IsZero() || c.state.Status() == chat.Closed {
		return Reply{Conversation: m.Conversation}, nil // too late to matter to anybody
	}
	if !w.round.e.receipts.now(receiptKey{w.floor.org, m.Conversation, by}, m.Delivered, m.Seen, w.now) {
		return Reply{Conversation: m.Conversation}, nil
	}
	t, err := w.chat(m.Conversation)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Conversation: m.Conversation}, w.say(t, chat.Receive{By: by, Delivered: m.Delivered, Seen: m.Seen})
}

// showTyping tells the others; it is not stored.
func (w *work) showTyping(q Request, m ShowTyping, c *cachedChat) (Reply, error) {
	p, ok := c.state.Participant(author(q.Actor))
	if !ok || !p.LeftAt.IsZero() {
		return Reply{}, problem.New(problem.NotParticipant)
	}
	w.round.signal(w, m.Conversation, Signal{Kind: "typing", Data: view.Typing{By: p.Number, Name: p.Name, On: m.On}})
	return Reply{Conversation: m.Conversation}, nil
}

// deleteAsset takes an asset away for good. Whoever does it types its name.
func (w *work) deleteAsset(m DeleteAsset) (Reply, error) {
	c := w.floor.state.Config()
	for i, a := range c.Assets {
		if a.ID != m.Asset {
			continue
		}
		switch {
		case a.Deleted:
			return Reply{}, nil
		case m.Confirmation == "" || m.Confirmation != a.Name.En && m.Confirmation != a.Name.Ar:
			return Reply{}, problem.New(problem.ConfirmationMissing, "name", a.Name.In("en"))
		}
		a.Deleted = true
		a.Version++
		next := c
		next.Assets = append([]org.Asset(nil), c.Assets...)
		next.Assets[i] = a
		next.Version++
		return Reply{}, w.configure(next, org.Config{Assets: []org.Asset{a}, Version: next.Version})
	}
	return Reply{}, problem.New(problem.NotFound)
}

// storedPart reads a part that has left the floor.
func (r *round) storedPart(o id.Org, part id.Part) (routing.Part, error) {
	p, err := r.e.store.Part(context.Background(), o, part)
	if err != nil && problem.CodeOf(err) != problem.NotFound {
		err = unavailable(err)
	}
	return p, err
}
