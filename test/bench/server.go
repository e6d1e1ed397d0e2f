package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"hiwar/client"
)

// server is a running program in a folder of its own.
type server struct {
	base  string
	ready time.Duration // from the start of the program to its first answer
	dir   string
	run   *exec.Cmd
}

// lifted are the settings that differ from what a user gets: without them the
// limits would be measured, and not the server.
var lifted = []string{"--set", "capacity=50", "--set", "open_offers=50", "--messages-at-once=0", "--starts-at-once=0", "--frames-per-second=100000"}

var address = regexp.MustCompile(`https?://[^\s/]+:(\d+)`)

func startServer(ctx context.Context, binary string) (*server, error) {
	program, err := filepath.Abs(binary)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "hiwar-bench-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir}
	args := append([]string{"demo", "--sim=off", "--listen", "127.0.0.1:0", "--data", dir}, lifted...)
	s.run = exec.CommandContext(ctx, program, args...)
	s.run.Cancel = func() error { return s.run.Process.Signal(os.Interrupt) }
	out, err := s.run.StdoutPipe()
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	s.run.Stderr = log
	began := time.Now()
	if err := s.run.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := address.FindStringSubmatch(lines.Text()); m != nil {
			s.base = "http://127.0.0.1:" + m[1]
			break
		}
	}
	if s.base == "" {
		said, _ := os.ReadFile(log.Name())
		s.stop()
		return nil, fmt.Errorf("the server ended before it was ready: %s", said)
	}
	go func() { // what it says later is of no interest, but must be read
		for lines.Scan() {
		}
	}()
	res, err := http.Get(s.base + "/readyz")
	if err != nil {
		s.stop()
		return nil, err
	}
	res.Body.Close()
	s.ready = time.Since(began)
	return s, nil
}

func (s *server) stop() {
	s.run.Process.Signal(os.Interrupt)
	s.run.Wait()
	os.RemoveAll(s.dir)
}

// resident is the memory the program holds, in bytes, once it has had nothing
// to do for two seconds.
func (s *server) resident(ctx context.Context) (int64, error) {
	select {
	case <-time.After(2 * time.Second):
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.run.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return kb * 1024, err
		}
	}
	return 0, fmt.Errorf("no VmRSS in %q", status)
}

// cpu is the processor time the program has used.
func (s *server) cpu() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.run.Process.Pid))
	if err != nil {
		return 0, err
	}
	// The name in parentheses may hold anything; what follows is numbers.
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	if len(fields) < 13 {
		return 0, fmt.Errorf("unreadable %q", stat)
	}
	var ticks int64
	for _, field := range fields[11:13] { // in the program and in the kernel for it
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * (time.Second / 100), nil
}

// pane is a part of the demo: who it is of, and a link that lets one in.
type pane struct{ Name, URL string }

func (s *server) panes(ctx context.Context) (map[string]string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/api/v1/demo", nil)
	if err != nil {
		return nil, err
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer w.Body.Close()
	var answer struct{ Panes []pane }
	if err := json.NewDecoder(w.Body).Decode(&answer); err != nil {
		return nil, err
	}
	links := map[string]string{}
	for _, p := range answer.Panes {
		links[p.Name] = p.URL
	}
	return links, nil
}

// agent signs somebody of the demo in, at the server's own address.
func (s *server) agent(ctx context.Context, link string) (*client.Client, error) {
	at, err := url.Parse(link)
	if err != nil {
		return nil, err
	}
	c := client.New(s.base)
	return c, c.Enter(ctx, s.base+at.EscapedPath())
}
