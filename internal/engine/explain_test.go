package engine_test

import (
	"testing"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// An explanation has names in it, is for those who may read the notes, and an
// agent's for that agent and supervisors.
func TestExplanations(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	c.do(anna, engine.SetPresence{Presence: routing.Idle})
	conv := c.write(1, "hello")
	c.pass(time.Second)
	x, err := c.ExplainConversation(t.Context(), vera, conv)
	if err != nil || x.State != "waiting" || x.Position != 1 || x.Queue == nil || x.Queue.Name.En == "" || len(x.Candidates) == 0 {
		t.Fatalf("%+v, %v", x, err)
	}
	for _, y := range x.Candidates {
		want := routing.NotSignedIn
		if y.Agent.User == anna.User {
			want = routing.NotAvailable
		}
		if y.Agent.Name == "" || y.RuledBy != string(want) || (y.Agent.User == anna.User) != (y.Since != nil) {
			t.Errorf("candidate %+v", y)
		}
	}
	mine, err := c.ExplainAgent(t.Context(), anna, anna.User)
	if err != nil || mine.Presence != "idle" || mine.RuledBy != string(routing.NotAvailable) || len(mine.Queues) == 0 || mine.Queues[0].Waiting != 1 {
		t.Errorf("%+v, %v", mine, err)
	}
	if hers, err := c.ExplainAgent(t.Context(), vera, anna.User); err != nil || hers.Agent.Name != "Anna" {
		t.Errorf("the supervisor: %+v, %v", hers, err)
	}
	if _, err := c.ExplainAgent(t.Context(), anna, ben.User); problem.CodeOf(err) != problem.Forbidden {
		t.Errorf("of a colleague: %v", err)
	}
	if _, err := c.ExplainAgent(t.Context(), vera, "usr_nobody"); problem.CodeOf(err) != problem.NotFound {
		t.Errorf("of nobody: %v", err)
	}
	if _, err := c.ExplainConversation(t.Context(), anna, conv); problem.CodeOf(err) != problem.NotFound {
		t.Errorf("of a conversation she has nothing to do with: %v", err)
	}
	if _, err := c.ExplainConversation(t.Context(), customer(1), conv); problem.CodeOf(err) != problem.Forbidden {
		t.Errorf("to the customer: %v", err)
	}
	c.do(anna, engine.SetPresence{Presence: routing.Available})
	if x, err := c.ExplainConversation(t.Context(), anna, conv); err != nil || x.Offer == nil || x.Offer.Agent.Name != "Anna" || x.Offer.Considered != 1 || len(x.Upcoming) == 0 {
		t.Errorf("offered: %+v, %v", x, err)
	}
}
