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
	talked
	offer   offered
	idlers  []idle
	seated  []idle   // agents
	shared  []talked // with one server on PostgreSQL, and with three
	without error    // why there is no PostgreSQL
	reports []*check.Report
}

// promises, as they are measured on two processors with the clients on them.
const (
	readySoon     = 60 * time.Millisecond
	readyAfter    = 2 * time.Second
	smallMemory   = 60 << 20
	idleMemory    = 24 << 10
	idleCores     = 0.03 // of idleCustomers
	idleCustomers = 5000
	calmRate      = 20
	calmRatio     = 2 // times the floor
	calmWorst     = 5 * time.Millisecond
	offerWorst    = 10 * time.Millisecond
	durable       = 10_000 // from durableFrom conversations on
	durableFrom   = 100
)

// table is what is printed: what, measured, beside the floor, promised, kept.
type table struct {
	*tabwriter.Writer
	kept, promised int
}

func (t *table) row(what, measured, ratio string) {
	fmt.Fprintf(t, "| %s\t| %s\t| %s\t| \t| \t|\n", what, measured, ratio)
}

// promise is a row that something was promised of.
func (t *table) promise(what, measured, ratio, promised string, kept bool) {
	verdict := "missed"
	t.promised++
	if kept {
		verdict = "kept"
		t.kept++
	}
	fmt.Fprintf(t, "| %s\t| %s\t| %s\t| %s\t| %s\t|\n", what, measured, ratio, promised, verdict)
}

// print writes one table of what was measured, as docs/speed.md shows it.
func (r *result) print(to io.Writer) {
	t := &table{Writer: tabwriter.NewWriter(to, 0, 0, 1, ' ', 0)}
	fmt.Fprintf(t, "| \t| measured\t| of the floor\t| promised\t| \t|\n|---\t|---\t|---\t|---\t|---\t|\n")
	if r.ready > 0 {
		t.promise("ready after the start, best of ten", ms(r.ready), "", "< 60 ms", r.ready < readySoon)
		t.promise("memory, nobody there", mib(r.small), "", "< 60 MiB", r.small < smallMemory)
	}
	if r.million > 0 {
		t.promise(fmt.Sprintf("ready after kill -9 with %d messages stored", r.stored), ms(r.million), "", "≤ 2 s", r.million <= readyAfter)
	}
	r.printTalk(t)
	if o := r.offer; o.messages > 0 {
		t.promise(fmt.Sprintf("slot free → request on the page, %d agents signed in, p50 · p99", o.agents), o.String(), "", "p99 ≤ 10 ms", o.p99 <= offerWorst)
		t.row("… processor time for each conversation ended, wrapped up, accepted and begun", fmt.Sprintf("%d µs", o.each.Microseconds()), "")
	}
	r.printIdle(t)
	r.printShared(t)
	for _, report := range r.reports {
		t.compared(report)
	}
	t.Flush()
	fmt.Fprintf(to, "\n%d of %d promises kept. Both sides follow every conversation, and everybody runs on the same processors as the server; each\n"+
		"customer sends %d messages ahead of the answers, an agent holds %d conversations, and these limits are off: %v\n", t.kept, t.promised, r.ahead, perAgent, rig.Lifted)
}

func (r *result) printTalk(t *table) {
	if r.relayFlood > 0 {
		t.row("floor: relay and one sync, 20 msg/s, p50 · p99", r.relayCalm.String(), "1.00")
		t.row("floor: durable messages a second, 100 pairs", fmt.Sprintf("%.0f", r.relayFlood), "1.00")
	}
	for _, c := range r.calms {
		for _, way := range []struct {
			name string
			latency
		}{{"customer → agent", c.there}, {"agent → customer", c.back}} {
			what := fmt.Sprintf("%s, %d msg/s, p50 · p99", way.name, c.rate)
			if c.rate != calmRate || r.relayFlood == 0 {
				t.row(what, way.String(), ratio(float64(way.p50), float64(r.relayCalm.p50)))
				continue
			}
			t.promise(what, way.String(), ratio(float64(way.p50), float64(r.relayCalm.p50)), "p50 ≤ 2 × floor, p99 ≤ 5 ms", way.p50 <= calmRatio*r.relayCalm.p50 && way.p99 <= calmWorst)
		}
	}
	for _, f := range r.floods {
		what, figure, of := fmt.Sprintf("durable messages a second, %d conversations", f.conversations), fmt.Sprintf("%.0f", f.perSecond), ratio(f.perSecond, r.relayFlood)
		if f.conversations < durableFrom {
			t.row(what, figure, of)
		} else {
			t.promise(what, figure, of, "≥ 10000", f.perSecond >= durable)
		}
		t.row("… processor time for each, server · clients", fmt.Sprintf("%d · %d µs", f.each.Microseconds(), f.own.Microseconds()), "")
	}
}

