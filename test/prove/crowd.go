package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"hiwar/client"
	"hiwar/internal/org"
	"hiwar/test/check"
	"hiwar/test/rig"
)

// crowd are customers and agents at one server, or at several, all with
// journals.
type crowd struct {
	ctx       context.Context
	place     *rig.Place
	site      site
	server    *rig.Server // the site, where it is one server
	proxy     *rig.Proxy  // between everybody and the server; nil if there is none
	journals  string
	rare      *sometimes
	customers []*customer
	agents    []*agent

	think           int  // milliseconds at most between two acts
	transfers, ends int  // of 1,000 acts of an agent
	customersEnd    bool // customers end conversations too
	keepWrapUps     bool

	stop   chan struct{} // closed: nobody begins anything new
	leave  context.CancelFunc
	people sync.WaitGroup

	history   *history    // what was asked and answered; nil is not kept
	elsewhere atomic.Bool // whoever comes back now comes to another server

	mu       sync.Mutex
	ackedSeq map[string]int64 // by conversation
	backs    []time.Duration
	want     *footprint // what the server should shrink to once everybody has left
	emptied  *footprint // and what it did
	codes    map[websocket.StatusCode]int
	late     int // writes that were taken of who had given the conversation away
}

// site is where a crowd is.
type site interface {
	// Stop ends what runs there in order, and Kill as a crash does.
	Stop()
	Kill()
}

// setting is what a crowd is made of.
type setting struct {
	customers, agents int
	crashes           bool
	proxied           bool // everybody comes through a proxy
	change            func(*org.Settings)
	shape             func(*crowd)
	options           []string
}

// gather prepares a place in dir, starts the server and lets people in.
func gather(ctx context.Context, e *env, dir string, s setting) (*crowd, error) {
	place, err := rig.Prepare(ctx, dir, s.agents, s.change)
	if err != nil {
		return nil, err
	}
	server, err := rig.Start(ctx, e.binary, place, append(rig.Lifted[:len(rig.Lifted):len(rig.Lifted)], s.options...)...)
	if err != nil {
		return nil, err
	}
	base := server.Base
	var proxy *rig.Proxy
	if s.proxied {
		if proxy, err = rig.NewProxy(hostOf(base)); err != nil {
			server.Kill()
			return nil, err
		}
		base = proxy.Base()
	}
	c, err := people(ctx, e, place, server, base, s)
	c.server, c.proxy = server, proxy
	return c, err
}

// people come to a site that they find at base, and do nothing yet.
func people(ctx context.Context, e *env, place *rig.Place, at site, base string, s setting) (*crowd, error) {
	c := &crowd{
		place: place, site: at, journals: filepath.Join(place.Dir, "journals"), rare: e.rare, think: 8, transfers: 20, ends: 10, customersEnd: true,
		stop: make(chan struct{}), ackedSeq: map[string]int64{}, codes: map[websocket.StatusCode]int{},
	}
	c.ctx, c.leave = context.WithCancel(ctx)
	if s.shape != nil {
		s.shape(c)
	}
	if err := os.MkdirAll(c.journals, 0o700); err != nil {
		return c, err
	}
	for i := range s.customers {
		p, err := newPerson(fmt.Sprintf("customer%d", i), "", rig.Visitor(base), c.journals, e.rare, e.seed+uint64(i))
		if err != nil {
			return c, err
		}
		c.customers = append(c.customers, &customer{person: p, crowd: c, asset: []string{rig.AssetKey, rig.OtherAsset}[i%2]})
	}
	for i, a := range place.Agents {
		p, err := newPerson(fmt.Sprintf("agent%d", i), string(a.User), a.Client(base), c.journals, e.rare, e.seed+1000+uint64(i))
		if err != nil {
			return c, err
		}
		c.agents = append(c.agents, &agent{person: p, crowd: c})
	}
	for _, p := range c.everybody() {
		p.crashes = s.crashes
		p.gone = func(code websocket.StatusCode, _ time.Time) { c.lostConnection(p, code) }
		p.back = c.cameBack
		p.history = c.history
		p.resumed = func() {
			if c.elsewhere.Load() {
				c.rare.saw(resumeElsewhere)
			}
		}
	}
	return c, nil
}

