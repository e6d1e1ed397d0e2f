package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hiwar/internal/rest"
	"hiwar/internal/ws"
)

var updateMatrix = flag.Bool("update", false, "write api/permissions.txt as it is")

// callers are who asks, in the order of the table's columns, and whose things
// they ask for.
var (
	callers = []string{"signed out", "customer", "agent", "supervisor", "administrator", "own role", "no role"}
	targets = []string{"own", "other", "foreign"}
)

// unknown is what there is none of.
var unknown = map[string]string{
	"conv": "conv_00000000000000000000000000", "past": "conv_00000000000000000000000000",
	"user": "usr_00000000000000000000000000", "mate": "usr_00000000000000000000000000",
	"asset": "ast_00000000000000000000000000", "queue": "que_00000000000000000000000000",
	"wrapup": "rsn_00000000000000000000000000", "idle": "rsn_00000000000000000000000000",
	"attachment": "att_00000000000000000000000000", "unsent": "att_00000000000000000000000000", "key": "key_000000000000", "block": "blk_00000000000000000000000000", "passkey": "pky_000000000000", "provider": "idp_00000000000000000000000000",
	"offer": "999999", "part": "999999", "session": "AAAAAAAAAAAAAAAA", "customer": "cus_00000000000000000000000000", "crew": "own",
}

