package routing

import (
	"fmt"
	"testing"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Customers may bring along as many different requirements as they like: what is
// kept for those who have gone is bounded, and giving it up changes nothing.
func TestWhatNobodyAsksForAnyMoreIsGivenUp(t *testing.T) {
	c := tiny(2, func(c *org.Config) {
		c.Queues[0].Rule = org.SkillsLongest
		c.Skills = []org.Skill{{ID: "site", Kind: org.FreeText}}
	})
	s, now := play(t, c, append(ready("a", "b"), Start{Conversation: "stays", Asset: "w", Requires: site("nowhere")})...)
	most := 0
	for n := range 4 * sparePools {
		conversation := id.Conversation(fmt.Sprint("c", n))
		for _, ev := range []Event{Start{Conversation: conversation, Asset: "w", Requires: site(fmt.Sprint(n))}, CustomerEnd{Conversation: conversation}} {
			now = now.Add(time.Millisecond)
			if _, err := s.Step(now, ev); err != nil {
				t.Fatal(err)
			}
			if err := miscounted(s); err != nil {
				t.Fatal(err)
			}
		}
		most = max(most, len(s.setup.pools.own), len(s.setup.pools.list), len(s.setup.crowds.list))
	}
	if most > sparePools+10 || most < sparePools {
		t.Errorf("%d pools are kept for one request that waits", most)
	}
	if err := s.Check(now); err != nil {
		t.Error(err)
	}
	if x, _ := s.ExplainConversation("stays", now); x.Candidates[0].RuledBy != LacksSkill || x.Asks[0].From != org.FromIdentity {
		t.Errorf("%+v", x)
	}
}

func site(name string) []org.Required {
	return []org.Required{{Requirement: org.Requirement{Skill: "site", Compare: org.Equal, Text: name}, From: org.FromIdentity}}
}
