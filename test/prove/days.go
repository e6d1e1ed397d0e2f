package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
)

var daySteps = regexp.MustCompile(`(\d+) steps, met`)

// days plays the random days of internal/engine on the real store, many more
// of them than its tests do: commands, lost answers, failing commits, restarts
// and forgotten memory, held after the steps against what is stored and what
// clients were told. What fails is made smaller.
func days(ctx context.Context, e *env, _ string) ([]row, error) {
	if e.short {
		return nil, nil // "./dev test" has played a hundred under the race detector
	}
	const checks = 3000
	out, err := exec.CommandContext(ctx, "go", "test", "-count=1", "-timeout", "40m", "-v", "-run", "^TestRandomDays$", "./internal/engine", "-rapid.checks", strconv.Itoa(checks)).CombinedOutput()
	steps := 0
	if m := daySteps.FindSubmatch(out); m != nil {
		steps, _ = strconv.Atoi(string(m[1]))
	}
	r := row{size: fmt.Sprintf("%d days", checks), figure: fmt.Sprintf("%d steps, no difference", steps), target: "0 differences", ok: err == nil && steps > checks}
	if err != nil {
		r.figure = fmt.Sprintf("%v: %s", err, out[max(0, len(out)-2000):])
	}
	return []row{r}, nil
}
