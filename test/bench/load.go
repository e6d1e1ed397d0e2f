package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// latency is how long messages took from one side's hand to the other's page.
type latency struct {
	messages int
	p50, p99 time.Duration
}

func latencyOf(all []time.Duration) latency {
	if len(all) == 0 {
		return latency{}
	}
	slices.Sort(all)
	return latency{messages: len(all), p50: all[len(all)/2], p99: all[len(all)*99/100]}
}

// calm sends so many messages a second, from both sides in turn, and measures
// each.
func (f *floor) calm(ctx context.Context, rate int, span time.Duration) (there, back latency, err error) {
	f.forget()
	t := time.NewTicker(time.Second / time.Duration(rate))
	defer t.Stop()
	for i := range int(span.Seconds() * float64(rate)) {
		select {
		case <-t.C:
		case <-f.faults.at:
			return there, back, f.faults.err
		case <-ctx.Done():
			return there, back, context.Cause(ctx)
		}
		if err := f.customers[i/2%len(f.customers)].send(ctx, i%2 == 1); err != nil {
			return there, back, err
		}
	}
	if err := f.settle(ctx); err != nil {
		return there, back, err
	}
	there, back = f.latencies()
	return there, back, nil
}

// forget drops the times measured so far.
func (f *floor) forget() {
	for _, c := range f.customers {
		c.mu.Lock()
		c.waits, c.backs = nil, nil
		c.mu.Unlock()
	}
}

func (f *floor) latencies() (there, back latency) {
	var waits, backs []time.Duration
	for _, c := range f.customers {
		c.mu.Lock()
		waits, backs = append(waits, c.waits...), append(backs, c.backs...)
		c.mu.Unlock()
	}
	return latencyOf(waits), latencyOf(backs)
}

// flood lets the first n customers send as fast as the answers come, ahead of
// them by a few, and gives the messages stored a second.
func (f *floor) flood(ctx context.Context, n int, span time.Duration, ahead int) (perSecond float64, err error) {
	before := f.acked()
	until, cancel := context.WithTimeout(ctx, span)
	defer cancel()
	began := time.Now()
	var all sync.WaitGroup
	for _, c := range f.customers[:n] {
		c.mu.Lock()
		c.tokens = make(chan struct{}, 2*ahead+c.sent+1)
		tokens := c.tokens
		c.mu.Unlock()
		for range ahead {
			tokens <- struct{}{}
		}
		all.Go(func() {
			for {
				select {
				case <-tokens:
				case <-until.Done():
					return
				case <-f.faults.at:
					return
				}
				if err := c.send(ctx, false); err != nil {
					f.faults.add(err)
					return
				}
			}
		})
	}
	all.Wait()
	perSecond = float64(f.acked()-before) / time.Since(began).Seconds()
	for _, c := range f.customers[:n] {
		c.mu.Lock()
		c.tokens = nil
		c.mu.Unlock()
	}
	return perSecond, f.settle(ctx)
}

func (f *floor) acked() int {
	n := 0
	for _, c := range f.customers {
		c.mu.Lock()
		n += len(c.acked)
		c.mu.Unlock()
	}
	return n
}

// settle waits until everything that was sent has reached both sides.
func (f *floor) settle(ctx context.Context) error {
	t := time.NewTicker(20 * time.Millisecond)
	defer t.Stop()
	for {
		missing := 0
		for _, c := range f.customers {
			missing += c.missing()
		}
		if missing == 0 {
			return nil
		}
		select {
		case <-t.C:
		case <-f.faults.at:
			return f.faults.err
		case <-ctx.Done():
			return fmt.Errorf("%d events are missing: %w", missing, context.Cause(ctx))
		}
	}
}
