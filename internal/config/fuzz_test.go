package config_test

import (
	"os"
	"strings"
	"testing"

	"hiwar/internal/config"
	"hiwar/internal/problem"
)

// Whatever stands in a file, it is refused by a known code or put on; and what
// makes sense, written down and put on again, changes nothing.
func FuzzFile(f *testing.F) {
	f.Add([]byte(small))
	if guide, err := os.ReadFile("../../docs/guide/configuration.md"); err == nil {
		for _, block := range strings.Split(string(guide), "```json\n")[1:] {
			example, _, _ := strings.Cut(block, "```")
			f.Add([]byte(example))
		}
	}
	f.Add([]byte(`{"format":"hiwar-configuration-1","hours":[{"id":"h","name":{"en":"H"},"schedule":{"zone":"Asia/Riyadh","week":{"sunday":["00:00-24:00"]},"overrides":[{"date":"2026-02-29","open":[]}]}}]}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		known := func(err error) bool {
			if err != nil && problem.CodeOf(err) == problem.Internal {
				t.Fatalf("%q: %v is not a problem", in, err)
			}
			return err == nil
		}
		file, err := config.Read(in, anOrg)
		if !known(err) {
			return
		}
		next, _, err := file.On(empty())
		if !known(err) || !known(config.Check(next)) {
			return
		}
		again, err := config.Read(config.Write(next), anOrg)
		if err != nil {
			t.Fatalf("%q: what was written is not read: %v", in, err)
		}
		if _, changed, err := again.On(next); err != nil || len(config.Compare(next, changed)) > 0 {
			t.Fatalf("%q: the second time changes %+v, %v", in, config.Compare(next, changed), err)
		}
	})
}
