package routing

import (
	"time"

	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// This file bounds the waiting: opening hours, how long and how many, and what
// then. All of it concerns requests that wait in a queue; what is offered or
// held goes on.

// calendars are the opening hours of a configuration. Hours that make no sense
// (they are refused when saved) keep nobody out.
func calendars(all []org.Hours) map[id.Hours]*hours.Calendar {
	m := make(map[id.Hours]*hours.Calendar, len(all))
	for _, h := range all {
		if c, err := hours.Compile(h.Schedule); err == nil {
			m[h.ID] = c
		}
	}
	return m
}

func (p *setup) limits(q id.Queue) org.Limits {
	if queue := p.queues[q]; queue != nil {
		return queue.Limits
	}
	return org.Limits{}
}

// calendar is the queue's; nil if it is always open.
func (p *setup) calendar(q id.Queue) *hours.Calendar { return p.hours[p.limits(q).Hours] }

// isOpen reports whether the queue takes new customers by the clock.
func (p *setup) isOpen(q id.Queue, at time.Time) bool {
	c := p.calendar(q)
	return c == nil || c.Open(at)
}

// closes is the closing time of a visit: the first moment of it at which the
// queue is closed. That may be its beginning: hours that have changed since hold
// for whoever waits. Only a return or a transfer is admitted to a closed queue,
// and stays until it has been open and closes again.
func (p *setup) closes(t *Task) (time.Time, bool) {
	c := p.calendar(t.Queue)
	if c == nil {
		return time.Time{}, false
	}
	from := t.EnteredAt
	if !c.Open(from) {
		if t.Origin != OriginReturn && t.Origin != OriginTransfer {
			return from, true
		}
		opens, ok := c.NextChange(from)
		if !ok {
			return opens, false
		}
		from = opens
	}
	return c.NextChange(from)
}

// isFull reports whether as many wait as may. A return or a transfer is
// admitted all the same.
func (s *State) isFull(q id.Queue) bool {
	most, n := s.setup.limits(q).MaxWaiting, 0
	if most <= 0 {
		return false
	}
	s.lines.Ascend(place{queue: q, class: -1}, func(p place) bool {
		waits := p.queue == q && p.class < messageClass
		if waits {
			n++
		}
		return waits && n < most
	})
	return n >= most
}

// entrance is the queue that a new conversation waits in: the one it asks for,
// or where that is full and says so, another.
func (s *State) entrance(q id.Queue) (*org.Queue, error) {
	queue := s.setup.queues[q]
	if queue == nil || queue.Archived {
		return nil, problem.New(problem.QueueClosed)
	}
	var instead []any // what the customer may do instead
	if s.setup.mailbox(q) != nil {
		instead = []any{"leave_message", true}
	}
	if !s.setup.isOpen(q, s.now) {
		if opens, ok := s.setup.calendar(q).NextOpening(s.now); ok {
			instead = append(instead, "opens_at", opens.UTC().Format(time.RFC3339))
		}
		return nil, problem.New(problem.QueueClosed, instead...)
	}
	if !s.isFull(q) {
		return queue, nil
	}
	if other := s.overflow(q); other != nil {
		return other, nil
	}
	return nil, problem.New(problem.QueueFull, instead...)
}

// overflow is the first queue after q that takes somebody now: there, open and
// not full. It is nil if there is none, or if the way leads back to q, for then
// a customer would go round for ever.
func (s *State) overflow(q id.Queue) *org.Queue {
	var found *org.Queue
	seen := map[id.Queue]bool{}
	for at := q; s.setup.limits(at).Then == org.ThenOverflow && !seen[at]; {
		seen[at] = true
		at = s.setup.limits(at).ThenQueue
		if at == q {
			return nil
		}
		if next := s.setup.queues[at]; found == nil && next != nil && !next.Archived && s.setup.isOpen(at, s.now) && !s.isFull(at) {
			found = next
		}
	}
	return found
}

// taskTimers are when the waiting of a request ends by itself.
func (s *State) taskTimers(t *Task) []timer {
	if t == nil || t.Kind != TaskQueue || t.State != TaskWaiting || t.LeftMessage {
		return nil
	}
	limits := s.setup.limits(t.Queue)
	if limits.Then == org.ThenWait {
		return nil
	}
	var timers []timer
	add := func(at time.Time, kind timerKind) {
		timers = append(timers, timer{at: at.UnixMilli(), kind: kind, number: int64(t.ID)})
	}
	if limits.MaxWait > 0 {
		add(t.EnteredAt.Add(limits.MaxWait), waitOver)
	}
	if patience := s.setup.settings.NoAgentAfter; patience > 0 && !t.NobodySince.IsZero() {
		add(t.NobodySince.Add(patience), nobodyThere)
	}
	if limits.OnClose == org.WhatThen {
		if closes, ok := s.setup.closes(t); ok {
			add(closes, queueCloses)
		}
	}
	return timers
}

// whatThen does what the queue says about a request that has waited enough,
// unless somebody takes it at this moment. Where no other queue takes it, it
// becomes a left message or the conversation ends: nobody is kept waiting.
func (s *State) whatThen(task id.Task, cause Cause) {
	s.match()
	t, ok := s.tasks.Get(task)
	if !ok || t.State != TaskWaiting {
		return
	}
	if other := s.overflow(t.Queue); other != nil {
		s.drop(*t, cause)
		s.changeConversation(t.Conversation, func(c *Conversation) { c.Queue = other.ID })
		s.enqueue(t.Conversation, OriginOverflow, "", "", t.WaitingSince)
		return
	}
	if s.becomesMessage(t, cause) {
		return
	}
	if cause == CauseNobodyThere {
		cause = CauseQueueClosed
	}
	s.closeConversation(t.Conversation, cause, "")
}
