package routing

import (
	"slices"

	"github.com/tidwall/btree"

	"hiwar/internal/id"
)

// This file is the only one that writes records. Everything that follows from
// a record (who holds what, the order of the queues, who is free, what is due)
// is brought up to date here, so that it cannot be forgotten elsewhere.

// place is a queued task's place in its line. Places are compared by queue,
// then by who is next: the one who waits longest, where each priority below 1
// costs one ageing. Nothing in it changes while the customer waits, so nobody
// is overtaken by someone who came more than 8 × ageing later.
type place struct {
	queue id.Queue
	class int   // the priority, where ageing is off; else 0. Left messages are in the last class
	at    int64 // milliseconds
	task  id.Task
}

func (a place) before(b place) bool {
	switch {
	case a.class != b.class:
		return a.class < b.class
	case a.at != b.at:
		return a.at < b.at
	default:
		return a.task < b.task
	}
}

func (s *State) placeOf(t *Task) place {
	p := place{queue: t.Queue, at: t.WaitingSince.UnixMilli(), task: t.ID}
	if t.LeftMessage {
		p.class = messageClass
	} else if ageing := s.setup.settings.Ageing; ageing > 0 {
		p.at += int64(t.Priority-1) * ageing.Milliseconds()
	} else {
		p.class = t.Priority
	}
	return p
}

func (s *State) clearIndexes() {
	none := btree.Options{NoLocks: true}
	s.lines = btree.NewBTreeGOptions(lessPlace, none)
	s.ready = btree.NewBTreeGOptions(lessTurn, none)
	s.free = btree.NewBTreeGOptions(lessChair, none)
	s.due = btree.NewBTreeGOptions(lessTimer, none)
	s.kept = btree.NewBTreeGOptions(lessKept, none)
	s.tallies.Clear()
	s.filled = 0
	s.dirty.Clear()
	s.present.Clear()
	s.there.Clear()
	s.counted = 0
	s.deserted.Clear()
}

func lessPlace(a, b place) bool {
	if a.queue != b.queue {
		return a.queue < b.queue
	}
	return a.before(b)
}

// Agents.

// putAgent keeps a new or changed agent's record.
func (s *State) putAgent(rec Agent) {
	next := &agent{Agent: rec}
	if old, ok := s.agents.Get(rec.ID); ok {
		next.offers, next.parts, next.holdings = old.offers, old.parts, old.holdings
	}
	s.changes.agents.Set(rec.ID, next)
	s.replaceAgent(next)
}

// changeAgent keeps an agent's record as f changed it.
func (s *State) changeAgent(a id.User, f func(*Agent)) {
	if old, ok := s.agents.Get(a); ok {
		rec := old.Agent
		f(&rec)
		s.putAgent(rec)
	}
}

// replaceAgent keeps the indexes in step with an agent who is now next.
func (s *State) replaceAgent(next *agent) {
	old, _ := s.agents.Set(next.ID, next)
	s.reseat(old, next)
	s.comeOrGo(old, next)
	s.comeOrGone(old, next)
	for _, t := range s.agentTimers(old) {
		s.due.Delete(t)
	}
	for _, t := range s.agentTimers(next) {
		s.due.Set(t)
	}
}

// Conversations.

// putConversation keeps a new or changed conversation's record.
func (s *State) putConversation(rec Conversation) {
	var next *conversation
	if old, ok := s.conversations.Get(rec.ID); ok {
		was := *old // what it requires is said when it begins, and stays
		was.Conversation = rec
		next = &was
	} else {
		next = newConversation(rec)
	}
	s.changes.conversations.Set(rec.ID, next)
	s.replaceConversation(next)
	if t, ok := s.tasks.Get(next.pending); ok {
		s.reindexTask(t, t)
	}
}

// changeConversation keeps a conversation's record as f changed it.
func (s *State) changeConversation(c id.Conversation, f func(*Conversation)) {
	if old, ok := s.conversations.Get(c); ok {
		rec := old.Conversation
		f(&rec)
		s.putConversation(rec)
	}
}

