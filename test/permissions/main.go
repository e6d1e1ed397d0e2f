// Command permissions makes docs/permissions.md of api/permissions.txt, the
// table of who may do what that a test calls everything in: one is for the
// test, the other is read.
package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	text, err := os.ReadFile("api/permissions.txt")
	if err == nil {
		err = write(os.Stdout, string(text))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "permissions:", err)
		os.Exit(1)
	}
}

const intro = `# Who may do what

Made from [api/permissions.txt](../api/permissions.txt), which a test holds the server to: it calls every operation of the API and every command of sockets, as everybody, about what is their own, another team's and another organization's. An
operation that is missing there fails the test. Of another organization's things every answer is, to the letter, the answer about things that there are not; and a refusal stores nothing.

| mark | means |
|---|---|
| ✓ | it is done |
| – | refused: not for this role |
| ? | answered as if there were no such thing |
| ½ | refused: the caller has another part in the conversation, or none any more |
| sign in | refused: nobody is known by what was shown |
| anybody | nobody is asked who they are; what the request carries (a link, an identity token, the origin of the page) decides |
| *a code* | allowed, and refused for that reason |

Three marks are for what is one's own / another team's / another organization's; one mark where the request names nothing or the answer is the same. *Own* means for a customer their conversation, for an agent a conversation that they have, for the
others one of their organization. There are no credentials of programs yet. *Own role* is one that an organization made: it permits reading all conversations, the audit log, and people with their roles. What each permission opens alone is tried
in [internal/access](../internal/access/permission_test.go); [accounts.md](guide/accounts.md) says it in words.
`

var marks = map[string]string{"yes": "✓", "no": "–", "hidden": "?", "part": "½", "sign-in": "sign in"}

// write makes the page of the table.
func write(out io.Writer, text string) error {
	var api, sockets strings.Builder
	rows := 0
	for line := range strings.Lines(text) {
		name, cells, ok := strings.Cut(strings.TrimSpace(line), "|")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		rows++
		name = strings.TrimSpace(name)
		into := &api
		if command, is := strings.CutPrefix(name, "socket "); is {
			name, into = command, &sockets
		}
		fields := strings.Fields(cells)
		if len(fields) == 1 {
			fields = strings.Fields(strings.Repeat("anybody ", len(columns)))
		}
		if len(fields) != len(columns) {
			return fmt.Errorf("%s: %d answers, want %d", name, len(fields), len(columns))
		}
		fmt.Fprintf(into, "| `%s` |", name)
		for _, f := range fields {
			fmt.Fprintf(into, " %s |", cell(f))
		}
		into.WriteByte('\n')
	}
	if rows == 0 {
		return fmt.Errorf("the table is empty")
	}
	head := "| |"
	line := "|---|"
	for _, c := range columns {
		head += " " + c + " |"
		line += "---|"
	}
	_, err := fmt.Fprintf(out, "%s\n## The API\n\n%s\n%s\n%s\n## Sockets\n\n%s\n%s\n%s", intro, head, line, api.String(), head, line, sockets.String())
	return err
}

var columns = []string{"signed out", "customer", "agent", "supervisor", "administrator", "own role", "no role"}

func cell(answers string) string {
	parts := strings.Split(answers, "/")
	for i, p := range parts {
		if mark, ok := marks[p]; ok {
			parts[i] = mark
		} else if p != "anybody" {
			parts[i] = "*" + p + "*"
		}
	}
	return strings.Join(parts, " / ")
}
