package routing

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// This file says why something is as it is. It is asked for by people, one
// conversation or agent at a time, so it may look at everybody: deciding never
// does.

// Candidate is an agent who serves a queue, and what rules them out of an offer
// now; "" if nothing does.
type Candidate struct {
	Agent   id.User
	RuledBy Exclusion
	Since   time.Time // when they entered the state that rules them out; zero where no time says it
}

// Next is what happens by itself if nobody does anything.
type Next string

// What may happen next.
const (
	NextExpires   Next = "offer_expires" // the request is missed and goes back
	NextMaximum   Next = "maximum_wait"  // what the queue says then
	NextCloses    Next = "queue_closes"  // the same
	NextNobody    Next = "nobody_there"  // the same
	NextGone      Next = "customer_gone" // the customer counts as gone
	NextInactive  Next = "inactivity"    // silence closes the conversation
	NextSignedOut Next = "signed_out"    // the lost agent is signed out
)

// Upcoming is one thing that happens by itself, and when.
type Upcoming struct {
	What Next
	At   time.Time
}

// Explanation is why a conversation is where it is.
type Explanation struct {
	Task       Task  // what it waits for; zero if it waits for nothing
	Offer      Offer // the open offer of it, with its decision; zero if there is none
	Part       Part  // of the owner; zero while nobody has it
	Position   int   // in its queue; 0 if it is in none
	Open       bool  // the queue, by its hours
	Away       bool  // the customer is away, so nobody is offered it
	Then       org.Then
	ThenQueue  id.Queue
	Candidates []Candidate // everybody who serves the queue, in order of identifier
	Upcoming   []Upcoming  // soonest first
}

// ExplainConversation says why a conversation is offered where it is, or why it
// still waits; false if it is not on the floor.
func (s *State) ExplainConversation(c id.Conversation, now time.Time) (x Explanation, ok bool) {
	conv, ok := s.conversations.Get(c)
	if !ok {
		return x, false
	}
	x.Away = conv.Away
	x.Part, _ = s.Part(conv.owner)
	x.Offer, _ = s.Offer(conv.offer)
	if t, pending := s.Task(conv.pending); pending {
		x.Task = t
		x.Position, _ = s.Position(c)
		x.Open = s.setup.isOpen(t.Queue, now)
		x.Then, x.ThenQueue = s.setup.limits(t.Queue).Then, s.setup.limits(t.Queue).ThenQueue
		x.Candidates = s.candidatesOf(&t, conv)
	}
	x.Upcoming = s.upcoming(func(t timer) bool {
		return t.conversation == c || t.number != 0 && (t.kind == offerExpired && id.Offer(t.number) == conv.offer || waitKind(t.kind) && id.Task(t.number) == conv.pending)
	})
	return x, true
}

// candidatesOf is everybody who could be offered the task if nothing ruled
// them out.
func (s *State) candidatesOf(t *Task, c *conversation) []Candidate {
	agents := s.setup.servers[t.Queue]
	if t.Kind != TaskQueue {
		agents = []id.User{t.Target}
	}
	list := make([]Candidate, 0, len(agents))
	need := s.setup.need(askedBy(t, c))
	for _, u := range agents {
		x := Candidate{Agent: u, RuledBy: NotSignedIn}
		a, known := s.agents.Get(u)
		switch {
		case t.Kind == TaskQueue:
			x.RuledBy = s.unfit(t, c, need, u)
		case s.takesPart(u, c):
			x.RuledBy = TakesPart
		case known:
			x.RuledBy = s.exclusion(a)
		}
		switch {
		case known && (x.RuledBy == NotAvailable || x.RuledBy == NotSignedIn):
			x.Since = a.Since
		case known && x.RuledBy == Unreachable:
			x.Since = a.LostAt
		}
		list = append(list, x)
	}
	return list
}

// Standing is why an agent is offered nothing.
type Standing struct {
	Agent    Agent
	Known    bool      // has ever signed in
	RuledBy  Exclusion // what rules them out of any offer; "" if nothing does
	Occupied int
	Capacity int
	Offers   int
	Most     int // open offers at once
	Queues   []QueueStanding
	Upcoming []Upcoming
}

// QueueStanding is one queue an agent serves, from their side.
type QueueStanding struct {
	Queue   id.Queue
	Waiting int  // requests that wait there now
	Open    bool // by its hours
}

// ExplainAgent says why an agent gets no requests.
func (s *State) ExplainAgent(u id.User, now time.Time) Standing {
	x := Standing{RuledBy: NotSignedIn, Most: s.setup.openOffers()}
	x.Occupied, x.Capacity = s.AgentLoad(u)
	a, known := s.agents.Get(u)
	if known {
		x.Agent, x.Known, x.RuledBy, x.Offers = a.Agent.copy(), true, s.exclusion(a), len(a.offers)
	}
	for _, q := range s.setup.serves[u] {
		waiting, _ := s.QueueLoad(q)
		x.Queues = append(x.Queues, QueueStanding{Queue: q, Waiting: waiting, Open: s.setup.isOpen(q, now)})
	}
	x.Upcoming = s.upcoming(func(t timer) bool { return t.agent == u && t.kind == graceOver })
	return x
}

// upcoming lists what is due of some timers, soonest first.
func (s *State) upcoming(of func(timer) bool) []Upcoming {
	names := map[timerKind]Next{
		offerExpired: NextExpires, waitOver: NextMaximum, queueCloses: NextCloses, nobodyThere: NextNobody,
		customerGone: NextGone, inactivityClosed: NextInactive, graceOver: NextSignedOut,
	}
	var list []Upcoming
	s.due.Scan(func(t timer) bool {
		if what, told := names[t.kind]; told && of(t) {
			at := t.time()
			if t.kind == offerExpired {
				at = at.Add(-afterDeadline)
			}
			list = append(list, Upcoming{what, at})
		}
		return true
	})
	return list
}

func waitKind(k timerKind) bool { return k == waitOver || k == queueCloses || k == nobodyThere }
