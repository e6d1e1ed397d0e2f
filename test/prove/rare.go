package main

import (
	"maps"
	"sync"
)

// The rare states that have to be reached (guarantees, "sometimes"): a run in
// which they never occurred has not tried what it says.
const (
	lostAck        = "retry after success with lost ack"
	ackBeforeTold  = "crash between ack and fan-out"
	crashMidCommit = "crash between commit and ack"
	acceptAtLimit  = "accept within 10 ms of timeout"
	targetLeaves   = "transfer target disconnects before accept"
	twoAccept      = "two agents accept the same offer"
	resumeOlder    = "resume older than kept (reset)"
	staleWrite     = "write by who gave the conversation away refused"
	lastLeaves     = "queue emptied by the last visitor leaving during an offer"
	wrapUpRestart  = "restart with running wrap-up timer"
	diskFull       = "disk full on commit"
	ownerLeaves    = "conference owner leaves"

	resumeElsewhere = "resume on another node"
	staleEpoch      = "stale-epoch write refused"
)

// sometimes counts rare states.
type sometimes struct {
	mu sync.Mutex
	n  map[string]int
}

func newSometimes() *sometimes { return &sometimes{n: map[string]int{}} }

func (s *sometimes) saw(what string) { s.add(what, 1) }

func (s *sometimes) add(what string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n[what] += n
}

// counts are the counts so far.
func (s *sometimes) counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.n)
}
