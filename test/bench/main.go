// Command bench measures what we promise about speed, on the real binary over
// loopback, as customers and agents use it: how soon it is ready, what people
// who say nothing cost, how long a message takes both ways, and how many
// messages a second it stores. Beside it stands its own floor: a relay on the
// same socket library that syncs a file before it answers and does nothing
// else. Afterwards the checker compares what everybody was told with what is
// stored: nothing may be lost, doubled or out of order.
//
// It starts its own servers in a temporary folder and ends within ten minutes.
// The server's limits on how fast one may write are lifted for the
// measurement, and the table says so.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"
)

func main() {
	o := options{}
	flag.StringVar(&o.binary, "binary", "bin/hiwar", "the program to measure")
	flag.IntVar(&o.conversations, "conversations", 1000, "running at once, at most 1,000")
	flag.DurationVar(&o.calm, "calm", 10*time.Second, "how long messages are sent at each rate")
	flag.DurationVar(&o.flood, "flood", 6*time.Second, "how long as many as possible are sent, for each size")
	flag.IntVar(&o.ahead, "ahead", 8, "messages a customer sends without waiting for the answer")
	flag.IntVar(&o.idle, "idle", 10_000, "customers who say nothing")
	flag.DurationVar(&o.quiet, "quiet", 15*time.Second, "how long they say nothing, for each number of them")
	flag.IntVar(&o.stored, "stored", 1_000_000, "messages stored when the server is killed")
	flag.StringVar(&o.only, "only", "start,floor,talk,offer,idle,desks,million,several", "what to measure")
	flag.IntVar(&o.staff, "staff", 1000, "agents who are signed in while it is measured how soon a free slot is filled")
	flag.StringVar(&o.profile, "profile", "", "folder for profiles of the server, which has to be built with -tags profile")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeoutCause(ctx, 10*time.Minute, errors.New("it took more than ten minutes"))
	defer cancel()
	dir, err := os.MkdirTemp("", "hiwar-bench-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	defer os.RemoveAll(dir)
	r := &result{options: o}
	err = r.measure(ctx, dir)
	r.print(os.Stdout)
	if err != nil {
		os.RemoveAll(dir)
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type options struct {
	binary        string
	conversations int
	calm, flood   time.Duration
	quiet         time.Duration
	ahead, idle   int
	stored, staff int
	only, profile string
}

// measure does everything that was asked for, in order; what was measured
// before an error is there.
func (r *result) measure(ctx context.Context, dir string) error {
	for _, part := range []struct {
		name string
		run  func(ctx context.Context, dir string) error
	}{
		{"start", r.start}, {"floor", r.floor}, {"talk", r.talk}, {"offer", r.offers}, {"idle", r.silent}, {"desks", r.seats}, {"million", r.many}, {"several", r.several},
	} {
		if !slices.Contains(strings.Split(r.only, ","), part.name) {
			continue
		}
		if err := part.run(ctx, under(dir, part.name)); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

// floor is what is measured against.
func (r *result) floor(ctx context.Context, dir string) (err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	r.relayCalm, r.relayFlood, err = measureRelay(ctx, dir, 100, 20, r.calm, r.flood, r.ahead)
	return err
}

// silent is what customers cost who say nothing.
func (r *result) silent(ctx context.Context, dir string) (err error) {
	r.idlers, err = r.measureIdle(ctx, dir, "idle", 1, []int{r.idle / 10, r.idle / 2, r.idle}, follow)
	return err
}

// seats is what agents cost who have nothing to do.
func (r *result) seats(ctx context.Context, dir string) (err error) {
	r.seated, err = r.measureIdle(ctx, dir, "desks", r.staff, []int{r.staff}, sit)
	return err
}

// many is a restart with much stored.
func (r *result) many(ctx context.Context, dir string) (err error) {
	r.million, err = measureMillion(ctx, r.binary, dir, r.stored)
	return err
}

// start is the cold start: the fastest of ten, since what else the machine does
// only ever adds.
func (r *result) start(ctx context.Context, dir string) error {
	_, s, err := open(ctx, r.binary, dir, 1)
	if err != nil {
		return err
	}
	defer func() { s.Stop() }()
	r.ready = s.Ready
	for range 9 {
		s.Stop()
		if err := s.Restart(ctx); err != nil {
			return err
		}
		r.ready = min(r.ready, s.Ready)
	}
	r.small, err = resident(ctx, s)
	return err
}
