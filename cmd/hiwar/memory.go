package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// calmEvery is how often it is asked whether it is quiet: fewer commands
	// than calmCommands in that time.
	calmEvery    = 5 * time.Second
	calmCommands = 100
)

// giveBack gives memory that nobody uses back to the machine once it is quiet.
// By itself the runtime keeps about as much as is in use, for the next busy
// moment, and thousands of customers who read and say nothing would cost twice
// what they need. While it is busy nothing is changed.
func (s *server) giveBack(ctx context.Context) error {
	tick := time.NewTicker(calmEvery)
	defer tick.Stop()
	var before int64
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
		commands := s.engine.Counts().Commands.Load()
		if commands-before < calmCommands && wasteful(heap()) {
			debug.FreeOSMemory()
		}
		before = commands
	}
}

// heap is how much was in use when garbage was last collected, how much is held
// by objects now, and how much by nothing.
func heap() (live, objects, free uint64) {
	all := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/free:bytes"}}
	metrics.Read(all)
	return all[0].Value.Uint64(), all[1].Value.Uint64(), all[2].Value.Uint64()
}

// wasteful: more than a quarter of what is in use is not, and enough for the
// work of finding it.
func wasteful(live, objects, free uint64) bool {
	unused := max(objects, live) - live + free
	return unused > 4<<20 && unused > live/4
}
