package crashdisk_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/store"
	"hiwar/test/crashdisk"
	"hiwar/test/rig"
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
			db, err := store.OpenOn(t.Context(), filepath.Join(t.TempDir(), "hiwar.db"), "medium-"+tt.name, 1000)
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

// The journal is moved into the file between two commits. That its sync failed
// is nobody's answer, so the next commit is told, and nothing is synced again.
func TestAFileThatCannotBeSynced(t *testing.T) {
	disk := crashdisk.New("unsynced", false)
	db, err := store.OpenOn(t.Context(), filepath.Join(t.TempDir(), "hiwar.db"), "unsynced", 1)
	if err != nil {
		t.Fatal(err)
	}
	config := rig.Config(1, nil)
	if err := db.CreateOrganization(t.Context(), config, nil, access.Digest{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	disk.Fail(func(kind crashdisk.Kind, file string) error {
		if kind == crashdisk.Sync && file == "hiwar.db" {
			return vfs.SystemError(syscall.EIO, sqlite3.IOERR_FSYNC)
		}
		return nil
	})
	for n := 0; err == nil && n < 1000; n++ {
		err = db.ChangePassword(context.Background(), rig.Org, config.Users[0].ID, fmt.Sprint("hash ", n), access.Digest{})
	}
	if !errors.Is(err, engine.ErrBroken) {
		t.Errorf("after a sync of the file that failed a commit says %v", err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if n := disk.SyncedAfterFailure(); n > 0 {
		t.Errorf("%d syncs after the one that failed", n)
	}
}
