package cluster

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"hiwar/internal/access"
	"hiwar/internal/engine"
)

// What goes from node to node is not what clients see: every exported field
// goes, under its Go name, whatever its tag says, so that nothing is missing at
// the other end. A field that the other end does not know is ignored, and one
// that it does not send is zero: two releases run side by side.

// encoded is v as it goes to another node.
func encoded(v any) (json.RawMessage, error) {
	var out bytes.Buffer
	if err := encode(&out, reflect.ValueOf(v)); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

var (
	marshaler = reflect.TypeFor[json.Marshaler]()
	command   = reflect.TypeFor[engine.Command]()
	actor     = reflect.TypeFor[access.Actor]()
)

func encode(out *bytes.Buffer, v reflect.Value) error {
	if !v.IsValid() {
		out.WriteString("null")
		return nil
	}
	if v.Type() == command {
		return encodeCommand(out, v)
	}
	if v.Type() == actor {
		// Whose session it is is nobody else's business.
		a, _ := v.Interface().(access.Actor)
		a.Session = ""
		return encodeStruct(out, reflect.ValueOf(a))
	}
	if v.Type().Implements(marshaler) {
		return plain(out, v)
	}
	switch v.Kind() {
	case reflect.Struct:
		return encodeStruct(out, v)
	case reflect.Pointer:
		return encode(out, v.Elem())
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && (v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8) {
			return plain(out, v)
		}
		out.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				out.WriteByte(',')
			}
			if err := encode(out, v.Index(i)); err != nil {
				return err
			}
		}
		out.WriteByte(']')
		return nil
	case reflect.Map:
		return encodeMap(out, v)
	}
	return plain(out, v) // what is in an interface is what clients are told
}

func plain(out *bytes.Buffer, v reflect.Value) error {
	b, err := json.Marshal(v.Interface())
	out.Write(b)
	return err
}

func encodeStruct(out *bytes.Buffer, v reflect.Value) error {
	out.WriteByte('{')
	for i, first := 0, true; i < v.NumField(); i++ {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		if !first {
			out.WriteByte(',')
		}
		first = false
		fmt.Fprintf(out, "%q:", f.Name)
		if err := encode(out, v.Field(i)); err != nil {
			return err
		}
	}
	out.WriteByte('}')
	return nil
}

// encodeMap: keys are texts of some type.
func encodeMap(out *bytes.Buffer, v reflect.Value) error {
	if v.IsNil() {
		out.WriteString("null")
		return nil
	}
	members := make(map[string]json.RawMessage, v.Len())
	for e := v.MapRange(); e.Next(); {
		var value bytes.Buffer
		if err := encode(&value, e.Value()); err != nil {
			return err
		}
		members[fmt.Sprint(e.Key().Interface())] = value.Bytes()
	}
	return plain(out, reflect.ValueOf(members))
}

// decoded reads what encoded wrote into v, a pointer.
func decoded(from json.RawMessage, v any) error {
	return decode(from, reflect.ValueOf(v).Elem())
}

func decode(from json.RawMessage, v reflect.Value) error {
	if len(from) == 0 {
		return nil
	}
	if v.Type() == command {
		return decodeCommand(from, v)
	}
	if string(from) == "null" {
		v.SetZero()
		return nil
	}
	if reflect.PointerTo(v.Type()).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return json.Unmarshal(from, v.Addr().Interface())
	}
	switch v.Kind() {
	case reflect.Struct:
		var members map[string]json.RawMessage
		if err := json.Unmarshal(from, &members); err != nil {
			return err
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				if err := decode(members[f.Name], v.Field(i)); err != nil {
					return fmt.Errorf("%s: %w", f.Name, err)
				}
			}
		}
		return nil
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return decode(from, v.Elem())
	case reflect.Slice, reflect.Array:
		return decodeList(from, v)
	case reflect.Map:
		return decodeMap(from, v)
	case reflect.Interface:
		v.Set(reflect.ValueOf(from)) // handed on as it is
		return nil
	}
	return json.Unmarshal(from, v.Addr().Interface())
}

func decodeList(from json.RawMessage, v reflect.Value) error {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
		return json.Unmarshal(from, v.Addr().Interface())
	}
	var items []json.RawMessage
	if err := json.Unmarshal(from, &items); err != nil {
		return err
	}
	if v.Kind() == reflect.Slice {
		v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	}
	for i, item := range items {
		if i >= v.Len() {
			return fmt.Errorf("%d members for %s", len(items), v.Type())
		}
		if err := decode(item, v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

func decodeMap(from json.RawMessage, v reflect.Value) error {
	keys := reflect.New(reflect.MapOf(v.Type().Key(), reflect.TypeFor[json.RawMessage]()))
	if err := json.Unmarshal(from, keys.Interface()); err != nil {
		return err
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), keys.Elem().Len()))
	for e := keys.Elem().MapRange(); e.Next(); {
		value := reflect.New(v.Type().Elem()).Elem()
		raw, _ := e.Value().Interface().(json.RawMessage)
		if err := decode(raw, value); err != nil {
			return err
		}
		v.SetMapIndex(e.Key(), value)
	}
	return nil
}
