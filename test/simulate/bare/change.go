package bare

import (
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

// administer changes the configuration now and then, whatever is going on.
func (w *world) administer() {
	w.after(5*time.Minute, 40*time.Minute, func() {
		if w.closing {
			return
		}
		w.change()
		w.administer()
	})
}

// change makes one change. It is met where it touches something under way.
func (w *world) change() {
	c := w.config
	c.Users, c.Queues, c.Assets, c.Skills = slices.Clone(c.Users), slices.Clone(c.Queues), slices.Clone(c.Assets), slices.Clone(c.Skills)
	c.Version++
	what := changes[w.chance.IntN(len(changes))]
	touches := what.make(w, &c)
	if err := c.CheckRouting(); err != nil {
		w.violation("%s makes no sense: %v", what.name, err)
		return
	}
	w.config = c
	if err := w.step(routing.Configure{Config: c}); err != nil {
		w.violation("%s is refused: %v", what.name, err)
		return
	}
	if touches {
		w.met("configured: " + what.name)
	}
}

// changes are what an administrator does in the middle of the day. Each says
// whether somebody has to do with it at the moment.
var changes = []struct {
	name string
	make func(w *world, c *org.Config) (touches bool)
}{
	{"a skill lost while asked", loseSkill},
	{"a skill archived that is waited for", archiveSkill},
	{"another team while asked", moveAgent},
	{"another team for those who wait", moveQueue},
	{"capacity below the load", lowerCapacity},
	{"a rule switched while some wait", switchRule},
	{"a queue archived while some wait", archiveQueue},
	{"a queue closed while some wait", closeQueue},
	{"a queue removed while some wait", removeQueue},
	{"an owner who may not work any more", disable},
}

// somebody is an agent: one who is being asked if there is one.
func (w *world) somebody(c *org.Config, busy func(*desk) bool) *org.User {
	from := w.chance.IntN(len(c.Users))
	for n := range c.Users {
		if u := &c.Users[(from+n)%len(c.Users)]; busy(w.book.desks[u.ID]) {
			return u
		}
	}
	return &c.Users[from]
}

func isAsked(d *desk) bool { return d.offers > 0 }

func loseSkill(w *world, c *org.Config) bool {
	u := w.somebody(c, func(d *desk) bool { return isAsked(d) && len(d.user.Skills) > 0 })
	was := u.Skills
	u.Skills = nil
	if len(was) == 0 { // or learns one
		u.Skills = []org.HeldSkill{{Skill: "ar", Level: w.chance.IntN(11)}, {Skill: "vip", Text: org.Yes}}
	}
	return len(was) > 0 && isAsked(w.book.desks[u.ID])
}

// archiveSkill takes a skill out of use, with all that the queues require of it,
// or back into use. What customers brought along stays as it is.
func archiveSkill(w *world, c *org.Config) bool {
	s := &c.Skills[w.chance.IntN(len(c.Skills))]
	s.Archived = !s.Archived
	if !s.Archived {
		return false
	}
	for i := range c.Queues {
		c.Queues[i].Requires = slices.DeleteFunc(slices.Clone(c.Queues[i].Requires), func(r org.Requirement) bool { return r.Skill == s.ID })
	}
	for _, x := range w.book.contacts {
		if x.queued != nil && slices.ContainsFunc(x.requires, func(r org.Required) bool { return r.Skill == s.ID }) {
			return true
		}
	}
	return false
}

func moveAgent(w *world, c *org.Config) bool {
	u := w.somebody(c, isAsked)
	u.Teams = []id.Team{one(w.chance, c.Teams...).ID}
	return isAsked(w.book.desks[u.ID])
}

func moveQueue(w *world, c *org.Config) bool {
	q := w.someQueue(c)
	q.Teams = []id.Team{one(w.chance, c.Teams...).ID}
	return len(w.book.waiting[q.ID]) > 0
}

func lowerCapacity(w *world, c *org.Config) bool {
	u := w.somebody(c, func(d *desk) bool { return d.offers+d.parts > 1 && d.offers > 0 })
	u.Capacity = one(w.chance, 1, 1, 1+w.chance.IntN(8))
	d := w.book.desks[u.ID]
	return d.offers+d.parts > u.Capacity
}

func switchRule(w *world, c *org.Config) bool {
	q := w.someQueue(c)
	was := q.DistributesBy()
	q.Rule = one(w.chance, org.Rules...)
	if !q.Rule.UsesSkills() {
		q.Requires, q.LanguageLevel, q.LanguageRelax = nil, 0, 0
	}
	return q.Rule != was && len(w.book.waiting[q.ID]) > 0
}

func archiveQueue(w *world, c *org.Config) bool {
	q := w.someQueue(c)
	if q.Archived = !q.Archived; !q.Archived {
		return false
	}
	if !leave(c, q.ID) {
		q.Archived = false
		return false
	}
	return len(w.book.waiting[q.ID]) > 0
}

func closeQueue(w *world, c *org.Config) bool {
	q := w.someQueue(c)
	if q.Limits.Hours == never {
		q.Limits.Hours = ""
		return false
	}
	q.Limits.Hours = never
	return len(w.book.waiting[q.ID]) > 0
}

func removeQueue(w *world, c *org.Config) bool {
	q := w.someQueue(c).ID
	if len(c.Queues) < 4 || !leave(c, q) {
		return false
	}
	c.Queues = slices.DeleteFunc(c.Queues, func(x org.Queue) bool { return x.ID == q })
	for i := range c.Queues {
		if l := &c.Queues[i].Limits; l.ThenQueue == q {
			l.Then, l.ThenQueue = org.ThenClose, ""
		}
	}
	return len(w.book.waiting[q]) > 0
}

// disable sends somebody away, or lets them in again.
func disable(w *world, c *org.Config) bool {
	for i := range c.Users {
		if u := &c.Users[i]; u.Disabled {
			u.Disabled = false
			w.comeLater(w.agents[u.ID], time.Minute)
			return false
		}
	}
	u := w.somebody(c, func(d *desk) bool { return d.parts > 0 })
	u.Disabled = true
	return slices.ContainsFunc(w.floor.PartsOf(u.ID), func(p routing.Part) bool { return p.Role == routing.Owner && p.EndedAt.IsZero() })
}

// someQueue is one in which some wait if there is one.
func (w *world) someQueue(c *org.Config) *org.Queue {
	from := w.chance.IntN(len(c.Queues))
	for n := range c.Queues {
		if q := &c.Queues[(from+n)%len(c.Queues)]; len(w.book.waiting[q.ID]) > 0 {
			return q
		}
	}
	return &c.Queues[from]
}

// leave leads the assets of a queue to another one that takes customers, if there
// is one.
func leave(c *org.Config, q id.Queue) bool {
	at := slices.IndexFunc(c.Queues, func(x org.Queue) bool { return x.ID != q && !x.Archived })
	if at < 0 {
		return false
	}
	for i := range c.Assets {
		if c.Assets[i].Queue == q {
			c.Assets[i].Queue = c.Queues[at].ID
		}
	}
	return true
}
