package routing

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Long random histories of a whole floor, on three machines at once: two that
// run, and one that is loaded anew from the records before every step. All
// three say the same, word for word; a store told of the changes alone holds
// the same records; no invariant breaks; and in the end everybody is served.
func TestRandomHistories(t *testing.T) {
	met := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		f := newFloor(rt)
		for i, n := range rapid.SliceOfN(rapid.Uint32(), 400, 500).Draw(rt, "history") {
			// Not n itself: rapid prefers small numbers, and the floor needs variety.
			f.chance = rand.New(rand.NewPCG(uint64(n), uint64(i)))
			now := f.later()
			f.step(now, f.event())
		}
		f.drain()
		f.goThrough()
		for what, n := range f.met {
			met[what] += n
		}
	})
	for _, what := range sometimes {
		if met[what] == 0 {
			t.Errorf("never happened: %s", what)
		}
	}
	t.Logf("%d steps, met %v", met["steps"], met)
}

// sometimes is what a run that proves anything has to have met.
var sometimes = []string{
	"accepted at the deadline", "refused after the deadline", "missed", "declined", "transfer target lost before accept",
	"returned to the sender", "closed unanswered", "owner lost in a conference", "guest lost", "asset deleted during a request",
	"customer left during an offer", "abandoned", "closed for silence", "wrapped up by the timer", "agent moved while offered",
	"capacity lowered while offered", "undelivered", "picked", "picked too late", "kept for the regular agent", "let go",
	"reached a further group", "relaxed", "fit no more while offered",
	"left a message", "waited and left a message", "message answered",
}

type floor struct {
	t             *rapid.T
	chance        *rand.Rand
	running, twin *State
	journal       Journal // of twin
	config        org.Config
	kept          ledgerStore
	now           time.Time
	met           map[string]int
	configs       []org.Config
	agents        []id.User
	conversations []id.Conversation
	queues        []id.Queue
}

func newFloor(t *rapid.T) *floor {
	f := &floor{
		t: t, now: t0, met: map[string]int{},
		agents:        []id.User{"a", "b", "c", "d"},
		conversations: []id.Conversation{"c1", "c2", "c3", "c4", "c5", "c6", "c7"},
		queues:        []id.Queue{"q", "r", "s"},
	}
	f.configs = randomConfigs()
	f.config = f.configs[0]
	f.running, f.twin = New(f.config), New(f.config)
	for _, ev := range ready(f.agents...) {
		f.step(f.now, ev)
	}
	return f
}

