package main

import (
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestWasteIsWhatIsWorthGivingBack(t *testing.T) {
	const mib = 1 << 20
	for _, c := range []struct {
		live, objects, free uint64
		want                bool
	}{
		{live: 8 * mib, objects: 8 * mib, free: 0, want: false},
		{live: 8 * mib, objects: 11 * mib, free: 0, want: false},     // little
		{live: 8 * mib, objects: 14 * mib, free: 0, want: true},      // garbage
		{live: 8 * mib, objects: 8 * mib, free: 5 * mib, want: true}, // kept for later
		{live: 80 * mib, objects: 90 * mib, free: mib, want: false},  // little for its size
		{live: 8 * mib, objects: 6 * mib, free: 0, want: false},      // freed since
		{live: 80 * mib, objects: 95 * mib, free: 9 * mib, want: true},
	} {
		if got := wasteful(c.live, c.objects, c.free); got != c.want {
			t.Errorf("live %d, objects %d, free %d MiB: %v", c.live/mib, c.objects/mib, c.free/mib, got)
		}
	}
}

// What is given back is seen to be gone, or it would be given back for ever. It
// is looked at in a process of its own: the heap is everybody's, and what the
// tests before this one still finish would be counted too.
func TestWhatWasGivenBackIsNoWaste(t *testing.T) {
	const alone = "HIWAR_TEST_ALONE"
	if os.Getenv(alone) == "" {
		again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
		again.Env = append(os.Environ(), alone+"=1")
		if said, err := again.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, said)
		}
		return
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // nobody else collects it
	debug.FreeOSMemory()
	rubbish := make([]byte, 64<<20)
	runtime.KeepAlive(rubbish)
	if !wasteful(heap()) {
		t.Error("64 MiB of garbage are no waste")
	}
	debug.FreeOSMemory()
	if wasteful(heap()) {
		t.Error("it is all given back and there is waste")
	}
}
