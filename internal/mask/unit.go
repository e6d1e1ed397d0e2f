package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unit is one character of a text, however it is written there: as itself or,
// as in addresses of pages, as %D9%A4.
type unit struct {
	r          rune
	start, end int // its bytes in the text
	sort       sort
	digit      byte // of a digit
}

// sort says what a character is to a number.
type sort byte

const (
	other     sort = iota
	digit          // in any script
	separator      // may stand between two groups of digits
	nothing        // cannot be seen, or only changes how its neighbor looks
)

func unitsOf(text string) []unit {
	units := make([]unit, 0, len(text))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '%' {
			if decoded, long := percent(text[i:]); long > 0 {
				r, size = decoded, long
			}
		}
		u := unit{r: r, start: i, end: i + size}
		u.sort, u.digit = sortOf(r)
		units = append(units, u)
		i += size
	}
	return units
}

// percent reads one character that is written as %XX, once for each of its
// bytes; 0 bytes long if there is none.
func percent(text string) (r rune, long int) {
	var encoded [utf8.UTFMax]byte
	for n := 0; n < len(encoded) && len(text) >= 3*n+3 && text[3*n] == '%'; n++ {
		high, low := hex(text[3*n+1]), hex(text[3*n+2])
		if high < 0 || low < 0 {
			return 0, 0
		}
		encoded[n] = byte(high<<4 | low)
		if r, size := utf8.DecodeRune(encoded[:n+1]); size == n+1 && r != utf8.RuneError {
			return r, 3 * (n + 1)
		}
	}
	return 0, 0
}

func hex(b byte) int {
	switch {
	case '0' <= b && b <= '9':
		return int(b - '0')
	case 'a' <= b|0x20 && b|0x20 <= 'f':
		return int(b|0x20-'a') + 10
	}
	return -1
}

func sortOf(r rune) (sort, byte) {
	switch {
	case '0' <= r && r <= '9':
		return digit, byte(r - '0')
	case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || 0x621 <= r && r <= 0x63F || 0x641 <= r && r <= 0x64A:
		return other, 0 // most of what is written
	}
	if d, ok := value(r); ok {
		return digit, d
	}
	switch {
	case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me) || strings.ContainsRune(blanks, r):
		return nothing, 0
	case unicode.IsSpace(r) || unicode.In(r, unicode.Z, unicode.Pd) || strings.ContainsRune(between, r):
		return separator, 0
	}
	return other, 0
}

// blanks are letters and symbols by their category, and nothing to the eye.
const blanks = "\u115F\u1160\u2800\u3164\uFFA0"

// between is what people put between groups of digits beside spaces and
// dashes. The tatweel stretches a line, the bullet is what masking leaves.
const between = "−.,،٫٬·•‧∙⋅・。．，_/\\|¦:;*+~'’‘`´\"ـ⁄∕\uFFFD"

// value is the value of a digit in any script, or in any dress.
func value(r rune) (byte, bool) {
	if unicode.Is(unicode.Nd, r) {
		return decimal(r), true
	}
	if i := strings.IndexRune(han, r); i >= 0 {
		return byte(i / len("一") % 10), true
	}
	for _, d := range dressed {
		if d.first <= r && r < d.first+rune(d.many) {
			return d.value + byte(r-d.first), true
		}
	}
	return 0, false
}

// decimal digits come in runs of ten that begin with the script's zero.
func decimal(r rune) byte {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10)
		}
	}
	return 0
}

// han are the digits of Chinese and Japanese, with both zeros.
const han = "〇一二三四五六七八九零"

// firstDressed is the first digit that is not ASCII.
const firstDressed = '²'

// dressed are digits that are no decimal digits to Unicode: raised, lowered,
// in circles and parentheses.
var dressed = []struct {
	first rune
	many  int
	value byte
}{
	{'²', 2, 2},
	{'¹', 1, 1},
	{'⁰', 1, 0},
	{'⁴', 6, 4},
	{'₀', 10, 0},
	{'①', 9, 1},
	{'⑴', 9, 1},
	{'⒈', 9, 1},
	{'⓪', 1, 0},
	{'⓵', 9, 1},
	{'⓿', 1, 0},
	{'❶', 9, 1},
	{'➀', 9, 1},
	{'➊', 9, 1},
}
