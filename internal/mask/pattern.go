package mask

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of an organization's own patterns. Together they bound the time that
// a text takes, whatever the patterns and the text are: each pattern looks at
// each character once, with each of its instructions.
const (
	MostPatterns    = 20
	LongestPattern  = 200 // bytes
	mostInstruction = 400
)

// What is wrong with a pattern.
var (
	ErrPattern = errors.New("mask: not a pattern")
	ErrTooLong = errors.New("mask: a pattern takes too long")
	ErrEmpty   = errors.New("mask: a pattern that finds nothing everywhere")
)

// Set are an organization's own patterns. They see the text as if all digits
// were 0 to 9 and nothing invisible were between the characters.
type Set struct{ patterns []*regexp.Regexp }

// New makes a set of patterns in the syntax of RE2. An error is one of this
// package's; use [Check] to know which pattern it is about.
func New(patterns []string) (*Set, error) {
	s := &Set{}
	for _, p := range patterns {
		if err := Check(p); err != nil {
			return nil, err
		}
		s.patterns = append(s.patterns, regexp.MustCompile(p))
	}
	return s, nil
}

// Check is what is wrong with a pattern, or nil.
func Check(pattern string) error {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil || len(pattern) > LongestPattern {
		return ErrPattern
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return ErrPattern
	}
	if len(program.Inst) > mostInstruction {
		return ErrTooLong
	}
	if regexp.MustCompile(pattern).MatchString("") {
		return ErrEmpty
	}
	return nil
}

func (s *Set) empty() bool { return s == nil || len(s.patterns) == 0 }

// find hides the letters and digits of what the patterns find, and reports
// whether there are any.
func (s *Set) find(units []unit, hidden []bool) (any bool) {
	if s.empty() {
		return false
	}
	var plain strings.Builder
	var at []int // the unit of each byte
	for i, u := range units {
		if u.sort == nothing {
			continue
		}
		r := u.r
		if u.sort == digit {
			r = rune('0' + u.digit)
		}
		n, _ := plain.WriteRune(r)
		for range n {
			at = append(at, i)
		}
	}
	text := plain.String()
	for _, p := range s.patterns {
		for _, m := range p.FindAllStringIndex(text, -1) {
			for b := m[0]; b < m[1]; b++ {
				r, _ := utf8.DecodeRuneInString(text[b:])
				if i := at[b]; utf8.RuneStart(text[b]) && !hidden[i] && (unicode.IsLetter(r) || unicode.IsNumber(r)) {
					hidden[i], any = true, true
				}
			}
		}
	}
	return any
}
