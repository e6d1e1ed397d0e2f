// Package postgrestest gives tests PostgreSQL databases of their own, on a
// server that they start themselves: private, in a temporary folder, reachable
// by a socket in it and by nothing else, gone with the process.
//
// It is for tests that ask what a database does. The server does not wait for
// the disk ([Durable] does): what survives a power cut is no question to it.
package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrMissing is why there is no server here; every other failure is one.
var ErrMissing = errors.New("PostgreSQL's own programs (initdb, postgres) are not on this machine")

// Cluster is a server with its data.
type Cluster struct {
	folder  string
	command func() *exec.Cmd
	process *process
	made    atomic.Int64 // databases
	mu      sync.Mutex   // of copying the template
	ready   bool         // there is a template
}

// Option changes how a server runs.
type Option func(*[]string)

const durable = "fsync=on"

// Durable has the server keep its data on a disk and wait for that, as it would
// in earnest.
func Durable(settings *[]string) {
	*settings = append(*settings, durable, "full_page_writes=on")
}

// Place is a folder for files that need not survive a power cut: in memory, if
// there is room.
func Place() string { return place(false) }

// place is where the data is kept: in memory, if there is room and it need not
// be on a disk. It is not TMPDIR: the path of a socket may have a hundred
// letters.
func place(onDisk bool) string {
	if !onDisk && roomy("/dev/shm") {
		return "/dev/shm"
	}
	return "/tmp"
}

// Setting is one line of the server's configuration.
func Setting(name, value string) Option {
	return func(settings *[]string) { *settings = append(*settings, name+"="+value) }
}

// Start starts a server. It fails with [ErrMissing] where there is none to start.
func Start(options ...Option) (c *Cluster, err error) {
	initdb, err := find("initdb")
	if err != nil {
		return nil, err
	}
	server, err := find("postgres")
	if err != nil {
		return nil, err
	}
	settings := []string{
		"port=5432", "listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=300", "shared_buffers=32MB", "autovacuum=off",
	}
	for _, o := range options {
		o(&settings)
	}
	folder, err := os.MkdirTemp(place(slices.Contains(settings, durable)), "hiwar-pg-")
	if err != nil {
		return nil, err
	}
	settings = append(settings, "unix_socket_directories="+folder)
	c = &Cluster{folder: folder}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.Stop())
		}
	}()
	who, err := owner()
	if err != nil {
		return c, err
	}
	if err := who.give(folder); err != nil {
		return c, err
	}
	data := filepath.Join(folder, "data")
	init := who.command(initdb, "--pgdata", data, "--username", "hiwar", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
	init.Dir = folder
	if out, err := init.CombinedOutput(); err != nil {
		return c, fmt.Errorf("initdb: %w: %s", err, out)
	}
	args := []string{"-D", data}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	c.command = func() *exec.Cmd { return who.command(server, args...) }
	return c, c.Resume()
}

// Process is the number of the server's process, which starts all others.
func (c *Cluster) Process() int { return c.process.command.Process.Pid }

// Crash ends the server in the middle of everything; its data stays.
func (c *Cluster) Crash() {
	c.process.stop()
}

// Resume starts a server that was ended, on the data that it left.
func (c *Cluster) Resume() (err error) {
	if c.process, err = begin(c.command(), filepath.Join(c.folder, "log")); err != nil {
		return err
	}
	return c.wait()
}

// find looks where Debian, and then where the system, has PostgreSQL's programs.
func find(program string) (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + program)
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) }) // the newest
	if len(found) > 0 {
		return found[0], nil
	}
	path, err := exec.LookPath(program)
	if err != nil {
		return "", ErrMissing
	}
	return path, nil
}

func version(path string) int {
	n, _ := strconv.Atoi(strings.Split(path, "/")[4])
	return n
}

// wait waits until the server answers.
func (c *Cluster) wait() error {
	deadline := time.Now().Add(30 * time.Second)
	for {
		err := c.do("postgres", "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-c.process.ended:
			return fmt.Errorf("the server ended: %s", c.log())
		case <-time.After(10 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the server does not answer: %w: %s", err, c.log())
		}
	}
}

func (c *Cluster) log() string {
	text, _ := os.ReadFile(filepath.Join(c.folder, "log"))
	return string(text)
}

// Stop ends the server at once and removes its data.
func (c *Cluster) Stop() error {
	if c.process != nil {
		c.process.stop()
	}
	return os.RemoveAll(c.folder)
}

// URL names a database of the server.
func (c *Cluster) URL(database string) string {
	q := url.Values{"host": {c.folder}, "user": {"hiwar"}}
	return "postgres:///" + database + "?" + q.Encode()
}

// do carries out one statement in a database.
func (c *Cluster) do(database, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.URL(database))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// New makes an empty database and returns its URL and name.
func (c *Cluster) New() (address string, err error) {
	name := fmt.Sprintf("test%d", c.made.Add(1))
	return c.URL(name), c.do("postgres", "CREATE DATABASE "+name)
}

// Drop removes a database that [Cluster.New] or [Cluster.Copy] made, whoever is
// connected to it.
func (c *Cluster) Drop(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	return c.do("postgres", "DROP DATABASE "+strings.TrimPrefix(u.Path, "/")+" WITH (FORCE)")
}

// Copy makes a database that is as prepare left the first one: what takes long
// is done once. Nobody may be connected to that when prepare returns.
func (c *Cluster) Copy(prepare func(address string) error) (address string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.ready {
		if err := c.do("postgres", "CREATE DATABASE prepared"); err != nil {
			return "", err
		}
		if err := prepare(c.URL("prepared")); err != nil {
			return "", err
		}
		c.ready = true
	}
	name := fmt.Sprintf("test%d", c.made.Add(1))
	return c.URL(name), c.do("postgres", "CREATE DATABASE "+name+" TEMPLATE prepared")
}

// ── one server for all tests of a process ───────────────────────────────────

var shared struct {
	once    sync.Once
	cluster *Cluster
	err     error
}

// Shared is the server that the tests of a process have in common, started when
// the first asks. The test is skipped where there is none, except in CI. Whoever
// uses it calls [StopShared] when all tests have ended.
func Shared(t testing.TB) *Cluster {
	t.Helper()
	shared.once.Do(func() { shared.cluster, shared.err = Start() })
	if errors.Is(shared.err, ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(shared.err)
	}
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.cluster
}

// StopShared ends the server of [Shared], if there is one.
func StopShared() error {
	if shared.cluster == nil {
		return nil
	}
	return shared.cluster.Stop()
}

// URL is that of a new, empty database, removed when the test ends.
func URL(t testing.TB) string {
	t.Helper()
	return dropped(t, Shared(t), Shared(t).New)
}

// URLOf is that of a copy of what prepare made; see [Cluster.Copy].
func URLOf(t testing.TB, prepare func(address string) error) string {
	t.Helper()
	c := Shared(t)
	return dropped(t, c, func() (string, error) { return c.Copy(prepare) })
}

func dropped(t testing.TB, c *Cluster, make func() (string, error)) string {
	t.Helper()
	address, err := make()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Drop(address); err != nil {
			t.Error(err)
		}
	})
	return address
}
