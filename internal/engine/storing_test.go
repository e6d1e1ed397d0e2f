package engine_test

import (
	"context"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// While nothing can be stored the engine says so, and notices by itself, asked
// or not, when it can again.
func TestStoringFailsAndRecovers(t *testing.T) {
	var fault string
	c := newCentreIn(t.TempDir(), t, func(*org.Config) {}, func(s engine.Store) engine.Store { return faulty{s, &fault} })
	t.Cleanup(c.close)
	c.ready(anna)
	if err := c.Storing(); err != nil {
		t.Fatalf("a sound storage: %v", err)
	}
	fault = "before"
	_, err := c.Do(t.Context(), engine.Request{Actor: customer(1), CommandID: "start", Command: engine.StartConversation{Asset: "ast_1", Customer: customer(1).Customer, Name: "Sara", Language: "ar"}})
	if err == nil || c.Storing() == nil {
		t.Fatalf("a commit failed: the caller is told %v, readiness %v", err, c.Storing())
	}
	c.clock.pass(2 * time.Second)
	c.settle()
	if err := c.Storing(); err != nil {
		t.Errorf("it works again and readiness says %v", err)
	}
}

// Another server has taken the organization up: it is given up here, and the
// storage is as good as before.
func TestATakenOrganizationIsNoFailingStorage(t *testing.T) {
	var fault string
	c := newCentreIn(t.TempDir(), t, func(*org.Config) {}, func(s engine.Store) engine.Store { return faulty{s, &fault} })
	t.Cleanup(c.close)
	c.ready(anna)
	fault = "stale"
	_, err := c.Do(t.Context(), engine.Request{Actor: customer(1), CommandID: "start", Command: engine.StartConversation{Asset: "ast_1", Customer: customer(1).Customer, Name: "Sara", Language: "ar"}})
	if problem.CodeOf(err) != problem.Unavailable {
		t.Errorf("the caller is told %v", err)
	}
	if err := c.Storing(); err != nil {
		t.Errorf("readiness says %v", err)
	}
	if err := c.stop(); err != nil || len(c.lost) != 1 || c.lost[0] != acme {
		t.Errorf("%v were given up, %v", c.lost, err)
	}
}

// slowly lets time pass while it commits.
type slowly struct {
	engine.Store
	pass func()
}

func (s slowly) Commit(ctx context.Context, b *engine.Batch) error {
	s.pass()
	return s.Store.Commit(ctx, b)
}

func TestHowLongCommitsTakeIsCounted(t *testing.T) {
	var c *centre
	var took time.Duration
	c = newCentreIn(t.TempDir(), t, func(*org.Config) {}, func(s engine.Store) engine.Store {
		return slowly{s, func() { c.clock.pass(took) }}
	})
	t.Cleanup(c.close)
	for _, at := range []struct {
		agent access.Actor
		took  time.Duration
		slow  int64
	}{{anna, engine.SlowCommit, 0}, {ben, engine.SlowCommit + time.Millisecond, 1}} {
		took = at.took
		rounds, before := c.Counts().Rounds.Load(), c.Counts().CommitTime.Load()
		c.ready(at.agent)
		if n := c.Counts().Rounds.Load() - rounds; n == 0 || c.Counts().CommitTime.Load()-before != n*at.took.Microseconds() || c.Counts().Slow.Load() != n*at.slow {
			t.Errorf("%d commits of %s each: %d µs, %d slow", n, at.took, c.Counts().CommitTime.Load()-before, c.Counts().Slow.Load())
		}
	}
}
