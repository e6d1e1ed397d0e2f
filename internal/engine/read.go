package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

const (
	threadShown = 50  // entries in the snapshot of a conversation
	staffShown  = 500 // notes and lines in the snapshot of the staff's thread
	threadPage  = 500 // entries read at once
)

// answer asks a question about an organization's floor in the loop.
func answer[T any](ctx context.Context, e *Engine, o id.Org, f func(fl *floor, now time.Time) (T, error)) (T, error) {
	return ask(ctx, e, func(now time.Time) (v T, err error) {
		fl, err := e.floor(o, now)
		if err != nil {
			return v, err
		}
		return f(fl, now)
	})
}

// ask asks a question in the loop. Who stops waiting gets nothing: the loop may
// be writing the answer at that moment.
func ask[T any](ctx context.Context, e *Engine, f func(now time.Time) (T, error)) (T, error) {
	var v, none T
	err := e.question(ctx, func(now time.Time) (err error) {
		v, err = f(now)
		return err
	})
	if err != nil {
		return none, err
	}
	return v, nil
}

// reading is what somebody may read of a conversation.
type reading struct {
	relation access.Relation
	audience view.Audience
	names    view.Book
	// withheld: not how to reach the customer.
	withheld bool
}

// reading is what the actor may read of a conversation that they may read.
func (f *floor) reading(a access.Actor, rel access.Relation) reading {
	r := reading{relation: rel, audience: view.Staff, names: f.names}
	if a.Kind == access.Customer {
		r.audience = view.Customer
	}
	r.withheld = f.state.Config().Organization.Settings.HideContact && access.Allow(a, access.ReadContact, rel) != nil
	return r
}

// conversation is a snapshot of one as it may be read.
func (r reading) conversation(record chat.Record, entries []chat.Entry, more bool) view.Conversation {
	v := view.ConversationOf(record, entries, more, r.audience, r.names)
	if r.withheld {
		return view.WithoutContact(v)
	}
	return v
}

// mayRead asks the floor whether the actor may read a topic of a conversation.
func (e *Engine) mayRead(ctx context.Context, a access.Actor, c id.Conversation, op access.Operation) (reading, error) {
	r, err := answer(ctx, e, a.Org, func(f *floor, _ time.Time) (r reading, err error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return r, err
		}
		r = f.reading(a, f.relation(a, cached.state))
		if a.Kind == access.Customer {
			f.waiting.again(c)
		}
		return r, access.Allow(a, op, r.relation)
	})
	if err == nil && a.Kind == access.Staff && !r.relation.TakesPart() {
		err = e.noteReading(ctx, a, c)
	}
	return r, err
}

// until is the last number that the actor may read of the public topic; false
// if all of it. Whoever wraps up reads what was there before they left.
func (r reading) until(a access.Actor, record chat.Record) (p chat.Participant, limited bool) {
	if r.relation != access.WrappingUp || a.May(org.MayReadAll) {
		return p, false
	}
	for _, p := range record.Participants {
		if p.User == a.User && p.LeftSeq > 0 {
			return p, true
		}
	}
	return p, false
}

// Snapshot is a topic as the actor may see it ([view.Desk],
// [view.Conversation], [view.StaffThread]), and the number of its last event.
func (e *Engine) Snapshot(ctx context.Context, a access.Actor, topic string) (data any, head id.Seq, err error) {
	switch t := parseTopic(topic); {
	case t.user != "":
		return e.deskSnapshot(ctx, a, t.user)
	case t.conversation == "":
		return nil, 0, problem.New(problem.NotFound)
	case t.staff:
		return e.staffSnapshot(ctx, a, t.conversation)
	default:
		return e.conversationSnapshot(ctx, a, t.conversation)
	}
}

type topicName struct {
	user         id.User
	conversation id.Conversation
	staff        bool
}

func parseTopic(topic string) (t topicName) {
	if u, ok := strings.CutPrefix(topic, "agent/"); ok {
		t.user = id.User(u)
	}
	if c, ok := strings.CutPrefix(topic, "conv/"); ok {
		c, t.staff = strings.CutSuffix(c, "/staff")
		t.conversation = id.Conversation(c)
	}
	return t
}

func (e *Engine) deskSnapshot(ctx context.Context, a access.Actor, user id.User) (data any, head id.Seq, err error) {
	if err := ownDesk(a, user); err != nil {
		return nil, 0, err
	}
	data, err = answer(ctx, e, a.Org, func(f *floor, _ time.Time) (any, error) {
		head = f.heads[user]
		return f.desk(user), nil
	})
	return data, head, err
}

