package engine

import (
	"context"
	"fmt"
	"time"
)

// Turns carry an engine's rounds out one by one on the caller's goroutine, in
// place of [Engine.Run]. Nothing happens between them and nothing at the same
// time, so with a store, a clock and identifiers that obey, the same calls make
// the same history: this is how months are simulated and replayed.
type Turns struct{ e *Engine }

// Answer is what [Engine.Do] returns.
type Answer struct {
	Reply Reply
	Err   error
}

// ByHand loads everything, as [Engine.Run] does. The engine is not run besides,
// and its reads are not answered.
func (e *Engine) ByHand(ctx context.Context) (*Turns, error) {
	if err := e.load(ctx); err != nil {
		return nil, fmt.Errorf("engine: %w", err)
	}
	return &Turns{e}, nil
}

// Round carries requests out with one commit, after whatever is due, tells
// everybody, and returns the answers in the order of the requests. After an
// error, which is one of Run's, there are no more rounds.
func (t *Turns) Round(requests ...Request) ([]Answer, error) {
	calls := make([]*call, len(requests))
	for i, q := range requests {
		calls[i] = t.e.called(q)
		calls[i].done = make(chan struct{})
	}
	err := t.e.round(calls)
	answers := make([]Answer, len(calls))
	for i, c := range calls {
		answers[i] = Answer{c.reply, c.err}
	}
	return answers, err
}

// Wait is how long after the last round something is due; false if nothing is.
func (t *Turns) Wait() (time.Duration, bool) {
	at, ok := t.e.wake()
	if !ok {
		return 0, false
	}
	return t.e.clock.until(at), true
}
