package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"hiwar/test/simulate"
)

// replays is how many histories are played twice.
const replays = 20

// memoryLimit is what the run may take of a machine on which others work.
const memoryLimit = 2 << 30

// simulated runs random centres in simulated time with faults at random points,
// one after the other on one core, each from a seed of its own, until there
// were enough hours, chats and faults; and some of them twice.
func simulated(ctx context.Context, e *env, _ string) ([]row, error) {
	target := struct {
		hours         time.Duration
		chats, faults int
	}{time.Duration(e.size(48, 1000)) * time.Hour, e.size(4_000, 300_000), e.size(2_000, 100_000)}
	var sum simulate.Result
	var first []string
	// Days are thrown away whole: collecting the garbage of each costs more than
	// the memory does, up to a limit.
	defer debug.SetGCPercent(debug.SetGCPercent(800))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memoryLimit))
	began := cpu()
	for seed := e.seed << 32; sum.Time < target.hours || sum.Chats < target.chats || sum.AllFaults() < target.faults; seed++ {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		day := simulate.Day(seed, 8)
		sum.Add(day)
		for _, v := range day.Violations {
			first = append(first, fmt.Sprintf("seed %d: %s", seed, v))
		}
		if len(first) > 0 {
			break
		}
	}
	took := cpu() - began
	same := 0
	for n := range uint64(replays) {
		a, b := simulate.Day(n, 1), simulate.Day(n, 1)
		if a.Hash == b.Hash && a.Rounds == b.Rounds {
			same++
		}
	}
	size := fmt.Sprintf("%d days from seed %d", sum.Days, e.seed<<32)
	rows := []row{
		{
			size:   size,
			figure: fmt.Sprintf("%.0f h, %d chats, %d faults, %d commits in %.0f s of one core; violations %d", sum.Time.Hours(), sum.Chats, sum.AllFaults(), sum.Commits, took.Seconds(), len(sum.Violations)),
			target: fmt.Sprintf("≥ %.0f h, %d, %d; 0", target.hours.Hours(), target.chats, target.faults), ok: len(sum.Violations) == 0 && sum.Acked > 0 && sum.Told > 0,
		},
		{size: "same seed, same history", figure: fmt.Sprintf("%d of %d", same, replays), target: "all", ok: same == replays},
		reached("kinds of fault", sum.Faults, simulate.Faults()),
	}
	if !e.short { // some of them come up once in a week
		rows = append(rows, reached("rare states", sum.Met, simulate.Rare()))
	}
	if len(first) > 0 {
		return rows, errors.New(strings.Join(first[:min(5, len(first))], "; "))
	}
	return rows, nil
}

// reached says which of the names never came up.
func reached(what string, counts map[string]int, names []string) row {
	var never []string
	least, which := 0, ""
	for _, name := range names {
		n := counts[name]
		if n == 0 {
			never = append(never, name)
		}
		if which == "" || n < least {
			least, which = n, name
		}
	}
	r := row{size: what, figure: fmt.Sprintf("all %d, the least often %d times: %s", len(names), least, which), target: "each > 0", ok: len(never) == 0}
	if len(never) > 0 {
		r.figure = "never: " + strings.Join(never, ", ")
	}
	return r
}

// cpu is the processor time this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
