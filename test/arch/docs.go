package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// documentedShare is the least share of exported names with a comment, in
// percent. Not 100: some names say all there is to say, and a comment forced
// out of its writer is worse than none.
const documentedShare = 95

// packageDocs reports packages without a comment on what they are. A folder
// that holds nothing but tests needs none.
func packageDocs(r *Repo) []Finding {
	documented := map[string]bool{}
	first := map[string]string{}
	var dirs []string
	for _, f := range r.Files {
		if f.Test {
			continue
		}
		if _, ok := first[f.Dir]; !ok {
			first[f.Dir] = f.Path
			dirs = append(dirs, f.Dir)
		}
		if f.Syntax.Doc != nil && len(strings.Fields(f.Syntax.Doc.Text())) > 4 {
			documented[f.Dir] = true
		}
	}
	slices.Sort(dirs)
	var out []Finding
	for _, d := range dirs {
		if !documented[d] {
			out = append(out, Finding{first[d], "the package has no comment that says what it is"})
		}
	}
	return out
}

// exportedDocs reports the undocumented exported names when too many are.
func exportedDocs(r *Repo) []Finding {
	var all int
	var bare []Finding
	for _, f := range r.Files {
		if f.Test || f.Generated || f.Syntax.Name.Name == "main" {
			continue
		}
		for _, d := range f.Syntax.Decls {
			n, missing := r.exported(d)
			all += n
			bare = append(bare, missing...)
		}
	}
	if all == 0 || (all-len(bare))*100 >= documentedShare*all {
		return nil
	}
	head := Finding{"exported names", fmt.Sprintf("%d of %d are documented, less than %d %%", all-len(bare), all, documentedShare)}
	return append([]Finding{head}, bare...)
}

// exported counts the exported names of a declaration and finds those without
// a comment: their own, one at the end of the line, or one for their group.
func (r *Repo) exported(d ast.Decl) (n int, missing []Finding) {
	add := func(node ast.Node, name string, docs ...*ast.CommentGroup) {
		n++
		if !slices.ContainsFunc(docs, func(c *ast.CommentGroup) bool { return c != nil && len(c.List) > 0 }) {
			missing = append(missing, Finding{r.at(node), name + " is exported and has no comment"})
		}
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && (d.Recv == nil || exportedType(d.Recv.List[0].Type)) {
			add(d, d.Name.Name, d.Doc)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() {
					add(s, s.Name.Name, s.Doc, s.Comment, d.Doc)
				}
			case *ast.ValueSpec:
				for _, name := range s.Names {
					if name.IsExported() && d.Tok != token.IMPORT {
						add(s, name.Name, s.Doc, s.Comment, d.Doc)
					}
				}
			}
		}
	}
	return n, missing
}

// exportedType reports whether a receiver's type can be seen from outside.
func exportedType(e ast.Expr) bool {
	for {
		switch t := e.(type) {
		case *ast.StarExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.Ident:
			return t.IsExported()
		default:
			return false
		}
	}
}
