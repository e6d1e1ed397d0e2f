package engine

import (
	"cmp"
	"context"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// Day is an agent's work since a moment, as it is counted (docs/decisions).
type Day struct {
	Handled        []time.Duration // connected, of each owner's part closed since
	FirstResponses []time.Duration // from accepting to the first message, of each owner's part accepted since
	Missed         int             // requests made since that were not answered
	Spells         []Spell         // in order; the first may have begun before
}

// Spell is a time in one state. It lasts until the next one.
type Spell struct {
	Since      time.Time
	Presence   routing.Presence
	IdleReason id.Reason
}

// Today are the actor's own figures since midnight where the organization is,
// and how long customers of their queues wait now.
func (e *Engine) Today(ctx context.Context, a access.Actor) (view.Today, error) {
	if err := access.Allow(a, access.ReadDesk, access.None); err != nil {
		return view.Today{}, err
	}
	v, err := answer(ctx, e, a.Org, func(f *floor, now time.Time) (view.Today, error) {
		v := view.Today{From: midnight(now, f.state.Config().Organization.TimeZone), At: now.UTC()}
		if queue, since, waits := f.state.LongestWait(a.User); waits {
			v.LongestWait = &view.LongestWait{Queue: f.names.Queue(queue), Since: since.UTC()}
		}
		return v, nil
	})
	if err != nil {
		return v, err
	}
	day, err := e.reader.Day(ctx, a.Org, a.User, v.From)
	if err != nil {
		return v, read(err)
	}
	v.Handled, v.Missed = len(day.Handled), day.Missed
	v.HandleMS, v.FirstResponseMS = median(day.Handled), median(day.FirstResponses)
	v.States = timeInStates(day.Spells, v.From, v.At)
	return v, nil
}

// midnight is the beginning of the day in a time zone; in UTC if it is none.
func midnight(now time.Time, zone string) time.Time {
	at, err := time.LoadLocation(zone)
	if err != nil {
		at = time.UTC
	}
	y, m, d := now.In(at).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, at).UTC()
}

// median is nil of nothing; of an even number it is the mean of the middle two.
func median(all []time.Duration) *int64 {
	if len(all) == 0 {
		return nil
	}
	sorted := slices.Sorted(slices.Values(all))
	n := len(sorted)
	ms := (sorted[(n-1)/2] + sorted[n/2]).Milliseconds() / 2
	return &ms
}

// timeInStates adds up what of each spell lies in the day. Being signed out is
// no state of working.
func timeInStates(spells []Spell, from, until time.Time) []view.StateTime {
	sums := map[Spell]time.Duration{}
	for i, s := range spells {
		begin, end := s.Since, until
		if begin.Before(from) {
			begin = from
		}
		if i+1 < len(spells) && spells[i+1].Since.Before(until) {
			end = spells[i+1].Since
		}
		if s.Presence != routing.SignedOut && end.After(begin) {
			sums[Spell{Presence: s.Presence, IdleReason: s.IdleReason}] += end.Sub(begin)
		}
	}
	out := []view.StateTime{}
	for s, sum := range sums {
		out = append(out, view.StateTime{Presence: string(s.Presence), IdleReason: s.IdleReason, MS: sum.Milliseconds()})
	}
	slices.SortFunc(out, func(x, y view.StateTime) int {
		return cmp.Or(cmp.Compare(x.Presence, y.Presence), cmp.Compare(x.IdleReason, y.IdleReason))
	})
	return out
}
