package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// fuzz searches for inputs that break what reads strangers' bytes: every native
// fuzz target of internal/, each for so many inputs. A number of inputs, not a
// span of time: the Go command may call a search that is stopped by the clock
// failed without having found anything.
func fuzz(ctx context.Context, e *env, _ string) (rows []row, err error) {
	targets, err := fuzzTargets(ctx)
	if err != nil {
		return nil, err
	}
	inputs := e.size(20_000, 1_000_000)
	for _, t := range targets {
		if e.short && !t.first() {
			continue
		}
		tried, said, err := t.search(ctx, inputs)
		if ctx.Err() != nil {
			return rows, context.Cause(ctx)
		}
		r := row{size: strings.TrimPrefix(t.folder, "hiwar/internal/") + " " + t.name, figure: fmt.Sprintf("%d inputs, none breaks it", tried), target: fmt.Sprintf("≥ %d", inputs), ok: err == nil && tried >= inputs}
		if err != nil {
			r.figure = fmt.Sprintf("%v: %s", err, said)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// target is a fuzz target of a package.
type target struct{ folder, name string }

// first are those that the short lane tries: what a stranger's bytes meet
// before anything else.
func (t target) first() bool {
	switch t.name {
	case "FuzzDecode", "FuzzFrame", "FuzzParseTemplate", "FuzzMessage":
		return true
	}
	return false
}

// fuzzTargets asks the Go command for all there are.
func fuzzTargets(ctx context.Context) (all []target, err error) {
	packages, err := exec.CommandContext(ctx, "go", "list", "-f", `{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}} {{.Dir}}{{end}}`, "./internal/...").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	for line := range strings.Lines(string(packages)) {
		folder, dir, _ := strings.Cut(strings.TrimSpace(line), " ")
		names, err := namesIn(dir)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			all = append(all, target{folder, name})
		}
	}
	return all, nil
}

var fuzzFunc = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(f \*testing\.F\)`)

// namesIn are the targets in a folder, by their source: listing them with the
// Go command would build every test.
func namesIn(dir string) (names []string, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, m := range fuzzFunc.FindAllSubmatch(source, -1) {
			names = append(names, string(m[1]))
		}
	}
	return names, nil
}

var execs = regexp.MustCompile(`execs: (\d+)`)

// search tries so many inputs and says how many it did.
func (t target) search(ctx context.Context, inputs int) (tried int, said string, err error) {
	out, err := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", fmt.Sprintf("%dx", inputs), "-parallel", "2", t.folder).CombinedOutput()
	for _, m := range execs.FindAllStringSubmatch(string(out), -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			tried = max(tried, n)
		}
	}
	return tried, string(out[max(0, len(out)-1500):]), err
}
