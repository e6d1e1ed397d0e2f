package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"hiwar/test/simulate/bare"
)

// passing are the rare states that the days must have met.
var passing = []string{
	"accepted at the deadline", "missed", "declined", "withdrawn: agent_lost", "withdrawn: undelivered", "picked", "kept for the regular agent", "relaxed",
	"reached a further group", "overflow", "overflow at the door", "turned away", "conference", "a guest became the owner", "owner lost",
	"transfer unanswered: return", "transfer unanswered: close", "transfer unanswered: requeue", "returned to the queue", "closed: abandoned", "closed: inactivity",
	"closed: maximum_wait", "closed: queue_closed", "wrapped up by the timer", "written by who had left, refused", "signed out after the grace time",
	"asks for a skill itself", "withdrawn: configured", "withdrawn: capacity",
	"configured: a skill lost while asked", "configured: a skill archived that is waited for", "configured: another team while asked",
	"configured: another team for those who wait", "configured: capacity below the load", "configured: a rule switched while some wait",
	"configured: a queue archived while some wait", "configured: a queue closed while some wait", "configured: a queue removed while some wait",
	"configured: an owner who may not work any more",
}

// machines runs random centres on the two machines alone, under every rule,
// until there were enough hours and chats. In both lanes as many: what the rules
// of routing promise is looked at whenever something changes.
func machines(ctx context.Context, e *env, _ string) ([]row, error) {
	const (
		hours = 1000 * time.Hour
		chats = 300_000
	)
	var sum bare.Result
	defer debug.SetGCPercent(debug.SetGCPercent(800))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memoryLimit))
	began := cpu()
	first := e.seed << 32
	for day := range daysFrom(ctx, first) {
		for i, v := range day.Violations {
			day.Violations[i] = fmt.Sprintf("seed %d: %s", first+uint64(sum.Days), v)
		}
		sum.Add(day)
		if sum.Time >= hours && sum.Chats >= chats || len(sum.Violations) > 0 {
			break
		}
	}
	took := cpu() - began
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	rows := []row{
		{
			size:   fmt.Sprintf("%d days from seed %d", sum.Days, first),
			figure: fmt.Sprintf("%.0f h, %d chats, %d offers, %d faults, %d steps in %.0f s of one core; violations %d", sum.Time.Hours(), sum.Chats, sum.Offers, sum.Faults, sum.Steps, took.Seconds(), len(sum.Violations)),
			target: fmt.Sprintf("≥ %.0f h, %d; 0", hours.Hours(), chats), ok: len(sum.Violations) == 0,
		},
		{size: "inversions of longest idle", figure: fmt.Sprint(sum.PassedOver), target: "0", ok: sum.PassedOver == 0},
		{size: "inversions of longest wait", figure: fmt.Sprint(sum.Overtaken), target: "0", ok: sum.Overtaken == 0},
	}
	if len(sum.Violations) > 0 {
		return rows, errors.New(strings.Join(sum.Violations[:min(5, len(sum.Violations))], "; "))
	}
	return append(rows, reached("rare states", sum.Met, passing)), nil
}

// daysFrom plays the days of a seed and those after it, on every core, in the
// order of their seeds. What was begun and is not wanted any more is let finish.
func daysFrom(ctx context.Context, seed uint64) iter.Seq[bare.Result] {
	return func(yield func(bare.Result) bool) {
		cores := runtime.GOMAXPROCS(0)
		ctx, stop := context.WithCancel(ctx)
		begun := make(chan chan bare.Result, 8*cores) // the longest day is many times the shortest
		free := make(chan struct{}, cores)
		var all sync.WaitGroup
		defer all.Wait()
		defer stop()
		all.Go(func() {
			defer close(begun)
			for ; ; seed++ {
				select {
				case free <- struct{}{}:
				case <-ctx.Done():
					return
				}
				day := make(chan bare.Result, 1)
				all.Go(func() {
					day <- bare.Day(seed, 8)
					<-free
				})
				select {
				case begun <- day:
				case <-ctx.Done():
					return
				}
			}
		})
		for day := range begun {
			if ctx.Err() != nil || !yield(<-day) {
				return
			}
		}
	}
}
