package text

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// cases reads the cases of a fixture that the TypeScript tests read too.
func cases[T any](t *testing.T, name string) []T {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "api", "fixtures", "text", name))
	if err != nil {
		t.Fatal(err)
	}
	var fixture struct{ Cases []T }
	if err := json.Unmarshal(data, &fixture); err != nil {
		t.Fatal(err)
	}
	if len(fixture.Cases) == 0 {
		t.Fatalf("%s has no cases", name)
	}
	return fixture.Cases
}

// outcome is what a check gave, in the words of the fixtures.
type outcome struct {
	Error     string
	Count     int
	Max       int
	Positions []int
	Position  int
}

func outcomeOf(err error) outcome {
	var long *TooLongError
	var reserved *ReservedError
	var control *ControlError
	switch {
	case errors.As(err, &long):
		return outcome{Error: "too_long", Count: long.Count, Max: long.Max}
	case errors.As(err, &reserved):
		return outcome{Error: "reserved", Positions: reserved.Positions}
	case errors.As(err, &control):
		return outcome{Error: "control", Position: control.Position}
	case errors.Is(err, ErrEmpty):
		return outcome{Error: "empty"}
	}
	return outcome{}
}

type checkCase struct {
	Name, Text     string
	Repeat         int
	Limit          int
	RejectReserved bool
	Out            *string
	outcome
}

func (c checkCase) input() string { return strings.Repeat(c.Text, max(c.Repeat, 1)) }

func (c checkCase) compare(t *testing.T, got string, err error) {
	t.Helper()
	if c.Error != "" {
		if diff := cmp.Diff(c.outcome, outcomeOf(err)); diff != "" || got != "" {
			t.Errorf("got %q, %v; outcome (-want +got):\n%s", got, err, diff)
		}
		return
	}
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
	if c.Out != nil && got != *c.Out {
		t.Errorf("got %+q, want %+q", got, *c.Out)
	}
	if n := utf8.RuneCountInString(got); c.Out == nil && n != c.Count {
		t.Errorf("got %d characters, want %d", n, c.Count)
	}
}

func TestMessage(t *testing.T) {
	for _, c := range cases[checkCase](t, "message.json") {
		t.Run(c.Name, func(t *testing.T) {
			got, err := Message(c.input(), c.Limit, c.RejectReserved)
			c.compare(t, got, err)
		})
	}
}

func TestName(t *testing.T) {
	for _, c := range cases[checkCase](t, "name.json") {
		t.Run(c.Name, func(t *testing.T) {
			got, err := Name(c.input(), c.Limit)
			c.compare(t, got, err)
		})
	}
}

// pairCase is a case of the functions that take one text and give one.
type pairCase struct{ Text, Name, Out, Why string }

func TestFold(t *testing.T) {
	for _, c := range cases[pairCase](t, "fold.json") {
		if got := Fold(c.Text); got != c.Out {
			t.Errorf("Fold(%+q) = %+q, want %+q", c.Text, got, c.Out)
		}
	}
}

func TestInitials(t *testing.T) {
	for _, c := range cases[pairCase](t, "initials.json") {
		if got := Initials(c.Name); got != c.Out {
			t.Errorf("Initials(%+q) = %+q, want %+q (%s)", c.Name, got, c.Out, c.Why)
		}
	}
}

func TestIsolate(t *testing.T) {
	for _, c := range cases[pairCase](t, "isolate.json") {
		if got := Isolate(c.Text); got != c.Out {
			t.Errorf("Isolate(%+q) = %+q, want %+q", c.Text, got, c.Out)
		}
	}
}

func TestDirections(t *testing.T) {
	type directionCase struct {
		Name, Text string
		Fallback   Dir
		Out        []Dir
	}
	for _, c := range cases[directionCase](t, "direction.json") {
		if diff := cmp.Diff(c.Out, Directions(c.Text, c.Fallback)); diff != "" {
			t.Errorf("%s, fallback %s (-want +got):\n%s", c.Name, c.Fallback, diff)
		}
	}
}
