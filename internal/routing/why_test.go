package routing

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// skilled is a queue that asks for two skills, one of which relaxes, and that
// a second team serves after a while.
func skilled(adjust func(*org.Config)) org.Config {
	return tiny(3, func(c *org.Config) {
		c.Skills = []org.Skill{{ID: "ar", Kind: org.Proficiency}, {ID: "vip", Kind: org.YesNo}}
		c.Teams = append(c.Teams, org.Team{ID: "far"})
		q := &c.Queues[0]
		q.Rule = org.SkillsBest
		q.Wider = []org.Group{{Teams: []id.Team{"far"}, After: 40 * time.Second}}
		q.Requires = []org.Requirement{
			{Skill: "ar", Compare: org.AtLeast, Level: 8, Weight: 3, Relax: []org.Relaxation{{After: 20 * time.Second, Level: 5}}},
			{Skill: "vip", Compare: org.Equal, Text: org.Yes, Relax: []org.Relaxation{{After: 10 * time.Second, Drop: true}}},
		}
		c.Users[0].Skills = []org.HeldSkill{{Skill: "ar", Level: 6}}
		c.Users[1].Skills = []org.HeldSkill{{Skill: "ar", Level: 4}}
		c.Users[2].Teams = []id.Team{"far"}
		c.Users[2].Skills = []org.HeldSkill{{Skill: "ar", Level: 9}, {Skill: "vip", Text: org.Yes}}
		adjust(c)
	})
}

// tick lets the time pass.
func tick(t *testing.T, s *State, now time.Time) {
	t.Helper()
	if _, err := s.Step(now, Tick{}); err != nil {
		t.Fatal(err)
	}
}

// What was decided says by which rule, how well the agent matched, since when
// it was their turn, and what was asked for as it stood then.
func TestADecisionSaysWhatMadeTheAgentTheFirst(t *testing.T) {
	s, now := play(t, skilled(func(*org.Config) {}), append(ready("a", "b", "c"), Start{Conversation: "c1", Asset: "w"})...)
	x, _ := s.ExplainConversation("c1", now)
	want := []Asked{{From: org.FromQueue, Skill: "ar", Compare: org.AtLeast, Level: 8}, {From: org.FromQueue, Skill: "vip", Compare: org.Equal, Text: org.Yes}}
	if diff := cmp.Diff(want, x.Asks); diff != "" || x.Groups != 1 || x.AllGroups != 2 || x.Task.State != TaskWaiting {
		t.Errorf("%d of %d groups, asks (-want +got):\n%s", x.Groups, x.AllGroups, diff)
	}
	next := []Upcoming{{NextReaches, now.Add(10 * time.Second)}}
	if diff := cmp.Diff(next, x.Upcoming); diff != "" {
		t.Errorf("upcoming (-want +got):\n%s", diff)
	}
	tick(t, s, now.Add(10*time.Second))
	tick(t, s, now.Add(20*time.Second))
	x, _ = s.ExplainConversation("c1", now.Add(20*time.Second))
	decided := Decision{
		Config: 1, Considered: 1, Excluded: map[Exclusion]int{LacksSkill: 1, GroupNotOpen: 1}, Rule: org.SkillsBest, Since: t0.Add(2 * time.Second), Match: 450,
		Asked: []Asked{{From: org.FromQueue, Skill: "ar", Compare: org.AtLeast, Level: 5, Relaxed: true}, {From: org.FromQueue, Skill: "vip", Compare: org.Equal, Text: org.Yes, Dropped: true}},
	}
	if diff := cmp.Diff(decided, x.Offer.Decision); diff != "" || x.Offer.Agent != "a" {
		t.Errorf("%s is offered it (-want +got):\n%s", x.Offer.Agent, diff)
	}
}

// The turn is what orders round robin, and a time would say something else.
func TestRoundRobinHasNoSince(t *testing.T) {
	c := tiny(2, func(c *org.Config) { c.Queues[0].Rule = org.RoundRobin })
	s, now := play(t, c, append(ready("a", "b"), Start{Conversation: "c1", Asset: "w"}, Start{Conversation: "c2", Asset: "w"}, Start{Conversation: "c3", Asset: "w"})...)
	x, _ := s.ExplainConversation("c3", now)
	d := x.Offer.Decision
	if d.Rule != org.RoundRobin || !d.Since.IsZero() || d.Occupied != 1 || d.Match != 0 || d.Asked != nil {
		t.Errorf("%+v", d)
	}
}

