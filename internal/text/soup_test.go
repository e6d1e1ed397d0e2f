package text

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the soup fixture anew")

// soupCase is a text that nobody would write, and what every rule makes of it.
type soupCase struct {
	Text       string `json:"text"`
	Message    string `json:"message"` // normalized and cleaned
	Name       string `json:"name"`
	Fold       string `json:"fold"`
	Directions []Dir  `json:"directions"`
	Initials   string `json:"initials"`
	Reserved   int    `json:"reserved"`
	Blank      bool   `json:"blank"`
}

func soup(text string) soupCase {
	return soupCase{
		Text: text, Message: CleanBody(NormalizeMessage(text)), Name: CleanName(text), Fold: Fold(text),
		Directions: Directions(text, RTL), Initials: Initials(text), Reserved: len(Reserved(text)), Blank: Blank(text),
	}
}

// ingredients are what the rules treat differently from letter to letter.
var ingredients = strings.Split("a|B|é|e\u0301|O\u0308|ß|İ|ı|Σ|ς|ﬁ|ǆ|K|ا|أ|آ|ا\u0653|ى|ئ|ة|ؤ|ک|ی|ﷲ|ﻻ|ﹰ|ال|بن|عبد|أبو|د.|Dr.|Al-|"+
	"س|ك|م|\u064e|\u0651|\u0670|\u0640|\u06dd|٥|۵|5|١٢|שּׁ|ש|中|葛\U000e0100|한|\u1112\u1161\u11ab|\u11a8|क\u094dष|ශ\u0dca\u200dර|"+
	" |  |\t|\n|\r\n|\r|\u00a0|\u2028|\u2029|\u3000|\u200b|\u200c|\u200d|\u200e|\u200f|\u061c|\u202a|\u202c|\u202e|\u2066|\u2067|\u2068|\u2069|"+
	"\ufe0f|\ufeff|\u00ad|\u034f|\U000e0041|\u3164|😀|👩\u200d⚕\ufe0f|🇸🇦|#|@|@x.y|http://|www.|`|(|)|<|>|\u0338|\u0301|\u0316|\u0323|\u0344|"+
	"\u0f73|\u0958|\u09dc|-|_|/|.|،|؟|\"|«|!|\x00|\x7f|\u0085|\ufffd|Ω|Å|①|Ⅷ|½|ｆ|（|）|\U0001d400|\U00010d00|\U0001e900|ა|Ა|Ꭰ|ꭰ|ϓ|ẛ|\u1e9b\u0323|\u00a8", "|")

func randomSoup(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(12) {
		piece := ingredients[r.IntN(len(ingredients))]
		// Now and then many of one, for the long runs.
		for range max(1, r.IntN(60)-54) {
			b.WriteString(piece)
		}
	}
	return b.String()
}

// TestSoup holds Go and TypeScript to the same results for texts chosen at
// random from what the rules treat differently.
func TestSoup(t *testing.T) {
	if *update {
		writeSoup(t)
	}
	for _, want := range cases[soupCase](t, "soup.json") {
		if diff := cmp.Diff(want, soup(want.Text)); diff != "" {
			t.Errorf("%+q (-want +got):\n%s", want.Text, diff)
		}
	}
}

func writeSoup(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var lines []string
	for range 200 {
		line, err := json.Marshal(soup(randomSoup(r)))
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, "    "+ascii(string(line)))
	}
	doc := "{\n  \"//\": \"Written by go test ./internal/text -run TestSoup -update; TypeScript must give the same.\",\n  \"cases\": [\n" +
		strings.Join(lines, ",\n") + "\n  ]\n}\n"
	if err := os.WriteFile(filepath.Join("..", "..", "api", "fixtures", "text", "soup.json"), []byte(doc), 0o644); err != nil {
		t.Fatal(err)
	}
}

// ascii escapes every other character, so that no invisible one stands in the
// file.
func ascii(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x7f {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, "\\u%04x", unit)
		}
	}
	return b.String()
}

// TestSoupHolds runs what the fuzz tests assert on many more random soups.
func TestSoupHolds(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 4_000 {
		text := randomSoup(r)
		once := soup(text)
		if again := CleanBody(NormalizeMessage(once.Message)); again != once.Message {
			t.Errorf("message %+q: %+q, then %+q", text, once.Message, again)
		}
		if again := CleanName(once.Name); again != once.Name {
			t.Errorf("name %+q: %+q, then %+q", text, once.Name, again)
		}
		if again := Fold(once.Fold); again != once.Fold {
			t.Errorf("fold %+q: %+q, then %+q", text, once.Fold, again)
		}
		if n := Count(once.Message); n > Count(text) {
			t.Errorf("%+q grew from %d to %d characters", text, Count(text), n)
		}
	}
}
