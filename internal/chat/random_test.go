package chat

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// Long histories of many people: the invariants hold, the entries tell all of
// it, a second run gives the same entries, and a conversation that is stored
// and loaded before every step does not notice.
func TestRandomHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		live, reloaded, listener := New(header()), New(header()), newTold()
		now := t0
		for range rapid.IntRange(1, 120).Draw(t, "length") {
			ev := drawEvent(t)
			now = now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "seconds")) * time.Second)
			stored := reloaded.record
			reloaded = Load(stored)
			got, err := live.Step(now, ev)
			again, errAgain := reloaded.Step(now, ev)
			if diff := cmp.Diff(got, again); diff != "" || fmt.Sprint(err) != fmt.Sprint(errAgain) {
				t.Fatalf("%+v loaded afresh gives %v instead of %v (-live +loaded):\n%s", ev, errAgain, err, diff)
			}
			for _, e := range got {
				if err := listener.read(e, now); err != nil {
					t.Fatalf("%+v: %v", ev, err)
				}
			}
			if err := errors.Join(live.Check(), reloaded.Check(), listener.differs(live)); err != nil {
				t.Fatalf("%+v: %v", ev, err)
			}
		}
		if diff := cmp.Diff(live.record, reloaded.record, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("the stored conversation differs (-live +loaded):\n%s", diff)
		}
	})
}

func drawEvent(t *rapid.T) Event {
	user := rapid.SampledFrom([]id.User{"anna", "ben", "carla", "dana"}).Draw(t, "user")
	by := Author{User: user}
	if rapid.Bool().Draw(t, "customer") {
		by = Author{Customer: true}
	}
	clientID := fmt.Sprint("m", rapid.IntRange(0, 60).Draw(t, "client id"))
	words := rapid.SampledFrom([]string{"hello", "مرحبا", "3 < 5", "", "e\u0301"}).Draw(t, "text")
	seq := func(name string) id.Seq { return id.Seq(rapid.IntRange(0, 150).Draw(t, name)) }
	// The end comes seldom, or there would be no long histories.
	switch n := rapid.IntRange(0, 99).Draw(t, "event"); {
	case n < 40:
		return Post{By: by, ClientID: clientID, Text: words}
	case n < 48:
		return AddNote{User: user, Name: string(user), ClientID: clientID, Text: words, Handover: n%2 == 0, WrapUp: n%3 == 0}
	case n < 62:
		return Receive{By: by, Delivered: seq("delivered"), Seen: seq("seen")}
	case n < 74:
		return Join{User: user, Name: string(user), Owner: n%2 == 0}
	case n < 84:
		return Leave{User: user, Cause: "left"}
	case n < 90:
		return Own{User: user}
	case n < 94:
		return Say{Topic: Public, Line: LineReconnecting}
	case n < 98:
		return Say{Topic: Staff, Line: LineMissed, Params: map[string]string{"agent": string(user)}}
	case n < 99:
		return Interrupt{Asset: "ast_1"}
	}
	return Close{Cause: "agent"}
}

// A store is given what is new of Sent, once, and the rest of the record whole.
func TestTakeSentGivesEachMessageOnce(t *testing.T) {
	s := New(header())
	post := func(clientID string) {
		t.Helper()
		if _, err := s.Step(t0, Post{By: Author{Customer: true}, ClientID: clientID, Text: "hello"}); err != nil {
			t.Fatal(err)
		}
	}
	ids := func(sent []Sent) (out []string) {
		for _, m := range sent {
			out = append(out, m.ClientID)
		}
		return out
	}
	post("a")
	post("b")
	if diff := cmp.Diff([]string{"a", "b"}, ids(s.Record().Sent)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a", "b"}, ids(s.TakeSent())); diff != "" {
		t.Error(diff)
	}
	post("c")
	if diff := cmp.Diff([]string{"c"}, ids(s.Record().Sent)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"c"}, ids(s.TakeSent())); diff != "" {
		t.Error(diff)
	}
	if left := s.Record().Sent; len(left) != 0 {
		t.Errorf("%v is left", left)
	}
}

// Said answers as a second Post or AddNote would, without being one.
func TestSaid(t *testing.T) {
	s := New(header())
	customer := Author{Customer: true}
	before := []any{s.Said(Public, customer, "a", "hello", nil), s.Knows("a")}
	if _, err := s.Step(t0, Post{By: customer, ClientID: "a", Text: "hello"}); err != nil {
		t.Fatal(err)
	}
	var again *Duplicate
	switch {
	case before[0] != nil || before[1] == true:
		t.Errorf("known before it was said: %v", before)
	case !errors.As(s.Said(Public, customer, "a", "hello", nil), &again) || again.Seq != 1 || !s.Knows("a"):
		t.Error("not known after it was said")
	case problem.CodeOf(s.Said(Public, customer, "a", "goodbye", nil)) != problem.IDReused,
		problem.CodeOf(s.Said(Staff, customer, "a", "hello", nil)) != problem.IDReused,
		problem.CodeOf(s.Said(Public, Author{User: "anna"}, "a", "hello", nil)) != problem.IDReused:
		t.Error("another text, topic or author passes for the same")
	case problem.CodeOf(s.Said(Public, customer, "a b", "hello", nil)) != problem.ClientMsgIDFormat:
		t.Error("an identifier with a space is in order")
	}
}

// What a caller does with a record or an entry does not reach the state.
func TestRecordsAreCopies(t *testing.T) {
	s := New(header())
	params := map[string]string{"queue": "que_1"}
	joined, _ := s.Step(t0, Join{User: "anna", Name: "Anna", Owner: true})
	said, _ := s.Step(t0, Say{Topic: Public, Line: LineTransferred, Params: params})
	s.Record().Participants[1].Owner = false
	joined[0].Participant.Name = "Mallory"
	params["queue"] = "que_2"
	p, _ := s.Participant(Author{User: "anna"})
	if !p.Owner || p.Name != "Anna" || said[0].Params["queue"] != "que_1" {
		t.Errorf("changed from outside: %+v %v", p, said[0].Params)
	}
}
