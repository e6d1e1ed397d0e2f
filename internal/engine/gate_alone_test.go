package engine_test

import (
	"reflect"
	"testing"

	"hiwar/internal/engine"
)

// alone puts the card number into one text of v at a time, in the order of the
// fields, and shows each of them.
func alone(v reflect.Value, show func()) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(card)
			show()
			v.SetString("")
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				alone(v.Field(i), show)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			alone(v.Index(i), show)
		}
	}
}

// A command with a card number in one of its texts and nothing else passes
// without it, whichever text it is.
func TestEachTextAlonePassesTheGate(t *testing.T) {
	for _, zero := range zeros {
		typ := reflect.TypeOf(zero)
		v := reflect.New(typ).Elem()
		fill(t, v, typ.Name(), "")
		alone(v, func() {
			given, _ := v.Interface().(engine.Command)
			if got := engine.Pass(engine.Request{Actor: anna, Command: given}).Command; reflect.DeepEqual(got, given) {
				t.Errorf("%s passes with the number: %+v", typ.Name(), got)
			}
		})
	}
}
