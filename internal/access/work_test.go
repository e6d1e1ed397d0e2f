package access

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// The work that browsers do is the same: web/widget/work runs these too.
func TestWork(t *testing.T) {
	data, err := os.ReadFile("../../api/fixtures/work.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Token  string `json:"token"`
		Zeros  int    `json:"zeros"`
		Answer []int  `json:"answer"`
	}
	if err := json.Unmarshal(data, &cases); err != nil || len(cases) == 0 {
		t.Fatal(err)
	}
	for _, c := range cases {
		if got := DoWork(c.Token, c.Zeros); !slices.Equal(got, c.Answer) {
			t.Errorf("%s: got %v, want %v", c.Token, got, c.Answer)
		}
		if !Worked(c.Token, c.Zeros, c.Answer) {
			t.Errorf("%s: not taken", c.Token)
		}
		for part := range c.Answer {
			without := slices.Clone(c.Answer)
			without[part] = 0 // the first that fits is another one
			if Worked(c.Token, c.Zeros, without) {
				t.Errorf("%s: taken without part %d", c.Token, part)
			}
		}
		for what, wrong := range map[string][]int{"none": nil, "numbers that are none": {-1, -1, -1, -1, -1, -1, -1, -1}, "a part less": c.Answer[1:], "a part more": append(slices.Clone(c.Answer), 0), "parts exchanged": exchanged(c.Answer)} {
			if Worked(c.Token, c.Zeros, wrong) {
				t.Errorf("%s: taken with %s", c.Token, what)
			}
		}
		if Worked(c.Token+"x", c.Zeros, c.Answer) {
			t.Errorf("%s: taken for another token", c.Token)
		}
	}
}

func exchanged(answer []int) []int {
	other := slices.Clone(answer)
	slices.Reverse(other)
	return other
}
