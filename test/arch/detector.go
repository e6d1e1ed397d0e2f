package arch

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// unwatchedIn finds, in the script that runs the tests, the rooms that it runs
// without the race detector.
var unwatchedIn = regexp.MustCompile(`(?m)^unwatched="(.*)"$`)

// unwatched reports what a room could race with whose tests run without the
// race detector: goroutines and their tools, and rooms that have them. Its
// tests are read too.
func unwatched(r *Repo) []Finding {
	script, err := fs.ReadFile(r.root, "dev")
	if err != nil {
		return []Finding{{"dev", err.Error()}}
	}
	found := unwatchedIn.FindSubmatch(script)
	if found == nil {
		return []Finding{{"dev", `no line unwatched="…"`}}
	}
	rooms := strings.Fields(string(found[1]))
	var out []Finding
	for _, f := range r.Files {
		if !slices.Contains(rooms, room(f.Dir)) || f.Syntax.Name.Name == "main" {
			continue
		}
		for _, imp := range f.Syntax.Imports {
			p := unquote(imp.Path.Value)
			to := room(strings.TrimPrefix(p, r.Module+"/"))
			if p == "sync" || to != "" && !slices.Contains(rooms, to) {
				out = append(out, Finding{r.at(imp), fmt.Sprintf("internal/%s is tested without the race detector (dev: unwatched): it may not import %s", room(f.Dir), p)})
			}
		}
		for _, g := range r.goroutines(f) {
			if f.Test {
				out = append(out, g)
			}
		}
	}
	return out
}
