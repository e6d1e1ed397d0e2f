package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"testing"
)

// TestEveryCodeHasASentence reads the codes from the source of package
// problem, so that a new one cannot be forgotten here.
func TestEveryCodeHasASentence(t *testing.T) {
	apology := Sentence(English, "unknown", nil)
	codes := problemCodes(t)
	if len(codes) < 60 {
		t.Fatalf("found only %d codes", len(codes))
	}
	for _, code := range codes {
		for _, lang := range []Lang{Arabic, English} {
			if got := Sentence(lang, code, nil); got == Sentence(lang, "unknown", nil) || got == apology {
				t.Errorf("%s has no sentence in %s that does without parameters", code, lang)
			}
		}
	}
}

func problemCodes(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "problem", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "Code" {
				return true
			}
			if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
				code, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				codes = append(codes, code)
			}
			return true
		})
	}
	return codes
}
