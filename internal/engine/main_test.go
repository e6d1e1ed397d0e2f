package engine_test

import (
	"flag"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain draws fewer random days than rapid would, since each of them runs on
// a real disk; -rapid.checks asks for more.
func TestMain(m *testing.M) {
	asked := false
	for _, arg := range os.Args {
		asked = asked || len(arg) > 14 && arg[:14] == "-rapid.checks="
	}
	if !asked {
		if err := flag.Set("rapid.checks", "40"); err != nil {
			panic(err)
		}
	}
	goleak.VerifyTestMain(m)
}
