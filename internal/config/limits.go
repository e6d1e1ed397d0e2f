package config

import (
	"errors"
	"slices"
	"time"

	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// mostWaiting is the highest maximum length of a queue.
const mostWaiting = 100_000

// mostKept is the longest retention in days: a hundred years.
const mostKept = 36_500

// Why limits are refused, as the catalogue knows it.
const (
	limitCycle   = "cycle"   // customers would go round for ever
	limitMissing = "missing" // is needed for what another field says
	limitGone    = "gone"    // the other queue is archived
)

func checkHours(c org.Config) error {
	return each("hours", c.Hours, func(p string, h org.Hours) error {
		err := h.Schedule.Check()
		var fault *hours.Fault
		if errors.As(err, &fault) {
			return problem.New(problem.HoursInvalid, "field", p+".schedule."+fault.Field, "reason", string(fault.Reason))
		}
		return err
	})
}

func checkLimits(c org.Config) error {
	return each("queues", c.Queues, func(p string, q org.Queue) error {
		l, p := q.Limits, p+".limits"
		refuse := func(field, reason string) error {
			return problem.New(problem.LimitInvalid, "field", p+"."+field, "reason", reason)
		}
		err := first(
			within(p+".max_waiting", l.MaxWaiting, 0, mostWaiting),
			within(p+".keep_days", l.KeepDays, 0, mostKept),
			unless(l.MaxWait != 0, lasts(p+".max_wait", l.MaxWait, time.Second, longest)),
			oneOf(p+".on_close", string(l.OnClose), "", string(org.Serve), string(org.WhatThen)),
			oneOf(p+".then", string(l.Then), string(org.ThenWait), string(org.ThenOverflow), string(org.ThenClose), string(org.ThenMessage)),
			unless(l.Then == org.ThenWait && (l.MaxWait > 0 || l.OnClose == org.WhatThen), refuse("then", limitMissing)),
			unless(l.Then == org.ThenClose && l.ThenText == (org.Name{}), refuse("then_text", limitMissing)),
			unless(l.Then == org.ThenOverflow && l.ThenQueue == "", refuse("then_queue", limitMissing)),
		)
		if err != nil || q.Archived || l.Then != org.ThenOverflow {
			return err
		}
		if reason := overflow(c, q); reason != "" {
			return refuse("then_queue", reason)
		}
		return nil
	})
}

// overflow follows a customer from queue to queue; "" where that ends well.
func overflow(c org.Config, q org.Queue) string {
	seen := map[id.Queue]bool{}
	for q.Limits.Then == org.ThenOverflow {
		if seen[q.ID] {
			return limitCycle
		}
		seen[q.ID] = true
		at := slices.IndexFunc(c.Queues, func(x org.Queue) bool { return x.ID == q.Limits.ThenQueue })
		if at < 0 || c.Queues[at].Archived {
			return limitGone
		}
		q = c.Queues[at]
	}
	return ""
}