// randomConfigs are floors of four agents and three queues, one of each policy.
func randomConfigs() []org.Config {
	build := func(version int, adjust func(*org.Config)) org.Config {
		c := tiny(0, func(*org.Config) {})
		c.Version = version
		set := org.Defaults()
		set.RONA, set.Grace, set.ConfirmWithin, set.AllowDecline = 20*time.Second, 60*time.Second, 10*time.Second, true
		set.CustomerUnseen, set.CustomerGone, set.InactivityClose, set.InactivityWarning = 5*time.Second, 40*time.Second, 90*time.Second, 20*time.Second
		c.Organization.Settings = set
		user := func(u id.User, teams ...id.Team) {
			c.Users = append(c.Users, org.User{ID: u, Roles: []org.Role{org.RoleAgent}, Teams: teams})
		}
		user("a", "t")
		user("b", "t", "u")
		user("c", "u")
		user("d", "t", "u")
		c.Users[2].Capacity = 1
		c.Teams = []org.Team{{ID: "t"}, {ID: "u"}}
		c.Queues = []org.Queue{
			{ID: "q", Teams: []id.Team{"t"}, WrapUpAuto: 30 * time.Second, WrapUpDefault: "done", ManualPick: true},
			{ID: "r", Teams: []id.Team{"u"}, OnUnanswered: org.Return, WrapUpRequired: true, TransfersJoinEnd: true},
			{ID: "s", Teams: []id.Team{"t", "u"}, OnUnanswered: org.Close, Priority: 2, Limits: org.Limits{MaxWait: 15 * time.Second, Then: org.ThenMessage}},
		}
		c.Skills = []org.Skill{{ID: "ar", Kind: org.Proficiency, Language: "ar"}, {ID: "vip", Kind: org.YesNo}}
		level := func(u, n int) { c.Users[u].Skills = append(c.Users[u].Skills, org.HeldSkill{Skill: "ar", Level: n}) }
		level(0, 9)
		level(1, 4)
		level(3, 6)
		c.Users[1].Skills = append(c.Users[1].Skills, org.HeldSkill{Skill: "vip", Text: org.Yes})
		c.Assets = []org.Asset{{ID: "v", Queue: "r"}, {ID: "w", Queue: "q"}, {ID: "x", Queue: "s"}}
		c.Reasons = []org.Reason{{ID: "done", Kind: org.WrapUpReason}}
		adjust(&c)
		return c
	}
	return []org.Config{
		build(1, func(*org.Config) {}),
		build(2, func(c *org.Config) { c.Organization.Settings.Capacity, c.Organization.Settings.OpenOffers = 2, 1 }),
		build(3, func(c *org.Config) { c.Users[1].Teams = []id.Team{"u"}; c.Queues[0].Archived = true }),
		build(4, func(c *org.Config) { c.Users[3].Disabled = true; c.Organization.Settings.Ageing = 0 }),
		build(5, func(c *org.Config) { c.Queues = c.Queues[1:]; c.Assets[2].Deleted = true }),
		build(6, ruled),
		build(7, func(c *org.Config) {
			ruled(c)
			c.Queues[0].Rule, c.Queues[1].Rule, c.Queues[2].Rule = org.LeastLoaded, org.SkillsLongest, org.RoundRobin
			c.Queues[1].Requires = []org.Requirement{{Skill: "vip", Compare: org.NotEqual, Text: org.Yes, Relax: []org.Relaxation{{After: 10 * time.Second, Drop: true}}}}
			c.Users[0].Skills, c.Users[0].Exclusive = nil, org.On
		}),
	}
}

// ruled gives each queue a rule of its own, and the floor everything that bounds
// or widens whom a request reaches.
func ruled(c *org.Config) {
	drop := func(after time.Duration) []org.Relaxation { return []org.Relaxation{{After: after, Drop: true}} }
	q, r, s := &c.Queues[0], &c.Queues[1], &c.Queues[2]
	q.Rule, q.LanguageLevel, q.LanguageRelax = org.SkillsBest, 5, 15*time.Second
	q.Requires = []org.Requirement{{Skill: "vip", Compare: org.Equal, Text: org.Yes, Weight: 2, Relax: drop(5 * time.Second)}}
	r.Rule, r.PerAgent = org.RoundRobin, 1
	r.Wider = []org.Group{{Teams: []id.Team{"t"}, After: 10 * time.Second}}
	s.Rule, s.Sticky, s.ManualPick = org.LeastLoaded, 12*time.Second, true
	s.Teams, s.Wider = []id.Team{"u"}, []org.Group{{Teams: []id.Team{"t"}, After: 5 * time.Second}}
	c.Assets[1].Requires = []org.Requirement{{Skill: "ar", Compare: org.AtLeast, Level: 6, Relax: []org.Relaxation{{After: 8 * time.Second, Level: 3}, {After: 20 * time.Second, Drop: true}}}}
	c.Teams[1].Capacity = 2
}

// broughtAlong is what customers require themselves: nothing mostly, what there
// is, and what there is not.
var broughtAlong = [][]org.Required{
	nil, nil, nil,
	{{Requirement: org.Requirement{Skill: "ar", Compare: org.AtLeast, Level: 5, Relax: []org.Relaxation{{After: 7 * time.Second, Drop: true}}}, From: org.FromForm}},
	{
		{Requirement: org.Requirement{Skill: "vip", Compare: org.Equal, Text: org.Yes, Weight: 3}, From: org.FromIdentity},
		{Requirement: org.Requirement{Skill: "chess", Compare: org.AtLeast, Level: 1}, From: org.FromIdentity},
	},
}