// relinkConversation changes what follows for a conversation from its tasks,
// offers and parts; its record stays.
func (s *State) relinkConversation(c id.Conversation, f func(*conversation)) {
	if old, ok := s.conversations.Get(c); ok {
		next := *old
		f(&next)
		s.replaceConversation(&next)
	}
}

// replaceConversation keeps the timers in step; a closed conversation that
// everybody has wrapped up leaves the floor.
func (s *State) replaceConversation(next *conversation) {
	for _, t := range next.timers {
		s.due.Delete(t)
	}
	next.timers = s.conversationTimers(next)
	for _, t := range next.timers {
		s.due.Set(t)
	}
	if !next.open() && len(next.parts) == 0 {
		s.conversations.Delete(next.ID)
		return
	}
	s.conversations.Set(next.ID, next)
}

// Tasks.

// putTask keeps a new or changed task.
func (s *State) putTask(t Task) {
	s.changes.tasks.Set(t.ID, &t)
	old, _ := s.tasks.Get(t.ID)
	pending := t.State == TaskWaiting || t.State == TaskOffered
	if t.State == TaskEnded {
		s.tasks.Delete(t.ID)
	} else {
		s.tasks.Set(t.ID, &t)
	}
	s.relinkConversation(t.Conversation, func(c *conversation) {
		switch {
		case pending:
			c.pending = t.ID
		case c.pending == t.ID:
			c.pending = 0
		}
	})
	s.reindexTask(old, &t)
}

// reindexTask moves a task from where old stood in its queue to where next
// stands.
func (s *State) reindexTask(old, next *Task) {
	s.unschedule(s.taskTimers(old))
	s.schedule(s.taskTimers(next))
	if old != nil && old.isQueued() {
		s.lines.Delete(s.placeOf(old))
		s.ready.Delete(turn{s.poolOf(old), s.placeOf(old)})
		s.kept.Delete(kept{old.KeptFor, old.ID})
		s.unschedule(s.visitTimers(old))
	}
	if !next.isQueued() {
		return
	}
	s.lines.Set(s.placeOf(next))
	s.schedule(s.visitTimers(next))
	if next.KeptFor != "" {
		s.kept.Set(kept{next.KeptFor, next.ID})
	}
	if s.isReady(next) {
		pool := s.poolOf(next)
		s.ready.Set(turn{pool, s.placeOf(next)})
		s.dirty.Insert(pool)
	}
}

// isQueued reports whether the task waits in a queue or is offered from it.
func (t *Task) isQueued() bool {
	return t.Kind == TaskQueue && (t.State == TaskWaiting || t.State == TaskOffered)
}

// isReady reports whether a task may be offered: it waits, and its customer is
// there or has left a message.
func (s *State) isReady(t *Task) bool {
	c, ok := s.conversations.Get(t.Conversation)
	return ok && t.State == TaskWaiting && (!c.Away || c.LeftMessage)
}

// Offers.

// putOffer keeps a new or changed offer.
func (s *State) putOffer(o Offer) {
	s.changes.offers.Set(o.ID, &o)
	old, known := s.offers.Get(o.ID)
	if known {
		s.unschedule(s.offerTimers(old))
	}
	if o.End == OfferOpen {
		s.offers.Set(o.ID, &o)
		s.schedule(s.offerTimers(&o))
		s.relinkConversation(o.Conversation, func(c *conversation) { c.offer = o.ID })
	} else {
		s.offers.Delete(o.ID)
		s.remember(&o)
		s.relinkConversation(o.Conversation, func(c *conversation) { c.offer = 0 })
	}
	if open := o.End == OfferOpen; open != known {
		s.relinkAgent(o.Agent, func(a *agent) {
			a.offers = with(a.offers, o.ID, open)
			s.takeTurn(a, &o)
		})
	}
}

