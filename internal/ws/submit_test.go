package ws

import (
	"fmt"
	"testing"
	"testing/synctest"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// A message on its way to the disk keeps nobody from being heard; the answers
// come when there are any.
func TestWhatComesAfterAMessageDoesNotWaitForItsAnswer(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		w.center.hang = make(chan struct{})
		s.send(`{"type":"send","command_id":"c1","conversation":"conv_1","text":"a"}`, `{"type":"nonsense"}`)
		s.wantError(problem.UnknownCommand)
		close(w.center.hang)
		if m := s.one(); m["type"] != "reply" || m["ref"] != "c1" {
			t.Errorf("got %v, want the answer", m)
		}
	})
}

// What a round tells a client goes out in one piece, once everybody who waited
// for it has been answered.
func TestARoundGoesToAClientInOnePiece(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("customer")
		s.send(`{"type":"sub","topic":"conv/conv_1"}`)
		s.got()
		before := s.calls.Load()
		for _, e := range w.center.store(conv, 3) {
			events := map[view.Audience][]view.Event{view.Customer: {e}}
			w.center.deliver(engine.Message{Org: "org_1", Topic: conv, Events: events})
		}
		if got := s.got(); len(got) > 0 {
			t.Errorf("told %v before the round was over", got)
		}
		w.center.answered()
		s.wantTold("event 1", "event 2", "event 3")
		if n := s.calls.Load() - before; n != 1 {
			t.Errorf("written with %d calls, want one", n)
		}
	})
}

// Whoever writes faster than it can be stored is not read meanwhile, so that
// what waits is bounded; nothing of it is lost.
func TestSoManyMessagesAreOnTheirWayAtOnce(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		w.Server.frames = 1000
		s := w.hello("agent")
		w.center.hang = make(chan struct{})
		message := func(i int) []byte {
			return fmt.Appendf(nil, `{"type":"send","command_id":"c%d","conversation":"conv_1","text":"a"}`, i)
		}
		for i := range unanswered + 1 { // the last one is read, and waits for its place
			s.in <- message(i)
		}
		synctest.Wait()
		select {
		case s.in <- message(unanswered + 1):
			t.Errorf("more than %d messages are read while none is answered", unanswered+1)
		default:
		}
		close(w.center.hang)
		if n := len(s.got()); n != unanswered+1 {
			t.Errorf("%d answers, want %d", n, unanswered+1)
		}
	})
}

// A command that is not answered for too long is given up, not forgotten.
func TestAMessageThatIsNotAnsweredIsUnavailable(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("customer")
		w.center.hang = make(chan struct{})
		s.send(`{"type":"send","command_id":"c1","text":"a"}`)
		pass(doWithin)
		s.wantError(problem.Unavailable)
		close(w.center.hang)
		if late := s.got(); len(late) != 0 {
			t.Errorf("answered twice: %v", late)
		}
	})
}
