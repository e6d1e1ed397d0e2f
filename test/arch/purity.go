package arch

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// forbiddenImports act, wait, or differ from one run to the next. Whatever lies
// below them in the tree is forbidden too.
var forbiddenImports = []string{
	"context", "os", "net", "sync", "log", "math/rand", "crypto/rand", "database/sql", "syscall", "runtime",
}

// harmless are the packages below a forbidden one that only take text apart.
var harmless = []string{"net/url", "net/netip", "net/mail"}

// forbiddenClock are the names of package time that read a clock or wait.
var forbiddenClock = []string{
	"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker",
}

// purity reports what keeps the pure rows from being replayed: input and
// output, goroutines' tools, chance, and clocks. Tests are left alone, they
// read their fixtures.
func purity(r *Repo) []Finding {
	var out []Finding
	for _, f := range r.Files {
		n := row(room(f.Dir))
		if n == 0 || n > pureRows || f.Test || f.Syntax.Name.Name == "main" {
			continue // a main below a pure package is its generator: it writes files, nobody imports it
		}
		for _, imp := range f.Syntax.Imports {
			if p := unquote(imp.Path.Value); acts(p) {
				out = append(out, Finding{r.at(imp), fmt.Sprintf("row %d is pure: it may not import %s", n, p)})
			}
		}
		out = append(out, r.clocks(f)...)
		out = append(out, r.goroutines(f)...)
	}
	return out
}

func acts(imported string) bool {
	if slices.Contains(harmless, imported) {
		return false
	}
	return slices.ContainsFunc(forbiddenImports, func(bad string) bool {
		return imported == bad || strings.HasPrefix(imported, bad+"/")
	})
}

// clocks reports every mention of a clock, called or passed on as a value.
func (r *Repo) clocks(f File) []Finding {
	var out []Finding
	local := ""
	for _, imp := range f.Syntax.Imports {
		if unquote(imp.Path.Value) != "time" {
			continue
		}
		local = "time"
		if imp.Name != nil {
			local = imp.Name.Name
		}
		if local == "." {
			out = append(out, Finding{r.at(imp), "time is imported by its name, so that its clocks can be seen"})
		}
	}
	if local == "" || local == "_" {
		return out
	}
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == local && slices.Contains(forbiddenClock, sel.Sel.Name) {
			out = append(out, Finding{r.at(sel), fmt.Sprintf("time is an argument: no time.%s here", sel.Sel.Name)})
		}
		return true
	})
	return out
}

// goroutines reports go statements, which need no import to break a replay.
func (r *Repo) goroutines(f File) []Finding {
	var out []Finding
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		if g, ok := n.(*ast.GoStmt); ok {
			out = append(out, Finding{r.at(g), "a pure package starts no goroutine"})
		}
		return true
	})
	return out
}