// later is the time of the next event: often at once, or right at, before or
// after the next deadline.
func (f *floor) later() time.Time {
	due, ok := f.running.Deadline()
	switch n := f.pick(40); {
	case n < 24:
		return f.now
	case n < 36:
		return f.now.Add(time.Second)
	case !ok || due.Before(f.now):
		return f.now.Add(time.Millisecond)
	case n < 37:
		return due
	case n < 38:
		return due.Add(time.Second)
	default: // an offer's deadline itself
		if before := due.Add(-time.Millisecond); before.After(f.now) {
			return before
		}
		return due
	}
}

func (f *floor) pick(n int) int { return f.chance.IntN(n) }

func anyOf[T any](f *floor, list []T) (x T) {
	if len(list) == 0 {
		return x
	}
	return list[f.pick(len(list))]
}

// event picks one that is likely to mean something.
func (f *floor) event() Event {
	agent, other := anyOf(f, f.agents), anyOf(f, f.agents)
	conversation := anyOf(f, f.conversations)
	offer := anyOf(f, f.running.allOffers())
	part := anyOf(f, f.running.allParts())
	owned := Part{Agent: agent, Conversation: conversation}
	if p := part; p.ID != 0 && p.EndedAt.IsZero() {
		owned = p
	}
	events := []struct {
		weight int
		event  Event
	}{
		{6, SignIn{agent}},
		{20, SetPresence{Agent: agent, Presence: Available}},
		{2, SetPresence{Agent: agent, Presence: Idle}},
		{1, SignOut{Agent: agent}},
		{1, SignOut{Agent: agent, By: "boss"}},
		{3, LoseAgent{agent}},
		{6, RegainAgent{agent}},
		{12, Start{Conversation: conversation, Asset: anyOf(f, []id.Asset{"v", "w", "x"}), Priority: f.pick(10), Language: anyOf(f, []string{"", "ar", "en"}), Regular: other, Requires: anyOf(f, broughtAlong)}},
		{2, Start{Conversation: conversation, Asset: "x", LeftMessage: true}},
		{4, Pick{agent, conversation}},
		{20, ConfirmOffer{offer.Agent, offer.ID}},
		{20, AcceptOffer{offer.Agent, offer.ID}},
		{1, AcceptOffer{agent, offer.ID}},
		{1, DeclineOffer{Agent: offer.Agent, Offer: offer.ID}},
		{8, Transfer{Agent: owned.Agent, Conversation: owned.Conversation, ToAgent: other}},
		{3, Transfer{Agent: owned.Agent, Conversation: owned.Conversation, ToQueue: anyOf(f, f.queues)}},
		{8, Invite{owned.Agent, owned.Conversation, other}},
		{1, CancelInvitation{owned.Agent, owned.Conversation}},
		{1, HandOver{owned.Agent, owned.Conversation, other}},
		{1, LeaveConference{agent, owned.Conversation}},
		{1, RemoveGuest{owned.Agent, owned.Conversation, other}},
		{2, End{Agent: owned.Agent, Conversation: owned.Conversation}},
		{1, End{Conversation: conversation, By: "boss"}},
		{8, SubmitWrapUp{part.Agent, part.ID, "done"}},
		{1, SubmitWrapUp{Agent: part.Agent, Part: part.ID}},
		{1, StopWrapUpTimer{part.Agent, part.ID}},
		{1, ExtendWrapUp{part.Agent, part.ID}},
		{4, Spoke{Conversation: conversation, FromCustomer: f.pick(2) == 0}},
		{3, LoseCustomer{conversation}},
		{4, RegainCustomer{conversation}},
		{2, CustomerEnd{conversation}},
		{4, Tick{}},
	}
	if f.pick(60) == 0 {
		return Configure{anyOf(f, f.configs)}
	}
	if f.pick(150) == 0 {
		return DeleteAsset{anyOf(f, []id.Asset{"v", "w", "x"})}
	}
	total := 0
	for _, e := range events {
		total += e.weight
	}
	n := f.pick(total)
	for _, e := range events {
		if n -= e.weight; n < 0 {
			return e.event
		}
	}
	return Tick{}
}

