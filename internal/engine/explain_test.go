package engine_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
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

// What was decided for each request of a conversation is kept and read with it:
// who was asked, why they came first, and how it ended.
func TestEveryRequestThatWasMadeIsExplained(t *testing.T) {
	c := newCentre(t, func(o *org.Config) { o.Organization.Settings.RONA = 10 * time.Second })
	c.ready(anna)
	c.pass(time.Second)
	c.ready(ben)
	conv := c.write(1, "hello")
	c.do(anna, engine.ConfirmOffer{Offer: c.request(anna).Offer})
	c.pass(11 * time.Second) // Anna does not answer, so Ben is asked
	c.accept(ben)
	for _, restarted := range []bool{false, true} {
		if restarted {
			c.restart()
		}
		x, err := c.ExplainConversation(t.Context(), vera, conv)
		if err != nil || x.State != "held" || x.Owner == nil || x.Owner.Name != "Ben" || x.Offer != nil || x.WaitingSince == nil || len(x.Offers) != 2 {
			t.Fatalf("restarted %v: %+v, %v", restarted, x, err)
		}
		missed, accepted := x.Offers[0], x.Offers[1]
		if missed.Agent.Name != "Anna" || missed.Ending != "missed" || missed.Rule != "longest_available" || missed.Considered != 2 || missed.Since == nil ||
			missed.EndedAt == nil || len(missed.RunnersUp) != 1 || missed.RunnersUp[0].Name != "Ben" || missed.Excluded["not_signed_in"] != 1 {
			t.Errorf("the first: %+v", missed)
		}
		if accepted.Agent.Name != "Ben" || accepted.Ending != "accepted" || accepted.Considered != 1 || accepted.Excluded["not_available"] != 1 {
			t.Errorf("the second: %+v", accepted)
		}
	}
	mine, err := c.ExplainConversation(t.Context(), ben, conv)
	if err != nil || len(mine.Offers) != 2 {
		t.Errorf("to its owner: %+v, %v", mine, err)
	}
}

// Everybody as they were when a request was made, as long as the server
// remembers how it came to it; else what was kept, and that it is no more.
func TestEverybodyWhenARequestWasMade(t *testing.T) {
	c := newCentre(t, func(o *org.Config) { o.Organization.Settings.RONA = 10 * time.Second })
	c.ready(anna)
	c.pass(time.Second)
	c.ready(ben)
	conv, other := c.write(1, "hello"), c.write(2, "hello")
	c.do(anna, engine.ConfirmOffer{Offer: c.request(anna).Offer})
	first := c.request(anna).Offer
	c.accept(anna)
	c.do(ben, engine.SetPresence{Presence: routing.Idle})
	for _, restarted := range []bool{false, true} {
		if restarted {
			c.restart()
		}
		x, err := c.ExplainOffer(t.Context(), vera, conv, first)
		if err != nil || x.Request.Offer != first || x.Request.Agent.Name != "Anna" || x.Request.Ending != "accepted" || x.Rebuilt == restarted || (len(x.Candidates) == 0) != restarted {
			t.Fatalf("restarted %v: %+v, %v", restarted, x, err)
		}
		if restarted {
			continue
		}
		if x.Candidates[0].Agent.Name != "Anna" || x.Candidates[1].Agent.Name != "Ben" || x.Candidates[1].RuledBy != "" {
			t.Errorf("who could have had it: %+v", x.Candidates)
		}
		for _, y := range x.Candidates[2:] {
			if y.RuledBy != string(routing.NotSignedIn) {
				t.Errorf("who could not: %+v", y)
			}
		}
	}
	if _, err := c.ExplainOffer(t.Context(), vera, other, first); problem.CodeOf(err) != problem.NotFound {
		t.Errorf("of another conversation: %v", err)
	}
	if _, err := c.ExplainOffer(t.Context(), customer(1), conv, first); problem.CodeOf(err) != problem.Forbidden {
		t.Errorf("to the customer: %v", err)
	}
}

