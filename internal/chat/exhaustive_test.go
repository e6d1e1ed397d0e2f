package chat

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"hiwar/internal/id"
)

var t0 = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func header() Header {
	return Header{ID: "conv_1", Asset: "ast_1", Customer: "cus_1", CustomerName: "Sara", Language: "ar", StartedAt: t0}
}

// Two worlds of a customer and two agents: all that can be done about what is
// said, and all that can be done about who is there. Each goes as deep as a
// second allows.
var worlds = []struct {
	name    string
	entries id.Seq // no further once the record has more
	states  int    // at least so many, or the world has shrunk
	events  []Event
}{
	{"speech", 4, 4_000, speech()},
	{"presence", 12, 9_000, presence()},
}

func speech() []Event {
	customer, anna, ben := Author{Customer: true}, Author{User: "anna"}, Author{User: "ben"}
	events := append(presence(),
		AddNote{User: "anna", ClientID: "a", Text: "x"},
		AddNote{User: "ben", ClientID: "b", Text: "y"},
		Say{Topic: Public, Line: LineTransferring},
		Say{Topic: Staff, Line: LineMissed})
	for _, by := range []Author{customer, anna, ben} {
		events = append(events,
			Post{By: by, ClientID: "a", Text: "x"}, Post{By: by, ClientID: "a", Text: "y"}, Post{By: by, ClientID: "b", Text: "x"},
			Receive{By: by, Delivered: 1}, Receive{By: by, Delivered: 2, Seen: 1}, Receive{By: by, Delivered: 9, Seen: 9})
	}
	return events
}

func presence() []Event {
	events := []Event{Interrupt{Asset: "ast_1"}, Close{Cause: "agent"}, Post{By: Author{User: "anna"}, ClientID: "p", Text: "x"}}
	for _, u := range []id.User{"anna", "ben"} {
		events = append(events, Join{User: u, Owner: true}, Join{User: u}, Leave{User: u, Cause: "left"}, Own{User: u})
	}
	return events
}

// Whatever happens, in whatever order: the invariants hold, the entries tell
// all of it, and what was refused has changed nothing.
func TestNothingLeadsToAnIllegalConversation(t *testing.T) {
	for _, w := range worlds {
		t.Run(w.name, func(t *testing.T) {
			states, steps := explore(t, w.events, w.entries)
			t.Logf("%d states, %d steps", states, steps)
			if states < w.states {
				t.Errorf("only %d states: the world has shrunk", states)
			}
		})
	}
}

func explore(t *testing.T, events []Event, entries id.Seq) (states, steps int) {
	type node struct {
		state *State
		told  *told
		now   time.Time
		from  *node
		ev    Event
	}
	path := func(n *node) string {
		var steps []string
		for ; n.from != nil; n = n.from {
			steps = append([]string{fmt.Sprintf("%T%+v", n.ev, n.ev)}, steps...)
		}
		return strings.Join(steps, "\n")
	}
	seen := map[string]bool{}
	for queue := []*node{{state: New(header()), told: newTold(), now: t0}}; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		before := key(n.state)
		for _, ev := range events {
			steps++
			next := &node{state: Load(n.state.record), told: n.told, now: n.now.Add(time.Second), from: n, ev: ev}
			added, err := next.state.Step(next.now, ev)
			if err != nil {
				if k := key(next.state); k != before || added != nil {
					t.Fatalf("%v, but the state changed from %s to %s\nafter\n%s", err, before, k, path(next))
				}
				continue
			}
			if len(added) > 0 {
				next.told = n.told.clone()
			}
			for _, e := range added {
				if err := next.told.read(e, next.now); err != nil {
					t.Fatalf("%v\nafter\n%s", err, path(next))
				}
			}
			if err := errors.Join(next.state.Check(), next.told.differs(next.state)); err != nil {
				t.Fatalf("%v\nafter\n%s", err, path(next))
			}
			if next.state.record.Head+next.state.record.StaffHead > entries {
				continue
			}
			if k := key(next.state); !seen[k] {
				seen[k] = true
				queue = append(queue, next)
			}
		}
	}
	return len(seen), steps
}

// key is the state without its times, but with who came first.
func key(s *State) string {
	r := s.record
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d %d|", r.Status, r.Head, r.StaffHead)
	for _, p := range r.Participants {
		fmt.Fprintf(&b, "%s%t,%t,%d,%d,%d ", p.User, p.Owner, p.LeftAt.IsZero(), p.LeftSeq, p.Delivered, p.Seen)
	}
	for _, sent := range r.Sent {
		fmt.Fprintf(&b, "%s%s%d%x ", sent.ClientID, sent.Topic, sent.Seq, sent.Digest[:2])
	}
	if len(r.Participants) == 3 {
		fmt.Fprintf(&b, "%d", r.Participants[1].JoinedAt.Compare(r.Participants[2].JoinedAt))
	}
	return b.String()
}
