package wire

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/problem"
)

// sample has a field of every sort that messages use.
type sample struct {
	Text  string   `json:"text"`
	On    bool     `json:"on"`
	Seq   int64    `json:"seq"`
	Small int8     `json:"small"`
	List  []string `json:"list"`
	Deep  *sample  `json:"deep"`
	Inner struct {
		ID string `json:"id"`
	} `json:"inner"`
	Names  map[string]string `json:"names"`
	Hidden string            `json:"-"`
	Plain  string
}

func TestWhatIsWellFormedIsRead(t *testing.T) {
	for in, want := range map[string]sample{
		`{}`:                                    {},
		` { "text" : "a" } ` + "\n":             {Text: "a"},
		`{"text":"\u0633\n\"\\\/\ud83d\ude00"}`: {Text: "س\n\"\\/😀"},
		`{"text":"سلام","on":true,"seq":-9}`:    {Text: "سلام", On: true, Seq: -9},
		`{"seq":9223372036854775807}`:           {Seq: 9223372036854775807},
		`{"names":{"a":"","ب":"c"}}`:            {Names: map[string]string{"a": "", "ب": "c"}},
		`{"names":{}}`:                          {Names: map[string]string{}},
		`{"list":["a","b"],"deep":null}`:        {List: []string{"a", "b"}},
		`{"deep":{"text":"b"}}`:                 {Deep: &sample{Text: "b"}},
		`{"inner":{"id":"x"},"small":-128}`: {Inner: struct {
			ID string `json:"id"`
		}{"x"}, Small: -128},
	} {
		var got sample
		if err := Decode([]byte(in), &got); err != nil {
			t.Errorf("%s: %v", in, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", in, diff)
		}
	}
}

func TestWhatIsNotIsRefusedByName(t *testing.T) {
	many := `{"list":[` + strings.Repeat(`"a",`, MaxMembers) + `"a"]}`
	for in, want := range map[string]string{
		"":                             "bad_json offset=0",
		"abc":                          "bad_json offset=0",
		"nul":                          "bad_json offset=0",
		`{"text":"a"`:                  "bad_json offset=11",
		`{"text":"a",}`:                "bad_json offset=12",
		`{text:"a"}`:                   "bad_json offset=1",
		`{"text" "a"}`:                 "bad_json offset=8",
		`{"text":"a`:                   "bad_json offset=10",
		"{\"text\":\"a\nb\"}":          "bad_json offset=10",
		"{\"text\":\"\\t\x00b\"}":      "bad_json offset=11",
		`{"text":"\x"}`:                "bad_json offset=10",
		`{"text":"\u12g4"}`:            "bad_json offset=10",
		`{"seq":01}`:                   "bad_json offset=8",
		`{"seq":-}`:                    "bad_json offset=8",
		`{"seq":1.}`:                   "bad_json offset=9",
		`{"seq":1e}`:                   "bad_json offset=9",
		"\ufeff{}":                     "bad_json offset=0",
		"{\"text\":\"a\xff\xfe\"}":     "invalid_utf8 offset=10",
		`{"text":"\ud800"}`:            "invalid_unicode offset=9",
		`{"text":"ab\ud800\u0041"}`:    "invalid_unicode offset=11",
		`{"text":"\udc00\ud800"}`:      "invalid_unicode offset=9",
		`{"text":"a","text":"b"}`:      "duplicate_key field=text",
		`{"text":"a","\u0074ext":"b"}`: "duplicate_key field=text",
		`{"TEXT":"a"}`:                 "unknown_field field=TEXT suggestion=text",
		`{"tekst":"a"}`:                "unknown_field field=tekst suggestion=text",
		`{"inner":{"ID":"a"}}`:         "unknown_field field=inner.ID suggestion=id",
		`{"inner":{"role":"a"}}`:       "unknown_field field=inner.role",
		`{"Plain":"a"}`:                "unknown_field field=Plain",
		`{"-":"a"}`:                    "unknown_field field=-",
		`{"":"a"}`:                     "unknown_field field=",
		`{"text":{"$gt":""}}`:          "wrong_type expected=string field=text",
		`{"text":null}`:                "wrong_type expected=string field=text",
		`{"on":"true"}`:                "wrong_type expected=boolean field=on",
		`{"list":["a",1]}`:             "wrong_type expected=string field=list.1",
		`{"list":"a"}`:                 "wrong_type expected=list field=list",
		`{"inner":[]}`:                 "wrong_type expected=object field=inner",
		`[]`:                           "wrong_type expected=object field=body",
		`{"seq":"1"}`:                  "wrong_type expected=integer field=seq",
		`{"seq":1.5}`:                  "wrong_type expected=integer field=seq",
		`{"seq":1e2}`:                  "wrong_type expected=integer field=seq",
		`{"seq":1e999}`:                "out_of_range field=seq max=9223372036854775807 min=-9223372036854775808",
		`{"seq":9223372036854775808}`:  "out_of_range field=seq max=9223372036854775807 min=-9223372036854775808",
		`{"small":128}`:                "out_of_range field=small max=127 min=-128",
		`{"text":"a"}{"text":"b"}`:     "trailing_data offset=12",
		`{} x`:                         "trailing_data offset=3",
		strings.Repeat("[", 10_000):    "too_deep max=16 offset=16",
		strings.Repeat(`{"deep":`, 17): "too_deep max=16 offset=128",
		many:                           "too_deep max_members=256 offset=1033",
	} {
		var got sample
		err := Decode([]byte(in), &got)
		if err == nil {
			t.Errorf("%.80q: accepted as %+v", in, got)
		} else if err.Error() != want {
			t.Errorf("%.80q: got %q, want %q", in, err, want)
		}
	}
}

func TestDepthAndMembersUpToTheLimitAreRead(t *testing.T) {
	deep := strings.Repeat(`{"deep":`, MaxDepth-1) + `{}` + strings.Repeat(`}`, MaxDepth-1)
	wide := `{"list":[` + strings.Repeat(`"a",`, MaxMembers-1) + `"a"]}`
	for _, in := range []string{deep, wide} {
		if err := Decode([]byte(in), new(sample)); err != nil {
			t.Errorf("%.40s…: %v", in, err)
		}
	}
}

func TestATypeIsReadBeforeTheRest(t *testing.T) {
	v, err := Parse([]byte(`{"n":1,"type":"send"}`))
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := v.Text("type"); !ok || got != "send" {
		t.Errorf("type = %q, %v", got, ok)
	}
	if got, ok := v.Text("n"); ok {
		t.Errorf("a number was read as text %q", got)
	}
	if v.Kind() != Object {
		t.Errorf("kind = %v", v.Kind())
	}
}

func TestAFieldOfAnUnreadableSortIsOurFault(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unsigned field was accepted")
		}
	}()
	_ = Decode([]byte(`{"f":1}`), &struct {
		F uint `json:"f"`
	}{})
}

func TestCodesOfRefusalsAreThoseOfTheCaller(t *testing.T) {
	for code, status := range map[problem.Code]int{
		problem.BadJSON: 400, problem.InvalidUTF8: 400, problem.WrongType: 422, problem.OutOfRange: 422, problem.TooDeep: 400,
	} {
		if got := code.Status(); got != status {
			t.Errorf("%s has status %d, want %d", code, got, status)
		}
	}
}
