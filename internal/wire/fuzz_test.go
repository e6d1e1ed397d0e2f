package wire

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/problem"
)

// Whatever comes in, Decode does not panic, refuses by a known code, and
// accepts only what encoding/json reads in the same way.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"text":"a","on":true,"seq":12,"small":1,"list":["x"],"deep":{"text":"y"},"inner":{"id":"z"}}`,
		`{"text":"\ud83d\ude00\u0000"}`, `{"text":"\ud800"}`, `{"seq":1e999}`, `{"seq":-0}`, `[[[[`, `{"a":1}{"a":1}`,
		"{\"text\":\"\xff\xfe\"}", `{"TEXT":"a"}`, `{"text":"a","text":"b"}`, `{"deep":null}`, `{"list":[]}`, "\ufeff{}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var got sample
		if err := Decode(in, &got); err != nil {
			if problem.CodeOf(err) == problem.Internal {
				t.Fatalf("%q: %v is not a problem", in, err)
			}
			return
		}
		if !utf8.ValidString(got.Text) {
			t.Fatalf("%q: read text that is not UTF-8: %q", in, got.Text)
		}
		var want sample
		if err := json.Unmarshal(in, &want); err != nil {
			t.Fatalf("%q: accepted what encoding/json refuses: %v", in, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q: read differently than encoding/json (-json +wire):\n%s", in, diff)
		}
	})
}
