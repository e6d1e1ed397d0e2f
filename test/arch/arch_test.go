package arch

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// The repository keeps its own rules.
func TestRepositoryKeepsItsShape(t *testing.T) {
	r, err := Load(os.DirFS("../.."), "hiwar")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Files) < 10 {
		t.Fatalf("found %d Go files: the walk looks in the wrong place", len(r.Files))
	}
	for _, f := range r.Check() {
		t.Error(f)
	}
}

// Each rule notices the violation it is there for, and names the place.
func TestPlantedViolations(t *testing.T) {
	// Every case is this sound tree plus one file.
	sound := map[string]string{
		"dev":                           "#!/bin/sh\nunwatched=\"id chat\"\n",
		"internal/id/id.go":             "// Package id holds the identifiers of everything.\npackage id\n",
		"internal/chat/chat.go":         "// Package chat is one conversation and nothing else.\npackage chat\nimport _ \"hiwar/internal/id\"\n",
		"internal/engine/engine.go":     "// Package engine gathers, steps, commits and tells.\npackage engine\nimport (\n_ \"hiwar/internal/chat\"\n_ \"sync\"\n)\n",
		"internal/store/store.go":       "// Package store keeps everything in a database.\npackage store\nimport _ \"hiwar/internal/engine\"\n",
		"internal/store/engine_test.go": "package store\nimport _ \"os\"\n",
		"client/client.go":              "// Package client talks to a server over the wire.\npackage client\nimport _ \"hiwar/internal/id\"\n",
		"cmd/hiwar/main.go":             "// Command hiwar is the whole product in one binary.\npackage main\nimport _ \"hiwar/internal/store\"\nfunc main() {}\n",
	}
	const doc = "// Package x says in a few words what it is.\n"
	cases := []struct{ name, file, text, want string }{
		{"sound", "README.md", "# Hiwar\n", ""},
		{
			"an arrow up", "internal/chat/a.go", "package chat\nimport _ \"hiwar/internal/engine\"\n",
			"internal/chat/a.go:2: arrows point down: chat (row 3) may not import engine (row 5)",
		},
		{
			"neighbors", "internal/chat/a.go", "package chat\nimport _ \"hiwar/internal/routing\"\n",
			"internal/chat/a.go:2: chat and routing are of one row (3) and may not import each other",
		},
		{
			"neighbors at the edge", "internal/store/sub/a.go", doc + "package sub\nimport _ \"hiwar/internal/bus\"\n",
			"internal/store/sub/a.go:3: store and bus are of one row (6) and may not import each other",
		},
		{
			"a pure test that needs what acts", "internal/chat/a_test.go", "package chat\nimport _ \"hiwar/internal/store\"\n",
			"internal/chat/a_test.go:2: arrows point down: chat (row 3) may not import store (row 6)",
		},
		{"an engine test with the real store", "internal/engine/a_test.go", "package engine\nimport _ \"hiwar/internal/store\"\n", ""},
		{
			"a folder without a row", "internal/gadget/a.go", doc + "package gadget\n",
			"internal/gadget/a.go: internal/gadget is in no row: enter it in test/arch/rows.go and ARCHITECTURE.md",
		},
		{
			"internal knows the simulator", "internal/engine/a.go", "package engine\nimport _ \"hiwar/sim\"\n",
			"internal/engine/a.go:2: internal/engine may not import sim, which stands beside the rows",
		},
		{
			"cmd imported", "internal/store/a.go", "package store\nimport _ \"hiwar/cmd/hiwar\"\n",
			"internal/store/a.go:2: cmd is imported by nobody",
		},
		{
			"the client takes a short cut", "client/a.go", "package client\nimport _ \"hiwar/internal/chat\"\n",
			"client/a.go:2: client uses the wire only: it may not import internal/chat",
		},
		{
			"the simulator takes a short cut", "sim/a.go", doc + "package sim\nimport _ \"hiwar/internal/store\"\n",
			"sim/a.go:3: sim uses the wire only: it may not import internal/store",
		},
		{
			"the checker asks the server", "test/check/a.go", doc + "package check\nimport _ \"hiwar/client\"\n",
			"test/check/a.go:3: test/check judges the server and may not import client of it",
		},
		{
			"input and output", "internal/chat/a.go", "package chat\nimport _ \"os\"\n",
			"internal/chat/a.go:2: row 3 is pure: it may not import os",
		},
		{
			"below a forbidden package", "internal/id/a.go", "package id\nimport _ \"net/http\"\n",
			"internal/id/a.go:2: row 1 is pure: it may not import net/http",
		},
		{"only takes text apart", "internal/id/a.go", "package id\nimport _ \"net/url\"\n", ""},
		{
			"chance", "internal/chat/a.go", "package chat\nimport _ \"math/rand/v2\"\n",
			"internal/chat/a.go:2: row 3 is pure: it may not import math/rand/v2",
		},
		{
			"a clock", "internal/chat/a.go", "package chat\nimport \"time\"\nvar now = time.Now()\n",
			"internal/chat/a.go:3: time is an argument: no time.Now here",
		},
		{
			"a clock under another name", "internal/chat/a.go", "package chat\nimport clock \"time\"\nvar now = clock.Since\n",
			"internal/chat/a.go:3: time is an argument: no time.Since here",
		},
		{
			"a clock without a name", "internal/chat/a.go", "package chat\nimport . \"time\"\nvar now = Now()\n",
			"internal/chat/a.go:2: time is imported by its name, so that its clocks can be seen",
		},
		{"a duration is no clock", "internal/chat/a.go", "package chat\nimport \"time\"\nconst grace = 2 * time.Minute\n", ""},
		{"the engine's clock", "internal/engine/a.go", "package engine\nimport \"time\"\nvar now = time.Now\n", ""},
		{
			"a goroutine in a test that nobody watches", "internal/chat/a_test.go", "package chat\nfunc f() {\n\tgo f()\n}\n",
			"internal/chat/a_test.go:3: a pure package starts no goroutine",
		},
		{
			"a lock that nobody watches", "internal/chat/a_test.go", "package chat\nimport _ \"sync\"\n",
			"internal/chat/a_test.go:2: internal/chat is tested without the race detector (dev: unwatched): it may not import sync",
		},
		{
			"a watched room from one that is not", "internal/chat/a.go", "package chat\nimport _ \"hiwar/internal/text\"\n",
			"internal/chat/a.go:2: internal/chat is tested without the race detector (dev: unwatched): it may not import hiwar/internal/text",
		},
		{"no word of what is watched", "dev", "#!/bin/sh\n", "dev: no line unwatched=\"…\""},
		{
			"a goroutine", "internal/chat/a.go", "package chat\nfunc f() {\n\tgo f()\n}\n",
			"internal/chat/a.go:3: a pure package starts no goroutine",
		},
		{"a generator writes files", "internal/id/gen/main.go", "// Command gen writes the tables of package id.\npackage main\nimport _ \"os\"\n", ""},
		{
			"a name that says nothing", "internal/chat/util/a.go", doc + "package util\n",
			"internal/chat/util/a.go: a package named util says nothing about what it holds",
		},
		{
			"no package comment", "internal/text/a.go", "package text\n",
			"internal/text/a.go: the package has no comment that says what it is",
		},
		{
			"too few documented", "internal/id/a.go", "package id\ntype (\n\tA int\n\tB int // is known\n)\n",
			"internal/id/a.go:3: A is exported and has no comment",
		},
		{"one comment for a group", "internal/id/a.go", "package id\n// What things are called.\nconst (\n\tA = 1\n\tB = 2\n)\n", ""},
		{
			"hidden text", "web/desk/a.ts", "export {};\nconst a = '\u202e';\n",
			"web/desk/a.ts:2: hidden character U+202E: write it as an escape",
		},
		{
			"work put off", "web/desk/a.ts", "export {};\n// TO" + "DO: the rest\n",
			"web/desk/a.ts:2: TO" + "DO is a promise to nobody: do it, or open an issue",
		},
		{
			"a test that sleeps", "internal/engine/a_test.go", "package engine\nimport \"time\"\nfunc f() {\n\ttime.Sleep(1)\n}\n",
			"internal/engine/a_test.go:4: a test does not sleep: wait for what should happen",
		},
		{
			"sleeping under fake time", "internal/engine/a_test.go",
			"package engine\nimport (\n\t_ \"testing/synctest\"\n\t\"time\"\n)\nfunc f() { time.Sleep(1) }\n", "",
		},
		{
			"a skipped test", "internal/engine/a_test.go", "package engine\nimport \"testing\"\nfunc TestA(t *testing.T) { t.Skip() }\n",
			"internal/engine/a_test.go:3: a test is not skipped: it runs or it goes",
		},
		{"samples may hold it", "internal/text/testdata/a.txt", "\u202e", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tree := fstest.MapFS{}
			for name, text := range sound {
				tree[name] = &fstest.MapFile{Data: []byte(text)}
			}
			tree[c.file] = &fstest.MapFile{Data: []byte(c.text)}
			if got := check(t, tree); !mentions(got, c.want) {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

// A file that cannot be read is an error, not a file without violations.
func TestBrokenFileIsAnError(t *testing.T) {
	_, err := Load(fstest.MapFS{"internal/id/a.go": {Data: []byte("packag id")}}, "hiwar")
	if err == nil || !strings.Contains(err.Error(), "internal/id/a.go") {
		t.Errorf("error %v does not name the file", err)
	}
}

func check(t *testing.T, tree fstest.MapFS) []string {
	t.Helper()
	r, err := Load(tree, "hiwar")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range r.Check() {
		out = append(out, f.String())
	}
	return out
}

// mentions reports whether want is among the findings; nothing wanted means
// nothing may be found.
func mentions(got []string, want string) bool {
	if want == "" {
		return len(got) == 0
	}
	for _, g := range got {
		if g == want {
			return true
		}
	}
	return false
}
