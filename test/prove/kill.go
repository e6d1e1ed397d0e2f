package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"hiwar/internal/org"
	"hiwar/test/check"
)

// kill ends the server as a crash does, again and again, while 20 customers and
// 5 agents are at work; everybody comes back and goes on.
func kill(ctx context.Context, e *env, dir string) ([]row, error) {
	kills, acks := e.size(15, 100), e.size(0, 50_000)
	c, err := gather(ctx, e, dir, setting{customers: 20, agents: 5, crashes: true, change: patient})
	if err != nil {
		return nil, err
	}
	defer c.close()
	c.begin()
	chance := rand.New(rand.NewPCG(e.seed, 1))
	var ready []time.Duration
	for n := 0; n < kills; n++ {
		// Long enough that people are back and busy, and ending anywhere
		// within a commit.
		pause(ctx, 300*time.Millisecond+time.Duration(chance.IntN(500_000))*time.Microsecond)
		if n == kills-1 && c.ackedTotal() < acks && kills < 2000 {
			kills++
		}
		c.server.Kill()
		if err := c.server.Restart(ctx); err != nil {
			return nil, err
		}
		ready = append(ready, c.server.Ready)
	}
	pause(ctx, 500*time.Millisecond)
	report, dump, err := c.verdict()
	if err != nil {
		return nil, err
	}
	slices.Sort(ready)
	size := fmt.Sprintf("%d kills, %d acks", len(ready), report.Acked)
	rows := judged(size, report, dump)
	p99 := ready[len(ready)*99/100]
	rows = append(rows, row{size: size, figure: fmt.Sprintf("writes taken of who had given the conversation away: %d", c.late), target: "0", ok: c.late == 0})
	return append(rows, row{size: size, figure: fmt.Sprintf("ready p50 %s, p99 %s", ms(ready[len(ready)/2]), ms(p99)), target: "p99 ≤ 2 s", ok: p99 <= 2*time.Second}), report.Err()
}

// patient are settings under which nobody is lost while the server restarts.
func patient(s *org.Settings) {
	s.CustomerUnseen, s.CustomerGone, s.ConfirmWithin = time.Minute, 10*time.Minute, 30*time.Second
}

// ackedTotal is how many messages of customers were answered.
func (c *crowd) ackedTotal() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, seq := range c.ackedSeq {
		n += int(seq)
	}
	return n
}

// judged are the rows that every run with journals ends in.
func judged(size string, r *check.Report, d *check.Dump) []row {
	n := func(rules ...check.Rule) (n int) {
		for _, rule := range rules {
			n += r.Count(rule)
		}
		return n
	}
	offers, conversations := d.Books().Balance()
	lost, doubled, disordered, holes := n(check.Lost, check.Unfinished), n(check.Doubled, check.Invented), n(check.Disordered), n(check.Holes)
	floor := n(check.Overlap, check.Capacity, check.RONA, check.Stuck, check.Ledger)
	enough := r.Acked > 0 && r.Told > 0 && r.Stored > 0
	return []row{
		{
			size:   size,
			figure: fmt.Sprintf("lost %d, doubled %d, out of order %d, holes %d (of %d stored, %d told)", lost, doubled, disordered, holes, r.Stored, r.Told),
			target: "0, 0, 0, 0", ok: enough && lost+doubled+disordered+holes == 0,
		},
		{
			size:   fmt.Sprintf("%d conversations, %d offers", r.Conversations, r.Offers),
			figure: fmt.Sprintf("owners, capacity, RONA, stuck: %d; ledger off by %d and %d", floor, offers, conversations),
			target: "0; 0 and 0", ok: floor == 0 && offers == 0 && conversations == 0,
		},
	}
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }
