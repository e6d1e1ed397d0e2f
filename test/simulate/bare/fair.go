package bare

import (
	"cmp"
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

// fair judges who is offered what: nobody who could have had the request was
// before this agent by the queue's rule, and nobody whom this agent could have
// had was before this customer.
func (b *book) fair(r *request, d *desk) {
	if !b.fits(r, d) {
		b.w.violation("task %d is offered to %s, whom it does not reach", r.task, d.user.ID)
		return
	}
	for _, other := range b.order {
		if other != d && b.isBefore(r, other, d) && b.fits(r, other) {
			b.w.result.PassedOver++
			b.w.violation("task %d of %s is offered to %s and %s was first", r.task, r.queue.ID, d.user.ID, other.user.ID)
			break
		}
	}
	for _, line := range b.waiting {
		for _, other := range line {
			if other != r && !other.offered && !other.of.away && b.comesBefore(other, r) && b.fits(other, d) {
				b.w.result.Overtaken++
				b.w.violation("task %d is offered to %s before task %d", r.task, d.user.ID, other.task)
				return
			}
		}
	}
}

// leftUndone judges what an event left: nobody whom it freed faces a request that
// they could have, and nobody whom it let be offered has an agent who is free.
func (b *book) leftUndone() {
	for _, d := range b.moved {
		if b.isFree(d) {
			b.idlesBefore(d)
		}
	}
	for _, r := range b.eased {
		x := r.of
		if x.queued != r || r.offered || x.away {
			continue
		}
		for _, d := range b.order {
			if b.fits(r, d) {
				b.w.violation("task %d waits in %s and %s is free", r.task, r.queue.ID, d.user.ID)
				break
			}
		}
	}
	b.moved, b.eased = b.moved[:0], b.eased[:0]
}

func (b *book) idlesBefore(d *desk) {
	for _, line := range b.waiting {
		for _, r := range line {
			if !r.offered && !r.of.away && b.fits(r, d) {
				b.w.violation("%s is free and task %d waits in %s", d.user.ID, r.task, r.queue.ID)
				return
			}
		}
	}
}

// comesBefore: the longest wait goes first, where each priority below the first
// costs one ageing.
func (b *book) comesBefore(x, y *request) bool {
	ageing := b.w.config.Organization.Settings.Ageing
	if ageing == 0 {
		return cmp.Or(cmp.Compare(x.of.priority, y.of.priority), x.since.Compare(y.since), cmp.Compare(x.task, y.task)) < 0
	}
	key := func(r *request) time.Time { return r.since.Add(time.Duration(r.of.priority-1) * ageing) }
	return cmp.Or(key(x).Compare(key(y)), cmp.Compare(x.task, y.task)) < 0
}

// fits: the agent could be offered the request now.
func (b *book) fits(r *request, d *desk) bool {
	switch {
	case !b.isFree(d):
		return false
	case d.user.ID == r.except || r.queue.PerAgent > 0 && d.holds[r.queue.ID] >= r.queue.PerAgent:
		return false
	case r.kept != "":
		return r.kept == d.user.ID
	}
	groups := r.queue.Groups()
	reached := slices.ContainsFunc(groups[:r.groups], func(g org.Group) bool {
		return slices.ContainsFunc(g.Teams, func(t id.Team) bool { return slices.Contains(d.user.Teams, t) })
	})
	return reached && !slices.ContainsFunc(b.requirements(r), func(q org.Required) bool {
		now, holds := q.At(r.relaxed)
		return holds && !now.Met(d.user.Skill(q.Skill))
	})
}

// isFree: the agent could be offered something now.
func (b *book) isFree(d *desk) bool {
	return d.presence == routing.Available && !d.lost && d.offers+d.parts < d.capacity && d.offers < b.w.config.Organization.Settings.OpenOffers
}

func (b *book) requirements(r *request) []org.Required {
	own := slices.DeleteFunc(slices.Clone(r.of.requires), func(q org.Required) bool { return !b.w.config.Asks(q.Requirement) })
	return b.w.config.Requirements(r.queue, r.of.asset, own, r.of.language)
}

// groupsAtOnce is how many groups are open for a request that begins to wait: the
// first, and each next one while nobody of those before is signed in.
func (b *book) groupsAtOnce(q *org.Queue) int {
	groups := q.Groups()
	for n := range groups {
		for _, d := range b.order {
			if d.presence != routing.SignedOut && slices.ContainsFunc(groups[n].Teams, func(t id.Team) bool { return slices.Contains(d.user.Teams, t) }) {
				return n + 1
			}
		}
	}
	return len(groups)
}

// isBefore: the queue's rule prefers one agent to the other.
func (b *book) isBefore(r *request, x, y *desk) bool {
	slots := func(d *desk) int { return d.offers + d.parts }
	last := cmp.Compare(x.user.ID, y.user.ID)
	longest := cmp.Or(cmp.Compare(slots(x), slots(y)), x.ranked.Compare(y.ranked), last)
	switch r.queue.DistributesBy() {
	case org.SkillsBest:
		if r.kept != "" {
			return longest < 0
		}
		match := func(d *desk) (sum int) {
			for _, q := range b.requirements(r) {
				sum += q.Score(d.user.Skill(q.Skill))
			}
			return sum
		}
		return cmp.Or(cmp.Compare(match(y), match(x)), longest) < 0
	case org.LeastLoaded:
		return cmp.Or(cmp.Compare(slots(x)*y.capacity, slots(y)*x.capacity), x.ranked.Compare(y.ranked), last) < 0
	case org.RoundRobin:
		return cmp.Or(cmp.Compare(x.lastOffer, y.lastOffer), last) < 0
	default:
		return longest < 0
	}
}
