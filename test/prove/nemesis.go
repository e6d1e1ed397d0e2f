package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"hiwar/test/rig"
)

// lines are the ways of the servers to their database and to NATS, each through
// a proxy of its own that can fail.
type lines struct {
	bus, database [nodes]*rig.Proxy
}

func (l *lines) close() {
	for _, p := range append(l.bus[:], l.database[:]...) {
		if p != nil {
			p.Close()
		}
	}
}

// nemesis: servers on a NATS beside them. Every second or so something fails: a
// server is cut off from NATS or from the database, in one direction or both, is
// killed, stands still or is stopped; NATS loses everything; PostgreSQL crashes.
func nemesis(ctx context.Context, e *env, dir string) (rows []row, err error) {
	broker, err := newBroker()
	if err != nil {
		return nil, err
	}
	defer broker.end()
	wires := &lines{}
	defer wires.close()
	var h *centre
	h, err = open(ctx, e, dir, func(i int, database string) ([]string, error) {
		u, err := url.Parse(database)
		if err != nil {
			return nil, err
		}
		if wires.bus[i], err = rig.NewProxy(broker.address); err != nil {
			return nil, err
		}
		if wires.database[i], err = rig.NewProxy(u.Query().Get("host") + "/.s.PGSQL.5432"); err != nil {
			return nil, err
		}
		through := "postgres://hiwar@" + wires.database[i].Address() + u.Path + "?sslmode=disable"
		return []string{"--database", through, "--nats", "nats://" + wires.bus[i].Address()}, nil
	})
	if err != nil {
		return skipped(err, "0 lost")
	}
	defer func() { err = errors.Join(err, h.end()) }()
	pause(ctx, time.Second)
	span := time.Duration(e.size(24, 30*60)) * time.Second
	n := &havoc{centre: h, wires: wires, broker: broker, chance: rand.New(rand.NewPCG(e.seed, 5)), kinds: map[string]int{}}
	from := h.history.now()
	if err := n.rage(ctx, span); err != nil {
		return nil, err
	}
	pause(ctx, 3*time.Second) // what failed last is over for everybody
	quiet := h.history.quiet(from, h.history.now())
	rows, report, err := h.judge(fmt.Sprintf("%d faults, %.0f a minute", n.faults, float64(n.faults)/span.Minutes()))
	if err != nil {
		return rows, err
	}
	rows = append(rows, row{
		size: fmt.Sprintf("faults of %d kinds", len(faults)+len(common)), figure: fmt.Sprintf("nobody answered for at most %s; %s", ms(quiet), n.list()), target: "≤ 10 s, fails above 20 s; ≥ 30 faults a minute",
		ok: quiet <= 20*time.Second && float64(n.faults)/span.Minutes() >= 30,
	})
	return rows, report.Err()
}

// havoc lets things fail.
type havoc struct {
	*centre
	wires  *lines
	broker *broker

	mu     sync.Mutex
	chance *rand.Rand
	faults int
	kinds  map[string]int
	busy   [nodes]bool // something is wrong with this server already
	all    bool        // and with what all of them use
	errs   []error
}

// fault is one way to fail, and how long it lasts at most.
type fault struct {
	name string
	most time.Duration
	do   func(h *havoc, i int, lasts time.Duration) error
}

var both = rig.Weather{DropUp: true, DropDown: true}

// faults of one server; those of all are of the broker and the database.
var faults = []fault{
	{"bus cut", 4 * time.Second, func(h *havoc, i int, lasts time.Duration) error { return h.wire(h.wires.bus[i], both, lasts) }},
	{"bus deaf", 4 * time.Second, func(h *havoc, i int, lasts time.Duration) error {
		return h.wire(h.wires.bus[i], rig.Weather{DropDown: true}, lasts)
	}},
	{"bus mute", 4 * time.Second, func(h *havoc, i int, lasts time.Duration) error {
		return h.wire(h.wires.bus[i], rig.Weather{DropUp: true}, lasts)
	}},
	{"bus reset", 0, func(h *havoc, i int, _ time.Duration) error { h.wires.bus[i].Reset(); return nil }},
	{"database cut", 4 * time.Second, func(h *havoc, i int, lasts time.Duration) error { return h.wire(h.wires.database[i], both, lasts) }},
	{"database deaf", 4 * time.Second, func(h *havoc, i int, lasts time.Duration) error {
		return h.wire(h.wires.database[i], rig.Weather{DropDown: true}, lasts)
	}},
	{"database reset", 0, func(h *havoc, i int, _ time.Duration) error { h.wires.database[i].Reset(); return nil }},
	{"killed", 2 * time.Second, func(h *havoc, i int, lasts time.Duration) error {
		h.All[i].Kill()
		pause(h.ctx, lasts)
		return h.again(h.All[i])
	}},
	{"paused", 5 * time.Second, func(h *havoc, i int, lasts time.Duration) error {
		h.All[i].Pause()
		pause(h.ctx, lasts)
		h.All[i].Continue()
		return nil
	}},
	{"stopped", 0, func(h *havoc, i int, _ time.Duration) error { h.All[i].Stop(); return h.again(h.All[i]) }},
}

