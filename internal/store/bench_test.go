//go:build linux

package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"hiwar/internal/engine"
	"hiwar/internal/store/postgrestest"
)

// The figures behind the choice of the driver: what a commit costs that
// carries 1, 10 or 100 messages, each in another conversation, as the engine
// writes them.
//
//	go test ./internal/store -run '^$' -bench Commit
func BenchmarkCommit(b *testing.B) {
	for _, name := range []string{"modernc", "ncruces"} {
		for _, size := range []int{1, 10, 100} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) { benchmarkCommit(b, drivers[name], size) })
		}
	}
}

// The same on PostgreSQL, with its server waiting for the disk and everything on
// this machine. The processor time is that of this process alone.
func BenchmarkCommitOnPostgres(b *testing.B) {
	c, err := postgrestest.Start(postgrestest.Durable)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = c.Stop() }()
	for _, size := range []int{1, 10, 100} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			address, err := c.New()
			if err != nil {
				b.Fatal(err)
			}
			db, err := Open(context.Background(), address)
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			commits(b, db, size)
		})
	}
}

func benchmarkCommit(b *testing.B, d dialect, size int) {
	db, err := open(context.Background(), d, filepath.Join(b.TempDir(), "hiwar.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	commits(b, db, size)
}

func commits(b *testing.B, db *DB, size int) {
	b.Helper()
	talks := begin(b, db, 100)
	n := 0
	b.ReportAllocs()
	b.ResetTimer()
	cpu := cpuTime(b)
	for b.Loop() {
		batch := engine.OrgBatch{Org: "org_1"}
		for i := range size {
			n++
			talks[(n+i)%len(talks)].say(b, &batch, n)
		}
		if err := db.Commit(b.Context(), &engine.Batch{Now: bench0, Orgs: []engine.OrgBatch{batch}}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
	b.ReportMetric(float64((cpuTime(b)-cpu).Microseconds())/float64(n), "cpu-µs/message")
}

// cpuTime is what the process has used: the figure that other programs on the
// machine do not move.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
