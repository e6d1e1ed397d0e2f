package ws

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// brokenReads is an engine that cannot read.
type brokenReads struct{ *center }

func (brokenReads) Snapshot(context.Context, access.Actor, string) (any, id.Seq, error) {
	return nil, 0, problem.New(problem.Unavailable)
}

func (w *world) wantNotices(want ...string) {
	w.t.Helper()
	synctest.Wait()
	var got []string
	for _, c := range w.center.commands() {
		got = append(got, fmt.Sprintf("%T", c)[len("engine."):])
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("the engine was told %v, want %v", got, want)
	}
}

func TestAnAgentIsLostEightSecondsAfterTheLastDeskIsGone(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		one, two := w.hello("agent"), w.hello("agent")
		one.Close(1000, "")
		pass(time.Minute/2, two)
		w.wantNotices() // another tab is open
		two.Close(1000, "")
		pass(7 * time.Second)
		w.wantNotices()
		pass(time.Second)
		w.wantNotices("AgentLost")
		pass(time.Minute)
		w.wantNotices()
		again := w.connect()
		again.send(`{"type":"hello","ticket":"agent"}`)
		w.wantNotices("SignInToFloor", "AgentBack")
	})
}

// Whoever was signed out while the line was gone reads it, and is not back on
// the floor without knowing.
func TestAPageThatComesAgainSignsNobodyIn(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		s.Close(1001, "")
		pass(agentLost)
		w.wantNotices("AgentLost")
		again := w.connect()
		again.send(`{"type":"hello","ticket":"agent","again":true}`)
		w.wantNotices("AgentBack")
	})
}

func TestAReloadLosesNobody(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		s.Close(1001, "")
		pass(agentLost - time.Second)
		w.hello("agent")
		w.wantNotices()
		c := w.hello("customer")
		c.Close(1001, "")
		pass(customerReload - time.Second)
		w.hello("customer")
		pass(10 * time.Second)
		w.wantNotices()
	})
}

// A cable that was pulled closes nothing: only pings notice.
func TestAHalfOpenConnectionIsNoticedWithinEightSeconds(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		pass(20*time.Second, s) // heard of at 20 s
		w.wantNotices()
		s.pipe.mute.Store(true)
		pass(7 * time.Second)
		w.wantNotices()
		s.wantOpen()
		pass(time.Second)
		s.wantClosed(0)
		w.wantNotices("AgentLost")
	})
}

// A page that hangs still answers pings.
func TestASilentPageGetsNoOffersAndAWakingOneDoes(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		pass(pageSilent - time.Second)
		w.wantNotices()
		pass(time.Second)
		w.wantNotices("AgentLost")
		s.wantOpen()
		s.send(`{"type":"beat"}`)
		w.wantNotices("AgentBack")
		pass(5*time.Minute, s)
		w.wantNotices()
	})
}

func TestSupervisorsAreNotMissed(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("supervisor")
		s.Close(1000, "")
		pass(time.Minute)
		w.wantNotices()
	})
}

func TestACustomerIsLostSoonAfterTheLastPageIsGone(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("customer")
		pass(time.Hour)
		w.wantNotices() // customers' pages need not beat, their connections answer
		s.Close(1001, "")
		pass(customerReload)
		w.wantNotices("CustomerLost")
		w.connect().send(`{"type":"hello","visitor_token":"customer"}`)
		w.wantNotices("CustomerBack")
	})
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("customer")
		s.pipe.mute.Store(true)
		pass(customerLost + pingCustomer)
		s.wantClosed(0)
		w.wantNotices("CustomerLost")
	})
}

func TestWhoWasExpectedAndDoesNotComeIsLost(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.Expect(access.Actor{Kind: access.Customer, Org: "org_1", Customer: "cus_1", Conversation: "conv_1"})
		w.Expect(access.Actor{Kind: access.Staff, Org: "org_1", User: "usr_away"})
		pass(agentLost)
		w.wantNotices("AgentLost")
		pass(customerReturn - agentLost - time.Second)
		w.wantNotices()
		pass(time.Second)
		w.wantNotices("CustomerLost")
	})
	inWorld(t, func(t *testing.T, w *world) {
		w.Expect(access.Actor{Kind: access.Customer, Org: "org_1", Customer: "cus_1", Conversation: "conv_1"})
		w.connect().send(`{"type":"hello","visitor_token":"customer"}`)
		pass(time.Hour)
		w.wantNotices()
	})
}

func TestTheEngineIsToldUntilItHears(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		w.center.failing(problem.New(problem.Unavailable))
		s.Close(1000, "")
		pass(agentLost + 3*time.Second)
		w.wantNotices()
		w.center.failing(nil)
		pass(tellAgain)
		w.wantNotices("AgentLost")
	})
	inWorld(t, func(t *testing.T, w *world) { // a refusal is an answer
		s := w.hello("customer")
		w.center.failing(problem.New(problem.ChatClosed))
		s.Close(1000, "")
		pass(time.Minute)
		w.center.failing(nil)
		pass(time.Minute)
		w.wantNotices()
	})
}

// While a command that is waited for is on its way to the disk nobody reads the
// pongs; the client is not
// to blame.
func TestAWaitingCommandIsNotALostConnection(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		w.center.hang = make(chan struct{})
		s.pipe.mute.Store(true)
		s.send(`{"type":"accept","command_id":"c1","offer":1}`)
		pass(20 * time.Second)
		s.wantOpen()
		s.pipe.mute.Store(false)
		close(w.center.hang)
		pass(10 * time.Second)
		s.wantOpen()
	})
}

// Somebody is there for so long after they were heard, whatever the clock on
// the wall is set to meanwhile (G16): the moment is one of the steady clock.
func TestWhoIsThereDoesNotHangOnTheWallClock(t *testing.T) {
	var p pulse
	p.beat()
	for what, at := range map[string]time.Time{"heard": p.heard(), "lost": p.heard().Add(agentLost)} {
		if at == at.Round(0) { // which takes the steady clock's reading away
			t.Errorf("the moment %s is one of the wall clock", what)
		}
	}
	if off := time.Since(p.heard()); off < 0 || off > time.Minute {
		t.Errorf("heard %s ago", off)
	}
}
