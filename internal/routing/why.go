package routing

import (
	"time"
	"unicode/utf8"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Asked is a skill that a request asks for, as it stands at this age of the
// visit.
type Asked struct {
	From    org.Source `json:",omitempty"`
	Skill   id.Skill
	Compare org.Comparison
	Level   int    `json:",omitempty"` // of a proficiency
	Text    string `json:",omitempty"` // of every other kind; left out of a decision where it is long
	Relaxed bool   `json:",omitempty"` // it asked for more when the visit began
	Dropped bool   `json:",omitempty"` // it asks for nothing any more
	Ignored bool   `json:",omitempty"` // it was brought along, and cannot be asked: by the queue's rule, or because there is no such skill
}

// What is kept with a decision is bounded: a record holds at most 2 KiB of it.
const (
	askedKept     = 4
	askedTextKept = 24 // characters
)

// because completes why the agent is offered the task: by which rule the first
// was chosen, and what made them the first. It is called before the offer takes
// one of their slots, and looks at nobody else.
func (s *State) because(why *Decision, t *Task, pool int, u id.User) {
	queue, n := s.setup.queues[t.Queue], &s.setup.pools.list[pool].need
	a, known := s.agents.Get(u)
	if queue == nil || !known {
		return
	}
	why.Rule, why.Occupied, why.Kept = queue.DistributesBy(), a.occupied(), n.only != ""
	if why.Rule != org.RoundRobin {
		why.Since = a.RankedAt
	}
	if !why.Rule.UsesSkills() || why.Kept {
		return
	}
	why.Match = n.match(s.setup.users[u])
	asked := s.asks(t)
	why.AskedMore = max(0, len(asked)-askedKept)
	why.Asked = asked[:len(asked)-why.AskedMore]
	for i := range why.Asked {
		if utf8.RuneCountInString(why.Asked[i].Text) > askedTextKept {
			why.Asked[i].Text = ""
		}
	}
}

// match is how well somebody matches, in hundredths of a level; 0 where the
// rule does not ask.
func (n *need) match(u *org.User) int {
	weights := 0
	for _, r := range n.scored {
		weights += max(1, r.Weight)
	}
	if u == nil || weights == 0 {
		return 0
	}
	return n.score(u) * 100 / weights
}

// asks are the skills that a task asks for, with what has become of them, and at
// the end what it brought along and cannot ask.
func (s *State) asks(t *Task) []Asked {
	c, _ := s.conversations.Get(t.Conversation)
	var list []Asked
	for _, r := range s.setup.requirements(s.setup.askedBy(t, c)) {
		now, holds := r.At(t.Relaxed)
		list = append(list, Asked{
			From: r.From, Skill: r.Skill, Compare: r.Compare, Level: now.Level, Text: r.Text,
			Relaxed: holds && now.Level != r.Level, Dropped: !holds,
		})
	}
	return append(list, s.ignored(t, c)...)
}

// ignored is what a conversation requires itself and nobody is asked for.
func (s *State) ignored(t *Task, c *conversation) (list []Asked) {
	q := s.setup.queues[t.Queue]
	looks := q != nil && q.DistributesBy().UsesSkills()
	for _, r := range c.Requires {
		if !looks || !s.setup.config.Asks(r.Requirement) {
			list = append(list, Asked{From: r.From, Skill: r.Skill, Compare: r.Compare, Level: r.Level, Text: r.Text, Ignored: true})
		}
	}
	return list
}

// CustomerIsAway is why nobody is offered a request whose customer is away: it
// rules everybody out, and no agent in particular.
const CustomerIsAway Exclusion = "customer_away"

// Exclusions are all that can rule somebody out.
var Exclusions = []Exclusion{
	NotSignedIn, NotAvailable, AtCapacity, AtQueueCapacity, OffersFull, Unreachable, LacksSkill, GroupNotOpen, KeptForOther, IsSender, TakesPart, NotServing, CustomerIsAway,
}

// Withdrawals are the causes for which an open offer is taken back.
var Withdrawals = []Cause{
	CauseMissedOther, CauseDeclined, CauseWentIdle, CauseSignedOut, CauseAgentLost, CauseUndelivered, CauseCapacity, CauseConfigured, CauseCancelled, CauseCustomerAway,
	CauseCustomer, CauseAbandoned, CauseEnded, CauseAssetDeleted, CauseSupervisor, CauseQueueClosed, CauseInactivity,
}

// Nexts are all that can happen by itself.
var Nexts = []Next{NextExpires, NextMaximum, NextCloses, NextNobody, NextGone, NextInactive, NextSignedOut, NextReaches, NextLetGo}

// WaitingTask is one request in a queue's line, waiting or offered, and why it
// is still there.
type WaitingTask struct {
	Task     Task
	Position int               // in the line, from 1
	Away     bool              // the customer
	OfferTo  id.User           // who is being asked
	Excluded map[Exclusion]int // how many agents each reason rules out now
	Upcoming []Upcoming        // soonest first
}

// WaitingIn lists up to most requests of a queue's line in the order in which
// they are served, and how many there are. It looks at no agent.
func (s *State) WaitingIn(q id.Queue, most int) (list []WaitingTask, total int) {
	for _, n := range s.line(q) {
		t, ok := s.tasks.Get(n)
		if !ok {
			continue
		}
		total++
		if len(list) == most {
			continue
		}
		c, _ := s.conversations.Get(t.Conversation)
		x := WaitingTask{Task: *t, Position: total, Away: c.Away, Upcoming: s.upcoming(s.timersOf(c, t))}
		if o, offered := s.offers.Get(c.offer); offered {
			x.OfferTo = o.Agent
		}
		if t.State == TaskWaiting {
			x.Excluded = s.decision(t, s.poolOf(t)).Excluded
		}
		list = append(list, x)
	}
	return list, total
}

// explainedTasks is how many waiting requests an agent's standing looks at.
const explainedTasks = 200

// notForMe counts the requests waiting in a queue by what rules the agent out
// of each beside their own state, within a budget that all queues share.
func (s *State) notForMe(u id.User, q id.Queue, own Exclusion, budget *int) map[Exclusion]int {
	counts := map[Exclusion]int{}
	for _, n := range s.line(q) {
		if *budget == 0 {
			break
		}
		t, ok := s.tasks.Get(n)
		if !ok || t.State != TaskWaiting {
			continue
		}
		*budget--
		x := s.ruledOut(t, u)
		if c, _ := s.conversations.Get(t.Conversation); c.Away {
			x = CustomerIsAway
		}
		if x != "" && x != own {
			counts[x]++
		}
	}
	return counts
}

// isExclusive reports whether it is exclusive mode that leaves the agent one
// conversation at a time.
func (p *setup) isExclusive(u id.User) bool {
	user := p.users[u]
	if user == nil {
		return false
	}
	teams := make(map[id.Team]*org.Team, len(p.config.Teams))
	for i := range p.config.Teams {
		teams[p.config.Teams[i].ID] = &p.config.Teams[i]
	}
	freely := *user
	freely.Exclusive = org.Off
	return capacityOf(p.settings, &freely, teams) > p.capacity(u)
}

// opensNext is when a closed queue opens; zero if it is open, or never opens.
func (p *setup) opensNext(q id.Queue, now time.Time) time.Time {
	if p.isOpen(q, now) {
		return time.Time{}
	}
	at, _ := p.calendar(q).NextOpening(now)
	return at
}
