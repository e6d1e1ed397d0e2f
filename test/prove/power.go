package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"hiwar/internal/routing"
	"hiwar/internal/store"
	"hiwar/test/check"
	"hiwar/test/crashdisk"
)

// power runs the real engine and store on a disk that records, and opens what
// the disk would hold after a loss of power: right before and after syncs and
// at random moments, with what was not synced lost, kept, mixed or torn. Each
// state must open, pass the integrity check, load, and hold everything that
// had been answered by then. The same record with the journal synced as
// synchronous=NORMAL does it must lose something, else the run sees nothing.
func power(ctx context.Context, e *env, dir string) ([]row, error) {
	disk := crashdisk.New("power", true)
	live := filepath.Join(dir, "live")
	if err := os.Mkdir(live, 0o700); err != nil {
		return nil, err
	}
	in, err := openInside(ctx, filepath.Join(live, "hiwar.db"), "power", 3, disk.Len)
	if err != nil {
		return nil, err
	}
	if err := in.work(ctx, 6, 3, e.size(150, 400)); err != nil {
		return nil, err
	}
	if err := in.close(); err != nil {
		return nil, err
	}
	states := e.size(400, 10_000)
	full, err := losePower(ctx, disk, in.acked, filepath.Join(dir, "full"), states, false, e.seed)
	if err != nil {
		return nil, err
	}
	control, err := losePower(ctx, disk, in.acked, filepath.Join(dir, "normal"), e.size(60, 400), true, e.seed)
	if err != nil {
		return nil, err
	}
	return []row{
		{
			size:   fmt.Sprintf("%d crash states, %d acks", full.states, len(in.acked)),
			figure: fmt.Sprintf("acked and lost 0 in %d, broken databases %d, other violations %d", full.states-full.losing, full.broken, full.violating),
			target: "all, 0, 0", ok: full.states >= states && full.losing == 0 && full.broken == 0 && full.violating == 0,
		},
		{
			size:   fmt.Sprintf("control: %d states with NORMAL", control.states),
			figure: fmt.Sprintf("states that lost what was acknowledged: %d", control.losing),
			target: "> 0 (else blind)", ok: control.losing > 0,
		},
	}, full.first
}

// outcome is what became of many losses of power.
type outcome struct {
	mu                                sync.Mutex
	states, losing, broken, violating int
	first                             error
}

// losePower makes states and judges each.
func losePower(ctx context.Context, disk *crashdisk.Disk, acked []moment, dir string, states int, lazy bool, seed uint64) (*outcome, error) {
	chance := rand.New(rand.NewPCG(seed, 7))
	moments := disk.Syncs()
	for len(moments) < states { // and at random
		moments = append(moments, 1+chance.IntN(disk.Len()))
	}
	chance.Shuffle(len(moments), func(i, j int) { moments[i], moments[j] = moments[j], moments[i] })
	moments = moments[:states]
	slices.Sort(moments)
	out := &outcome{}
	sweep := disk.Sweep(lazy)
	work := make(chan func())
	var judges sync.WaitGroup
	for range 2 {
		judges.Go(func() {
			for f := range work {
				f()
			}
		})
	}
	defer judges.Wait()
	defer close(work)
	for i, at := range moments {
		if ctx.Err() != nil {
			return out, context.Cause(ctx)
		}
		sweep.To(at)
		folder := filepath.Join(dir, fmt.Sprint(i))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return out, err
		}
		if err := sweep.Crash(folder, crashdisk.Loss(i%4), chance); err != nil {
			return out, err
		}
		work <- func() { out.judge(ctx, folder, acked, at) }
	}
	return out, nil
}

// judge opens one state. What is sound is removed.
func (o *outcome) judge(ctx context.Context, folder string, acked []moment, at int) {
	r, err := openCrashed(ctx, folder, acked, at)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.states++
	switch {
	case err != nil:
		o.broken++
	case r.Count(check.Lost) > 0:
		o.losing++
		err = r.Err()
	case len(r.Violations) > 0:
		o.violating++
		err = r.Err()
	default:
		_ = os.RemoveAll(folder)
		return
	}
	if o.first == nil {
		o.first = fmt.Errorf("the state in %s at moment %d: %w", folder, at, err)
	}
}

func openCrashed(ctx context.Context, folder string, acked []moment, at int) (*check.Report, error) {
	path := filepath.Join(folder, "hiwar.db")
	db, err := store.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	if err := db.CheckIntegrity(ctx); err != nil {
		return nil, err
	}
	floors, err := db.Floors(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range floors {
		if _, err := routing.Load(f.Config, f.Records); err != nil {
			return nil, err
		}
	}
	dump, err := check.ReadSQLite(path)
	if err != nil {
		if strings.Contains(err.Error(), "no such table") && !anythingAcked(acked, at) {
			return &check.Report{}, nil // the power went before there was anything
		}
		return nil, err
	}
	return check.Verify(journals(acked, at), dump, check.Options{}), nil
}

func anythingAcked(acked []moment, at int) bool {
	return slices.ContainsFunc(acked, func(m moment) bool { return m.disk <= at })
}
