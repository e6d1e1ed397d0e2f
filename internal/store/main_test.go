package store

import (
	"fmt"
	"os"
	"testing"

	"hiwar/internal/store/postgrestest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if err := postgrestest.StopShared(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}
