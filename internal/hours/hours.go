// Package hours says when something is open: by week, on holidays and on days
// of their own, in any time zone. It knows nothing of what is opened, and reads
// no clock: every question is about a moment the caller names.
//
// Hours are meant as people write them on a door, by the clock on the wall. So
// when clocks go forward, an hour that does not exist is not served; when they
// go back, an hour that comes twice is served twice.
//
// A [Schedule] is what an administrator writes; [Compile] checks it and makes
// the [Calendar] that answers. The rules of the time zones are the running
// program's: whoever wants them the same everywhere links time/tzdata, as
// cmd/hiwar does.
package hours

import "time"

// Schedule is when something is open. On a day with an override only the
// override counts; else a holiday is closed; else the week decides.
type Schedule struct {
	Zone      string     `json:"zone"` // IANA name
	Week      Week       `json:"week"`
	Holidays  []Holiday  `json:"holidays,omitempty"`
	Overrides []Override `json:"overrides,omitempty"`
}

// Week has the spans of each day, none where it is closed. A span ends at
// midnight at the latest: a night shift is two spans, and touching spans are
// one.
type Week struct {
	Sunday    []Span `json:"sunday,omitempty"`
	Monday    []Span `json:"monday,omitempty"`
	Tuesday   []Span `json:"tuesday,omitempty"`
	Wednesday []Span `json:"wednesday,omitempty"`
	Thursday  []Span `json:"thursday,omitempty"`
	Friday    []Span `json:"friday,omitempty"`
	Saturday  []Span `json:"saturday,omitempty"`
}

// On gives the spans of a day of the week.
func (w Week) On(d time.Weekday) []Span {
	return [...][]Span{w.Sunday, w.Monday, w.Tuesday, w.Wednesday, w.Thursday, w.Friday, w.Saturday}[d]
}

// Holiday is closed from its first to its last day; Last may be left out for
// one day. A yearly one comes back on the same days of every year; it lasts at
// most as long as a year does.
type Holiday struct {
	Name   string `json:"name,omitempty"`
	First  Date   `json:"first"`
	Last   Date   `json:"last,omitzero"`
	Yearly bool   `json:"yearly,omitempty"`
}

// Override is one day with hours of its own; without spans it is closed.
type Override struct {
	Name string `json:"name,omitempty"`
	Date Date   `json:"date"`
	Open []Span `json:"open,omitempty"`
}

// includes reports whether the day is in the holiday.
func (h Holiday) includes(d Date) bool {
	if !h.Yearly {
		return h.First.compare(d) <= 0 && d.compare(h.last()) <= 0
	}
	first, last, day := h.First.inYear(0), h.last().inYear(0), d.inYear(0)
	if first.compare(last) <= 0 {
		return first.compare(day) <= 0 && day.compare(last) <= 0
	}
	return first.compare(day) <= 0 || day.compare(last) <= 0 // over New Year
}

func (h Holiday) last() Date {
	if h.Last == (Date{}) {
		return h.First
	}
	return h.Last
}
