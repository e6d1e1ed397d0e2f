package locale

import (
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	for header, want := range map[string]Lang{
		"":                                    English,
		"ar":                                  Arabic,
		"AR-sa":                               Arabic,
		"en-GB,en;q=0.9":                      English,
		"ar-EG,ar;q=0.9,en;q=0.8":             Arabic,
		"en;q=0.5, ar;q=0.9":                  Arabic,
		"fr,de;q=0.9,ar;q=0.1":                Arabic,
		"fr, de":                              English,
		"*":                                   English,
		"fr,*;q=0.1":                          English,
		"ar;q=0, en;q=0.1":                    English,
		"ar;q=0":                              English,
		"en,ar":                               English,
		"ar,en":                               Arabic,
		"ar ; q=0.7 , en;q=0.6":               Arabic,
		"ar;q=nonsense,en;q=0.2":              English,
		"ar;q=NaN,en;q=0.2":                   English,
		"ar;q=9":                              English,
		"arz":                                 English,
		";;;,,,=":                             English,
		strings.Repeat("x,", 100_000) + "ar":  English,
		"ar," + strings.Repeat("en;q=1,", 99): Arabic,
	} {
		if got := Match(header); got != want {
			t.Errorf("Match(%.40q) = %s, want %s", header, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	for tag, want := range map[string]Lang{"ar": Arabic, "ar-SA": Arabic, "EN": English, "fr": "", "": "", "*": ""} {
		if got, ok := Parse(tag); got != want || ok != (want != "") {
			t.Errorf("Parse(%q) = %q, %v, want %q", tag, got, ok, want)
		}
	}
}

func TestDir(t *testing.T) {
	if Arabic.Dir() != "rtl" || English.Dir() != "ltr" {
		t.Errorf("Arabic %s, English %s", Arabic.Dir(), English.Dir())
	}
}
