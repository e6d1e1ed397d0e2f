package routing

import (
	"cmp"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

var (
	decisionPlot = flag.String("decisions", "", "a file to draw the times of BenchmarkDecision into")
	slowest      = flag.Int("slowest", 0, "how many of the slowest decisions BenchmarkDecision names by their event")
)

// Decisions on a busy centre: an agent's slot becomes free, and of all who wait
// in the queues they serve it is decided who comes first (freed); a customer
// comes, and of all who are free and fit it is decided who gets them (arrived);
// or all of a day, with people who come, go, miss, decline and transfer (day);
// or slots become free in a tenth of the queues while all others stand still
// (corner): the trees are as high as everywhere, and what is touched of them is
// as little as on a floor of a tenth of the size.
// Everything that makes an offer counts, timers too. The centre has a queue for
// every twenty agents and half as many customers waiting as agents, five skills
// each at a level of chance, further groups, caps, and every rule.
//
//	go test ./internal/routing -run - -bench Decision
func BenchmarkDecision(b *testing.B) {
	var measured []measure
	for _, c := range []struct {
		name string
		busy bool
		step func(*centre)
	}{{"freed", true, (*centre).freed}, {"arrived", false, (*centre).arrived}, {"day", true, (*centre).hour}, {"corner", true, (*centre).freed}} {
		for _, agents := range []int{100, 1000, 10000} {
			var floor *centre
			var last measure
			b.Run(fmt.Sprintf("%s/agents=%d", c.name, agents), func(b *testing.B) {
				if floor == nil {
					before := heapInUse()
					floor = newCentre(b, agents, c.busy, time.Millisecond)
					if c.name == "corner" {
						floor.corner()
					}
					floor.heap = heapInUse() - before
					floor.journal = &Journal{}
					for range agents { // every pool has been asked for
						c.step(floor)
					}
				}
				floor.b, floor.decisions = b, floor.decisions[:0]
				b.ResetTimer()
				for len(floor.decisions) < b.N {
					c.step(floor)
				}
				b.StopTimer()
				last = floor.measure(c.name, agents)
				b.ReportMetric(last.p50, "p50-µs")
				b.ReportMetric(last.p99, "p99-µs")
				b.ReportMetric(floor.heap, "MB")
				b.ReportMetric(floor.journalMB(), "journal-MB")
				floor.nameSlowest()
			})
			measured = append(measured, last)
		}
	}
	if *decisionPlot != "" {
		if err := os.WriteFile(*decisionPlot, []byte(drawMeasures(measured)), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

// Everybody, for a decision at the end of what the journal has to go through: as
// many steps as a stretch has at most, on the floor of BenchmarkDecision.
func BenchmarkEverybody(b *testing.B) {
	for _, agents := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprintf("agents=%d", agents), func(b *testing.B) {
			floor := newCentre(b, agents, true, time.Millisecond)
			floor.journal = &Journal{}
			for len(floor.journal.stretches) < 2 {
				floor.freed()
			}
			last, _ := floor.state.Offer(floor.state.lastOffer)
			x := floor.journal.stretches[0]
			for ; last.ID > floor.journal.stretches[1].records.LastOffer; last.ID-- {
			}
			for b.Loop() {
				x.Candidates(last)
			}
			b.ReportMetric(float64(len(x.steps)), "steps")
		})
	}
}

// measure is how long decisions took, in microseconds.
type measure struct {
	what     string
	agents   int
	p50, p99 float64
}

// decision is one step that made an offer.
type decision struct {
	event string
	took  time.Duration
}

type centre struct {
	b         testing.TB
	state     *State
	journal   *Journal // that the engine steps it by; nil where only deciding counts
	now       time.Time
	pace      time.Duration // from step to step
	chance    *rand.Rand
	held      []Part
	asked     int // so many of the assets are asked for
	decisions []decision
	accepts   bool
	n         int
	heap      float64
}

func (c *centre) measure(what string, agents int) measure {
	slices.SortFunc(c.decisions, func(a, b decision) int { return cmp.Compare(b.took, a.took) })
	at := func(share int) float64 {
		n := len(c.decisions)
		return float64(c.decisions[n-1-(n-1)*share/100].took.Nanoseconds()) / 1e3
	}
	return measure{what, agents, at(50), at(99)}
}

// nameSlowest counts the events of the slowest decisions.
func (c *centre) nameSlowest() {
	if *slowest == 0 {
		return
	}
	of := map[string]int{}
	list := c.decisions[:min(*slowest, len(c.decisions))]
	for _, d := range list {
		of[d.event]++
	}
	c.b.Logf("of %d decisions the slowest %d took %s to %s: %v", len(c.decisions), len(list), list[0].took, list[len(list)-1].took, of)
}

// step steps the floor as the engine does, first what is due, and has whatever is
// offered accepted.
func (c *centre) step(ev Event) (effects []Effect) {
	c.now = c.now.Add(c.pace)
	if due, ok := c.state.Deadline(); ok && !due.After(c.now) {
		c.timed(Tick{})
	}
	return c.timed(ev)
}

func (c *centre) timed(ev Event) []Effect {
	from := time.Now()
	effects, err := c.take(ev)
	took := time.Since(from)
	if err != nil {
		c.b.Fatalf("%T: %v", ev, err)
	}
	c.state.TakeChanges()
	if slices.ContainsFunc(effects, func(e Effect) bool { _, made := e.(OfferMade); return made }) {
		c.decisions = append(c.decisions, decision{fmt.Sprintf("%T", ev), took})
	}
	for _, e := range effects {
		switch e := e.(type) {
		case OfferMade:
			if c.accepts {
				c.step(AcceptOffer{e.Agent, e.Offer})
			}
		case PartBegun:
			p, _ := c.state.Part(e.Part)
			c.held = append(c.held, p)
		}
	}
	return effects
}

func (c *centre) take(ev Event) ([]Effect, error) {
	if c.journal == nil {
		return c.state.Step(c.now, ev)
	}
	return c.journal.Step(c.state, c.now, ev)
}

// journalMB is the memory that only the journal takes.
func (c *centre) journalMB() float64 {
	with := heapInUse()
	c.journal = &Journal{}
	return with - heapInUse()
}

// freed has somebody wrap up, and as many customers come as are served.
func (c *centre) freed() {
	c.finish(c.chance.IntN(len(c.held)))
	c.fill()
}

func (c *centre) fill() {
	for c.state.lines.Len() < c.waiting() {
		c.arrive()
	}
}

// finish has an agent end and wrap up what they hold.
func (c *centre) finish(at int) {
	p := c.held[at]
	c.held = slices.Delete(c.held, at, at+1)
	if now, there := c.state.Part(p.ID); there && now.EndedAt.IsZero() {
		c.step(End{Agent: p.Agent, Conversation: p.Conversation})
	}
	if _, there := c.state.Part(p.ID); there {
		c.step(SubmitWrapUp{Agent: p.Agent, Part: p.ID})
	}
}

// corner leaves what happens to a tenth of the queues.
func (c *centre) corner() {
	c.asked = max(1, c.asked/10)
	last := c.state.config.Queues[c.asked].ID
	c.held = slices.DeleteFunc(c.held, func(p Part) bool { return p.Queue >= last })
}

func (c *centre) waiting() int { return len(c.state.config.Users) / 2 }

// arrived has a customer come who is served and goes.
func (c *centre) arrived() {
	c.arrive()
	for len(c.held) > 0 {
		c.finish(0)
	}
}

func (c *centre) arrive() {
	c.n++
	asset := id.Asset(fmt.Sprintf("w%04d", c.chance.IntN(c.asked)))
	c.step(Start{Conversation: id.Conversation(fmt.Sprintf("c%d", c.n)), Asset: asset, Language: "ar", Priority: 1 + c.chance.IntN(9)})
}

// hour is a little of everything that people do.
func (c *centre) hour() {
	p := c.held[c.chance.IntN(len(c.held))]
	now, there := c.state.Part(p.ID)
	talking := there && now.EndedAt.IsZero()
	agent := c.state.config.Users[c.chance.IntN(len(c.state.config.Users))].ID
	a, _ := c.state.Agent(agent)
	switch k := c.chance.IntN(100); {
	case k < 70:
		c.freed()
	case k < 75 && talking:
		c.step(Transfer{Agent: p.Agent, Conversation: p.Conversation, ToQueue: c.state.config.Queues[c.chance.IntN(len(c.state.config.Queues))].ID})
	case k < 80:
		c.step(LoseCustomer{p.Conversation})
		c.step(RegainCustomer{p.Conversation})
	case k < 85 && a.Presence == Available:
		c.step(SetPresence{Agent: agent, Presence: Idle})
	case k < 88:
		c.step(LoseAgent{agent})
	case k < 92:
		c.step(RegainAgent{agent})
	case k < 96 && a.ID != "" && a.Presence != SignedOut:
		c.step(SignOut{Agent: agent, By: "supervisor"})
		fallthrough
	default:
		c.step(SignIn{agent})
		c.step(SetPresence{Agent: agent, Presence: Available})
	}
	if len(c.held) == 0 {
		c.fill()
	}
}

// heapInUse is the memory in use, in megabytes.
func heapInUse() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// newCentre has all agents busy whom anybody asks for, and half as many
// customers waiting; or all of them free.
func newCentre(b testing.TB, agents int, busy bool, pace time.Duration) *centre {
	c := &centre{b: b, now: t0, pace: pace, accepts: true, chance: rand.New(rand.NewPCG(1, uint64(agents)))}
	config := largeConfig(c.chance, agents)
	c.state, c.asked = New(config), len(config.Assets)
	for _, u := range config.Users {
		c.step(SignIn{u.ID})
		c.step(SetPresence{Agent: u.ID, Presence: Available})
	}
	if busy {
		c.fill()
	}
	return c
}

// largeConfig has a team and a queue for every twenty agents, who are in two
// teams each.
func largeConfig(chance *rand.Rand, agents int) org.Config {
	c := tiny(0, func(c *org.Config) {
		c.Organization.Settings.Capacity, c.Organization.Settings.Ageing = 1, 2*time.Minute
	})
	c.Teams, c.Queues, c.Assets = nil, nil, nil
	for i := range 5 {
		c.Skills = append(c.Skills, org.Skill{ID: id.Skill(fmt.Sprintf("s%d", i)), Kind: org.Proficiency})
	}
	c.Skills[0].Language = "ar"
	queues := max(2, agents/20)
	team := func(i int) id.Team { return id.Team(fmt.Sprintf("t%04d", i%queues)) }
	for i := range queues {
		q := org.Queue{ID: id.Queue(fmt.Sprintf("q%04d", i)), Teams: []id.Team{team(i)}, Rule: org.Rules[i%len(org.Rules)]}
		q.Wider = []org.Group{{Teams: []id.Team{team(i + 2)}, After: 30 * time.Second}}
		if q.Rule.UsesSkills() {
			q.Requires = []org.Requirement{{Skill: c.Skills[1+i%4].ID, Compare: org.AtLeast, Level: 4, Relax: []org.Relaxation{{After: 20 * time.Second, Level: 2}, {After: time.Minute, Drop: true}}}}
			q.LanguageLevel, q.LanguageRelax = 3, 45*time.Second
		}
		if i%3 == 0 {
			q.PerAgent = 1
		}
		c.Teams = append(c.Teams, org.Team{ID: team(i)})
		c.Queues = append(c.Queues, q)
		c.Assets = append(c.Assets, org.Asset{ID: id.Asset(fmt.Sprintf("w%04d", i)), Queue: q.ID})
	}
	for i := range agents {
		u := org.User{ID: id.User(fmt.Sprintf("u%05d", i)), Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{team(i), team(i + 1)}}
		for _, s := range c.Skills {
			u.Skills = append(u.Skills, org.HeldSkill{Skill: s.ID, Level: chance.IntN(11)})
		}
		c.Users = append(c.Users, u)
	}
	return c
}
