package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// zwnj between two Arabic letters keeps them from joining into a syllable.
const zwnj = "\u200C"

// Initials returns the one or two letters that stand for name in an avatar,
// or "" when there are none to take and an icon should stand there (S17).
//
// Titles, what stands in parentheses, tashkeel, emoji, the word for "son of"
// and the article are passed over; عبد and أبو belong to the next word. Two
// letters come from the first and the last word, if both are of one script
// and do not make a vulgar pair. Latin, Greek and Cyrillic letters are
// capitals.
func Initials(name string) string {
	words := nameWords(name)
	if len(words) == 0 {
		return ""
	}
	first, firstScript := initial(words[0])
	if len(words) == 1 {
		return first
	}
	last, lastScript := initial(words[len(words)-1])
	if firstScript != lastScript || blocked.has(first+last) {
		return first
	}
	if firstScript == "arabic" {
		return first + zwnj + last
	}
	return first + last
}

// nameWords returns the words of a name that have a letter to give, without
// those that are passed over.
func nameWords(name string) []string {
	name = stripForInitials(name)
	if anonymous(name) {
		return nil
	}
	fields := strings.FieldsFunc(name, whitespace.has)
	for len(fields) > 1 && titles.has(fields[0]) {
		fields = fields[1:]
	}
	var words []string
	joinsNext := false
	for i, word := range fields {
		skip := joinsNext || filiation.has(word) && len(fields) > 1
		joinsNext = compounds.has(word) && i+1 < len(fields)
		if word = dropArticle(word); !skip && strings.ContainsFunc(word, unicode.IsLetter) {
			words = append(words, word)
		}
	}
	return words
}

// stripForInitials drops parentheses with their content, tashkeel, tatweel,
// emoji and everything CleanName drops.
func stripForInitials(name string) string {
	var b strings.Builder
	depth := 0
	for _, r := range CleanName(name) {
		switch {
		case r == '(' || r == '（':
			depth++
			b.WriteRune(' ')
		case r == ')' || r == '）':
			depth = max(depth-1, 0)
		case depth > 0, harakat.has(r), emoji.has(r):
		default:
			b.WriteRune(r)
		}
	}
	return CleanName(b.String())
}

// anonymous reports whether the name is one we gave to a visitor ourselves,
// such as visitor-8f3a.
func anonymous(name string) bool {
	hex, found := strings.CutPrefix(strings.ToLower(name), "visitor-")
	return found && strings.Trim(hex, "0123456789abcdef") == ""
}

// wordSet holds folded words.
type wordSet map[string]bool

var (
	titles    = newWordSet(initialsTitles)
	filiation = newWordSet(initialsFiliation)
	compounds = newWordSet(initialsCompound)
	blocked   = newWordSet(initialsBlocked)
)

func newWordSet(words []string) wordSet {
	set := make(wordSet, len(words))
	for _, word := range words {
		set[Fold(word)] = true
	}
	return set
}

// has reports whether word is one of the set, whatever its case and hamza,
// with or without a full stop.
func (s wordSet) has(word string) bool {
	return s[Fold(strings.TrimRight(word, ".،,"))]
}

// dropArticle takes ال, Al- or El- from the front if at least two letters
// remain.
func dropArticle(word string) string {
	if rest, ok := strings.CutPrefix(word, "ال"); ok && utf8.RuneCountInString(rest) >= 2 {
		return rest
	}
	if head, rest, ok := strings.Cut(word, "-"); ok && utf8.RuneCountInString(rest) >= 2 {
		if strings.EqualFold(head, "al") || strings.EqualFold(head, "el") {
			return rest
		}
	}
	return word
}

// initial returns the first letter of word with up to two marks that belong
// to it, and its script.
func initial(word string) (letter, script string) {
	runes := []rune(word)
	at := slices.IndexFunc(runes, unicode.IsLetter)
	end := at + 1
	for end < len(runes) && end < at+3 && unicode.IsMark(runes[end]) && !variation.has(runes[end]) {
		end++
	}
	script = scriptOf(runes[at])
	if script == "latin" || script == "greek" || script == "cyrillic" {
		runes[at] = unicode.ToUpper(runes[at])
	}
	return nfc(string(runes[at:end])), script
}

func scriptOf(r rune) string {
	switch {
	case scriptArabic.has(r):
		return "arabic"
	case scriptLatin.has(r):
		return "latin"
	case scriptGreek.has(r):
		return "greek"
	case scriptCyrillic.has(r):
		return "cyrillic"
	case scriptHebrew.has(r):
		return "hebrew"
	default:
		return "other"
	}
}
