// Package arch holds the rules about the shape of this repository, so that
// they cannot rot in a document: arrows between packages point down, the pure
// part stays pure, packages and exported names say what they are, and no
// source hides text in bidirectional control characters.
//
// It parses the files itself instead of asking the go command: the test cache
// notices files that a test opens but not commands that it runs, so a cached
// "ok" would outlive the violation.
package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A Finding is one broken rule, at a place a person can go to.
type Finding struct {
	Where string // file, or file:line
	What  string
}

func (f Finding) String() string { return f.Where + ": " + f.What }

// A File is one parsed Go file.
type File struct {
	Path      string // slash-separated, from the root of the repository
	Dir       string
	Test      bool // *_test.go
	Generated bool
	Syntax    *ast.File
}

// A Repo is what the rules look at.
type Repo struct {
	Module  string
	Files   []File
	Sources []string // every text file a person may have written, Go or not
	fset    *token.FileSet
	root    fs.FS
}

// skipped are folders that hold nothing of ours: what others wrote, what a
// build made, what a run left behind.
var skipped = []string{"node_modules", "dist", ".git", "bin", "data", "artifacts", ".vite"}

// sourceEndings are the files searched for hidden control characters.
var sourceEndings = []string{
	".go", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".sql", ".sh", ".json", ".yaml", ".yml", ".md", ".mod", ".txt",
}

// Load reads the repository at root. It fails on Go files that do not parse:
// a rule that silently skips a file is no rule.
func Load(root fs.FS, module string) (*Repo, error) {
	r := &Repo{Module: module, fset: token.NewFileSet(), root: root}
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if p != "." && slices.Contains(skipped, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if slices.Contains(sourceEndings, path.Ext(p)) || path.Ext(p) == "" {
			r.Sources = append(r.Sources, p)
		}
		if path.Ext(p) != ".go" || strings.Contains("/"+p, "/testdata/") {
			return nil
		}
		return r.parse(p)
	})
	return r, err
}

func (r *Repo) parse(p string) error {
	text, err := fs.ReadFile(r.root, p)
	if err != nil {
		return err
	}
	syntax, err := parser.ParseFile(r.fset, p, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("parse: %w", err)
	}
	r.Files = append(r.Files, File{
		Path: p, Dir: path.Dir(p), Test: strings.HasSuffix(p, "_test.go"),
		Generated: ast.IsGenerated(syntax), Syntax: syntax,
	})
	return nil
}

// at is file:line of a node.
func (r *Repo) at(n ast.Node) string {
	pos := r.fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", pos.Filename, pos.Line)
}

// Check applies every rule and returns what is broken, in the order of files.
func (r *Repo) Check() []Finding {
	var out []Finding
	for _, rule := range []func(*Repo) []Finding{rooms, arrows, purity, unwatched, names, packageDocs, exportedDocs, hiddenText, unfinished, testHabits} {
		out = append(out, rule(r)...)
	}
	return out
}