// common are faults that everybody has.
var common = []fault{
	{"NATS wiped", time.Second, func(h *havoc, _ int, lasts time.Duration) error {
		h.broker.end()
		pause(h.ctx, lasts)
		return h.broker.begin()
	}},
	{"PostgreSQL crashed", time.Second, func(h *havoc, _ int, lasts time.Duration) error {
		h.database.Crash()
		pause(h.ctx, lasts)
		return h.database.Resume()
	}},
}

// again starts a server that has ended as whoever watches over processes does:
// while NATS or the database is away it ends again, and is started once more.
func (h *havoc) again(s *rig.Server) (err error) {
	deadline := time.Now().Add(30 * time.Second)
	for h.ctx.Err() == nil && time.Now().Before(deadline) {
		if err = s.Restart(h.ctx); err == nil {
			return nil
		}
		pause(h.ctx, 300*time.Millisecond)
	}
	return err
}

// wire makes a way fail for a while. What was swallowed is not sent again, so the
// connections end with it.
func (h *havoc) wire(p *rig.Proxy, w rig.Weather, lasts time.Duration) error {
	p.Set(w)
	pause(h.ctx, lasts)
	p.Set(rig.Weather{})
	p.Reset()
	return nil
}

// rage has two things at most fail at the same time, each at its own server, and
// ends when all is well again.
func (h *havoc) rage(ctx context.Context, span time.Duration) error {
	end := time.Now().Add(span)
	var going sync.WaitGroup
	for range 2 {
		going.Go(func() {
			for ctx.Err() == nil && time.Now().Before(end) {
				h.once()
			}
		})
	}
	going.Wait()
	return errors.Join(h.errs...)
}

// once lets one thing fail, waits until it is over, and a little longer.
func (h *havoc) once() {
	f, i, lasts, rest := h.pick()
	err := f.do(h, i, lasts)
	h.mu.Lock()
	h.busy[i] = false
	if err != nil && h.ctx.Err() == nil {
		h.errs = append(h.errs, fmt.Errorf("%s: %w", f.name, err))
	}
	h.mu.Unlock()
	pause(h.ctx, rest)
}

func (h *havoc) pick() (f fault, i int, lasts, rest time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults++
	i = h.chance.IntN(nodes)
	for h.busy[i] {
		i = (i + 1) % nodes
	}
	h.busy[i] = true
	f = faults[h.chance.IntN(len(faults))]
	if h.chance.IntN(10) == 0 && !h.all {
		f, h.all = h.alone(common[h.chance.IntN(len(common))]), true
	}
	h.kinds[f.name]++
	if f.most > 0 {
		// Most are short; some outlast a lease's beats.
		lasts = time.Duration(h.chance.Int64N(int64(f.most)))
		if h.chance.IntN(2) == 0 {
			lasts /= 4
		}
	}
	return f, i, lasts, time.Duration(200+h.chance.IntN(600)) * time.Millisecond
}

// alone makes room for another fault of what all servers use when f is over.
func (h *havoc) alone(f fault) fault {
	do := f.do
	f.do = func(_ *havoc, i int, lasts time.Duration) error {
		defer func() {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.all = false
		}()
		return do(h, i, lasts)
	}
	return f
}

// list names what failed how often.
func (h *havoc) list() string {
	var all []string
	for _, f := range append(faults[:len(faults):len(faults)], common...) {
		all = append(all, fmt.Sprintf("%s %d", f.name, h.kinds[f.name]))
	}
	return strings.Join(all, ", ")
}

// broker is a NATS server in this process that keeps nothing.
type broker struct {
	address string
	options *server.Options
	server  *server.Server
}

func newBroker() (*broker, error) {
	b := &broker{options: &server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, NoLog: true, MaxPayload: 8 << 20}}
	if err := b.begin(); err != nil {
		return nil, err
	}
	b.address = b.server.Addr().String()
	_, port, _ := strings.Cut(b.address, ":")
	_, err := fmt.Sscan(port, &b.options.Port) // the same again
	return b, err
}

func (b *broker) begin() (err error) {
	if b.server, err = server.NewServer(b.options); err != nil {
		return err
	}
	b.server.Start()
	if !b.server.ReadyForConnections(10 * time.Second) {
		return errors.New("NATS is not ready")
	}
	return nil
}

func (b *broker) end() {
	b.server.Shutdown()
	b.server.WaitForShutdown()
}
