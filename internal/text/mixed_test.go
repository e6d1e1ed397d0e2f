package text

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mixedFixture is how many texts are made of which pieces, and which way the
// lines of each run: r or l for each line. TypeScript makes the same texts
// with the same dice and must come to the same.
type mixedFixture struct {
	Comment    string   `json:"//"`
	Seed       uint32   `json:"seed"`
	Count      int      `json:"count"`
	Pieces     []string `json:"pieces"`
	Directions []string `json:"directions"`
}

var mixedFile = filepath.Join("..", "..", "api", "fixtures", "text", "mixed.json")

// dice is a generator that is the same in every language: what it gives are
// the upper bits, the lower ones repeat too soon.
type dice uint32

func (d *dice) roll(n int) int {
	*d = *d*1664525 + 1013904223
	return int(*d>>16) % n
}

func (f *mixedFixture) texts(yield func(text string)) {
	d := dice(f.Seed)
	for range f.Count {
		var b strings.Builder
		for i := range 1 + d.roll(9) {
			if i > 0 {
				b.WriteString([]string{" ", " ", " ", "", "\n"}[d.roll(5)])
			}
			b.WriteString(f.Pieces[d.roll(len(f.Pieces))])
		}
		yield(b.String())
	}
}

// letters writes the directions of a text's lines, one letter a line.
func letters(text string, fallback Dir) string {
	var b strings.Builder
	for _, dir := range Directions(text, fallback) {
		b.WriteByte(dir[0])
	}
	return b.String()
}

// TestMixedDirections holds Go and TypeScript to the same direction of each
// line in thousands of texts that mix both.
func TestMixedDirections(t *testing.T) {
	data, err := os.ReadFile(mixedFile)
	if err != nil {
		t.Fatal(err)
	}
	var f mixedFixture
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	var got []string
	f.texts(func(text string) { got = append(got, letters(text, RTL)+letters(text, LTR)) })
	if *update {
		f.Directions = got
		data, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(mixedFile, append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if f.Count < 3000 || len(f.Directions) != f.Count {
		t.Fatalf("%d directions of %d texts", len(f.Directions), f.Count)
	}
	i := 0
	f.texts(func(text string) {
		if got[i] != f.Directions[i] {
			t.Errorf("%+q: %s, want %s", text, got[i], f.Directions[i])
		}
		i++
	})
}
