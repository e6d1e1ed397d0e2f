package cluster_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/bus"
	"hiwar/internal/cluster"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
	"hiwar/internal/store"
)

const acme id.Org = "org_acme"

var (
	anna = access.Actor{Kind: access.Staff, Org: acme, User: "usr_anna", Roles: []org.Role{org.RoleAgent}}
	vera = access.Actor{Kind: access.Staff, Org: acme, User: "usr_vera", Roles: []org.Role{org.RoleSupervisor, org.RoleAdministrator}}
)

func customer(n int) access.Actor {
	return access.Actor{Kind: access.Customer, Org: acme, Customer: id.Customer(fmt.Sprintf("cus_%d", n))}
}

func sample() org.Config {
	user := func(a access.Actor, name string) org.User {
		return org.User{ID: a.User, Name: name, Email: name + "@acme.example", Roles: a.Roles, Teams: []id.Team{"team_1"}, Version: 1}
	}
	return org.Config{
		Organization: org.Organization{ID: acme, Name: org.Name{En: "Acme"}, Language: "ar", TimeZone: "UTC", Settings: org.Defaults(), Version: 1},
		Users:        []org.User{user(anna, "anna"), user(vera, "vera")},
		Teams:        []org.Team{{ID: "team_1", Name: org.Name{En: "Front"}, Version: 1}},
		Queues:       []org.Queue{{ID: "que_1", Name: org.Name{En: "General"}, Teams: []id.Team{"team_1"}, Priority: 5, OnUnanswered: org.Requeue, Version: 1}},
		Assets:       []org.Asset{{ID: "ast_1", Key: "shop", Name: org.Name{En: "Shop"}, Queue: "que_1", Languages: []string{"ar"}, Language: "ar", Color: "#1160b7", Version: 1}},
		Version:      1,
	}
}

// inFakeTime runs a test in a bubble in which time passes while everybody waits.
func inFakeTime(t *testing.T, test func(*testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, test)
}

// clock is the bubble's.
type clock struct{ begun time.Time }

func (c clock) Wall() time.Time        { return time.Now() }
func (c clock) Elapsed() time.Duration { return time.Since(c.begun) }

func (clock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// world is several nodes in one process over one database.
type world struct {
	t      *testing.T
	db     *store.DB
	fence  *fence
	mu     sync.Mutex
	nodes  map[string]*member
	faulty atomic.Bool // the link and the bus drop, delay and say things twice
}

type member struct {
	*cluster.Node
	world  *world
	name   string
	engine *engine.Engine
	bus    *line
	cut    atomic.Bool // reaches neither the leases nor the others
	answer func([]byte, func([]byte))
	hear   func([]byte)
	stop   context.CancelFunc
	ended  chan struct{}
}

func newWorld(t *testing.T, names ...string) *world {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "hiwar.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.CreateOrganization(t.Context(), sample(), nil, access.Digest{}, time.Now()); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, db: db, nodes: map[string]*member{}}
	w.fence = &fence{DB: db, held: map[id.Org]cluster.Holding{acme: {Org: acme}}, peers: map[string]*beats{}}
	t.Cleanup(func() {
		for _, m := range w.members() {
			m.leave()
		}
		db.Close()
	})
	for _, name := range names {
		w.join(name)
	}
	<-time.After(30 * time.Second) // whose share it is has it
	return w
}

func (w *world) members() (all []*member) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.nodes {
		all = append(all, m)
	}
	return all
}

