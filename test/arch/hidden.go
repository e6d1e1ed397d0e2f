package arch

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
)

// bidiControls reorder what a reader sees without changing what a compiler
// reads ("Trojan source"). In a product that is half Arabic they are tempting
// in source and must be written as escapes there.
var bidiControls = []rune{
	'\u202a', '\u202b', '\u202c', '\u202d', '\u202e', // embeddings, overrides
	'\u2066', '\u2067', '\u2068', '\u2069', // isolates
	'\u200e', '\u200f', '\u061c', // marks
}

// hiddenAllowed are the places whose business such characters are: samples
// that tests read, and the catalogues' own text.
var hiddenAllowed = []string{"/testdata/", "/fixtures/", "/locales/"}

// hiddenText reports bidirectional control characters in source, one finding a
// file and character.
func hiddenText(r *Repo) []Finding {
	var out []Finding
	for _, p := range r.Sources {
		if allowedHidden(p) {
			continue
		}
		text, err := fs.ReadFile(r.root, p)
		if err != nil {
			out = append(out, Finding{p, err.Error()})
			continue
		}
		for _, c := range bidiControls {
			if i := bytes.IndexRune(text, c); i >= 0 {
				line := 1 + bytes.Count(text[:i], []byte("\n"))
				out = append(out, Finding{fmt.Sprintf("%s:%d", p, line), fmt.Sprintf("hidden character %U: write it as an escape", c)})
			}
		}
	}
	return out
}

func allowedHidden(p string) bool {
	for _, a := range hiddenAllowed {
		if strings.Contains("/"+p, a) {
			return true
		}
	}
	return false
}
