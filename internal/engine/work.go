package engine

import (
	"slices"
	"time"

	"hiwar/internal/audit"
	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// work is one organization's share of a round.
type work struct {
	round     *round
	floor     *floor
	now       time.Time
	config    *org.Config // with changed objects only, if any changed
	effects   []routing.Effect
	chats     []*chatWork
	byChat    map[id.Conversation]*chatWork
	replies   []StoredReply
	audit     []audit.Record
	joined    []Joined
	erased    []id.Conversation // what was said in them, and who said it
	forgotten []id.Customer     // who they were to sites, and their browsers
	holds     []Hold
	retold    []id.User         // whose desks name somebody who was erased
	proven    []id.Conversation // whose customers are known now
	feed      []FeedEvent
	desks     map[id.User]view.Desk // changed by the round
	all       bool                  // every desk may have changed
	changes   int                   // grows with everything that happens
}

// chatWork is what the round does to one conversation.
type chatWork struct {
	cached                *cachedChat
	begins                bool
	wasHead, wasStaffHead id.Seq
	entries               []chat.Entry
	revoked               []revocation
}

// revocation: a user reads what was there, and nothing after it.
type revocation struct {
	after int // so many entries of the round
	user  id.User
}

func newWork(r *round, f *floor) *work {
	return &work{round: r, floor: f, now: r.now, byChat: map[id.Conversation]*chatWork{}, desks: map[id.User]view.Desk{}}
}

// tick lets happen what is due. The first time after loading, the
// configuration is put in force again (it may have been changed while nobody
// ran) and the invariants are checked.
func (w *work) tick() {
	f := w.floor
	var ev routing.Event = routing.Tick{}
	if !f.checked {
		ev = routing.Configure{Config: f.state.Config()}
	}
	if err := w.step(ev); err != nil {
		w.violation("a timer was refused", err)
		return
	}
	if !f.checked {
		f.checked = true
		if err := f.state.Check(w.now); err != nil {
			w.violation("a floor as loaded breaks an invariant", err)
		}
	}
}

// violation says that a machine contradicts itself or the other one: a fault
// of ours, which costs one effect and not the service.
func (w *work) violation(what string, err error) {
	w.round.e.counts.Violations.Add(1)
	w.round.e.log.Error(what, "org", w.floor.org, "error", err)
}

// step steps the floor and carries what follows over to the conversations. A
// refused event has no effect at all.
func (w *work) step(ev routing.Event) error {
	effects, err := w.floor.journal.Step(w.floor.state, w.now, ev)
	if err != nil {
		return err
	}
	if len(effects) == 0 {
		return nil // most messages change nothing that anybody sees but themselves
	}
	w.effects = append(w.effects, effects...)
	w.changes += len(effects)
	for _, a := range translate(effects, w.floor.userName) {
		c, err := w.chat(a.conversation)
		if err != nil {
			return err // cannot be read: the round is not stored
		}
		if a.revoke != "" {
			c.revoked = append(c.revoked, revocation{c.readBy(a.revoke), a.revoke})
			continue
		}
		if err := w.say(c, a.event); err != nil {
			w.violation("the floor and a conversation disagree", err)
		}
	}
	w.keepBooks(effects)
	return nil
}

// readBy is how many of the round's entries somebody reads who loses the right
// to it now. Whoever took part reads up to the line that says that they left,
// and not what the same step says after it.
func (c *chatWork) readBy(u id.User) int {
	p, took := c.cached.state.Participant(chat.Author{User: u})
	for i, e := range c.entries {
		if took && e.Topic == chat.Public && e.Seq == p.LeftSeq {
			return i + 1
		}
	}
	return len(c.entries)
}

// say steps one conversation.
func (w *work) say(c *chatWork, ev chat.Event) error {
	entries, err := c.cached.state.Step(w.now, ev)
	if err != nil {
		return err
	}
	c.entries = append(c.entries, entries...)
	w.changes += len(entries)
	for _, e := range entries {
		if e.Kind == chat.KindMessage || e.Kind == chat.KindNote {
			w.round.e.chats.said(c.cached, 1)
		}
	}
	return nil
}

// chat gives a conversation that the round touches.
func (w *work) chat(c id.Conversation) (*chatWork, error) {
	if found, ok := w.byChat[c]; ok {
		return found, nil
	}
	cached, err := w.round.e.chat(w.floor.org, c)
	if err != nil {
		w.round.fail(err)
		return nil, err
	}
	return w.touch(cached, false), nil
}

func (w *work) touch(cached *cachedChat, begins bool) *chatWork {
	c := &chatWork{cached: cached, begins: begins}
	c.wasHead, c.wasStaffHead = cached.state.Heads()
	w.byChat[cached.key.conv] = c
	w.chats = append(w.chats, c)
	return c
}

// begin adds a new conversation.
func (w *work) begin(h chat.Header) *chatWork {
	w.floor.headers[h.ID] = h
	return w.touch(w.round.e.chats.add(chatKey{w.floor.org, h.ID}, chat.New(h), 0, nil), true)
}

// keepBooks keeps what is derived from the floor up with it.
func (w *work) keepBooks(effects []routing.Effect) {
	f := w.floor
	if len(effects) > 0 {
		f.choosing.changed()
	}
	for _, e := range effects {
		switch e := e.(type) {
		case routing.PresenceChanged:
			delete(f.missed, e.Agent)
			if a, ok := f.state.Agent(e.Agent); ok && a.Missed != nil {
				f.missed[e.Agent], _ = f.header(a.Missed.Conversation)
			}
		case routing.PartBegun:
			if e.Kind == routing.TaskQueue {
				f.waiting.answered(e.Conversation, w.now)
			}
		case routing.ConversationClosed:
			if h, ok := f.headers[e.Conversation]; ok {
				delete(f.open, customerAsset{h.Customer, h.Asset})
			}
		}
		if onCards(e) != "" {
			f.waiting.dirty = true
		}
	}
}

// batch is what is to be stored; false if nothing is.
func (w *work) batch() (b OrgBatch, changed bool) {
	b = OrgBatch{Org: w.floor.org, Epoch: w.round.e.epochs[w.floor.org], Config: w.config, Floor: w.floor.state.TakeChanges(), Replies: w.replies, Audit: w.audit, Joined: w.joined, Erased: w.erased, Forgotten: w.forgotten, Holds: w.holds}
	w.tellDesks(b.Floor)
	b.Feed = w.feed
	for _, c := range w.chats {
		if len(c.entries) == 0 && !c.begins {
			continue
		}
		b.Chats = append(b.Chats, ChatChange{
			Record: c.cached.state.Record(), New: c.begins, Entries: c.entries, WasHead: c.wasHead, WasStaffHead: c.wasStaffHead,
		})
	}
	f := b.Floor
	rows := len(f.Agents) + len(f.Conversations) + len(f.Tasks) + len(f.Offers) + len(f.Parts)
	return b, rows+len(b.Chats)+len(b.Feed)+len(b.Replies)+len(b.Audit)+len(b.Joined)+len(b.Erased)+len(b.Forgotten)+len(b.Holds) > 0 || b.Config != nil
}

// stored brings memory up with what is on disk now.
func (w *work) stored() {
	for _, c := range w.chats {
		c.cached.state.TakeSent()
		w.round.e.chats.sort(c.cached)
	}
	for u, d := range w.desks {
		w.floor.desks[u] = d
	}
	for _, e := range w.feed {
		w.floor.heads[e.User] = e.Event.Seq
	}
	w.forgetHeaders()
	w.forgetJoined()
	w.forgetErased()
}

// forgetHeaders drops the headers of conversations that have left the floor.
func (w *work) forgetHeaders() {
	for _, c := range w.chats {
		conv := c.cached.key.conv
		if _, there := w.floor.state.Conversation(conv); !there {
			delete(w.floor.headers, conv)
		}
	}
}

// tellDesks finds what changed on the desks that the round may have changed.
func (w *work) tellDesks(changed routing.Records) {
	for _, u := range w.touchedAgents(changed) {
		before, after := w.floor.desk(u), view.DeskOf(w.floor.state, u, w.floor.book)
		events := view.DeskEvents(w.now, before, after, w.effects)
		if len(events) == 0 {
			continue
		}
		head := w.floor.heads[u]
		for _, e := range events {
			head++
			e.Seq = head
			w.feed = append(w.feed, FeedEvent{User: u, Event: e})
		}
		w.desks[u] = after
	}
}

// touchedAgents are those whose own records changed, and those who have a card
// of a conversation that an effect names; in order.
func (w *work) touchedAgents(changed routing.Records) []id.User {
	var users []id.User
	for _, a := range changed.Agents {
		users = append(users, a.ID)
	}
	for _, o := range changed.Offers {
		users = append(users, o.Agent)
	}
	for _, p := range changed.Parts {
		users = append(users, p.Agent)
	}
	for _, e := range w.effects {
		if c := onCards(e); c != "" {
			for _, p := range w.floor.state.PartsIn(c) {
				users = append(users, p.Agent)
			}
		}
	}
	for _, c := range w.proven {
		users = append(users, w.floor.concerned(c)...)
	}
	users = append(users, w.retold...)
	if w.all {
		for u := range w.floor.desks {
			users = append(users, u)
		}
	}
	slices.Sort(users)
	return slices.Compact(users)
}
