package ws

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

func TestWhoSaysNothingIsSentAway(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.connect()
		pass(helloWithin)
		s.wantError(problem.AuthTimeout)
		s.wantClosed(4401)
	})
}

func TestHello(t *testing.T) {
	for _, c := range []struct {
		frame string
		code  problem.Code
		close int
	}{
		{`{"type":"hello"}`, problem.TokenRequired, 4401},
		{`{"type":"hello","ticket":"used"}`, problem.TokenInvalid, 4401},
		{`{"type":"hello","ticket":"unavailable"}`, problem.Unavailable, 1012},
		{`{"type":"hello","visitor_token":"guessed"}`, problem.TokenInvalid, 4503},
		{`{"type":"send","command_id":"c1","conversation":"conv_1","text":"a"}`, problem.TokenRequired, 4401},
		{`{"type":"sub","topic":"conv/conv_1"}`, problem.TokenRequired, 4401},
	} {
		inWorld(t, func(t *testing.T, w *world) {
			s := w.connect()
			s.send(c.frame)
			s.wantError(c.code)
			s.wantClosed(c.close)
			if done := w.center.commands(); done != nil {
				t.Errorf("%s: did %v", c.frame, done)
			}
		})
	}
	inWorld(t, func(t *testing.T, w *world) { // a mistake in it may be corrected
		s := w.connect()
		s.send(`{"type":"hello","tikket":"x"}`)
		s.wantError(problem.UnknownField)
		s.wantOpen()
		s.send(`{"type":"hello","ticket":"agent"}`)
		if m := s.one(); m["type"] != "welcome" || m["user"] != "usr_agent" || m["beat_ms"] != 4000.0 {
			t.Errorf("got %v", m)
		}
		if done := fmt.Sprintf("%T", w.center.commands()[0]); done != "engine.SignInToFloor" {
			t.Errorf("an agent's hello did %s", done)
		}
		s.send(`{"type":"hello","ticket":"agent"}`)
		s.wantError(problem.UnknownCommand)
		s.wantOpen()
	})
}

// Rows 42 to 51 of the bad inputs; 44 and 51 are the transport's, see
// transport_test.go.
func TestBadFrames(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		s.pipe.binary = true
		s.send("x")
		s.wantClosed(1003)
	})
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		s.send("{\"type\":\"\xff\"}")
		s.wantError(problem.InvalidUTF8)
		s.wantClosed(1007)
	})
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		for range maxNotJSON - 1 {
			s.send("abc")
			s.wantError(problem.BadJSON)
			s.wantOpen()
		}
		pass(time.Minute+time.Second, s) // the count is of one minute
		s.got()
		for range maxNotJSON - 1 {
			s.send("abc")
			s.wantError(problem.BadJSON)
		}
		s.wantOpen()
		s.send("abc")
		s.wantError(problem.BadJSON)
		s.wantClosed(1008)
	})
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		s.send(`{"type":"base"}`)
		m := s.one()
		if m["code"] != "unknown_command" || strings.Contains(fmt.Sprint(m), "base") {
			t.Errorf("got %v", m)
		}
		for frame, code := range map[string]problem.Code{
			`{}`:                             problem.UnknownCommand,
			`[]`:                             problem.WrongType,
			`{"type":7}`:                     problem.UnknownCommand,
			`{"type":"beat","x":1}`:          problem.UnknownField,
			`{"type":"ping","x":1}`:          problem.UnknownField,
			`{"type":"beat","type":"beat"}`:  problem.DuplicateKey,
			`{"type":"beat"}{"type":"beat"}`: problem.TrailingData,
			`{"type":"sub","topic":{}}`:      problem.WrongType,
			`{"type":"sub","topic":"conv/x","since":-1}`:                                                  problem.OutOfRange,
			`{"type":"send","conversation":"conv_1","text":"a"}`:                                          problem.ClientMsgIDMissing,
			`{"type":"send","command_id":"a b","conversation":"conv_1","text":"a"}`:                       problem.ClientMsgIDFormat,
			`{"type":"send","command_id":"` + strings.Repeat("a", 65) + `","conversation":"c","text":""}`: problem.ClientMsgIDFormat,
			`{"type":"accept","offer":7}`:                                                                 problem.ClientMsgIDMissing,
			`{"type":"accept","command_id":"c","offer":9223372036854775808}`:                              problem.OutOfRange,
			`{"type":"presence","presence":"available"}`:                                                  problem.ClientMsgIDMissing,
			`{"type":"sub","topic":"conv/foreign"}`:                                                       problem.NotFound,
			strings.Repeat("[", 100):                                                                      problem.TooDeep,
		} {
			s.send(frame)
			s.wantError(code)
		}
		s.wantOpen()
		if done := w.center.commands(); done != nil {
			t.Errorf("did %v", done)
		}
	})
}

