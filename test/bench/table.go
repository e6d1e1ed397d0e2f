package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// result is what was measured.
type result struct {
	ready         time.Duration
	idle, busy    int64
	conversations int
	calm          latency
	flood         rate
	cpu           time.Duration // the server's, during the flood
	check         audit
}

// print writes one table: what, measured, promised.
func (r result) print(to io.Writer) {
	w := tabwriter.NewWriter(to, 0, 0, 3, ' ', 0)
	row := func(what, measured, promised string) { fmt.Fprintf(w, "%s\t%s\t%s\n", what, measured, promised) }
	row("", "measured", "promised")
	row("ready after the start", ms(r.ready), "< 100 ms")
	row("memory, idle", mib(r.idle), "< 60 MiB")
	row("memory, after the load", mib(r.busy), "")
	row(fmt.Sprintf("customer → agent, %d msg/s, p50", calmRate), ms(r.calm.p50), "< 3 ms")
	row(fmt.Sprintf("  p99 (of %d messages)", r.calm.messages), ms(r.calm.p99), "")
	perSecond := 0.0
	if r.flood.span > 0 {
		perSecond = float64(r.flood.stored) / r.flood.span.Seconds()
	}
	row(fmt.Sprintf("durable messages a second, %d conversations", r.conversations), fmt.Sprintf("%.0f", perSecond), "≥ 5000")
	row("  processor time of the server for each", us(r.cpu, r.flood.messages), "")
	row("  customer → agent meanwhile, p50", ms(r.flood.p50), "")
	row("  p99", ms(r.flood.p99), "")
	row("stored messages compared", fmt.Sprint(r.check.stored), "")
	row("lost · doubled · out of order · holes", fmt.Sprintf("%d · %d · %d · %d", r.check.lost, r.check.doubled, r.check.disordered, r.check.holes), "0 · 0 · 0 · 0")
	w.Flush()
	fmt.Fprintf(to, "Both sides follow every conversation; each customer sends %d messages ahead of the answers. For the measurement the limits on\n"+
		"messages and on new conversations are off and an agent may hold 50 conversations: %v\n", r.flood.ahead, lifted)
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

func us(d time.Duration, n int) string {
	return fmt.Sprintf("%.0f µs", float64(d.Microseconds())/float64(max(n, 1)))
}

func mib(b int64) string { return fmt.Sprintf("%.1f MiB", float64(b)/(1<<20)) }
