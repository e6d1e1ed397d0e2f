package ws

import (
	"slices"
	"sync"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// topicKey names a topic among all organizations.
type topicKey struct {
	org  id.Org
	name string
}

// hub knows who is subscribed to what.
type hub struct {
	refill func(*subscription) // called when events are missing; must not block

	mu     sync.Mutex
	topics map[topicKey]map[*subscription]struct{}
}

// subscription is one client's view of one topic. Its fields are guarded by
// the hub's lock.
type subscription struct {
	client   *client
	key      topicKey
	audience view.Audience

	live  bool   // events go straight to the client
	last  id.Seq // of what the client was given; meaningful when live
	head  id.Seq // highest number known while not live
	ended bool
}

func newHub(refill func(*subscription)) *hub {
	return &hub{refill: refill, topics: map[topicKey]map[*subscription]struct{}{}}
}

func audienceOf(a access.Actor) view.Audience {
	if a.Kind == access.Customer {
		return view.Customer
	}
	return view.Staff
}

func (h *hub) add(c *client, topic string) *subscription {
	s := &subscription{client: c, key: topicKey{c.actor.Org, topic}, audience: audienceOf(c.actor)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.topics[s.key] == nil {
		h.topics[s.key] = map[*subscription]struct{}{}
	}
	h.topics[s.key][s] = struct{}{}
	return s
}

func (h *hub) remove(s *subscription) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(s)
}

// drop needs the lock.
func (h *hub) drop(s *subscription) {
	s.ended, s.live = true, false
	delete(h.topics[s.key], s)
	if len(h.topics[s.key]) == 0 {
		delete(h.topics, s.key)
	}
}

// goLive lets events through if the client has all there is up to last; false
// means that more was announced meanwhile.
func (h *hub) goLive(s *subscription, last id.Seq) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.head > last {
		return false
	}
	s.live, s.last = true, last
	return true
}

// note keeps a subscription from going live before it has come to head.
func (h *hub) note(s *subscription, head id.Seq) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.head = max(s.head, head)
}

func (h *hub) hasEnded(s *subscription) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return s.ended
}

// publish hands on what was committed. It never blocks: a client that does not
// read is cut off.
func (h *hub) publish(m engine.Message) {
	if m.Lost {
		h.doubt()
		return
	}
	key := topicKey{m.Org, m.Topic}
	if !h.anybody(key) {
		return
	}
	frames := map[view.Audience][][]byte{}
	for audience, events := range m.Events {
		for _, e := range events {
			frames[audience] = append(frames[audience], encodeEvent(m.Topic, e))
		}
	}
	var signal []byte
	if m.Signal != nil {
		signal = encode(signalFrame{"signal", m.Topic, m.Signal.Kind, m.Signal.Data})
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.topics[key] {
		for i, e := range m.Events[s.audience] {
			h.deliver(s, e.Seq, frames[s.audience][i])
		}
		if signal != nil && s.live && (m.Signal.Audience == "" || m.Signal.Audience == s.audience) {
			s.client.out.lazy(signal)
		}
		if s.client.actor.User != "" && slices.Contains(m.Revoke, s.client.actor.User) {
			h.revoke(s)
		}
	}
}

// doubt asks again for everything: something was lost, and it may have ended a
// right to read.
func (h *hub) doubt() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, all := range h.topics {
		for s := range all {
			if s.live {
				s.live, s.head = false, s.last
				h.refill(s)
			}
		}
	}
}

func (h *hub) anybody(key topicKey) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.topics[key]) > 0
}

// deliver needs the lock.
func (h *hub) deliver(s *subscription, seq id.Seq, frame []byte) {
	switch {
	case s.ended:
	case !s.live:
		s.head = max(s.head, seq)
	case seq == s.last+1:
		s.last = seq
		s.client.out.gather(frame)
	case seq > s.last:
		s.live, s.head = false, seq
		h.refill(s)
	}
}

// revoke ends a subscription whose client may no longer read the topic. It
// needs the lock.
func (h *hub) revoke(s *subscription) {
	h.drop(s)
	s.client.out.put(encode(unsubscribedFrame{"unsubscribed", s.key.name, problem.NotParticipant}))
}

// announce says how far topics have come: a subscription that is behind asks
// for what it missed. It bounds the delay of a message the bus lost.
func (h *hub) announce(org id.Org, topics []string, heads []id.Seq) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, topic := range topics {
		for s := range h.topics[topicKey{org, topic}] {
			if s.live && heads[i] > s.last {
				s.live, s.head = false, heads[i]
				h.refill(s)
			}
		}
	}
}

// subscribed lists the topics somebody is subscribed to, by organization.
func (h *hub) subscribed() map[id.Org][]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := map[id.Org][]string{}
	for key := range h.topics {
		out[key.org] = append(out[key.org], key.name)
	}
	return out
}
