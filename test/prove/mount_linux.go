package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// small mounts a file system of 8 MiB in memory, if this process may.
func small(folder string) (unmount func() error, ok bool) {
	if os.MkdirAll(folder, 0o700) != nil || unix.Mount("prove", folder, "tmpfs", 0, "size=8m") != nil {
		return nil, false
	}
	return func() error { return unix.Unmount(folder, unix.MNT_DETACH) }, true
}
