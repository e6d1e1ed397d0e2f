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
	"time"

	"hiwar/test/check"
)

func main() {
	o := options{}
	flag.StringVar(&o.binary, "binary", "bin/hiwar", "the program to measure")
	flag.IntVar(&o.conversations, "conversations", 1000, "running at once, at most 1,000")
	flag.DurationVar(&o.calm, "calm", 10*time.Second, "how long messages are sent at each rate")
	flag.DurationVar(&o.flood, "flood", 6*time.Second, "how long as many as possible are sent, for each size")
	flag.IntVar(&o.ahead, "ahead", 8, "messages a customer sends without waiting for the answer")
	flag.IntVar(&o.idle, "idle", 5000, "customers who say nothing")
	flag.IntVar(&o.stored, "stored", 1_000_000, "messages stored when the server is killed")
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
	ahead, idle   int
	stored        int
}

// measure does everything in order; what was measured before an error is
// there.
func (r *result) measure(ctx context.Context, dir string) error {
	if err := r.start(ctx, under(dir, "start")); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	var err error
	if r.relayCalm, r.relayFlood, err = measureRelay(ctx, dir, 100, 20, r.calm, r.flood, r.ahead); err != nil {
		return fmt.Errorf("floor: %w", err)
	}
	if err := r.talk(ctx, under(dir, "talk")); err != nil {
		return fmt.Errorf("messages: %w", err)
	}
	if r.idlers, err = measureIdle(ctx, r.binary, under(dir, "idle"), []int{r.idle / 5, r.idle}, 20*time.Second); err != nil {
		return fmt.Errorf("idle: %w", err)
	}
	if r.million, err = measureMillion(ctx, r.binary, under(dir, "million"), r.stored); err != nil {
		return fmt.Errorf("a million: %w", err)
	}
	return nil
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

// talk measures messages, and ends in the checker.
func (r *result) talk(ctx context.Context, dir string) error {
	p, s, err := open(ctx, r.binary, dir, desks(r.conversations))
	if err != nil {
		return err
	}
	defer func() { s.Stop() }()
	f, err := openFloor(ctx, p, s, r.conversations)
	if f != nil {
		defer f.close()
	}
	if err != nil {
		return err
	}
	for _, rate := range []int{20, 1000} {
		there, back, err := f.calm(ctx, rate, r.calm)
		if err != nil {
			return err
		}
		r.calms = append(r.calms, calm{rate, there, back})
	}
	for _, n := range []int{1, 8, 32, 100, 1000} {
		if n > r.conversations {
			break
		}
		before, err := s.CPU()
		if err != nil {
			return err
		}
		stored := f.acked()
		perSecond, err := f.flood(ctx, n, r.flood, r.ahead)
		if err != nil {
			return err
		}
		after, err := s.CPU()
		if err != nil {
			return err
		}
		r.floods = append(r.floods, flood{n, perSecond, (after - before) / time.Duration(max(1, f.acked()-stored))})
	}
	s.Stop()
	dump, err := check.ReadSQLite(p.Database())
	if err != nil {
		return err
	}
	r.report = check.Verify(f.journals(), dump, check.Options{Settled: true, Alone: true})
	return r.report.Err()
}