func (w *world) join(name string) *member {
	w.t.Helper()
	log := slog.New(slog.DiscardHandler)
	m := &member{world: w, name: name, ended: make(chan struct{})}
	m.bus = &line{InProcess: bus.New(), m: m}
	m.engine = engine.New(engine.Options{
		Store: w.fence, Reader: w.db, Own: w.db, Uploads: w.db, People: w.db, Bus: m.bus, Clock: clock{time.Now()}, Log: log,
		Shared: true, Stale: func(o id.Org) { m.Stale(o) },
	})
	m.Node = cluster.New(cluster.Options{Name: name, Engine: m.engine, Leases: leases{m}, Link: link{m}, Over: func() {}, Log: log})
	ctx, stop := context.WithCancel(context.Background())
	engineCtx, stopEngine := context.WithCancel(context.Background())
	m.stop = stop
	var running sync.WaitGroup
	running.Go(func() {
		if err := m.engine.Run(engineCtx); err != nil {
			w.t.Error(err)
		}
	})
	w.mu.Lock()
	w.nodes[name] = m
	w.mu.Unlock()
	go func() {
		defer close(m.ended)
		if err := m.Run(ctx); err != nil {
			w.t.Error(err)
		}
		stopEngine()
		running.Wait()
	}()
	<-m.Ready()
	return m
}

// leave ends a node in order.
func (m *member) leave() {
	m.stop()
	<-m.ended
}

// owner waits until a node has the organization that is none of these.
func (w *world) owner(but ...string) *member {
	w.t.Helper()
	deadline := time.After(20 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		w.fence.mu.Lock()
		h := w.fence.held[acme]
		w.fence.mu.Unlock()
		w.mu.Lock()
		m := w.nodes[h.Node]
		w.mu.Unlock()
		if m != nil && (len(but) == 0 || h.Node != but[0]) {
			if has, err := m.engine.Has(w.t.Context()); err == nil && has[acme] == h.Epoch {
				return m
			}
		}
		select {
		case <-tick.C:
		case <-deadline:
			w.t.Fatal("nobody took the organization")
		}
	}
}

// another is a node that does not have the organization.
func (w *world) another(owner *member) *member {
	w.t.Helper()
	for _, m := range w.members() {
		if m != owner {
			return m
		}
	}
	w.t.Fatal("there is one node")
	return nil
}

func (m *member) do(a access.Actor, command string, c engine.Command) engine.Reply {
	m.world.t.Helper()
	r, err := m.Do(m.world.t.Context(), engine.Request{Actor: a, CommandID: command, Command: c})
	if err != nil {
		m.world.t.Fatalf("%T at %s: %v", c, m.name, err)
	}
	return r
}

// talk begins a conversation that anna has, asked for at any nodes.
func (w *world) talk(hers, theirs *member) access.Actor {
	w.t.Helper()
	c := customer(1)
	hers.do(anna, "in", engine.SignInToFloor{})
	hers.do(anna, "ready", engine.SetPresence{Presence: routing.Available})
	c.Conversation = theirs.do(c, "start", engine.StartConversation{Asset: "ast_1", Customer: c.Customer, Name: "Sara", Language: "ar"}).Conversation
	cards := w.desk(hers).Cards
	if len(cards) != 1 || cards[0].Offer == 0 {
		w.t.Fatalf("on anna's desk is %+v", cards)
	}
	hers.do(anna, "accept", engine.AcceptOffer{Offer: cards[0].Offer})
	return c
}

// ── the database ────────────────────────────────────────────────────────────

// fence is a database whose commits are refused from an owner that is none any
// more.
type fence struct {
	*store.DB
	mu    sync.Mutex
	held  map[id.Org]cluster.Holding
	peers map[string]*beats
}

type beats struct {
	first, last time.Time
	leaving     bool
}

func (f *fence) Commit(ctx context.Context, b *engine.Batch) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, o := range b.Orgs {
		if o.Epoch != f.held[o.Org].Epoch {
			return engine.StaleError{Org: o.Org}
		}
	}
	own := *b // the file knows of no leases
	own.Orgs = slices.Clone(b.Orgs)
	for i := range own.Orgs {
		own.Orgs[i].Epoch = 0
	}
	return f.DB.Commit(ctx, &own)
}

var errCut = errors.New("cut off")

// leases are the fence's, for one node.
type leases struct{ m *member }

