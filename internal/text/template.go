package text

import (
	"strings"
	"unicode/utf8"
)

// FieldLimit is the longest name of a field in a template, in characters.
const FieldLimit = 60

// TemplateKind says what a part of a template is.
type TemplateKind string

// The kinds of part.
const (
	TemplateText     TemplateKind = "text"
	TemplateVariable TemplateKind = "variable" // @@name: filled from the conversation
	TemplateField    TemplateKind = "field"    // <name>: filled by the agent
)

// TemplatePart is one piece of a template, in order. Value is the text itself,
// or the name of the variable or field without its signs.
type TemplatePart struct {
	Kind  TemplateKind
	Value string
}

// TemplateFault is something in a template that is neither text, variable nor
// field. It stands in the parts as text.
type TemplateFault struct {
	Reason   string // unknown_variable · unclosed_field · empty_field · long_field · stray_sign
	Position int    // in code points of the normalized text, from 0
}

// TemplateVariables are the names that @@ can be followed by.
var TemplateVariables = []string{"agent_name", "conversation", "customer_name", "organization", "queue"}

// ParseTemplate splits the text of a template, normalized, into its parts. No
// two pieces of text stand side by side, none is empty, and the parts joined
// with their signs are the normalized text again.
//
// A variable is @@ and the longest run of lower-case Latin letters, digits and
// low lines after it; @@ before anything else is text. A field is what stands
// between < and > on one line.
func ParseTemplate(template string) (parts []TemplatePart, faults []TemplateFault) {
	p := templateParser{rest: NormalizeMessage(template)}
	for p.rest != "" {
		p.next()
	}
	p.flush()
	return p.parts, p.faults
}

type templateParser struct {
	rest   string
	at     int // position of rest, in code points
	plain  strings.Builder
	parts  []TemplatePart
	faults []TemplateFault
}

func (p *templateParser) next() {
	switch {
	case strings.HasPrefix(p.rest, "@@"):
		p.variable()
	case p.rest[0] == '<':
		p.field()
	case p.rest[0] == '>':
		p.fault("stray_sign")
		p.text(1)
	default:
		_, size := utf8.DecodeRuneInString(p.rest)
		p.text(size)
	}
}

func (p *templateParser) variable() {
	n := len("@@")
	for n < len(p.rest) && nameByte(p.rest[n]) {
		n++
	}
	name := p.rest[len("@@"):n]
	switch {
	case name == "":
		p.text(1) // the second sign may begin a variable
	case !knownVariable(name):
		p.fault("unknown_variable")
		p.text(n)
	default:
		p.part(TemplateVariable, name, n)
	}
}

func nameByte(b byte) bool { return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' || b == '_' }

func knownVariable(name string) bool {
	for _, v := range TemplateVariables {
		if v == name {
			return true
		}
	}
	return false
}

func (p *templateParser) field() {
	end := strings.IndexAny(p.rest[1:], "<>\n")
	if end < 0 || p.rest[1+end] != '>' {
		p.fault("unclosed_field")
		p.text(1)
		return
	}
	name, n := p.rest[1:1+end], end+len("<>")
	switch {
	case Blank(name):
		p.fault("empty_field")
		p.text(n)
	case utf8.RuneCountInString(name) > FieldLimit:
		p.fault("long_field")
		p.text(n)
	default:
		p.part(TemplateField, name, n)
	}
}

// text takes n bytes as text.
func (p *templateParser) text(n int) {
	p.plain.WriteString(p.rest[:n])
	p.advance(n)
}

func (p *templateParser) part(kind TemplateKind, value string, n int) {
	p.flush()
	p.parts = append(p.parts, TemplatePart{kind, value})
	p.advance(n)
}

func (p *templateParser) fault(reason string) {
	p.faults = append(p.faults, TemplateFault{reason, p.at})
}

func (p *templateParser) flush() {
	if p.plain.Len() > 0 {
		p.parts = append(p.parts, TemplatePart{TemplateText, p.plain.String()})
		p.plain.Reset()
	}
}

func (p *templateParser) advance(n int) {
	p.at += utf8.RuneCountInString(p.rest[:n])
	p.rest = p.rest[n:]
}
