package hours

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Fault is why a schedule cannot be used. Reason is stable and names the
// sentence people read; Field names the place, such as "week.monday.1".
type Fault struct {
	Field  string
	Reason Reason
}

// Reason is a kind of fault.
type Reason string

// The reasons.
const (
	ZoneUnknown Reason = "zone_unknown"  // no such time zone
	SpanEmpty   Reason = "span_empty"    // ends when it begins or earlier
	SpanRange   Reason = "span_range"    // reaches beyond the day
	SpanOverlap Reason = "span_overlap"  // overlaps another one of the day
	DateUnknown Reason = "date_unknown"  // no such day
	DatesTurned Reason = "dates_turned"  // ends before it begins
	DateTwice   Reason = "date_twice"    // two overrides of one day
	TooMany     Reason = "too_many"      // more than anybody would read
	LeapYearly  Reason = "leap_day_only" // 29 February of every year
)

// Error is for logs and for who reads files; screens use the catalogue.
func (f *Fault) Error() string {
	sentence := map[Reason]string{
		ZoneUnknown: "there is no such time zone; write an IANA name such as Asia/Riyadh",
		SpanEmpty:   "ends when it begins or earlier; a night shift is two spans, until 24:00 and from 00:00",
		SpanRange:   "lies outside of the day",
		SpanOverlap: "overlaps another span of the same day",
		DateUnknown: "there is no such day",
		DatesTurned: "ends before it begins",
		DateTwice:   "this day has hours of its own already",
		TooMany:     fmt.Sprintf("has more than %d entries", most),
		LeapYearly:  "29 February does not come every year",
	}[f.Reason]
	return f.Field + ": " + sentence
}

// most is how many holidays, overrides, or spans of a day there may be.
const most = 500

// Check is the first fault of the schedule as a [*Fault], or nil.
func (s Schedule) Check() error {
	if _, err := location(s.Zone); err != nil {
		return &Fault{"zone", ZoneUnknown}
	}
	for day := range time.Weekday(7) {
		if err := checkSpans("week."+strings.ToLower(day.String()), s.Week.On(day)); err != nil {
			return err
		}
	}
	if err := checkHolidays(s.Holidays); err != nil {
		return err
	}
	return checkOverrides(s.Overrides)
}

// location is a zone by its name. The names "" and "Local" mean something to Go
// and nothing to an administrator.
func location(zone string) (*time.Location, error) {
	if zone == "" || zone == "Local" {
		return nil, fmt.Errorf("hours: no zone %q", zone)
	}
	return time.LoadLocation(zone)
}

func checkSpans(field string, spans []Span) error {
	if len(spans) > most {
		return &Fault{field, TooMany}
	}
	for i, s := range spans {
		at := fmt.Sprintf("%s.%d", field, i)
		switch {
		case s.From < 0 || s.To > EndOfDay:
			return &Fault{at, SpanRange}
		case s.From >= s.To:
			return &Fault{at, SpanEmpty}
		}
		for _, earlier := range spans[:i] {
			if s.From < earlier.To && earlier.From < s.To {
				return &Fault{at, SpanOverlap}
			}
		}
	}
	return nil
}

func checkHolidays(holidays []Holiday) error {
	if len(holidays) > most {
		return &Fault{"holidays", TooMany}
	}
	for i, h := range holidays {
		at := fmt.Sprintf("holidays.%d", i)
		switch {
		case !h.First.exists():
			return &Fault{at + ".first", DateUnknown}
		case !h.last().exists():
			return &Fault{at + ".last", DateUnknown}
		case h.last().compare(h.First) < 0:
			return &Fault{at + ".last", DatesTurned}
		case h.Yearly && leapDay(h.First) && leapDay(h.last()):
			return &Fault{at + ".first", LeapYearly}
		case h.Yearly && h.last().compare(h.First.inYear(h.First.Year+1)) >= 0:
			return &Fault{at + ".last", DatesTurned}
		}
	}
	return nil
}

func leapDay(d Date) bool { return d.Month == time.February && d.Day == 29 }

func checkOverrides(overrides []Override) error {
	if len(overrides) > most {
		return &Fault{"overrides", TooMany}
	}
	seen := map[Date]bool{}
	for i, o := range overrides {
		at := fmt.Sprintf("overrides.%d", i)
		switch {
		case !o.Date.exists():
			return &Fault{at + ".date", DateUnknown}
		case seen[o.Date]:
			return &Fault{at + ".date", DateTwice}
		}
		seen[o.Date] = true
		if err := checkSpans(at+".open", o.Open); err != nil {
			return err
		}
	}
	return nil
}

// sorted is the spans in order, touching ones joined.
func sorted(spans []Span) []Span {
	all := slices.Clone(spans)
	slices.SortFunc(all, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	var out []Span
	for _, s := range all {
		if n := len(out); n > 0 && out[n-1].To == s.From {
			out[n-1].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}
