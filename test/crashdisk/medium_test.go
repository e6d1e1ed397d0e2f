package crashdisk_test

import (
	"context"
	"errors"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"

	"hiwar/internal/engine"
	"hiwar/internal/store"
	"hiwar/test/crashdisk"
)

// A sync that fails ends all trust: nothing is written or synced any more, not
// even when closing. A full disk and a write that was refused pass.
func TestAFailingMedium(t *testing.T) {
	for _, tt := range []struct {
		name   string
		kind   crashdisk.Kind
		err    error
		broken bool
	}{
		{"full", crashdisk.Write, vfs.SystemError(syscall.ENOSPC, sqlite3.FULL), false},
		{"write", crashdisk.Write, vfs.SystemError(syscall.EIO, sqlite3.IOERR_WRITE), false},
		{"sync", crashdisk.Sync, vfs.SystemError(syscall.EIO, sqlite3.IOERR_FSYNC), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New("medium-"+tt.name, false)
			db, err := store.OpenOn(t.Context(), filepath.Join(t.TempDir(), "hiwar.db"), "medium-"+tt.name)
			if err != nil {
				t.Fatal(err)
			}
			disk.Fail(func(kind crashdisk.Kind, _ string) error {
				if kind == tt.kind {
					return tt.err
				}
				return nil
			})
			err = db.Commit(context.Background(), &engine.Batch{Now: time.Unix(1, 0)})
			if err == nil || errors.Is(err, engine.ErrBroken) != tt.broken {
				t.Fatalf("the commit says %v, want broken %t", err, tt.broken)
			}
			disk.Fail(func(crashdisk.Kind, string) error { return nil })
			err = db.Commit(context.Background(), &engine.Batch{Now: time.Unix(1, 0)})
			if (err != nil) != tt.broken {
				t.Errorf("the next commit says %v", err)
			}
			before := disk.Calls()
			if err := db.Close(); err != nil {
				t.Error(err)
			}
			if tt.broken && (before > 0 || disk.Calls() > 0) {
				t.Errorf("%d writes and syncs after the failure, %d more when closing", before, disk.Calls()-before)
			}
		})
	}
}
