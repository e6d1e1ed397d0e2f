package agenda

import (
	"slices"
	"testing"
	"time"
)

// Everything happens at its time, what is due at once in the order in which it
// was planned, and what is planned meanwhile takes its place.
func TestAgenda(t *testing.T) {
	var a Agenda
	if at, ok := a.Next(); ok {
		t.Errorf("something is planned at %s", at)
	}
	var seen []string
	began := time.Unix(0, 0)
	plan := func(seconds int, name string, then ...func()) {
		a.Add(began.Add(time.Duration(seconds)*time.Second), func() {
			seen = append(seen, name)
			for _, do := range then {
				do()
			}
		})
	}
	plan(3, "c")
	plan(1, "a", func() { plan(2, "b2") })
	plan(2, "b1")
	plan(3, "d")
	plan(3, "e")
	last := began
	for {
		at, ok := a.Next()
		if !ok {
			break
		}
		if at.Before(last) {
			t.Errorf("%s comes after %s", at, last)
		}
		last = at
		a.Take()()
	}
	if want := []string{"a", "b1", "b2", "c", "d", "e"}; !slices.Equal(seen, want) {
		t.Errorf("%v, not %v", seen, want)
	}
}
