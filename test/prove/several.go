package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"hiwar/internal/store/postgrestest"
	"hiwar/test/check"
	"hiwar/test/rig"
)

// nodes is how many servers the runs of several have.
const nodes = 3

// centre is several servers on one database with a crowd at work in it, all on
// this machine.
type centre struct {
	*crowd
	*rig.Nodes
	database *postgrestest.Cluster
	history  *history
	windows  []window
	refused  int64 // commits of servers that had lost what they committed to
}

// window is the time in which the effects of a fault are looked for.
type window struct{ from, to time.Duration }

// open starts PostgreSQL, the servers with the options for a number, and lets
// people in who come through the balancer.
func open(ctx context.Context, e *env, dir string, options func(i int, database string) ([]string, error)) (h *centre, err error) {
	h = &centre{history: newHistory()}
	defer func() {
		if err != nil {
			h.end()
		}
	}()
	if h.database, err = postgrestest.Start(); err != nil {
		return h, err
	}
	address, err := h.database.New()
	if err != nil {
		return h, err
	}
	place, err := rig.PrepareAt(ctx, dir, address, 8, patient)
	if err != nil {
		return h, err
	}
	var faulty error
	h.Nodes, err = rig.StartNodes(ctx, e.binary, place, nodes, func(i int) []string {
		more, err := options(i, address)
		faulty = errors.Join(faulty, err)
		return append(rig.Lifted[:len(rig.Lifted):len(rig.Lifted)], more...)
	})
	if err := errors.Join(err, faulty); err != nil {
		return h, err
	}
	h.crowd, err = people(ctx, e, place, h.Nodes, h.Base(), setting{customers: 24, agents: 8, crashes: true, shape: func(c *crowd) {
		c.history, c.think = h.history, 60 // the machine is that of three servers and of PostgreSQL too
	}})
	if err != nil {
		return h, err
	}
	h.begin()
	return h, nil
}

// end ends everything that is still running, PostgreSQL at last.
func (h *centre) end() error {
	switch {
	case h.crowd != nil:
		h.close()
	case h.Nodes != nil:
		h.Nodes.Kill()
	}
	if h.database == nil {
		return nil
	}
	return h.database.Stop()
}

// skipped says that there is no PostgreSQL to try with, where that is allowed.
func skipped(err error, target string) ([]row, error) {
	if errors.Is(err, postgrestest.ErrMissing) && os.Getenv("CI") == "" {
		return []row{{size: "skipped", figure: err.Error(), target: target, ok: true}}, nil
	}
	return nil, err
}

// owner is the number of the server that has the organization, once one has it.
func (h *centre) owner() int {
	for h.ctx.Err() == nil {
		if i := h.Owner(); i >= 0 {
			return i
		}
		pause(h.ctx, 50*time.Millisecond)
	}
	return 0
}

// during carries out what is done to the servers, and gives how long nobody at
// all was answered from then until so long after.
func (h *centre) during(after time.Duration, do func() error) (quiet time.Duration, err error) {
	from := h.history.now()
	err = do()
	pause(h.ctx, after-(h.history.now()-from))
	to := h.history.now()
	h.windows = append(h.windows, window{from, to})
	return h.history.quiet(from, to), err
}

