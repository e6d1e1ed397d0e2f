// Package bus carries what was committed from the engine to whoever is
// connected.
//
// It is a doorbell and never the record: a message may be lost and costs a
// client one question then, never an event. What is delivered is delivered in
// the order in which it was published. Package bustest states the promises.
package bus

import (
	"sync"

	"hiwar/internal/engine"
)

// InProcess is the bus of one process.
type InProcess struct {
	mu   sync.RWMutex
	next int
	subs []subscription
}

type subscription struct {
	number  int
	deliver func(engine.Message)
	over    func()
}

var _ engine.Bus = (*InProcess)(nil)

// New is a bus nobody listens to yet.
func New() *InProcess { return &InProcess{} }

// Subscribe calls deliver for every message published from now on, in order,
// and over when whoever waited for them has been answered, on the publisher's
// goroutine: neither may block or publish. After cancel returns they are not
// called again.
func (b *InProcess) Subscribe(deliver func(engine.Message), over func()) (cancel func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next++
	number := b.next
	// A copy: a round that is being published keeps the list it began with.
	b.subs = append(append([]subscription(nil), b.subs...), subscription{number, deliver, over})
	return func() { b.unsubscribe(number) }
}

func (b *InProcess) unsubscribe(number int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var rest []subscription
	for _, s := range b.subs {
		if s.number != number {
			rest = append(rest, s)
		}
	}
	b.subs = rest
}

// Publish delivers the messages to everybody subscribed.
func (b *InProcess) Publish(msgs []engine.Message) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, m := range msgs {
		for _, s := range b.subs {
			s.deliver(m)
		}
	}
}

// Over passes on that those who waited have been answered.
func (b *InProcess) Over() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, s := range b.subs {
		s.over()
	}
}
