package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"hiwar/test/check"
	"hiwar/test/rig"
)

// talked is how long messages take, and how many are stored a second.
type talked struct {
	calms  []calm
	floods []flood
}

// calm is how long messages took at a rate.
type calm struct {
	rate        int
	there, back latency
}

// flood is how many messages a second so many conversations get stored.
type flood struct {
	conversations int
	perSecond     float64
	each          time.Duration // processor time of the servers
	own           time.Duration // and of those who write and read
	database      time.Duration // and of PostgreSQL, if that stores them
}

// sizes are the numbers of conversations in which as many messages as possible
// are sent.
func (r *result) sizes() []int {
	return slices.DeleteFunc([]int{1, 8, 32, 100, 1000}, func(n int) bool { return n > r.conversations })
}

// talk measures messages, and ends in the checker.
func (r *result) talk(ctx context.Context, dir string) error {
	p, s, err := open(ctx, r.binary, dir, desks(r.conversations))
	if err != nil {
		return err
	}
	defer func() { s.Stop() }()
	f, err := openFloor(ctx, p, s.Base, s.Base, r.conversations)
	if f != nil {
		defer f.close()
	}
	if err != nil {
		return err
	}
	if r.talked, err = r.messages(ctx, f, []*rig.Server{s}, r.sizes(), ownless); err != nil {
		return err
	}
	s.Stop()
	dump, err := check.ReadSQLite(p.Database())
	if err != nil {
		return err
	}
	return r.compare(f, dump)
}

// ownless is the processor time of a database that is no process of its own.
func ownless() (time.Duration, error) { return 0, nil }

// messages measures both: at two rates, and as many as possible for each number
// of conversations.
func (r *result) messages(ctx context.Context, f *floor, servers []*rig.Server, sizes []int, database func() (time.Duration, error)) (t talked, err error) {
	for _, rate := range []int{calmRate, 1000} {
		there, back, err := f.calm(ctx, rate, r.calm)
		if err != nil {
			return t, err
		}
		t.calms = append(t.calms, calm{rate, there, back})
	}
	for _, n := range sizes {
		before, err := used(servers, database)
		if err != nil {
			return t, err
		}
		stored := f.acked()
		profiled := r.allProfiled(ctx, servers, n)
		perSecond, err := f.flood(ctx, n, r.flood, r.ahead)
		if err != nil {
			return t, err
		}
		if err := profiled(); err != nil {
			return t, err
		}
		after, err := used(servers, database)
		if err != nil {
			return t, err
		}
		messages := time.Duration(max(1, f.acked()-stored))
		t.floods = append(t.floods, flood{n, perSecond, (after.servers - before.servers) / messages, (after.own - before.own) / messages, (after.database - before.database) / messages})
	}
	return t, nil
}

// allProfiled measures every server from inside during a flood, if that was
// asked for.
func (r *result) allProfiled(ctx context.Context, servers []*rig.Server, conversations int) func() error {
	var ends []func() error
	for i, s := range servers {
		name := fmt.Sprintf("flood-%d", conversations)
		if len(servers) > 1 {
			name += fmt.Sprintf("-server-%d", i+1)
		}
		ends = append(ends, r.profiled(ctx, s, name, r.flood))
	}
	return func() (err error) {
		for _, end := range ends {
			err = errors.Join(err, end())
		}
		return err
	}
}

// times are what processors have worked.
type times struct{ servers, own, database time.Duration }

func used(servers []*rig.Server, database func() (time.Duration, error)) (t times, err error) {
	for _, s := range servers {
		one, err := s.CPU()
		if err != nil {
			return t, err
		}
		t.servers += one
	}
	t.database, err = database()
	t.own = ownCPU()
	return t, err
}

// compare holds what everybody was told to what is stored.
func (r *result) compare(f *floor, dump *check.Dump) error {
	report := check.Verify(f.journals(), dump, check.Options{Settled: true, Alone: true})
	r.reports = append(r.reports, report)
	return report.Err()
}
