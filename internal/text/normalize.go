package text

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NormalizeMessage returns text as it is stored and counted: valid UTF-8, in
// normalization form C, each CR LF or lone CR turned into LF. Applying it
// twice changes nothing more.
func NormalizeMessage(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return nfc(text)
}

// Count returns the number of characters of text: code points after
// [NormalizeMessage]. Limits compare with this number.
func Count(text string) int {
	return utf8.RuneCountInString(NormalizeMessage(text))
}

func nfc(text string) string  { return compose(text, norm.NFC, norm.NFD) }
func nfkc(text string) string { return compose(text, norm.NFKC, norm.NFKD) }

// compose normalizes text to the composed form.
//
// x/text puts a U+034F after every 30 combining marks (the Stream-Safe
// format); browsers do not. A text with so many marks would be counted
// differently on the two sides, so it takes the long way here.
func compose(text string, composed, decomposed norm.Form) string {
	if composed.IsNormalString(text) {
		return text
	}
	if longestMarkRun(text, decomposed) < 20 {
		return composed.String(text)
	}
	return composeRunes(decomposeRunes(text, decomposed))
}

func longestMarkRun(text string, decomposed norm.Form) int {
	longest, run := 0, 0
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			run = 0
			i++
			continue
		}
		p := decomposed.PropertiesString(text[i:])
		size := max(p.Size(), 1)
		marks := utf8.RuneCount(p.Decomposition())
		if p.LeadCCC() == 0 {
			run = 0
		} else {
			marks = max(marks, 1)
		}
		run += marks
		longest = max(longest, run)
		i += size
	}
	return longest
}

// decomposeRunes returns the canonically ordered full decomposition.
func decomposeRunes(text string, decomposed norm.Form) []rune {
	var out []rune
	for _, r := range text {
		out = append(out, []rune(decomposed.String(string(r)))...)
	}
	for start := 0; start < len(out); {
		end := start
		for end < len(out) && ccc(out[end]) != 0 {
			end++
		}
		slices.SortStableFunc(out[start:end], func(a, b rune) int { return int(ccc(a)) - int(ccc(b)) })
		start = end + 1
	}
	return out
}

// composeRunes is the canonical composition algorithm: each mark joins the
// last starter unless another mark of its class or higher stands between.
func composeRunes(in []rune) string {
	out := make([]rune, 0, len(in))
	starter, lastClass := -1, uint8(0)
	for _, r := range in {
		class := ccc(r)
		if starter >= 0 && (lastClass < class || starter == len(out)-1) {
			if joined, ok := pair(out[starter], r); ok {
				out[starter] = joined
				continue
			}
		}
		if class == 0 {
			starter = len(out)
		}
		lastClass = class
		out = append(out, r)
	}
	return string(out)
}

func pair(a, b rune) (rune, bool) {
	joined := norm.NFC.String(string([]rune{a, b}))
	r, size := utf8.DecodeRuneInString(joined)
	return r, size == len(joined)
}

func ccc(r rune) uint8 {
	if r < utf8.RuneSelf {
		return 0
	}
	return norm.NFC.PropertiesString(string(r)).CCC()
}
