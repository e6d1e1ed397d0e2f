package routing

import (
	"fmt"
	"time"

	"hiwar/internal/id"
)

var t0 = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// indexes is everything that has to follow from the records, as text.
func (s *State) indexes() []string {
	var out []string
	add := func(what string, x any) { out = append(out, fmt.Sprintf("%s %+v", what, x)) }
	s.lines.Scan(func(p place) bool { add("line", p); return true })
	s.ready.Scan(func(p place) bool { add("ready", p); return true })
	s.free.Scan(func(c chair) bool { add("free", c); return true })
	s.tallies.Scan(func(q id.Queue, t tally) bool { add("tally", []any{q, t}); return true })
	s.staff.Scan(func(q id.Queue, n int) bool {
		if n > 0 {
			add("staff", []any{q, n})
		}
		return true
	})
	s.due.Scan(func(t timer) bool { add("due", t); return true })
	s.agents.Scan(func(u id.User, a *agent) bool { add("agent", []any{u, a.offers, a.parts}); return true })
	s.conversations.Scan(func(c id.Conversation, conv *conversation) bool {
		add("conversation", []any{c, conv.parts, conv.owner, conv.pending, conv.offer})
		return true
	})
	return out
}

// miscounted compares the tallies with counting everybody.
func miscounted(s *State) error {
	for i := range s.config.Queues {
		q := s.config.Queues[i].ID
		var want tally
		for _, u := range s.setup.servers[q] {
			x := NotAvailable
			if a, ok := s.agents.Get(u); ok {
				x = s.exclusion(a)
			}
			want[x.number()]++
		}
		if got, _ := s.tallies.Get(q); got != want {
			return fmt.Errorf("%s counts %v instead of %v", q, got, want)
		}
	}
	return nil
}
