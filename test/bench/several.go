package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"hiwar/internal/store/postgrestest"
	"hiwar/test/check"
	"hiwar/test/rig"
)

// several measures messages with one server on PostgreSQL, and with three: the
// customers are at one, the agents at another, and the third has the
// organization, so that everything takes the longest way there is. The database
// waits for the disk, and runs on the same processors as everybody else.
func (r *result) several(ctx context.Context, dir string) (err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	cluster, err := postgrestest.Start(postgrestest.Durable)
	if errors.Is(err, postgrestest.ErrMissing) {
		r.without = err
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cluster.Stop()) }()
	for _, n := range []int{1, 3} {
		t, err := r.servers(ctx, under(dir, fmt.Sprint(n)), cluster, n)
		if err != nil {
			return fmt.Errorf("%d servers: %w", n, err)
		}
		r.shared = append(r.shared, t)
	}
	return nil
}

// servers measures so many of them on a database of their own.
func (r *result) servers(ctx context.Context, dir string, cluster *postgrestest.Cluster, n int) (t talked, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return t, err
	}
	address, err := cluster.New()
	if err != nil {
		return t, err
	}
	place, err := rig.PrepareAt(ctx, dir, address, desks(r.conversations), roomy)
	if err != nil {
		return t, err
	}
	nodes, err := rig.StartNodes(ctx, r.binary, place, n, func(int) []string {
		options := append(rig.Lifted[:len(rig.Lifted):len(rig.Lifted)], "--database", address)
		if n > 1 {
			options = append(options, "--cluster", "--routes", "127.0.0.1:0")
		}
		return options
	})
	defer nodes.Kill()
	if err != nil {
		return t, err
	}
	customers, agents := nodes.All[0], nodes.All[0]
	if n > 1 {
		has, err := owner(ctx, nodes)
		if err != nil {
			return t, err
		}
		customers, agents = nodes.All[(has+1)%n], nodes.All[(has+2)%n]
	}
	f, err := openFloor(ctx, place, customers.Base, agents.Base, r.conversations)
	if f != nil {
		defer f.close()
	}
	if err != nil {
		return t, err
	}
	most := r.sizes()
	if t, err = r.messages(ctx, f, nodes.All, most[max(0, len(most)-2):], func() (time.Duration, error) { return family(cluster.Process()) }); err != nil {
		return t, err
	}
	nodes.Stop()
	dump, err := check.ReadPostgres(address)
	if err != nil {
		return t, err
	}
	return t, r.compare(f, dump)
}

// family is the processor time of a process and of those it has started.
func family(pid int) (time.Duration, error) {
	all, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return 0, err
	}
	sum, err := rig.CPU(pid)
	if err != nil {
		return 0, err
	}
	for _, child := range strings.Fields(string(all)) {
		n, err := strconv.Atoi(child)
		if err != nil {
			return 0, err
		}
		if one, err := rig.CPU(n); !errors.Is(err, fs.ErrNotExist) { // it has ended meanwhile
			if err != nil {
				return 0, err
			}
			sum += one
		}
	}
	return sum, nil
}

// owner is the number of the server that has the organization, once one has it.
func owner(ctx context.Context, nodes *rig.Nodes) (int, error) {
	t := time.NewTicker(50 * time.Millisecond)
	defer t.Stop()
	for {
		if i := nodes.Owner(); i >= 0 {
			return i, nil
		}
		select {
		case <-t.C:
		case <-ctx.Done():
			return 0, fmt.Errorf("nobody has the organization: %w", context.Cause(ctx))
		}
	}
}
