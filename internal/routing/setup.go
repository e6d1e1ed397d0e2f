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
	settings org.Settings
	version  int
	users    map[id.User]*org.User
	queues   map[id.Queue]*org.Queue
	assets   map[id.Asset]*org.Asset
	reasons  map[id.Reason]*org.Reason
	wrapUp   []id.Reason            // all wrap-up reasons in use
	serves   map[id.User][]id.Queue // the queues an agent serves, in order
	servers  map[id.Queue][]id.User // the agents who serve a queue, in order
	profiles map[id.User]*org.Profile
	hours    map[id.Hours]*hours.Calendar
}

func prepare(c org.Config) *setup {
	p := &setup{
		settings: c.Organization.Settings,
		version:  c.Version,
		users:    make(map[id.User]*org.User, len(c.Users)),
		queues:   make(map[id.Queue]*org.Queue, len(c.Queues)),
		assets:   make(map[id.Asset]*org.Asset, len(c.Assets)),
		reasons:  make(map[id.Reason]*org.Reason, len(c.Reasons)),
		serves:   map[id.User][]id.Queue{},
		servers:  map[id.Queue][]id.User{},
		profiles: map[id.User]*org.Profile{},
		hours:    calendars(c.Hours),
	}
	for i := range c.Assets {
		p.assets[c.Assets[i].ID] = &c.Assets[i]
	}
	for i := range c.Reasons {
		r := &c.Reasons[i]
		p.reasons[r.ID] = r
		if r.Kind == org.WrapUpReason && !r.Archived {
			p.wrapUp = append(p.wrapUp, r.ID)
		}
	}
	team := map[id.Team][]id.User{}
	for i := range c.Users {
		u := &c.Users[i]
		p.users[u.ID] = u
		if profile := c.ProfileOf(*u); profile != nil {
			p.profiles[u.ID] = profile
		}
		if worksTheFloor(u) {
			for _, t := range u.Teams {
				team[t] = append(team[t], u.ID)
			}
		}
	}
	for i := range c.Queues {
		q := &c.Queues[i]
		p.queues[q.ID] = q
		var all []id.User
		for _, t := range q.Teams {
			all = append(all, team[t]...)
		}
		slices.Sort(all)
		p.servers[q.ID] = slices.Compact(all)
		for _, u := range p.servers[q.ID] {
			p.serves[u] = append(p.serves[u], q.ID)
		}
	}
	return p
}

func worksTheFloor(u *org.User) bool { return !u.Disabled && u.Has(org.RoleAgent) }

// agentUser is the user behind an agent, or nil if the user may not work on
// the floor (any more).
func (p *setup) agentUser(a id.User) *org.User {
	if u := p.users[a]; u != nil && worksTheFloor(u) {
		return u
	}
	return nil
}

// capacity is how many slots the agent has now.
func (p *setup) capacity(a id.User) int {
	u := p.users[a]
	switch {
	case u == nil:
		return 0
	case u.Capacity > 0:
		return u.Capacity
	default:
		return p.settings.Capacity
	}
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
	all := p.wrapUp
	if queue := p.queues[q]; queue != nil && len(queue.WrapUpReasons) > 0 {
		all = queue.WrapUpReasons
	}
	var list []id.Reason
	for _, r := range all {
		if reason := p.reasons[r]; reason != nil && reason.Kind == org.WrapUpReason && !reason.Archived && p.profiles[a].WrapUp(r) {
			list = append(list, r)
		}
	}
	return list
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