func (f *floor) step(now time.Time, ev Event) {
	f.t.Helper()
	f.now = now
	f.met["steps"]++
	before := f.running.clone()
	reloaded, err := Load(f.running.config, f.running.Records())
	if err != nil {
		f.t.Fatal(err)
	}
	effects, refused := f.running.Step(now, ev)
	again, refusedAgain := f.journal.Step(f.twin, now, ev)
	anew, refusedAnew := reloaded.Step(now, ev)
	if !reflect.DeepEqual(effects, again) || problem.CodeOf(refused) != problem.CodeOf(refusedAgain) {
		f.t.Fatalf("%T%+v: twice is not the same: %v, %v\n%s", ev, ev, refused, refusedAgain, cmp.Diff(effects, again))
	}
	if !reflect.DeepEqual(effects, anew) || (refused == nil) != (refusedAnew == nil) {
		f.t.Fatalf("%T%+v: a reload does something else: %v, %v\n%s", ev, ev, refused, refusedAnew, cmp.Diff(effects, anew))
	}
	f.meet(before, ev, effects, refused)
	if refused != nil {
		if was, is := before.Records(), f.running.Records(); !reflect.DeepEqual(was, is) || !slices.Equal(before.indexes(), f.running.indexes()) {
			f.t.Fatalf("%T%+v: refused (%v), and something is left:\n%s", ev, ev, refused, cmp.Diff(was, is))
		}
		if _, due := f.running.Deadline(); due {
			f.tick(now)
		}
		return
	}
	if err := sameAsSlowly(before, now, ev, effects); err != nil {
		f.t.Fatalf("%T%+v: %v", ev, ev, err)
	}
	f.sound(before, effects)
	if is, would := f.running.Records(), reloaded.Records(); !reflect.DeepEqual(is, would) {
		f.t.Fatalf("%T%+v: a reload becomes something else:\n%s", ev, ev, cmp.Diff(is, would))
	}
}

// tick lets happen what a refused event left undone.
func (f *floor) tick(now time.Time) {
	if due, _ := f.running.Deadline(); !due.After(now) {
		f.step(now, Tick{})
	}
}

func (f *floor) sound(before *State, effects []Effect) {
	f.t.Helper()
	if err := f.running.Check(f.now); err != nil {
		f.t.Fatal(err)
	}
	if err := sane(before, f.running, effects); err != nil {
		f.t.Fatal(err)
	}
	if err := miscounted(f.running); err != nil {
		f.t.Fatal(err)
	}
	f.kept.apply(f.running.TakeChanges())
	f.twin.TakeChanges()
	records := f.running.Records()
	if stored := f.kept.records(records); !reflect.DeepEqual(records, stored) {
		f.t.Fatalf("a store told of the changes holds something else (-machine +store):\n%s", cmp.Diff(records, stored))
	}
}

// drain has everybody come and work until nothing is left that anybody could
// ever take: no conversation is stuck.
func (f *floor) drain() {
	f.step(f.now, Configure{f.configs[0]})
	for range 60 {
		if f.running.conversations.Len() == 0 {
			return
		}
		f.now = f.now.Add(time.Second)
		for _, a := range f.agents {
			f.step(f.now, SignIn{a})
			f.step(f.now, RegainAgent{a})
			f.step(f.now, SetPresence{Agent: a, Presence: Available})
		}
		for _, c := range f.running.allConversations() {
			f.step(f.now, RegainCustomer{c.ID})
		}
		for _, o := range f.running.allOffers() {
			f.step(f.now, AcceptOffer{o.Agent, o.ID})
		}
		for _, p := range f.running.allParts() {
			f.step(f.now, End{Agent: p.Agent, Conversation: p.Conversation})
			f.step(f.now, SubmitWrapUp{p.Agent, p.ID, "done"})
		}
	}
	for _, t := range f.running.allTasks() {
		servers := slices.DeleteFunc(slices.Clone(f.running.setup.servers[t.Queue]), func(u id.User) bool { return u == t.Except })
		if len(servers) > 0 {
			f.t.Fatalf("stuck: %+v", t)
		}
	}
	if n := f.running.parts.Len() + f.running.offers.Len(); n > 0 {
		f.t.Fatalf("%d offers and parts are left", n)
	}
}

