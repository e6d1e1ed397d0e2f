package text

import "strings"

// Dir is the way a paragraph runs.
type Dir string

// The two ways, spelled as HTML spells them.
const (
	LTR Dir = "ltr"
	RTL Dir = "rtl"
)

// rtlShare is the share of right-to-left words above which a paragraph runs
// right to left. Below half, because Arabic sentences carry many Latin names
// and the other way round is rare.
const rtlShare = 0.40

// Direction returns the way one paragraph runs. Each word counts with its
// first strong letter; URLs, e-mail addresses, mentions, tags and code spans
// do not count, and digits, emoji and punctuation have no direction. Without
// any word that counts the paragraph runs like fallback.
func Direction(paragraph string, fallback Dir) Dir {
	if dir, ok := direction(paragraph); ok {
		return dir
	}
	return fallback
}

// Directions returns the way each line of text runs. A line without direction
// runs like the last one that had one, at first like fallback.
func Directions(text string, fallback Dir) []Dir {
	var dirs []Dir
	for paragraph := range strings.SplitSeq(text, "\n") {
		fallback = Direction(paragraph, fallback)
		dirs = append(dirs, fallback)
	}
	return dirs
}

func direction(paragraph string) (Dir, bool) {
	rtlWords, words := 0, 0
	for word := range strings.FieldsFuncSeq(dropCode(paragraph), whitespace.has) {
		if reference(word) {
			continue
		}
		switch firstStrong(word) {
		case RTL:
			rtlWords++
			words++
		case LTR:
			words++
		}
	}
	switch {
	case words == 0:
		return "", false
	case float64(rtlWords)/float64(words) > rtlShare:
		return RTL, true
	default:
		return LTR, true
	}
}

// dropCode takes out what stands between two backticks. A single one stays.
func dropCode(s string) string {
	parts := strings.Split(s, "`")
	var b strings.Builder
	for i, part := range parts {
		if i%2 == 0 {
			b.WriteString(part)
		} else if i == len(parts)-1 {
			b.WriteString(part)
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// reference reports whether the word points somewhere rather than says
// something: a URL, an e-mail address, a mention or a tag.
func reference(word string) bool {
	word = strings.ToLower(strings.TrimLeft(word, `([{"'«“‘`))
	for _, start := range []string{"http://", "https://", "www.", "@", "#"} {
		if strings.HasPrefix(word, start) {
			return true
		}
	}
	before, after, found := strings.Cut(word, "@")
	return found && before != "" && strings.Contains(after, ".")
}

// firstStrong returns the direction of the first letter that has one, or "".
func firstStrong(word string) Dir {
	for _, r := range word {
		switch {
		case rtl.has(r):
			return RTL
		case !neutral.has(r):
			return LTR
		}
	}
	return ""
}