// ownDesk: a desk is read by the agent whose it is.
func ownDesk(a access.Actor, user id.User) error {
	if err := access.Allow(a, access.ReadDesk, access.None); err != nil {
		return err
	}
	if a.User != user {
		return problem.New(problem.NotFound)
	}
	return nil
}

// Desk is the actor's own desk.
func (e *Engine) Desk(ctx context.Context, a access.Actor) (view.Desk, id.Seq, error) {
	data, head, err := e.deskSnapshot(ctx, a, a.User)
	d, _ := data.(view.Desk)
	return d, head, err
}

func (e *Engine) conversationSnapshot(ctx context.Context, a access.Actor, c id.Conversation) (any, id.Seq, error) {
	r, err := e.mayRead(ctx, a, c, access.ReadConversation)
	if err != nil {
		return nil, 0, err
	}
	t, head, err := e.thread(ctx, a, c, r, Window{Limit: threadShown, Shown: true})
	if err != nil {
		return nil, 0, err
	}
	if head < t.Record.Head {
		v, err := e.asLeft(ctx, a, c, r, t.Record.Header, head)
		return v, head, err
	}
	return r.conversation(t.Record, t.Entries, t.More), head, nil
}

// thread reads the public topic as far as the actor may, and the number at
// which that ends.
func (e *Engine) thread(ctx context.Context, a access.Actor, c id.Conversation, r reading, w Window) (t Thread, head id.Seq, err error) {
	if t, err = e.reader.Thread(ctx, a.Org, c, chat.Public, w); err != nil {
		return t, 0, read(err)
	}
	p, limited := r.until(a, t.Record)
	if !limited {
		return t, t.Record.Head, nil
	}
	if !w.Forward && (w.Before == 0 || w.Before > p.LeftSeq+1) {
		w.Before = p.LeftSeq + 1
		if t, err = e.reader.Thread(ctx, a.Org, c, chat.Public, w); err != nil {
			return t, 0, read(err)
		}
	}
	if later := slices.IndexFunc(t.Entries, func(e chat.Entry) bool { return e.Seq > p.LeftSeq }); later >= 0 {
		t.Entries, t.More = t.Entries[:later], false
	}
	return t, reached(p.LeftSeq, w, t.Record.Head), nil
}

// reached is where a topic ends for somebody who left at the number left. Who
// was asked in again since, and did not come, was told more than that and goes
// on from there: nothing new, and no fault of theirs.
func reached(left id.Seq, w Window, head id.Seq) id.Seq {
	if w.Forward {
		return max(left, min(w.After, head))
	}
	return left
}

// asLeft is a conversation as it was at a number: to whoever left there, who
// takes part now and how it stands is not shown. It is told again from the
// beginning, as it was told then.
func (e *Engine) asLeft(ctx context.Context, a access.Actor, c id.Conversation, r reading, h chat.Header, head id.Seq) (view.Conversation, error) {
	v := r.conversation(chat.New(h).Record(), nil, false)
	for last := id.Seq(0); last < head; {
		t, err := e.reader.Thread(ctx, a.Org, c, chat.Public, Window{Forward: true, After: last, Limit: threadPage})
		if err != nil {
			return v, read(err)
		}
		if len(t.Entries) == 0 {
			break
		}
		for _, entry := range t.Entries {
			if last = entry.Seq; last > head {
				break
			}
			if ev, ok := view.EventOf(c, entry, r.audience, r.names); ok {
				v = view.Apply(v, ev)
			}
		}
	}
	if n := len(v.Entries) - threadShown; n > 0 {
		v.Entries, v.More = v.Entries[n:], true
	}
	return v, nil
}

func (e *Engine) staffSnapshot(ctx context.Context, a access.Actor, c id.Conversation) (any, id.Seq, error) {
	r, err := e.mayRead(ctx, a, c, access.ReadStaffThread)
	if err != nil {
		return nil, 0, err
	}
	entries, head, err := e.staffThread(ctx, a, c, r, Window{Limit: staffShown})
	if err != nil {
		return nil, 0, err
	}
	return view.StaffThreadOf(c, entries, r.names), head, nil
}

// staffThread reads the staff's topic as far as the actor may. Whoever left
// reads what was written before.
func (e *Engine) staffThread(ctx context.Context, a access.Actor, c id.Conversation, r reading, w Window) ([]chat.Entry, id.Seq, error) {
	t, err := e.reader.Thread(ctx, a.Org, c, chat.Staff, w)
	if err != nil {
		return nil, 0, read(err)
	}
	p, limited := r.until(a, t.Record)
	if !limited {
		return t.Entries, t.Record.StaffHead, nil
	}
	head := t.Record.StaffHead
	if later := slices.IndexFunc(t.Entries, func(e chat.Entry) bool { return e.After >= p.LeftSeq }); later >= 0 {
		head = reached(t.Entries[later].Seq-1, w, t.Record.StaffHead)
		t.Entries = t.Entries[:later]
	}
	return t.Entries, head, nil
}