// However much is asked for and whoever comes next, a decision stays small.
func TestADecisionIsBounded(t *testing.T) {
	user := func(n int) id.User { return id.Mint[id.User](id.PrefixUser, [16]byte{15: byte(n)}) }
	c := skilled(func(c *org.Config) {
		c.Users = nil
		for n := range 40 {
			u := org.User{ID: user(n), Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{"t"}}
			c.Users = append(c.Users, u)
		}
		c.Queues[0].Requires = nil
		for n := range 12 {
			skill := id.Mint[id.Skill](id.PrefixSkill, [16]byte{15: byte(n)})
			c.Skills = append(c.Skills, org.Skill{ID: skill, Kind: org.FreeText})
			text := strings.Repeat("<", askedTextKept)
			if n == 1 {
				text += "<"
			}
			c.Queues[0].Requires = append(c.Queues[0].Requires, org.Requirement{Skill: skill, Compare: org.NotEqual, Text: text, Relax: []org.Relaxation{{After: time.Hour, Drop: true}}})
		}
	})
	var events []Event
	for n := range 40 {
		events = append(events, ready(user(n))...)
	}
	s, now := play(t, c, append(events, Start{Conversation: "c1", Asset: "w"})...)
	x, _ := s.ExplainConversation("c1", now)
	d := x.Offer.Decision
	if len(d.Asked) != askedKept || d.AskedMore != 12-askedKept || d.Asked[0].Text == "" || d.Asked[1].Text != "" || len(d.RunnersUp) != runnersUp {
		t.Errorf("%+v", d)
	}
	d.Excluded = map[Exclusion]int{}
	for _, x := range Exclusions {
		d.Excluded[x] = 10_000
	}
	if stored, err := json.Marshal(d); err != nil || len(stored) > 2048 {
		t.Errorf("%d bytes, %v:\n%s", len(stored), err, stored)
	}
}

// Who waits, in order, and why: nobody is looked at for it.
func TestTheLineSaysWhyEachStillWaits(t *testing.T) {
	s, now := explained(t)
	if _, err := s.Step(now, SetPresence{Agent: "b", Presence: Available}); err != nil {
		t.Fatal(err)
	}
	list, total := s.WaitingIn("q", 10)
	if total != 2 || len(list) != 2 {
		t.Fatalf("%d of %d", len(list), total)
	}
	first, second := list[0], list[1]
	if first.Task.State != TaskOffered || first.OfferTo != "b" || first.Excluded != nil || len(first.Upcoming) != 1 || first.Upcoming[0].What != NextExpires {
		t.Errorf("the first: %+v", first)
	}
	why := map[Exclusion]int{NotSignedIn: 1, AtCapacity: 2, Unreachable: 1}
	if !maps.Equal(second.Excluded, why) || second.Position != 2 || second.OfferTo != "" || len(second.Upcoming) != 1 || second.Upcoming[0].What != NextMaximum {
		t.Errorf("the second: %+v", second)
	}
	if list, total := s.WaitingIn("q", 1); len(list) != 1 || total != 2 {
		t.Errorf("of at most one: %d of %d", len(list), total)
	}
	if list, total := s.WaitingIn("r", 10); list != nil || total != 0 {
		t.Errorf("of an empty queue: %v, %d", list, total)
	}
}

// An agent who could be offered something and is not learns what rules them
// out of what waits, request by request.
func TestWhatRulesAnAgentOutOfWhatWaits(t *testing.T) {
	c := skilled(func(c *org.Config) { c.Organization.Settings.CustomerUnseen = time.Second })
	s, now := play(t, c, append(ready("b", "c"),
		Start{Conversation: "c1", Asset: "w"}, Start{Conversation: "c2", Asset: "w"}, LoseCustomer{"c2"})...)
	now = now.Add(5 * time.Second)
	tick(t, s, now)
	for u, want := range map[id.User]string{
		"b": "map[customer_away:1 lacks_skill:1]",
		"c": "map[customer_away:1 group_not_open:1]",
		"a": "map[customer_away:1 lacks_skill:1]", // and not signed in
	} {
		x := s.ExplainAgent(u, now)
		if got := fmt.Sprint(x.Queues[0].RuledBy); got != want {
			t.Errorf("%s: %s, want %s", u, got, want)
		}
	}
}

// Exclusive mode is told apart from a capacity of one.
func TestOneAtATimeIsSaid(t *testing.T) {
	c := tiny(3, func(c *org.Config) {
		c.Users[0].Exclusive = org.On
		c.Users[1].Capacity = 1
	})
	s, now := play(t, c)
	for u, want := range map[id.User]bool{"a": true, "b": false, "c": false, "nobody": false} {
		if got := s.ExplainAgent(u, now).One; got != want {
			t.Errorf("%s: %v", u, got)
		}
	}
}
