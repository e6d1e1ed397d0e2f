package hours

import "time"

// Calendar answers for a checked schedule. It never changes and may be shared.
type Calendar struct {
	zone      *time.Location
	week      [7][]Span
	holidays  []Holiday
	overrides map[Date][]Span
	last      Date // the last day with a date of its own; zero if there is none
	yearly    bool
	uniform   bool // the week alone never changes
}

// Compile checks a schedule and makes its calendar. A fault is a [*Fault].
func Compile(s Schedule) (*Calendar, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	zone, err := location(s.Zone)
	if err != nil {
		return nil, err
	}
	c := &Calendar{zone: zone, holidays: s.Holidays, overrides: make(map[Date][]Span, len(s.Overrides))}
	always, never := true, true
	for day := range time.Weekday(7) {
		spans := sorted(s.Week.On(day))
		c.week[day] = spans
		always = always && len(spans) == 1 && spans[0] == Span{0, EndOfDay}
		never = never && len(spans) == 0
	}
	c.uniform = always || never
	for _, h := range s.Holidays {
		c.yearly = c.yearly || h.Yearly
		c.dated(h.last())
	}
	for _, o := range s.Overrides {
		c.overrides[o.Date] = sorted(o.Open)
		c.dated(o.Date)
	}
	return c, nil
}

func (c *Calendar) dated(d Date) {
	if c.last.compare(d) < 0 {
		c.last = d
	}
}

// Zone is the time zone of the calendar.
func (c *Calendar) Zone() *time.Location { return c.zone }

// Open reports whether it is open at that moment. It opens with the first
// instant of a span and is closed with the last.
func (c *Calendar) Open(at time.Time) bool {
	local := at.In(c.zone)
	now := minuteOf(local)
	for _, s := range c.on(local) {
		if s.From <= now && now < s.To {
			return true
		}
	}
	return false
}

func minuteOf(local time.Time) Minute { return Minute(local.Hour()*60 + local.Minute()) }

// on is the spans of the day that a local time is in.
func (c *Calendar) on(local time.Time) []Span {
	day := dateOf(local)
	if spans, ok := c.overrides[day]; ok {
		return spans
	}
	for _, h := range c.holidays {
		if h.includes(day) {
			return nil
		}
	}
	return c.week[local.Weekday()]
}

// NextChange is the first moment after at when it opens or closes; false if it
// never does again.
func (c *Calendar) NextChange(at time.Time) (time.Time, bool) {
	open, end := c.Open(at), c.horizon(at)
	for t := at; t.Before(end); {
		t = c.step(t)
		if c.Open(t) != open {
			return t, true
		}
	}
	return time.Time{}, false
}

// NextOpening is the first moment, at or after at, when it is open; false if
// it never is.
func (c *Calendar) NextOpening(at time.Time) (time.Time, bool) {
	if c.Open(at) {
		return at, true
	}
	return c.NextChange(at)
}

// step is the next moment at which anything could change: an edge of a span,
// midnight, or a change of the clocks. Between two changes of the clocks the
// wall's time goes as fast as time does.
func (c *Calendar) step(t time.Time) time.Time {
	local := t.In(c.zone)
	now, edge := minuteOf(local), EndOfDay
	for _, s := range c.on(local) {
		for _, m := range [...]Minute{s.From, s.To} {
			if m > now && m < edge {
				edge = m
			}
		}
	}
	into := time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
	next := t.Add(time.Duration(edge-now)*time.Minute - into)
	_, end := local.ZoneBounds()
	if !end.IsZero() && !end.After(t) {
		// On the last day of a leap year beyond its tables, package time says
		// that the present hour is over already. Nothing changes then; an hour
		// at a time is safe in any case.
		end = t.Add(time.Hour)
	}
	if !end.IsZero() && end.Before(next) {
		return end.In(t.Location())
	}
	return next
}

const day = 24 * time.Hour

// horizon is when to stop looking for a change: when the last day with a date
// is over, whatever happens once happens again within a week, or, where a span
// falls into an hour that the clocks skip, within two.
func (c *Calendar) horizon(at time.Time) time.Time {
	from := at
	if c.last != (Date{}) {
		if dated := time.Date(c.last.Year, c.last.Month, c.last.Day+2, 0, 0, 0, 0, time.UTC); dated.After(from) {
			from = dated
		}
	}
	switch {
	case c.yearly:
		return from.Add(800 * day)
	case c.uniform && from.Equal(at):
		return at
	default:
		return from.Add(16 * day)
	}
}
