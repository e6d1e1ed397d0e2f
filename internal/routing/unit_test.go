package routing

import (
	"errors"
	"flag"
	"os"
	"runtime/debug"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// The random histories are the same in every run, so that a gate that passed
// passes again; -rapid.seed explores others.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.seed": "20261122", "rapid.checks": "100"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	debug.SetGCPercent(400) // the searches make little that lasts
	os.Exit(m.Run())
}

// play steps events one second apart and returns the floor and the time.
func play(t *testing.T, c org.Config, events ...Event) (*State, time.Time) {
	t.Helper()
	s, now := New(c), t0
	for _, ev := range events {
		now = now.Add(time.Second)
		if _, err := s.Step(now, ev); err != nil {
			t.Fatalf("%T%+v: %v", ev, ev, err)
		}
	}
	return s, now
}

// A refused event leaves nothing behind, not even what was due.
func TestRefusalChangesNothing(t *testing.T) {
	c := tiny(1, func(c *org.Config) { c.Organization.Settings.RONA = 10 * time.Second })
	s, now := play(t, c, append(ready("a"), Start{Conversation: "c1", Asset: "w"})...)
	s.TakeChanges()
	before := s.Records()

	_, err := s.Step(now.Add(time.Minute), AcceptOffer{"a", 1})
	if !errors.Is(err, problem.New(problem.OfferExpired)) {
		t.Errorf("accept after the deadline: %v", err)
	}
	if diff := cmp.Diff(before, s.Records()); diff != "" {
		t.Errorf("the refusal changed something:\n%s", diff)
	}
	if changed := s.TakeChanges(); len(changed.Agents)+len(changed.Offers)+len(changed.Tasks) > 0 {
		t.Errorf("the refusal told of changes: %+v", changed)
	}
	if effects, err := s.Step(now.Add(time.Minute), Tick{}); err != nil || len(effects) != 2 {
		t.Errorf("the tick afterwards: %v, %v", effects, err)
	}
}

// Deadline is one millisecond after an offer's: an answer at it is in time.
func TestDeadlineIsAfterTheOffers(t *testing.T) {
	s, _ := play(t, tiny(1, func(*org.Config) {}), append(ready("a"), Start{Conversation: "c1", Asset: "w"})...)
	o, _ := s.Offer(1)
	due, ok := s.Deadline()
	if !ok || !due.Equal(o.Deadline.Add(time.Millisecond)) {
		t.Errorf("next tick at %v, offer until %v", due, o.Deadline)
	}
	if _, ok := New(tiny(1, func(*org.Config) {})).Deadline(); ok {
		t.Error("an empty floor waits for something")
	}
}

// However late its tick, automatic wrap-up is timed to its deadline; the
// agent's time in wrap-up is not that of our outage.
func TestWrapUpIsTimedToItsDeadline(t *testing.T) {
	c := tiny(1, func(c *org.Config) { c.Queues[0].WrapUpAuto = time.Minute })
	s, now := play(t, c, append(ready("a"), Start{Conversation: "c1", Asset: "w"}, AcceptOffer{"a", 1}, End{Agent: "a", Conversation: "c1"})...)
	s.TakeChanges()
	if _, err := s.Step(now.Add(time.Hour), Tick{}); err != nil {
		t.Fatal(err)
	}
	p := s.TakeChanges().Parts[0]
	if want := now.Add(time.Minute); !p.SubmittedAt.Equal(want) || !p.Automatic {
		t.Errorf("submitted at %v (automatic: %v), want %v", p.SubmittedAt, p.Automatic, want)
	}
}

