package routing

import (
	"fmt"
	"testing"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// One conversation from start to wrap-up on a floor where everybody else is
// busy with one of their own: five steps.
func BenchmarkConversation(b *testing.B) {
	for _, agents := range []int{10, 1000, 5000} {
		b.Run(fmt.Sprintf("agents=%d", agents), func(b *testing.B) {
			s, now := busyFloor(b, agents)
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				c := id.Conversation(fmt.Sprintf("b%d", i))
				step := func(ev Event) []Effect {
					now = now.Add(time.Millisecond)
					effects, err := s.Step(now, ev)
					if err != nil {
						b.Fatal(err)
					}
					return effects
				}
				made := step(Start{Conversation: c, Asset: "w"})[1].(OfferMade)
				step(AcceptOffer{made.Agent, made.Offer})
				step(Spoke{Conversation: c})
				step(End{Agent: made.Agent, Conversation: c})
				step(SubmitWrapUp{Agent: made.Agent, Part: s.lastPart})
				s.TakeChanges()
			}
		})
	}
}

func busyFloor(b *testing.B, agents int) (*State, time.Time) {
	c := tiny(0, func(*org.Config) {})
	for i := range agents {
		c.Users = append(c.Users, org.User{ID: id.User(fmt.Sprintf("u%05d", i)), Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{"t"}})
	}
	s, now := New(c), t0
	step := func(ev Event) {
		now = now.Add(time.Millisecond)
		if _, err := s.Step(now, ev); err != nil {
			b.Fatal(err)
		}
	}
	for i, u := range c.Users {
		step(SignIn{u.ID})
		step(SetPresence{Agent: u.ID, Presence: Available})
		step(Start{Conversation: id.Conversation(fmt.Sprintf("c%d", i)), Asset: "w"})
		step(AcceptOffer{u.ID, s.lastOffer})
	}
	return s, now
}
