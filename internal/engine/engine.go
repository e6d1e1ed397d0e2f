// Package engine runs the machines: it gathers the commands that wait, steps
// them one after another, stores the result with one commit, and only then
// answers the callers and tells everybody else.
//
// One goroutine, [Engine.Run], owns every floor and every conversation in
// memory, so nothing here is locked and a decision cannot change between being
// made and being stored. What a round gathers is what waited while the commit
// before it was on its way: batches grow with the load and nobody waits for a
// batch to fill.
//
// # What holds
//
// An answer is given when its effect is on disk, and not before. A command
// repeated with its identifier has one effect and gets the same answer. If a
// commit fails, what it touched is forgotten and read again, because it may or
// may not have been stored; the callers are told to ask again, and the stored
// reply tells which it was.
//
// Timers are part of the machines' state. The engine sleeps until the nearest
// and wakes the machine; after a restart there is nothing to re-arm.
package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"hiwar/internal/id"
	"hiwar/internal/mask"
	"hiwar/internal/problem"
)

// maxRound is how many commands one commit carries at most: a bound on how
// long the first of them waits for the last. Messages of one conversation that
// are stored together write its pages once.
const maxRound = 2048

// retryLoad is how long after a failure a floor is loaded again if nobody asks
// for it earlier.
const retryLoad = time.Second

// retryStore is how long after a commit that failed the storage is tried
// again if nobody asks for anything earlier.
const retryStore = time.Second

// Options are what an engine is made of. Clock, Log and NewID may be left out.
type Options struct {
	Store   Store
	Reader  Reader
	Own     Own
	Uploads Uploads
	People  People
	Bus     Bus
	Clock   Clock
	Log     *slog.Logger
	// NewID gives 16 bytes that were never given before, for identifiers.
	NewID func() [16]byte
	// Shared: other engines work on the same store. This one begins with no
	// organization, and has those that it takes up until it gives them up; Stale
	// is told of one that turned out to be somebody else's, and must not block.
	Shared bool
	Stale  func(id.Org)
}

// Engine is made by [New]. Every method but Run may be called from any
// goroutine; each waits for Run.
type Engine struct {
	store   Store
	reader  Reader
	own     Own
	uploads Uploads
	people  People
	bus     Bus
	log     *slog.Logger
	newID   func() [16]byte
	source  Clock
	shared  bool
	stale   func(id.Org)

	inbox   chan *call
	ready   chan struct{} // closed when everything is loaded
	stopped chan struct{} // closed when nobody answers any more
	again   chan struct{} // has room for one who goes through a decision again: it takes a second floor

	// Owned by Run.
	clock    *steady
	floors   map[id.Org]*floor
	missing  map[id.Org]time.Time // floors to be loaded again, and when
	epochs   map[id.Org]int64     // of what was taken up, where the store is shared
	chats    *chats
	receipts receipts
	looked   map[reader]time.Time // conversations, by who has no part in them
	warned   bool                 // of a wall that is far from steady time
	retryAt  time.Time            // the storage, after it failed; zero while it works

	gate    gate
	failing atomic.Pointer[error] // why the last commit was not stored
	counts  Counts
}

// Counts are figures about the engine since it started.
type Counts struct {
	Rounds     atomic.Int64 // commits
	Commands   atomic.Int64 // carried out, repeated ones included
	Refused    atomic.Int64
	Failed     atomic.Int64 // commits that failed
	CommitTime atomic.Int64 // of all commits, in microseconds
	Slow       atomic.Int64 // commits that took longer than [SlowCommit]
	Violations atomic.Int64 // a machine contradicted itself or the other one
	Drift      atomic.Int64 // of the wall from the engine's time, in nanoseconds
}

// SlowCommit is how long a commit takes at most while all is well: a disk syncs
// in a few milliseconds.
const SlowCommit = 100 * time.Millisecond

func (c *Counts) took(d time.Duration) {
	c.CommitTime.Add(d.Microseconds())
	if d > SlowCommit {
		c.Slow.Add(1)
	}
}

