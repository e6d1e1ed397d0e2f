package chat

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hiwar/internal/id"
)

var update = flag.Bool("update", false, "write what happens into testdata")

// Each file in testdata is a conversation. Lines that are indented say what
// follows from the line above and are written by go test -update.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			was, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := play(t, string(was))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(was) {
				t.Errorf("%s tells it differently; what happened is\n%s", file, got)
			}
		})
	}
}

func play(t *testing.T, script string) string {
	var out strings.Builder
	s := New(header())
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "    ") {
			continue
		}
		out.WriteString(line + "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		clock, command, _ := strings.Cut(line, " ")
		at, err := time.Parse("15:04:05", clock)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		now := t0.Add(time.Duration(at.Hour()-9)*time.Hour + time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second)
		if command == "show" {
			show(&out, s)
			continue
		}
		entries, err := s.Step(now, event(t, command))
		for _, e := range entries {
			fmt.Fprintln(&out, "    "+describe(e))
		}
		var again *Duplicate
		switch {
		case errors.As(err, &again):
			fmt.Fprintf(&out, "    stored before as %d at %s\n", again.Seq, again.At.Format("15:04:05"))
		case err != nil:
			fmt.Fprintf(&out, "    error: %v\n", err)
		case len(entries) == 0:
			fmt.Fprintln(&out, "    nothing")
		}
		if err := s.Check(); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	return out.String()
}

var word = regexp.MustCompile(`"(?:[^"\\]|\\.)*"(?:\*\d+)?|\S+`)

// words splits a line; "…" may hold spaces and escapes, and "x"*3 is "xxx".
func words(t *testing.T, line string) []string {
	out := word.FindAllString(line, -1)
	for i, w := range out {
		if w[0] != '"' {
			continue
		}
		quoted, times, repeated := strings.Cut(w, `"*`)
		if repeated {
			quoted += `"`
		}
		text, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatalf("%s: %v", w, err)
		}
		if n, err := strconv.Atoi(times); err == nil {
			text = strings.Repeat(text, n)
		}
		out[i] = text
	}
	return out
}

// event reads one command.
func event(t *testing.T, command string) Event {
	w := words(t, command)
	arg := func(i int) string {
		if i < len(w) {
			return w[i]
		}
		return ""
	}
	who := Author{User: id.User(arg(1))}
	if arg(1) == "customer" {
		who = Author{Customer: true}
	}
	switch w[0] {
	case "post":
		return Post{By: who, ClientID: arg(2), Text: arg(3), AllowReserved: arg(4) == "allow"}
	case "note":
		return AddNote{User: who.User, Name: arg(1), ClientID: arg(2), Text: arg(3), Handover: arg(4) == "handover"}
	case "receive":
		return Receive{By: who, Delivered: number(t, arg(2)), Seen: number(t, arg(3))}
	case "join":
		return Join{User: who.User, Name: strings.ToUpper(arg(1)[:1]) + arg(1)[1:], Owner: arg(2) == "owner"}
	case "leave":
		return Leave{User: who.User, Cause: arg(2)}
	case "own":
		return Own{User: who.User}
	case "say", "tell":
		topic := map[string]Topic{"say": Public, "tell": Staff}[w[0]]
		ev := Say{Topic: topic, Line: Line(arg(1))}
		for _, param := range w[2:] {
			k, v, _ := strings.Cut(param, "=")
			if ev.Params == nil {
				ev.Params = map[string]string{}
			}
			ev.Params[k] = v
		}
		return ev
	case "interrupt":
		return Interrupt{Asset: arg(1)}
	case "close":
		return Close{Cause: arg(1)}
	}
	t.Fatalf("no command %q", command)
	return nil
}

func number(t *testing.T, s string) id.Seq {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return id.Seq(n)
}

func describe(e Entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d: %s", e.Topic, e.Seq, e.Kind)
	if e.By != 0 {
		fmt.Fprintf(&b, " by %d", e.By)
	}
	if e.Topic == Staff {
		fmt.Fprintf(&b, " after %d", e.After)
	}
	if p := e.Participant; p != nil {
		fmt.Fprintf(&b, " %s", p.Name)
		if p.Owner {
			b.WriteString(" (owner)")
		}
	}
	switch e.Kind {
	case KindMessage, KindNote:
		fmt.Fprintf(&b, " %s", e.ClientID)
		if e.Handover {
			b.WriteString(" for the next agent")
		}
		if n := len([]rune(e.Text)); n > 60 {
			fmt.Fprintf(&b, " (%d characters)", n)
		} else {
			fmt.Fprintf(&b, " %+q", e.Text)
		}
	case KindReceipt:
		fmt.Fprintf(&b, " delivered %d seen %d", e.Delivered, e.Seen)
	}
	for _, w := range []string{string(e.Line), string(e.Status), e.Cause} {
		if w != "" {
			b.WriteString(" " + w)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(e.Params)) {
		fmt.Fprintf(&b, " %s=%s", k, e.Params[k])
	}
	return b.String()
}

func show(b *strings.Builder, s *State) {
	fmt.Fprintf(b, "    %s, heads %d and %d\n", s.record.Status, s.record.Head, s.record.StaffHead)
	for _, p := range s.record.Participants {
		fmt.Fprintf(b, "    %d %s %s since %s, delivered %d seen %d", p.Number, p.Role, p.Name, p.JoinedAt.Format("15:04:05"), p.Delivered, p.Seen)
		if p.Owner {
			b.WriteString(", owner")
		}
		if !p.LeftAt.IsZero() {
			fmt.Fprintf(b, ", left at %s with entry %d", p.LeftAt.Format("15:04:05"), p.LeftSeq)
		}
		b.WriteString("\n")
	}
}
