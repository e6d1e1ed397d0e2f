//go:build !linux

package postgrestest

import (
	"os"
	"os/exec"
)

// atOnce is the nearest there is to ending without waiting for anybody.
var atOnce = os.Interrupt

// account is ourselves.
type account struct{}

func owner() (account, error) { return account{}, nil }

func (account) give(string) error { return nil }

func (account) command(program string, args ...string) *exec.Cmd {
	return exec.Command(program, args...)
}

func roomy(string) bool { return false }
