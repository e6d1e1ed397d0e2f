package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// A backup of a server that runs, restored in another folder, is a server on
// which everybody goes on from the moment of the backup.
func TestABackupOfARunningServer(t *testing.T) {
	c := start(t)
	omar := c.staff("omar")
	omar.available()
	salma := c.customer("Salma", "before the backup")
	omar.accept()
	omar.reads("before the backup")

	file, folder := filepath.Join(t.TempDir(), "hiwar.backup"), filepath.Join(t.TempDir(), "elsewhere")
	run := func(want int, args ...string) string {
		t.Helper()
		p, out, log := surrounded()
		if code := p.run(t.Context(), args); code != want {
			t.Fatalf("%v ended with %d: %s%s", args, code, out, log)
		}
		return out.String() + log.String()
	}
	if said := run(0, "backup", "--data", c.data, file); !strings.Contains(said, file) {
		t.Errorf("backup said %q", said)
	}
	run(1, "backup", "--data", c.data, file)          // never over a file
	run(1, "backup", "--data", t.TempDir(), file+"2") // of nothing
	run(2, "backup", "--data", c.data)                // to nowhere
	run(1, "restore", "--data", c.data, file)         // while a server runs
	run(1, "restore", "--data", folder, filepath.Join(c.data, "lock"))
	run(0, "restore", "--data", folder, file)
	run(1, "restore", "--data", folder, file) // never over a database
	said := run(0, "doctor", "--data", folder)
	for _, checked := range []string{"schema", "database", "books", "1 open conversations"} {
		if !strings.Contains(said, checked) {
			t.Errorf("doctor does not say %q: %s", checked, said)
		}
	}

	c.data = folder
	c.restart()
	omar.comeBack()
	salma.comeBack()
	salma.follow("conv/" + salma.conv)
	salma.say("after it")
	omar.follow("conv/" + omar.conv)
	omar.reads("after it")
}
