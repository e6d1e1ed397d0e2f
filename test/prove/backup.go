package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"hiwar/test/check"
)

// backup copies the database with "hiwar backup" again and again while
// customers and agents work, restores each copy with "hiwar restore", and holds
// it to the journals: what had been answered when the backup began is in it,
// and whatever is in it is sound.
func backup(ctx context.Context, e *env, dir string) ([]row, error) {
	c, err := gather(ctx, e, dir, setting{customers: 20, agents: 5, change: patient})
	if err != nil {
		return nil, err
	}
	defer c.close()
	c.begin()
	copies := e.size(10, 50)
	sound := 0
	var took []time.Duration
	var first error
	for n := range copies {
		next := time.Now().Add(200 * time.Millisecond)
		answered, err := c.answered()
		if err != nil {
			return nil, err
		}
		began := time.Now()
		file, folder := filepath.Join(dir, fmt.Sprintf("copy%d", n)), filepath.Join(dir, fmt.Sprintf("restored%d", n))
		err = hiwar(ctx, e, "backup", "--data", c.place.Dir, file)
		took = append(took, time.Since(began))
		if err == nil {
			err = hiwar(ctx, e, "restore", "--data", folder, file)
		}
		if err == nil {
			err = whole(filepath.Join(folder, "hiwar.db"), answered)
		}
		if err == nil {
			sound++
			err = errors.Join(os.Remove(file), os.RemoveAll(folder))
		}
		if err != nil && first == nil {
			first = fmt.Errorf("copy %d: %w", n, err)
		}
		pause(ctx, time.Until(next))
	}
	report, dump, err := c.verdict()
	if err != nil {
		return nil, err
	}
	slices.Sort(took)
	size := fmt.Sprintf("%d copies under load, %d acks", copies, report.Acked)
	rows := append([]row{{
		size: size, figure: fmt.Sprintf("whole with everything answered before: %d of %d; a copy takes p50 %s, at most %s", sound, copies, ms(took[len(took)/2]), ms(took[len(took)-1])),
		target: "all", ok: sound == copies,
	}}, judged(size, report, dump)...)
	return rows, errors.Join(first, report.Err())
}

// answered are the journals up to now.
func (c *crowd) answered() (all []check.Journal, err error) {
	for _, p := range c.everybody() {
		j, err := p.journal.Read()
		if err != nil {
			return nil, err
		}
		all = append(all, j)
	}
	return all, nil
}

// whole: the copy keeps all promises, to those who had been answered before it
// was made.
func whole(path string, answered []check.Journal) error {
	dump, err := check.ReadSQLite(path)
	if err != nil {
		return err
	}
	return check.Verify(answered, dump, check.Options{}).Err()
}

// hiwar runs a command of the binary.
func hiwar(ctx context.Context, e *env, args ...string) error {
	said, err := exec.CommandContext(ctx, e.binary, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("hiwar %s: %w: %s", args[0], err, said)
	}
	return nil
}
