package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"hiwar/test/crashdisk"
)

// lag has every sync take between 5 and 60 ms, and one in twenty half a second,
// while customers and agents work. Nobody may be answered before the sync that
// keeps their answer has returned, which losing the power tells; nobody is
// refused; and those who wait share a sync, or they would wait for ever.
func lag(ctx context.Context, e *env, dir string) ([]row, error) {
	disk := crashdisk.New("lagging", true)
	live := filepath.Join(dir, "live")
	if err := os.Mkdir(live, 0o700); err != nil {
		return nil, err
	}
	in, err := openInside(ctx, filepath.Join(live, "hiwar.db"), "lagging", 3, disk.Len)
	if err != nil {
		return nil, err
	}
	var syncs atomic.Int64
	var mu sync.Mutex
	chance := rand.New(rand.NewPCG(e.seed, 5))
	disk.Delay(func(kind crashdisk.Kind, _ string) {
		if kind != crashdisk.Sync {
			return
		}
		syncs.Add(1)
		mu.Lock()
		d := time.Duration(5+chance.IntN(56)) * time.Millisecond
		if chance.IntN(20) == 0 {
			d = 500 * time.Millisecond
		}
		mu.Unlock()
		pause(ctx, d)
	})
	began := time.Now()
	if err := in.work(ctx, 40, 3, e.size(10, 100)); err != nil {
		return nil, err
	}
	took := time.Since(began)
	disk.Delay(nil)
	if err := in.close(); err != nil {
		return nil, err
	}
	out, err := losePower(ctx, disk, in.acked, filepath.Join(dir, "lost"), e.size(60, 1000), false, e.seed)
	if err != nil {
		return nil, err
	}
	share := float64(len(in.acked)) / float64(syncs.Load())
	return []row{{
		size:   fmt.Sprintf("%d acks, %d syncs, %s", len(in.acked), syncs.Load(), took.Round(100*time.Millisecond)),
		figure: fmt.Sprintf("acked before its sync 0 in %d of %d states, broken %d; answers per sync %.1f", out.states-out.losing, out.states, out.broken+out.violating, share),
		target: "all, 0; > 2", ok: out.losing+out.broken+out.violating == 0 && share > 2,
	}}, out.first
}