// New makes an engine; it does nothing until [Engine.Run].
func New(o Options) *Engine {
	if o.Clock == nil {
		o.Clock = SystemClock()
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.NewID == nil {
		o.NewID = func() [16]byte { return uuid.Must(uuid.NewV7()) }
	}
	return &Engine{
		store: o.Store, reader: o.Reader, own: o.Own, uploads: o.Uploads, people: o.People, bus: o.Bus, log: o.Log, newID: o.NewID, source: o.Clock,
		shared: o.Shared, stale: o.Stale, epochs: map[id.Org]int64{},
		inbox: make(chan *call, maxRound), ready: make(chan struct{}), stopped: make(chan struct{}), again: make(chan struct{}, 1),
		floors: map[id.Org]*floor{}, missing: map[id.Org]time.Time{}, chats: newChats(), receipts: newReceipts(), looked: map[reader]time.Time{},
	}
}

// Counts gives the figures; they go on changing.
func (e *Engine) Counts() *Counts { return &e.counts }

// Ready is closed when everything is loaded and commands are carried out.
func (e *Engine) Ready() <-chan struct{} { return e.ready }

// Storing is nil while what is asked can be stored, else why the last commit
// failed: the disk is full, for one. The engine tries again by itself until it
// works.
func (e *Engine) Storing() error {
	if why := e.failing.Load(); why != nil {
		return *why
	}
	return nil
}

// call is something the loop is asked to do: a command, or a question.
type call struct {
	request Request
	passed  *mask.Set                 // what the request passed the gate with
	ask     func(now time.Time) error // answered after the commit of its round
	note    func(*round) error        // adds to what the round stores
	reply   Reply
	err     error
	then    func(Reply, error) // told the answer, where nobody waits for done
	done    chan struct{}
}

func (c *call) answer() {
	if c.then != nil {
		c.then(c.reply, c.err)
		return
	}
	close(c.done)
}

// called is a call for a request. There is no other way to make one, so no
// request comes to the loop that did not pass the gate.
func (e *Engine) called(r Request) *call {
	set := e.gate.of(r.Actor.Org)
	return &call{request: through(r, set), passed: set}
}

// Do carries a command out and returns when its effect is on disk. A refusal
// is a [problem.Problem] and has no effect. [problem.Unavailable] says that
// the command may or may not have had its effect: repeated with its identifier
// it has one in the end.
func (e *Engine) Do(ctx context.Context, r Request) (Reply, error) {
	c := e.called(r)
	if err := e.submit(ctx, c); err != nil {
		return Reply{}, err
	}
	return c.reply, c.err
}

// Submit is [Engine.Do] for whoever has more to say before the answer comes:
// then is called with it, once and from another goroutine, which it must not
// hold up. What one goroutine submits is carried out in that order. Submit
// returns when the command has its place in the inbox.
func (e *Engine) Submit(r Request, then func(Reply, error)) {
	c := e.called(r)
	c.then = then
	select {
	case e.inbox <- c:
	case <-e.stopped:
		then(Reply{}, unavailable(errStopped))
		return
	}
	select {
	case <-e.stopped:
		e.refuse() // it may have come after the last round
	default:
	}
}

// refuse answers what came too late to be carried out.
func (e *Engine) refuse() {
	for {
		select {
		case c := <-e.inbox:
			c.reply, c.err = Reply{}, unavailable(errStopped)
			c.answer()
		default:
			return
		}
	}
}

// question runs f in the loop, where everything is as of the last commit.
func (e *Engine) question(ctx context.Context, f func(now time.Time) error) error {
	c := &call{ask: f}
	if err := e.submit(ctx, c); err != nil {
		return err
	}
	return c.err
}

func (e *Engine) submit(ctx context.Context, c *call) error {
	// With room in the inbox the select below could go either way.
	if err := ctx.Err(); err != nil {
		return unavailable(err)
	}
	c.done = make(chan struct{})
	select {
	case e.inbox <- c:
	case <-e.stopped:
		return unavailable(errStopped)
	case <-ctx.Done():
		return unavailable(ctx.Err())
	}
	select {
	case <-c.done:
		return nil
	case <-ctx.Done():
		return unavailable(ctx.Err())
	case <-e.stopped:
	}
	// What was carried out has been answered before the engine stopped.
	select {
	case <-c.done:
		return nil
	default:
		return unavailable(errStopped)
	}
}

var errStopped = errors.New("the engine has stopped")

func unavailable(err error) error { return problem.New(problem.Unavailable).Because(err) }

// Run loads everything and carries commands out until ctx ends; then it
// finishes what waits and returns nil. Any other return is an error after
// which the process has to start anew: the storage cannot be read, or failed
// in a way that leaves no trust in what was not read again ([ErrBroken]).
func (e *Engine) Run(ctx context.Context) error {
	defer e.refuse()
	defer close(e.stopped)
	if err := e.load(ctx); err != nil {
		if ctx.Err() != nil {
			return nil // stopped before it began
		}
		return fmt.Errorf("engine: %w", err)
	}
	close(e.ready)
	for {
		calls, more := e.gather(ctx)
		if err := e.round(calls); err != nil {
			e.log.Error("the engine stops", "error", err)
			return fmt.Errorf("engine: %w", err)
		}
		if !more && len(e.inbox) == 0 {
			return nil
		}
	}
}

func (e *Engine) load(ctx context.Context) error {
	last, err := e.store.LastCommit(ctx)
	if err != nil {
		return err
	}
	e.clock = startSteady(e.source, last)
	if e.shared {
		return nil
	}
	floors, err := e.store.Floors(ctx)
	if err != nil {
		return err
	}
	for _, f := range floors {
		if err := e.install(f); err != nil {
			return err
		}
	}
	return nil
}

// gather waits for calls, for the next timer or for the end, which is false.
// It takes all calls that wait, up to the bound.
func (e *Engine) gather(ctx context.Context) (calls []*call, more bool) {
	var timer <-chan time.Time
	if at, ok := e.wake(); ok {
		timer = e.source.After(e.clock.until(at))
	}
	more = true
	select {
	case c := <-e.inbox:
		calls = append(calls, c)
	case <-timer:
	case <-ctx.Done():
		more = false
	}
	for len(calls) < maxRound {
		select {
		case c := <-e.inbox:
			calls = append(calls, c)
		default:
			return calls, more
		}
	}
	return calls, more
}

// wake is when something is due if nobody calls.
func (e *Engine) wake() (at time.Time, ok bool) {
	earliest := func(t time.Time) {
		if !ok || t.Before(at) {
			at, ok = t, true
		}
	}
	for _, f := range e.floors {
		if t, due := f.deadline(); due {
			earliest(t)
		}
	}
	for _, t := range e.missing {
		earliest(t)
	}
	if t, due := e.receipts.deadline(); due {
		earliest(t)
	}
	if !e.retryAt.IsZero() {
		earliest(e.retryAt)
	}
	return at, ok
}

// Adopt makes the engine load an organization that was created while it runs.
// Where the store is shared it is taken up instead.
func (e *Engine) Adopt(ctx context.Context, o id.Org) error {
	return e.question(ctx, func(now time.Time) error {
		_, err := e.floor(o, now)
		return err
	})
}