func (c *crowd) everybody() (all []*person) {
	for _, x := range c.customers {
		all = append(all, x.person)
	}
	for _, x := range c.agents {
		all = append(all, x.person)
	}
	return all
}

// begin lets everybody do their work until settle or close.
func (c *crowd) begin() {
	for _, a := range c.agents {
		a.hear = a.heard
		c.people.Go(func() { a.run(c.ctx) })
		c.people.Go(func() { a.live(c.ctx) })
	}
	for _, x := range c.customers {
		x.hear = x.heard
		c.people.Go(func() { x.run(c.ctx) })
		c.people.Go(func() { x.live(c.ctx) })
	}
}

func (c *crowd) stopping() bool {
	select {
	case <-c.stop:
		return true
	default:
		return false
	}
}

func (c *crowd) acked(conversation string, seq int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ackedSeq[conversation] = max(c.ackedSeq[conversation], seq)
}

// lateWrite: somebody wrote who had given the conversation away.
func (c *crowd) lateWrite(err error) {
	switch code := client.Code(err); {
	case err == nil:
		c.mu.Lock()
		c.late++
		c.mu.Unlock()
	case code == "not_participant":
		c.rare.saw(staleWrite)
	}
}

// lostConnection: if somebody was not told yet what its writer knows to be
// stored, the server went down in between.
func (c *crowd) lostConnection(p *person, code websocket.StatusCode) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.codes[code]++
	if !p.crashes {
		return
	}
	for conversation, seq := range c.ackedSeq {
		if last, ok := p.at("conv/" + conversation); ok && last < seq {
			c.rare.saw(ackBeforeTold)
		}
	}
}

func (c *crowd) cameBack(after time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.backs = append(c.backs, after)
}

// settle stops everybody from beginning anything and waits until all have been
// told everything, or ten seconds.
func (c *crowd) settle() error {
	close(c.stop)
	deadline := time.Now().Add(10 * time.Second)
	for {
		pause(c.ctx, 100*time.Millisecond)
		dump, err := c.dump()
		if err != nil {
			return err
		}
		if c.level(dump) || time.Now().After(deadline) || c.ctx.Err() != nil {
			return nil
		}
	}
}

// dump is what the database of the site holds.
func (c *crowd) dump() (*check.Dump, error) {
	if at := c.place.Database(); strings.Contains(at, "://") {
		return check.ReadPostgres(at)
	}
	return check.ReadSQLite(c.place.Database())
}

// level: everybody stands where the topics do.
func (c *crowd) level(dump *check.Dump) bool {
	heads := map[string]int64{}
	for _, x := range dump.Conversations {
		heads["conv/"+x.ID], heads["conv/"+x.ID+"/staff"] = x.Head, x.StaffHead
	}
	for _, f := range dump.Feeds {
		heads["agent/"+f.User] = f.Head
	}
	for _, p := range c.everybody() {
		p.mu.Lock()
		behind := len(p.waiting) > 0
		for topic, last := range p.position {
			behind = behind || heads[topic] != last
		}
		p.mu.Unlock()
		if behind {
			return false
		}
	}
	return true
}

// verdict ends the run: people leave, the server stops, and the checker
// compares.
func (c *crowd) verdict() (*check.Report, *check.Dump, error) {
	settled := c.settle()
	c.leave()
	c.people.Wait()
	if c.want != nil {
		c.emptied = c.shrunk()
	}
	c.site.Stop()
	var errs []error
	for _, p := range c.everybody() {
		errs = append(errs, p.journal.Close())
	}
	journals, err := check.ReadFolder(c.journals)
	dump, err2 := c.dump()
	if err := errors.Join(append(errs, settled, err, err2)...); err != nil {
		return nil, nil, err
	}
	return check.Verify(journals, dump, check.Options{Settled: true, Alone: true}), dump, nil
}

// close ends what is still running.
func (c *crowd) close() {
	if c == nil {
		return
	}
	c.leave()
	c.people.Wait()
	if c.proxy != nil {
		c.proxy.Close()
	}
	c.site.Kill()
}
