package routing

import (
	"time"

	"hiwar/internal/id"
)

// timer is something that will happen by itself. Timers follow from the
// records and are never stored: after a restart they are simply there again.
type timer struct {
	at           int64 // milliseconds; due when now is at or after it
	kind         timerKind
	number       int64           // of the offer, part or task
	agent        id.User         // for the agent's timers
	conversation id.Conversation // for the conversation's
}

// timerKind orders what is due in one millisecond: who is not there any more
// comes before what was expected of them.
type timerKind uint8

const (
	customerAway timerKind = iota
	customerGone
	offerUndelivered
	offerExpired
	lossTold
	graceOver
	inactivityWarned
	inactivityClosed
	wrapUpOver
	nobodyThere
	queueCloses
	waitOver
	visitAges
	keptLongEnough
)

func lessTimer(a, b timer) bool {
	switch {
	case a.at != b.at:
		return a.at < b.at
	case a.kind != b.kind:
		return a.kind < b.kind
	case a.number != b.number:
		return a.number < b.number
	case a.agent != b.agent:
		return a.agent < b.agent
	default:
		return a.conversation < b.conversation
	}
}

func (t timer) time() time.Time { return time.UnixMilli(t.at).UTC() }

// afterDeadline is the first moment at which a deadline has passed: an answer
// at the deadline is in time.
const afterDeadline = time.Millisecond

// noticedAfter is how long an agent has been silent when the loss is noticed;
// what people are told counts from the silence.
const noticedAfter = 8 * time.Second

func (s *State) agentTimers(a *agent) []timer {
	if a == nil || a.LostAt.IsZero() {
		return nil
	}
	set := s.setup.settings
	timers := []timer{{at: a.LostAt.Add(set.Grace).UnixMilli(), kind: graceOver, agent: a.ID}}
	if a.ToldAt.IsZero() {
		wait := max(0, set.NoticeToCustomer-noticedAfter)
		timers = append(timers, timer{at: a.LostAt.Add(wait).UnixMilli(), kind: lossTold, agent: a.ID})
	}
	return timers
}

func (s *State) offerTimers(o *Offer) []timer {
	timers := []timer{{at: o.Deadline.Add(afterDeadline).UnixMilli(), kind: offerExpired, number: int64(o.ID)}}
	if within := s.setup.settings.ConfirmWithin; within > 0 && o.ConfirmedAt.IsZero() {
		timers = append(timers, timer{at: o.MadeAt.Add(within + afterDeadline).UnixMilli(), kind: offerUndelivered, number: int64(o.ID)})
	}
	return timers
}

func (s *State) partTimers(p *Part) []timer {
	if p.WrapUpDeadline.IsZero() {
		return nil
	}
	return []timer{{at: p.WrapUpDeadline.UnixMilli(), kind: wrapUpOver, number: int64(p.ID)}}
}

func (s *State) conversationTimers(c *conversation) []timer {
	if !c.open() {
		return nil
	}
	var timers []timer
	add := func(at time.Time, kind timerKind) {
		timers = append(timers, timer{at: at.UnixMilli(), kind: kind, conversation: c.ID})
	}
	set := s.setup.settings
	if lost := c.CustomerLostAt; !lost.IsZero() {
		if !c.Away {
			add(lost.Add(set.CustomerUnseen), customerAway)
		}
		if c.owner == 0 && !c.LeftMessage {
			add(s.waitedFrom(c).Add(set.CustomerGone), customerGone)
		}
	}
	if quiet, ok := s.quietSince(c); ok {
		closes := quiet.Add(set.InactivityClose)
		if !c.WarnedAt.IsZero() {
			closes = s.closesAfterWarning(c)
		} else if set.InactivityWarning > 0 {
			add(closes.Add(-min(set.InactivityWarning, set.InactivityClose)), inactivityWarned)
		}
		add(closes, inactivityClosed)
	}
	return timers
}

// waitedFrom is from when a lost customer's absence counts towards giving up:
// an absence before this visit began does not, or a customer whose agent
// transferred or vanished meanwhile would have no time to come back.
func (s *State) waitedFrom(c *conversation) time.Time {
	from := c.CustomerLostAt
	if t, ok := s.tasks.Get(c.pending); ok && t.EnteredAt.After(from) {
		from = t.EnteredAt
	}
	return from
}

// quietSince is from when silence counts towards closing the conversation:
// the agent's message that nobody answered, or when its owner came. There is
// none while nobody holds it, or while the last word is the customer's, or
// where the customer could not answer: whoever left a message is not here.
func (s *State) quietSince(c *conversation) (time.Time, bool) {
	owner, held := s.parts.Get(c.owner)
	if !held || !c.AgentSpokeLast || c.Interrupted || c.LeftMessage && c.Away || s.setup.settings.InactivityClose <= 0 {
		return time.Time{}, false
	}
	if owner.AcceptedAt.After(c.SpokeAt) {
		return owner.AcceptedAt, true
	}
	return c.SpokeAt, true
}

// closesAfterWarning is when a warned conversation closes. A warning that came
// late, after a restart, still gives its full time.
func (s *State) closesAfterWarning(c *conversation) time.Time {
	set := s.setup.settings
	quiet, _ := s.quietSince(c)
	closes := quiet.Add(set.InactivityClose)
	if fair := c.WarnedAt.Add(min(set.InactivityWarning, set.InactivityClose)); fair.After(closes) {
		return fair
	}
	return closes
}

// happen lets everything happen that is due, in order of its time.
func (s *State) happen() {
	for {
		t, ok := s.due.Min()
		if !ok || t.at > s.now.UnixMilli() {
			return
		}
		s.due.Delete(t)
		s.fire(t)
	}
}

func (s *State) fire(t timer) {
	switch t.kind {
	case customerAway:
		s.customerIsAway(t.conversation)
	case customerGone:
		s.abandon(t.conversation)
	case offerUndelivered:
		s.undelivered(id.Offer(t.number))
	case offerExpired:
		s.expire(id.Offer(t.number))
	case lossTold:
		s.tellLoss(t.agent)
	case graceOver:
		s.forceOut(t.agent, CauseAgentLost, "")
	case inactivityWarned:
		s.warnOfClose(t.conversation)
	case inactivityClosed:
		s.closeConversation(t.conversation, CauseInactivity, "")
	case wrapUpOver:
		s.wrapUpByTimer(id.Part(t.number))
	case nobodyThere:
		s.whatThen(id.Task(t.number), CauseNobodyThere)
	case queueCloses:
		s.whatThen(id.Task(t.number), CauseQueueClosed)
	case waitOver:
		s.whatThen(id.Task(t.number), CauseMaximumWait)
	case visitAges:
		s.age(id.Task(t.number))
	case keptLongEnough:
		s.letGo(id.Task(t.number))
	}
}
