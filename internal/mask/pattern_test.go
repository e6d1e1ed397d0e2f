package mask

import (
	"errors"
	"strings"
	"testing"
)

func TestOwnPatterns(t *testing.T) {
	own, err := New([]string{`\b[12]\d{9}\b`, `(?i)passport\s+\w+`})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"my ID is 1012345678":             "my ID is ••••••••••",
		"هويتي ١٠١٢٣٤٥٦٧٨":                "هويتي ••••••••••",
		"10123\u200b45678":                "•••••\u200b•••••",
		"Passport A1234567 and 012345678": "•••••••• •••••••• and 012345678",
		"4111 1111 1111 1111":             "•••• •••• •••• 1111",
		"nothing":                         "nothing",
	} {
		if got := own.Text(text); got != want {
			t.Errorf("%+q became %+q, want %+q", text, got, want)
		}
	}
}

func TestPatternsThatAreRefused(t *testing.T) {
	for pattern, want := range map[string]error{
		`(`:                         ErrPattern,
		`(?=x)`:                     ErrPattern,
		strings.Repeat("x", 201):    ErrPattern,
		`x*`:                        ErrEmpty,
		``:                          ErrEmpty,
		`(\d{20}){40}`:              ErrTooLong,
		`((((\w{9}){9}){9}){9}){9}`: ErrPattern,
		`\d{10}`:                    nil,
	} {
		if err := Check(pattern); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", pattern, err, want)
		}
	}
}
