package login

import (
	"container/list"
	"sync"
	"time"

	"hiwar/internal/problem"
)

// Back-off: the first failures of an e-mail from one address cost nothing,
// then each doubles the wait. It is kept per pair, so nobody locks somebody
// else out by guessing, and per address, so nobody tries one password on
// everybody.
const (
	freeFailures   = 5  // of one e-mail from one address
	freeOfAddress  = 20 // of one address, whatever the e-mail
	longestBackOff = 15 * time.Minute
	forgottenAfter = time.Hour
	attemptEntries = 20_000 // kept at most; the oldest is forgotten first
)

// attempts remembers failed sign-ins, in memory: a restart forgives.
type attempts struct {
	now func() time.Time

	mu    sync.Mutex
	known map[string]*list.Element // of *failures
	order *list.List               // least recent first
}

type failures struct {
	key   string
	count int
	last  time.Time
}

func newAttempts(now func() time.Time) *attempts {
	return &attempts{now: now, known: map[string]*list.Element{}, order: list.New()}
}

// check refuses while a wait runs.
func (a *attempts) check(email, address string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	wait := max(a.wait(pair(email, address), freeFailures), a.wait(address, freeOfAddress))
	if wait > 0 {
		return problem.New(problem.RateLimited, "retry_after_ms", wait.Milliseconds())
	}
	return nil
}

// checkOne refuses while a wait of this key alone runs.
func (a *attempts) checkOne(key string, free int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if wait := a.wait(key, free); wait > 0 {
		return problem.New(problem.RateLimited, "retry_after_ms", wait.Milliseconds())
	}
	return nil
}

func pair(email, address string) string { return address + "\x00" + email }

func (a *attempts) wait(key string, free int) time.Duration {
	e, ok := a.known[key]
	if !ok {
		return 0
	}
	f := e.Value.(*failures)
	if f.count < free {
		return 0
	}
	// 1 s, 2 s, 4 s … ; beyond 10 doublings it is the longest anyway.
	pause := min(time.Second<<min(f.count-free, 10), longestBackOff)
	return f.last.Add(pause).Sub(a.now())
}

// failed counts a wrong password.
func (a *attempts) failed(email, address string) { a.count(pair(email, address), address) }

// count adds a failure to each of the keys.
func (a *attempts) count(keys ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, key := range keys {
		e, ok := a.known[key]
		if !ok {
			e = a.order.PushBack(&failures{key: key})
			a.known[key] = e
		}
		f := e.Value.(*failures)
		if a.now().Sub(f.last) > forgottenAfter {
			f.count = 0
		}
		f.count++
		f.last = a.now()
		a.order.MoveToBack(e)
	}
	for a.order.Len() > attemptEntries {
		delete(a.known, a.order.Remove(a.order.Front()).(*failures).key)
	}
}

// succeeded forgives the pair. The address stays counted, or one good account
// would buy any number of guesses at others.
func (a *attempts) succeeded(email, address string) { a.forgive(pair(email, address)) }

func (a *attempts) forgive(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if e, ok := a.known[key]; ok {
		a.order.Remove(e)
		delete(a.known, key)
	}
}
