package routing

import (
	"fmt"
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Check reports the first broken invariant, by its name. It looks at the
// records alone and trusts none of the indexes. Its cost is that of the whole
// floor: it is for tests and for after loading.
//
// It holds after every step, at the time of that step. After loading, only the
// two that speak of time may be broken, until the next step.
func (s *State) Check(now time.Time) error {
	now = now.UTC().Truncate(time.Millisecond)
	for _, inv := range invariants {
		if err := inv.holds(s, now); err != nil {
			return &Broken{Invariant: inv.name, Because: err}
		}
	}
	return nil
}

// Broken is what [State.Check] reports: a fault of ours, never the caller's.
type Broken struct {
	Invariant string // its name, a sentence that should be true
	Because   error
}

func (b *Broken) Error() string {
	return fmt.Sprintf("routing: not so: %s: %v", b.Invariant, b.Because)
}

func (b *Broken) Unwrap() error { return b.Because }

var invariants = []struct {
	name  string
	holds func(s *State, now time.Time) error
}{
	{"a conversation has at most one owner", oneOwner},
	{"a task has one open offer, or one holder, or neither", oneHolder},
	{"a conversation has at most one pending task", onePending},
	{"an open conversation has an owner or waits for one", nobodyLost},
	{"a closed conversation is only wrapped up", closedIsQuiet},
	{"an interrupted conversation has an owner and no request", interruptedIsHeld},
	{"every slot is used once and was within the capacity", slotsAreSound},
	{"offers stay within capacity and the limit of open offers", offersFit},
	{"offers are made to Available, connected agents who serve the queue", offersReachSomebody},
	{"nothing is offered whose customer is away", noOfferWhileAway},
	{"a left message rests while its customer is away", messagesRest},
	{"no agent is in a conversation twice", nobodyTwice},
	{"who is signed out holds nothing", signedOutHoldsNothing},
	{"RONA has its missed request, and nothing else has", ronaHasItsCause},
	{"the waiting time is never later than the visit", placeIsKept},
	{"conferences belong to an owner", guestsHaveAnOwner},
	{"a request knows since when nobody is there for it", nobodyIsNoted},
	{"offers made = accepted + declined + missed + withdrawn + open", offersBalance},
	{"started = handled + abandoned + not served + void + open", conversationsBalance},
	{"nothing is overdue", nothingOverdue},
	{"a visit asks for no more than at its age", visitsAge},
	{"who is waited for is there", keptForSomebody},
	{"no free agent faces a task they could take", nobodyIdlesBeforeATask},
}

func oneOwner(s *State, _ time.Time) error {
	for _, c := range s.allConversations() {
		owners := 0
		for _, p := range s.partsByID(c.parts) {
			if p.Role == Owner && p.EndedAt.IsZero() {
				owners++
			}
		}
		if owners > 1 {
			return fmt.Errorf("%s has %d", c.ID, owners)
		}
	}
	return nil
}

func oneHolder(s *State, _ time.Time) error {
	offers, holders := map[id.Task]int{}, map[id.Task]int{}
	for _, o := range s.allOffers() {
		offers[o.Task]++
	}
	for _, p := range s.allParts() {
		if p.EndedAt.IsZero() {
			holders[p.Task]++
		}
	}
	known := 0
	for _, t := range s.allTasks() {
		want := map[TaskState][2]int{TaskWaiting: {0, 0}, TaskOffered: {1, 0}, TaskHeld: {0, 1}}[t.State]
		if got := [2]int{offers[t.ID], holders[t.ID]}; got != want {
			return fmt.Errorf("task %d is %s with %d offers and %d holders", t.ID, t.State, got[0], got[1])
		}
		known += want[0] + want[1]
	}
	if known != len(offers)+len(holders) {
		return fmt.Errorf("%d offers and %d holders, of %d known tasks", len(offers), len(holders), known)
	}
	return nil
}

func onePending(s *State, _ time.Time) error {
	pending := map[id.Conversation]id.Task{}
	for _, t := range s.allTasks() {
		if t.State == TaskHeld {
			continue
		}
		if other := pending[t.Conversation]; other != 0 {
			return fmt.Errorf("%s has the tasks %d and %d", t.Conversation, other, t.ID)
		}
		pending[t.Conversation] = t.ID
	}
	return nil
}

func nobodyLost(s *State, _ time.Time) error {
	for _, c := range s.allConversations() {
		if !c.open() {
			continue
		}
		t, waits := s.Task(c.pending)
		_, held := s.Part(c.owner)
		if held && waits && t.Kind != TaskConference {
			return fmt.Errorf("%s has an owner and waits for another", c.ID)
		}
		if !held && (!waits || t.Kind == TaskConference) {
			return fmt.Errorf("%s has no owner and waits for none", c.ID)
		}
	}
	return nil
}

func closedIsQuiet(s *State, _ time.Time) error {
	for _, c := range s.allConversations() {
		if c.open() {
			continue
		}
		if c.pending != 0 || len(c.parts) == 0 {
			return fmt.Errorf("%s is closed, has task %d and %d parts", c.ID, c.pending, len(c.parts))
		}
		for _, p := range s.partsByID(c.parts) {
			if p.EndedAt.IsZero() {
				return fmt.Errorf("%s is closed and %s is connected to it", c.ID, p.Agent)
			}
		}
	}
	return nil
}

func interruptedIsHeld(s *State, _ time.Time) error {
	for _, c := range s.allConversations() {
		if c.Interrupted && c.open() && (c.owner == 0 || c.pending != 0) {
			return fmt.Errorf("%s: owner part %d, task %d", c.ID, c.owner, c.pending)
		}
		if asset := s.setup.assets[c.Asset]; c.open() && !c.Interrupted && (asset == nil || asset.Deleted) {
			return fmt.Errorf("%s goes on without its asset", c.ID)
		}
	}
	return nil
}

func slotsAreSound(s *State, _ time.Time) error {
	type slot struct {
		agent id.User
		n     int
	}
	used := map[slot]bool{}
	take := func(a id.User, n, capacity int) error {
		if used[slot{a, n}] {
			return fmt.Errorf("%s uses slot %d twice", a, n)
		}
		used[slot{a, n}] = true
		if n < 1 || n > capacity {
			return fmt.Errorf("%s uses slot %d of %d", a, n, capacity)
		}
		return nil
	}
	for _, o := range s.allOffers() {
		if err := take(o.Agent, o.Slot, o.Capacity); err != nil {
			return err
		}
	}
	for _, p := range s.allParts() {
		if err := take(p.Agent, p.Slot, p.Capacity); err != nil {
			return err
		}
	}
	return nil
}

func offersFit(s *State, _ time.Time) error {
	for _, a := range s.allAgents() {
		capacity := s.setup.capacity(a.ID)
		if offers := len(s.OffersTo(a.ID)); offers > 0 {
			if held := offers + len(s.PartsOf(a.ID)); held > capacity || offers > s.setup.openOffers() {
				return fmt.Errorf("%s: %d offers, %d slots of %d", a.ID, offers, held, capacity)
			}
			if err := withinCaps(s, a.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// withinCaps: nobody is offered more of a queue than it allows per agent.
func withinCaps(s *State, u id.User) error {
	held := map[id.Queue]int{}
	for _, p := range s.PartsOf(u) {
		held[p.Queue]++
	}
	offered := map[id.Queue]bool{}
	for _, o := range s.OffersTo(u) {
		t, _ := s.Task(o.Task)
		held[t.Queue]++
		offered[t.Queue] = true
	}
	for i := range s.config.Queues {
		q := &s.config.Queues[i]
		if q.PerAgent > 0 && offered[q.ID] && held[q.ID] > q.PerAgent {
			return fmt.Errorf("%s has %d of %s, which allows %d", u, held[q.ID], q.ID, q.PerAgent)
		}
	}
	return nil
}

func offersReachSomebody(s *State, _ time.Time) error {
	for _, o := range s.allOffers() {
		a, _ := s.Agent(o.Agent)
		if a.Presence != Available || !a.LostAt.IsZero() {
			return fmt.Errorf("offer %d to %s, who is %s and lost at %v", o.ID, a.ID, a.Presence, a.LostAt)
		}
		t, _ := s.Task(o.Task)
		if t.Kind == TaskQueue && !s.reaches(&t, a.ID) {
			return fmt.Errorf("offer %d of %s to %s: %s", o.ID, t.Queue, a.ID, s.ruledOut(&t, a.ID))
		}
		if t.Kind != TaskQueue && t.Target != a.ID {
			return fmt.Errorf("offer %d for %s to %s", o.ID, t.Target, a.ID)
		}
	}
	return nil
}

func noOfferWhileAway(s *State, _ time.Time) error {
	for _, o := range s.allOffers() {
		c, _ := s.Conversation(o.Conversation)
		t, _ := s.Task(o.Task)
		if c.Away && t.Kind != TaskConference && !c.LeftMessage {
			return fmt.Errorf("offer %d of %s", o.ID, c.ID)
		}
		if c.Away && c.CustomerLostAt.IsZero() {
			return fmt.Errorf("%s is away and was never lost", c.ID)
		}
	}
	return nil
}

func messagesRest(s *State, _ time.Time) error {
	for _, t := range s.allTasks() {
		c, _ := s.Conversation(t.Conversation)
		if t.LeftMessage && !c.LeftMessage {
			return fmt.Errorf("task %d of %s, which is no message", t.ID, c.ID)
		}
		if t.isQueued() && c.LeftMessage && c.Away && !t.LeftMessage {
			return fmt.Errorf("task %d waits like somebody who is there", t.ID)
		}
	}
	return nil
}

func nobodyTwice(s *State, _ time.Time) error {
	type seat struct {
		c id.Conversation
		u id.User
	}
	taken := map[seat]bool{}
	for _, p := range s.allParts() {
		if !p.EndedAt.IsZero() {
			continue
		}
		if taken[seat{p.Conversation, p.Agent}] {
			return fmt.Errorf("%s in %s", p.Agent, p.Conversation)
		}
		taken[seat{p.Conversation, p.Agent}] = true
	}
	for _, o := range s.allOffers() {
		if taken[seat{o.Conversation, o.Agent}] {
			return fmt.Errorf("%s is offered %s and in it", o.Agent, o.Conversation)
		}
	}
	return nil
}

func signedOutHoldsNothing(s *State, _ time.Time) error {
	for _, a := range s.allAgents() {
		if a.Presence == SignedOut && (a.occupied() > 0 || !a.LostAt.IsZero()) {
			return fmt.Errorf("%s holds %d and is lost at %v", a.ID, a.occupied(), a.LostAt)
		}
		if a.Presence != SignedOut && s.setup.agentUser(a.ID) == nil {
			return fmt.Errorf("%s is %s and may not work here", a.ID, a.Presence)
		}
	}
	return nil
}

func ronaHasItsCause(s *State, _ time.Time) error {
	for _, a := range s.allAgents() {
		if (a.Presence == RONA) != (a.Missed != nil) {
			return fmt.Errorf("%s is %s, missed %v", a.ID, a.Presence, a.Missed)
		}
	}
	return nil
}

// placeIsKept also sees that a return did not lose its place.
func placeIsKept(s *State, _ time.Time) error {
	for _, t := range s.allTasks() {
		c, _ := s.Conversation(t.Conversation)
		if t.WaitingSince.After(t.EnteredAt) || t.WaitingSince.Before(c.WaitingSince) {
			return fmt.Errorf("task %d waits since %v, its visit began %v", t.ID, t.WaitingSince, t.EnteredAt)
		}
		if t.Kind == TaskQueue && t.Origin == OriginReturn && !t.WaitingSince.Equal(c.WaitingSince) {
			return fmt.Errorf("task %d returned and waits since %v instead of %v", t.ID, t.WaitingSince, c.WaitingSince)
		}
	}
	return nil
}

func guestsHaveAnOwner(s *State, _ time.Time) error {
	for _, p := range s.allParts() {
		c, _ := s.conversations.Get(p.Conversation)
		if p.Role == Guest && p.EndedAt.IsZero() && c.owner == 0 {
			return fmt.Errorf("%s is a guest of nobody in %s", p.Agent, c.ID)
		}
	}
	return nil
}

func offersBalance(s *State, _ time.Time) error {
	l := s.ledger
	if sum := l.Accepted + l.Declined + l.Missed + l.Withdrawn + s.offers.Len(); l.OffersMade != sum {
		return fmt.Errorf("%d made, %d accounted for: %+v", l.OffersMade, sum, l)
	}
	return nil
}

func conversationsBalance(s *State, _ time.Time) error {
	l := s.ledger
	if sum := l.Handled + l.Abandoned + l.NotServed + l.Void + s.openConversations(); l.Started != sum {
		return fmt.Errorf("%d started, %d accounted for: %+v", l.Started, sum, l)
	}
	return nil
}

// nothingOverdue: every deadline, grace and silence that is over has had its
// effect.
func nothingOverdue(s *State, now time.Time) error {
	set := s.setup.settings
	late := func(what string, which any, by time.Time) error {
		if now.After(by) {
			return fmt.Errorf("%s of %v at %v", what, which, by)
		}
		return nil
	}
	for _, o := range s.allOffers() {
		if err := late("deadline", o.ID, o.Deadline); err != nil {
			return err
		}
		if set.ConfirmWithin > 0 && o.ConfirmedAt.IsZero() {
			if err := late("confirmation", o.ID, o.MadeAt.Add(set.ConfirmWithin)); err != nil {
				return err
			}
		}
	}
	for _, p := range s.allParts() {
		if !p.WrapUpDeadline.IsZero() {
			if err := late("wrap-up", p.ID, p.WrapUpDeadline); err != nil {
				return err
			}
		}
	}
	for _, a := range s.allAgents() {
		if !a.LostAt.IsZero() {
			if err := late("grace", a.ID, a.LostAt.Add(set.Grace)); err != nil {
				return err
			}
		}
	}
	for _, c := range s.allConversations() {
		if err := conversationOverdue(s, c, late); err != nil {
			return err
		}
	}
	return waitingOverdue(s, late)
}

// waitingOverdue: nobody waits longer than their queue allows.
func waitingOverdue(s *State, late func(string, any, time.Time) error) error {
	for _, t := range s.allTasks() {
		limits := s.setup.limits(t.Queue)
		if t.Kind != TaskQueue || t.State != TaskWaiting || t.LeftMessage || limits.Then == org.ThenWait {
			continue
		}
		if limits.MaxWait > 0 {
			if err := late("maximum wait", t.ID, t.EnteredAt.Add(limits.MaxWait)); err != nil {
				return err
			}
		}
		if patience := s.setup.settings.NoAgentAfter; patience > 0 && !t.NobodySince.IsZero() {
			if err := late("nobody signed in", t.ID, t.NobodySince.Add(patience)); err != nil {
				return err
			}
		}
		if c := s.setup.calendar(t.Queue); c != nil && limits.OnClose == org.WhatThen {
			closes, ever := t.EnteredAt, true
			if c.Open(closes) {
				closes, ever = c.NextChange(closes)
			} else if t.Origin == OriginReturn || t.Origin == OriginTransfer {
				continue // admitted to a closed queue
			}
			if ever {
				if err := late("closing time", t.ID, closes); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func nobodyIsNoted(s *State, _ time.Time) error {
	for _, t := range s.allTasks() {
		if t.Kind != TaskQueue || t.State != TaskWaiting && t.State != TaskOffered {
			continue
		}
		c, _ := s.conversations.Get(t.Conversation)
		queue := s.setup.queues[t.Queue]
		picks := queue != nil && queue.ManualPick
		somebody := slices.ContainsFunc(s.allAgents(), func(a *agent) bool {
			return a.Presence != SignedOut && s.setup.inService(t.Queue, a.ID) && s.setup.couldEver(s.setup.askedBy(&t, c), a.ID) && (picks || a.ID != t.Except)
		})
		if somebody != t.NobodySince.IsZero() {
			return fmt.Errorf("task %d waits in %s: somebody there: %v, nobody since %v", t.ID, t.Queue, somebody, t.NobodySince)
		}
	}
	return nil
}

func conversationOverdue(s *State, c *conversation, late func(string, any, time.Time) error) error {
	set := s.setup.settings
	if !c.open() {
		return nil
	}
	if !c.CustomerLostAt.IsZero() {
		if !c.Away {
			if err := late("unseen customer", c.ID, c.CustomerLostAt.Add(set.CustomerUnseen)); err != nil {
				return err
			}
		}
		if c.owner == 0 && !c.LeftMessage {
			if err := late("gone customer", c.ID, s.waitedFrom(c).Add(set.CustomerGone)); err != nil {
				return err
			}
		}
	}
	quiet, runs := s.quietSince(c)
	switch {
	case !runs:
		return nil
	case !c.WarnedAt.IsZero():
		return late("close after the warning", c.ID, s.closesAfterWarning(c))
	default:
		return late("warning", c.ID, quiet.Add(max(0, set.InactivityClose-set.InactivityWarning)))
	}
}

func nobodyIdlesBeforeATask(s *State, _ time.Time) error {
	for _, t := range s.allTasks() {
		c, _ := s.conversations.Get(t.Conversation)
		if t.State != TaskWaiting || c.Away && !c.LeftMessage {
			continue
		}
		if t.Kind != TaskQueue {
			return fmt.Errorf("task %d is for %s alone and not offered", t.ID, t.Target)
		}
		n := s.setup.need(s.setup.askedBy(&t, c))
		for _, u := range s.setup.servers[t.Queue] {
			if s.unfit(&t, c, n, u) == "" {
				return fmt.Errorf("%s is free and task %d waits in %s", u, t.ID, t.Queue)
			}
		}
	}
	return nil
}

// visitsAge: no queued task asks for more than its queue does of a visit that
// has lasted so long, or of a floor where so few are signed in.
func visitsAge(s *State, now time.Time) error {
	for _, t := range s.allTasks() {
		if !t.isQueued() {
			continue
		}
		age := now.Sub(t.EnteredAt)
		if widened := s.widened(t.Queue, t.Widened, age); widened != t.Widened {
			return fmt.Errorf("task %d of age %v is widened to %v, not %v", t.ID, age, t.Widened, widened)
		}
		if relaxed, _ := s.relaxed(&t, age); relaxed != t.Relaxed {
			return fmt.Errorf("task %d of age %v is relaxed to %v, not %v", t.ID, age, t.Relaxed, relaxed)
		}
		if queue := s.setup.queues[t.Queue]; t.KeptFor != "" && t.State == TaskWaiting && age >= queue.Sticky {
			return fmt.Errorf("task %d of age %v is kept for %s", t.ID, age, t.KeptFor)
		}
	}
	return nil
}

func keptForSomebody(s *State, _ time.Time) error {
	for _, t := range s.allTasks() {
		if t.isQueued() && t.KeptFor != "" && !s.keeps(t.Queue, t.KeptFor) {
			return fmt.Errorf("task %d waits for %s", t.ID, t.KeptFor)
		}
	}
	return nil
}

func (s *State) allTasks() []Task {
	return list(&s.tasks, func(t *Task) Task { return *t })
}

func (s *State) allOffers() []Offer {
	return list(&s.offers, func(o *Offer) Offer { return *o })
}

func (s *State) allParts() []Part {
	return list(&s.parts, func(p *Part) Part { return *p })
}
