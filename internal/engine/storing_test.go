package engine_test

import (
	"testing"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/org"
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
