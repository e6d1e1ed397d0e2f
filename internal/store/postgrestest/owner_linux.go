package postgrestest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// atOnce is the signal at which the server ends without waiting for anybody.
const atOnce = syscall.SIGQUIT

// account is whom the server runs as; PostgreSQL refuses to run as root.
type account struct {
	uid, gid int // -1: as ourselves
}

// owner is ourselves, or a user without rights if we are root.
func owner() (account, error) {
	if os.Geteuid() != 0 {
		return account{-1, -1}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.Atoi(u.Uid)
		if err != nil {
			return account{}, err
		}
		gid, err := strconv.Atoi(u.Gid)
		return account{uid, gid}, err
	}
	return account{}, fmt.Errorf("there is no user postgres or nobody to run the server as")
}

func (a account) give(path string) error {
	if a.uid < 0 {
		return nil
	}
	return os.Chown(path, a.uid, a.gid)
}

func (a account) command(program string, args ...string) *exec.Cmd {
	c := exec.Command(program, args...)
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: atOnce}
	if a.uid >= 0 {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return c
}

// roomy reports whether a folder has room for what tests store.
func roomy(folder string) bool {
	var s syscall.Statfs_t
	return syscall.Statfs(folder, &s) == nil && s.Bavail*uint64(s.Bsize) > 2<<30
}
