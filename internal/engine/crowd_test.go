package engine_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// Many at once, on real storage: every message that was answered is there,
// once, where the answer says, and each sender's own order is kept.
func TestACrowd(t *testing.T) {
	const callers, messages = 64, 20
	c := newCentre(t)
	var all sync.WaitGroup
	for n := range callers {
		all.Go(func() {
			who := customer(n)
			start := engine.StartConversation{Asset: "ast_1", Customer: who.Customer, Name: "Sara", Language: "ar"}
			r, err := c.Do(context.Background(), engine.Request{Actor: who, CommandID: "start", Command: start})
			if err != nil {
				t.Error(err)
				return
			}
			talkAlone(t, c, who, r.Conversation, messages)
		})
	}
	all.Wait()
	if err := c.db.CheckIntegrity(t.Context()); err != nil {
		t.Error(err)
	}
	if in := c.inside(); len(in.Chats) != callers {
		t.Errorf("%d conversations are there, want %d", len(in.Chats), callers)
	}
	// Every conversation has at least a start and its messages; the rounds
	// carried several at a time.
	if rounds, commands := c.Counts().Rounds.Load(), c.Counts().Commands.Load(); rounds >= commands {
		t.Errorf("%d commits for %d commands", rounds, commands)
	}
}

// talkAlone sends messages, each several times at once as an anxious phone
// does, and looks that the thread holds them once and in order.
func talkAlone(t *testing.T, c *centre, who access.Actor, conv id.Conversation, messages int) {
	var want []string
	for i := range messages {
		q := engine.Request{Actor: who, CommandID: fmt.Sprintf("m%d", i), Command: engine.SendMessage{Conversation: conv, Text: fmt.Sprint(i)}}
		want = append(want, fmt.Sprint(i))
		var firsts, answers [2]engine.Reply
		var twice sync.WaitGroup
		for k := range answers {
			twice.Go(func() {
				r, err := c.Do(context.Background(), q)
				if err != nil {
					t.Error(err)
				}
				answers[k] = r
				if !r.Duplicate {
					firsts[k] = r
				}
			})
		}
		twice.Wait()
		if answers[0].Seq != answers[1].Seq || answers[0].Duplicate == answers[1].Duplicate {
			t.Errorf("sent twice at once: %+v and %+v", answers[0], answers[1])
		}
	}
	data, head, err := c.Snapshot(context.Background(), who, view.ConversationTopic(conv))
	if err != nil {
		t.Error(err)
		return
	}
	v, _ := data.(view.Conversation)
	if got := texts(v); fmt.Sprint(got) != fmt.Sprint(want) || head != id.Seq(len(want)) {
		t.Errorf("the thread holds %v up to %d, want %v", got, head, want)
	}
}

// One offer, many who want it at once: one gets it.
func TestARaceForAnOfferHasOneWinner(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	c.write(1, "hello")
	offer := c.request(anna).Offer
	results := make(chan error)
	const tries = 32
	for n := range tries {
		go func() {
			_, err := c.Do(context.Background(), engine.Request{Actor: anna, CommandID: fmt.Sprintf("tab-%d", n), Command: engine.AcceptOffer{Offer: offer}})
			results <- err
		}()
	}
	won := 0
	for range tries {
		switch err := <-results; {
		case err == nil:
			won++
		case problem.CodeOf(err) != problem.OfferExpired && problem.CodeOf(err) != problem.OfferNotFound:
			t.Errorf("a loser is told %v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d won, want 1", won)
	}
	if d := c.desk(anna); len(d.Cards) != 1 || d.Agent.Occupied != 1 {
		t.Errorf("the desk is %+v", d)
	}
}

// One customer on the list, three agents who take them at once, again and again:
// one has them, and everybody else is told that they are taken.
func TestARaceForACustomerOnTheListHasOneWinner(t *testing.T) {
	c := newCentre(t)
	agents := []access.Actor{anna, ben, cleo}
	for _, a := range agents {
		c.do(a, engine.SignInToFloor{})
	}
	conv := c.write(1, "hello")
	results := make(chan error)
	const tries = 10
	for _, a := range agents {
		for n := range tries {
			go func() {
				id := fmt.Sprintf("pick-%s-%d", a.User, n)
				_, err := c.Do(context.Background(), engine.Request{Actor: a, CommandID: id, Command: engine.PickConversation{Conversation: conv}})
				results <- err
			}()
		}
	}
	won := 0
	for range tries * len(agents) {
		switch err := <-results; {
		case err == nil:
			won++
		case problem.CodeOf(err) != problem.AlreadyTaken:
			t.Errorf("a loser is told %v", err)
		}
	}
	held := 0
	for _, a := range agents {
		held += len(c.desk(a).Cards)
	}
	if won != 1 || held != 1 {
		t.Errorf("%d won and %d have them, want 1", won, held)
	}
}

// Stopping finishes what waits; whoever comes later is told to ask again, and
// nobody waits for ever.
func TestStoppingAnswersEverybody(t *testing.T) {
	c := newCentre(t)
	conv := c.write(1, "hello")
	results := make(chan error)
	const callers = 40 // a snapshot shows 50
	for n := range callers {
		go func() {
			_, err := c.Do(context.Background(), engine.Request{Actor: customer(1), CommandID: fmt.Sprintf("m%d", n), Command: engine.SendMessage{Conversation: conv, Text: "x"}})
			results <- err
		}()
	}
	if err := c.stop(); err != nil {
		t.Fatal(err)
	}
	stored := 0
	for range callers {
		switch err := <-results; problem.CodeOf(err) {
		case problem.Unavailable:
		default:
			if err != nil {
				t.Error(err)
			}
			stored++
		}
	}
	c.start()
	if got := len(texts(c.conversation(vera, conv))); got != 1+stored {
		t.Errorf("%d messages are there, and %d were answered", got-1, stored)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if err := c.Adopt(gone, acme); problem.CodeOf(err) != problem.Unavailable {
		t.Errorf("a caller who has gone: %v", err)
	}
}

// A store that cannot be read answers unavailable and recovers.
func TestAStoreThatCannotBeReadRecovers(t *testing.T) {
	down := false
	c := newCentreIn(t.TempDir(), t, func(*org.Config) {}, func(s engine.Store) engine.Store { return deaf{s, &down} })
	t.Cleanup(c.close)
	conv := c.write(1, "hello")
	if err := c.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	down = true
	for range 2 { // the floor itself was forgotten, too
		c.refused(customer(1), engine.SendMessage{Conversation: conv, Text: "x"}, problem.Unavailable)
	}
	down = false
	c.do(customer(1), engine.SendMessage{Conversation: conv, Text: "x"})
	if in := c.inside(); len(in.Records.Conversations) != 1 {
		t.Errorf("there are %+v", in.Records.Conversations)
	}
}

// deaf answers no questions while it is down.
type deaf struct {
	engine.Store
	down *bool
}

func (d deaf) Chats(ctx context.Context, o id.Org, ids []id.Conversation) ([]chat.Record, error) {
	if *d.down {
		return nil, errInjected
	}
	return d.Store.Chats(ctx, o, ids)
}

func (d deaf) Floor(ctx context.Context, o id.Org) (engine.Floor, error) {
	if *d.down {
		return engine.Floor{}, errInjected
	}
	return d.Store.Floor(ctx, o)
}
