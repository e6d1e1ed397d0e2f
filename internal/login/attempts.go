package login

import (
	"container/list"
	"sync"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/problem"
)

// Back-off: the first failures of an e-mail from one address cost nothing,
// then each doubles the wait. It is kept per pair, so nobody locks somebody
// else out by guessing, and per address, so nobody tries one password on
// everybody.
const (
	freeFailures   = 5  // of one e-mail from one address
	freeOfAddress  = 20 // of one address, whatever the e-mail
	freeCodes      = 5  // wrong codes of one account
	longestBackOff = 15 * time.Minute
	forgottenAfter = time.Hour
	attemptEntries = 20_000 // kept at most; the oldest is forgotten first
)

// door is one of the things that failures are counted by.
type door struct {
	key  string
	free int // how many failures of it cost nothing
	// shared: many people stand before it. Whoever gets in forgives only their
	// own failures, or one good account would buy any number of guesses at
	// others; and as long as nothing has to be waited for, any number of them
	// come at once.
	shared bool
}

// doorsOf are those of a password.
func doorsOf(email, address string) []door {
	return []door{{key: address + "\x00" + email, free: freeFailures}, {key: address, free: freeOfAddress, shared: true}}
}

// codesOf is that of an account's codes. They are counted by account and not by
// address: whoever gets as far knows the password, so nobody else is kept out by
// it.
func codesOf(a access.Account) []door {
	return []door{{key: "code\x00" + owner(a.Org, a.User.ID), free: freeCodes}}
}

// attempts remembers failures of proving who one is, in memory: a restart
// forgives.
type attempts struct {
	now func() time.Time

	mu    sync.Mutex
	known map[string]*list.Element // of *failures
	order *list.List               // least recent first
}

type failures struct {
	key   string
	count int
	under int // attempts under way: nobody knows yet how they end
	last  time.Time
}

// counted are the failures that are not forgotten yet.
func (f *failures) counted(now time.Time) int {
	if now.Sub(f.last) > forgottenAfter {
		return 0
	}
	return f.count
}

func newAttempts(now func() time.Time) *attempts {
	return &attempts{now: now, known: map[string]*list.Element{}, order: list.New()}
}

// guess lets somebody try at all of the doors, or tells them how long to wait.
// What fails is counted, what succeeds forgiven; after an error of try's nothing
// is known and nothing changes.
//
// An attempt counts from its beginning. Were it counted when it has failed, who
// makes a hundred at once would be told to wait after the hundredth.
func (a *attempts) guess(doors []door, try func() (bool, error)) (ok bool, err error) {
	if wait := a.begin(doors); wait > 0 {
		return false, problem.New(problem.RateLimited, "retry_after_ms", max(wait.Milliseconds(), 1))
	}
	defer func() { a.end(doors, ok, err) }()
	return try()
}

func (a *attempts) begin(doors []door) (wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, d := range doors {
		wait = max(wait, a.wait(d))
	}
	if wait <= 0 {
		for _, d := range doors {
			a.of(d).under++
		}
	}
	return wait
}

func (a *attempts) wait(d door) time.Duration {
	e, ok := a.known[d.key]
	if !ok {
		return 0
	}
	f, now := e.Value.(*failures), a.now()
	count := f.counted(now)
	switch free := d.free - count; {
	case free > 0 && (d.shared || f.under < free):
		return 0
	case f.under > 0:
		return time.Second // until it is known how that one ends
	}
	// 1 s, 2 s, 4 s … ; beyond 10 doublings it is the longest anyway.
	pause := min(time.Second<<min(count-d.free, 10), longestBackOff)
	return f.last.Add(pause).Sub(now)
}

// of are the failures at a door, the most recent of all from now on.
func (a *attempts) of(d door) *failures {
	e, ok := a.known[d.key]
	if !ok {
		e = a.order.PushBack(&failures{key: d.key})
		a.known[d.key] = e
	}
	a.order.MoveToBack(e)
	for a.order.Len() > attemptEntries {
		delete(a.known, a.order.Remove(a.order.Front()).(*failures).key)
	}
	return e.Value.(*failures)
}

func (a *attempts) end(doors []door, ok bool, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	for _, d := range doors {
		f := a.of(d)
		f.under = max(f.under-1, 0) // it may have been forgotten meanwhile
		switch {
		case err != nil:
		case ok && !d.shared:
			f.count = 0
		case !ok:
			f.count, f.last = f.counted(now)+1, now
		}
		if f.count == 0 && f.under == 0 {
			a.order.Remove(a.known[d.key])
			delete(a.known, d.key)
		}
	}
}
