package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// restart stops the server in order while everybody is at work, and starts it
// again: it says so, closes with 1012, and people are back soon.
func restart(ctx context.Context, e *env, dir string) ([]row, error) {
	c, err := gather(ctx, e, dir, setting{customers: 20, agents: 5, change: patient})
	if err != nil {
		return nil, err
	}
	defer c.close()
	c.begin()
	times := e.size(3, 20)
	for range times {
		pause(ctx, 700*time.Millisecond)
		c.server.Stop()
		if err := c.server.Restart(ctx); err != nil {
			return nil, err
		}
	}
	pause(ctx, 700*time.Millisecond)
	report, dump, err := c.verdict()
	if err != nil {
		return nil, err
	}
	size := fmt.Sprintf("%d restarts, %d acks", times, report.Acked)
	c.mu.Lock()
	defer c.mu.Unlock()
	slices.Sort(c.backs)
	gap := time.Duration(0)
	if n := len(c.backs); n > 0 {
		gap = c.backs[n*99/100]
	}
	// Those whose connection had just been made may find it refused or reset.
	announced, all := c.codes[1012], 0
	for code, n := range c.codes {
		if code != 1000 {
			all += n
		}
	}
	rows := judged(size, report, dump)
	return append(rows, row{
		size: size, figure: fmt.Sprintf("closed with 1012: %d of %d; from lost to the next answer p99 %s", announced, times*len(c.everybody()), ms(gap)),
		target: "most; p99 ≤ 5 s", ok: announced*10 >= times*len(c.everybody())*9 && gap > 0 && gap <= 5*time.Second && all > 0,
	}), report.Err()
}
