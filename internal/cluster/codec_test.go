package cluster

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

// Whatever can be asked of another node, and whatever it can answer, arrives as
// it was sent: every field filled, also those that clients never see.
func TestNothingIsLostOnTheWay(t *testing.T) {
	var types []reflect.Type
	asked := reflect.TypeFor[Asked]()
	for i := range asked.NumMethod() {
		m := asked.Method(i).Type
		for j := 1; j < m.NumIn(); j++ {
			types = append(types, m.In(j))
		}
		for j := range m.NumOut() - 1 {
			types = append(types, m.Out(j))
		}
	}
	for _, c := range commands {
		types = append(types, c)
	}
	types = append(types, reflect.TypeFor[[]word](), reflect.TypeFor[engine.Reply]())
	for _, typ := range types {
		if typ.Kind() == reflect.Interface {
			continue // goes on as it is; see TestSnapshots
		}
		v := reflect.New(typ).Elem()
		fill(t, v, typ.String(), 0)
		compare(t, v)
		compare(t, reflect.New(typ).Elem()) // nothing is not an empty list
	}
}

func compare(t *testing.T, v reflect.Value) {
	t.Helper()
	b, err := encoded(v.Interface())
	if err != nil {
		t.Fatalf("%s: %v", v.Type(), err)
	}
	got := reflect.New(v.Type())
	if err := decoded(b, got.Interface()); err != nil {
		t.Fatalf("%s: %v\n%s", v.Type(), err, b)
	}
	if !reflect.DeepEqual(v.Interface(), got.Elem().Interface()) {
		t.Errorf("%s (-sent +got):\n%s", v.Type(), cmp.Diff(v.Interface(), got.Elem().Interface(), cmp.Exporter(func(reflect.Type) bool { return true })))
	}
}

var moment = time.Date(2026, 3, 1, 12, 30, 15, 250_000_000, time.UTC)

// fill sets everything there is in v to something that is not zero.
func fill(t *testing.T, v reflect.Value, path string, n int) {
	t.Helper()
	if n > 12 {
		return
	}
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(moment))
		return
	case reflect.TypeFor[json.RawMessage]():
		v.Set(reflect.ValueOf(json.RawMessage(`{"a":1}`)))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			if v.Type() == reflect.TypeFor[access.Actor]() && f.Name == "Session" {
				continue // does not leave the process
			}
			fill(t, v.Field(i), path+"."+f.Name, n+1)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), path, n+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(t, v.Index(i), path, n+1)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(t, v.Index(i), path, n+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(t, key, path, n+1)
		fill(t, value, path, n+1)
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString("كلمة <" + path[strings.LastIndex(path, ".")+1:] + ">")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(7)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(1.5)
	case reflect.Interface:
		v.Set(reflect.ValueOf(json.RawMessage(`{"a":1}`)))
	default:
		t.Fatalf("%s is a %s, which cannot be sent", path, v.Type())
	}
}

func TestCommandsArriveAsWhatTheyAre(t *testing.T) {
	sent := engine.Request{Actor: access.Actor{Kind: access.Staff, Org: "org_1", User: "usr_1", Session: "secret"}, CommandID: "c1", Command: engine.AcceptOffer{Offer: 7}}
	b, err := encoded(sent)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b, []byte("secret")) {
		t.Errorf("whose session it is left the process: %s", b)
	}
	// A later release may have more to say.
	b = bytes.Replace(b, []byte(`{"Actor"`), []byte(`{"New":[1,{"a":2}],"Actor"`), 1)
	var got engine.Request
	if err := decoded(b, &got); err != nil {
		t.Fatal(err)
	}
	sent.Actor.Session = ""
	if diff := cmp.Diff(sent, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := decoded([]byte(`{"Command":{"name":"OfALaterRelease","body":{}}}`), &got); err == nil {
		t.Error("a command nobody knows was decoded")
	}
}

func TestEveryCommandCanBeForwarded(t *testing.T) {
	source, err := os.ReadFile("../engine/command.go")
	if err != nil {
		t.Fatal(err)
	}
	all := regexp.MustCompile(`(?m)^func \((\w+)\) command\(\)`).FindAllSubmatch(source, -1)
	if len(all) == 0 {
		t.Fatal("no command was found")
	}
	for _, c := range all {
		if commands[string(c[1])] == nil {
			t.Errorf("%s cannot be forwarded", c[1])
		}
	}
}

func TestRefusalsArrive(t *testing.T) {
	err := problem.New(problem.TextTooLong, "count", 1001, "max", 1000, "field", "text")
	got := refused(err).problem()
	if diff := cmp.Diff(fmt.Sprintf("%#v", err.Params), fmt.Sprintf("%#v", problem.Of(got).Params)); diff != "" || problem.CodeOf(got) != problem.TextTooLong {
		t.Errorf("%v (-want +got):\n%s", got, diff)
	}
}
