package arch

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// rows names every folder of internal/ from the bottom up. A package imports
// only rows below its own. A new folder is entered here first: deciding its
// row is deciding what it may know.
var rows = [][]string{
	{"hours", "id", "mask", "problem", "text"},
	{"audit", "estimate", "org", "locale", "wire"},
	{"access", "chat", "config", "routing"},
	{"view"},
	{"engine", "simulation"},
	{"rest", "ws", "store", "bus", "cluster", "blob", "login", "oidc", "outbox", "telemetry", "webui"},
}

// pureRows is how many of the rows, counted from the bottom, decide and never
// act. The engine is the first that does.
const pureRows = 4

// besideMayKnow are the internal packages open to client/ and sim/, which
// stand beside the rows: they talk to a server over the wire, as strangers do,
// and so prove that the API is enough.
var besideMayKnow = []string{"id", "problem", "wire", "text"}

// checker compares what clients wrote down with what is stored. It imports
// nothing of this module, or a fault of the server could excuse itself there.
const checker = "test/check"

var forbiddenNames = []string{"util", "utils", "common", "models", "types", "helpers", "core"}

// row returns the row of a folder of internal/, counted from 1; 0 if unlisted.
func row(name string) int {
	for i, r := range rows {
		if slices.Contains(r, name) {
			return i + 1
		}
	}
	return 0
}

// room is the folder of internal/ that dir lies in, or "".
func room(dir string) string {
	rest, ok := strings.CutPrefix(dir, "internal/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// rooms reports folders of internal/ that have no row.
func rooms(r *Repo) []Finding {
	var out []Finding
	seen := map[string]bool{}
	for _, f := range r.Files {
		name := room(f.Dir)
		if name == "" || seen[name] {
			continue
		}
		seen[name] = true
		if row(name) == 0 {
			out = append(out, Finding{f.Path, fmt.Sprintf("internal/%s is in no row: enter it in test/arch/rows.go and ARCHITECTURE.md", name)})
		}
	}
	return out
}

// arrows reports imports that do not point down.
//
// Tests of a package may use the real thing from a higher row instead of a
// fake, except in the pure rows, whose tests need nothing that acts.
func arrows(r *Repo) []Finding {
	var out []Finding
	for _, f := range r.Files {
		for _, imp := range f.Syntax.Imports {
			target, ok := strings.CutPrefix(unquote(imp.Path.Value), r.Module+"/")
			if !ok {
				continue
			}
			if what := arrow(f, target); what != "" {
				out = append(out, Finding{r.at(imp), what})
			}
		}
	}
	return out
}

// arrow says what is wrong with an import of target, a folder, by f; "" if nothing.
func arrow(f File, target string) string {
	top, _, _ := strings.Cut(f.Dir, "/")
	to := room(target)
	switch {
	case strings.HasPrefix(target, "cmd/"):
		return "cmd is imported by nobody"
	case f.Dir == checker:
		return fmt.Sprintf("%s judges the server and may not import %s of it", checker, target)
	case top == "client" || top == "sim":
		if to != "" && !f.Test && !slices.Contains(besideMayKnow, to) {
			return fmt.Sprintf("%s uses the wire only: it may not import %s", top, target)
		}
		return ""
	case top != "internal":
		return "" // cmd and test may know everything
	case to == "":
		return fmt.Sprintf("internal/%s may not import %s, which stands beside the rows", room(f.Dir), target)
	}
	from := room(f.Dir)
	low, high := row(to), row(from)
	if from == to || low == 0 || high == 0 || low < high {
		return ""
	}
	if f.Test && (high > pureRows || low <= pureRows) {
		return ""
	}
	if low == high {
		return fmt.Sprintf("%s and %s are of one row (%d) and may not import each other", from, to, high)
	}
	return fmt.Sprintf("arrows point down: %s (row %d) may not import %s (row %d)", from, high, to, low)
}

// names reports packages named after nothing.
func names(r *Repo) []Finding {
	var out []Finding
	seen := map[string]bool{}
	for _, f := range r.Files {
		name := strings.TrimSuffix(f.Syntax.Name.Name, "_test")
		for _, n := range []string{name, path.Base(f.Dir)} {
			if slices.Contains(forbiddenNames, n) && !seen[f.Dir] {
				seen[f.Dir] = true
				out = append(out, Finding{f.Path, fmt.Sprintf("a package named %s says nothing about what it holds", n)})
			}
		}
	}
	return out
}

func unquote(s string) string {
	t, err := strconv.Unquote(s)
	if err != nil {
		return s // the parser accepted it; an odd literal matches no rule
	}
	return t
}
