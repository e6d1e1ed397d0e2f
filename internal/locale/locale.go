// Package locale holds the sentences that the server itself says, in Arabic
// and in English: answers to refused requests, lines in transcripts, counts,
// and the pages served without a script.
//
// The sentences come from the catalogues in web/locales, which the browser
// uses too; catalogue_gen.go is written from them. Text put into a sentence is
// isolated, so that a Latin name cannot turn an Arabic line around.
package locale

import "strings"

// Lang is a language the product speaks.
type Lang string

// The languages, as BCP 47 tags.
const (
	Arabic  Lang = "ar"
	English Lang = "en"
)

// Dir returns the direction of a page in this language, as HTML spells it.
func (l Lang) Dir() string {
	if l == Arabic {
		return "rtl"
	}
	return "ltr"
}

// Params are the values put into a sentence, by the name of their placeholder.
// Numbers may be of any integer type, or a float64 as JSON gives it.
type Params map[string]any

// translations holds one message in every language.
type translations map[Lang]message

// message is the parts of a sentence, in order.
type message []part

// part is a piece of literal text, a placeholder, or a count with its forms.
type part struct {
	text   string
	arg    string
	number bool
	forms  map[string]message
}

// render returns the message of key in lang. Unknown languages read English.
func render(lang Lang, key string, params Params) string {
	m, ok := catalogue[key][lang]
	if !ok {
		lang, m = English, catalogue[key][English]
	}
	var b strings.Builder
	m.write(&b, lang, params)
	return b.String()
}

func (m message) write(b *strings.Builder, lang Lang, params Params) {
	for _, p := range m {
		switch {
		case p.arg == "":
			b.WriteString(p.text)
		case p.forms != nil:
			n, _ := integer(params[p.arg])
			p.form(lang, n).write(b, lang, params)
		default:
			writeValue(b, params[p.arg])
		}
	}
}

func (p part) form(lang Lang, n int64) message {
	if exact, ok := p.forms["=0"]; ok && n == 0 {
		return exact
	}
	return p.forms[plural(lang, n)]
}

// complete reports whether params has a value for every placeholder.
func (m message) complete(params Params) bool {
	for _, p := range m {
		if _, ok := params[p.arg]; p.arg != "" && !ok {
			return false
		}
	}
	return true
}
