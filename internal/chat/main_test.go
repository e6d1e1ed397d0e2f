package chat

import (
	"flag"
	"os"
	"testing"
)

// The random histories are the same in every run, so that a gate that passed
// passes again; -rapid.seed explores others.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "20261122"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
