package bare

import (
	"cmp"
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

// book is what somebody knows who is told of the events and effects alone.
type book struct {
	w        *world
	desks    map[id.User]*desk
	order    []*desk // by identifier
	queues   map[id.Queue]*org.Queue
	contacts map[id.Conversation]*contact
	waiting  map[id.Queue]map[id.Task]*request // waiting or offered
	offers   map[id.Offer]*ring
	parts    map[id.Part]id.Queue
	moved    []*desk    // whom the event may have freed
	eased    []*request // whom the event may have let be offered

	made, accepted, missed, declined, withdrawn          int
	started, handled, abandoned, notServed, void, closed int
}

// desk is an agent.
type desk struct {
	user      *org.User
	capacity  int
	presence  routing.Presence
	lost      bool
	ranked    time.Time // was asked, or became Available
	lastOffer id.Offer
	offers    int
	parts     int
	holds     map[id.Queue]int
}

// contact is a conversation that has not been wrapped up.
type contact struct {
	asset    *org.Asset
	language string
	requires []org.Required // of its own
	priority int
	since    time.Time
	queue    id.Queue
	last     time.Time // the place of the last request
	away     bool
	owner    id.User
	guests   []id.User
	queued   *request
	asking   bool // one agent, to take it over
	answered bool
	closed   bool
}

// request is a conversation's wait in a queue.
type request struct {
	task    id.Task
	queue   *org.Queue
	of      *contact
	since   time.Time
	except  id.User
	groups  int
	relaxed time.Duration
	kept    id.User
	offered bool
}

// ring is an open offer.
type ring struct {
	made  routing.OfferMade
	queue id.Queue
}

func newBook(w *world) *book {
	b := &book{
		w: w, desks: map[id.User]*desk{}, queues: map[id.Queue]*org.Queue{}, contacts: map[id.Conversation]*contact{},
		waiting: map[id.Queue]map[id.Task]*request{}, offers: map[id.Offer]*ring{}, parts: map[id.Part]id.Queue{},
	}
	for i := range w.config.Users {
		u := &w.config.Users[i]
		d := &desk{user: u, capacity: cmp.Or(u.Capacity, w.config.Organization.Settings.Capacity), presence: routing.SignedOut, holds: map[id.Queue]int{}}
		b.desks[u.ID], b.order = d, append(b.order, d)
	}
	for i := range w.config.Queues {
		b.queues[w.config.Queues[i].ID], b.waiting[w.config.Queues[i].ID] = &w.config.Queues[i], map[id.Task]*request{}
	}
	return b
}

// configured: everybody works by another configuration from now on, and anybody
// may be free for anything.
func (b *book) configured() {
	c := &b.w.config
	for i := range c.Users {
		d := b.desks[c.Users[i].ID]
		d.user, d.capacity = &c.Users[i], cmp.Or(c.Users[i].Capacity, c.Organization.Settings.Capacity)
	}
	clear(b.queues)
	for i := range c.Queues {
		b.queues[c.Queues[i].ID] = &c.Queues[i]
	}
	for _, x := range b.contacts {
		x.asset = &c.Assets[slices.IndexFunc(c.Assets, func(a org.Asset) bool { return a.ID == x.asset.ID })]
		if r := x.queued; r != nil && b.queues[r.queue.ID] != nil {
			r.queue = b.queues[r.queue.ID]
			b.eased = append(b.eased, r)
		}
	}
	b.moved = append(b.moved, b.order...)
}

// isIn: the agent takes part.
func (b *book) isIn(u id.User, c id.Conversation) bool {
	x := b.contacts[c]
	return x != nil && !x.closed && (x.owner == u || slices.Contains(x.guests, u))
}

// note takes down what an event led to, and judges it.
func (b *book) note(ev routing.Event, effects []routing.Effect) {
	if _, changed := ev.(routing.Configure); changed {
		b.configured()
	}
	touched := map[id.Conversation]bool{}
	for _, e := range effects {
		touched[b.effect(ev, e)] = true
	}
	for c := range touched {
		if x := b.contacts[c]; x != nil && !x.closed {
			held, waits := x.owner != "", x.queued != nil || x.asking
			if held == waits {
				b.w.violation("%s has an owner (%q) and waits (%v): neither or both", c, x.owner, waits)
			}
		}
	}
	b.leftUndone()
}

func (b *book) effect(ev routing.Event, e routing.Effect) id.Conversation {
	switch e := e.(type) {
	case routing.PresenceChanged:
		b.presence(ev, e)
	case routing.AgentUnreachable:
		b.desks[e.Agent].lost = true
	case routing.AgentReachable:
		d := b.desks[e.Agent]
		d.lost, b.moved = false, append(b.moved, d)
	case routing.TaskQueued:
		b.queue(ev, e)
		return e.Conversation
	case routing.TaskEased:
		r := b.contacts[e.Conversation].queued
		if e.Groups > r.groups {
			b.w.met("reached a further group")
		}
		if e.Relaxed > r.relaxed {
			b.w.met("relaxed")
		}
		r.groups, r.relaxed = e.Groups, e.Relaxed
		b.eased = append(b.eased, r)
	case routing.TaskKept:
		b.contacts[e.Conversation].queued.kept = e.Agent
		b.w.met("kept for the regular agent")
	case routing.TaskLetGo:
		r := b.contacts[e.Conversation].queued
		r.kept, b.eased = "", append(b.eased, r)
	case routing.OfferMade:
		b.asked(ev, e)
	case routing.OfferClosed:
		b.answeredBy(e)
		return e.Conversation
	case routing.TaskDropped:
		x := b.contacts[e.Conversation]
		if x.queued != nil && x.queued.task == e.Task {
			delete(b.waiting[x.queued.queue.ID], e.Task)
			x.queued = nil
		}
		if e.Kind == routing.TaskTransfer {
			x.asking = false
		}
	case routing.TransferRequested:
		b.contacts[e.Conversation].asking = e.ToAgent != ""
	case routing.TransferUnanswered:
		b.contacts[e.Conversation].asking = e.Policy == org.Return
		b.w.met("transfer unanswered: " + string(e.Policy))
		return e.Conversation
	case routing.PartBegun:
		b.begin(e)
		return e.Conversation
	case routing.PartEnded:
		b.end(e)
		return e.Conversation
	case routing.OwnerChanged:
		x := b.contacts[e.Conversation]
		if x.owner != "" && x.owner != e.From {
			b.w.violation("%s goes from %s, who does not own it, to %s", e.Conversation, e.From, e.To)
		}
		x.owner = e.To
		x.guests = slices.DeleteFunc(x.guests, func(u id.User) bool { return u == e.To })
		b.w.met("a guest became the owner")
		return e.Conversation
	case routing.WrapUpSubmitted:
		b.wrapUp(e)
	case routing.CustomerAway:
		b.contacts[e.Conversation].away = true
	case routing.CustomerReturned:
		x := b.contacts[e.Conversation]
		x.away = false
		if x.queued != nil {
			b.eased = append(b.eased, x.queued)
		}
	case routing.ConversationClosed:
		b.close(e)
	}
	return ""
}

// presence: RONA is left by its agent alone.
func (b *book) presence(ev routing.Event, e routing.PresenceChanged) {
	d := b.desks[e.Agent]
	if d.presence != e.From {
		b.w.violation("%s goes from %s, and was %s", e.Agent, e.From, d.presence)
	}
	if set, asked := ev.(routing.SetPresence); e.From == routing.RONA && e.To == routing.Available && (!asked || set.Agent != e.Agent || set.By != "") {
		b.w.violation("%s leaves RONA by %T", e.Agent, ev)
	}
	d.presence = e.To
	switch e.To {
	case routing.Available:
		d.ranked, b.moved = b.w.now, append(b.moved, d)
	case routing.SignedOut:
		d.lost = false
	case routing.Idle:
		if e.From == routing.SignedOut {
			d.ranked = time.Time{}
		}
	}
}

// queue: a request begins to wait, at the place that the customer's waiting is
// worth.
func (b *book) queue(ev routing.Event, e routing.TaskQueued) {
	x := b.contacts[e.Conversation]
	q := b.queues[e.Queue]
	if e.Origin == routing.OriginNew {
		start, _ := ev.(routing.Start)
		i := slices.IndexFunc(b.w.config.Assets, func(a org.Asset) bool { return a.ID == start.Asset })
		x = &contact{asset: &b.w.config.Assets[i], language: start.Language, requires: start.Requires, since: b.w.now, queue: e.Queue}
		x.priority = cmp.Or(start.Priority, x.asset.Priority, q.Priority, 5)
		b.contacts[e.Conversation] = x
		b.started++
		if x.asset.Queue != e.Queue {
			b.w.met("overflow at the door")
		}
	}
	r := &request{task: e.Task, queue: q, of: x, since: x.since, groups: b.groupsAtOnce(q)}
	switch e.Origin {
	case routing.OriginTransfer:
		r.except = e.From
		if q.TransfersJoinEnd {
			r.since = b.w.now
		}
	case routing.OriginOverflow:
		b.w.met("overflow")
		r.since = x.last
	case routing.OriginReturn:
		b.w.met("returned to the queue")
	}
	if x.queued != nil {
		b.w.violation("%s waits twice", e.Conversation)
	}
	x.queue, x.queued, x.asking = e.Queue, r, false
	x.last = r.since
	b.waiting[q.ID][e.Task] = r
	b.eased = append(b.eased, r)
}

// asked judges an offer before it is noted.
func (b *book) asked(ev routing.Event, e routing.OfferMade) {
	d, x := b.desks[e.Agent], b.contacts[e.Conversation]
	set := b.w.config.Organization.Settings
	_, picked := ev.(routing.Pick)
	switch {
	case d.offers+d.parts >= d.capacity:
		b.w.violation("%s is asked beyond the capacity of %d", e.Agent, d.capacity)
	case picked:
		b.w.met("picked")
	case d.presence != routing.Available || d.lost || d.offers >= set.OpenOffers:
		b.w.violation("%s is asked, and is %s, lost: %v, with %d requests", e.Agent, d.presence, d.lost, d.offers)
	}
	if e.Kind == routing.TaskQueue {
		r := x.queued
		if r == nil || r.task != e.Task || r.offered {
			b.w.violation("%s is offered and does not wait", e.Conversation)
			return
		}
		if !picked {
			b.fair(r, d)
		}
		r.offered = true
	}
	b.offers[e.Offer] = &ring{made: e, queue: x.queue}
	b.made++
	d.offers++
	d.holds[x.queue]++
	d.lastOffer, d.ranked = e.Offer, b.w.now
}

// answeredBy: an offer has one end, at its time.
func (b *book) answeredBy(e routing.OfferClosed) {
	r, d, x := b.offers[e.Offer], b.desks[e.Agent], b.contacts[e.Conversation]
	if r == nil {
		b.w.violation("offer %d ends twice", e.Offer)
		return
	}
	delete(b.offers, e.Offer)
	d.offers--
	d.holds[r.queue]--
	b.moved = append(b.moved, d)
	late := b.w.now.Sub(r.made.Deadline)
	switch e.End {
	case routing.OfferAccepted:
		b.accepted++
		if late > 0 {
			b.w.violation("offer %d is accepted %s after its deadline", e.Offer, late)
		}
		if late == 0 {
			b.w.met("accepted at the deadline")
		}
	case routing.OfferMissed:
		b.missed++
		b.w.met("missed")
		if late != time.Millisecond {
			b.w.violation("offer %d is missed %s after its deadline", e.Offer, late)
		}
	case routing.OfferDeclined:
		b.declined++
		b.w.met("declined")
	case routing.OfferWithdrawn:
		b.withdrawn++
		b.w.met("withdrawn: " + string(e.Cause))
	}
	if q := x.queued; q != nil && q.task == e.Task && e.End != routing.OfferAccepted {
		q.offered, b.eased = false, append(b.eased, q)
	}
}

func (b *book) begin(e routing.PartBegun) {
	x, d := b.contacts[e.Conversation], b.desks[e.Agent]
	if b.isIn(e.Agent, e.Conversation) {
		b.w.violation("%s is in %s twice", e.Agent, e.Conversation)
	}
	if e.Role == routing.Guest {
		x.guests = append(x.guests, e.Agent)
		b.w.met("conference")
	} else {
		if x.owner != "" {
			b.w.violation("%s is accepted by %s and owned by %s", e.Conversation, e.Agent, x.owner)
		}
		x.owner, x.asking = e.Agent, false
		if x.queued != nil {
			delete(b.waiting[x.queued.queue.ID], x.queued.task)
			x.queued = nil
		}
	}
	x.answered = true
	b.parts[e.Part] = x.queue
	d.parts++
	d.holds[x.queue]++
}

func (b *book) end(e routing.PartEnded) {
	x := b.contacts[e.Conversation]
	switch {
	case !b.isIn(e.Agent, e.Conversation):
		b.w.violation("%s leaves %s and was not in it", e.Agent, e.Conversation)
	case x.owner == e.Agent:
		x.owner = ""
		if e.Cause == routing.CauseAgentLost {
			b.w.met("owner lost")
		}
	default:
		x.guests = slices.DeleteFunc(x.guests, func(u id.User) bool { return u == e.Agent })
	}
}

func (b *book) wrapUp(e routing.WrapUpSubmitted) {
	q, open := b.parts[e.Part]
	if !open {
		b.w.violation("part %d is wrapped up twice", e.Part)
		return
	}
	delete(b.parts, e.Part)
	d := b.desks[e.Agent]
	d.parts--
	d.holds[q]--
	b.moved = append(b.moved, d)
	if e.Automatic && e.Reason != "" {
		b.w.met("wrapped up by the timer")
	}
}

// close books a conversation under one heading.
func (b *book) close(e routing.ConversationClosed) {
	x := b.contacts[e.Conversation]
	if x.closed || x.queued != nil {
		b.w.violation("%s is closed: again %v, waits %v", e.Conversation, x.closed, x.queued != nil)
	}
	x.closed, x.owner, x.guests, x.asking = true, "", nil, false
	b.closed++
	b.w.met("closed: " + string(e.Cause))
	switch {
	case x.answered:
		b.handled++
	case e.Cause == routing.CauseCustomer || e.Cause == routing.CauseAbandoned:
		b.abandoned++
	case e.Cause == routing.CauseSupervisor:
		b.void++
	default:
		b.notServed++
	}
}

// settled judges the books in the evening: nobody is left, and they balance with
// those of the floor.
func (b *book) settled() {
	for c, x := range b.contacts {
		if !x.closed {
			b.w.violation("%s is left: owner %q, waits %v", c, x.owner, x.queued != nil || x.asking)
		}
	}
	if n := len(b.parts) + len(b.offers); n > 0 {
		b.w.violation("%d parts and offers are left", n)
	}
	own := routing.Ledger{
		OffersMade: b.made, Accepted: b.accepted, Missed: b.missed, Declined: b.declined, Withdrawn: b.withdrawn,
		Started: b.started, Handled: b.handled, Abandoned: b.abandoned, NotServed: b.notServed, Void: b.void,
	}
	if got := b.w.floor.Ledger(); got != own {
		b.w.violation("the floor counts %+v, the book %+v", got, own)
	}
	if b.made != b.accepted+b.missed+b.declined+b.withdrawn || b.started != b.closed || b.closed != b.handled+b.abandoned+b.notServed+b.void {
		b.w.violation("the books do not balance: %+v", own)
	}
}