// read is the error of a read from the store for a caller.
func read(err error) error {
	if problem.CodeOf(err) == problem.NotFound {
		return problem.New(problem.NotFound)
	}
	return unavailable(err)
}

// Since are up to limit events of a topic after since, in order without a
// hole, and the number of the last event there is. If events after since are
// no longer kept, events is empty and head is above since. A since above head
// is [problem.SeqAhead].
func (e *Engine) Since(ctx context.Context, a access.Actor, topic string, since id.Seq, limit int) (events []view.Event, head id.Seq, err error) {
	switch t := parseTopic(topic); {
	case t.user != "":
		events, head, err = e.deskSince(ctx, a, t.user, since, limit)
	case t.conversation == "":
		return nil, 0, problem.New(problem.NotFound)
	default:
		events, head, err = e.conversationSince(ctx, a, t, since, limit)
	}
	if err == nil && since > head {
		return nil, head, problem.New(problem.SeqAhead, "head", head)
	}
	return events, head, err
}

func (e *Engine) deskSince(ctx context.Context, a access.Actor, user id.User, since id.Seq, limit int) ([]view.Event, id.Seq, error) {
	_, head, err := e.deskSnapshot(ctx, a, user)
	if err != nil || since >= head {
		return nil, head, err
	}
	events, err := e.reader.Feed(ctx, a.Org, user, since, limit)
	if err != nil {
		return nil, 0, read(err)
	}
	if n := len(events); n > 0 {
		head = max(head, events[n-1].Seq)
	}
	return events, head, nil
}

func (e *Engine) conversationSince(ctx context.Context, a access.Actor, t topicName, since id.Seq, limit int) (events []view.Event, head id.Seq, err error) {
	op := access.ReadConversation
	if t.staff {
		op = access.ReadStaffThread
	}
	r, err := e.mayRead(ctx, a, t.conversation, op)
	if err != nil {
		return nil, 0, err
	}
	w := Window{Forward: true, After: since, Limit: limit}
	if t.staff {
		entries, head, err := e.staffThread(ctx, a, t.conversation, r, w)
		for _, entry := range entries {
			if ev, ok := view.StaffEventOf(t.conversation, entry, r.names); ok {
				events = append(events, ev)
			}
		}
		return events, head, err
	}
	thread, head, err := e.thread(ctx, a, t.conversation, r, w)
	for _, entry := range thread.Entries {
		if ev, ok := view.EventOf(t.conversation, entry, r.audience, r.names); ok {
			events = append(events, ev)
		}
	}
	return events, head, err
}

// Entries are up to limit lines of a conversation with numbers below before
// (0: from the end), oldest first, and whether older ones exist.
func (e *Engine) Entries(ctx context.Context, a access.Actor, c id.Conversation, before id.Seq, limit int) (entries []view.Entry, more bool, err error) {
	r, err := e.mayRead(ctx, a, c, access.ReadConversation)
	if err != nil {
		return nil, false, err
	}
	t, _, err := e.thread(ctx, a, c, r, Window{Before: before, Limit: min(max(limit, 1), 200), Shown: true})
	if err != nil {
		return nil, false, err
	}
	return r.conversation(t.Record, t.Entries, t.More).Entries, t.More, nil
}

// Relation is what the actor is to a conversation now.
func (e *Engine) Relation(ctx context.Context, a access.Actor, c id.Conversation) (access.Relation, error) {
	return answer(ctx, e, a.Org, func(f *floor, _ time.Time) (access.Relation, error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return access.None, err
		}
		return f.relation(a, cached.state), nil
	})
}

// Targets are the queues and agents a conversation could be given to now.
func (e *Engine) Targets(ctx context.Context, a access.Actor, c id.Conversation) (view.Targets, error) {
	return answer(ctx, e, a.Org, func(f *floor, now time.Time) (view.Targets, error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return view.Targets{}, err
		}
		if err := access.Allow(a, access.ReadTargets, f.relation(a, cached.state)); err != nil {
			return view.Targets{}, err
		}
		f.choosing.looks(a.User, now)
		return view.TargetsOf(now, f.state, c, a.User, f.book), nil
	})
}

