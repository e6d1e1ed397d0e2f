package engine_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// places are what customers were told of their places since the last time.
func (c *centre) places() map[id.Conversation]int {
	out := map[id.Conversation]int{}
	for _, m := range c.messages() {
		if m.Signal == nil || m.Signal.Kind != "waiting" {
			continue
		}
		if m.Signal.Audience != view.Customer {
			c.t.Errorf("a place is told to %q", m.Signal.Audience)
		}
		conv, _ := conversationOf(m.Topic)
		out[conv] = m.Signal.Data.(view.Waiting).Position
	}
	return out
}

func TestThePlaceInTheQueueNeverGrows(t *testing.T) {
	c := newCentre(t)
	var all []id.Conversation
	expect := func(what string, want map[id.Conversation]int) {
		t.Helper()
		if diff := cmp.Diff(want, c.places()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	for n := range 3 {
		all = append(all, c.write(n+1, "hello"))
		c.pass(time.Second)
	}
	expect("everybody knows their place", map[id.Conversation]int{all[0]: 1, all[1]: 2, all[2]: 3})

	// The first is served: the others move up.
	c.ready(anna)
	c.accept(anna)
	c.pass(time.Second)
	expect("one was served", map[id.Conversation]int{all[1]: 1, all[2]: 2})

	// The first comes back to the place it had, before those who are told
	// nothing worse than they knew, for a minute.
	c.do(vera, engine.SignOutOfFloor{User: anna.User})
	c.pass(time.Second)
	expect("one came back", map[id.Conversation]int{all[0]: 1})
	place, waits, err := c.Place(t.Context(), customer(2), all[1])
	if err != nil || !waits || place.Position != 1 {
		t.Errorf("the second asks and is told %+v, %v, %v", place, waits, err)
	}
	c.pass(60 * time.Second)
	expect("they keep their places", map[id.Conversation]int{all[1]: 0, all[2]: 0})
	c.do(customer(1), engine.EndChat{Conversation: all[0]})
	c.pass(time.Second)
	expect("it went away", map[id.Conversation]int{all[1]: 1, all[2]: 2})

	c.do(customer(2), engine.EndChat{Conversation: all[1]})
	c.pass(time.Second)
	if _, waits, err := c.Place(t.Context(), customer(2), all[1]); waits || err != nil {
		t.Errorf("a conversation that ended waits: %v, %v", waits, err)
	}
}

// However many come and go within a second, everybody is told once.
func TestPlacesAreToldOnceASecond(t *testing.T) {
	c := newCentre(t)
	last := c.write(1, "hello")
	for n := range 20 {
		last = c.write(n+2, "hello")
	}
	if got := c.places(); len(got) != 1 {
		t.Errorf("%d were told at once, want the first", len(got))
	}
	c.pass(time.Second)
	if got := c.places(); len(got) != 20 || got[last] != 21 {
		t.Errorf("%d were told after a second, the last that it is %d", len(got), got[last])
	}
}

// asked are those who were told to look again at what they can choose from.
func (c *centre) asked() (users []string) {
	c.t.Helper()
	for _, m := range c.messages() {
		if m.Signal != nil && m.Signal.Kind == "targets" {
			users = append(users, m.Topic)
		}
	}
	return users
}

func TestWhoLooksAtTargetsIsToldOfChanges(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	c.ready(ben)
	c.pass(time.Second)
	expect := func(what string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, c.asked()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	expect("nobody has looked")
	look := func() {
		t.Helper()
		if _, err := c.Targets(t.Context(), anna, conv); err != nil {
			t.Fatal(err)
		}
	}
	look()
	c.do(anna, engine.SendMessage{Conversation: conv, Text: "one moment"})
	expect("what is said changes nothing to choose from")

	c.do(ben, engine.SetPresence{Presence: routing.Idle})
	expect("an agent is no longer there", "agent/"+string(anna.User))
	c.do(ben, engine.SetPresence{Presence: routing.Available})
	c.do(ben, engine.SetPresence{Presence: routing.Idle})
	expect("not again within a second")
	c.pass(time.Second)
	expect("then once for all of it", "agent/"+string(anna.User))
	c.pass(time.Minute)
	expect("nothing happens")
	c.write(2, "hello")
	expect("somebody waits", "agent/"+string(anna.User))

	c.pass(2 * time.Minute)
	c.messages()
	c.do(ben, engine.SetPresence{Presence: routing.Available})
	c.pass(time.Second)
	expect("who looked long ago is not told")
}

func TestTypingIsToldAndNotStored(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	before := c.inside()
	c.messages()
	c.do(anna, engine.ShowTyping{Conversation: conv, On: true})
	c.do(customer(1), engine.ShowTyping{Conversation: conv, On: false})
	var got []view.Typing
	for _, m := range c.messages() {
		got = append(got, m.Signal.Data.(view.Typing))
	}
	want := []view.Typing{{By: 2, Name: "Anna", On: true}, {By: 1, Name: "Sara"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := sameInside(before, c.inside()); diff != "" {
		t.Errorf("typing was stored:\n%s", diff)
	}
	c.do(anna, engine.EndConversation{Conversation: conv})
	c.refused(anna, engine.ShowTyping{Conversation: conv, On: true}, problem.NotParticipant)
}

// receiptsIn counts the receipts stored in a conversation.
func (c *centre) receiptsIn(conv id.Conversation) (n int) {
	c.t.Helper()
	events, _, err := c.Since(c.t.Context(), vera, view.ConversationTopic(conv), 0, 1000)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, ev := range events {
		if ev.Kind == "receipt" {
			n++
		}
	}
	return n
}

func TestReceiptsAreStoredOnceASecondAndTheLatestHolds(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	for n := range 20 {
		c.do(customer(1), engine.SendMessage{Conversation: conv, Text: fmt.Sprint(n)})
	}
	seen := func() id.Seq {
		for _, p := range c.conversation(vera, conv).Participants {
			if p.User == anna.User {
				return p.Seen
			}
		}
		return 0
	}
	for seq := id.Seq(1); seq <= 20; seq++ {
		c.do(anna, engine.MarkReceived{Conversation: conv, Delivered: seq, Seen: seq})
	}
	if n := c.receiptsIn(conv); n != 1 || seen() != 1 {
		t.Errorf("at once there are %d receipts, seen %d", n, seen())
	}
	c.pass(time.Second)
	if n := c.receiptsIn(conv); n != 2 || seen() != 20 {
		t.Errorf("after a second there are %d receipts, seen %d, want the latest", n, seen())
	}
	c.pass(time.Hour)
	if n := c.receiptsIn(conv); n != 2 {
		t.Errorf("nothing new was seen, and there are %d receipts", n)
	}
	c.do(anna, engine.MarkReceived{Conversation: conv, Delivered: 5, Seen: 5})
	c.do(anna, engine.MarkReceived{Conversation: conv, Delivered: 99, Seen: 99})
	c.do(anna, engine.EndConversation{Conversation: conv})
	c.pass(time.Second) // what waited comes too late, and is no fault
	if n := c.Counts().Violations.Load(); n != 0 {
		t.Errorf("%d violations", n)
	}
}

func TestReads(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	for n := range 120 {
		c.do(customer(1), engine.SendMessage{Conversation: conv, Text: fmt.Sprint(n)})
	}
	ctx := t.Context()
	v := c.conversation(customer(1), conv)
	if len(v.Entries) != 50 || !v.More {
		t.Errorf("the snapshot has %d entries, more %v", len(v.Entries), v.More)
	}
	older, more, err := c.Entries(ctx, customer(1), conv, v.Entries[0].Seq, 500)
	if err != nil || more || len(older)+50 != 123-1 { // the receipt-free thread: hello, joined, 120
		t.Errorf("%d older entries, more %v, %v", len(older), more, err)
	}
	if last := older[len(older)-1].Seq; last+1 != v.Entries[0].Seq {
		t.Errorf("between %d and %d entries are missing", last, v.Entries[0].Seq)
	}
	for since := range id.Seq(123) {
		events, head, err := c.Since(ctx, customer(1), view.ConversationTopic(conv), since, 500)
		if err != nil || head != 122 || len(events) != int(max(0, 122-since)) && since <= 122 {
			t.Fatalf("since %d: %d events, head %d, %v", since, len(events), head, err)
		}
	}
	for topic, ahead := range map[string]id.Seq{view.ConversationTopic(conv): 123, view.StaffTopic(conv): 1, view.AgentTopic(anna.User): 99} {
		if _, _, err := c.Since(ctx, anna, topic, ahead, 10); problem.CodeOf(err) != problem.SeqAhead {
			t.Errorf("%s since %d: %v", topic, ahead, err)
		}
	}
	for _, topic := range []string{"", "conv/", "agent/", "floor", "conv/conv_9", "agent/usr_ben", "conv/conv_9/staff", "agent/usr_9"} {
		if _, _, err := c.Snapshot(ctx, anna, topic); problem.CodeOf(err) != problem.NotFound {
			t.Errorf("topic %q: %v", topic, err)
		}
	}

	heads, err := c.Heads(ctx, acme, []string{view.ConversationTopic(conv), view.StaffTopic(conv), "conv/conv_9", view.AgentTopic(anna.User)})
	if err != nil || heads[0] != 122 || heads[1] != 0 || heads[2] != 0 || heads[3] == 0 {
		t.Errorf("heads %v, %v", heads, err)
	}
	if err := c.Forget(ctx); err != nil {
		t.Fatal(err)
	}
	if again, err := c.Heads(ctx, acme, []string{view.ConversationTopic(conv)}); err != nil || again[0] != 122 {
		t.Errorf("heads from the store: %v, %v", again, err)
	}

	expected, err := c.Expected(ctx)
	if err != nil || len(expected) != 2 || expected[0].User != anna.User || expected[1].Conversation != conv {
		t.Errorf("expected are %+v, %v", expected, err)
	}
	c.do(anna, engine.AgentLost{})
	c.do(customer(1), engine.CustomerLost{Conversation: conv})
	if expected, err := c.Expected(ctx); err != nil || len(expected) != 0 {
		t.Errorf("expected are %+v, %v", expected, err)
	}
	c.do(anna, engine.AgentBack{})

	c.ready(ben)
	targets, err := c.Targets(ctx, anna, conv)
	if err != nil || len(targets.Queues) != 2 || len(targets.Agents) != 1 || targets.Agents[0].Name != "Ben" {
		t.Errorf("targets %+v, %v", targets, err)
	}
	if _, err := c.Targets(ctx, ben, conv); problem.CodeOf(err) != problem.NotFound {
		t.Errorf("Ben asks for Anna's targets: %v", err)
	}

	agents, err := c.Agents(ctx, vera)
	if err != nil || len(agents) != 3 || agents[0].Name != "Anna" || agents[2].Presence != string(routing.SignedOut) {
		t.Errorf("agents %+v, %v", agents, err)
	}
	if _, err := c.Agents(ctx, anna); problem.CodeOf(err) != problem.Forbidden {
		t.Errorf("an agent asks for the agents: %v", err)
	}
	live, err := c.AssetImpact(ctx, adam, "ast_1")
	if err != nil || live != 1 {
		t.Errorf("the asset has %d live conversations, %v", live, err)
	}
	if _, err := c.AssetImpact(ctx, adam, "ast_9"); problem.CodeOf(err) != problem.NotFound {
		t.Errorf("an unknown asset: %v", err)
	}
	config, err := c.Config(ctx, anna)
	if err != nil || config.Organization.ID != acme {
		t.Errorf("configuration of %s, %v", config.Organization.ID, err)
	}
	if _, err := c.Config(ctx, customer(1)); problem.CodeOf(err) != problem.Forbidden {
		t.Errorf("a customer asks for the configuration: %v", err)
	}
}

func TestAnOrganizationIsAdoptedWhileTheEngineRuns(t *testing.T) {
	c := newCentre(t)
	config := sample()
	config.Organization.ID = "org_other"
	for i := range config.Users {
		config.Users[i].Email = "other-" + config.Users[i].Email
	}
	for i := range config.Assets {
		config.Assets[i].Key = "other-" + config.Assets[i].Key
	}
	if err := c.db.CreateOrganization(t.Context(), config, nil, [32]byte{}, morning); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := c.Adopt(t.Context(), "org_other"); err != nil {
			t.Fatal(err)
		}
	}
	who := anna
	who.Org = "org_other"
	c.do(who, engine.SignInToFloor{})
	if d := c.desk(anna); d.Agent.Presence != "signed_out" {
		t.Errorf("Anna of the first organization is %s", d.Agent.Presence)
	}
	if err := c.Adopt(t.Context(), "org_nobody"); problem.CodeOf(err) != problem.NotFound {
		t.Errorf("an unknown organization: %v", err)
	}
}