// The wait of a customer who gave up is counted to the moment last seen.
func TestAbandonedWaitEndsWhenLastSeen(t *testing.T) {
	c := tiny(1, func(c *org.Config) {
		c.Organization.Settings.CustomerUnseen, c.Organization.Settings.CustomerGone = time.Second, time.Minute
	})
	s, lost := play(t, c, Start{Conversation: "c1", Asset: "w"}, LoseCustomer{"c1"})
	s.TakeChanges()
	if _, err := s.Step(lost.Add(time.Minute), Tick{}); err != nil {
		t.Fatal(err)
	}
	changed := s.TakeChanges()
	if got := changed.Tasks[0]; got.Cause != CauseAbandoned || !got.EndedAt.Equal(lost) {
		t.Errorf("wait ended %v (%s), last seen %v", got.EndedAt, got.Cause, lost)
	}
	if got := changed.Conversations[0]; got.Cause != CauseAbandoned || !got.ClosedAt.Equal(lost.Add(time.Minute)) {
		t.Errorf("closed %v (%s)", got.ClosedAt, got.Cause)
	}
}

// A server that was down when the warning was due still gives the customer
// its full time.
func TestLateWarningGivesItsTime(t *testing.T) {
	c := tiny(1, func(c *org.Config) {
		c.Organization.Settings.InactivityClose, c.Organization.Settings.InactivityWarning = 10*time.Minute, 2*time.Minute
	})
	s, now := play(t, c, append(ready("a"), Start{Conversation: "c1", Asset: "w"}, AcceptOffer{"a", 1}, Spoke{Conversation: "c1"})...)
	up := now.Add(time.Hour)
	effects, err := s.Step(up, Tick{})
	want := []Effect{InactivityWarning{Conversation: "c1", ClosesAt: up.Add(2 * time.Minute)}}
	if diff := cmp.Diff(want, effects); diff != "" || err != nil {
		t.Errorf("after the outage: %v\n%s", err, diff)
	}
}

// What a State hands out is a copy.
func TestRecordsAreCopies(t *testing.T) {
	c := tiny(2, func(c *org.Config) { c.Organization.Settings.RONA = time.Second })
	s, now := play(t, c, append(ready("a", "b"), Start{Conversation: "c1", Asset: "w"})...)
	o, _ := s.Offer(1)
	o.Decision.RunnersUp[0] = "changed"
	if _, err := s.Step(now.Add(10*time.Second), Tick{}); err != nil {
		t.Fatal(err)
	}
	a, _ := s.Agent("a")
	a.Missed.Conversation = "changed"
	if again, _ := s.Agent("a"); again.Missed.Conversation != "c1" {
		t.Errorf("the floor remembers %v", again.Missed)
	}
	if now, _ := s.Offer(1); len(now.Decision.RunnersUp) > 0 && now.Decision.RunnersUp[0] == "changed" {
		t.Errorf("the floor remembers %v", now.Decision)
	}
}

// Records that do not refer to each other are refused by name.
func TestLoadRefusesLooseEnds(t *testing.T) {
	c := tiny(1, func(*org.Config) {})
	for name, r := range map[string]Records{
		"task":  {Tasks: []Task{{ID: 1, Conversation: "c1"}}},
		"offer": {Offers: []Offer{{ID: 1, Task: 1, Agent: "a"}}},
		"part":  {Parts: []Part{{ID: 1, Conversation: "c1", Agent: "a"}}},
	} {
		if s, err := Load(c, r); err == nil {
			t.Errorf("a loose %s was loaded: %+v", name, s.Records())
		}
	}
}

