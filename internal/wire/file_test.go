package wire

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/problem"
)

type entry struct {
	ID     string         `json:"id"`
	Wait   time.Duration  `json:"wait"`
	Factor float64        `json:"factor"`
	Teams  []string       `json:"teams"`
	Off    bool           `json:"off"`
	Levels map[string]int `json:"levels"`
	Count  int            `json:"-"`
}

type file struct {
	Title string  `json:"title"`
	List  []entry `json:"list"`
	Inner struct {
		Limit int    `json:"limit"`
		On    bool   `json:"on"`
		Note  string `json:"note,omitempty"`
	} `json:"inner"`
}

func TestAFileReadsAsItWasWritten(t *testing.T) {
	f := file{Title: "<b> & \"مرحبا\"\n", List: []entry{
		{ID: "a", Wait: 90 * time.Second, Factor: 1.5, Teams: []string{"t1", "t2"}, Off: true, Levels: map[string]int{"b": 2, "a": 1}},
		{ID: "b"},
	}}
	f.Inner.Limit = -3
	const want = `{
  "title": "<b> & \"مرحبا\"\n",
  "list": [
    {
      "id": "a",
      "wait": "1m30s",
      "factor": 1.5,
      "teams": ["t1", "t2"],
      "off": true,
      "levels": {
        "a": 1,
        "b": 2
      }
    },
    {
      "id": "b"
    }
  ],
  "inner": {
    "limit": -3,
    "on": false
  }
}
`
	written := WriteFile(f)
	if diff := cmp.Diff(want, string(written)); diff != "" {
		t.Errorf("written (-want +got):\n%s", diff)
	}
	var got file
	if err := ReadFile(written, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, got); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
}

func TestAValueIsOneLineOfText(t *testing.T) {
	for want, v := range map[string]any{
		`"1m30s"`:       90 * time.Second,
		`["a", "b"]`:    []string{"a", "b"},
		`[]`:            []string(nil),
		`true`:          true,
		`[{"id": "a"}]`: []entry{{ID: "a"}},
	} {
		if got := Text(v); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestAFileMayBeLargerThanARequestButNotEndless(t *testing.T) {
	long := `{"list":[` + strings.Repeat(`{"id":"a"},`, MaxMembers) + `{"id":"a"}]}`
	var f file
	if err := ReadFile([]byte(long), &f); err != nil || len(f.List) != MaxMembers+1 {
		t.Errorf("%d entries, %v", len(f.List), err)
	}
	if err := ReadFile(make([]byte, MaxFile+1), &f); problem.CodeOf(err) != problem.BodyTooLarge {
		t.Errorf("a file that is too large: %v", err)
	}
}

func TestWrongValuesInAFileAreRefusedByName(t *testing.T) {
	for in, want := range map[string]string{
		`{"list":[{"wait":90}]}`:       "wrong_type expected=duration field=list.0.wait",
		`{"list":[{"wait":"90"}]}`:     "wrong_type expected=duration field=list.0.wait",
		`{"list":[{"factor":"high"}]}`: "wrong_type expected=number field=list.0.factor",
		`{"list":[{"factor":1e999}]}`:  "out_of_range field=list.0.factor max=1.7976931348623157e+308 min=-1.7976931348623157e+308",
		`{"list":[{"weight":1}]}`:      "unknown_field field=list.0.weight",
	} {
		if err := ReadFile([]byte(in), new(file)); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", in, err, want)
		}
	}
}
