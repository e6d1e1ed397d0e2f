package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// seeds is the corpus that runs in every plain test.
func seeds(f *testing.F) {
	for _, s := range []string{
		"", "Hello", "مُحَمَّد عَلِيّ", "a\r\nb\rc", "\u2066\u2067a\u2069\n\u2069", "\u202e\u0301", "e\u202d\u0301",
		"O\u0308", "\u0344\u0301", "각\u11a8", "\u1100\u1161\u11a8", "\u0958\u09dc", "שּׁ", "ﷺ ﹰ ﷲ", "İıßς", "ا\u0640\u0653",
		"👩\u200d⚕\ufe0f", "\ufe0f\u200c\u200d \u200c", "\xff\xfe", "د. أ. م. عبد أبو بن آل", "ال", "() ) (", "`a` ` @ # http://",
		"ϓ\u0301", "\u1e9b\u0323", "ǅ", "Ω", "\u0f73\u0f71\u0f72", "\u00a8\u0301", "<\u0338>\u0338", "\u202f\u1680\u2028\u2029",
		strings.Repeat("\u0301\u0316", 40), "a" + strings.Repeat("\u0316\u0301", 40) + "\u0653", "٠٥۵５", "①²㎏", "Ꭰꭰᲀ",
	} {
		f.Add(s)
	}
}

func FuzzNormalize(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		once := NormalizeMessage(s)
		if twice := NormalizeMessage(once); twice != once {
			t.Errorf("not idempotent: %+q then %+q", once, twice)
		}
		if !utf8.ValidString(once) || strings.Contains(once, "\r") {
			t.Errorf("%+q is not normalized", once)
		}
		// The long way and the library agree wherever the library applies.
		if valid := strings.ToValidUTF8(s, "\uFFFD"); longestMarkRun(valid, norm.NFD) < 20 {
			if long, short := composeRunes(decomposeRunes(valid, norm.NFD)), norm.NFC.String(valid); long != short {
				t.Errorf("composed %+q, the library gives %+q", long, short)
			}
		}
	})
}

func FuzzCleanBody(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		once := CleanBody(NormalizeMessage(s))
		if twice := CleanBody(once); twice != once {
			t.Errorf("not idempotent: %+q then %+q", once, twice)
		}
		if NormalizeMessage(once) != once {
			t.Errorf("%+q lost its normal form", once)
		}
		if got, before := utf8.RuneCountInString(once), Count(s); got > before {
			t.Errorf("grew from %d to %d characters", before, got)
		}
		if strings.ContainsFunc(once, override.has) {
			t.Errorf("%+q holds an override", once)
		}
		open := 0
		for _, r := range once {
			switch {
			case lri <= r && r <= fsi:
				open++
			case r == pdi:
				open--
			case r == '\n' && open != 0:
				t.Errorf("%+q: isolate reaches over a line", once)
			}
			if open < 0 {
				t.Fatalf("%+q: isolate closed before it opens", once)
			}
		}
		if open != 0 {
			t.Errorf("%+q: isolate left open", once)
		}
	})
}

func FuzzName(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		once := CleanName(s)
		if twice := CleanName(once); twice != once {
			t.Errorf("not idempotent: %+q then %+q", once, twice)
		}
		if got, before := utf8.RuneCountInString(once), Count(s); got > before {
			t.Errorf("grew from %d to %d characters", before, got)
		}
		hidden := func(r rune) bool { return invisible.has(r) && !joiner.has(r) && !variation.has(r) }
		if strings.ContainsFunc(once, hidden) || strings.ContainsAny(once, "\n\t") || strings.TrimSpace(once) != once {
			t.Errorf("%+q is not clean", once)
		}
		name, err := Name(s, NameLimit)
		if err == nil && (Blank(name) || utf8.RuneCountInString(name) > NameLimit || Control(name) >= 0) {
			t.Errorf("accepted %+q", name)
		}
	})
}

func FuzzMessage(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		body, err := Message(s, AgentLimit, true)
		if err != nil {
			return
		}
		if Blank(body) || Count(body) > AgentLimit || Reserved(body) != nil || Control(body) >= 0 {
			t.Errorf("accepted %+q as %+q", s, body)
		}
		if again, err := Message(body, AgentLimit, true); err != nil || again != body {
			t.Errorf("%+q, accepted once, then gave %+q, %v", body, again, err)
		}
	})
}

func FuzzFold(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("not idempotent: %+q folds to %+q, then to %+q", s, once, twice)
		}
	})
}

func FuzzDirection(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		dirs := Directions(s, RTL)
		if len(dirs) != strings.Count(s, "\n")+1 {
			t.Errorf("%d directions for %+q", len(dirs), s)
		}
		if slices.ContainsFunc(dirs, func(d Dir) bool { return d != LTR && d != RTL }) {
			t.Errorf("%v is not a direction", dirs)
		}
	})
}

func FuzzInitials(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		// Two letters, a joiner between, and up to two marks on each.
		if got := Initials(s); utf8.RuneCountInString(got) > 7 || Blank(got) && got != "" {
			t.Errorf("Initials(%+q) = %+q", s, got)
		}
	})
}