// takeTurn notes that the agent was offered work. It is part of the same change
// as the offer, so that the indexes move once.
func (s *State) takeTurn(a *agent, o *Offer) {
	if o.ID <= a.LastOffer {
		return // it ended, or is being loaded
	}
	a.LastOffer = o.ID
	if o.MadeAt.After(a.RankedAt) {
		a.RankedAt = o.MadeAt
	}
	s.changes.agents.Set(a.ID, a)
}

// Parts.

// putPart keeps a new or changed part.
func (s *State) putPart(p Part) {
	s.changes.parts.Set(p.ID, &p)
	old, known := s.parts.Get(p.ID)
	if known {
		s.unschedule(s.partTimers(old))
	}
	open := p.SubmittedAt.IsZero()
	if open {
		s.parts.Set(p.ID, &p)
		s.schedule(s.partTimers(&p))
	} else {
		s.parts.Delete(p.ID)
	}
	s.relinkConversation(p.Conversation, func(c *conversation) {
		if open != known {
			c.parts = with(c.parts, p.ID, open)
		}
		switch {
		case p.Role == Owner && p.EndedAt.IsZero():
			c.owner = p.ID
		case c.owner == p.ID:
			c.owner = 0
		}
	})
	if open != known {
		s.relinkAgent(p.Agent, func(a *agent) { a.parts = with(a.parts, p.ID, open) })
	}
}

// relinkAgent changes what follows for an agent from offers and parts; the
// agent's record stays.
func (s *State) relinkAgent(a id.User, f func(*agent)) {
	if old, ok := s.agents.Get(a); ok {
		next := *old
		f(&next)
		next.holdings = s.holdingsOf(&next)
		s.replaceAgent(&next)
	}
}

// with is a copy of an ordered list with x in it, or without.
func with[T ~int64](list []T, x T, in bool) []T {
	at, found := slices.BinarySearch(list, x)
	switch {
	case in && !found:
		return slices.Insert(slices.Clone(list), at, x)
	case !in && found:
		return slices.Delete(slices.Clone(list), at, at+1)
	}
	return list
}

func (s *State) schedule(timers []timer) {
	for _, t := range timers {
		s.due.Set(t)
	}
}

func (s *State) unschedule(timers []timer) {
	for _, t := range timers {
		s.due.Delete(t)
	}
}

// reindex builds everything that follows from the records anew, for a
// configuration that changed the rules.
func (s *State) reindex() {
	s.clearIndexes()
	for _, a := range s.allAgents() {
		next := *a
		next.holdings = s.holdingsOf(&next)
		s.agents.Set(a.ID, &next)
		s.comeOrGo(nil, &next)
		s.schedule(s.agentTimers(&next))
	}
	var all []*conversation
	s.conversations.Scan(func(_ id.Conversation, c *conversation) bool { all = append(all, c); return true })
	for _, c := range all {
		next := *c
		s.replaceConversation(&next)
	}
	s.tasks.Scan(func(_ id.Task, t *Task) bool {
		s.reindexTask(nil, t)
		if t.isQueued() {
			s.deserted.Insert(s.crowdOf(t))
		}
		return true
	})
	s.offers.Scan(func(_ id.Offer, o *Offer) bool { s.schedule(s.offerTimers(o)); return true })
	s.parts.Scan(func(_ id.Part, p *Part) bool { s.schedule(s.partTimers(p)); return true })
}

// goneOffer is what is remembered of an offer that ended, so that a late
// answer is told why it is late. A reload forgets it: then the answer is that
// there is no such offer.
type goneOffer struct {
	agent id.User
	end   OfferEnd
	cause Cause
}

const goneOffersKept = 1000

func (s *State) remember(o *Offer) {
	s.gone.Set(o.ID, goneOffer{o.Agent, o.End, o.Cause})
	for s.gone.Len() > goneOffersKept {
		s.gone.PopMin()
	}
}
