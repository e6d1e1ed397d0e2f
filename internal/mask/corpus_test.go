package mask

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// corpus is api/fixtures/mask/cards.json.
type corpus struct {
	Numbers, Separators, Groupings, Surroundings []string
	Masked                                       []struct{ Text, Out string }
	Kept, Shapes                                 []string
}

func read(t *testing.T) (c corpus) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "api", "fixtures", "mask", "cards.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestExamples(t *testing.T) {
	c := read(t)
	for _, m := range c.Masked {
		if got := Text(m.Text); got != m.Out {
			t.Errorf("%+q became %+q, want %+q", m.Text, got, m.Out)
		}
		if utf8.RuneCountInString(m.Text) != utf8.RuneCountInString(m.Out) && !strings.Contains(m.Text, "%") {
			t.Errorf("%+q has another length masked", m.Text)
		}
	}
	for _, k := range c.Kept {
		if got := Text(k); got != k {
			t.Errorf("%+q became %+q", k, got)
		}
	}
}

// scripts are the ten digits of every script there is.
func scripts() (all [][]rune) {
	add := func(lo, hi rune) {
		for zero := lo; zero+9 <= hi; zero += 10 {
			var ten []rune
			for d := range rune(10) {
				ten = append(ten, zero+d)
			}
			all = append(all, ten)
		}
	}
	for _, r := range unicode.Nd.R16 {
		add(rune(r.Lo), rune(r.Hi))
	}
	for _, r := range unicode.Nd.R32 {
		add(rune(r.Lo), rune(r.Hi))
	}
	return append(all, []rune("⁰¹²³⁴⁵⁶⁷⁸⁹"), []rune("₀₁₂₃₄₅₆₇₈₉"), []rune("⓪①②③④⑤⑥⑦⑧⑨"), []rune("〇一二三四五六七八九"))
}

// grouped puts the separator where people do.
func grouped(number []rune, grouping, separator string) string {
	every := map[string]int{"whole": len(number), "fours": 4, "pairs": 2, "ones": 1}[grouping]
	var b strings.Builder
	for i, d := range number {
		if i > 0 && (every > 0 && i%every == 0 || grouping == "ends" && (i == 6 || i == len(number)-4)) {
			b.WriteString(separator)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// In every script, with every separator and grouping, in every surrounding:
// of each number at most the last four digits are left.
func TestEveryCardIsMasked(t *testing.T) {
	c := read(t)
	tried, missed := 0, 0
	try := func(number string, digits []rune, separator, grouping, around string) {
		written := make([]rune, len(number))
		for i, d := range number {
			written[i] = digits[d-'0']
		}
		text := strings.ReplaceAll(around, "#", grouped(written, grouping, separator))
		if strings.Contains(separator, "\u20e3") || separator == "\u064e" { // after each digit, not between groups
			text = strings.ReplaceAll(around, "#", grouped(written, "ones", separator))
		}
		tried++
		masked := Text(text)
		if bullets := strings.Count(masked, string(Bullet)); bullets < len(number)-shown {
			if missed++; missed <= 10 {
				t.Errorf("%+q became %+q", text, masked)
			}
		}
		if again := Text(masked); again != masked {
			t.Errorf("%+q masked twice is %+q and then %+q", text, masked, again)
		}
	}
	all := scripts()
	latin := all[0]
	for i, number := range c.Numbers {
		for _, digits := range all {
			try(number, digits, " ", "fours", "رقم #")
			try(number, digits, "", "whole", "#")
		}
		for j, separator := range c.Separators {
			for g, grouping := range c.Groupings {
				for k, around := range c.Surroundings {
					if i == 0 || (i+j+g)%len(c.Surroundings) == k { // all of them for one number, for the others each in its turn
						try(number, latin, separator, grouping, around)
					}
				}
				if (i+j+g)%3 == 0 {
					try(number, all[(i+j+g)%len(all)], separator, grouping, "#")
				}
			}
		}
		mixed := make([]rune, 10)
		for d := range mixed {
			mixed[d] = all[(i+7*d)%len(all)][d]
		}
		try(number, mixed, "-", "fours", "«#»")
	}
	t.Logf("%d texts with a card number, of %d numbers in %d scripts: %d missed, recall %.4f %%", tried, len(c.Numbers), len(all), missed, 100*float64(tried-missed)/float64(tried))
}

var iban = regexp.MustCompile(`\{iban ([A-Z]{2}) (\d+)\}`)

// drawn is a text of the shape, with digits by chance.
func drawn(shape string, r *rand.Rand) string {
	shape = iban.ReplaceAllStringFunc(shape, func(s string) string {
		m := iban.FindStringSubmatch(s)
		n, _ := strconv.Atoi(m[2])
		body := ""
		for range n {
			body += strconv.Itoa(r.IntN(10))
		}
		number := ""
		for _, l := range m[1] {
			number += strconv.Itoa(int(l-'A') + 10)
		}
		left, _ := new(big.Int).SetString(body+number+"00", 10)
		whole := m[1] + fmt.Sprintf("%02d", 98-new(big.Int).Mod(left, big.NewInt(97)).Int64()) + body
		if r.IntN(2) == 0 {
			return whole
		}
		return grouped([]rune(whole), "fours", " ")
	})
	var b strings.Builder
	for _, c := range shape {
		if c == '#' {
			c = rune('0' + r.IntN(10))
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Of numbers that are none of cards at most one in a thousand is masked.
func TestOtherNumbersAreKept(t *testing.T) {
	c := read(t)
	r := rand.New(rand.NewPCG(25, 1))
	const many = 20_000
	wrong := 0
	for i := range many {
		text := drawn(c.Shapes[i%len(c.Shapes)], r)
		if got := Text(text); got != text {
			if wrong++; wrong <= 20 {
				t.Logf("%q became %q", text, got)
			}
		}
	}
	t.Logf("%d order numbers, telephone numbers, accounts, dates of %d shapes: %d masked, %.3f %%", many, len(c.Shapes), wrong, 100*float64(wrong)/many)
	if wrong*1000 > many {
		t.Errorf("%d of %d masked", wrong, many)
	}
	ambiguous := 0
	for range many {
		if text := drawn("################", r); Text(text) != text {
			ambiguous++
		}
	}
	t.Logf("16 digits by chance: %.2f %% cannot be told from card numbers and are masked", 100*float64(ambiguous)/many)
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"4111 1111 1111 1111", "%D9%A4111111111111111", "\xff4111\xfe111111111111", "GB29 NWBK 6016 1331 9268 19"} {
		f.Add(s)
	}
	own, err := New([]string{`\d{3}-\d{2}`, `(?i)secret\w*`})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := own.Text(text)
		if twice := own.Text(once); twice != once {
			t.Errorf("%q masked is %q, and again %q", text, once, twice)
		}
		if utf8.ValidString(text) && utf8.RuneCountInString(once) > utf8.RuneCountInString(text) {
			t.Errorf("%q became longer: %q", text, once)
		}
	})
}