func (r *result) printIdle(t *table) {
	for _, i := range r.idlers {
		t.promise(fmt.Sprintf("%d customers who say nothing, memory of each", i.people), fmt.Sprintf("%.1f KiB", float64(i.each)/1024), "", "≤ 24 KiB", i.each <= idleMemory)
		what, figure := "… processors for all of them", fmt.Sprintf("%.3f", i.cores)
		if i.people <= idleCustomers {
			t.promise(what, figure, "", "≤ 0.03", i.cores <= idleCores)
		} else {
			t.row(what, figure, "")
		}
		t.promise("… commits meanwhile", fmt.Sprint(i.commits), "", "0", i.commits == 0)
	}
	for _, i := range r.seated {
		t.row(fmt.Sprintf("%d agents at their desks who have nothing to do, memory of each", i.people), fmt.Sprintf("%.1f KiB", float64(i.each)/1024), "")
		t.row("… processors for all of them", fmt.Sprintf("%.3f", i.cores), "")
	}
}

// printShared writes what was measured on PostgreSQL: the second column beside
// what one server does there.
func (r *result) printShared(t *table) {
	if r.without != nil {
		t.row("several servers", "not measured: "+r.without.Error(), "")
	}
	for i, s := range r.shared {
		one, who := r.shared[0], "one server on PostgreSQL"
		if i > 0 {
			who = "three, all at different ones"
		}
		for k, c := range s.calms {
			what := fmt.Sprintf("%s: customer → agent, %d msg/s, p50 · p99", who, c.rate)
			of := ratio(float64(c.there.p50), float64(one.calms[k].there.p50))
			if i > 0 && c.rate == calmRate {
				t.promise(what, c.there.String(), of, "p50 ≤ 2 × one", c.there.p50 <= 2*one.calms[k].there.p50)
			} else {
				t.row(what, c.there.String(), of)
			}
		}
		for k, f := range s.floods {
			what, of := fmt.Sprintf("%s: durable messages a second, %d conversations", who, f.conversations), ratio(f.perSecond, one.floods[k].perSecond)
			if i == 0 && f.conversations >= durableFrom {
				t.promise(what, fmt.Sprintf("%.0f", f.perSecond), of, "≥ 10000", f.perSecond >= durable)
			} else {
				t.row(what, fmt.Sprintf("%.0f", f.perSecond), of)
			}
			t.row("… processor time for each, servers · PostgreSQL · clients", fmt.Sprintf("%d · %d · %d µs", f.each.Microseconds(), f.database.Microseconds(), f.own.Microseconds()), "")
		}
	}
}

func (t *table) compared(c *check.Report) {
	lost, doubled, disordered, holes := c.Count(check.Lost)+c.Count(check.Unfinished), c.Count(check.Doubled), c.Count(check.Disordered), c.Count(check.Holes)
	t.row("compared: stored · told · acknowledged", fmt.Sprintf("%d · %d · %d", c.Stored, c.Told, c.Acked), "")
	t.promise("lost · doubled · out of order · holes · others", fmt.Sprintf("%d · %d · %d · %d · %d", lost, doubled, disordered, holes,
		len(c.Violations)-lost-doubled-disordered-holes), "", "all 0", len(c.Violations) == 0)
}

func (l latency) String() string { return ms(l.p50) + " · " + ms(l.p99) }

func ratio(a, b float64) string {
	if b == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", a/b)
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

func mib(b int64) string { return fmt.Sprintf("%.1f MiB", float64(b)/(1<<20)) }
