package wire

import (
	"unicode/utf16"
	"unicode/utf8"

	"hiwar/internal/problem"
)

// Kind is what sort of JSON value a [Value] is.
type Kind uint8

// The kinds. False and True are two, so that a Value needs no field for them.
const (
	Null Kind = iota
	False
	True
	Number
	String
	Array
	Object
)

// Value is a parsed JSON value.
type Value struct {
	kind  Kind
	text  string   // String: its content; Number: as written
	keys  []string // Object: in order, no two equal
	items []Value  // Object: by keys; Array: the elements
}

// Kind is the value's kind.
func (v Value) Kind() Kind { return v.kind }

// Text is the string member of an object with this key.
func (v Value) Text(key string) (string, bool) {
	for i, k := range v.keys {
		if k == key && v.items[i].kind == String {
			return v.items[i].text, true
		}
	}
	return "", false
}

// Parse reads exactly one JSON value with nothing but white space around it.
func Parse(data []byte) (Value, error) {
	return parse(data, MaxMembers)
}

// parse is Parse with so many members in an object or array.
func parse(data []byte, members int) (Value, error) {
	if at, ok := firstInvalid(data); ok {
		return Value{}, problem.New(problem.InvalidUTF8, "offset", at)
	}
	p := parser{data: data, members: members}
	p.space()
	v, err := p.value(0)
	if err != nil {
		return Value{}, err
	}
	p.space()
	if p.at < len(data) {
		return Value{}, problem.New(problem.TrailingData, "offset", p.at)
	}
	return v, nil
}

func firstInvalid(data []byte) (int, bool) {
	if utf8.Valid(data) {
		return 0, false
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i, true
		}
		i += n
	}
	return 0, false
}

// parser walks over data, which is valid UTF-8.
type parser struct {
	data    []byte
	at      int
	members int // that an object or array may have
}

func (p *parser) bad() error { return problem.New(problem.BadJSON, "offset", p.at) }

func (p *parser) space() {
	for p.at < len(p.data) {
		switch p.data[p.at] {
		case ' ', '\t', '\r', '\n':
			p.at++
		default:
			return
		}
	}
}

// peek is the next byte, or 0 at the end; a 0 byte in the data is no JSON
// outside of strings, so the two need not be told apart.
func (p *parser) peek() byte {
	if p.at < len(p.data) {
		return p.data[p.at]
	}
	return 0
}

// value reads the value that begins here, inside depth arrays and objects.
func (p *parser) value(depth int) (Value, error) {
	switch c := p.peek(); {
	case c == '{':
		return p.object(depth + 1)
	case c == '[':
		return p.array(depth + 1)
	case c == '"':
		s, err := p.str()
		return Value{kind: String, text: s}, err
	case c == '-' || digit(c):
		return p.number()
	case c == 't':
		return p.word("true", True)
	case c == 'f':
		return p.word("false", False)
	case c == 'n':
		return p.word("null", Null)
	}
	return Value{}, p.bad()
}

func (p *parser) word(w string, k Kind) (Value, error) {
	if len(p.data)-p.at < len(w) || string(p.data[p.at:p.at+len(w)]) != w {
		return Value{}, p.bad()
	}
	p.at += len(w)
	return Value{kind: k}, nil
}

func (p *parser) object(depth int) (Value, error) {
	v := Value{kind: Object}
	err := p.list(depth, '}', func() error {
		if p.peek() != '"' {
			return p.bad()
		}
		key, err := p.str()
		if err != nil {
			return err
		}
		for _, k := range v.keys {
			if k == key {
				return problem.New(problem.DuplicateKey, "field", key)
			}
		}
		p.space()
		if p.peek() != ':' {
			return p.bad()
		}
		p.at++
		p.space()
		item, err := p.value(depth)
		v.keys, v.items = append(v.keys, key), append(v.items, item)
		return err
	})
	return v, err
}

func (p *parser) array(depth int) (Value, error) {
	v := Value{kind: Array}
	err := p.list(depth, ']', func() error {
		item, err := p.value(depth)
		v.items = append(v.items, item)
		return err
	})
	return v, err
}

// list reads what stands between brackets, item by item.
func (p *parser) list(depth int, end byte, item func() error) error {
	if depth > MaxDepth {
		return problem.New(problem.TooDeep, "max", MaxDepth, "offset", p.at)
	}
	p.at++
	p.space()
	if p.peek() == end {
		p.at++
		return nil
	}
	for n := 1; ; n++ {
		if n > p.members {
			return problem.New(problem.TooDeep, "max_members", p.members, "offset", p.at)
		}
		if err := item(); err != nil {
			return err
		}
		p.space()
		switch p.peek() {
		case end:
			p.at++
			return nil
		case ',':
			p.at++
			p.space()
		default:
			return p.bad()
		}
	}
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func (p *parser) digits() bool {
	from := p.at
	for digit(p.peek()) {
		p.at++
	}
	return p.at > from
}

func (p *parser) number() (Value, error) {
	from := p.at
	if p.peek() == '-' {
		p.at++
	}
	if p.peek() == '0' { // a leading zero stands alone
		p.at++
	} else if !p.digits() {
		return Value{}, p.bad()
	}
	if p.peek() == '.' {
		p.at++
		if !p.digits() {
			return Value{}, p.bad()
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.at++
		if c := p.peek(); c == '+' || c == '-' {
			p.at++
		}
		if !p.digits() {
			return Value{}, p.bad()
		}
	}
	return Value{kind: Number, text: string(p.data[from:p.at])}, nil
}

// str reads a string with its quotes. Half a surrogate pair is no character,
// and every reader would put something else in its place: it is refused.
func (p *parser) str() (string, error) {
	p.at++
	from := p.at
	for p.at < len(p.data) && p.data[p.at] != '"' && p.data[p.at] != '\\' && p.data[p.at] >= ' ' {
		p.at++
	}
	if p.peek() == '"' { // nothing was escaped: the usual case
		p.at++
		return string(p.data[from : p.at-1]), nil
	}
	out := append([]byte(nil), p.data[from:p.at]...)
	for p.at < len(p.data) {
		switch c := p.data[p.at]; {
		case c == '"':
			p.at++
			return string(out), nil
		case c < ' ':
			return "", p.bad()
		case c != '\\':
			out = append(out, c)
			p.at++
		default:
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			out = utf8.AppendRune(out, r)
		}
	}
	return "", p.bad()
}

// plain are the escapes of one letter.
var plain = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escape() (rune, error) {
	from := p.at
	p.at++
	c := p.peek()
	if r, ok := plain[c]; ok {
		p.at++
		return r, nil
	}
	r, ok := p.unit()
	if !ok {
		return 0, p.bad()
	}
	if !utf16.IsSurrogate(r) {
		return r, nil
	}
	if p.peek() == '\\' {
		p.at++
		if low, ok := p.unit(); ok {
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				return r, nil
			}
		}
	}
	return 0, problem.New(problem.InvalidUnicode, "offset", from)
}

// unit reads uXXXX.
func (p *parser) unit() (rune, bool) {
	if len(p.data)-p.at < 5 || p.data[p.at] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range p.data[p.at+1 : p.at+5] {
		switch {
		case digit(c):
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	p.at += 5
	return r, true
}