// several is a centre of three servers, each of which is killed, hangs and is
// stopped while it has the organization and while it has not; and the same
// through a network that fails, with a database that crashes.
func several(ctx context.Context, e *env, dir string) (rows []row, err error) {
	for _, part := range []struct {
		name string
		do   func(context.Context, *env, string) ([]row, error)
	}{{"takeover", takeover}, {"nemesis", nemesis}} {
		folder := filepath.Join(dir, part.name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			return rows, err
		}
		got, err := part.do(ctx, e, folder)
		rows = append(rows, got...)
		if err != nil {
			return rows, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return rows, nil
}

// takeover: servers with a NATS of their own that find each other. The one that
// has the organization is killed, stands still, and is stopped in order; then all
// are replaced one after another.
func takeover(ctx context.Context, e *env, dir string) (rows []row, err error) {
	h, err := open(ctx, e, dir, func(_ int, database string) ([]string, error) {
		return []string{"--database", database, "--cluster"}, nil
	})
	if err != nil {
		return skipped(err, "0 lost")
	}
	defer func() { err = errors.Join(err, h.end()) }()
	pause(ctx, 2*time.Second)
	var killed, stood, stopped []time.Duration
	for range e.size(2, 20) {
		for _, f := range []struct {
			do   func(*rig.Server) error
			into *[]time.Duration
		}{{h.killed, &killed}, {h.stood, &stood}, {h.stopped, &stopped}} {
			owner := h.All[h.owner()]
			quiet, err := h.during(6*time.Second, func() error { return f.do(owner) })
			if err != nil {
				return rows, err
			}
			*f.into = append(*f.into, quiet)
		}
	}
	// What reached a server that stands still may have been all answered elsewhere
	// before it goes on.
	for range 4 {
		if h.refused > 0 {
			break
		}
		owner := h.All[h.owner()]
		quiet, err := h.during(6*time.Second, func() error { return h.stood(owner) })
		if err != nil {
			return rows, err
		}
		stood = append(stood, quiet)
	}
	var rolled []time.Duration
	for i := range h.All {
		quiet, err := h.during(2*time.Second, func() error { return h.stopped(h.All[i]) })
		if err != nil {
			return rows, err
		}
		rolled = append(rolled, quiet)
	}
	h.rare.add(staleEpoch, int(h.refused))
	rows, report, err := h.judge(fmt.Sprintf("%d servers, killed, paused, stopped %d times each", nodes, len(killed)))
	if err != nil {
		return rows, err
	}
	unplanned, planned := slices.Max(append(killed, stood...)), slices.Max(append(stopped, rolled...))
	return append(rows,
		row{size: "of who had the organization", figure: fmt.Sprintf("nobody answered for %s after a kill, %s after a pause", spread(killed), spread(stood)), target: "≤ 10 s", ok: unplanned <= 10*time.Second},
		row{size: "stopped in order, and all in turn", figure: fmt.Sprintf("nobody answered for %s, %s", spread(stopped), spread(rolled)), target: "≤ 1 s, fails above 2 s", ok: planned <= 2*time.Second},
		row{size: "a server that goes on after a pause", figure: fmt.Sprintf("commits refused because another had the organization: %d", h.refused), target: "> 0", ok: h.refused > 0},
	), report.Err()
}

// killed is a server that is killed, and after the others went on is there again.
func (h *centre) killed(s *rig.Server) error {
	h.elsewhere.Store(true)
	s.Kill()
	pause(h.ctx, 4500*time.Millisecond)
	h.elsewhere.Store(false)
	return s.Restart(h.ctx)
}

// stood is a server that stands still until another has what it had, and goes on
// in that moment, with all that reached it in the meantime: the balancer cuts
// nobody off, as many do not.
func (h *centre) stood(s *rig.Server) error {
	h.Keep(true)
	defer h.Keep(false)
	before, err := s.Figure("cluster_stale_commits_total")
	if err != nil {
		return err
	}
	s.Pause()
	for h.ctx.Err() == nil && h.Owner(s) < 0 {
		pause(h.ctx, 20*time.Millisecond)
	}
	s.Continue()
	pause(h.ctx, time.Second)
	n, err := s.Figure("cluster_stale_commits_total")
	h.refused += n - before
	return err
}

// stopped is a server that is stopped in order, and started again.
func (h *centre) stopped(s *rig.Server) error {
	s.Stop()
	return s.Restart(h.ctx)
}

// judge ends the run: the checker compares what people were told with what is
// stored, and all answers are held to one order.
func (h *centre) judge(size string) ([]row, *check.Report, error) {
	report, dump, err := h.verdict()
	if err != nil {
		return nil, nil, err
	}
	rows := judged(fmt.Sprintf("%s, %d acks", size, report.Acked), report, dump)
	conversations, operations, wrong, undecided := h.history.linearizable()
	rows = append(rows, row{
		size:   fmt.Sprintf("%d histories, %d operations", conversations, operations),
		figure: fmt.Sprintf("not linearizable %d, undecided %d; writes of who gave it away %d", wrong, undecided, h.late), target: "0, 0; 0", ok: conversations > 0 && wrong+undecided+h.late == 0,
	})
	var waits []time.Duration
	for _, w := range h.windows {
		waits = append(waits, h.history.longest(w.from, w.to)...)
	}
	if len(waits) > 0 {
		slices.Sort(waits)
		p99 := waits[len(waits)*99/100]
		rows = append(rows, row{
			size: fmt.Sprintf("longest wait of each in %d faults", len(h.windows)), figure: fmt.Sprintf("p50 %s, p99 %s, longest %s", ms(waits[len(waits)/2]), ms(p99), ms(waits[len(waits)-1])),
			target: "p99 ≤ 5 s, fails above 10 s", ok: p99 <= 10*time.Second,
		})
	}
	return rows, report, nil
}

// spread is the shortest and the longest.
func spread(all []time.Duration) string {
	return fmt.Sprintf("%.2f to %.2f s", slices.Min(all).Seconds(), slices.Max(all).Seconds())
}
