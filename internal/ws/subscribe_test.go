package ws

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

const conv = "conv/conv_1"

// told is what a client learned of a topic: "snapshot 3", "event 4" …
func told(frames []map[string]any) []string {
	var out []string
	for _, m := range frames {
		what := fmt.Sprint(m["type"])
		if m["reset"] == true {
			what = "reset"
		}
		if m["seq"] != nil {
			what += fmt.Sprint(" ", m["seq"])
		}
		out = append(out, what)
	}
	return out
}

func (s socket) wantTold(want ...string) {
	s.t.Helper()
	if got := told(s.got()); fmt.Sprint(got) != fmt.Sprint(want) {
		s.t.Errorf("was told %v, want %v", got, want)
	}
}

func TestASnapshotAndThenEveryEventOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.center.store(conv, 3)
		s := w.hello("agent")
		s.send(`{"type":"sub","topic":"conv/conv_1"}`)
		s.wantTold("snapshot 3")
		more := w.center.store(conv, 2)
		w.center.tell(conv, more)
		w.center.tell(conv, more) // twice, as a bus may
		s.wantTold("event 4", "event 5")
		s.send(`{"type":"unsub","topic":"conv/conv_1"}`, `{"type":"unsub","topic":"conv/never"}`)
		w.center.tell(conv, w.center.store(conv, 1))
		s.wantTold()
	})
}

func TestResumeFromAnyNumber(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.center.store(conv, 250)
		s := w.hello("agent")
		for _, since := range []int{0, 1, 149, 150, 249, 250} {
			s.send(fmt.Sprintf(`{"type":"sub","topic":"conv/conv_1","since":%d}`, since))
			var want []string
			for n := since + 1; n <= 250; n++ {
				want = append(want, fmt.Sprint("event ", n))
			}
			s.wantTold(want...)
		}
		w.center.tell(conv, w.center.store(conv, 1))
		s.wantTold("event 251") // once: subscribing again replaces
	})
}

func TestResumeThatCannotBeExactIsAReset(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		w.center.store(conv, 600)
		s.send(`{"type":"sub","topic":"conv/conv_1","since":100}`)
		if got := told(s.got()); len(got) != 500 || got[499] != "event 600" {
			t.Errorf("500 missed: told %d things", len(got))
		}
		s.send(`{"type":"sub","topic":"conv/conv_1","since":99}`)
		s.wantTold("reset 600")
		w.center.kept[conv] = 590
		s.send(`{"type":"sub","topic":"conv/conv_1","since":589}`)
		s.wantTold("reset 600")
		s.send(`{"type":"sub","topic":"conv/conv_1","since":590}`)
		if got := told(s.got()); len(got) != 10 {
			t.Errorf("told %v", got)
		}
	})
	inWorld(t, func(t *testing.T, w *world) {
		w.center.store(conv, 3)
		s := w.hello("agent")
		s.send(`{"type":"sub","topic":"conv/conv_1","since":4}`)
		s.wantError(problem.SeqAhead)
		s.wantClosed(4409)
	})
}

// What is committed while a subscription is being filled is neither lost nor
// told twice, whether the reading saw it or not.
func TestNothingIsLostWhileFilling(t *testing.T) {
	for _, since := range []string{"", `,"since":1`} {
		inWorld(t, func(t *testing.T, w *world) {
			w.center.store(conv, 3)
			s := w.hello("agent")
			w.center.onRead = func() { w.center.tell(conv, w.center.store(conv, 1)) } // seen by the reading
			s.send(`{"type":"sub","topic":"conv/conv_1"` + since + `}`)
			got := told(s.got())
			if got[len(got)-1] != "snapshot 4" && got[len(got)-1] != "event 4" {
				t.Errorf("since %q: told %v", since, got)
			}
			w.center.tell(conv, w.center.store(conv, 1))
			s.wantTold("event 5")
		})
	}
	inWorld(t, func(t *testing.T, w *world) { // committed after the reading, announced before it goes live
		w.center.store(conv, 3)
		s := w.hello("agent")
		late := func() {
			events := w.center.store(conv, 2)
			go w.center.tell(conv, events[1:]) // the first of the two is lost on the way
		}
		w.center.onRead = func() { go late() }
		s.send(`{"type":"sub","topic":"conv/conv_1"}`)
		got := told(s.got())
		if last := got[len(got)-1]; last != "event 5" && last != "snapshot 5" {
			t.Errorf("told %v", got)
		}
	})
}

func TestAGapIsFilledAtOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		s.send(`{"type":"sub","topic":"conv/conv_1"}`)
		s.wantTold("snapshot 0")
		events := w.center.store(conv, 4)
		w.center.tell(conv, events[3:]) // 1 to 3 were lost
		s.wantTold("event 1", "event 2", "event 3", "event 4")
	})
}

func TestALostMessageCostsTwoSeconds(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		s.send(`{"type":"sub","topic":"conv/conv_1"}`)
		s.got()
		w.center.store(conv, 2) // and nobody is told
		s.wantTold()
		pass(checkEvery)
		s.wantTold("event 1", "event 2")
	})
}

