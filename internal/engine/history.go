package engine

import (
	"context"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// historyPage is how many conversations before this one are read at most.
const historyPage = 50

// History are up to limit conversations of the conversation's customer that
// have ended, newest first, begun before the one named before ("": all).
func (e *Engine) History(ctx context.Context, a access.Actor, c, before id.Conversation, limit int) (view.History, error) {
	v := view.History{Conversations: []view.PastConversation{}}
	customer, r, err := e.mayReadHistory(ctx, a, c)
	if err != nil {
		return v, err
	}
	past, more, err := e.reader.History(ctx, a.Org, customer, c, before, min(max(limit, 1), historyPage))
	if err != nil {
		return v, read(err)
	}
	for _, p := range past {
		v.Conversations = append(v.Conversations, view.PastOf(p.Record, p.Queue, p.Parts, p.Notes, r.names))
	}
	v.More = more
	return v, nil
}

// Earlier are up to limit conversations of the customer who asks that have
// ended, newest first, begun before the one named before ("": all). Whoever
// may list them may read each as its customer.
func (e *Engine) Earlier(ctx context.Context, a access.Actor, before id.Conversation, limit int) (view.Earlier, error) {
	v := view.Earlier{Conversations: []view.EarlierConversation{}}
	if err := access.Allow(a, access.ReadEarlier, access.None); err != nil {
		return v, err
	}
	past, more, err := e.reader.History(ctx, a.Org, a.Customer, "", before, min(max(limit, 1), historyPage))
	if err != nil {
		return v, read(err)
	}
	ids := make([]id.Conversation, len(past))
	for i := range past {
		ids[i] = past[i].Record.Header.ID
	}
	words, err := e.reader.LastWords(ctx, a.Org, ids)
	if err != nil {
		return v, read(err)
	}
	for i, c := range ids {
		v.Conversations = append(v.Conversations, view.EarlierOf(past[i].Record, beginning(words[c])))
	}
	v.More = more
	return v, nil
}

// PastConversation is one of [Engine.History] as it ended, with up to limit
// lines with numbers below before (0: from the end).
func (e *Engine) PastConversation(ctx context.Context, a access.Actor, c, past id.Conversation, before id.Seq, limit int) (v view.Conversation, err error) {
	customer, r, err := e.mayReadHistory(ctx, a, c)
	if err != nil {
		return v, err
	}
	t, err := e.reader.Thread(ctx, a.Org, past, chat.Public, Window{Before: before, Limit: min(max(limit, 1), 200), Shown: true})
	if err != nil {
		return v, read(err)
	}
	if past == c || t.Record.Header.Customer != customer || t.Record.Status != chat.Closed {
		return v, problem.New(problem.NotFound)
	}
	if err := e.noteReading(ctx, a, past); err != nil {
		return v, err
	}
	return r.conversation(t.Record, t.Entries, t.More), nil
}

// mayReadHistory is whose history it is that the actor may read beside a
// conversation, and what of it.
func (e *Engine) mayReadHistory(ctx context.Context, a access.Actor, c id.Conversation) (customer id.Customer, r reading, err error) {
	r, err = answer(ctx, e, a.Org, func(f *floor, _ time.Time) (r reading, err error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return r, err
		}
		customer = cached.state.Header().Customer
		r = f.reading(a, f.relation(a, cached.state))
		return r, access.Allow(a, access.ReadHistory, r.relation)
	})
	return customer, r, err
}
