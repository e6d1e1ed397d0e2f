package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
	"hiwar/internal/store"
	"hiwar/test/check"
	"hiwar/test/crashdisk"
)

// failure is one way in which a disk fails.
type failure struct {
	name   string
	kind   crashdisk.Kind
	err    error
	lasts  bool // until it is made sound again
	passes bool // the server goes on by itself, else it must stop
}

var failures = []failure{
	{"ENOSPC on write", crashdisk.Write, vfs.SystemError(syscall.ENOSPC, sqlite3.FULL), true, true},
	{"EIO on write", crashdisk.Write, vfs.SystemError(syscall.EIO, sqlite3.IOERR_WRITE), true, true},
	{"EIO on sync", crashdisk.Sync, vfs.SystemError(syscall.EIO, sqlite3.IOERR_FSYNC), false, false},
}

// disk lets the n-th write or sync fail under the real engine and store. Where
// the disk is full or takes no writes nothing is acknowledged that is not
// stored, the engine says that it cannot store, and goes on by itself when it
// can again. Where a sync failed the engine stops, the sync is not tried again,
// and the disk without anything that was not synced holds all that was
// acknowledged. A real file system that is full is tried too, where one may be
// mounted.
func disk(ctx context.Context, e *env, dir string) ([]row, error) {
	var rows []row
	step := e.size(18, 1)
	for _, f := range failures {
		t := &trial{failure: f}
		for n := 1; n <= 200; n += step {
			if ctx.Err() != nil {
				return rows, context.Cause(ctx)
			}
			folder := filepath.Join(dir, fmt.Sprintf("%s %d", f.name, n))
			if err := os.Mkdir(folder, 0o700); err != nil {
				return rows, err
			}
			if err := t.once(ctx, folder, n); err != nil {
				return rows, fmt.Errorf("%s, number %d: %w", f.name, n, err)
			}
			if err := os.RemoveAll(folder); err != nil {
				return rows, err
			}
		}
		figure := fmt.Sprintf("false acks %d, unclear errors %d, damaged %d", t.falseAcks, t.unclear, t.damaged)
		ok := t.falseAcks+t.unclear+t.damaged+t.resynced+t.wrong == 0 && t.reached > 0
		if f.passes {
			if strings.HasPrefix(f.name, "ENOSPC") {
				e.rare.add(diskFull, t.reached)
			}
			figure += fmt.Sprintf(", back within %s", ms(t.slowest))
			ok = ok && t.slowest <= 5*time.Second
		} else {
			figure += fmt.Sprintf(", stopped %d, syncs tried again %d", t.reached-t.wrong, t.resynced)
		}
		rows = append(rows, row{size: fmt.Sprintf("%s, n = 1…200 (%d)", f.name, t.reached), figure: figure, target: "0, 0, 0; ≤ 5 s or stopped", ok: ok})
	}
	// Only root may mount a real one; the simulated one is tried by everybody.
	if unmount, ok := small(filepath.Join(dir, "small")); ok {
		full, err := fillUp(ctx, e, filepath.Join(dir, "small"))
		rows = append(rows, full)
		if err := errors.Join(err, unmount()); err != nil {
			return rows, err
		}
	}
	return rows, nil
}

// trial counts over all n of one failure.
type trial struct {
	failure
	reached, falseAcks, unclear, damaged, resynced, wrong int
	slowest                                               time.Duration
}

var disks atomic.Int64

func (t *trial) once(ctx context.Context, folder string, n int) error {
	name := fmt.Sprintf("failing-%d", disks.Add(1))
	d := crashdisk.New(name, true)
	live := filepath.Join(folder, "live")
	if err := os.Mkdir(live, 0o700); err != nil {
		return err
	}
	in, err := openInside(ctx, filepath.Join(live, "hiwar.db"), name, 1, d.Len)
	if err != nil {
		return err
	}
	c, err := in.begin(ctx, 0, 0)
	if err != nil {
		return err
	}
	var calls atomic.Int64
	var once sync.Once
	failed := make(chan struct{})
	d.Fail(func(kind crashdisk.Kind, _ string) error {
		if kind != t.kind {
			return nil
		}
		if k := calls.Add(1); k < int64(n) || !t.lasts && k > int64(n) {
			return nil
		}
		once.Do(func() { close(failed) })
		return t.err
	})
	var refused error
	for m := 0; m < 400 && refused == nil; m++ {
		refused = in.say(ctx, insideCustomer(0), c, fmt.Sprintf("m%d", m), fmt.Sprintf("message %d", m))
	}
	select {
	case <-failed:
		t.reached++
	default:
		return errors.New("it was never reached")
	}
	if code := problem.CodeOf(refused); refused == nil || code != problem.Unavailable {
		t.unclear++ // nothing else may be said of what is not stored
	}
	if t.passes {
		err = t.recovers(ctx, in, d)
	} else {
		err = t.stops(in, d)
	}
	if err != nil {
		return err
	}
	return t.compare(ctx, folder, d, in.acked)
}

// recovers: while the disk is full the engine says so; with space it works
// again, asked or not.
func (t *trial) recovers(ctx context.Context, in *inside, d *crashdisk.Disk) error {
	if in.engine.Storing() == nil {
		t.wrong++ // readiness stays green
	}
	d.Fail(nil)
	began := time.Now()
	for in.engine.Storing() != nil {
		if time.Since(began) > 10*time.Second {
			return errors.New("it does not recover by itself")
		}
		pause(ctx, 5*time.Millisecond)
	}
	t.slowest = max(t.slowest, time.Since(began))
	return in.close()
}

// stops: the engine ends with ErrBroken, and nothing is synced again.
func (t *trial) stops(in *inside, d *crashdisk.Disk) error {
	select {
	case err := <-in.ended:
		if !errors.Is(err, engine.ErrBroken) {
			t.wrong++
		}
	case <-time.After(10 * time.Second):
		t.wrong++
	}
	in.stop()
	if err := in.db.Close(); err != nil {
		return err
	}
	if d.SyncedAfterFailure() > 0 {
		t.resynced++
	}
	return nil
}

// compare opens what the disk holds without anything that was not synced.
func (t *trial) compare(ctx context.Context, folder string, d *crashdisk.Disk, acked []moment) error {
	after := filepath.Join(folder, "after")
	if err := os.Mkdir(after, 0o700); err != nil {
		return err
	}
	sweep := d.Sweep(false)
	sweep.To(d.Len())
	if err := sweep.Crash(after, crashdisk.Everything, nil); err != nil {
		return err
	}
	db, err := store.Open(ctx, filepath.Join(after, "hiwar.db"))
	if err != nil {
		t.damaged++
		return nil
	}
	defer db.Close()
	if db.CheckIntegrity(ctx) != nil {
		t.damaged++
		return nil
	}
	dump, err := check.ReadSQLite(filepath.Join(after, "hiwar.db"))
	if err != nil {
		return err
	}
	if r := check.Verify(journals(acked, d.Len()), dump, check.Options{}); len(r.Violations) > 0 {
		t.falseAcks++
	}
	return nil
}
