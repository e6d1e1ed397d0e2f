package hours

import (
	"flag"
	"os"
	"testing"
	_ "time/tzdata" // the zones are the same wherever the tests run
)

// The random schedules are the same in every run; -rapid.seed explores others.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.seed": "20261122", "rapid.checks": "30"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
