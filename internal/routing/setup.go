package routing

import (
	"slices"
	"time"

	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// setup is a configuration prepared for look-up. Its maps are never ranged
// over. It is shared by the copies of a State and never changed.
type setup struct {
	config     org.Config
	settings   org.Settings
	version    int
	users      map[id.User]*org.User
	queues     map[id.Queue]*org.Queue
	assets     map[id.Asset]*org.Asset
	reasons    org.Reasons
	teams      map[id.Team][]id.User  // the agents of a team, in order
	serves     map[id.User][]id.Queue // the queues an agent serves, in order
	servers    map[id.Queue][]id.User // the agents who serve a queue by any of its groups, in order
	widening   map[id.Team][]id.Queue // the queues a team serves that have further groups
	capacities map[id.User]int
	capped     bool // some queue has a cap per agent
	profiles   map[id.User]*org.Profile
	pools      *pools
	crowds     *crowds
	hours      map[id.Hours]*hours.Calendar
}

func prepare(c org.Config) *setup {
	p := &setup{
		settings:   c.Organization.Settings,
		version:    c.Version,
		users:      make(map[id.User]*org.User, len(c.Users)),
		queues:     make(map[id.Queue]*org.Queue, len(c.Queues)),
		reasons:    org.NewReasons(c.Reasons),
		teams:      map[id.Team][]id.User{},
		serves:     map[id.User][]id.Queue{},
		servers:    map[id.Queue][]id.User{},
		widening:   map[id.Team][]id.Queue{},
		capacities: make(map[id.User]int, len(c.Users)),
		profiles:   map[id.User]*org.Profile{},
		pools:      newPools(),
		crowds:     newCrowds(),
		hours:      calendars(c.Hours),
	}
	p.setAssets(c)
	team := make(map[id.Team]*org.Team, len(c.Teams))
	for i := range c.Teams {
		team[c.Teams[i].ID] = &c.Teams[i]
	}
	for i := range c.Users {
		u := &c.Users[i]
		p.users[u.ID] = u
		p.capacities[u.ID] = capacityOf(c.Organization.Settings, u, team)
		if profile := c.ProfileOf(*u); profile != nil {
			p.profiles[u.ID] = profile
		}
		if p.worksTheFloor(u) {
			for _, t := range u.Teams {
				p.teams[t] = append(p.teams[t], u.ID)
			}
		}
	}
	for _, all := range p.teams {
		slices.Sort(all)
	}
	for i := range c.Queues {
		p.addQueue(&c.Queues[i])
	}
	return p
}

func (p *setup) addQueue(q *org.Queue) {
	p.queues[q.ID] = q
	p.capped = p.capped || q.PerAgent > 0
	teams := q.AllTeams()
	slices.Sort(teams)
	teams = slices.Compact(teams)
	p.servers[q.ID] = p.agentsOf(teams)
	for _, u := range p.servers[q.ID] {
		p.serves[u] = append(p.serves[u], q.ID)
	}
	if len(q.Wider) > 0 {
		for _, t := range teams {
			p.widening[t] = append(p.widening[t], q.ID)
		}
	}
}

// withAssets is the same setup where nothing but assets changed.
func (p *setup) withAssets(c org.Config) *setup {
	next := *p
	next.setAssets(c)
	return &next
}

// withoutPools is the same setup before anything was asked of it.
func (p *setup) withoutPools() *setup {
	next := *p
	next.pools, next.crowds = newPools(), newCrowds()
	return &next
}

func (p *setup) setAssets(c org.Config) {
	p.config = c
	p.assets = make(map[id.Asset]*org.Asset, len(c.Assets))
	for i := range c.Assets {
		p.assets[c.Assets[i].ID] = &c.Assets[i]
	}
}

func (p *setup) worksTheFloor(u *org.User) bool {
	return !u.Disabled && p.config.Permits(u.Roles, org.MayAnswer)
}

// agentUser is the user behind an agent, or nil if the user may not work on
// the floor (any more).
func (p *setup) agentUser(a id.User) *org.User {
	if u := p.users[a]; u != nil && p.worksTheFloor(u) {
		return u
	}
	return nil
}

// capacity is how many slots the agent has now.
func (p *setup) capacity(a id.User) int { return p.capacities[a] }

// capacityOf is the nearest of what is set for the user, for their teams and
// for the organization; of several teams the lowest holds. Exclusive is nearest
// in the same way, and leaves one slot.
func capacityOf(s org.Settings, u *org.User, teams map[id.Team]*org.Team) int {
	capacity, exclusive := 0, org.Inherit
	for _, t := range u.Teams {
		team := teams[t]
		if team == nil {
			continue
		}
		if team.Capacity > 0 && (capacity == 0 || team.Capacity < capacity) {
			capacity = team.Capacity
		}
		if team.Exclusive != org.Inherit && exclusive != org.On {
			exclusive = team.Exclusive
		}
	}
	if u.Capacity > 0 {
		capacity = u.Capacity
	}
	if capacity == 0 {
		capacity = s.Capacity
	}
	if u.Exclusive != org.Inherit {
		exclusive = u.Exclusive
	}
	if exclusive == org.On || exclusive == org.Inherit && s.Exclusive {
		capacity = min(capacity, 1)
	}
	return capacity
}

// openOffers is how many offers an agent may have open at once.
func (p *setup) openOffers() int { return max(1, p.settings.OpenOffers) }

func (p *setup) inService(q id.Queue, a id.User) bool {
	_, ok := slices.BinarySearch(p.servers[q], a)
	return ok
}

// timeToAnswer is how long the agent has for a request of the queue.
func (p *setup) timeToAnswer(q id.Queue, a id.User) time.Duration {
	d := p.settings.RONA
	if queue := p.queues[q]; queue != nil && queue.RONA > 0 {
		d = queue.RONA
	}
	if u := p.users[a]; u != nil && u.AnswerFactor > 1 {
		d = time.Duration(float64(d) * u.AnswerFactor)
	}
	return d.Truncate(time.Millisecond)
}

// unanswered is the queue's policy for a transfer to an agent who does not
// accept.
func (p *setup) unanswered(q id.Queue) Unanswered {
	if queue := p.queues[q]; queue != nil && queue.OnUnanswered != "" {
		return queue.OnUnanswered
	}
	return org.Requeue
}

// wrapUpReasons are the reasons an agent may record for a part of the queue.
func (p *setup) wrapUpReasons(q id.Queue, a id.User) []id.Reason {
	var of []id.Reason
	if queue := p.queues[q]; queue != nil {
		of = queue.WrapUpReasons
	}
	return p.reasons.Choices(of, p.profiles[a])
}

// autoWrapUp is the agent's time for automatic wrap-up of a part of the queue;
// zero is off.
func (p *setup) autoWrapUp(q id.Queue, a id.User) time.Duration {
	if queue := p.queues[q]; queue != nil {
		return p.profiles[a].AutoWrapUp(queue.WrapUpAuto)
	}
	return 0
}

// isColleague reports whether a conversation of the agent may be given to the
// other, or they asked into it.
func (p *setup) isColleague(a, other id.User) bool {
	u := p.users[other]
	return u != nil && p.profiles[a].Colleague(u.Teams)
}
