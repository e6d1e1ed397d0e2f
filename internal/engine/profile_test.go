package engine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// S41: what a desk offers is bounded by the user's profile, and what lies
// outside of it is refused.
func TestADeskIsBoundedByItsProfile(t *testing.T) {
	c := newCentre(t, func(config *org.Config) {
		config.Teams = append(config.Teams, org.Team{ID: "team_9", Version: 1})
		config.Reasons = append(config.Reasons,
			org.Reason{ID: "rsn_8", Kind: org.IdleReason, Version: 1}, org.Reason{ID: "rsn_9", Kind: org.IdleReason, Version: 1})
		config.Profiles = []org.Profile{{
			ID: "prf_1", Queues: []id.Queue{"que_1"}, Teams: []id.Team{"team_9"}, IdleReasons: []id.Reason{"rsn_8"},
			WrapUpReasons: []id.Reason{"rsn_2"}, WrapUpAuto: 3 * time.Minute, Version: 1,
		}}
		for i := range config.Users {
			u := &config.Users[i]
			switch u.ID {
			case anna.User:
				u.Profile = "prf_1"
			case cleo.User:
				u.Teams = append(u.Teams, "team_9")
			}
		}
	})
	conv := c.answered(1, anna)
	c.ready(ben)
	c.ready(cleo)
	targets, err := c.Targets(t.Context(), anna, conv)
	if err != nil {
		t.Fatal(err)
	}
	var queues []id.Queue
	for _, q := range targets.Queues {
		queues = append(queues, q.ID)
	}
	var agents []id.User
	for _, a := range targets.Agents {
		agents = append(agents, a.User)
	}
	if diff := cmp.Diff([]id.Queue{"que_1"}, queues); diff != "" {
		t.Errorf("queues (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]id.User{cleo.User}, agents); diff != "" {
		t.Errorf("agents (-want +got):\n%s", diff)
	}
	c.refused(anna, engine.Transfer{Conversation: conv, ToQueue: "que_2"}, problem.InvalidTarget)
	c.refused(anna, engine.Transfer{Conversation: conv, ToAgent: ben.User}, problem.InvalidTarget)
	c.refused(anna, engine.Invite{Conversation: conv, Guest: ben.User}, problem.InvalidTarget)
	c.refused(anna, engine.SetPresence{Presence: routing.Idle, IdleReason: "rsn_9"}, problem.ReasonNotFound)
	c.do(vera, engine.SetPresence{User: anna.User, Presence: routing.Idle, IdleReason: "rsn_9"}) // a supervisor knows why
	c.do(anna, engine.SetPresence{Presence: routing.Idle, IdleReason: "rsn_8"})
	c.do(anna, engine.Transfer{Conversation: conv, ToAgent: cleo.User})

	desk, _, err := c.Desk(t.Context(), anna)
	if err != nil || len(desk.Cards) != 1 || desk.Cards[0].WrapUp == nil {
		t.Fatalf("her desk is %+v, %v", desk, err)
	}
	wrapUp := desk.Cards[0].WrapUp
	if diff := cmp.Diff([]id.Reason{"rsn_2"}, wrapUp.Reasons); diff != "" || wrapUp.Deadline == nil || wrapUp.Deadline.Sub(wrapUp.StartedAt) != 3*time.Minute {
		t.Errorf("wrap-up %+v (-want +got):\n%s", wrapUp, diff)
	}
	part := c.part(anna)
	c.refused(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"}, problem.ReasonNotFound)
	c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_2"})

	// Whoever has no profile is not bounded.
	c.accept(cleo)
	c.do(cleo, engine.Transfer{Conversation: conv, ToAgent: ben.User})
	c.do(cleo, engine.SubmitWrapUp{Part: c.part(cleo), Reason: "rsn_1"})
}
