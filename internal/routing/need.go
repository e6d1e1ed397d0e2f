package routing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// need is who may take a task: what its queue asks at this age of the visit
// and by what rule the fitting agents are ordered. Tasks of one need are alike
// to matching, whichever queue they wait in.
type need struct {
	rule     org.Rule
	teams    []id.Team         // of the groups that are open, in order of identifier
	requires []org.Requirement // as relaxed so far
	scored   []org.Requirement // with best available: all of them, relaxed or not
	only     id.User           // kept for one agent
	capped   id.Queue          // the queue, where it has a cap per agent
	cap      int
}

// asked is all that a need follows from beside the configuration.
type asked struct {
	queue            id.Queue
	asset            id.Asset
	language         string
	own              string // what the conversation requires itself; see ownText
	widened, relaxed time.Duration
	only             id.User
}

// need is what a task asks for.
func (p *setup) need(x asked) need {
	q := p.queues[x.queue]
	if q == nil {
		return need{rule: org.LongestAvailable}
	}
	n := need{rule: q.DistributesBy(), only: x.only}
	if q.PerAgent > 0 {
		n.capped, n.cap = q.ID, q.PerAgent
	}
	if x.only != "" {
		return n
	}
	for _, g := range q.Groups() {
		if g.After <= x.widened {
			n.teams = append(n.teams, g.Teams...)
		}
	}
	slices.Sort(n.teams)
	n.teams = slices.Compact(n.teams)
	for _, r := range p.requirements(x) {
		if now, holds := r.At(x.relaxed); holds {
			n.requires = append(n.requires, now)
		}
		if n.rule == org.SkillsBest {
			r.Relax = nil
			n.scored = append(n.scored, r.Requirement)
		}
	}
	if n.rule == org.SkillsLongest {
		n.rule = org.LongestAvailable // whom it fits is all that skills change
	}
	slices.SortFunc(n.requires, func(a, b org.Requirement) int {
		return cmp.Or(cmp.Compare(a.Skill, b.Skill), cmp.Compare(a.Compare, b.Compare), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Text, b.Text))
	})
	return n
}

func (p *setup) requirements(x asked) []org.Required {
	return p.config.Requirements(p.queues[x.queue], p.assets[x.asset], p.pools.own[x.own], x.language)
}

// text tells needs apart.
func (n need) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s|%s|%s|%d", n.rule, n.only, n.capped, n.cap)
	for _, t := range n.teams {
		fmt.Fprintf(&b, "|%s", t)
	}
	for _, list := range [][]org.Requirement{n.requires, n.scored} {
		b.WriteString("||")
		for _, r := range list {
			fmt.Fprintf(&b, "|%q %s %d %q", r.Skill, r.Compare, r.Level, r.Text)
			if n.rule == org.SkillsBest {
				fmt.Fprintf(&b, " %d", r.Weight)
			}
		}
	}
	return b.String()
}

// meets reports whether somebody has all the skills.
func meets(u *org.User, requires []org.Requirement) bool {
	for _, r := range requires {
		if !r.Met(u.Skill(r.Skill)) {
			return false
		}
	}
	return true
}

// isIn reports whether somebody is in one of the teams.
func isIn(u *org.User, teams []id.Team) bool {
	return slices.ContainsFunc(u.Teams, func(t id.Team) bool { return slices.Contains(teams, t) })
}

// score is how well somebody matches: the more the better. It is divided by
// the sum of the weights where people read it; the order is the same.
func (n need) score(u *org.User) (sum int) {
	for _, r := range n.scored {
		sum += r.Score(u.Skill(r.Skill))
	}
	return sum
}

// pool is the agents who fit a need by the configuration, free or not.
type pool struct {
	need
	members []id.User // in order
	inTeams int       // how many agents the open groups have, fitting or not
}

// seat is somebody's place in a pool.
type seat struct {
	pool  int
	score int
}

// pools are the pools of one configuration, made when a task first asks for
// them and kept, so that a decision looks at no agent but the first. They
// follow from the configuration alone and are shared by all states that have
// it; which of an agent's seats are free is the state's.
type pools struct {
	numbers map[asked]int
	byText  map[string]int
	list    []pool
	seats   map[id.User][]seat // in order of pool
	own     map[string][]org.Required
}

func newPools() *pools {
	return &pools{numbers: map[asked]int{}, byText: map[string]int{}, seats: map[id.User][]seat{}, own: map[string][]org.Required{}}
}

// pool is the number of the pool for what is asked.
func (p *setup) pool(x asked) int {
	if n, known := p.pools.numbers[x]; known {
		return n
	}
	need := p.need(x)
	text := need.text()
	n, known := p.pools.byText[text]
	if !known {
		n = p.gather(need)
		p.pools.byText[text] = n
	}
	p.pools.numbers[x] = n
	return n
}

// gather makes the pool of a need.
func (p *setup) gather(n need) int {
	number := len(p.pools.list)
	all := p.agentsOf(n.teams)
	made := pool{need: n, inTeams: len(all)}
	if n.only != "" {
		all = []id.User{n.only}
	}
	for _, u := range all {
		if user := p.users[u]; user != nil && meets(user, n.requires) {
			made.members = append(made.members, u)
			p.pools.seats[u] = append(p.pools.seats[u], seat{number, n.score(user)})
		}
	}
	p.pools.list = append(p.pools.list, made)
	return number
}

// agentsOf are the agents of some teams, in order and each once.
func (p *setup) agentsOf(teams []id.Team) []id.User {
	if len(teams) == 1 {
		return p.teams[teams[0]]
	}
	var all []id.User
	for _, t := range teams {
		all = append(all, p.teams[t]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