// goThrough takes the steps to some of the decisions again.
func (f *floor) goThrough() {
	for n, o := range f.kept.offers {
		if n%10 != 0 {
			continue
		}
		if err := goneThrough(&f.journal, o, f.kept.tasks[o.Task].Kind == TaskQueue); err != nil {
			f.t.Fatal(err)
		}
	}
}

// meet notes what rare things a step met.
func (f *floor) meet(before *State, ev Event, effects []Effect, refused error) {
	if accept, ok := ev.(AcceptOffer); ok {
		if o, open := before.Offer(accept.Offer); open && refused == nil && o.Deadline.Equal(f.now) {
			f.met["accepted at the deadline"]++
		} else if open && o.Agent == accept.Agent && f.now.After(o.Deadline) && problem.CodeOf(refused) == problem.OfferExpired {
			f.met["refused after the deadline"]++
		}
	}
	if _, ok := ev.(Pick); ok && refused == nil {
		f.met["picked"]++
	} else if ok && problem.CodeOf(refused) == problem.AlreadyTaken {
		f.met["picked too late"]++
	}
	for _, e := range effects {
		f.meetEffect(before, ev, e)
		f.meetEase(before, e)
	}
}

// meetEase notes how requests reached others than at first.
func (f *floor) meetEase(before *State, e Effect) {
	switch e := e.(type) {
	case TaskEased:
		t, _ := before.Task(e.Task)
		if e.Relaxed > t.Relaxed {
			f.met["relaxed"]++
		}
		if e.Groups > 1 && t.Widened == 0 {
			f.met["reached a further group"]++
		}
	case OfferMade:
		if t, _ := f.running.Task(e.Task); t.KeptFor == e.Agent && e.Kind == TaskQueue {
			f.met["kept for the regular agent"]++
		}
	case TaskLetGo:
		f.met["let go"]++
	case TaskQueued:
		if e.Origin == OriginMessage {
			f.met["waited and left a message"]++
		} else if e.Origin == OriginNew && e.LeftMessage {
			f.met["left a message"]++
		}
	case MessageAsked:
		f.met["asked again"]++
	case MessageRests:
		f.met["rested again"]++
	case PartBegun:
		if t, _ := before.PendingIn(e.Conversation); t.LeftMessage {
			f.met["message answered"]++
		}
	case OfferClosed:
		t, _ := before.Task(e.Task)
		if e.Cause == CauseConfigured && f.running.setup.inService(t.Queue, e.Agent) {
			f.met["fit no more while offered"]++
		}
	}
}

func (f *floor) meetEffect(before *State, ev Event, e Effect) {
	switch e := e.(type) {
	case OfferClosed:
		t, _ := before.Task(e.Task)
		f.met[string(e.End)]++
		_, configured := ev.(Configure)
		switch {
		case e.Cause == CauseAgentLost && t.Kind == TaskTransfer:
			f.met["transfer target lost before accept"]++
		case e.Cause == CauseAssetDeleted:
			f.met["asset deleted during a request"]++
		case e.Cause == CauseCustomer:
			f.met["customer left during an offer"]++
		case e.Cause == CauseUndelivered:
			f.met["undelivered"]++
		case e.Cause == CauseCapacity:
			f.met["capacity lowered while offered"]++
		case e.Cause == CauseConfigured && configured:
			f.met["agent moved while offered"]++
		}
	case TransferUnanswered:
		if e.Policy == org.Return {
			f.met["returned to the sender"]++
		}
	case OwnerChanged:
		if e.Cause == CauseAgentLost {
			f.met["owner lost in a conference"]++
		}
	case PartEnded:
		if e.Role == Guest && e.Cause == CauseAgentLost {
			f.met["guest lost"]++
		}
	case WrapUpSubmitted:
		if e.Automatic && e.Reason == "done" {
			f.met["wrapped up by the timer"]++
		}
	case ConversationClosed:
		switch e.Cause {
		case CauseAbandoned:
			f.met["abandoned"]++
		case CauseInactivity:
			f.met["closed for silence"]++
		case CauseTransferUnanswered:
			f.met["closed unanswered"]++
		}
	}
}