func TestWhoeverLeftIsToldSoAndReadsNothingNew(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		agent, other, customer := w.hello("agent"), w.hello("other"), w.hello("customer")
		for _, s := range []socket{agent, other, customer} {
			s.send(`{"type":"sub","topic":"conv/conv_1"}`)
			s.got()
		}
		w.center.hear(engine.Message{Org: "org_1", Topic: conv, Revoke: []id.User{"usr_agent"}})
		if m := agent.one(); m["type"] != "unsubscribed" || m["code"] != "not_participant" {
			t.Errorf("got %v", m)
		}
		w.center.tell(conv, w.center.store(conv, 1))
		agent.wantTold()
		other.wantTold("event 1")
		customer.wantTold("event 1")
	})
	inWorld(t, func(t *testing.T, w *world) { // a reload while wrapping up shows what was there, and stays so
		w.center.store(conv, 3)
		w.center.relation = access.WrappingUp
		s := w.hello("agent")
		s.send(`{"type":"sub","topic":"conv/conv_1"}`)
		s.wantTold("snapshot 3", "unsubscribed")
		w.center.tell(conv, w.center.store(conv, 1))
		pass(2*checkEvery, s)
		s.wantTold()
	})
	inWorld(t, func(t *testing.T, w *world) {
		w.center.relation = access.None
		s := w.hello("supervisor")
		s.send(`{"type":"sub","topic":"conv/conv_1"}`)
		s.wantTold("snapshot 0")
		w.center.tell(conv, w.center.store(conv, 1))
		s.wantTold("event 1")
	})
}

func TestEachAudienceGetsItsOwnEventsAndSignals(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		agent, customer := w.hello("agent"), w.hello("customer")
		for _, s := range []socket{agent, customer} {
			s.send(`{"type":"sub","topic":"conv/conv_1"}`)
			s.got()
		}
		event := func(data string) []view.Event {
			return []view.Event{{Topic: conv, Seq: 1, At: time.Now(), Kind: "joined", Data: data}}
		}
		w.center.store(conv, 1)
		w.center.hear(engine.Message{Org: "org_1", Topic: conv, Events: map[view.Audience][]view.Event{
			view.Staff: event("for staff"), view.Customer: event("for the customer"),
		}})
		if m := agent.one(); m["data"] != "for staff" {
			t.Errorf("the agent got %v", m)
		}
		if m := customer.one(); m["data"] != "for the customer" {
			t.Errorf("the customer got %v", m)
		}
		w.center.hear(engine.Message{Org: "org_1", Topic: conv, Signal: &engine.Signal{Kind: "waiting", Audience: view.Customer, Data: view.Waiting{Position: 2}}})
		agent.wantTold()
		customer.wantTold("signal")
		w.center.hear(engine.Message{Org: "org_1", Topic: conv, Signal: &engine.Signal{Kind: "typing", Data: view.Typing{By: 2, On: true}}})
		agent.wantTold("signal")
		customer.wantTold("signal")
		w.center.hear(engine.Message{Org: "org_2", Topic: conv, Signal: &engine.Signal{Kind: "typing"}})
		agent.wantTold()
	})
}

func TestAClientThatDoesNotReadIsCutOffAndCostsNobodyElse(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		slow, healthy := w.hello("agent"), w.hello("other")
		for _, s := range []socket{slow, healthy} {
			s.send(`{"type":"sub","topic":"conv/conv_1"}`)
			s.got()
		}
		slow.stuck = make(chan struct{})
		for range maxFrames + 2 { // one is on its way, maxFrames wait
			w.center.tell(conv, w.center.store(conv, 1))
			synctest.Wait()
		}
		if got := told(healthy.got()); len(got) != maxFrames+2 {
			t.Errorf("the healthy one was told %d things", len(got))
		}
		if w.counts.slow.Load() != 1 {
			t.Error("the slow one was not counted")
		}
		close(slow.stuck) // it reads on, and learns why it ends
		slow.wantClosed(4408)
		healthy.wantOpen()
	})
	inWorld(t, func(t *testing.T, w *world) { // one that reads nothing at all
		s := w.hello("agent")
		s.send(`{"type":"sub","topic":"conv/conv_1"}`)
		s.got()
		s.stuck = make(chan struct{})
		w.center.tell(conv, w.center.store(conv, 1))
		pass(writeWithin + time.Second)
		s.wantClosed(0)
	})
}

func TestSignalsAreLostBeforeAnybodyIsCutOff(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		s.send(`{"type":"sub","topic":"conv/conv_1"}`)
		s.got()
		s.stuck = make(chan struct{})
		for range 10 * maxFrames {
			w.center.hear(engine.Message{Org: "org_1", Topic: conv, Signal: &engine.Signal{Kind: "typing"}})
		}
		close(s.stuck)
		s.wantOpen()
		if n := len(s.got()); n == 0 || n > maxFrames {
			t.Errorf("%d signals arrived", n)
		}
	})
}

func TestTopicsPerConnectionAreBounded(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		for i := range maxTopics {
			s.send(fmt.Sprintf(`{"type":"sub","topic":"conv/conv_%d"}`, i))
		}
		s.got()
		s.send(`{"type":"sub","topic":"conv/conv_x"}`)
		s.wantError(problem.OutOfRange)
		s.send(`{"type":"sub","topic":"conv/conv_1"}`) // one it has
		s.wantTold("snapshot 0")
	})
}

func TestATroubledEngineMakesClientsComeBack(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		w.center.relation = ""
		w.Server.engine = brokenReads{w.center}
		s.send(`{"type":"sub","topic":"conv/conv_1"}`)
		s.wantError(problem.Unavailable)
		s.wantClosed(1012)
	})
}

// The signal that told a customer their place came before the page listened.
func TestACustomerWhoWaitsIsToldTheirPlace(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.center.place = 3
		customer, agent := w.hello("customer"), w.hello("agent")
		customer.send(`{"type":"sub","topic":"conv/conv_1"}`)
		got := customer.got()
		if len(got) != 2 || got[1]["kind"] != "waiting" || fmt.Sprint(got[1]["data"]) != "map[ahead:2 position:3]" {
			t.Errorf("got %v", got)
		}
		agent.send(`{"type":"sub","topic":"conv/conv_1"}`)
		agent.wantTold("snapshot 0")
	})
}
