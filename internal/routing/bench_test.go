package routing

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// One conversation from start to wrap-up on a floor where everybody else is
// busy with one of their own: five steps.
func BenchmarkConversation(b *testing.B) {
	for _, agents := range []int{10, 1000, 5000} {
		b.Run(fmt.Sprintf("agents=%d", agents), func(b *testing.B) {
			s, now := busyFloor(b, agents)
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				c := id.Conversation(fmt.Sprintf("b%d", i))
				step := func(ev Event) []Effect {
					now = now.Add(time.Millisecond)
					effects, err := s.Step(now, ev)
					if err != nil {
						b.Fatal(err)
					}
					return effects
				}
				made := step(Start{Conversation: c, Asset: "w"})[1].(OfferMade)
				step(AcceptOffer{made.Agent, made.Offer})
				step(Spoke{Conversation: c})
				step(End{Agent: made.Agent, Conversation: c})
				step(SubmitWrapUp{Agent: made.Agent, Part: s.lastPart})
				s.TakeChanges()
			}
		})
	}
}

func busyFloor(b *testing.B, agents int) (*State, time.Time) {
	c := tiny(0, func(*org.Config) {})
	for i := range agents {
		c.Users = append(c.Users, org.User{ID: id.User(fmt.Sprintf("u%05d", i)), Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{"t"}})
	}
	s, now := New(c), t0
	step := func(ev Event) {
		now = now.Add(time.Millisecond)
		if _, err := s.Step(now, ev); err != nil {
			b.Fatal(err)
		}
	}
	for i, u := range c.Users {
		step(SignIn{u.ID})
		step(SetPresence{Agent: u.ID, Presence: Available})
		step(Start{Conversation: id.Conversation(fmt.Sprintf("c%d", i)), Asset: "w"})
		step(AcceptOffer{u.ID, s.lastOffer})
	}
	return s, now
}

// One decision on a busy centre: an agent's slot becomes free, and of all who
// wait in the queues they serve it is decided who comes first; or a customer
// comes, and of all who are free and fit it is decided who gets them. The centre
// has a queue for every twenty agents and half as many customers waiting as
// agents, five skills each at a level of chance, further groups, caps, and every
// rule.
//
//	go test ./internal/routing -run - -bench Decision
func BenchmarkDecision(b *testing.B) {
	for _, agents := range []int{100, 1000, 10000} {
		for _, c := range []struct {
			name string
			busy bool
			step func(*centre) time.Duration
		}{{"freed", true, (*centre).freed}, {"arrived", false, (*centre).arrived}} {
			var floor *centre
			b.Run(fmt.Sprintf("%s/agents=%d", c.name, agents), func(b *testing.B) {
				if floor == nil {
					before := heapInUse()
					floor = newCentre(b, agents, c.busy)
					floor.heap = heapInUse() - before
				}
				floor.b = b
				var took []time.Duration
				b.ResetTimer()
				for range b.N {
					took = append(took, c.step(floor))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-µs")
				b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-µs")
				b.ReportMetric(floor.heap, "MB")
			})
		}
	}
}

type centre struct {
	b      *testing.B
	state  *State
	now    time.Time
	chance *rand.Rand
	held   []Part
	n      int
	heap   float64
}

// step steps the floor, has whatever is offered accepted, and says whether
// anything was and how long the step took.
func (c *centre) step(ev Event) (offered bool, took time.Duration) {
	c.now = c.now.Add(time.Millisecond)
	from := time.Now()
	effects, err := c.state.Step(c.now, ev)
	took = time.Since(from)
	if err != nil {
		c.b.Fatalf("%T: %v", ev, err)
	}
	c.state.TakeChanges()
	for _, e := range effects {
		switch e := e.(type) {
		case OfferMade:
			offered = true
			c.step(AcceptOffer{e.Agent, e.Offer})
		case PartBegun:
			p, _ := c.state.Part(e.Part)
			c.held = append(c.held, p)
		}
	}
	return offered, took
}

// freed is how long the decision takes after a wrap-up is submitted.
func (c *centre) freed() time.Duration {
	for {
		offered, took := c.finish(c.chance.IntN(len(c.held)))
		for c.state.lines.Len() < c.waiting() {
			c.arrive()
		}
		if offered {
			return took
		}
	}
}

// finish has an agent end and wrap up what they hold.
func (c *centre) finish(at int) (offered bool, took time.Duration) {
	p := c.held[at]
	c.held = slices.Delete(c.held, at, at+1)
	c.step(End{Agent: p.Agent, Conversation: p.Conversation})
	return c.step(SubmitWrapUp{Agent: p.Agent, Part: p.ID})
}

func (c *centre) waiting() int { return len(c.state.config.Users) / 2 }

// arrived is how long the decision takes for a customer who comes.
func (c *centre) arrived() time.Duration {
	for {
		offered, took := c.arrive()
		for len(c.held) > 0 {
			c.finish(0)
		}
		if offered {
			return took
		}
	}
}

func (c *centre) arrive() (offered bool, took time.Duration) {
	c.n++
	asset := id.Asset(fmt.Sprintf("w%04d", c.chance.IntN(len(c.state.config.Assets))))
	return c.step(Start{Conversation: id.Conversation(fmt.Sprintf("c%d", c.n)), Asset: asset, Language: "ar", Priority: 1 + c.chance.IntN(9)})
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
func newCentre(b *testing.B, agents int, busy bool) *centre {
	c := &centre{b: b, now: t0, chance: rand.New(rand.NewPCG(1, uint64(agents)))}
	config := largeConfig(c.chance, agents)
	c.state = New(config)
	for _, u := range config.Users {
		c.step(SignIn{u.ID})
		c.step(SetPresence{Agent: u.ID, Presence: Available})
	}
	for busy && c.state.lines.Len() < c.waiting() {
		c.arrive()
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
