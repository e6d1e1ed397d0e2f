package wire

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"hiwar/internal/problem"
)

// Into stores an object in the struct that dst points to. Members find their
// field by its json tag, letter by letter; a member without a field is
// refused, a field without a member keeps its value. Fields are strings,
// booleans, numbers, durations ("1m30s"), what reads its own text, structs,
// slices and pointers of these, and maps of strings; null is for pointers only.
func (v Value) Into(dst any) error {
	p := reflect.ValueOf(dst)
	if p.Kind() != reflect.Pointer || p.Elem().Kind() != reflect.Struct {
		panic(fmt.Sprintf("wire: %T is not a pointer to a struct", dst))
	}
	return v.bind(p.Elem(), "")
}

// bind stores v in to, which callers know by this path.
func (v Value) bind(to reflect.Value, path string) error {
	if to.Type() == duration {
		return v.bindDuration(to, path)
	}
	if t, ok := to.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return v.bindText(t, path)
	}
	switch to.Kind() {
	case reflect.Pointer:
		if v.kind == Null {
			to.SetZero()
			return nil
		}
		to.Set(reflect.New(to.Type().Elem()))
		return v.bind(to.Elem(), path)
	case reflect.Struct:
		return v.bindStruct(to, path)
	case reflect.Slice:
		if v.kind != Array {
			return wrongType(path, "list")
		}
		to.Set(reflect.MakeSlice(to.Type(), len(v.items), len(v.items)))
		for i, item := range v.items {
			if err := item.bind(to.Index(i), path+"."+strconv.Itoa(i)); err != nil {
				return err
			}
		}
		return nil
	case reflect.Map:
		return v.bindMap(to, path)
	case reflect.String:
		if v.kind != String {
			return wrongType(path, "string")
		}
		to.SetString(v.text)
		return nil
	case reflect.Bool:
		if v.kind != True && v.kind != False {
			return wrongType(path, "boolean")
		}
		to.SetBool(v.kind == True)
		return nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.bindInt(to, path)
	case reflect.Float64:
		return v.bindFloat(to, path)
	}
	panic(fmt.Sprintf("wire: no reading of %s", to.Type()))
}

// bindText lets the field read its text.
func (v Value) bindText(to encoding.TextUnmarshaler, path string) error {
	if v.kind != String {
		return wrongType(path, "string")
	}
	if err := to.UnmarshalText([]byte(v.text)); err != nil {
		return problem.New(problem.InvalidParameter, "parameter", path).Because(err)
	}
	return nil
}

// bindMap replaces the whole map.
func (v Value) bindMap(to reflect.Value, path string) error {
	if v.kind != Object {
		return wrongType(path, "object")
	}
	all := reflect.MakeMapWithSize(to.Type(), len(v.keys))
	for i, key := range v.keys {
		item := reflect.New(to.Type().Elem()).Elem()
		if err := v.items[i].bind(item, join(path, key)); err != nil {
			return err
		}
		all.SetMapIndex(reflect.ValueOf(key).Convert(to.Type().Key()), item)
	}
	to.Set(all)
	return nil
}

func (v Value) bindStruct(to reflect.Value, path string) error {
	if v.kind != Object {
		return wrongType(path, "object")
	}
	field := -1
	for i, key := range v.keys {
		field = fieldFor(to.Type(), key, field+1)
		if field < 0 {
			return unknown(to.Type(), key, join(path, key))
		}
		if err := v.items[i].bind(to.Field(field), join(path, key)); err != nil {
			return err
		}
	}
	return nil
}

func (v Value) bindInt(to reflect.Value, path string) error {
	if v.kind != Number {
		return wrongType(path, "integer")
	}
	bits := to.Type().Bits()
	n, err := strconv.ParseInt(v.text, 10, bits)
	if err == nil {
		to.SetInt(n)
		return nil
	}
	// 1.5 is the wrong type of number; 1e999 and 2^63 are numbers of the right
	// type for most readers, and out of range for all of them.
	largest := int64(math.MaxInt64) >> (64 - bits)
	if f, err := strconv.ParseFloat(v.text, 64); err == nil && math.Abs(f) < float64(largest) {
		return wrongType(path, "integer")
	}
	return problem.New(problem.OutOfRange, "field", path, "min", -largest-1, "max", largest)
}

func (v Value) bindFloat(to reflect.Value, path string) error {
	if v.kind != Number {
		return wrongType(path, "number")
	}
	f, err := strconv.ParseFloat(v.text, 64)
	if err != nil {
		return problem.New(problem.OutOfRange, "field", path, "min", -math.MaxFloat64, "max", math.MaxFloat64)
	}
	to.SetFloat(f)
	return nil
}

var duration = reflect.TypeFor[time.Duration]()

func (v Value) bindDuration(to reflect.Value, path string) error {
	if v.kind != String {
		return wrongType(path, "duration")
	}
	d, err := time.ParseDuration(v.text)
	if err != nil {
		return wrongType(path, "duration")
	}
	to.SetInt(int64(d))
	return nil
}

func wrongType(path, expected string) error {
	if path == "" {
		path = "body"
	}
	return problem.New(problem.WrongType, "field", path, "expected", expected)
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// name is how callers know a field; "" if they do not.
func name(f reflect.StructField) string {
	n, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if n == "-" || !f.IsExported() {
		return ""
	}
	return n
}

// fieldFor looks from a field on, round to the one before: members mostly come
// in the order of the fields, and to look at a tag costs more than to read a
// member.
func fieldFor(t reflect.Type, key string, from int) int {
	if key == "" {
		return -1
	}
	n := t.NumField()
	for i := range n {
		if at := (from + i) % n; name(t.Field(at)) == key {
			return at
		}
	}
	return -1
}

// unknown says which field was probably meant, if one is near enough.
func unknown(t reflect.Type, key, path string) error {
	best, distance := "", 3
	for i := range t.NumField() {
		n := name(t.Field(i))
		if n == "" || len(n) <= 2 && !strings.EqualFold(key, n) {
			continue // two letters away from a word of two letters is anything
		}
		if d := edits(strings.ToLower(key), n); d < distance {
			best, distance = n, d
		}
	}
	if best == "" {
		return problem.New(problem.UnknownField, "field", path)
	}
	return problem.New(problem.UnknownField, "field", path, "suggestion", best)
}

// edits counts the letters to insert, remove or replace that make a into b,
// up to 3, which is more than a slip of the finger.
func edits(a, b string) int {
	if len(a) > len(b)+2 || len(b) > len(a)+2 {
		return 3
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
