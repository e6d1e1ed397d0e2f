package routing

import (
	"fmt"
	"slices"
	"time"

	"hiwar/internal/id"
)

var t0 = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// indexes is everything that has to follow from the records, as text.
func (s *State) indexes() []string {
	var out []string
	add := func(what string, x any) { out = append(out, fmt.Sprintf("%s %+v", what, x)) }
	s.lines.Scan(func(p place) bool { add("line", p); return true })
	// Pools are numbered in the order in which they were first asked for.
	s.ready.Scan(func(x turn) bool {
		add("ready", fmt.Sprint(x.place, s.setup.pools.list[x.pool].text()))
		return true
	})
	slices.Sort(out)
	s.kept.Scan(func(k kept) bool { add("kept", k); return true })
	s.present.Scan(func(t id.Team, n int) bool { add("present", fmt.Sprint(t, n)); return true })
	s.due.Scan(func(t timer) bool { add("due", t); return true })
	s.agents.Scan(func(u id.User, a *agent) bool { add("agent", []any{u, a.offers, a.parts, a.holdings}); return true })
	s.conversations.Scan(func(c id.Conversation, conv *conversation) bool {
		add("conversation", []any{c, conv.parts, conv.owner, conv.pending, conv.offer})
		return true
	})
	return out
}

// miscounted compares the chairs and tallies of the pools with looking at
// everybody.
func miscounted(s *State) error {
	if n := s.departed.Len() + s.emptied.Len() + s.dirty.Len() + s.deserted.Len(); n > 0 {
		return fmt.Errorf("%d things are left over from a step", n)
	}
	free := 0
	for n := range s.filled {
		p := &s.setup.pools.list[n]
		var want tally
		for i := range s.config.Users {
			u := &s.config.Users[i]
			in := p.only == u.ID || p.only == "" && s.setup.worksTheFloor(u) && isIn(u, p.teams) && meets(u, p.requires)
			if in != p.has(u.ID) {
				return fmt.Errorf("%s is in pool %q: %v", u.ID, p.text(), !in)
			}
			if !in {
				continue
			}
			x := NotSignedIn
			a, ok := s.agents.Get(u.ID)
			if ok {
				x = s.exclusionFrom(p, a)
			}
			want[x.number()]++
			if _, seated := s.free.Get(s.chairOf(seat{n, p.score(u)}, orNobody(a, u.ID))); seated != (x == "") {
				return fmt.Errorf("%s has a chair in %q: %v", u.ID, p.text(), seated)
			}
		}
		if got, _ := s.tallies.Get(n); got != want {
			return fmt.Errorf("%q counts %v instead of %v", p.text(), got, want)
		}
		free += want[couldTakeIt]
	}
	if free != s.free.Len() {
		return fmt.Errorf("%d chairs for %d who are free", s.free.Len(), free)
	}
	for n := range s.counted {
		there := 0
		for _, u := range s.setup.crowds.list[n].members {
			if a, known := s.agents.Get(u); known && a.Presence != SignedOut {
				there++
			}
		}
		if got, _ := s.there.Get(n); got != there {
			return fmt.Errorf("%d of %v are signed in, not %d", there, s.setup.crowds.list[n], got)
		}
	}
	return nil
}

func orNobody(a *agent, u id.User) *agent {
	if a == nil {
		return &agent{Agent: Agent{ID: u}}
	}
	return a
}
