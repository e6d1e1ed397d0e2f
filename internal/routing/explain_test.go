package routing

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// explained is a floor on which everybody is ruled out for another reason.
func explained(t *testing.T) (*State, time.Time) {
	t.Helper()
	c := tiny(3, func(c *org.Config) {
		c.Organization.Settings.Capacity, c.Organization.Settings.NoAgentAfter = 1, time.Minute
		c.Queues[0].Limits = org.Limits{MaxWait: 10 * time.Minute, Then: org.ThenOverflow, ThenQueue: "r"}
		c.Queues = append(c.Queues, org.Queue{ID: "r", Teams: []id.Team{"t"}})
		c.Users = append(c.Users, org.User{ID: "d", Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{"t"}})
	})
	return play(t, c,
		SignIn{"a"}, SetPresence{Agent: "a", Presence: Available}, Start{Conversation: "c1", Asset: "w"}, AcceptOffer{"a", 1},
		SignIn{"b"}, SignIn{"c"}, SetPresence{Agent: "c", Presence: Available}, LoseAgent{"c"},
		Start{Conversation: "c2", Asset: "w"}, Start{Conversation: "c3", Asset: "w"})
}

// Whoever serves the queue is named with what rules them out, and since when;
// and so is what happens by itself.
func TestWhyAConversationStillWaits(t *testing.T) {
	s, now := explained(t)
	at := func(second int) time.Time { return t0.Add(time.Duration(second) * time.Second) }
	x, ok := s.ExplainConversation("c3", now)
	if !ok {
		t.Fatal("not on the floor")
	}
	want := []Candidate{{"a", AtCapacity, time.Time{}}, {"b", NotAvailable, at(5)}, {"c", Unreachable, at(8)}, {"d", NotSignedIn, time.Time{}}}
	if diff := cmp.Diff(want, x.Candidates); diff != "" {
		t.Errorf("candidates (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Upcoming{{NextMaximum, at(10).Add(10 * time.Minute)}}, x.Upcoming); diff != "" {
		t.Errorf("upcoming (-want +got):\n%s", diff)
	}
	if x.Position != 2 || x.Task.State != TaskWaiting || x.Then != org.ThenOverflow || x.ThenQueue != "r" || !x.Open || x.Away {
		t.Errorf("%+v", x)
	}
	if held, _ := s.ExplainConversation("c1", now); held.Part.Agent != "a" || held.Candidates != nil {
		t.Errorf("the one that is held: %+v", held)
	}
	if _, ok := s.ExplainConversation("c9", now); ok {
		t.Error("a conversation that is not there is explained")
	}
}

// An offer says what was decided when it was made, and until when it is open.
func TestWhyItWasOffered(t *testing.T) {
	s, now := explained(t)
	if _, err := s.Step(now, SetPresence{Agent: "b", Presence: Available}); err != nil {
		t.Fatal(err)
	}
	x, _ := s.ExplainConversation("c2", now)
	want := Decision{Config: 1, Considered: 1, Excluded: map[Exclusion]int{NotSignedIn: 1, AtCapacity: 1, Unreachable: 1}, Rule: org.LongestAvailable, Since: now}
	if diff := cmp.Diff(want, x.Offer.Decision); diff != "" || x.Offer.Agent != "b" {
		t.Errorf("%s is offered it (-want +got):\n%s", x.Offer.Agent, diff)
	}
	if diff := cmp.Diff([]Upcoming{{NextExpires, x.Offer.Deadline}}, x.Upcoming); diff != "" {
		t.Errorf("upcoming (-want +got):\n%s", diff)
	}
}

func TestWhyAnAgentGetsNothing(t *testing.T) {
	s, now := explained(t)
	for u, want := range map[id.User]Exclusion{"a": AtCapacity, "b": NotAvailable, "c": Unreachable, "d": NotSignedIn} {
		x := s.ExplainAgent(u, now)
		if x.RuledBy != want || len(x.Queues) != 2 || x.Queues[0].Waiting != 2 || x.Known != (u != "d") {
			t.Errorf("%s: %+v", u, x)
		}
	}
	if x := s.ExplainAgent("c", now); len(x.Upcoming) != 1 || x.Upcoming[0].What != NextSignedOut {
		t.Errorf("a lost agent: %+v", x.Upcoming)
	}
}
