package view_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hiwar/internal/view"
)

var update = flag.Bool("update", false, "write the cases to api/fixtures/view")

const fixtures = "../../api/fixtures/view"

// Whatever happens, whoever applies the events they were sent ends up with the
// view they would have got by asking afresh; and no customer is told what is
// not theirs. Every event and effect of the floor, every event and kind of
// entry of a chat has to occur: a new one without a story fails the build.
//
// The cases are kept in api/fixtures/view, where the browser's reducers are
// held to them.
func TestEventsTellTheWholeStory(t *testing.T) {
	met := map[string]bool{}
	cases := map[string][]fixture{}
	known := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(stories)) {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.capture = func(f fixture) {
				if s := f.of + signature(f); !known[s] {
					known[s] = true
					f.Name = name + ": " + f.Name
					cases[f.of] = append(cases[f.of], f)
				}
			}
			stories[name](teller{w, t})
			for _, b := range w.broken {
				t.Error(b)
			}
			maps.Copy(met, w.met)
		})
	}
	for _, want := range everything(t) {
		if !met[want] {
			t.Errorf("no story has a %s", want)
		}
	}
	for _, of := range []string{"conversation", "staff", "desk"} {
		compareFixtures(t, of, cases[of])
	}
}

// signature is what makes a case worth keeping: what kinds of event it has,
// and which statuses and ends are in them.
func signature(f fixture) string {
	var b strings.Builder
	for _, ev := range f.Events {
		fmt.Fprint(&b, " ", ev.Kind)
		switch d := ev.Data.(type) {
		case view.Entry:
			fmt.Fprint(&b, d.Line, d.Status, d.Cause)
		case view.Roster:
			fmt.Fprint(&b, d.Participant != nil, d.Participant != nil && d.Participant.Owner)
		case view.StaffEntry:
			fmt.Fprint(&b, d.Line, d.Handover)
		case view.Agent:
			fmt.Fprint(&b, d.Presence, d.SetBy != "", d.LostOut)
		case view.Card:
			fmt.Fprint(&b, d.Kind, d.Status, d.RequestKind, d.Pending != nil, d.CustomerAway)
		case view.Gone:
			fmt.Fprint(&b, d.How, d.Cause)
		}
	}
	if c, ok := f.Before.(view.Conversation); ok {
		fmt.Fprint(&b, c.Status, c.Customer != nil)
	}
	return b.String()
}

func compareFixtures(t *testing.T, of string, cases []fixture) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(cases); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(fixtures, of+".json")
	if *update {
		if err := os.MkdirAll(fixtures, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if was, err := os.ReadFile(path); err != nil || !bytes.Equal(was, out.Bytes()) {
		t.Errorf("%s is not what happens (%v): look at the difference of go test ./internal/view -update", path, err)
	}
}

// everything is read from the machines' sources: all types of events and
// effects, and all kinds of entries and lines.
func everything(t *testing.T) []string {
	var all []string
	all = append(all, methods(t, "../routing/event.go", "routing", "event")...)
	all = append(all, methods(t, "../routing/effect.go", "routing", "effect")...)
	all = append(all, methods(t, "../chat/event.go", "chat", "event")...)
	all = append(all, constants(t, "../chat/chat.go", "Kind", "kind ")...)
	all = append(all, constants(t, "../chat/chat.go", "Line", "line ")...)
	if len(all) < 75 {
		t.Fatalf("only %d things can happen: they are not found any more", len(all))
	}
	return all
}

// methods lists the types that have the marker method.
func methods(t *testing.T, file, pkg, marker string) (names []string) {
	for _, d := range parse(t, file).Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil && f.Name.Name == marker {
			names = append(names, pkg+"."+f.Recv.List[0].Type.(*ast.Ident).Name)
		}
	}
	return names
}

// constants lists the values of the constants of a type.
func constants(t *testing.T, file, of, prefix string) (values []string) {
	ast.Inspect(parse(t, file), func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); ok && typ.Name == of {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, prefix+value)
		}
		return true
	})
	return values
}

func parse(t *testing.T, file string) *ast.File {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
