package simulation

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// theory is what queueing theory says of agents who take one customer at a
// time, customers who come independently, and matters and patience that are
// exponential. Without patience it is Erlang's C, with it Erlang's A.
type theory struct{ waits, mean, abandons, inTime float64 }

// erlang solves the queue: rate customers a second, agents, mean handling and
// mean patience in seconds (infinite: nobody leaves).
func erlang(rate float64, agents int, handling, patience, within float64) theory {
	// The share of time with n customers, by what goes in and out of n.
	p, sum := []float64{1}, 1.0
	for n := 1; n < 5000; n++ {
		out := float64(min(n, agents))/handling + float64(max(0, n-agents))/patience
		p = append(p, p[n-1]*rate/out)
		if sum += p[n]; n > agents && p[n] < 1e-16*sum {
			break
		}
	}
	waiting, queue := 0.0, 0.0
	for n := range p {
		p[n] /= sum
		if n >= agents {
			waiting += p[n]
			queue += float64(n-agents) * p[n]
		}
	}
	t := theory{waits: waiting, mean: queue / rate, abandons: queue / patience / rate}
	t.inTime = 1 - t.waits*math.Exp(-(float64(agents)/handling-rate)*within) // Erlang's C only
	return t
}

// The formula everybody has is the sum that everybody knows.
func TestErlangByHand(t *testing.T) {
	// Ten erlangs for twelve agents: the tables say that 45 % wait.
	if got := erlang(10, 12, 1, math.Inf(1), 0).waits; math.Abs(got-0.4494) > 0.0005 {
		t.Errorf("C(12, 10) = %.4f", got)
	}
	// With endless impatience nobody waits: Erlang's B, 12 % lost.
	if got := erlang(10, 12, 1, 1e-9, 0).abandons; math.Abs(got-0.1197) > 0.0005 {
		t.Errorf("B(12, 10) = %.4f", got)
	}
}

// load is a day that theory can say something about, as long as it needs to be.
type load struct {
	agents   int
	perHour  int
	patience string
}

// The simulated day agrees with theory, as exactly as so many customers allow:
// within four standard errors. The errors come from the run itself: two dozen
// days that know nothing of each other, so that a right machine is outside of
// four errors once in two thousand times. The seeds are fixed.
func TestTheSimulationAgreesWithTheory(t *testing.T) {
	const handling, within = 180.0, 20 * time.Second
	for _, l := range []load{
		{3, 36, ""},
		{5, 75, ""},
		{10, 150, ""},
		{3, 60, "3m"},
		{10, 184, "2m"},
		{10, 260, "2m"},
		{20, 420, "5m"},
	} {
		name, patience := "Erlang C", math.Inf(1)
		if l.patience != "" {
			d, err := time.ParseDuration(l.patience)
			if err != nil {
				t.Fatal(err)
			}
			name, patience = "Erlang A", d.Seconds()
		}
		t.Run(fmt.Sprintf("%s %d agents %d an hour", name, l.agents, l.perHour), func(t *testing.T) {
			t.Parallel()
			want := erlang(float64(l.perHour)/3600, l.agents, handling, patience, within.Seconds())
			seen := l.run(t, within)
			t.Logf("%d customers", seen.customers)
			seen.waits.agrees(t, "share that waits", want.waits)
			seen.mean.agrees(t, "mean wait", want.mean)
			if l.patience == "" {
				seen.inTime.agrees(t, "in time", want.inTime)
			} else {
				seen.abandons.agrees(t, "share that leaves", want.abandons)
			}
		})
	}
}

// batches are means over stretches of a run.
type batches []float64

func (b batches) mean() (mean, deviation float64) {
	for _, x := range b {
		mean += x / float64(len(b))
	}
	for _, x := range b {
		deviation += (x - mean) * (x - mean) / float64(len(b)-1)
	}
	return mean, math.Sqrt(deviation / float64(len(b)))
}

func (b batches) agrees(t *testing.T, what string, want float64) {
	t.Helper()
	got, deviation := b.mean()
	t.Logf("%-18s theory %8.4f  simulated %8.4f  difference %+5.2f %%  allowed ±%.2f %%", what, want, got, 100*(got-want)/want, 400*deviation/want)
	if math.Abs(got-want) > 4*deviation {
		t.Errorf("%s: %.4f, theory says %.4f: more than four standard errors of %.4f", what, got, want, deviation)
	}
	if 4*deviation > 0.35*want {
		t.Errorf("%s: a standard error of %.4f of %.4f proves nothing: too few customers", what, deviation, want)
	}
}

type sample struct {
	customers                     int
	waits, mean, inTime, abandons batches
}

// run simulates days one after the other, each a batch of its own: its first
// two hours, in which the queue comes to its rhythm, do not count, and neither
// does the last.
func (l load) run(t *testing.T, within time.Duration) (s sample) {
	t.Helper()
	const days = 24
	hours := 3 + min(20, max(5, 2400/l.perHour))
	expected := make([]int, hours)
	for i := range expected {
		expected[i] = l.perHour
	}
	one := 1
	p := Plan{
		From: "00:00", To: fmt.Sprintf("%02d:00", hours), Rules: Rules{Capacity: &one},
		Queues: []Queue{{Name: "q", Teams: []string{"t"}, Arrivals: Arrivals{Every: "1h", Expected: expected}, Handling: Distribution{Shape: "exponential", Mean: "180s"}}},
		Staff:  []Shift{{Team: "t", Agents: l.agents, From: "00:00", To: "24:00"}},
	}
	if l.patience != "" {
		p.Queues[0].Patience = &Distribution{Shape: "exponential", Mean: l.patience}
	}
	for seed := range int64(days) {
		r, err := p.Run(seed + int64(l.perHour*1000+l.agents*100) + 1)
		if err != nil {
			t.Fatal(err)
		}
		var n, waited, late, left, wait float64
		for _, c := range r.customers {
			if c.came.Before(r.From.Add(2*time.Hour)) || c.came.After(r.To.Add(-time.Hour)) {
				continue
			}
			n++
			until := c.answered
			if until.IsZero() {
				until = c.left
				left++
			}
			if until.After(c.came) {
				waited++
			}
			if until.Sub(c.came) > within {
				late++
			}
			wait += until.Sub(c.came).Seconds()
		}
		s.customers += int(n)
		s.waits, s.mean = append(s.waits, waited/n), append(s.mean, wait/n)
		s.inTime, s.abandons = append(s.inTime, 1-late/n), append(s.abandons, left/n)
	}
	return s
}
