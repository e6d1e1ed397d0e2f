package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The day of the guide runs from the command line as it does in its test, and
// a file that cannot be run is answered with the field.
func TestSimulate(t *testing.T) {
	folder := t.TempDir()
	wrong := filepath.Join(folder, "wrong.json")
	if err := os.WriteFile(wrong, []byte(`{"from":"08:00","to":"18:00","queues":[{"name":"q","team":["t"]}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	picture := filepath.Join(folder, "day.svg")
	const day = "../../docs/guide/a-day.json"
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"--svg " + picture + " " + day, 0, "occupancy"},
		{"--seed 7 " + day, 0, "seed 7"},
		{wrong, 1, "queues.0.team"},
		{folder + "/none.json", 1, "none.json"},
		{"", 2, "FILE"},
		{"--hurry " + day, 2, "hurry"},
	} {
		var out, err bytes.Buffer
		code := program{out: &out, err: &err}.run(t.Context(), append([]string{"simulate"}, strings.Fields(c.args)...))
		if code != c.code || !strings.Contains(out.String()+err.String(), c.says) {
			t.Errorf("simulate %s: %d, %s%s", c.args, code, out.String(), err.String())
		}
	}
	if svg, err := os.ReadFile(picture); err != nil || !bytes.HasPrefix(svg, []byte("<svg")) {
		t.Errorf("the picture: %v", err)
	}
}
