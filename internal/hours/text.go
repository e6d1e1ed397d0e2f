package hours

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Minute is a time of the day by the clock on the wall, in minutes since
// midnight. It is written "09:30"; midnight at the end of a day is "24:00".
type Minute int

// EndOfDay is midnight at the end of a day.
const EndOfDay Minute = 24 * 60

// String writes the minute as people do.
func (m Minute) String() string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }

func parseMinute(s string) (Minute, error) {
	hour, minute, ok := strings.Cut(s, ":")
	h, errHour := digits(hour, 2)
	m, errMinute := digits(minute, 2)
	at := Minute(h*60 + m)
	if !ok || errHour != nil || errMinute != nil || m > 59 || at > EndOfDay {
		return 0, fmt.Errorf("%q is not a time of the day between 00:00 and 24:00", s)
	}
	return at, nil
}

// Span is open from the first minute up to, but not including, the second. It
// is written "09:00-17:30".
type Span struct{ From, To Minute }

// String writes the span as people do.
func (s Span) String() string { return s.From.String() + "-" + s.To.String() }

// MarshalText writes the span as people do.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes. Whether the span makes sense is
// [Schedule.Check]'s to say.
func (s *Span) UnmarshalText(text []byte) error {
	from, to, ok := strings.Cut(string(text), "-")
	if !ok {
		return fmt.Errorf("%q is not a span of time such as 09:00-17:30", text)
	}
	first, err := parseMinute(from)
	if err != nil {
		return err
	}
	last, err := parseMinute(to)
	if err != nil {
		return err
	}
	*s = Span{first, last}
	return nil
}

// Date is a day of the Gregorian calendar, written "2026-09-23". The zero value
// is no day.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// String writes the date as "2026-09-23".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes; a day that does not exist is
// refused.
func (d *Date) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), "-")
	wrong := fmt.Errorf("%q is not a day such as 2026-09-23", text)
	if len(parts) != 3 {
		return wrong
	}
	year, errYear := digits(parts[0], 4)
	month, errMonth := digits(parts[1], 2)
	day, errDay := digits(parts[2], 2)
	read := Date{year, time.Month(month), day}
	if errYear != nil || errMonth != nil || errDay != nil || !read.exists() {
		return wrong
	}
	*d = read
	return nil
}

// exists: there is a 30 September and no 31 September.
func (d Date) exists() bool {
	at := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	return d.Year > 0 && at.Year() == d.Year && at.Month() == d.Month && at.Day() == d.Day
}

// inYear is the same day of another year, to compare days within the year.
func (d Date) inYear(year int) Date { return Date{year, d.Month, d.Day} }

func (d Date) compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

func dateOf(local time.Time) Date {
	y, m, d := local.Date()
	return Date{y, m, d}
}

// digits reads a number of exactly n digits.
func digits(s string, n int) (int, error) {
	if len(s) != n || strings.Trim(s, "0123456789") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.Atoi(s)
}