// Every operation of the API and every command of sockets, called by everybody,
// about what is theirs, another team's and another organization's, answers as
// api/permissions.txt says; and of another organization's things it says what it
// says of things that there are not. A refusal stores nothing.
//
// The rows come from the routes as they are registered: one that is not called
// here, or not in the table, fails. Run with -update to write the table, and
// read what changed.
func TestPermissionMatrix(t *testing.T) {
	w := newWorld(t)
	w.fresh(t)
	defer func() { w.now.stop() }()
	lines := append(w.routes(t), w.sockets(t)...)
	const file = "../../api/permissions.txt"
	if *updateMatrix {
		if err := os.WriteFile(file, []byte(matrixHeader+strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if name, cells, ok := row(line); ok {
			want[name] = cells
		}
	}
	cells := 0
	for _, line := range lines {
		name, got, _ := row(line)
		expected, there := want[name]
		if delete(want, name); !there {
			t.Errorf("%s has no row in %s", name, file)
		} else if expected != got {
			t.Errorf("%s:\n got  %s\n want %s", name, got, expected)
		}
		cells += strings.Count(got, "/") + len(strings.Fields(got))
	}
	if len(want) > 0 {
		t.Errorf("of %s there is nothing that is called: %v", file, slices.Sorted(maps.Keys(want)))
	}
	t.Logf("%d rows, %d answers", len(lines), cells)
}

const matrixHeader = `# Who may do what: every operation of the API and every command of sockets,
# called by everybody about what is theirs / another team's / another
# organization's. Where it names nothing there is one answer.
#
#   yes      it is done
#   sign-in  refused: nobody is known by what was shown
#   no       refused: not for this role
#   hidden   answered as if there were no such thing
#   part     refused: the caller has another part in it, or none any more
#   open     nobody is asked who they are; what the request carries decides
#   …        allowed, and refused for the reason named
#
# There are no credentials of programs yet. "Own role" is one that an
# organization made: it permits reading all conversations, the audit log, and
# people with their roles; what each permission opens alone is tried in package
# access.
# docs/permissions.md is made from this file; a test calls everything in it.

`

func row(line string) (name, cells string, ok bool) {
	name, cells, ok = strings.Cut(strings.TrimSpace(line), "|")
	return strings.TrimSpace(name), strings.Join(strings.Fields(cells), " "), ok && !strings.HasPrefix(line, "#")
}

func rowOf(name string, cells []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-32s|", name)
	for i, c := range cells {
		if i > 0 {
			b.WriteString(" ")
		}
		fmt.Fprintf(&b, " %-20s", c)
	}
	return strings.TrimRight(b.String(), " ")
}

// routes calls every operation of the API.
func (w *world) routes(t *testing.T) (lines []string) {
	called := map[string]bool{}
	byName := map[string]rest.Route{}
	for _, r := range w.now.api.Routes() {
		byName[r.Name] = r
		if r.Open || r.Name == r.Method+" "+r.Path { // the socket, streams and files ask in their own way
			lines = append(lines, rowOf(r.Name, []string{"open"}))
			called[r.Name] = true
		}
	}
	for _, a := range asks {
		r, known := byName[a.of]
		if !known {
			t.Errorf("there is no operation %s", a.of)
			continue
		}
		called[a.of] = true
		lines = append(lines, w.ask(t, a, r.Path+a.query, func(who *someone, path, body string, _ string) (string, string) {
			head := append(w.key(), a.head...)
			got := w.now.ask(who, r.Method, path, body, head...)
			return markOf(got.status, got.code()), said(got.body)
		}))
	}
	for name := range byName {
		if !called[name] {
			t.Errorf("%s is not called: it needs a line in matrix_asks_test.go", name)
		}
	}
	return lines
}

// ask makes the row of one ask: everybody calls, about everything.
func (w *world) ask(t *testing.T, a ask, path string, do func(who *someone, path, body, target string) (mark, said string)) string {
	t.Helper()
	name := cmp.Or(a.row, a.of)
	cells := make([]string, 0, len(callers))
	of := targets
	if !strings.Contains(path, "{") && !a.own && !strings.Contains(a.body, "{conv}") && !strings.Contains(a.body, "{offer}") && !strings.Contains(a.body, "{user}") {
		of = targets[:1]
	}
	for _, caller := range callers {
		who := w.caller(caller, a.mate)
		var marks []string
		var foreign string
		for _, target := range append(slices.Clone(of), "unknown") {
			before, stored := w.now.engine.Counts().Rounds.Load(), w.now.stored(t)
			mark, said := do(who, w.fill(a, path, who, target, true), w.fill(a, a.body, who, target, false), target)
			changed := w.now.engine.Counts().Rounds.Load() != before
			if turnedAway(mark) && w.now.stored(t) != stored {
				t.Errorf("%s by %s of %s: refused as %s, and something was stored", name, caller, target, mark)
			}
			switch {
			case len(of) == 1 && target == "unknown":
			case target == "unknown" && (mark != marks[2] || said != foreign):
				t.Errorf("%s by %s: of another organization's it says %s %s, and of what there is not %s %s", name, caller, marks[2], foreign, mark, said)
			case target != "unknown":
				marks = append(marks, mark)
				foreign = said
			}
			if !a.quiet && mark == "yes" && changed || a.of == "endSession" || a.of == "resetSecondStep" || a.of == "removePasskey" || strings.HasPrefix(a.of, "logout") || a.of == "forgetVisitor" || a.of == "blockCustomer" {
				w.fresh(t)
			}
			if len(of) == 1 {
				break
			}
		}
		if len(slices.Compact(slices.Clone(marks))) == 1 {
			marks = marks[:1]
		}
		cells = append(cells, strings.Join(marks, "/"))
	}
	return rowOf(name, cells)
}

func (w *world) caller(name string, mate bool) *someone {
	own := w.crews["own"]
	switch {
	case name == "signed out":
		return nil
	case name == "customer":
		return own.client
	case name == "agent" && mate:
		return own.mate
	case name == "agent":
		return own.owner
	case name == "own role":
		return w.people["reader"]
	case name == "no role":
		return w.people["roleless"]
	}
	return w.people[name]
}

var inBraces = regexp.MustCompile(`\{[a-z ]+\}`)

// fill names the things of the target in a path or a body.
func (w *world) fill(a ask, text string, who *someone, target string, isPath bool) string {
	if target == "unknown" && isPath && strings.Contains(text, "{key}") && strings.Contains(text, "/widget/") {
		return text
	}
	things, n := strings.Count(text, "{"), 0
	return inBraces.ReplaceAllStringFunc(text, func(found string) string {
		n++
		word, of := strings.Trim(found, "{}"), target
		if own, ok := strings.CutPrefix(word, "own "); ok {
			word, of = own, "own"
		}
		if isPath && a.own && (n < things || strings.Contains(a.body, "{")) {
			of = "own"
		}
		if isPath && word == "id" {
			word = meant(text)
		}
		if word == "once" {
			w.idempotent++
			return fmt.Sprint("o", w.idempotent)
		}
		if of == "unknown" || of == "foreign" && (word == "offer" || word == "part") {
			return unknown[word] // each organization counts its own: another's number is one of ours
		}
		c := w.crews[of]
		switch word {
		case "conv":
			if a.conv == "" {
				return c.conv["talk"]
			}
			return c.conv[a.conv]
		case "session":
			if of == "own" && who != nil && who.session != "" {
				return who.session
			}
			return c.mate.session
		case "crew":
			return of
		}
		return c.named[word]
	})
}

// meant is what the id of a path is of.
func meant(path string) string {
	for part, word := range map[string]string{"/conversations/": "conv", "/users/": "user", "/agents/": "user", "/assets/": "asset", "/sessions/": "session", "/people/": "customer", "/blocks/": "block", "/passkeys/": "passkey", "/provider-secrets/": "provider"} {
		if strings.Contains(path, part) {
			return word
		}
	}
	return ""
}

// markOf is the table's word for an answer.
func markOf(status int, code string) string {
	switch {
	case status < 300:
		return "yes"
	case code == "token_required" || code == "token_invalid":
		return "sign-in"
	case code == "forbidden":
		return "no"
	case status == http.StatusNotFound:
		return "hidden"
	case slices.Contains([]string{"not_participant", "not_owner", "not_accepted_yet", "not_in_conference"}, code):
		return "part"
	}
	return code
}

func turnedAway(mark string) bool {
	return slices.Contains([]string{"sign-in", "no", "hidden", "part"}, mark)
}

var identifiers = regexp.MustCompile(`(conv|cus|usr|ast|que|rsn|att|key|blk)_[0-9a-z]+`)

// said is what an answer says, but for which request it was and the name of the
// thing that it was about.
func said(body string) string {
	var fields map[string]any
	if err := json.Unmarshal([]byte(body), &fields); err != nil {
		return body
	}
	delete(fields, "request_id")
	text, _ := json.Marshal(fields)
	return string(bytes.TrimSpace(identifiers.ReplaceAll(text, []byte("…"))))
}

// sockets calls every command of sockets.
func (w *world) sockets(t *testing.T) (lines []string) {
	called := map[string]bool{}
	for _, a := range frames {
		called[a.of] = true
		a.row = "socket " + cmp.Or(a.row, a.of)
		lines = append(lines, w.ask(t, a, "", func(who *someone, _, body, _ string) (string, string) { return w.frame(t, who, a, body) }))
	}
	for _, name := range ws.Commands() {
		if !called[name] {
			t.Errorf("the command %s is not called: it needs a line in matrix_asks_test.go", name)
		}
	}
	return lines
}
