package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/bus"
	"hiwar/internal/cluster"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/login"
	"hiwar/internal/rest"
	"hiwar/internal/ws"
)

// asked is what the edges ask: the engine, or the node that knows where the
// organization is.
type asked interface {
	rest.Engine
	ws.Engine
	login.Directory
}

// line is the bus, within the process or between several.
type line interface {
	engine.Bus
	ws.Bus
}

// neighbors are what a server has that is one of several.
type neighbors struct {
	name     string
	bus      *bus.Between
	embedded *bus.Embedded // nil: NATS is somebody else's
	node     *cluster.Node
	clock    *databaseClock
	seen     atomic.Pointer[cluster.View]
}

// databaseClock is this machine's clock set to the database's: nodes whose
// clocks differ would end each other's offers early.
type databaseClock struct {
	engine.Clock
	offset atomic.Int64
}

// Wall implements [engine.Clock].
func (c *databaseClock) Wall() time.Time {
	return c.Clock.Wall().Add(time.Duration(c.offset.Load()))
}

// set takes the database's time, and gives how far the machine's is behind it.
func (c *databaseClock) set(now time.Time) (behind time.Duration) {
	behind = now.Sub(c.Clock.Wall())
	c.offset.Store(int64(behind))
	return behind
}

func (c *config) several() bool { return c.Cluster || c.NATS != "" }

func (c *config) checkCluster() error {
	switch {
	case !c.several():
		return nil
	case c.Server == "":
		return misuse{errors.New("several servers share a database on a PostgreSQL server: say its URL with --database")}
	case c.Cluster && c.NATS != "":
		return misuse{errors.New("--cluster has its own NATS: say either that or --nats")}
	case c.NATS != "" && !strings.Contains(c.NATS, "://"):
		return misuse{errors.New("nats: this is not a URL such as nats://HOST:4222")}
	}
	if _, _, err := net.SplitHostPort(c.Routes); err != nil {
		return misuse{fmt.Errorf("routes: %w", err)}
	}
	return nil
}

// meet makes the server one of several: a name, the bus, the database's clock.
func (s *server) meet(ctx context.Context, key []byte) error {
	same, err := s.db.Leases().SameKey(ctx, key)
	if err != nil {
		return err
	}
	if !same {
		return fmt.Errorf("the %s in %s is not that of the other servers of this database: copy theirs there, or codes of second steps fit no more", keyFile, s.config.Data)
	}
	now, err := s.db.Leases().Now(ctx)
	if err != nil {
		return err
	}
	n := &neighbors{name: nodeName(), clock: &databaseClock{Clock: engine.SystemClock()}}
	if behind := n.clock.set(now); behind.Abs() > time.Second {
		s.log.Warn("this machine's clock is away from the database's, which counts: set it, or have it set (NTP)", "behind", behind)
	}
	// Installations may share a NATS; those of one database hear each other.
	room, err := s.db.Secret(ctx, "bus room", random(8))
	if err != nil {
		return err
	}
	secret, err := s.db.Secret(ctx, "bus routes", random(32))
	if err != nil {
		return err
	}
	s.neighbors = n
	if s.config.Cluster {
		if n.embedded, err = bus.Embed(s.config.Routes, n.name, hex.EncodeToString(secret), s.log); err != nil {
			return err
		}
		n.bus, err = bus.Join("", n.name, hex.EncodeToString(room), s.log, n.embedded.InProcess())
		return err
	}
	n.bus, err = bus.Join(s.config.NATS, n.name, hex.EncodeToString(room), s.log)
	return err
}

func (n *neighbors) close() {
	if n.bus != nil {
		n.bus.Close()
	}
	if n.embedded != nil {
		n.embedded.Close()
	}
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: it ends the process instead
	return b
}

// nodeName is of this process and no other, before or after.
func nodeName() string {
	host, _ := os.Hostname()
	clean := strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, host)
	return clean + "-" + hex.EncodeToString(random(5))
}

