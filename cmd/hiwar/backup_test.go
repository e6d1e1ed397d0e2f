package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
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

// What people attached is in a backup and comes back with it; a file that is
// missing or shorter is found by doctor, and half a backup is none.
func TestABackupHasTheFiles(t *testing.T) {
	c := start(t)
	omar := c.staff("omar")
	omar.available()
	salma := c.customer("Salma", "a list")
	omar.accept()
	at := "/api/v1/conversations/" + salma.conv + "/attachments"
	upload := func(key, text string) (file string) {
		t.Helper()
		var sent struct{ ID string }
		res := c.do(salma, "POST", at, text, "Content-Type", "application/octet-stream", "X-File-Name", "list.txt", "Idempotency-Key", key)
		if err := json.Unmarshal([]byte(res.body), &sent); err != nil || res.status != http.StatusCreated {
			t.Fatalf("uploaded: %d %s", res.status, res.body)
		}
		return sent.ID
	}
	sent := upload("u1", "a list of things")
	upload("u2", "never sent")
	if res := c.do(salma, "POST", "/api/v1/conversations/"+salma.conv+"/messages", `{"text":"here","attachments":["`+sent+`"]}`, "Idempotency-Key", "m1"); res.status != http.StatusOK {
		t.Fatalf("sent: %d %s", res.status, res.body)
	}
	file, folder := filepath.Join(t.TempDir(), "hiwar.backup"), filepath.Join(t.TempDir(), "elsewhere")
	run := func(want int, args ...string) string {
		t.Helper()
		p, out, log := surrounded()
		if code := p.run(t.Context(), args); code != want {
			t.Fatalf("%v ended with %d: %s%s", args, code, out, log)
		}
		return out.String() + log.String()
	}
	if said := run(0, "backup", "--data", c.data, file); !strings.Contains(said, "1 attachments") {
		t.Errorf("backup said %q", said)
	}
	blobs := filesIn(t, beside(file))
	if len(blobs) != 1 {
		t.Fatalf("the backup has %v", blobs)
	}

	// A backup that lacks a file, or a part of one, is not restored at all.
	whole, err := os.ReadFile(blobs[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, spoilt := range []func() error{
		func() error { return os.WriteFile(blobs[0], whole[:4], 0o600) },
		func() error { return os.Remove(blobs[0]) },
	} {
		if err := spoilt(); err != nil {
			t.Fatal(err)
		}
		run(1, "restore", "--data", folder, file)
		if left := filesIn(t, folder); len(left) > 0 && !strings.HasSuffix(left[0], "lock") {
			t.Errorf("of a restore that failed there is %v", left)
		}
		if err := os.WriteFile(blobs[0], whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run(0, "restore", "--data", folder, file)

	// Doctor finds what is missing and what is shorter, and no backup is made of it.
	own := filesIn(t, filepath.Join(folder, "attachments"))
	if len(own) != 1 {
		t.Fatalf("restored were %v", own)
	}
	run(0, "doctor", "--data", folder)
	for _, spoilt := range []func() error{
		func() error { return os.WriteFile(own[0], whole[:4], 0o600) },
		func() error { return os.Remove(own[0]) },
	} {
		if err := spoilt(); err != nil {
			t.Fatal(err)
		}
		if said := run(1, "doctor", "--data", folder); !strings.Contains(said, "attachments") {
			t.Errorf("doctor said %q", said)
		}
		again := filepath.Join(t.TempDir(), "again")
		run(1, "backup", "--data", folder, again)
		if left := filesIn(t, filepath.Dir(again)); len(left) > 0 {
			t.Errorf("of a backup that failed there is %v", left)
		}
		if err := os.WriteFile(own[0], whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}

	c.data = folder
	c.restart()
	if res := c.do(salma, "GET", at+"/"+sent, ""); res.status != http.StatusOK || res.body != "a list of things" {
		t.Errorf("after it, the file is %d %q", res.status, res.body)
	}
}

// filesIn are the files below a folder, which need not be there.
func filesIn(t *testing.T, folder string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return all
}
