package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hiwar/internal/problem"
	"hiwar/internal/store"
	"hiwar/test/check"
)

// fillUp does on a real, small file system what disk simulates: it is filled
// to the last byte while the engine works, and given space again.
func fillUp(ctx context.Context, e *env, folder string) (row, error) {
	r := row{size: "tmpfs of 8 MiB", target: "refused, red, back ≤ 5 s, 0"}
	in, err := openInside(ctx, filepath.Join(folder, "hiwar.db"), "", 1, func() int { return 0 })
	if err != nil {
		return r, err
	}
	c, err := in.begin(ctx, 0, 0)
	if err != nil {
		return r, err
	}
	filler, err := os.Create(filepath.Join(folder, "filler"))
	if err != nil {
		return r, err
	}
	for _, size := range []int{1 << 16, 1 << 12} {
		for err == nil {
			_, err = filler.Write(make([]byte, size))
		}
		err = nil
	}
	var refused error
	acked := 0
	for n := 0; n < 20_000 && refused == nil; n++ {
		if refused = in.say(ctx, insideCustomer(0), c, fmt.Sprintf("m%d", n), fmt.Sprintf("message %d", n)); refused == nil {
			acked++
		}
	}
	clear := refused != nil && problem.CodeOf(refused) == problem.Unavailable
	red := in.engine.Storing() != nil
	e.rare.saw(diskFull)
	if err := errors.Join(filler.Close(), os.Remove(filler.Name())); err != nil {
		return r, err
	}
	began := time.Now()
	for in.engine.Storing() != nil && time.Since(began) < 10*time.Second {
		pause(ctx, 5*time.Millisecond)
	}
	back := time.Since(began)
	if err := in.say(ctx, insideCustomer(0), c, "after", "and on it goes"); err != nil {
		select {
		case ended := <-in.ended:
			err = errors.Join(err, ended)
		default:
		}
		return r, fmt.Errorf("with space again: %w", err)
	}
	if err := in.close(); err != nil {
		return r, err
	}
	db, err := store.Open(ctx, filepath.Join(folder, "hiwar.db"))
	if err != nil {
		return r, err
	}
	defer db.Close()
	if err := db.CheckIntegrity(ctx); err != nil {
		return r, err
	}
	dump, err := check.ReadSQLite(filepath.Join(folder, "hiwar.db"))
	if err != nil {
		return r, err
	}
	report := check.Verify(journals(in.acked, 0), dump, check.Options{})
	r.figure = fmt.Sprintf("after %d acks refused clearly %t, readiness red %t, back after %s, violations %d", acked, clear, red, ms(back), len(report.Violations))
	r.ok = clear && red && back <= 5*time.Second && len(report.Violations) == 0
	return r, report.Err()
}
