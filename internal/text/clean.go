package text

import "strings"

const (
	lri = '\u2066' // first of the three isolate initiators
	fsi = '\u2068' // last of them
	pdi = '\u2069' // ends an isolate
)

// CleanBody takes from a message what could disturb the direction of the
// lines around it: the embedding and override characters U+202A to U+202E,
// and isolates that are not closed, or not opened, within their paragraph.
// Direction marks and joiners stay. The result is in form C when text is, and
// has no more characters than text.
func CleanBody(text string) string {
	if !strings.ContainsAny(text, "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069") {
		return text
	}
	kept := make([]rune, 0, len(text))
	for _, r := range text {
		if !override.has(r) {
			kept = append(kept, r)
		}
	}
	// What stood apart may now compose.
	return nfc(string(balance(kept)))
}

// balance drops isolate characters that have no partner in their paragraph.
// Dropping, unlike adding the missing partner, never makes a text longer.
func balance(text []rune) []rune {
	var open []int
	orphan := make(map[int]bool)
	giveUp := func() {
		for _, i := range open {
			orphan[i] = true
		}
		open = open[:0]
	}
	for i, r := range text {
		switch {
		case r == '\n' || r == '\u2029':
			giveUp()
		case lri <= r && r <= fsi:
			open = append(open, i)
		case r == pdi && len(open) > 0:
			open = open[:len(open)-1]
		case r == pdi:
			orphan[i] = true
		}
	}
	giveUp()
	kept := text[:0]
	for i, r := range text {
		if !orphan[i] {
			kept = append(kept, r)
		}
	}
	return kept
}

// CleanName returns the text as the name, subject or label of something: in
// form C, on one line, white space runs turned into one space and trimmed,
// without direction controls, tag characters and invisible characters. A
// joiner stays between two visible characters, a variation selector after
// one, because names in Persian, Sinhala and Japanese need them.
//
// The result is empty when nothing visible is left. It can still hold control
// characters; [Name] refuses those.
func CleanName(text string) string {
	in := []rune(NormalizeMessage(text))
	out := make([]rune, 0, len(in))
	space, joiners := false, []rune(nil)
	for _, r := range in {
		switch visible := len(out) > 0 && !space; {
		case whitespace.has(r):
			space = len(out) > 0
			joiners = nil
		case variation.has(r):
			if visible && joiners == nil && !variation.has(out[len(out)-1]) {
				out = append(out, r)
			}
		case joiner.has(r):
			if visible && joiners == nil {
				joiners = []rune{r}
			}
		case invisible.has(r):
		default:
			if space {
				out = append(out, ' ')
			}
			out = append(append(out, joiners...), r)
			space, joiners = false, nil
		}
	}
	return nfc(string(out))
}

// Isolate wraps text between U+2068 and U+2069 so that it does not change the
// order of what stands around it in plain text: a title, a notification, a
// label. Isolates inside that are not in pairs are dropped, so that text
// cannot break out.
func Isolate(text string) string {
	return string(fsi) + CleanBody(text) + string(pdi)
}
