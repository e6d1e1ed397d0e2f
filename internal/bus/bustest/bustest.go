// Package bustest states what a bus promises as tests.
package bustest

import (
	"encoding/json"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/view"
)

// Bus is a bus between processes or within one.
type Bus interface {
	engine.Bus
	Subscribe(deliver func(engine.Message), over func()) (cancel func())
}

// Run holds the buses that open makes to every promise. settle waits until
// what was published has been delivered; a message that it publishes itself is of
// no organization.
func Run(t *testing.T, open func(t *testing.T) (b Bus, settle func())) {
	t.Run("everybody subscribed gets everything, in order", func(t *testing.T) {
		b, settle := open(t)
		first, second := listen(b), listen(b)
		b.Publish(messages("a", "b"))
		b.Publish(messages("c"))
		settle()
		want := messages("a", "b", "c")
		for i, l := range []*listener{first, second} {
			if diff := cmp.Diff(want, l.taken()); diff != "" {
				t.Errorf("subscriber %d (-want +got):\n%s", i, diff)
			}
		}
	})

	t.Run("nobody listening is no fault", func(t *testing.T) {
		b, settle := open(t)
		b.Publish(messages("a"))
		settle()
		late := listen(b)
		if got := late.taken(); len(got) > 0 {
			t.Errorf("got %v from before the subscription", got)
		}
	})

	t.Run("a round is over after its messages", func(t *testing.T) {
		b, settle := open(t)
		l := listen(b)
		b.Publish(messages("a", "b"))
		b.Over()
		b.Publish(messages("c"))
		b.Over()
		settle()
		if diff := cmp.Diff([]int{2, 3}, l.rounds); diff != "" {
			t.Errorf("messages when a round was over (-want +got):\n%s", diff)
		}
	})

	t.Run("after cancel nothing comes", func(t *testing.T) {
		b, settle := open(t)
		stays, goes := listen(b), listen(b)
		goes.cancel()
		b.Publish(messages("a"))
		settle()
		if len(stays.taken()) != 1 || len(goes.taken()) != 0 {
			t.Errorf("got %d and %d messages, want 1 and 0", len(stays.taken()), len(goes.taken()))
		}
		goes.cancel() // twice is fine
	})

	t.Run("all of a message arrives", func(t *testing.T) {
		b, settle := open(t)
		l := listen(b)
		m := engine.Message{
			Org: "org_1", Topic: "conv/conv_1", Revoke: []id.User{"usr_1"},
			Events: map[view.Audience][]view.Event{view.Staff: {{Topic: "conv/conv_1", Seq: 7, Kind: "message", Data: view.Entry{Seq: 7, Text: "مرحبا"}}}},
			Signal: &engine.Signal{Kind: "typing", Audience: view.Staff, Data: view.Typing{By: 1, On: true}},
		}
		b.Publish([]engine.Message{m})
		settle()
		if diff := cmp.Diff(told(t, m), told(t, l.taken()...)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})

	t.Run("subscribing and publishing at once", func(t *testing.T) {
		b, settle := open(t)
		stays := listen(b)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 50 {
					listen(b).cancel()
					b.Publish(messages("x"))
				}
			})
		}
		all.Wait()
		settle()
		if got := len(stays.taken()); got != 400 {
			t.Errorf("got %d messages, want 400", got)
		}
	})
}

// told is what clients would be told: what is in an event may arrive as it goes
// to them.
func told(t *testing.T, msgs ...engine.Message) string {
	t.Helper()
	b, err := json.Marshal(msgs)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func messages(topics ...string) []engine.Message {
	var out []engine.Message
	for _, topic := range topics {
		out = append(out, engine.Message{Org: "org_1", Topic: topic})
	}
	return out
}

type listener struct {
	cancel func()
	mu     sync.Mutex
	got    []engine.Message
	rounds []int // how much had come whenever a round was over
}

func listen(b Bus) *listener {
	l := &listener{}
	l.cancel = b.Subscribe(func(m engine.Message) {
		if m.Org == "" { // by which settle knows that everything before it came
			return
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.got = append(l.got, m)
	}, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.rounds = append(l.rounds, len(l.got))
	})
	return l
}

func (l *listener) taken() []engine.Message {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.got
}
