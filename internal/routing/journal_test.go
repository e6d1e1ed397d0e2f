package routing

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// goneThrough compares what taking the steps again says of an offer with what was
// kept of its decision.
func goneThrough(j *Journal, o Offer, queued bool) error {
	x, ok := j.Stretch(o.ID)
	if !ok {
		return fmt.Errorf("offer %d lies too far back", o.ID)
	}
	list, ok := x.Candidates(o)
	if !ok {
		return fmt.Errorf("offer %d does not come out as it was decided", o.ID)
	}
	if !queued || o.Decision.Picked {
		return nil
	}
	could, out := []id.User{}, map[Exclusion]int{}
	for _, c := range list {
		if c.RuledBy == "" {
			could = append(could, c.Agent)
		} else {
			out[c.RuledBy]++
		}
	}
	kept := o.Decision.Excluded
	if kept == nil {
		kept = map[Exclusion]int{}
	}
	best := append([]id.User{o.Agent}, o.Decision.RunnersUp...)
	if diff := cmp.Diff(kept, out); diff != "" || len(could) != o.Decision.Considered || cmp.Diff(best, could[:min(len(could), len(best))]) != "" {
		return fmt.Errorf("offer %d to %s, then %v of %d: could have had it %v; ruled out (-kept +found):\n%s", o.ID, o.Agent, o.Decision.RunnersUp, o.Decision.Considered, could, diff)
	}
	return nil
}

// Everybody is named with what ruled them out when it was decided, whatever has
// become of them since.
func TestADecisionIsGoneThroughAgain(t *testing.T) {
	c := tiny(3, func(c *org.Config) {
		c.Skills = []org.Skill{{ID: "ar", Kind: org.Proficiency}}
		c.Queues[0].Rule, c.Queues[0].Requires = org.SkillsLongest, []org.Requirement{{Skill: "ar", Compare: org.AtLeast, Level: 1}}
		for i := range 2 {
			c.Users[i].Skills = []org.HeldSkill{{Skill: "ar", Level: 5}}
		}
	})
	s, j, now := New(c), &Journal{}, t0
	do := func(ev Event) {
		t.Helper()
		now = now.Add(time.Second)
		if _, err := j.Step(s, now, ev); err != nil {
			t.Fatal(err)
		}
	}
	for _, ev := range append(ready("b", "a", "c"), Start{Conversation: "c1", Asset: "w"}) {
		do(ev)
	}
	made, _ := s.Offer(1)
	do(AcceptOffer{"b", 1})
	next := c
	next.Version, next.Users = 2, append([]org.User(nil), c.Users...)
	next.Users[0].Skills = nil
	do(Configure{next})
	do(SetPresence{Agent: "c", Presence: Idle})

	x, _ := j.Stretch(1)
	list, ok := x.Candidates(made)
	if want := []Candidate{{Agent: "b"}, {Agent: "a"}, {Agent: "c", RuledBy: LacksSkill}}; !ok || cmp.Diff(want, list) != "" {
		t.Errorf("%v: %s", ok, cmp.Diff(want, list))
	}
	// What does not come out as it was decided is not told.
	for what, spoil := range map[string]func(*Offer){
		"another agent":   func(o *Offer) { o.Agent = "a" },
		"another reason":  func(o *Offer) { o.Decision.Excluded = map[Exclusion]int{NotAvailable: 1} },
		"another time":    func(o *Offer) { o.MadeAt = o.MadeAt.Add(time.Second) },
		"no such request": func(o *Offer) { o.ID = 7 },
	} {
		other := made
		spoil(&other)
		if list, ok := x.Candidates(other); ok {
			t.Errorf("%s: %v", what, list)
		}
	}
	if _, ok := (&Journal{}).Stretch(1); ok {
		t.Error("a journal that saw nothing has a stretch")
	}
}

