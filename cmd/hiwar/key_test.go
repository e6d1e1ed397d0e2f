package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/store"
	"hiwar/internal/telemetry"
)

func TestTheSealingKeyIsMadeOnceAndIsItsOwnersAlone(t *testing.T) {
	folder := t.TempDir()
	first, err := sealingKey(folder)
	if err != nil || len(first) != 32 {
		t.Fatalf("%x, %v", first, err)
	}
	name := filepath.Join(folder, keyFile)
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if again, err := sealingKey(folder); err != nil || !bytes.Equal(again, first) {
		t.Errorf("the next start has %x, %v", again, err)
	}
	if other, err := sealingKey(t.TempDir()); err != nil || bytes.Equal(other, first) {
		t.Errorf("another folder has the same key (%v)", err)
	}
	if err := os.WriteFile(name, []byte("cut"), 0o600); err != nil {
		t.Fatal(err)
	}
	// A new one in its place would make every second step worthless.
	if _, err := sealingKey(folder); err == nil || !strings.Contains(err.Error(), keyFile) {
		t.Errorf("a key that is none: %v", err)
	}
	if key, err := sealingKey(store.Memory); key != nil || err != nil {
		t.Errorf("in memory: %x, %v", key, err)
	}
}

// A backup says that the key is not in it, and whatever starts without the key
// that its second steps are sealed by says so too, once.
func TestWhoHasNoSealingKeyIsTold(t *testing.T) {
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "hiwar.backup")
	run := func(args ...string) string {
		t.Helper()
		p, out, errs := surrounded()
		if code := p.run(t.Context(), args); code != 0 {
			t.Fatalf("%v ended with %d: %s%s", args, code, out, errs)
		}
		return out.String() + errs.String()
	}
	run("org", "create", "--data", folder, "Shop", "dina@example.org")
	if said := run("backup", "--data", folder, file); strings.Contains(said, keyFile) {
		t.Errorf("where there is no key: %s", said)
	}
	if said := run("restore", "--data", t.TempDir(), file); strings.Contains(said, keyFile) {
		t.Errorf("where nothing is sealed: %s", said)
	}

	db, err := store.OpenAsIs(t.Context(), filepath.Join(folder, "hiwar.db"))
	if err != nil {
		t.Fatal(err)
	}
	dina, err := db.Account(t.Context(), "dina@example.org")
	if err != nil {
		t.Fatal(err)
	}
	f := access.Factor{Sealed: []byte("sealed"), ConfirmedAt: time.Now()}
	for _, done := range []error{
		db.BeginFactor(t.Context(), dina.Org, dina.User.ID, f.Sealed), db.ConfirmFactor(t.Context(), dina.Org, dina.User.ID, f, nil), db.Close(),
	} {
		if done != nil {
			t.Fatal(done)
		}
	}
	if _, err := sealingKey(folder); err != nil {
		t.Fatal(err)
	}
	if said := run("backup", "--data", folder, file+"2"); !strings.Contains(said, filepath.Join(folder, keyFile)) {
		t.Errorf("the backup says nothing of the key: %s", said)
	}
	other := t.TempDir()
	const lost = "second steps of signing in (1)"
	if said := run("restore", "--data", other, file+"2"); !strings.Contains(said, lost) {
		t.Errorf("restored without the key: %s", said)
	}
	for _, told := range []bool{true, false} {
		var said bytes.Buffer
		log, err := telemetry.Logger(&said, "info", "text")
		if err != nil {
			t.Fatal(err)
		}
		s, err := open(t.Context(), &config{Listen: "127.0.0.1:0", Data: other}, log)
		if err != nil {
			t.Fatal(err)
		}
		s.close()
		if strings.Contains(said.String(), lost) != told {
			t.Errorf("started, told %v: %s", !told, said.String())
		}
	}
}
