package hours

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAFaultNamesItsField(t *testing.T) {
	for _, c := range []struct {
		change func(*Schedule)
		field  string
		reason Reason
	}{
		{func(s *Schedule) { s.Zone = "Mars/Phobos" }, "zone", ZoneUnknown},
		{func(s *Schedule) { s.Zone = "" }, "zone", ZoneUnknown},
		{func(s *Schedule) { s.Zone = "Local" }, "zone", ZoneUnknown},
		{func(s *Schedule) { s.Week.Monday = []Span{{540, 720}, {719, 800}} }, "week.monday.1", SpanOverlap},
		{func(s *Schedule) { s.Week.Monday = []Span{{719, 800}, {540, 720}} }, "week.monday.1", SpanOverlap},
		{func(s *Schedule) { s.Week.Friday = []Span{{1320, 360}} }, "week.friday.0", SpanEmpty},
		{func(s *Schedule) { s.Week.Friday = []Span{{60, 60}} }, "week.friday.0", SpanEmpty},
		{func(s *Schedule) { s.Week.Friday = []Span{{-1, 60}} }, "week.friday.0", SpanRange},
		{func(s *Schedule) { s.Week.Friday = []Span{{60, 1441}} }, "week.friday.0", SpanRange},
		{func(s *Schedule) { s.Week.Friday = make([]Span, 501) }, "week.friday", TooMany},
		{func(s *Schedule) { s.Holidays = []Holiday{{First: Date{2026, 2, 30}}} }, "holidays.0.first", DateUnknown},
		{func(s *Schedule) { s.Holidays = []Holiday{{First: Date{2026, 2, 3}, Last: Date{2026, 13, 1}}} }, "holidays.0.last", DateUnknown},
		{func(s *Schedule) { s.Holidays = []Holiday{{First: Date{2026, 2, 3}, Last: Date{2026, 2, 2}}} }, "holidays.0.last", DatesTurned},
		{func(s *Schedule) {
			s.Holidays = []Holiday{{First: Date{2026, 2, 3}, Last: Date{2027, 2, 3}, Yearly: true}}
		}, "holidays.0.last", DatesTurned},
		{func(s *Schedule) { s.Holidays = []Holiday{{First: Date{2024, 2, 29}, Yearly: true}} }, "holidays.0.first", LeapYearly},
		{func(s *Schedule) { s.Holidays = make([]Holiday, 501) }, "holidays", TooMany},
		{func(s *Schedule) { s.Overrides = []Override{{}} }, "overrides.0.date", DateUnknown},
		{func(s *Schedule) { s.Overrides = []Override{{Date: Date{2026, 2, 3}}, {Date: Date{2026, 2, 3}}} }, "overrides.1.date", DateTwice},
		{func(s *Schedule) { s.Overrides = []Override{{Date: Date{2026, 2, 3}, Open: []Span{{5, 5}}}} }, "overrides.0.open.0", SpanEmpty},
		{func(s *Schedule) { s.Overrides = make([]Override, 501) }, "overrides", TooMany},
	} {
		s := Schedule{Zone: "Asia/Riyadh"}
		c.change(&s)
		_, err := Compile(s)
		var fault *Fault
		if !errors.As(err, &fault) || *fault != (Fault{c.field, c.reason}) {
			t.Errorf("got %v, want %s at %s", err, c.reason, c.field)
			continue
		}
		if want := c.field + ": "; len(fault.Error()) <= len(want) || fault.Error()[:len(want)] != want {
			t.Errorf("%q names no field, or says nothing", fault.Error())
		}
	}
}

func TestWhatNeverChangesHasNoNextChange(t *testing.T) {
	day := []Span{{0, EndOfDay}}
	always := Week{Sunday: day, Monday: day, Tuesday: day, Wednesday: day, Thursday: day, Friday: day, Saturday: day}
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for name, s := range map[string]Schedule{
		"always":                     {Zone: "Europe/London", Week: always},
		"never":                      {Zone: "Europe/London"},
		"in the past":                {Zone: "Europe/London", Week: always, Overrides: []Override{{Date: Date{2025, 1, 1}}}},
		"never, and a holiday":       {Zone: "Europe/London", Holidays: []Holiday{{First: Date{2027, 1, 1}, Yearly: true}}},
		"always, halves that touch":  {Zone: "Europe/London", Week: Week{[]Span{{600, EndOfDay}, {0, 600}}, day, day, day, day, day, day}},
		"an override like any other": {Zone: "Europe/London", Week: always, Overrides: []Override{{Date: Date{2027, 1, 1}, Open: day}}},
	} {
		c, err := Compile(s)
		if err != nil {
			t.Fatal(err)
		}
		if next, ok := c.NextChange(at); ok {
			t.Errorf("%s: changes at %v", name, next)
		}
		if _, ok := c.NextOpening(at); ok != c.Open(at) {
			t.Errorf("%s: next opening %v, open %v", name, ok, c.Open(at))
		}
	}
}

// What comes after years is found, without looking at every minute in between.
func TestADayFarAwayIsFound(t *testing.T) {
	c, err := Compile(Schedule{Zone: "Africa/Cairo", Overrides: []Override{{Date: Date{2046, 5, 1}, Open: []Span{{600, 660}}}}})
	if err != nil {
		t.Fatal(err)
	}
	got, ok := c.NextOpening(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	if want := time.Date(2046, 5, 1, 10, 0, 0, 0, c.Zone()); !ok || !got.Equal(want) {
		t.Errorf("got %v %v, want %v", got, ok, want)
	}
}

func TestASpanInASkippedHourIsServedTheWeekAfter(t *testing.T) {
	c, err := Compile(Schedule{Zone: "Europe/London", Week: Week{Sunday: []Span{{65, 70}}}})
	if err != nil {
		t.Fatal(err)
	}
	got, ok := c.NextOpening(time.Date(2026, 3, 22, 12, 0, 0, 0, time.UTC))
	if want := time.Date(2026, 4, 5, 1, 5, 0, 0, c.Zone()); !ok || !got.Equal(want) {
		t.Errorf("got %v %v, want %v", got, ok, want)
	}
}

func TestSchedulesAreReadAsTheyAreWritten(t *testing.T) {
	const text = `{"zone":"Asia/Riyadh","week":{"sunday":["09:00-12:00","13:00-24:00"]},` +
		`"holidays":[{"name":"National Day","first":"2026-09-23","yearly":true},{"first":"2026-03-19","last":"2026-03-23"}],` +
		`"overrides":[{"date":"2026-02-28","open":["10:00-14:00"]}]}`
	var s Schedule
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(s)
	if diff := cmp.Diff(text, string(again)); err != nil || diff != "" {
		t.Errorf("%v (-read +written):\n%s", err, diff)
	}
}

func FuzzSpansAndDates(f *testing.F) {
	for _, s := range []string{"09:00-17:30", "24:00-00:00", "9:00-17:00", "09:00", "-", "25:00-26:00", "2026-02-30", "2026-2-3", "٠٩:٠٠-١٧:٠٠", "+9:00-17:00", "0000-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var span Span
		if err := span.UnmarshalText([]byte(s)); err == nil && span.String() != s {
			t.Errorf("%q was read as %v", s, span)
		}
		var date Date
		if err := date.UnmarshalText([]byte(s)); err == nil && (date.String() != s || !date.exists()) {
			t.Errorf("%q was read as %v", s, date)
		}
	})
}