// Who handed a conversation on is named for that, and counted for it, also where
// their group is not reached yet or they lack a skill.
func TestWhoHandedItOnIsCountedForThat(t *testing.T) {
	for what, change := range map[string]func(*org.Config){
		"in the pool":   func(*org.Config) {},
		"in no group":   func(c *org.Config) { c.Users[1].Teams = []id.Team{"u"} },
		"not skilled":   func(c *org.Config) { c.Users[1].Skills = nil },
		"not signed in": func(c *org.Config) { c.Users[2].Skills = nil },
	} {
		c := tiny(3, func(c *org.Config) {
			c.Skills = []org.Skill{{ID: "ar", Kind: org.Proficiency}}
			c.Teams = append(c.Teams, org.Team{ID: "u"})
			c.Queues[0].Wider = []org.Group{{Teams: []id.Team{"u"}, After: time.Minute}}
			second := c.Queues[0]
			second.ID, second.Rule, second.Requires = "r", org.SkillsLongest, []org.Requirement{{Skill: "ar", Compare: org.AtLeast, Level: 1}}
			c.Queues = append(c.Queues, second)
			for i := range c.Users {
				c.Users[i].Skills = []org.HeldSkill{{Skill: "ar", Level: 5}}
			}
			change(c)
		})
		s, j, now := New(c), &Journal{}, t0
		for _, ev := range []Event{
			SignIn{"b"},
			SetPresence{Agent: "b", Presence: Available},
			Start{Conversation: "c1", Asset: "w"},
			AcceptOffer{"b", 1},
			SignIn{"a"},
			SetPresence{Agent: "a", Presence: Available},
			Transfer{Agent: "b", Conversation: "c1", ToQueue: "r"},
		} {
			now = now.Add(2 * time.Minute)
			if _, err := j.Step(s, now, ev); err != nil {
				t.Fatalf("%s: %T: %v", what, ev, err)
			}
		}
		made, _ := s.Offer(2)
		if made.Agent != "a" || made.Decision.Excluded[IsSender] != 1 {
			t.Errorf("%s: %+v", what, made)
		}
		if err := goneThrough(j, made, true); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A journal reaches back so far and no further, and what it has is whole.
func TestAJournalIsBounded(t *testing.T) {
	for _, users := range []int{1, 20, 200} {
		kept := min(max(leastKept, keptPerUser*users), mostKept)
		s, j, now := New(tiny(1, func(c *org.Config) {
			for n := 1; n < users; n++ {
				c.Users = append(c.Users, org.User{ID: id.User(fmt.Sprint("u", n))})
			}
		})), &Journal{}, t0
		var first, last Offer
		for n := 0; n < 2*kept; n++ {
			now = now.Add(time.Millisecond)
			var ev Event = Tick{}
			switch n % 1000 {
			case 0:
				ev = SignIn{"a"}
			case 1:
				ev = SetPresence{Agent: "a", Presence: Available}
			case 2:
				ev = Start{Conversation: id.Conversation(fmt.Sprint("c", n)), Asset: "w"}
			case 3:
				last, _ = s.Offer(s.lastOffer)
				if first.ID == 0 {
					first = last
				}
				ev = CustomerEnd{Conversation: last.Conversation}
			}
			if _, err := j.Step(s, now, ev); err != nil {
				t.Fatal(err)
			}
		}
		if j.weight < kept || j.weight > kept+2*leastStretch {
			t.Errorf("%d users: %d steps are kept", users, j.weight)
		}
		if _, ok := j.Stretch(first.ID); ok {
			t.Errorf("%d users: the first request is still there", users)
		}
		if err := goneThrough(j, last, true); err != nil {
			t.Errorf("%d users: %v", users, err)
		}
	}
}

// A configuration takes up as much of a journal as it has objects: however often
// a large one changes, few of them are kept.
func TestAJournalKeepsFewConfigurations(t *testing.T) {
	c := tiny(0, func(*org.Config) {})
	for n := range 3000 {
		c.Users = append(c.Users, org.User{ID: id.User(fmt.Sprintf("u%04d", n))})
	}
	s, j := New(c), &Journal{}
	for n := range 100 {
		c.Version++
		if _, err := j.Step(s, t0.Add(time.Duration(n)*time.Second), Configure{c}); err != nil {
			t.Fatal(err)
		}
	}
	kept := 0
	for _, x := range j.stretches {
		kept += len(x.steps)
	}
	if most := mostKept/c.Objects() + 2; kept == 0 || kept > most {
		t.Errorf("%d configurations of %d objects are kept, at most %d were to be", kept, c.Objects(), most)
	}
}
