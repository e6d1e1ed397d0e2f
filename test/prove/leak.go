package main

import (
	"fmt"
	"time"

	"hiwar/test/rig"
)

// footprint is what a server holds on to.
type footprint struct {
	goroutines, heap int64
	descriptors      int
}

func measureSize(s *rig.Server) (*footprint, error) {
	f := &footprint{}
	var err error
	if f.goroutines, err = s.Figure("goroutines"); err != nil {
		return nil, err
	}
	if f.heap, err = s.Figure("heap_bytes"); err != nil {
		return nil, err
	}
	f.descriptors, err = s.Descriptors()
	return f, err
}

// slack is what may remain: connections that are kept for the next request.
const slack = 12

func (f *footprint) within(base *footprint) bool {
	return f.goroutines <= base.goroutines+slack && f.descriptors <= base.descriptors+slack
}

// empty says to what the server should shrink.
func (c *crowd) empty(base *footprint) { c.want = base }

// shrunk waits until the server is as small as it was, or 15 s.
func (c *crowd) shrunk() *footprint {
	rig.CloseIdle()
	deadline := time.Now().Add(15 * time.Second)
	for {
		f, err := measureSize(c.server)
		if err == nil && f.within(c.want) || time.Now().After(deadline) {
			return f
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// leaks compares what the server held before anybody came and after everybody
// had left. What it remembers of conversations is no leak: it is bounded, and
// shown.
func (c *crowd) leaks(before *footprint) row {
	after := c.emptied
	if after == nil {
		return row{figure: "the server could not be measured"}
	}
	return row{
		size:   "everybody gone",
		figure: fmt.Sprintf("goroutines %d → %d, descriptors %d → %d, heap %.1f → %.1f MiB", before.goroutines, after.goroutines, before.descriptors, after.descriptors, mib(before.heap), mib(after.heap)),
		target: fmt.Sprintf("back to base + %d", slack), ok: after.within(before),
	}
}

func mib(b int64) float64 { return float64(b) / (1 << 20) }
