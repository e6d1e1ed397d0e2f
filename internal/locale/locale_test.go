package locale

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// fixture reads a file that the TypeScript tests read too.
func fixture(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "api", "fixtures", "locale", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func TestCountsReadExactly(t *testing.T) {
	var want struct {
		Counts map[string]map[Lang]map[string]string
	}
	fixture(t, "counts.json", &want)
	checked := 0
	for key, langs := range want.Counts {
		for lang, texts := range langs {
			for number, text := range texts {
				n, err := strconv.Atoi(number)
				if err != nil {
					t.Fatal(err)
				}
				if got := render(lang, key, Params{"n": n}); got != text {
					t.Errorf("%s %s %d = %q, want %q", lang, key, n, got, text)
				}
				checked++
			}
		}
	}
	for key := range catalogue {
		if _, ok := want.Counts[key]; !ok && strings.HasPrefix(key, "n.") {
			t.Errorf("%s has no expected texts", key)
		}
	}
	if numbers := 14; checked != len(want.Counts)*2*numbers {
		t.Errorf("checked %d texts, want %d numbers in two languages for each of %d keys", checked, numbers, len(want.Counts))
	}
}

func TestSentences(t *testing.T) {
	var fixtures struct {
		Cases []struct {
			Code   string
			Params map[string]any
			En, Ar string
		}
	}
	fixture(t, "sentences.json", &fixtures)
	for _, c := range fixtures.Cases {
		for lang, want := range map[Lang]string{English: c.En, Arabic: c.Ar, "fr": c.En} {
			if got := Sentence(lang, c.Code, c.Params); got != want {
				t.Errorf("%s %q %v = %+q, want %+q", lang, c.Code, c.Params, got, want)
			}
		}
	}
}

func TestSentenceLeavesParamsAlone(t *testing.T) {
	params := map[string]any{"retry_after_ms": int64(5000)}
	if got, want := Sentence(English, "rate_limited", params), "\u20685 seconds\u2069"; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q in it", got, want)
	}
	if len(params) != 1 {
		t.Errorf("params became %v", params)
	}
}

func TestTimesAreReadable(t *testing.T) {
	at := time.Date(2026, 11, 22, 15, 5, 9, 0, time.FixedZone("Riyadh", 3*3600))
	got := Sentence(Arabic, "chat_closed", map[string]any{"time": at})
	if want := "\u20682026-11-22 12:05 UTC\u2069"; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q in it", got, want)
	}
}

func TestTypedFunctions(t *testing.T) {
	if got, want := ThreadJoined(Arabic, "Omar"), "تم انضمام \u2068Omar\u2069 إلى الدردشة"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := NMessages(English, 12345), "12,345 new messages"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestGrouping(t *testing.T) {
	for n, want := range map[any]string{0: "0", 12: "12", 123: "123", 1234: "1,234", int64(1234567): "1,234,567", -1234: "-1,234", 1e6: "1,000,000", -123: "-123"} {
		var b strings.Builder
		writeValue(&b, n)
		if b.String() != want {
			t.Errorf("%v reads %q, want %q", n, b.String(), want)
		}
	}
}

// TestEverySentenceIsWhole renders each message with and without values.
func TestEverySentenceIsWhole(t *testing.T) {
	for key, langs := range catalogue {
		for _, lang := range []Lang{Arabic, English} {
			if len(langs[lang]) == 0 {
				t.Errorf("%s: nothing in %s", key, lang)
			}
			values := Params{}
			for _, arg := range args(langs[lang]) {
				values[arg] = "س"
			}
			if text := render(lang, key, values); strings.ContainsAny(text, "{}<>") || strings.TrimSpace(text) != text {
				t.Errorf("%s %s reads %q", lang, key, text)
			}
		}
		if ar, en := args(langs[Arabic]), args(langs[English]); !slices.Equal(ar, en) {
			t.Errorf("%s: placeholders %v in Arabic, %v in English", key, ar, en)
		}
	}
}

func args(m message) []string {
	var names []string
	for _, p := range m {
		if p.arg != "" {
			names = append(names, p.arg)
		}
		for _, form := range p.forms {
			names = append(names, args(form)...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
