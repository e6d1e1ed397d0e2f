package routing

import (
	"cmp"
	"slices"
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
	NextReaches   Next = "reaches_more"  // a further group opens, or a requirement relaxes
	NextLetGo     Next = "kept_no_longer"
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
	Asks       []Asked // the skills it asks for, as they stand
	Groups     int     // distribution groups that are open to it
	AllGroups  int
	Priority   int
	Since      time.Time   // first asked for a human
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
	x.Away, x.Priority, x.Since = conv.Away, conv.Priority, conv.WaitingSince
	x.Part, _ = s.Part(conv.owner)
	x.Offer, _ = s.Offer(conv.offer)
	if t, pending := s.Task(conv.pending); pending {
		x.Task = t
		x.Position, _ = s.Position(c)
		x.Open = s.setup.isOpen(t.Queue, now)
		x.Then, x.ThenQueue = s.setup.limits(t.Queue).Then, s.setup.limits(t.Queue).ThenQueue
		x.Candidates = s.candidatesOf(&t, conv)
		if queue := s.setup.queues[t.Queue]; queue != nil && t.Kind == TaskQueue {
			x.Asks, x.Groups, x.AllGroups = s.asks(&t), s.setup.groupsOpen(&t), 1+len(queue.Wider)
		}
	}
	x.Upcoming = s.upcoming(s.timersOf(conv, &x.Task))
	return x, true
}

// timersOf is all that is due of a conversation and of what it waits for.
func (s *State) timersOf(c *conversation, t *Task) []timer {
	timers := slices.Clone(c.timers)
	timers = append(timers, s.taskTimers(t)...)
	if t.isQueued() {
		timers = append(timers, s.visitTimers(t)...)
	}
	if o, offered := s.offers.Get(c.offer); offered {
		timers = append(timers, s.offerTimers(o)...)
	}
	return timers
}

// candidatesOf is everybody who could be offered the task if nothing ruled
// them out.
func (s *State) candidatesOf(t *Task, c *conversation) []Candidate {
	agents := s.setup.servers[t.Queue]
	if t.Kind != TaskQueue {
		agents = []id.User{t.Target}
	}
	list := make([]Candidate, 0, len(agents))
	need := s.setup.need(s.setup.askedBy(t, c))
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
	Most     int  // open offers at once
	One      bool // exclusive: one conversation at a time
	Queues   []QueueStanding
	Upcoming []Upcoming
}

// QueueStanding is one queue an agent serves, from their side.
type QueueStanding struct {
	Queue   id.Queue
	Waiting int  // requests that wait there now
	Open    bool // by its hours
	Opens   time.Time
	// RuledBy counts those of the first of them that rule the agent out by why,
	// beside the agent's own state.
	RuledBy map[Exclusion]int
}

// ExplainAgent says why an agent gets no requests.
func (s *State) ExplainAgent(u id.User, now time.Time) Standing {
	x := Standing{RuledBy: NotSignedIn, Most: s.setup.openOffers()}
	x.Occupied, x.Capacity = s.AgentLoad(u)
	a, known := s.agents.Get(u)
	if known {
		x.Agent, x.Known, x.RuledBy, x.Offers = a.Agent.copy(), true, s.exclusion(a), len(a.offers)
	}
	x.One = s.setup.isExclusive(u)
	budget := explainedTasks
	for _, q := range s.setup.serves[u] {
		waiting, _ := s.QueueLoad(q)
		x.Queues = append(x.Queues, QueueStanding{
			Queue: q, Waiting: waiting, Open: s.setup.isOpen(q, now), Opens: s.setup.opensNext(q, now), RuledBy: s.notForMe(u, q, x.RuledBy, &budget),
		})
	}
	x.Upcoming = s.upcoming(s.agentTimers(a))
	return x
}

// upcoming lists what of some timers people are told, soonest first.
func (s *State) upcoming(timers []timer) []Upcoming {
	names := map[timerKind]Next{
		offerExpired: NextExpires, waitOver: NextMaximum, queueCloses: NextCloses, nobodyThere: NextNobody,
		customerGone: NextGone, inactivityClosed: NextInactive, graceOver: NextSignedOut,
		visitAges: NextReaches, keptLongEnough: NextLetGo,
	}
	slices.SortFunc(timers, func(a, b timer) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.kind, b.kind)) })
	var list []Upcoming
	for _, t := range timers {
		if what, told := names[t.kind]; told {
			at := t.time()
			if t.kind == offerExpired {
				at = at.Add(-afterDeadline)
			}
			list = append(list, Upcoming{what, at})
		}
	}
	return list
}
