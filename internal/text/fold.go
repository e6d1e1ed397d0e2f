package text

import (
	"strings"
	"unicode"
)

// Fold returns what a search compares: compatibility form, lower case,
// without tashkeel, tatweel and invisible characters, the alef, ya, ta marbuta
// and hamza forms and the digits of each script unified, white space runs as
// one space and trimmed. Folding twice changes nothing more. Folded text is
// never shown.
func Fold(text string) string {
	return strings.Join(strings.FieldsFunc(foldOnce(foldOnce(text)), whitespace.has), " ")
}

// foldOnce may leave characters side by side that compose or map further, so
// it is applied twice.
func foldOnce(text string) string {
	var b strings.Builder
	for _, r := range nfkc(dropMarks(NormalizeMessage(text))) {
		if to, ok := foldMap[r]; ok {
			b.WriteString(to)
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return dropMarks(b.String())
}

func dropMarks(text string) string {
	return strings.Map(func(r rune) rune {
		if foldDropped.has(r) || invisible.has(r) {
			return -1
		}
		return r
	}, text)
}
