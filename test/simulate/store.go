package simulate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// commitFault is what the next commit does.
type commitFault int

const (
	sound     commitFault = iota
	refusing              // fails and stores nothing: the disk is full
	uncertain             // stores everything and fails
)

var errInjected = errors.New("injected")

// memory is a store that remembers the whole day. It is the engine's only
// memory over restarts, and what the checker judges in the end.
type memory struct {
	config  org.Config
	now     time.Time
	agents  map[id.User]int // index in floor
	floor   []routing.Agent // in order of identifier
	tasks   []routing.Task  // by ordinal
	offers  []routing.Offer
	parts   []routing.Part
	open    lowWater
	last    routing.Records // the last ordinals handed out, some of them for nothing
	places  map[id.Conversation]*routing.Conversation
	order   []*thread // in the order in which they began
	alive   []*thread // those of them that may be on the floor
	threads map[id.Conversation]*thread
	feeds   map[id.User]*[]view.Event
	replies map[string][]engine.StoredReply // by scope
	byKey   map[engine.ReplyKey]engine.StoredReply

	fault   commitFault
	commits int
	hash    digest
	// seen is told of each batch before it is stored.
	seen func(b *engine.OrgBatch, now time.Time)
	// wrong collects what a batch contradicts.
	wrong []string
}

// lowWater: everything below these ordinals has ended.
type lowWater struct{ task, offer, part int }

// thread is everything of one conversation.
type thread struct {
	record         chat.Record // Sent holds all
	public, staffs []chat.Entry
}

func newMemory(c org.Config) *memory {
	return &memory{
		config: c, agents: map[id.User]int{}, places: map[id.Conversation]*routing.Conversation{}, threads: map[id.Conversation]*thread{},
		feeds: map[id.User]*[]view.Event{}, replies: map[string][]engine.StoredReply{}, byKey: map[engine.ReplyKey]engine.StoredReply{}, hash: newDigest(),
	}
}

// LastCommit implements [engine.Store].
func (m *memory) LastCommit(context.Context) (time.Time, error) { return m.now, nil }

// Floors implements [engine.Store].
func (m *memory) Floors(ctx context.Context) ([]engine.Floor, error) {
	f, err := m.Floor(ctx, m.config.Organization.ID)
	return []engine.Floor{f}, err
}

// Floor implements [engine.Store].
func (m *memory) Floor(context.Context, id.Org) (engine.Floor, error) {
	f := engine.Floor{Config: m.config, Records: m.records(), Heads: map[string]id.Seq{}}
	for _, c := range f.Records.Conversations {
		f.Headers = append(f.Headers, m.threads[c.ID].record.Header)
	}
	for _, a := range f.Records.Agents {
		if feed := m.feeds[a.ID]; feed != nil {
			f.Heads[view.AgentTopic(a.ID)] = id.Seq(len(*feed))
		}
		if a.Missed != nil {
			f.Headers = append(f.Headers, m.threads[a.Missed.Conversation].record.Header)
		}
	}
	return f, nil
}

// records are those that are open, by identifier. A conversation that has
// ended stays until everybody who took part has wrapped up.
func (m *memory) records() (r routing.Records) {
	r.LastTask, r.LastOffer, r.LastPart = m.last.LastTask, m.last.LastOffer, m.last.LastPart
	for _, a := range m.floor {
		r.Agents = append(r.Agents, copied(a))
	}
	m.raise()
	needed := map[id.Conversation]bool{}
	for _, p := range m.parts[m.open.part:] {
		if p.ID != 0 && p.SubmittedAt.IsZero() {
			r.Parts = append(r.Parts, p)
			needed[p.Conversation] = true
		}
	}
	for _, t := range m.tasks[m.open.task:] {
		if t.ID != 0 && t.State != routing.TaskEnded {
			r.Tasks = append(r.Tasks, t)
			needed[t.Conversation] = true
		}
	}
	for _, o := range m.offers[m.open.offer:] {
		if o.ID != 0 && o.End == routing.OfferOpen {
			r.Offers = append(r.Offers, o)
		}
	}
	alive := m.alive[:0]
	for _, t := range m.alive { // identifiers are counted, so this is their order
		if c := m.places[t.record.Header.ID]; c.ClosedAt.IsZero() || needed[c.ID] {
			r.Conversations = append(r.Conversations, *c)
			alive = append(alive, t)
		}
	}
	m.alive = alive
	return r
}

// raise moves the low water up over what has ended.
func (m *memory) raise() {
	for m.open.task < len(m.tasks) && m.tasks[m.open.task].State == routing.TaskEnded {
		m.open.task++
	}
	for m.open.offer < len(m.offers) && m.offers[m.open.offer].End != routing.OfferOpen {
		m.open.offer++
	}
	for m.open.part < len(m.parts) && !m.parts[m.open.part].SubmittedAt.IsZero() {
		m.open.part++
	}
}

func copied(a routing.Agent) routing.Agent {
	if a.Missed != nil {
		missed := *a.Missed
		a.Missed = &missed
	}
	return a
}

// Chats implements [engine.Store].
func (m *memory) Chats(_ context.Context, _ id.Org, ids []id.Conversation) (found []chat.Record, err error) {
	for _, c := range ids {
		if t := m.threads[c]; t != nil {
			found = append(found, t.record)
		}
	}
	return found, nil
}

// Replies implements [engine.Store].
func (m *memory) Replies(_ context.Context, keys []engine.ReplyKey) (found []engine.StoredReply, err error) {
	for _, k := range keys {
		if k.Command == "" {
			found = append(found, m.replies[k.Scope]...)
		} else if r, there := m.byKey[k]; there {
			found = append(found, r)
		}
	}
	return found, nil
}