// Each invariant is seen to break: a check that cannot fail proves nothing.
func TestCheckSeesEachBreak(t *testing.T) {
	c := tiny(2, func(c *org.Config) { c.Organization.Settings.RONA = 10 * time.Second })
	now := t0.Add(time.Minute)
	conversation := Conversation{ID: "c1", Asset: "w", Queue: "q", WaitingSince: t0}
	task := Task{ID: 1, Conversation: "c1", Kind: TaskQueue, State: TaskWaiting, Queue: "q", WaitingSince: t0, EnteredAt: t0}
	held := func(n id.Task) Task { t := task; t.ID, t.State = n, TaskHeld; return t }
	offered := task
	offered.State = TaskOffered
	part := func(n id.Part, a id.User, slot int) Part {
		return Part{ID: n, Task: id.Task(n), Conversation: "c1", Agent: a, Queue: "q", Slot: slot, Capacity: 2, Role: Owner}
	}
	offer := Offer{ID: 1, Task: 1, Conversation: "c1", Agent: "a", Slot: 1, Capacity: 2, Deadline: now}
	here, idle := Agent{ID: "a", Presence: Available}, Agent{ID: "a", Presence: Idle}
	other := Agent{ID: "b", Presence: Idle}
	guest := part(1, "a", 1)
	guest.Role = Guest
	wrapped := part(1, "a", 1)
	wrapped.EndedAt = t0
	late := offer
	late.Deadline = now.Add(-time.Second)
	closed, interrupted, away := conversation, conversation, conversation
	closed.ClosedAt, interrupted.Interrupted, away.Away, away.CustomerLostAt = t0, true, true, now
	early := task
	early.WaitingSince = t0.Add(time.Second)

	for want, r := range map[string]Records{
		"a conversation has at most one owner":                               {Agents: []Agent{idle, other}, Conversations: []Conversation{conversation}, Tasks: []Task{held(1), held(2)}, Parts: []Part{part(1, "a", 1), part(2, "b", 1)}},
		"a task has one open offer, or one holder, or neither":               {Agents: []Agent{here}, Conversations: []Conversation{conversation}, Tasks: []Task{task}, Offers: []Offer{offer}},
		"a conversation has at most one pending task":                        {Conversations: []Conversation{conversation}, Tasks: []Task{task, {ID: 2, Conversation: "c1", Kind: TaskQueue, State: TaskWaiting, Queue: "q"}}},
		"an open conversation has an owner or waits for one":                 {Conversations: []Conversation{conversation}},
		"a closed conversation is only wrapped up":                           {Agents: []Agent{idle}, Conversations: []Conversation{closed}, Tasks: []Task{held(1)}, Parts: []Part{part(1, "a", 1)}},
		"an interrupted conversation has an owner and no request":            {Conversations: []Conversation{interrupted}, Tasks: []Task{task}},
		"every slot is used once and was within the capacity":                {Agents: []Agent{idle}, Conversations: []Conversation{conversation}, Tasks: []Task{held(1)}, Parts: []Part{part(1, "a", 3)}},
		"offers stay within capacity and the limit of open offers":           {Agents: []Agent{here}, Conversations: []Conversation{conversation, {ID: "c2", Asset: "w", Queue: "q"}, {ID: "c3", Asset: "w", Queue: "q"}}, Tasks: []Task{offered, {ID: 2, Conversation: "c2", Kind: TaskQueue, State: TaskOffered, Queue: "q"}, {ID: 3, Conversation: "c3", Kind: TaskQueue, State: TaskOffered, Queue: "q"}}, Offers: []Offer{offer, {ID: 2, Task: 2, Conversation: "c2", Agent: "a", Slot: 2, Capacity: 2}, {ID: 3, Task: 3, Conversation: "c3", Agent: "a", Slot: 3, Capacity: 3}}},
		"offers are made to Available, connected agents who serve the queue": {Agents: []Agent{idle}, Conversations: []Conversation{conversation}, Tasks: []Task{offered}, Offers: []Offer{offer}},
		"nothing is offered whose customer is away":                          {Agents: []Agent{here}, Conversations: []Conversation{away}, Tasks: []Task{offered}, Offers: []Offer{offer}},
		"no agent is in a conversation twice":                                {Agents: []Agent{idle}, Conversations: []Conversation{conversation}, Tasks: []Task{held(1), held(2)}, Parts: []Part{part(1, "a", 1), {ID: 2, Task: 2, Conversation: "c1", Agent: "a", Slot: 2, Capacity: 2, Role: Guest}}},
		"who is signed out holds nothing":                                    {Agents: []Agent{{ID: "a", Presence: SignedOut}}, Conversations: []Conversation{closed}, Parts: []Part{wrapped}},
		"RONA has its missed request, and nothing else has":                  {Agents: []Agent{{ID: "a", Presence: RONA}}},
		"the waiting time is never later than the visit":                     {Conversations: []Conversation{conversation}, Tasks: []Task{early}},
		"a request knows since when nobody is there for it":                  {Agents: []Agent{{ID: "a", Presence: SignedOut}}, Conversations: []Conversation{conversation}, Tasks: []Task{task}},
		"conferences belong to an owner":                                     {Agents: []Agent{idle}, Conversations: []Conversation{conversation}, Tasks: []Task{held(1), {ID: 2, Conversation: "c1", Kind: TaskQueue, State: TaskWaiting, Queue: "q", WaitingSince: t0, EnteredAt: t0}}, Parts: []Part{guest}},
		"nothing is overdue":                                                 {Agents: []Agent{here}, Conversations: []Conversation{conversation}, Tasks: []Task{offered}, Offers: []Offer{late}},
		"no free agent faces a task they could take":                         {Agents: []Agent{here}, Conversations: []Conversation{conversation}, Tasks: []Task{task}},
	} {
		s, err := Load(c, r)
		if err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		if got := brokenName(s.Check(now)); got != want {
			t.Errorf("broke %q, Check says %q", want, got)
		}
	}
	// What a queue with groups and a cap adds.
	wide := tiny(2, func(c *org.Config) {
		c.Queues[0].Wider = []org.Group{{Teams: c.Queues[0].Teams, After: time.Second}}
		c.Queues[0].PerAgent, c.Queues[0].Sticky = 1, time.Minute
	})
	second := Task{ID: 2, Conversation: "c2", Kind: TaskQueue, State: TaskOffered, Queue: "q", WaitingSince: t0, EnteredAt: t0}
	kept := func(entered time.Time, u id.User) Task {
		t := task
		t.EnteredAt, t.Widened, t.KeptFor = entered, time.Second, u
		return t
	}
	for want, r := range map[string]Records{
		"a visit asks for no more than at its age": {Agents: []Agent{idle}, Conversations: []Conversation{conversation}, Tasks: []Task{task}},
		"who is waited for is there":               {Agents: []Agent{other}, Conversations: []Conversation{conversation}, Tasks: []Task{kept(t0.Add(30*time.Second), "b")}},
		"offers stay within capacity and the limit of open offers": {
			Agents: []Agent{here}, Conversations: []Conversation{conversation, {ID: "c2", Asset: "w", Queue: "q"}}, Tasks: []Task{offered, second},
			Offers: []Offer{offer, {ID: 2, Task: 2, Conversation: "c2", Agent: "a", Slot: 2, Capacity: 2}},
		},
	} {
		s, err := Load(wide, r)
		if err != nil {
			t.Fatal(err)
		}
		if got := brokenName(s.Check(now)); got != want {
			t.Errorf("broke %q, Check says %q", want, got)
		}
	}
	s, err := Load(wide, Records{Agents: []Agent{here, other}, Conversations: []Conversation{conversation}, Tasks: []Task{kept(t0, "a")}})
	if got := brokenName(s.Check(now)); err != nil || got != "a visit asks for no more than at its age" {
		t.Errorf("kept for a minute and still kept: Check says %q (%v)", got, err)
	}
	s = New(c)
	s.ledger.OffersMade++
	if got := brokenName(s.Check(now)); got != "offers made = accepted + declined + missed + withdrawn + open" {
		t.Errorf("Check says %q", got)
	}
	s = New(c)
	s.ledger.Started++
	if got := brokenName(s.Check(now)); got != "started = handled + abandoned + not served + void + open" {
		t.Errorf("Check says %q", got)
	}
}

func brokenName(err error) string {
	var broken *Broken
	if errors.As(err, &broken) {
		return broken.Invariant
	}
	return ""
}
