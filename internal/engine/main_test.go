package engine_test

import (
	"flag"
	"testing"

	"go.uber.org/goleak"
)

// TestMain fixes the random days, so that what passed once passes again, and
// draws fewer of them than rapid would, since each runs on a real disk. The
// flags -rapid.seed and -rapid.checks explore others.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.seed": "7", "rapid.checks": "40"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	goleak.VerifyTestMain(m) // parses the command line, which has the last word
}