// Going through a decision again takes a floor's memory: it is done for one at a
// time, and whoever stops waiting is not waited for.
func TestDecisionsAreGoneThroughOneAtATime(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	conv := c.write(1, "hello")
	request := c.request(anna).Offer
	done := c.GoThrough()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if x, err := c.ExplainOffer(ctx, vera, conv, request); problem.CodeOf(err) != problem.Unavailable {
		t.Errorf("while another is gone through: %+v, %v", x, err)
	}
	done()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if x, err := c.ExplainOffer(t.Context(), vera, conv, request); err != nil || !x.Rebuilt {
				t.Errorf("%+v, %v", x, err)
			}
		})
	}
	c.write(2, "hello")
	all.Wait()
}

// Supervisors see who waits in the queues of their teams and why; agents only
// whom they may take, and nothing of why.
func TestWhoWaits(t *testing.T) {
	c := newCentre(t, func(o *org.Config) {
		o.Teams = append(o.Teams, org.Team{ID: "team_2", Name: org.Name{En: "Back"}, Version: 1})
		o.Queues[1].Teams = []id.Team{"team_2"}
		o.Users = append(o.Users, org.User{ID: "usr_sami", Name: "Sami", Email: "sami@acme.example", Roles: []org.Role{org.RoleSupervisor}, Version: 1})
		slices.SortFunc(o.Users, func(a, b org.User) int { return strings.Compare(string(a.ID), string(b.ID)) })
	})
	c.do(anna, engine.SignInToFloor{})
	first := c.write(1, "hello")
	c.do(customer(1), engine.SendMessage{Conversation: first, Text: strings.Repeat("é", 200)})
	second := customer(2)
	back := c.do(second, engine.StartConversation{Asset: "ast_2", Customer: second.Customer, Name: "Khalid", Language: "en", Text: "Is anybody there?"}).Conversation
	list := func(who access.Actor) view.WaitingList {
		t.Helper()
		v, err := c.WaitingList(t.Context(), who)
		if err != nil {
			t.Fatalf("%s: %v", who.User, err)
		}
		return v
	}
	hers := list(vera)
	if hers.Total != 1 || len(hers.Waiting) != 1 {
		t.Fatalf("the supervisor of the first team: %+v", hers)
	}
	row := hers.Waiting[0]
	if row.Conversation != first || row.Customer.Name != "Sara" || row.Position != 1 || row.Queue.Name.En != "General" || row.State != "waiting" || row.MayPick ||
		row.Excluded["not_available"] != 1 || row.Excluded["not_signed_in"] != 2 || row.Text != strings.Repeat("é", 160)+"…" {
		t.Errorf("%+v", row)
	}
	if all := list(staff("usr_sami", org.RoleSupervisor)); all.Total != 2 || all.Waiting[1].Conversation != back || all.Waiting[1].Text != "Is anybody there?" {
		t.Errorf("a supervisor without a team: %+v", all)
	}
	mine := list(anna)
	if mine.Total != 1 || !mine.Waiting[0].MayPick || mine.Waiting[0].Excluded != nil || mine.Waiting[0].Text == "" {
		t.Errorf("an agent: %+v", mine)
	}
	for _, who := range []access.Actor{adam, customer(1)} {
		if _, err := c.WaitingList(t.Context(), who); problem.CodeOf(err) != problem.Forbidden {
			t.Errorf("%s%s: %v", who.User, who.Customer, err)
		}
	}
	// Whoever looked is told that it changed, and what they may take they can.
	c.messages()
	c.do(anna, engine.PickConversation{Conversation: first})
	c.pass(2 * time.Second)
	if !slices.ContainsFunc(c.messages(), func(m engine.Message) bool {
		return m.Topic == "agent/usr_vera" && m.Signal != nil && m.Signal.Kind == "targets"
	}) {
		t.Error("the supervisor was not told that the list changed")
	}
	if left := list(anna); left.Total != 0 {
		t.Errorf("after it was taken: %+v", left)
	}
	c.do(ben, engine.SignInToFloor{})
	c.refused(ben, engine.PickConversation{Conversation: first}, problem.AlreadyTaken)
}
