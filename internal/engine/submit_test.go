package engine_test

import (
	"fmt"
	"testing"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// What is said in one breath is stored in that order, whoever waits for the
// answers.
func TestSubmittedCommandsKeepTheirOrder(t *testing.T) {
	c := newCentre(t)
	conv := c.write(1, "hello")
	answers := make(chan engine.Reply, 100)
	for i := range 100 {
		send := engine.Request{Actor: customer(1), CommandID: fmt.Sprintf("m%d", i), Command: engine.SendMessage{Conversation: conv, Text: fmt.Sprint(i)}}
		c.Submit(send, func(r engine.Reply, err error) {
			if err != nil {
				t.Errorf("message %d: %v", i, err)
			}
			answers <- r
		})
	}
	first := (<-answers).Seq
	for i := range id.Seq(99) {
		if r := <-answers; r.Seq != first+i+1 {
			t.Fatalf("answer %d is that of number %d", i+1, r.Seq)
		}
	}
}

// Nobody waits for ever: what comes too late is told so.
func TestWhatIsSubmittedAfterTheEndIsRefused(t *testing.T) {
	c := newCentre(t)
	conv := c.write(1, "hello")
	if err := c.stop(); err != nil {
		t.Fatal(err)
	}
	for i := range 2000 { // more than the inbox holds
		answered := false
		send := engine.Request{Actor: customer(1), CommandID: fmt.Sprintf("m%d", i), Command: engine.SendMessage{Conversation: conv, Text: "late"}}
		c.Submit(send, func(_ engine.Reply, err error) {
			answered = true
			if problem.CodeOf(err) != problem.Unavailable {
				t.Errorf("told %v", err)
			}
		})
		if !answered {
			t.Fatalf("submission %d is not answered", i)
		}
	}
}
