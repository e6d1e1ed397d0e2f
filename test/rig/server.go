package rig

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Lifted are options without which the limits would be tried, and not the
// server.
var Lifted = []string{"--messages-at-once=0", "--starts-at-once=0", "--requests-at-once=0", "--frames-per-second=100000"}

// Server is the real binary as a process.
type Server struct {
	Base  string
	Ready time.Duration // from the start of the process to its first "ready"

	binary  string
	args    []string
	listen  string
	metrics string
	run     *exec.Cmd
	ended   chan struct{}
	mu      sync.Mutex
	log     bytes.Buffer
}

var address = regexp.MustCompile(`https?://[^\s/]+:(\d+)`)

// Start runs the binary as "serve" on the place. Its address stays the same
// over restarts.
func Start(ctx context.Context, binary string, p *Place, options ...string) (*Server, error) {
	return StartAs(ctx, binary, append([]string{"serve", "--data", p.Dir}, options...))
}

// StartAs runs the binary with these arguments and an address to listen on.
func StartAs(ctx context.Context, binary string, args []string) (*Server, error) {
	program, err := filepath.Abs(binary)
	if err != nil {
		return nil, err
	}
	figures, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &Server{binary: program, args: args, listen: "127.0.0.1:0", metrics: figures}
	return s, s.Restart(ctx)
}

// freePort is an address nobody listens on now.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// Restart starts the process again, once it has ended.
func (s *Server) Restart(ctx context.Context) error {
	s.run = exec.Command(s.binary, append(append([]string{}, s.args...), "--listen", s.listen, "--metrics", s.metrics)...)
	s.run.Stderr = (*logged)(s)
	out, err := s.run.StdoutPipe()
	if err != nil {
		return err
	}
	began := time.Now()
	if err := s.run.Start(); err != nil {
		return err
	}
	s.ended = make(chan struct{})
	ended, run := s.ended, s.run
	lines := bufio.NewScanner(out)
	found := make(chan string, 1)
	go func() {
		for lines.Scan() {
			if m := address.FindStringSubmatch(lines.Text()); m != nil {
				select {
				case found <- m[1]:
				default:
				}
			}
		}
		_ = run.Wait()
		close(ended)
	}()
	select {
	case port := <-found:
		s.listen = "127.0.0.1:" + port
		s.Base = "http://" + s.listen
	case <-ended:
		return fmt.Errorf("the server ended before it was ready: %s", s.Said())
	case <-time.After(time.Minute):
		s.Kill()
		return errors.New("the server was not ready within a minute")
	case <-ctx.Done():
		s.Kill()
		return context.Cause(ctx)
	}
	res, err := http.Get(s.Base + "/readyz")
	if err != nil {
		return err
	}
	res.Body.Close()
	s.Ready = time.Since(began)
	return nil
}

// logged collects what the process says, as much as is worth showing.
type logged Server

// Write implements [io.Writer].
func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.log.Len() > 1<<20 {
		l.log.Reset()
	}
	return l.log.Write(b)
}

// Said is the end of what the process said.
func (s *Server) Said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.log.String()
	return text[max(0, len(text)-4000):]
}

// Kill ends the process as a crash does, and waits for that.
func (s *Server) Kill() { s.end(syscall.SIGKILL) }

// Stop asks the process to end, and waits; after 20 s it is killed.
func (s *Server) Stop() { s.end(syscall.SIGTERM) }

func (s *Server) end(sig os.Signal) {
	_ = s.run.Process.Signal(sig)
	select {
	case <-s.ended:
	case <-time.After(20 * time.Second):
		_ = s.run.Process.Kill()
		<-s.ended
	}
}

// Ended is closed when the process has ended.
func (s *Server) Ended() <-chan struct{} { return s.ended }

// IsReady asks /readyz.
func (s *Server) IsReady() bool {
	res, err := http.Get(s.Base + "/readyz")
	if err != nil {
		return false
	}
	res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// Profile is one of the runtime's own measurements of the server, which has to
// be built with -tags profile: "profile?seconds=5", "allocs", "heap", "goroutine".
func (s *Server) Profile(ctx context.Context, name string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.metrics+"/debug/pprof/"+name, nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("no profile %s: %s", name, res.Status)
	}
	return io.ReadAll(res.Body)
}

// soon asks a server that may stand still.
var soon = &http.Client{Timeout: 2 * time.Second}

// Figure is one of the server's own figures, such as "sockets_open".
func (s *Server) Figure(name string) (int64, error) {
	res, err := soon.Get("http://" + s.metrics + "/metrics")
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "hiwar_"+name+" "); ok {
			return strconv.ParseInt(strings.TrimSpace(rest), 10, 64)
		}
	}
	return 0, fmt.Errorf("there is no figure %s", name)
}

// Resident is the memory the process holds now, in bytes.
func (s *Server) Resident() (int64, error) {
	status, err := os.ReadFile(s.proc("status"))
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

// Descriptors is how many files and connections the process has open.
func (s *Server) Descriptors() (int, error) {
	open, err := os.ReadDir(s.proc("fd"))
	return len(open), err
}

// CPU is the processor time the process has used.
func (s *Server) CPU() (time.Duration, error) { return CPU(s.run.Process.Pid) }

// CPU is the processor time that a process has used.
func CPU(pid int) (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
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

func (s *Server) proc(file string) string {
	return fmt.Sprintf("/proc/%d/%s", s.run.Process.Pid, file)
}
