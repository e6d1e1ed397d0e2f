// Command bench measures what we promise about speed, on the real binary over
// loopback, as customers and agents use it: how soon it is ready, what it
// holds in memory when idle, how long a message takes from a customer to the
// agent, and how many messages a second it stores when it has nothing else to
// do. Afterwards it compares what everybody was told with what is stored:
// nothing may be lost, doubled or out of order.
//
// It starts its own server in a temporary folder and ends within 90 s. The
// server's limit on how fast one may write is lifted for the measurement, and
// the table says so.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

func main() {
	o := options{}
	flag.StringVar(&o.binary, "binary", "bin/hiwar", "the program to measure")
	flag.IntVar(&o.conversations, "conversations", 100, "running at once, at most 100")
	flag.DurationVar(&o.calm, "calm", 15*time.Second, "how long 20 messages a second are sent")
	flag.DurationVar(&o.flood, "flood", 12*time.Second, "how long as many as possible are sent")
	flag.IntVar(&o.ahead, "ahead", 8, "messages a customer sends without waiting for the answer")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 90*time.Second)
	defer cancel()
	result, err := measure(ctx, o)
	result.print(os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type options struct {
	binary        string
	conversations int
	calm, flood   time.Duration
	ahead         int
}

// measure does everything in order; what was measured before an error is
// there.
func measure(ctx context.Context, o options) (r result, err error) {
	s, err := startServer(ctx, o.binary)
	if err != nil {
		return r, err
	}
	defer s.stop()
	r.ready = s.ready
	if r.idle, err = s.resident(ctx); err != nil {
		return r, err
	}
	floor, err := openFloor(ctx, s, o.conversations)
	if err != nil {
		return r, err
	}
	defer floor.close()
	r.conversations = len(floor.customers)

	if r.calm, err = floor.calm(ctx, o.calm); err != nil {
		return r, err
	}
	before, err := s.cpu()
	if err != nil {
		return r, err
	}
	if r.flood, err = floor.flood(ctx, o.flood, o.ahead); err != nil {
		return r, err
	}
	after, err := s.cpu()
	if err != nil {
		return r, err
	}
	r.cpu = after - before
	if r.busy, err = s.resident(ctx); err != nil {
		return r, err
	}
	r.check, err = floor.check(ctx)
	return r, err
}
