package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"hiwar/internal/engine"
	"hiwar/internal/store/storetest"
)

func openFile(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestSQLiteInAFile(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) storetest.Store {
		db := openFile(t, filepath.Join(t.TempDir(), "hiwar.db"))
		t.Cleanup(func() { looksAtPlans(t, db) })
		return db
	})
}

// The driver that does not ship is held to the same promises, so that the
// choice between the two stays open.
func TestSQLiteByTheOtherDriver(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) storetest.Store {
		db, err := open(context.Background(), drivers["modernc"], filepath.Join(t.TempDir(), "hiwar.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db
	})
}

func TestSQLiteInMemory(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) storetest.Store { return openFile(t, Memory) })
}

func TestOldSQLiteIsRefused(t *testing.T) {
	for version, ok := range map[string]bool{
		"3.51.3": true, "3.51.4": true, "3.53.4": true, "3.60.0": true, "4.0.0": true,
		"3.51.2": false, "3.40.1": false, "2.99.99": false, "3.7.0": false, "three": false, "": false,
	} {
		if err := checkVersion(version); (err == nil) != ok {
			t.Errorf("SQLite %q: got %v", version, err)
		}
	}
}

// What makes a commit durable is a setting; each is asked for by both kinds of
// connection.
func TestConnectionsAreSetUpToLoseNothing(t *testing.T) {
	db := openFile(t, filepath.Join(t.TempDir(), "a name with ? and %.db"))
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0", "mmap_size": "0",
	} {
		for name, q := range map[string]queryer{"writing": db.conn, "reading": db.read} {
			rows, err := q.QueryContext(t.Context(), "PRAGMA "+pragma)
			if err != nil {
				t.Fatal(err)
			}
			got, err := report(rows)
			if err != nil || len(got) != 1 || got[0] != want {
				// A build without memory mapping answers nothing to mmap_size.
				if pragma != "mmap_size" || len(got) != 0 {
					t.Errorf("%s connection: %s is %q (%v), want %q", name, pragma, got, err, want)
				}
			}
		}
	}
}

func TestMigrationsRunOnceAndBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hiwar.db")
	db := openFile(t, path)
	all, err := db.Migrations(t.Context())
	if err != nil || len(all) == 0 {
		t.Fatalf("got %v, %v", all, err)
	}
	for _, m := range all {
		if m.AppliedAt.IsZero() {
			t.Errorf("%s was not applied", m.File)
		}
	}
	if err := db.CheckIntegrity(t.Context()); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := openFile(t, path)
	p, err := again.migrator(again.read)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.DownTo(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestErrorsAreSortedByWhatTheyMean(t *testing.T) {
	for code, want := range map[int]error{
		codeConstraint: engine.ErrConflict, 2067: engine.ErrConflict, 1555: engine.ErrConflict, 787: engine.ErrConflict,
		codeIOErr: engine.ErrBroken, 1034: engine.ErrBroken, codeCorrupt: engine.ErrBroken, codeNotADB: engine.ErrBroken,
		13: nil, 5: nil, 7: nil,
	} {
		d := dialect{fault: func(error) fault { return sqliteFault(code) }}
		got := d.meaning(context.Canceled)
		if conflict, broken := errors.Is(got, engine.ErrConflict), errors.Is(got, engine.ErrBroken); conflict != errors.Is(want, engine.ErrConflict) || broken != errors.Is(want, engine.ErrBroken) {
			t.Errorf("code %d means %v, want %v", code, got, want)
		}
	}
}
