package simulation

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// mostWaiting is the highest maximum length of a queue.
const mostWaiting = 100_000

// limits reads what bounds the waiting in a queue.
func (b *builder) limits(field string, q Queue) org.Limits {
	l := org.Limits{
		OnClose: org.OnClose(q.OnClose), MaxWaiting: b.number(field+".max_waiting", q.MaxWaiting, 0, mostWaiting),
		MaxWait: b.duration(field+".max_wait", q.MaxWait, 0), Then: org.Then(q.Then), ThenQueue: id.Queue(q.ThenQueue),
	}
	switch {
	case !slices.Contains([]org.OnClose{"", org.Serve, org.WhatThen}, l.OnClose):
		b.fail(field+".on_close", "%q is neither %s nor %s", q.OnClose, org.Serve, org.WhatThen)
	case !slices.Contains([]org.Then{org.ThenWait, org.ThenOverflow, org.ThenMessage, org.ThenClose}, l.Then):
		b.fail(field+".then", "%q is none of %s, %s and %s", q.Then, org.ThenOverflow, org.ThenMessage, org.ThenClose)
	case l.Then == org.ThenWait && (l.MaxWait > 0 || l.OnClose == org.WhatThen):
		b.fail(field+".then", "is missing: what becomes of those who have waited enough?")
	case (l.Then == org.ThenOverflow) != (l.ThenQueue != ""):
		b.fail(field+".then_queue", "goes with then %q, and then with it", org.ThenOverflow)
	}
	if len(q.Open) > 0 {
		l.Hours = b.hours(field, q)
	}
	return l
}

// hours are those of the day of the plan; on all others the queue is closed.
func (b *builder) hours(field string, q Queue) id.Hours {
	made := org.Hours{ID: id.Hours(q.Name), Schedule: hours.Schedule{Zone: b.zone.String(), Overrides: []hours.Override{{Date: b.day}}}}
	for i, text := range q.Open {
		var span hours.Span
		if err := span.UnmarshalText([]byte(text)); err != nil {
			b.fail(fmt.Sprintf("%s.open.%d", field, i), "%v", err)
		}
		made.Schedule.Overrides[0].Open = append(made.Schedule.Overrides[0].Open, span)
	}
	var fault *hours.Fault
	if err := made.Schedule.Check(); errors.As(err, &fault) {
		_, why, _ := strings.Cut(fault.Error(), ": ")
		b.fail(field+strings.TrimPrefix(fault.Field, "overrides.0"), "%s", why)
	}
	b.made.config.Hours = append(b.made.config.Hours, made)
	return made.ID
}

// overflows follows customers from queue to queue: the way has an end.
func (b *builder) overflows() {
	then := map[id.Queue]id.Queue{}
	for _, q := range b.made.config.Queues {
		then[q.ID] = q.Limits.ThenQueue
	}
	for i, q := range b.plan.Queues {
		field := fmt.Sprintf("queues.%d.then_queue", i)
		seen := map[id.Queue]bool{}
		for at := id.Queue(q.Name); at != ""; at = then[at] {
			if _, known := then[at]; !known {
				b.fail(field, "no queue is called %q", at)
				break
			}
			if seen[at] {
				b.fail(field, "customers would go round for ever")
				break
			}
			seen[at] = true
		}
	}
	slices.SortFunc(b.made.config.Hours, func(x, y org.Hours) int { return strings.Compare(string(x.ID), string(y.ID)) })
}

// takesMessages reports whether customers can leave a message somewhere.
func (c *centre) takesMessages() bool {
	return slices.ContainsFunc(c.config.Queues, func(q org.Queue) bool { return q.Limits.Then == org.ThenMessage })
}

// limited reports whether a queue of the day bounds the waiting.
func (c *centre) limited() bool {
	return slices.ContainsFunc(c.config.Queues, func(q org.Queue) bool { return q.Limits != (org.Limits{}) })
}

// promise is what a customer was told first of how long it takes, and when.
type promise struct {
	from, to time.Duration
	at       time.Time
}

// off is by how much a wait lies outside of what was told: below zero it was
// sooner, above later. A range from one minute begins at once: nobody is told
// less.
func (p promise) off(wait time.Duration) time.Duration {
	switch {
	case wait > p.to:
		return wait - p.to
	case wait < p.from && p.from > time.Minute:
		return wait - p.from
	}
	return 0
}
