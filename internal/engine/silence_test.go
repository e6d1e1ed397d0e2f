package engine_test

import (
	"testing"
	"time"

	"hiwar/internal/engine"
)

// Silence closes a conversation only while the last word was the agent's, and
// every message starts the clock anew: it is stored with the message.
func TestSilenceClosesAfterTheAgentsLastWord(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	status := func() string { return c.conversation(customer(1), conv).Status }

	c.pass(time.Hour) // the customer spoke last: somebody owes them an answer
	if got := status(); got != "open" {
		t.Fatalf("after the customer's word it is %s", got)
	}
	c.do(anna, engine.SendMessage{Conversation: conv, Text: "which order?"})
	c.pass(8 * time.Minute)
	c.restart()
	c.do(customer(1), engine.SendMessage{Conversation: conv, Text: "the last one"})
	c.do(anna, engine.SendMessage{Conversation: conv, Text: "it is on its way"})
	var lines []string
	for _, e := range c.conversation(customer(1), conv).Entries {
		if e.Kind == "line" {
			lines = append(lines, e.Line)
		}
	}
	if len(lines) != 2 || lines[0] != "still_there" || lines[1] != "still_there_off" {
		t.Errorf("the customer was told %q, want a warning that was lifted", lines)
	}
	c.pass(8 * time.Minute) // warned again
	c.pass(2*time.Minute - time.Second)
	if got := status(); got != "open" {
		t.Errorf("before its time it is %s", got)
	}
	c.pass(2 * time.Second)
	if v := c.conversation(customer(1), conv); v.Status != "closed" || v.Cause != "inactivity" {
		t.Errorf("after its time it is %s by %q", v.Status, v.Cause)
	}
}
