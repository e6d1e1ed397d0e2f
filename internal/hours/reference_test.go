package hours

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// reference is what the package promises, in the plainest words: the clock on
// the wall is read for each minute and looked up in what was written.
func reference(s Schedule, zone *time.Location, at time.Time) bool {
	local := at.In(zone)
	day, clock := local.Format("2006-01-02"), local.Format("15:04")
	within := func(spans []Span) bool {
		for _, span := range spans {
			if from, to, _ := strings.Cut(span.String(), "-"); from <= clock && clock < to {
				return true
			}
		}
		return false
	}
	for _, o := range s.Overrides {
		if o.Date.String() == day {
			return within(o.Open)
		}
	}
	for _, h := range s.Holidays {
		first, last, d := h.First.String(), h.last().String(), day
		if h.Yearly {
			years := h.last().Year - h.First.Year
			first, last, d = first[4:], last[4:], d[4:]
			if years > 0 && (d >= first || d <= last) {
				return false
			}
		}
		if first <= d && d <= last {
			return false
		}
	}
	return within(s.Week.On(local.Weekday()))
}

// The days around which clocks change, in zones that differ in when: not at
// all, at midnight, at one, at two, southern, by half an hour, a whole day.
var changes = []struct{ zone, day string }{
	{"Asia/Riyadh", "2026-03-29"},
	{"Africa/Cairo", "2026-04-24"},
	{"Africa/Cairo", "2026-10-29"},
	{"Europe/London", "2026-03-29"},
	{"Europe/London", "2026-10-25"},
	{"America/Santiago", "2026-04-05"},
	{"America/Santiago", "2026-09-06"},
	{"Australia/Lord_Howe", "2026-04-05"},
	{"Australia/Lord_Howe", "2026-10-04"},
	{"Asia/Kathmandu", "2026-01-01"},
	{"Pacific/Apia", "2011-12-30"},
}

// Minute by minute over four days around a change of the clocks, the calendar
// says what the reference says; and the next change is the next minute at
// which the reference changes.
func TestTheCalendarIsTheWallClockReadEveryMinute(t *testing.T) {
	for _, c := range changes {
		t.Run(c.zone+" "+c.day, func(t *testing.T) {
			zone, err := time.LoadLocation(c.zone)
			if err != nil {
				t.Fatal(err)
			}
			noon, err := time.ParseInLocation("2006-01-02 15:04", c.day+" 12:00", zone)
			if err != nil {
				t.Fatal(err)
			}
			rapid.Check(t, func(rt *rapid.T) {
				s := anySchedule(rt, c.zone, noon)
				compare(rt, s, zone, noon.Add(-2*day).Truncate(time.Minute))
			})
		})
	}
}

func compare(t *rapid.T, s Schedule, zone *time.Location, from time.Time) {
	calendar, err := Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	const minutes = 4 * 24 * 60
	open := make([]bool, minutes)
	for i := range open {
		at := from.Add(time.Duration(i) * time.Minute)
		open[i] = reference(s, zone, at)
		for _, late := range []time.Duration{0, time.Minute - time.Nanosecond} {
			if got := calendar.Open(at.Add(late)); got != open[i] {
				t.Fatalf("open at %v: %v, the reference says %v\n%+v", at.Add(late).In(zone), got, open[i], s)
			}
		}
	}
	next := minutes // the next change after minute i, within the window
	for i := minutes - 2; i >= 0; i-- {
		if open[i+1] != open[i] {
			next = i + 1
		}
		if i%7 != 0 && next != i+1 {
			continue
		}
		at := from.Add(time.Duration(i)*time.Minute + 30*time.Second)
		change, ok := calendar.NextChange(at)
		want := from.Add(time.Duration(next) * time.Minute)
		switch {
		case next < minutes && (!ok || !change.Equal(want)):
			t.Fatalf("next change after %v: %v %v, the reference says %v\n%+v", at.In(zone), change.In(zone), ok, want.In(zone), s)
		case next == minutes && ok && change.Before(want):
			t.Fatalf("next change after %v: %v, where the reference has none\n%+v", at.In(zone), change.In(zone), s)
		}
		opening, ok := calendar.NextOpening(at)
		switch {
		case open[i] && (!ok || !opening.Equal(at)):
			t.Fatalf("open at %v, next opening is %v", at, opening)
		case !open[i] && next < minutes && (!ok || !opening.Equal(want)):
			t.Fatalf("next opening after %v: %v, want %v", at.In(zone), opening.In(zone), want.In(zone))
		}
	}
}

// anySchedule has hours at the times when clocks change, and exceptions near
// the day.
func anySchedule(t *rapid.T, zone string, noon time.Time) Schedule {
	s := Schedule{Zone: zone}
	for _, spans := range []*[]Span{&s.Week.Sunday, &s.Week.Monday, &s.Week.Tuesday, &s.Week.Wednesday, &s.Week.Thursday, &s.Week.Friday, &s.Week.Saturday} {
		*spans = anySpans(t)
	}
	date := func(label string) Date { return dateOf(noon.AddDate(0, 0, rapid.IntRange(-3, 3).Draw(t, label))) }
	if rapid.Bool().Draw(t, "holiday") {
		h := Holiday{First: date("first"), Yearly: rapid.Bool().Draw(t, "yearly")}
		h.Last = dateOf(time.Date(h.First.Year, h.First.Month, h.First.Day+rapid.IntRange(0, 3).Draw(t, "days"), 0, 0, 0, 0, time.UTC))
		s.Holidays = []Holiday{h}
	}
	if rapid.Bool().Draw(t, "override") {
		s.Overrides = []Override{{Date: date("day"), Open: anySpans(t)}}
	}
	return s
}

func anySpans(t *rapid.T) []Span {
	edges := []Minute{0, 1, 30, 59, 60, 61, 90, 119, 120, 121, 150, 180, 181, 539, 540, 1020, 1320, 1380, 1410, 1439, 1440}
	at := 0
	var spans []Span
	for len(spans) < 3 && rapid.Bool().Draw(t, "another") {
		from := rapid.IntRange(at, len(edges)-1).Draw(t, "from")
		to := rapid.IntRange(from, len(edges)-1).Draw(t, "to")
		if from == to {
			break
		}
		spans, at = append(spans, Span{edges[from], edges[to]}), to
	}
	return spans
}

func Example() {
	week := []Span{{9 * 60, 12 * 60}, {13 * 60, 17 * 60}}
	c, err := Compile(Schedule{
		Zone:     "Asia/Riyadh",
		Week:     Week{Sunday: week, Monday: week, Tuesday: week, Wednesday: week, Thursday: week},
		Holidays: []Holiday{{Name: "National Day", First: Date{2026, time.September, 23}, Yearly: true}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2026, time.September, 22, 14, 30, 0, 0, time.UTC) // 17:30 there
	fmt.Println(c.Open(at))
	next, _ := c.NextOpening(at)
	fmt.Println(next.In(c.Zone()).Format("Monday 2 January 15:04"))
	// Output:
	// false
	// Thursday 24 September 09:00
}
