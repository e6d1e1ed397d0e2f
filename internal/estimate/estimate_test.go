package estimate

import (
	"testing"
	"time"

	"hiwar/internal/id"
)

var t0 = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// Nobody is told a higher number than before, in whatever queue; once the true
// one has been higher for a minute, none.
func TestTheNumberNeverRises(t *testing.T) {
	var p Place
	for i, c := range []struct {
		after    time.Duration
		queue    id.Queue
		position int
		want     int
		moved    bool
	}{
		{0, "q", 5, 5, true},
		{time.Second, "q", 3, 3, false},
		{2 * time.Second, "q", 4, 3, false},
		{61 * time.Second, "q", 6, 3, false},
		{62 * time.Second, "q", 6, 0, false},
		{63 * time.Second, "q", 3, 3, false},
		{64 * time.Second, "r", 9, 3, true},
		{65 * time.Second, "r", 1, 1, false},
	} {
		if got, moved := p.Stand(c.queue, c.position, t0.Add(c.after)); got != c.want || moved != c.moved {
			t.Errorf("%d: told %d (moved: %v), want %d (%v)", i, got, moved, c.want, c.moved)
		}
	}
	if _, gives := p.GivesWay(); gives {
		t.Error("the true number gives way")
	}
	p.Stand("r", 2, t0.Add(70*time.Second))
	if at, gives := p.GivesWay(); !gives || !at.Equal(t0.Add(130*time.Second)) {
		t.Errorf("gives way at %v (%v)", at, gives)
	}
}

// A range needs ten answers of the last half hour, from the same place, of those
// who waited as long by then.
func TestARangeOfTenAnswers(t *testing.T) {
	var a Answers
	ask := func(queue id.Queue, position int, since, now time.Duration) (Range, bool) {
		var p Place
		number, _ := p.Stand(queue, position, t0.Add(since))
		return a.Range(&p, number, t0.Add(now))
	}
	for i := range 10 {
		if _, known := ask("q", 1, 20*time.Minute, 20*time.Minute); known {
			t.Errorf("%d answers are enough", i)
		}
		var p Place
		p.Stand("q", 2, t0)
		p.Stand("q", 1, t0.Add(time.Minute))
		a.Learn(&p, t0.Add(time.Duration(i+2)*time.Minute)) // 1 to 10 minutes in the first place
	}
	for _, c := range []struct {
		queue      id.Queue
		position   int
		since, now time.Duration
		want       Range
		known      bool
	}{
		{"q", 1, 20 * time.Minute, 20 * time.Minute, Range{5, 9}, true},
		{"q", 2, 20 * time.Minute, 20 * time.Minute, Range{6, 10}, true},
		{"q", 1, 18 * time.Minute, 20 * time.Minute, Range{}, false}, // eight of them waited longer
		{"q", 1, 33 * time.Minute, 33 * time.Minute, Range{}, false}, // one is too old
		{"q", 3, 20 * time.Minute, 20 * time.Minute, Range{}, false},
		{"r", 1, 20 * time.Minute, 20 * time.Minute, Range{}, false},
	} {
		if got, known := ask(c.queue, c.position, c.since, c.now); got != c.want || known != c.known {
			t.Errorf("%+v: %v, %v", c, got, known)
		}
	}
	var p Place
	if _, known := a.Range(&p, 0, t0); known {
		t.Error("a number that gave way has a range")
	}
}
