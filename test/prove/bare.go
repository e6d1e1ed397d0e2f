package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"hiwar/test/simulate/bare"
)

// passing are the rare states that the long run must have met.
var passing = []string{
	"accepted at the deadline", "missed", "declined", "withdrawn: agent_lost", "withdrawn: undelivered", "picked", "kept for the regular agent", "relaxed",
	"reached a further group", "overflow", "overflow at the door", "turned away", "conference", "a guest became the owner", "owner lost",
	"transfer unanswered: return", "transfer unanswered: close", "transfer unanswered: requeue", "returned to the queue", "closed: abandoned", "closed: inactivity",
	"closed: maximum_wait", "closed: queue_closed", "wrapped up by the timer", "written by who had left, refused", "signed out after the grace time",
}

// machines runs random centres on the two machines alone, under every rule,
// until there were enough hours and chats.
func machines(ctx context.Context, e *env, _ string) ([]row, error) {
	hours, chats := time.Duration(e.size(60, 1000))*time.Hour, e.size(15_000, 300_000)
	var sum bare.Result
	defer debug.SetGCPercent(debug.SetGCPercent(800))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memoryLimit))
	began := cpu()
	for seed := e.seed << 32; (sum.Time < hours || sum.Chats < chats) && len(sum.Violations) == 0; seed++ {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		day := bare.Day(seed, 8)
		sum.Add(day)
		for i, v := range day.Violations {
			sum.Violations[len(sum.Violations)-len(day.Violations)+i] = fmt.Sprintf("seed %d: %s", seed, v)
		}
	}
	took := cpu() - began
	rows := []row{
		{
			size:   fmt.Sprintf("%d days from seed %d", sum.Days, e.seed<<32),
			figure: fmt.Sprintf("%.0f h, %d chats, %d offers, %d faults, %d steps in %.0f s of one core; violations %d", sum.Time.Hours(), sum.Chats, sum.Offers, sum.Faults, sum.Steps, took.Seconds(), len(sum.Violations)),
			target: fmt.Sprintf("≥ %.0f h, %d; 0", hours.Hours(), chats), ok: len(sum.Violations) == 0,
		},
		{size: "inversions of longest idle", figure: fmt.Sprint(sum.PassedOver), target: "0", ok: sum.PassedOver == 0},
		{size: "inversions of longest wait", figure: fmt.Sprint(sum.Overtaken), target: "0", ok: sum.Overtaken == 0},
	}
	if !e.short {
		rows = append(rows, reached("rare states", sum.Met, passing))
	}
	if len(sum.Violations) > 0 {
		return rows, errors.New(strings.Join(sum.Violations[:min(5, len(sum.Violations))], "; "))
	}
	return rows, nil
}