// Place is the customer's place in the queue as last told; false if the
// conversation does not wait.
func (e *Engine) Place(ctx context.Context, a access.Actor, c id.Conversation) (place view.Waiting, waits bool, err error) {
	place, err = answer(ctx, e, a.Org, func(f *floor, _ time.Time) (v view.Waiting, err error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return v, err
		}
		if err := access.Allow(a, access.ReadConversation, f.relation(a, cached.state)); err != nil {
			return v, err
		}
		if _, pending := f.state.Position(c); !pending {
			return v, nil
		}
		p, ok := f.waiting.places[c]
		if waits = ok; ok {
			v = p.waiting()
		}
		return v, nil
	})
	return place, waits, err
}

// Config is the organization's configuration, for its staff.
func (e *Engine) Config(ctx context.Context, a access.Actor) (org.Config, error) {
	if err := access.Allow(a, access.ReadConfig, access.None); err != nil {
		return org.Config{}, err
	}
	return answer(ctx, e, a.Org, func(f *floor, _ time.Time) (org.Config, error) { return f.state.Config(), nil })
}

// Agents are the states of everybody who may be an agent, in order of name.
func (e *Engine) Agents(ctx context.Context, a access.Actor) ([]view.Agent, error) {
	if err := access.Allow(a, access.ReadAgents, access.None); err != nil {
		return nil, err
	}
	return answer(ctx, e, a.Org, func(f *floor, _ time.Time) ([]view.Agent, error) {
		var all []view.Agent
		c := f.state.Config()
		for _, u := range c.Users {
			if !u.Disabled && c.Permits(u.Roles, org.MayAnswer) {
				all = append(all, f.desk(u.ID).Agent)
			}
		}
		slices.SortStableFunc(all, func(x, y view.Agent) int { return cmp.Compare(x.Name, y.Name) })
		return all, nil
	})
}

// AssetImpact counts the conversations of an asset that have not ended: what
// deleting it would interrupt or close.
func (e *Engine) AssetImpact(ctx context.Context, a access.Actor, asset id.Asset) (live int, err error) {
	if err := access.Allow(a, access.ReadImpact, access.None); err != nil {
		return 0, err
	}
	return answer(ctx, e, a.Org, func(f *floor, _ time.Time) (int, error) {
		if !slices.ContainsFunc(f.state.Config().Assets, func(x org.Asset) bool { return x.ID == asset }) {
			return 0, problem.New(problem.NotFound)
		}
		n := 0
		for k := range f.open {
			if k.asset == asset {
				n++
			}
		}
		return n, nil
	})
}

// Expected are the actors the floors believe to be connected: agents who are
// signed in and not lost, customers of open conversations who are not lost.
func (e *Engine) Expected(ctx context.Context) ([]access.Actor, error) {
	return ask(ctx, e, func(time.Time) (all []access.Actor, _ error) {
		for o, f := range e.floors {
			records := f.state.Records()
			for _, a := range records.Agents {
				if a.Presence == routing.SignedOut || !a.LostAt.IsZero() {
					continue
				}
				actor := access.Actor{Kind: access.Staff, Org: o, User: a.ID}
				if u := f.users[a.ID]; u != nil {
					actor.Roles, actor.Granted = u.Roles, f.state.Config().Granted(u.Roles)
				}
				all = append(all, actor)
			}
			for _, c := range records.Conversations {
				if c.ClosedAt.IsZero() && c.CustomerLostAt.IsZero() {
					all = append(all, access.Actor{Kind: access.Customer, Org: o, Customer: c.Customer, Conversation: c.ID})
				}
			}
		}
		return all, nil
	})
}

// Heads are the numbers of the last events of topics; 0 for unknown ones.
func (e *Engine) Heads(ctx context.Context, o id.Org, topics []string) ([]id.Seq, error) {
	heads := make([]id.Seq, len(topics))
	var unknown []int
	_, err := answer(ctx, e, o, func(f *floor, _ time.Time) (none struct{}, err error) {
		for i, topic := range topics {
			t := parseTopic(topic)
			if t.user != "" {
				heads[i] = f.heads[t.user]
				continue
			}
			c, ok := e.chats.byKey[chatKey{o, t.conversation}]
			if !ok {
				unknown = append(unknown, i)
				continue
			}
			public, staff := c.state.Heads()
			heads[i] = public
			if t.staff {
				heads[i] = staff
			}
		}
		return none, nil
	})
	if err != nil {
		return nil, err
	}
	for _, i := range unknown {
		t := parseTopic(topics[i])
		topic := chat.Public
		if t.staff {
			topic = chat.Staff
		}
		if heads[i], err = e.reader.Head(ctx, o, t.conversation, topic); err != nil {
			return nil, unavailable(err)
		}
	}
	return heads, nil
}