func (l leases) Beat(_ context.Context, me cluster.Peer) (v cluster.View, err error) {
	if l.m.cut.Load() {
		return v, errCut
	}
	f := l.m.world.fence
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	if f.peers[me.Name] == nil {
		f.peers[me.Name] = &beats{first: now}
	}
	f.peers[me.Name].last, f.peers[me.Name].leaving = now, me.Leaving
	for name, p := range f.peers {
		v.Peers = append(v.Peers, cluster.Peer{Name: name, Beat: now.Sub(p.last), Up: now.Sub(p.first), Leaving: p.leaving})
	}
	for o, h := range f.held {
		if h.Node == me.Name {
			h.Until = now.Add(cluster.Lease)
			f.held[o] = h
		}
		h.Left = h.Until.Sub(now)
		v.Holdings = append(v.Holdings, h)
	}
	v.Now = now
	return v, nil
}

func (l leases) Take(_ context.Context, h cluster.Holding, node string) (int64, bool, error) {
	return l.give(h, node, h.Until)
}

func (l leases) Hand(_ context.Context, h cluster.Holding, to string) error {
	_, _, err := l.give(h, to, time.Time{})
	return err
}

func (l leases) give(h cluster.Holding, node string, until time.Time) (int64, bool, error) {
	if l.m.cut.Load() {
		return 0, false, errCut
	}
	f := l.m.world.fence
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.held[h.Org]
	if now.Epoch != h.Epoch || !until.IsZero() && !now.Until.Equal(until) {
		return 0, false, nil
	}
	f.held[h.Org] = cluster.Holding{Org: h.Org, Node: node, Epoch: h.Epoch + 1, Until: time.Now().Add(cluster.Lease)}
	return h.Epoch + 1, true, nil
}

func (l leases) Leave(_ context.Context, node string) error {
	if l.m.cut.Load() {
		return errCut
	}
	l.m.world.fence.mu.Lock()
	defer l.m.world.fence.mu.Unlock()
	delete(l.m.world.fence.peers, node)
	l.m.world.mu.Lock()
	defer l.m.world.mu.Unlock()
	delete(l.m.world.nodes, node)
	return nil
}

// ── what is between nodes ───────────────────────────────────────────────────

// link carries questions and hints.
type link struct{ m *member }

type unheard struct{ error }

func (unheard) NotSent() bool { return true }

func (l link) to(name string) *member {
	l.m.world.mu.Lock()
	defer l.m.world.mu.Unlock()
	m := l.m.world.nodes[name]
	if m == nil || m.answer == nil || m.cut.Load() || l.m.cut.Load() {
		return nil
	}
	return m
}

func (w *world) unlucky() bool { return w.faulty.Load() && rand.N(10) == 0 }

func (l link) Ask(ctx context.Context, node string, question []byte) ([]byte, error) {
	w := l.m.world
	m := l.to(node)
	if m == nil {
		return nil, unheard{errCut}
	}
	answers := make(chan []byte, 2)
	if !w.unlucky() {
		m.answer(question, func(b []byte) { answers <- b })
	}
	if w.unlucky() {
		m.answer(question, func(b []byte) { answers <- b })
	}
	heard := answers
	if w.unlucky() {
		heard = nil // it is done and nobody learns of it
	}
	select {
	case b := <-heard:
		return b, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l link) Answer(f func([]byte, func([]byte))) error {
	l.m.world.mu.Lock()
	defer l.m.world.mu.Unlock()
	l.m.answer = f
	return nil
}

func (l link) Hear(f func([]byte)) error {
	l.m.world.mu.Lock()
	defer l.m.world.mu.Unlock()
	l.m.hear = f
	return nil
}

func (l link) Tell(what []byte) {
	for _, m := range l.m.world.members() {
		if m != l.m && l.to(m.name) != nil && !l.m.world.unlucky() {
			m.hear(what)
		}
	}
}

// line is a bus that loses what it likes on the way to other nodes.
type line struct {
	*bus.InProcess
	m *member
}

func (l *line) Publish(msgs []engine.Message) {
	l.InProcess.Publish(msgs)
	for _, m := range l.m.world.members() {
		if m != l.m && !m.cut.Load() && !l.m.cut.Load() && !l.m.world.unlucky() {
			m.bus.InProcess.Publish(msgs)
		}
	}
}
