package arch

import (
	"bytes"
	"fmt"
	"go/ast"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// promises are the marks of work put off. Written in halves, so that this file
// keeps its own rule.
var promises = []string{"TO" + "DO", "FIX" + "ME", `panic("to be ` + `written")`}

// code are the endings of files that must not hold promises; documents may
// speak about them.
var code = []string{".go", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".sql"}

// unfinished reports promises left in code: what is worth doing is done, or is
// an issue that somebody can find.
func unfinished(r *Repo) []Finding {
	var out []Finding
	for _, p := range r.Sources {
		if !slices.Contains(code, path.Ext(p)) {
			continue
		}
		text, err := fs.ReadFile(r.root, p)
		if err != nil {
			out = append(out, Finding{p, err.Error()})
			continue
		}
		for i, line := range bytes.Split(text, []byte("\n")) {
			for _, mark := range promises {
				if bytes.Contains(line, []byte(mark)) {
					out = append(out, Finding{fmt.Sprintf("%s:%d", p, i+1), mark + " is a promise to nobody: do it, or open an issue"})
				}
			}
		}
	}
	return out
}

// testHabits reports tests that sleep or are skipped. A test that sleeps is
// slow on every machine and flaky on a busy one; under fake time (synctest)
// sleeping is how time passes.
func testHabits(r *Repo) []Finding {
	var out []Finding
	for _, f := range r.Files {
		if !f.Test {
			continue
		}
		fake := slices.ContainsFunc(f.Syntax.Imports, func(i *ast.ImportSpec) bool {
			return unquote(i.Path.Value) == "testing/synctest"
		})
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, _ := sel.X.(*ast.Ident)
			switch {
			case x != nil && x.Name == "time" && sel.Sel.Name == "Sleep" && !fake:
				out = append(out, Finding{r.at(call), "a test does not sleep: wait for what should happen"})
			case x != nil && slices.Contains([]string{"t", "b", "f", "tb"}, x.Name) && strings.HasPrefix(sel.Sel.Name, "Skip"):
				out = append(out, Finding{r.at(call), "a test is not skipped: it runs or it goes"})
			}
			return true
		})
	}
	return out
}
