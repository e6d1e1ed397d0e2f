package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// latency is how long messages took from a customer's hand to the agent's
// page.
type latency struct {
	messages       int
	p50, p99, most time.Duration
}

const calmRate = 20 // messages a second, over all conversations

// calm sends 20 messages a second and measures each.
func (f *floor) calm(ctx context.Context, span time.Duration) (latency, error) {
	f.forget()
	t := time.NewTicker(time.Second / calmRate)
	defer t.Stop()
	n := int(span.Seconds() * calmRate)
	for i := range n {
		select {
		case <-t.C:
		case <-f.faults.at:
			return latency{}, f.faults.err
		case <-ctx.Done():
			return latency{}, context.Cause(ctx)
		}
		if err := f.customers[i%len(f.customers)].send(ctx); err != nil {
			return latency{}, err
		}
	}
	if err := f.settle(ctx); err != nil {
		return latency{}, err
	}
	return f.latency(), nil
}

// forget drops the times measured so far.
func (f *floor) forget() {
	for _, c := range f.customers {
		c.mu.Lock()
		c.waits = nil
		c.mu.Unlock()
	}
}

func (f *floor) latency() latency {
	var all []time.Duration
	for _, c := range f.customers {
		c.mu.Lock()
		all = append(all, c.waits...)
		c.mu.Unlock()
	}
	if len(all) == 0 {
		return latency{}
	}
	slices.Sort(all)
	return latency{messages: len(all), p50: all[len(all)/2], p99: all[len(all)*99/100], most: all[len(all)-1]}
}

// rate is how many messages were stored in a time.
type rate struct {
	latency
	stored int
	span   time.Duration
	ahead  int
}

// flood lets every customer send as fast as the answers come, ahead of them
// by a few.
func (f *floor) flood(ctx context.Context, span time.Duration, ahead int) (rate, error) {
	f.forget()
	before := f.acked()
	until, cancel := context.WithTimeout(ctx, span)
	defer cancel()
	began := time.Now()
	var all sync.WaitGroup
	for _, c := range f.customers {
		c.mu.Lock()
		c.tokens = make(chan struct{}, 2*ahead+len(c.sent)+1)
		c.mu.Unlock()
		for range ahead {
			c.tokens <- struct{}{}
		}
		all.Go(func() {
			for {
				select {
				case <-c.tokens:
				case <-until.Done():
					return
				case <-f.faults.at:
					return
				}
				if err := c.send(ctx); err != nil {
					f.faults.add(err)
					return
				}
			}
		})
	}
	all.Wait()
	r := rate{stored: f.acked() - before, span: time.Since(began), ahead: ahead}
	if err := f.settle(ctx); err != nil {
		return r, err
	}
	r.latency = f.latency()
	return r, nil
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

// settle waits until everything that was sent is answered and has reached
// both sides.
func (f *floor) settle(ctx context.Context) error {
	t := time.NewTicker(20 * time.Millisecond)
	defer t.Stop()
	for {
		missing := 0
		for _, c := range f.customers {
			missing += c.outstanding() + c.untold()
		}
		if missing == 0 {
			return nil
		}
		select {
		case <-t.C:
		case <-f.faults.at:
			return f.faults.err
		case <-ctx.Done():
			return fmt.Errorf("%d answers or events are missing: %w", missing, context.Cause(ctx))
		}
	}
}

// untold is how many messages one of the sides has not been told of.
func (c *customer) untold() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return 2*len(c.sent) - len(c.told) - len(c.seen)
}
