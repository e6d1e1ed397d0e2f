// Package telemetry is what operators see of a running server: its log, its
// figures in Prometheus' text form, and whether it is alive and ready. It knows
// nothing of what the figures count; whoever counts gives them.
package telemetry

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime"
	"sort"
	"strings"
	"sync"
)

// Logger writes to w at the level ("debug", "info", "warn", "error") as "text"
// or "json". What people write to each other never stands in a log.
func Logger(w io.Writer, level, format string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("log level %q is none of debug, info, warn, error", level)
	}
	options := &slog.HandlerOptions{Level: l}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, fmt.Errorf("log format %q is neither text nor json", format)
}

// Source gives its figures by name. A name ending in _total only grows; it may
// carry labels in Prometheus' form.
type Source func(emit func(name string, value int64))

// Metrics are all figures of a process.
type Metrics struct {
	mu      sync.Mutex
	sources []Source
}

// Add makes figures part of the answer.
func (m *Metrics) Add(s Source) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sources = append(m.sources, s)
}

// ServeHTTP answers in Prometheus' text form.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	figures := map[string]int64{}
	m.mu.Lock()
	for _, s := range append(m.sources, process) {
		s(func(name string, value int64) { figures[name] = value })
	}
	m.mu.Unlock()
	names := make([]string, 0, len(figures))
	for name := range figures {
		names = append(names, name)
	}
	sort.Strings(names)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	last := ""
	for _, name := range names {
		bare, _, _ := strings.Cut(name, "{")
		if bare != last {
			kind := "gauge"
			if strings.HasSuffix(bare, "_total") {
				kind = "counter"
			}
			fmt.Fprintf(w, "# TYPE hiwar_%s %s\n", bare, kind)
			last = bare
		}
		fmt.Fprintf(w, "hiwar_%s %d\n", name, figures[name])
	}
}

// process are the figures of the process itself.
func process(emit func(name string, value int64)) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	emit("goroutines", int64(runtime.NumGoroutine()))
	emit("heap_bytes", int64(m.HeapAlloc))
	emit("memory_bytes", int64(m.Sys-m.HeapReleased))
	emit("gc_total", int64(m.NumGC))
}

// Health answers whether the process is alive (always, if it answers) and
// whether it should be sent work.
type Health struct {
	// Ready is nil when the process should be sent work, and why not else.
	Ready func() error
}

// Alive answers /healthz.
func (Health) Alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprintln(w, "ok")
}

// IsReady answers /readyz. The reason goes to the log of whoever set Ready,
// not to strangers.
func (h Health) IsReady(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if h.Ready() != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, "not ready")
		return
	}
	fmt.Fprintln(w, "ready")
}
