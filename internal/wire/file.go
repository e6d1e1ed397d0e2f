package wire

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"hiwar/internal/problem"
)

// The limits of a file: what one person prepares with care may be larger than
// what anybody sends at any time.
const (
	MaxFile        = 8 << 20 // bytes
	MaxFileMembers = 100_000 // members of one object, elements of one array
)

// ReadFile is [Decode] within the limits of a file.
func ReadFile(data []byte, dst any) error {
	if len(data) > MaxFile {
		return problem.New(problem.BodyTooLarge, "max", MaxFile)
	}
	v, err := parse(data, MaxFileMembers)
	if err != nil {
		return err
	}
	return v.Into(dst)
}

// WriteFile writes what [ReadFile] reads back as the same value: indented, the
// fields in their order under their json names, durations as "1m30s". What
// stands in a list leaves out its fields that are zero or have no elements, and
// so does a field whose tag says omitempty.
func WriteFile(v any) []byte {
	w := fileWriter{}
	w.value(reflect.ValueOf(v))
	w.WriteByte('\n')
	return w.Bytes()
}

// Text is one value as it would stand in a file, on one line.
func Text(v any) string {
	w := fileWriter{flat: true}
	w.value(reflect.ValueOf(v))
	return w.String()
}

type fileWriter struct {
	bytes.Buffer
	depth int
	flat  bool // on one line
	brief bool // without what is zero
}

func (w *fileWriter) value(v reflect.Value) {
	if v.Type() == duration {
		w.text(time.Duration(v.Int()).String())
		return
	}
	if t, ok := v.Interface().(encoding.TextMarshaler); ok {
		if text, err := t.MarshalText(); err == nil {
			w.text(string(text))
			return
		}
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			w.WriteString("null")
			return
		}
		w.value(v.Elem())
	case reflect.Struct:
		w.members(v)
	case reflect.Slice:
		w.elements(v)
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		w.list('{', '}', len(keys), func(i int) {
			w.text(keys[i].String())
			w.WriteString(": ")
			w.value(v.MapIndex(keys[i]))
		})
	case reflect.String:
		w.text(v.String())
	case reflect.Bool:
		w.WriteString(strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.WriteString(strconv.FormatInt(v.Int(), 10))
	case reflect.Float64:
		w.WriteString(strconv.FormatFloat(v.Float(), 'g', -1, 64))
	default:
		panic(fmt.Sprintf("wire: no writing of %s", v.Type()))
	}
}

// omitted reports whether the field's tag lets it be left out.
func omitted(f reflect.StructField) bool { return strings.HasSuffix(f.Tag.Get("json"), ",omitempty") }

func empty(v reflect.Value) bool {
	return v.IsZero() || (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.Len() == 0
}

func (w *fileWriter) members(v reflect.Value) {
	var fields []int
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if name(f) != "" && !((w.brief || omitted(f)) && empty(v.Field(i))) {
			fields = append(fields, i)
		}
	}
	w.list('{', '}', len(fields), func(i int) {
		w.text(name(v.Type().Field(fields[i])))
		w.WriteString(": ")
		w.value(v.Field(fields[i]))
	})
}

// elements writes a list; one of plain values stays on one line.
func (w *fileWriter) elements(v reflect.Value) {
	flat, brief := w.flat, w.brief
	w.flat, w.brief = flat || v.Type().Elem().Kind() != reflect.Struct, true
	w.list('[', ']', v.Len(), func(i int) { w.value(v.Index(i)) })
	w.flat, w.brief = flat, brief
}

// list writes n items between brackets.
func (w *fileWriter) list(begin, end byte, n int, item func(int)) {
	w.WriteByte(begin)
	w.depth++
	for i := range n {
		if i > 0 {
			w.WriteByte(',')
		}
		w.line(i > 0)
		item(i)
	}
	w.depth--
	if n > 0 {
		w.line(false)
	}
	w.WriteByte(end)
}

// line begins a new line, or in a flat text leaves a space where one belongs.
func (w *fileWriter) line(between bool) {
	if w.flat {
		if between {
			w.WriteByte(' ')
		}
		return
	}
	w.WriteByte('\n')
	for range w.depth {
		w.WriteString("  ")
	}
}

// text writes a string as people want to read it: no escapes for what a page
// would take for markup.
func (w *fileWriter) text(s string) {
	e := json.NewEncoder(&w.Buffer)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string into memory
	w.Truncate(w.Len() - 1)
}
