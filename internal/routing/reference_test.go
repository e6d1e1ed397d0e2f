package routing

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// The rules once more, as an administrator reads them and with no regard to
// what they cost: look at every task and everybody, take the task that comes
// first and the agent who comes first, and begin again. Whatever the machine
// does has to be the same, offer for offer.

// slowly steps the state as Step does, but matches slowly.
func (s *State) slowly(now time.Time, ev Event) ([]Effect, error) {
	next := s.clone()
	next.now = now.UTC().Truncate(time.Millisecond)
	next.effects = nil
	next.happen()
	if err := next.apply(ev); err != nil {
		return nil, err
	}
	next.settleBy(func() {
		for next.offerSlowly() {
		}
		next.dirty.Clear()
	})
	return next.effects, nil
}

func (s *State) offerSlowly() bool {
	var first Task
	for _, t := range s.allTasks() {
		if !t.isQueued() || !s.isReady(&t) || len(s.candidates(&t)) == 0 {
			continue
		}
		if first.ID == 0 || s.comesBefore(&t, &first) {
			first = t
		}
	}
	if first.ID == 0 {
		return false
	}
	s.offer(first, s.candidates(&first)[0], Decision{})
	return true
}

// comesBefore: the longest wait goes first, where each priority below the first
// costs one ageing. Left messages come after everybody who waits.
func (s *State) comesBefore(a, b *Task) bool {
	if a.LeftMessage != b.LeftMessage {
		return b.LeftMessage
	}
	ageing := s.config.Organization.Settings.Ageing
	if ageing == 0 && !a.LeftMessage && a.Priority != b.Priority {
		return a.Priority < b.Priority
	}
	key := func(t *Task) time.Time {
		if t.LeftMessage {
			return t.WaitingSince // nobody waits, so none has to wait less
		}
		return t.WaitingSince.Add(time.Duration(t.Priority-1) * ageing)
	}
	if !key(a).Equal(key(b)) {
		return key(a).Before(key(b))
	}
	return a.ID < b.ID
}

// candidates are all who could take the task, best first.
func (s *State) candidates(t *Task) []id.User {
	var list []id.User
	for _, u := range s.config.Users {
		if s.ruledOut(t, u.ID) == "" {
			list = append(list, u.ID)
		}
	}
	slices.SortFunc(list, func(a, b id.User) int {
		if s.isBetter(t, a, b) {
			return -1
		}
		return 1
	})
	return list
}

// isBetter reports whether the rule of the task's queue prefers one of two.
func (s *State) isBetter(t *Task, one, other id.User) bool {
	a, _ := s.agents.Get(one)
	b, _ := s.agents.Get(other)
	slots := func(a *agent) int { return len(s.OffersTo(a.ID)) + len(s.PartsOf(a.ID)) }
	longest := cmp.Or(cmp.Compare(slots(a), slots(b)), a.RankedAt.Compare(b.RankedAt), cmp.Compare(a.ID, b.ID))
	switch s.setup.queues[t.Queue].DistributesBy() {
	case org.SkillsBest:
		return cmp.Or(-cmp.Compare(s.match100(t, one), s.match100(t, other)), longest) < 0
	case org.LeastLoaded:
		share := func(a *agent) float64 {
			_, capacity := s.AgentLoad(a.ID)
			return float64(slots(a)) / float64(capacity)
		}
		return cmp.Or(cmp.Compare(share(a), share(b)), a.RankedAt.Compare(b.RankedAt), cmp.Compare(a.ID, b.ID)) < 0
	case org.RoundRobin:
		return cmp.Or(cmp.Compare(a.LastOffer, b.LastOffer), cmp.Compare(a.ID, b.ID)) < 0
	default:
		return longest < 0
	}
}

// match100 is the formula of best available, in hundredths and rounded: the sum
// of weight × value over the sum of the weights.
func (s *State) match100(t *Task, u id.User) int {
	if t.KeptFor != "" {
		return 0
	}
	c, _ := s.conversations.Get(t.Conversation)
	sum, weights := 0, 0
	for _, r := range s.setup.requirements(s.setup.askedBy(t, c)) {
		h, w := s.setup.users[u].Skill(r.Skill), max(1, r.Weight)
		weights += w
		switch {
		case r.Text != "" && r.Met(h), r.Compare == org.NotEqual && r.Met(h):
			sum += 10 * w
		case r.Text != "", r.Compare == org.NotEqual:
		case r.Compare == org.AtMost:
			sum += (10 - h.Level) * w
		default:
			sum += h.Level * w
		}
	}
	return 100 * sum / max(1, weights)
}

// sameAsSlowly compares what a step said with the slow way.
func sameAsSlowly(before *State, now time.Time, ev Event, effects []Effect) error {
	slow, err := before.slowly(now, ev)
	if err != nil || !reflect.DeepEqual(effects, slow) {
		return fmt.Errorf("the rules say otherwise (-machine +rules): %v\n%s", err, gocmp.Diff(effects, slow))
	}
	return nil
}
