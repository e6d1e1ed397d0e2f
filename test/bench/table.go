package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"hiwar/test/check"
	"hiwar/test/rig"
)

// result is what was measured.
type result struct {
	options
	ready, million time.Duration
	small          int64
	relayCalm      latency
	relayFlood     float64
	calms          []calm
	floods         []flood
	idlers         []idle
	report         *check.Report
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
	each          time.Duration // processor time of the server
	own           time.Duration // and of those who write and read
}

// print writes one table: what, measured, beside the floor, promised.
func (r *result) print(to io.Writer) {
	w := tabwriter.NewWriter(to, 0, 0, 3, ' ', 0)
	row := func(what, measured, ratio, promised string) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", what, measured, ratio, promised)
	}
	row("", "measured", "of the floor", "promised")
	row("ready after the start, best of ten", ms(r.ready), "", "< 60 ms")
	row(fmt.Sprintf("ready after kill -9 with %d messages", r.stored), ms(r.million), "", "≤ 2 s")
	row("memory, nobody there", mib(r.small), "", "< 60 MiB")
	for _, i := range r.idlers {
		row(fmt.Sprintf("%d customers who say nothing, each", i.customers), fmt.Sprintf("%.1f KiB", float64(i.each)/1024), "", "≤ 24 KiB")
		row("  all of them together", fmt.Sprintf("%.3f cores", i.cores), "", "≤ 0.03 cores (5,000)")
	}
	row("floor: relay and one sync, 20 msg/s, p50 · p99", ms(r.relayCalm.p50)+" · "+ms(r.relayCalm.p99), "1.0", "")
	for _, c := range r.calms {
		promised := ""
		if c.rate == 20 {
			promised = "p50 ≤ 2 × floor, p99 ≤ 5 ms"
		}
		row(fmt.Sprintf("customer → agent, %d msg/s, p50 · p99", c.rate), ms(c.there.p50)+" · "+ms(c.there.p99), ratio(float64(c.there.p50), float64(r.relayCalm.p50)), promised)
		row(fmt.Sprintf("agent → customer, %d msg/s, p50 · p99", c.rate), ms(c.back.p50)+" · "+ms(c.back.p99), ratio(float64(c.back.p50), float64(r.relayCalm.p50)), promised)
	}
	row("floor: durable messages a second, 100 pairs", fmt.Sprintf("%.0f", r.relayFlood), "1.0", "")
	for _, f := range r.floods {
		promised := ""
		if f.conversations >= 100 {
			promised = "≥ 10000"
		}
		row(fmt.Sprintf("durable messages a second, %d conversations", f.conversations), fmt.Sprintf("%.0f", f.perSecond), ratio(f.perSecond, r.relayFlood), promised)
		row("  processor time for each: of the server · of the clients", fmt.Sprintf("%.0f · %.0f µs", float64(f.each.Nanoseconds())/1000, float64(f.own.Nanoseconds())/1000), "", "")
	}
	if c := r.report; c != nil {
		row("compared: stored · told · acknowledged", fmt.Sprintf("%d · %d · %d", c.Stored, c.Told, c.Acked), "", "")
		row("lost · doubled · out of order · holes · others", fmt.Sprintf("%d · %d · %d · %d · %d", c.Count(check.Lost)+c.Count(check.Unfinished), c.Count(check.Doubled), c.Count(check.Disordered), c.Count(check.Holes),
			len(c.Violations)-c.Count(check.Lost)-c.Count(check.Unfinished)-c.Count(check.Doubled)-c.Count(check.Disordered)-c.Count(check.Holes)), "", "all 0")
	}
	w.Flush()
	fmt.Fprintf(to, "Both sides follow every conversation, and everybody runs on the same processors as the server; each customer sends %d messages\n"+
		"ahead of the answers. An agent holds %d conversations, and these limits are off: %v\n", r.ahead, perAgent, rig.Lifted)
}

func ratio(a, b float64) string {
	if b == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", a/b)
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

func mib(b int64) string { return fmt.Sprintf("%.1f MiB", float64(b)/(1<<20)) }
