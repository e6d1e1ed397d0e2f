package routing

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/org"
)

// A world is a floor so small that everything that can happen on it can be
// tried: any event, in any order, at once or after a pause.
type world struct {
	name   string
	config org.Config
	first  []Event // how it begins
	moves  []move
	pauses []time.Duration // of a Tick
	rules  bool            // each step is compared with the rules as they read
}

// move lists what can be tried in a state. Late ones are tried after the
// longest pause as well, without a Tick in between.
type move struct {
	late bool
	try  func(s *State, add func(Event))
}

// Whatever happens, in whatever order, no invariant breaks; a floor loaded
// from its records is the same floor; and the changes told are all there were.
func TestNothingLeadsToAnIllegalState(t *testing.T) {
	for _, w := range worlds() {
		t.Run(strings.ReplaceAll(w.name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			w.search(t)
		})
	}
}

const tooMany = 150_000

// step is how a state was reached.
type step struct {
	before int
	wait   time.Duration
	event  Event
}

type search struct {
	world
	t     *testing.T
	seen  map[[16]byte]struct{}
	steps []step
	queue []node
	tried int
	buf   []byte
}

type node struct {
	state *State
	now   time.Time
	from  int // index of its step
}

func (w world) search(t *testing.T) {
	s := &search{world: w, t: t, seen: map[[16]byte]struct{}{}}
	state := New(w.config)
	for _, ev := range w.first {
		if _, err := state.Step(t0, ev); err != nil {
			t.Fatal(err)
		}
	}
	state.TakeChanges()
	s.visit(node{state: state, now: t0}, step{before: -1})
	longest := w.pauses[len(w.pauses)-1]
	for len(s.queue) > 0 && len(s.seen) < budget {
		n := s.queue[0]
		s.queue[0] = node{}
		s.queue = s.queue[1:]
		for _, m := range w.moves {
			m.try(n.state, func(ev Event) {
				s.try(n, 0, ev)
				if m.late {
					s.try(n, longest, ev)
				}
			})
		}
		for _, p := range w.pauses {
			s.try(n, p, Tick{})
		}
	}
	t.Logf("%d states, %d steps, complete: %v", len(s.seen), s.tried, len(s.queue) == 0)
	if len(s.seen) < 1000 {
		t.Errorf("only %d states: the world is too small to prove anything", len(s.seen))
	}
}

func (s *search) try(from node, wait time.Duration, ev Event) {
	s.tried++
	next, now := from.state.clone(), from.now.Add(wait)
	effects, err := next.Step(now, ev)
	how := step{from.from, wait, ev}
	if err != nil {
		// Only a copy may be half changed, and only what was due is reason for one.
		if changed := next.TakeChanges(); len(changed.Agents)+len(changed.Conversations)+len(changed.Tasks)+len(changed.Offers)+len(changed.Parts) > 0 {
			s.fail(fmt.Errorf("refused (%w), and something is left: %+v", err, changed), how)
		}
		return
	}
	if s.rules {
		if err := sameAsSlowly(from.state, now, ev, effects); err != nil {
			s.fail(err, how)
		}
	}
	if err := sane(from.state, next, effects); err != nil {
		s.fail(err, how)
	}
	s.visit(node{state: next, now: now}, how)
}

// visit checks a state that was not seen before and puts it in line.
func (s *search) visit(n node, how step) {
	s.buf = n.state.key(n.now, s.buf[:0])
	sum := sha256.Sum256(s.buf)
	key := [16]byte(sum[:16])
	if _, seen := s.seen[key]; seen {
		return
	}
	s.seen[key] = struct{}{}
	if len(s.seen) > tooMany {
		s.fail(fmt.Errorf("more than %d states: something grows for ever", tooMany), how)
	}
	if err := s.check(n); err != nil {
		s.fail(err, how)
	}
	n.from = len(s.steps)
	s.steps = append(s.steps, how)
	s.queue = append(s.queue, n)
}

func (s *search) check(n node) error {
	if err := n.state.Check(n.now); err != nil {
		return err
	}
	if err := miscounted(n.state); err != nil {
		return err
	}
	n.state.TakeChanges()
	again, err := Load(n.state.config, n.state.Records())
	if err != nil {
		return err
	}
	running, reloaded := n.state.indexes(), again.indexes()
	if !slices.Equal(running, reloaded) {
		diff := cmp.Diff(running, reloaded)
		return fmt.Errorf("a reload is not the same (-running +reloaded):\n%s", diff)
	}
	return nil
}

func (s *search) fail(err error, how step) {
	s.t.Helper()
	var path []string
	for {
		path = append(path, fmt.Sprintf("+%v %T%+v", how.wait, how.event, how.event))
		if how.before < 0 {
			break
		}
		how = s.steps[how.before]
	}
	var b strings.Builder
	for i := len(path) - 2; i >= 0; i-- {
		fmt.Fprintf(&b, "\n  %s", strings.ReplaceAll(path[i], "routing.", ""))
	}
	s.t.Fatalf("%v\nafter%s", err, b.String())
}

// sane compares what a step says with what it did: the effects are the whole
// story of every offer, presence and conversation.
func sane(before, after *State, effects []Effect) error {
	made, ended, missed, rona, started, closed := 0, 0, 0, 0, 0, 0
	for _, e := range effects {
		switch e := e.(type) {
		case OfferMade:
			made++
		case OfferClosed:
			ended++
			if e.End == OfferMissed {
				missed++
			}
			if e.End == OfferOpen || (e.End == OfferWithdrawn) != (e.Cause != "") {
				return fmt.Errorf("an offer ended as %q for %q", e.End, e.Cause)
			}
		case PresenceChanged:
			if e.To == RONA {
				rona++
			}
		case TransferUnanswered:
			c, _ := after.conversations.Get(e.Conversation)
			if b, ok := before.conversations.Get(e.Conversation); e.Policy == org.Return && (ok && b.Returned || !c.Returned) {
				return fmt.Errorf("%s was returned a second time", e.Conversation)
			}
		case TaskQueued:
			if e.Origin == OriginNew {
				started++
			}
		case ConversationClosed:
			closed++
		}
	}
	b, a := before.ledger, after.ledger
	switch {
	case missed != rona:
		return fmt.Errorf("%d offers missed, %d times RONA", missed, rona)
	case a.OffersMade-b.OffersMade != made || after.offers.Len()-before.offers.Len() != made-ended:
		return fmt.Errorf("%d offers made and %d ended by the effects, %d open before and %d after", made, ended, before.offers.Len(), after.offers.Len())
	case a.Started-b.Started != started || a.closed()-b.closed() != closed:
		return fmt.Errorf("%d conversations started and %d closed by the effects, not so by the ledger: %+v, %+v", started, closed, b, a)
	}
	return keptPlaces(before, after)
}

func (l Ledger) closed() int { return l.Handled + l.Abandoned + l.NotServed + l.Void }

// keptPlaces: the waiting time of a conversation never changes.
func keptPlaces(before, after *State) error {
	for _, c := range before.allConversations() {
		now, ok := after.conversations.Get(c.ID)
		if ok && !now.WaitingSince.Equal(c.WaitingSince) && now.StartedAt.Equal(c.StartedAt) {
			return fmt.Errorf("%s waited since %v and now since %v", c.ID, c.WaitingSince, now.WaitingSince)
		}
		if ok && !c.open() && now.open() && now.StartedAt.Equal(c.StartedAt) {
			return fmt.Errorf("%s was closed and is open", c.ID)
		}
	}
	return nil
}
