package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A backup is not written over anything, and what does not pass leaves nothing
// behind.
func TestABackupIsWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	db := openFile(t, filepath.Join(dir, "hiwar.db"))
	copied := filepath.Join(dir, "copy.db")
	if err := db.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy: %v, %v", info, err)
	}
	if err := db.Backup(t.Context(), copied); !errors.Is(err, ErrThere) {
		t.Errorf("over a file: %v", err)
	}
	if err := Restore(t.Context(), copied, filepath.Join(dir, "hiwar.db")); !errors.Is(err, ErrThere) {
		t.Errorf("over a database: %v", err)
	}
	beside := filepath.Join(dir, "new.db")
	if err := os.WriteFile(beside+"-wal", []byte("of another"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Restore(t.Context(), copied, beside); !errors.Is(err, ErrThere) {
		t.Errorf("beside another's journal: %v", err)
	}

	whole, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	for name, bytes := range map[string][]byte{
		"cut":     whole[:len(whole)/2],
		"damaged": append(append(append([]byte{}, whole[:20000]...), make([]byte, 8192)...), whole[28192:]...),
		"foreign": []byte("not a database at all, but long enough to be looked at for a header of one hundred bytes and more"),
		"empty":   nil,
	} {
		from, to := filepath.Join(dir, name), filepath.Join(dir, "from-"+name)
		if err := os.WriteFile(from, bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Restore(t.Context(), from, to); err == nil {
			t.Errorf("%s was restored", name)
		}
		if _, err := os.Stat(to); err == nil {
			t.Errorf("%s: there is something", name)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, ".hiwar-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestADatabaseOfANewerVersionIsNotRestored(t *testing.T) {
	dir := t.TempDir()
	db := openFile(t, filepath.Join(dir, "hiwar.db"))
	if err := db.CheckSchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.conn.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99990101000000, 1)`); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), filepath.Join(dir, "copy.db")); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("a copy that this program cannot read: %v", err)
	}
}
