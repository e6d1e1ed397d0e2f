package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hiwar/internal/store"
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