func TestEveryCommandReachesTheEngineAndIsAnswered(t *testing.T) {
	for frame, want := range map[string]string{
		`{"type":"send","command_id":"c1","conversation":"conv_1","text":"a","attachments":["att_1"]}`: "engine.SendMessage{Conversation:\"conv_1\", Text:\"a\", Attachments:[]id.Attachment{\"att_1\"}}",
		`{"type":"note","command_id":"c1","conversation":"conv_1","text":"a"}`:                         "engine.AddNote{Conversation:\"conv_1\", Text:\"a\"}",
		`{"type":"accept","command_id":"c1","offer":7}`:                                                "engine.AcceptOffer{Offer:7}",
		`{"type":"presence","command_id":"c1","presence":"idle","idle_reason":"rsn_1"}`:                "engine.SetPresence{User:\"\", Presence:\"idle\", IdleReason:\"rsn_1\"}",
		`{"type":"received","conversation":"conv_1","delivered":12,"seen":11}`:                         "engine.MarkReceived{Conversation:\"conv_1\", Delivered:12, Seen:11}",
		`{"type":"typing","conversation":"conv_1","on":true}`:                                          "engine.ShowTyping{Conversation:\"conv_1\", On:true}",
		`{"type":"confirm","offer":7}`:                                                                 "engine.ConfirmOffer{Offer:7}",
	} {
		inWorld(t, func(t *testing.T, w *world) {
			s := w.hello("agent")
			s.send(frame)
			done := w.center.commands()
			if len(done) != 1 || fmt.Sprintf("%#v", done[0]) != want {
				t.Errorf("%s did %#v, want %s", frame, done, want)
			}
			replies := s.got()
			if answered := strings.Contains(frame, "command_id"); answered != (len(replies) == 1) {
				t.Errorf("%s: got %v", frame, replies)
			} else if answered && (replies[0]["type"] != "reply" || replies[0]["ref"] != "c1" || replies[0]["seq"] != 7.0 || replies[0]["duplicate"] != false) {
				t.Errorf("%s: got %v", frame, replies[0])
			}
		})
	}
	inWorld(t, func(t *testing.T, w *world) { // a customer has one conversation and need not name it
		s := w.hello("customer")
		s.send(`{"type":"send","command_id":"c1","text":"a"}`)
		if done := w.center.commands(); len(done) != 1 || !reflect.DeepEqual(done[0], engine.SendMessage{Conversation: "conv_1", Text: "a"}) {
			t.Errorf("did %#v", done)
		}
	})
}

func TestARefusalNamesItsCommandAndLeavesTheSocketOpen(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		w.center.failing(problem.New(problem.TextTooLong, "count", 1001, "max", 1000))
		s.send(`{"type":"send","command_id":"c1","conversation":"conv_1","text":"a"}`)
		m := s.one()
		if m["ref"] != "c1" || m["code"] != "text_too_long" || !strings.Contains(fmt.Sprint(m["detail"]), "1,001") {
			t.Errorf("got %v", m)
		}
		w.center.failing(fmt.Errorf("secret/path: disk is full"))
		s.send(`{"type":"send","command_id":"c2","conversation":"conv_1","text":"a"}`)
		m = s.one()
		if m["code"] != "internal" || strings.Contains(fmt.Sprint(m), "secret") {
			t.Errorf("got %v", m)
		}
		s.wantOpen()
	})
}

// A request that ended while it was being drawn is no news to whom it was
// drawn for: confirm has no answer, and an error would look like one to
// something else. What is not theirs is refused as everything is.
func TestConfirmingARequestThatHasEndedSaysNothing(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		w.center.failing(problem.New(problem.OfferExpired))
		s.send(`{"type":"confirm","offer":7}`)
		if got := s.got(); got != nil {
			t.Errorf("got %v", got)
		}
		w.center.failing(problem.New(problem.OfferNotFound))
		s.send(`{"type":"confirm","offer":8}`)
		s.wantError(problem.OfferNotFound)
	})
}

func TestABugCostsOneConnection(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s, other := w.hello("agent"), w.hello("other")
		s.send(`{"type":"send","command_id":"c1","conversation":"conv_1","text":"panic"}`)
		s.wantError(problem.Internal)
		s.wantClosed(1011)
		other.wantOpen()
		if w.counts.panics.Load() != 1 {
			t.Error("the panic was not counted")
		}
	})
}

func TestAFloodOfFramesIsSlowedDown(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		for range 6*framesASecond - 1 { // hello was the first
			s.send(`{"type":"beat"}`)
		}
		s.send(`{"type":"beat"}`)
		s.wantError(problem.RateLimited)
		s.wantOpen()
		pass(time.Second)
		s.send(`{"type":"beat"}`)
		if got := s.got(); got != nil {
			t.Errorf("a second later: %v", got)
		}
		// Whoever goes on at any speed is refused no faster than others are heard.
		for range 8 * framesASecond {
			s.send(`{"type":"beat"}`)
		}
		s.got()
		began := time.Now()
		for range 2 * framesASecond {
			s.send(`{"type":"beat"}`)
		}
		if took := time.Since(began); took < time.Second-100*time.Millisecond || len(s.got()) == 0 {
			t.Errorf("%d more frames were taken in %s", 2*framesASecond, took)
		}
	})
}

func TestWhoAsksIsAnswered(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		s.send(`{"type":"ping"}`)
		if m := s.one(); m["type"] != "pong" || len(m) != 1 {
			t.Errorf("got %v", m)
		}
		if done := w.center.commands(); done != nil {
			t.Errorf("a ping did %v", done)
		}
	})
}

func TestTheSessionEndsItsSockets(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		go w.door.ended()
		s.wantClosed(4501)
	})
	inWorld(t, func(t *testing.T, w *world) { // ended where this process does not see it
		s := w.hello("agent")
		w.door.gone = true
		pass(seenEvery+5*time.Second, s)
		s.wantClosed(4501)
		if w.door.seen != 1 {
			t.Errorf("asked %d times in a minute", w.door.seen)
		}
	})
}

func TestARestartIsAnnounced(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		s := w.hello("agent")
		w.stop()
		if m := s.one(); m["type"] != "restarting" || m["spread_ms"] != 2000.0 {
			t.Errorf("got %v", m)
		}
		s.wantClosed(1012)
		if done := w.center.commands(); done != nil {
			t.Errorf("a restart lost somebody: %v", done)
		}
		late := w.connect()
		late.wantClosed(1012)
	})
}
