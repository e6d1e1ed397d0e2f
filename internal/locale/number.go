package locale

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// plural returns the CLDR form of an integer.
func plural(lang Lang, n int64) string {
	if lang != Arabic {
		if n == 1 {
			return "one"
		}
		return "other"
	}
	rest := n % 100
	switch {
	case n == 0:
		return "zero"
	case n == 1:
		return "one"
	case n == 2:
		return "two"
	case 3 <= rest && rest <= 10:
		return "few"
	case 11 <= rest:
		return "many"
	default:
		return "other"
	}
}

// integer returns v as a whole number, if it is one.
func integer(v any) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case int32:
		return int64(v), true
	case int64:
		return v, true
	case float64:
		return int64(v), v == math.Trunc(v) && math.Abs(v) < 1<<53
	default:
		return 0, false
	}
}

// writeValue writes a number with its thousands apart, anything else as an
// isolate. Sentences of the server use Latin digits in both languages, and
// universal time, because the reader's zone is not known here.
func writeValue(b *strings.Builder, v any) {
	if n, ok := integer(v); ok {
		writeGrouped(b, strconv.FormatInt(n, 10))
		return
	}
	if at, ok := v.(time.Time); ok {
		v = at.UTC().Format("2006-01-02 15:04 UTC")
	}
	b.WriteRune('\u2068')
	b.WriteString(strings.Map(dropControls, fmt.Sprint(v)))
	b.WriteRune('\u2069')
}

func writeGrouped(b *strings.Builder, digits string) {
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		b.WriteByte('-')
		digits = rest
	}
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
}

// dropControls takes out what could end the isolate from inside.
func dropControls(r rune) rune {
	if '\u202A' <= r && r <= '\u202E' || '\u2066' <= r && r <= '\u2069' || r == '\n' {
		return -1
	}
	return r
}