// Part implements [engine.Store].
func (m *memory) Part(_ context.Context, _ id.Org, part id.Part) (routing.Part, error) {
	if part < 1 || int(part) > len(m.parts) || m.parts[part-1].SubmittedAt.IsZero() {
		return routing.Part{}, problem.New(problem.NotFound)
	}
	return m.parts[part-1], nil
}

// Uploads implements [engine.Store]: nobody here sends files.
func (*memory) Uploads(context.Context, id.Org, id.Conversation, []id.Attachment) ([]chat.Upload, error) {
	return nil, nil
}

// Elsewhere implements [engine.Store]: there is one organization.
func (*memory) Elsewhere(context.Context, id.Org, []string, []string) (string, error) {
	return "", nil
}

// Regular implements [engine.Store].
func (m *memory) Regular(_ context.Context, _ id.Org, customer id.Customer, since time.Time) (id.User, error) {
	var last routing.Part
	for _, p := range m.parts {
		t := m.threads[p.Conversation]
		if t != nil && t.record.Header.Customer == customer && p.EndedAt.After(since) && !p.EndedAt.Before(last.EndedAt) {
			last = p
		}
	}
	return last.Agent, nil
}

// Commit implements [engine.Store].
func (m *memory) Commit(_ context.Context, b *engine.Batch) error {
	m.commits++
	fault := m.fault
	m.fault = sound
	if fault == refusing {
		return errInjected
	}
	m.now = b.Now
	for i := range b.Orgs {
		share := &b.Orgs[i]
		m.hash.batch(share, b.Now)
		m.seen(share, b.Now)
		if err := m.save(share); err != nil {
			m.wrong = append(m.wrong, err.Error())
			return err
		}
	}
	if fault == uncertain {
		return errInjected
	}
	return nil
}

func (m *memory) save(b *engine.OrgBatch) error {
	if b.Config != nil {
		m.reconfigure(b.Config)
	}
	for i := range b.Chats {
		if err := m.saveChat(&b.Chats[i]); err != nil {
			return err
		}
	}
	for _, a := range b.Floor.Agents {
		m.saveAgent(a)
	}
	for _, c := range b.Floor.Conversations {
		m.places[c.ID] = &c
	}
	m.last.LastTask, m.last.LastOffer, m.last.LastPart = max(m.last.LastTask, b.Floor.LastTask), max(m.last.LastOffer, b.Floor.LastOffer), max(m.last.LastPart, b.Floor.LastPart)
	for _, t := range b.Floor.Tasks {
		m.tasks = put(m.tasks, int(t.ID), t)
	}
	for _, o := range b.Floor.Offers {
		m.offers = put(m.offers, int(o.ID), o)
	}
	for _, p := range b.Floor.Parts {
		m.parts = put(m.parts, int(p.ID), p)
	}
	for _, f := range b.Feed {
		feed := m.feeds[f.User]
		if feed == nil {
			feed = &[]view.Event{}
			m.feeds[f.User] = feed
		}
		if f.Event.Seq != id.Seq(len(*feed)+1) {
			return fmt.Errorf("%w: event %d of %s follows %d", engine.ErrConflict, f.Event.Seq, f.User, len(*feed))
		}
		*feed = append(*feed, f.Event)
	}
	for _, r := range b.Replies {
		if _, twice := m.byKey[r.Key]; twice {
			return fmt.Errorf("%w: two replies to %v", engine.ErrConflict, r.Key)
		}
		m.byKey[r.Key] = r
		m.replies[r.Key.Scope] = append(m.replies[r.Key.Scope], r)
	}
	return nil
}

// put stores the record with an ordinal, which are counted from 1.
func put[T any](all []T, ordinal int, x T) []T {
	for len(all) < ordinal {
		var none T
		all = append(all, none)
	}
	all[ordinal-1] = x
	return all
}

func (m *memory) saveAgent(a routing.Agent) {
	if i, there := m.agents[a.ID]; there {
		m.floor[i] = a
		return
	}
	at := len(m.floor)
	for at > 0 && m.floor[at-1].ID > a.ID {
		at--
	}
	m.floor = append(m.floor, a)
	copy(m.floor[at+1:], m.floor[at:])
	m.floor[at] = a
	for i, x := range m.floor {
		m.agents[x.ID] = i
	}
}

func (m *memory) saveChat(c *engine.ChatChange) error {
	key := c.Record.Header.ID
	t := m.threads[key]
	if t == nil {
		t = &thread{}
		m.threads[key] = t
		m.order, m.alive = append(m.order, t), append(m.alive, t)
	} else if c.New || t.record.Head != c.WasHead || t.record.StaffHead != c.WasStaffHead {
		return fmt.Errorf("%w: %s stands at %d and %d, the batch says %d and %d", engine.ErrConflict, key, t.record.Head, t.record.StaffHead, c.WasHead, c.WasStaffHead)
	}
	sent := append(t.record.Sent, c.Record.Sent...)
	t.record = c.Record
	t.record.Sent = sent
	for _, e := range c.Entries {
		if e.Topic == chat.Public {
			t.public = append(t.public, e)
		} else {
			t.staffs = append(t.staffs, e)
		}
	}
	return nil
}

// reconfigure puts changed objects in the place of those they replace.
func (m *memory) reconfigure(changed *org.Config) {
	next := m.config
	next.Assets = append([]org.Asset(nil), next.Assets...)
	for _, a := range changed.Assets {
		for i := range next.Assets {
			if next.Assets[i].ID == a.ID {
				next.Assets[i] = a
			}
		}
	}
	next.Users = append([]org.User(nil), next.Users...)
	for _, u := range changed.Users {
		for i := range next.Users {
			if next.Users[i].ID == u.ID {
				next.Users[i] = u
			}
		}
	}
	next.Version = changed.Version
	m.config = next
}
