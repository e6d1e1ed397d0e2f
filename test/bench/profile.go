package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"hiwar/test/rig"
)

// profiled measures the server itself while something else runs, if it was
// asked for, into the folder. The function it returns waits for the end.
func (r *result) profiled(ctx context.Context, s *rig.Server, name string, span time.Duration) func() error {
	if r.profile == "" {
		return func() error { return nil }
	}
	ended := make(chan error, 1)
	go func() {
		b, err := s.Profile(ctx, fmt.Sprintf("profile?seconds=%d", max(1, int(span.Seconds())-1)))
		if err == nil {
			err = os.WriteFile(under(r.profile, name+".cpu"), b, 0o600)
		}
		ended <- err
	}()
	return func() error {
		if err := <-ended; err != nil {
			return err
		}
		for _, kind := range []string{"allocs", "heap", "goroutine"} {
			if err := r.profileInto(ctx, s, name, kind); err != nil {
				return err
			}
		}
		return r.profileInto(ctx, s, name, "heap?debug=1") // ends in what the memory is for
	}
}

func (r *result) profileInto(ctx context.Context, s *rig.Server, name, kind string) error {
	b, err := s.Profile(ctx, kind)
	if err != nil {
		return err
	}
	return os.WriteFile(under(r.profile, name+"."+kind), b, 0o600)
}

// ownCPU is the processor time of this program, which runs on the same
// processors as the server.
func ownCPU() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