// engines makes the engine, and what is asked in its place where it is one of
// several.
func (s *server) engines() (asked, line) {
	options := engine.Options{Store: s.db, Reader: s.db, Own: s.db, Uploads: s.db, People: s.db, Log: s.log}
	n := s.neighbors
	if n == nil {
		alone := bus.New()
		options.Bus = alone
		s.engine = engine.New(options)
		return s.engine, alone
	}
	options.Bus, options.Clock, options.Shared = n.bus, n.clock, true
	options.Stale = func(o id.Org) { n.node.Stale(o) }
	s.engine = engine.New(options)
	n.node = cluster.New(cluster.Options{
		Name: n.name, Address: n.address(), Engine: s.engine, Leases: s.db.Leases(), Link: n.bus, Over: n.bus.OverHere, Log: s.log,
		Seen: func(v cluster.View) { s.look(v) },
	})
	s.metrics.Add(n.node.Counts)
	s.metrics.Add(n.bus.Counts)
	return n.node, n.bus
}

func (n *neighbors) address() string {
	if n.embedded == nil {
		return ""
	}
	return n.embedded.Address()
}

// look follows what the database says of the others.
func (s *server) look(v cluster.View) {
	n := s.neighbors
	n.clock.set(v.Now)
	n.seen.Store(&v)
	if n.embedded == nil {
		return
	}
	var addresses []string
	for _, p := range v.Peers {
		if p.Beat < engine.Lease {
			addresses = append(addresses, p.Address)
		}
	}
	if err := n.embedded.Reach(addresses); err != nil {
		s.log.Warn("the bus does not reach everybody", "error", err)
	}
}

// meeting is how long a server that starts looks for the others on the bus.
const meeting = 10 * time.Second

// met fails if others use the database that are not on this server's bus: they
// would take each other for dead.
func (s *server) met(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, meeting)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		missing := s.neighbors.missing()
		if len(missing) == 0 {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("the database is also used by %s, which this server's bus does not reach: give all servers the same --nats, or --cluster with --routes on an address that the others reach", strings.Join(missing, ", "))
		}
	}
}

func (n *neighbors) missing() (names []string) {
	v := n.seen.Load()
	if v == nil {
		return nil
	}
	heard := n.node.Heard()
	for _, p := range v.Peers {
		if p.Name != n.name && !p.Leaving && p.Beat < engine.BeatEvery && !slices.Contains(heard, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

// started expects whoever began a conversation to open a socket, at any server.
func (s *server) started(a access.Actor) {
	if s.neighbors == nil {
		s.sockets.Expect(a)
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := s.neighbors.node.Expect(ctx, a); err != nil {
		s.log.Warn("nobody could be told to expect a customer", "error", err)
	}
}

// blocksEvery is how often a server learns what others blocked.
const blocksEvery = 2 * time.Second

// follow learns what other servers changed of what is kept in memory here.
func (s *server) follow(ctx context.Context) error {
	tick := time.NewTicker(blocksEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
		if err := s.login.Refresh(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("what other servers changed could not be read", "error", err)
		}
	}
}

// takePart makes the server a node, if it is one of several. leave hands over
// what it has.
func (s *server) takePart(ctx context.Context, begin func(string, func() error), failed chan error) (leave func(), err error) {
	n := s.neighbors
	if n == nil {
		return func() {}, nil
	}
	nodeCtx, stop := context.WithCancel(context.Background())
	followCtx, unfollow := context.WithCancel(ctx)
	ended := make(chan struct{})
	begin("node", func() error { defer close(ended); return n.node.Run(nodeCtx) })
	begin("what others change", func() error { return s.follow(followCtx) })
	leave = func() {
		unfollow()
		stop()
		<-ended
	}
	select {
	case <-n.node.Ready():
		err = s.met(ctx)
	case err = <-failed:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		leave()
	}
	return leave, err
}
