package routing

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Journal remembers the last steps of a floor, so that a decision can be gone
// through again. What is kept with an offer is bounded; who else there was, and
// why not each of them, is found by taking the same steps from where the floor
// stood before. What does not come out as it was decided is not told.
type Journal struct {
	stretches []Stretch // oldest first
	weight    int       // of all their steps
}

// Stretch is a floor as it stood, and the steps it took from there.
type Stretch struct {
	config  org.Config
	records Records
	most    int // weighs it, and then the next begins
	weight  int // of the steps
	steps   []taken
}

// taken is one step that was not refused.
type taken struct {
	now   time.Time
	event Event
}

// weight is how much of a journal the step takes up: a configuration holds all its
// objects, and what it takes to put it in force grows with them.
func (t taken) weight() int {
	if c, ok := t.event.(Configure); ok {
		return 1 + c.Config.Objects()
	}
	return 1
}

// A stretch is as long as half of what it begins with is large, and at least
// leastStretch: beginning costs little of what stepping does, and whoever goes
// through one waits for half a second of a processor on the largest floor.
const leastStretch = 1 << 10

// A journal reaches back a day's work of everybody: keptPerUser steps for each
// user, within these bounds, or a little more. So what all organizations take up
// grows with the people in them, and not with time.
const (
	keptPerUser = 1 << 10
	leastKept   = 1 << 12
	mostKept    = 1 << 16
)

// Step steps the floor and remembers it.
func (j *Journal) Step(s *State, now time.Time, ev Event) ([]Effect, error) {
	if n := len(j.stretches); n == 0 || j.stretches[n-1].weight >= j.stretches[n-1].most {
		j.begin(s)
	}
	effects, err := s.Step(now, ev)
	if err == nil {
		t := taken{now, ev}
		last := &j.stretches[len(j.stretches)-1]
		last.steps = append(last.steps, t)
		last.weight += t.weight()
		j.weight += t.weight()
	}
	return effects, err
}

// begin starts a stretch, and forgets the oldest where the others are enough.
func (j *Journal) begin(s *State) {
	r := s.Records()
	rows := len(r.Agents) + len(r.Conversations) + len(r.Tasks) + len(r.Offers) + len(r.Parts)
	j.stretches = append(j.stretches, Stretch{config: s.config, records: r, most: max(leastStretch, rows/2)})
	kept := min(max(leastKept, keptPerUser*len(s.config.Users)), mostKept)
	for j.weight-j.stretches[0].weight >= kept {
		j.weight -= j.stretches[0].weight
		j.stretches = slices.Delete(j.stretches, 0, 1)
	}
}

// Stretch is the one in which an offer was made; false if it lies too far back.
// It stays as it is, and may be gone through by another goroutine.
func (j *Journal) Stretch(o id.Offer) (Stretch, bool) {
	for _, x := range slices.Backward(j.stretches) {
		if x.records.LastOffer < o {
			return x, true
		}
	}
	return Stretch{}, false
}

// Candidates is everybody who could have been made the offer if nothing had ruled
// them out, with what did, as it was when it was made: first those whom nothing
// did, best first, then the others in order of identifier. It is false if the
// steps do not lead to the very same decision.
func (x Stretch) Candidates(o Offer) ([]Candidate, bool) {
	s, err := Load(x.config, x.records)
	if err != nil {
		return nil, false
	}
	s.watched = &watched{offer: o.ID}
	for _, t := range x.steps {
		if _, err := s.Step(t.now, t.event); err != nil {
			return nil, false
		}
		if made := s.watched.made; made.ID != 0 {
			return s.watched.candidates, made.isSame(o)
		}
		s.changes = changes{} // nobody stores them
	}
	return nil, false
}

// watched is an offer that somebody waits for, and how things stood when it was
// made.
type watched struct {
	offer      id.Offer
	made       Offer
	candidates []Candidate
}

// watch notes how things stand before an offer is made.
func (s *State) watch(o Offer, t *Task) {
	w := s.watched
	if w == nil || w.offer != o.ID {
		return
	}
	c, _ := s.conversations.Get(t.Conversation)
	w.made, w.candidates = o, s.candidatesOf(t, c)
	if t.Kind != TaskQueue {
		return
	}
	rank := map[id.User]int{}
	for n, u := range s.chairs(s.poolOf(t), t.Except, math.MaxInt) {
		rank[u] = n
	}
	slices.SortStableFunc(w.candidates, func(a, b Candidate) int {
		if a.RuledBy == "" && b.RuledBy == "" {
			return cmp.Compare(rank[a.Agent], rank[b.Agent])
		}
		return cmp.Compare(min(1, len(a.RuledBy)), min(1, len(b.RuledBy)))
	})
}

// isSame reports whether two offers are one, decided for the same reasons.
func (o Offer) isSame(as Offer) bool {
	a, b := o.Decision, as.Decision
	return o.ID == as.ID && o.Task == as.Task && o.Agent == as.Agent && o.MadeAt.Equal(as.MadeAt) && o.Slot == as.Slot &&
		a.Config == b.Config && a.Considered == b.Considered && a.Picked == b.Picked && a.Kept == b.Kept && a.Match == b.Match &&
		slices.Equal(a.RunnersUp, b.RunnersUp) && maps.Equal(a.Excluded, b.Excluded)
}
