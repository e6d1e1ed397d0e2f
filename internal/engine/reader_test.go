package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// reader is a client that follows one topic: it takes a snapshot, applies what
// it is told, and must see at every moment what a fresh snapshot shows.
type reader struct {
	who    access.Actor
	topic  string
	view   any
	last   id.Seq
	live   bool // subscribed; not after its right was revoked
	asleep bool // tells itself nothing until it resumes
}

// readers are all who follow anything, by whom and what.
type readers struct {
	c   *centre
	all map[string]*reader
	// What was met, so that a test can say that it met everything.
	met map[string]int
}

func newReaders(c *centre) *readers {
	return &readers{c: c, all: map[string]*reader{}, met: map[string]int{}}
}

func (rs *readers) key(who access.Actor, topic string) string {
	return fmt.Sprintf("%s%s %s", who.User, who.Customer, topic)
}

// follow makes everybody follow what they may, tells them what was published,
// and compares: all of it, or the desks and the conversations that something
// was published of.
func (rs *readers) follow(actors []access.Actor, conversations []id.Conversation, all bool) error {
	messages := rs.c.messages()
	if err := rs.tell(messages); err != nil {
		return err
	}
	touched := map[string]bool{}
	for _, m := range messages {
		touched[m.Topic] = true
	}
	for _, who := range actors {
		var topics []string
		if who.User != "" {
			topics = append(topics, view.AgentTopic(who.User))
		}
		for _, conv := range conversations {
			topics = append(topics, view.ConversationTopic(conv), view.StaffTopic(conv))
		}
		for _, topic := range topics {
			if _, known := rs.all[rs.key(who, topic)]; known && !all && !touched[topic] && topic != view.AgentTopic(who.User) {
				continue
			}
			if err := rs.compare(who, topic); err != nil {
				return fmt.Errorf("%s: %w", rs.key(who, topic), err)
			}
		}
	}
	return nil
}

// tell does what the hub does with what the bus carries.
func (rs *readers) tell(messages []engine.Message) error {
	for _, m := range messages {
		for _, key := range slices.Sorted(maps.Keys(rs.all)) {
			r := rs.all[key]
			if r.topic != m.Topic || !r.live || r.asleep {
				continue
			}
			audience := view.Staff
			if r.who.Kind == access.Customer {
				audience = view.Customer
			}
			for _, ev := range m.Events[audience] {
				if ev.Seq <= r.last {
					continue
				}
				if err := r.apply(ev); err != nil {
					return fmt.Errorf("%s: %w", key, err)
				}
				rs.met[ev.Kind]++
			}
			if r.who.User != "" && slices.Contains(m.Revoke, r.who.User) {
				r.live = false
				rs.met["revoked"]++
			}
		}
	}
	return nil
}

func (r *reader) apply(ev view.Event) error {
	if ev.Seq != r.last+1 {
		return fmt.Errorf("event %d after %d", ev.Seq, r.last)
	}
	r.last = ev.Seq
	switch v := r.view.(type) {
	case view.Conversation:
		r.view = view.Apply(v, ev)
	case view.StaffThread:
		r.view = view.ApplyStaff(v, ev)
	case view.Desk:
		r.view = view.ApplyDesk(v, ev)
	}
	return nil
}

// compare holds what a reader has against a fresh snapshot.
func (rs *readers) compare(who access.Actor, topic string) error {
	fresh, head, err := rs.c.Snapshot(context.Background(), who, topic)
	key := rs.key(who, topic)
	r := rs.all[key]
	if err != nil {
		switch problem.CodeOf(err) {
		case problem.NotFound, problem.NotParticipant, problem.Forbidden:
		default:
			return err
		}
		if r != nil && r.live && !r.asleep {
			return fmt.Errorf("follows a topic that may not be read: %w", err)
		}
		delete(rs.all, key)
		return nil
	}
	if r == nil {
		// Frozen topics are read, and nothing is told of them any more.
		rs.all[key] = &reader{who: who, topic: topic, view: fresh, last: head, live: !rs.frozen(who, topic)}
		return nil
	}
	if r.asleep {
		return nil
	}
	if !r.live && !rs.frozen(who, topic) { // the right is back
		rs.all[key] = &reader{who: who, topic: topic, view: fresh, last: head, live: true}
		return nil
	}
	if r.live && rs.frozen(who, topic) {
		return fmt.Errorf("has left and is told on")
	}
	if !r.live && r.last > head {
		// Who is wrapping up was asked in again and did not come: they keep
		// what they were told then, and are told nothing more.
		rs.met["asked in again"]++
		events, _, err := rs.c.Since(context.Background(), who, topic, r.last, 10)
		if err != nil || len(events) > 0 {
			return fmt.Errorf("after %d gets %d events, %w", r.last, len(events), err)
		}
		return nil
	}
	if r.last != head {
		return fmt.Errorf("was told up to %d of %d (live %v)", r.last, head, r.live)
	}
	if diff := differ(fresh, r.view); diff != "" {
		return fmt.Errorf("would see something else after a reload (-fresh +told):\n%s", diff)
	}
	return nil
}

// frozen: whoever is wrapping up, and is no supervisor, reads no more than
// there was.
func (rs *readers) frozen(who access.Actor, topic string) bool {
	conv, ok := conversationOf(topic)
	if !ok || who.Kind != access.Staff || slices.Contains(who.Roles, "supervisor") {
		return false
	}
	rel, err := rs.c.Relation(context.Background(), who, conv)
	return err == nil && rel == access.WrappingUp
}

func conversationOf(topic string) (id.Conversation, bool) {
	var conv string
	if _, err := fmt.Sscanf(topic, "conv/%s", &conv); err != nil {
		return "", false
	}
	if n := len(conv) - len("/staff"); n > 0 && conv[n:] == "/staff" {
		conv = conv[:n]
	}
	return id.Conversation(conv), true
}

// differ compares two views as they go over the wire. A snapshot shows the
// last entries; who was there from the start has all of them.
func differ(fresh, told any) string {
	if f, ok := fresh.(view.Conversation); ok {
		t, _ := told.(view.Conversation)
		n := min(len(f.Entries), len(t.Entries), 40)
		f.Entries, t.Entries = f.Entries[len(f.Entries)-n:], t.Entries[len(t.Entries)-n:]
		f.More, t.More = false, false
		fresh, told = f, t
	}
	// The same bytes are the same view; other bytes may be, too.
	f, errF := json.Marshal(fresh)
	t, errT := json.Marshal(told)
	if errF == nil && errT == nil && bytes.Equal(f, t) {
		return ""
	}
	return cmp.Diff(wire(fresh), wire(told), cmpopts.EquateEmpty())
}

// wire is a value as the browser gets it.
func wire(v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var out any
	if err := json.Unmarshal(b, &out); err != nil {
		return err
	}
	return out
}

// resume wakes a reader that slept: it asks for what it missed.
func (rs *readers) resume(key string) error {
	r := rs.all[key]
	if r == nil || !r.asleep {
		return nil
	}
	r.asleep = false
	for {
		events, head, err := rs.c.Since(context.Background(), r.who, r.topic, r.last, 7)
		if err != nil {
			if code := problem.CodeOf(err); code != problem.NotFound && code != problem.NotParticipant {
				return err
			}
			delete(rs.all, key)
			return nil
		}
		rs.met["resumed"]++
		for _, ev := range events {
			if err := r.apply(typed(ev)); err != nil {
				return fmt.Errorf("%s resumes: %w", key, err)
			}
		}
		if r.last == head {
			break
		}
		if len(events) == 0 {
			return fmt.Errorf("%s resumes at %d of %d and gets nothing", key, r.last, head)
		}
	}
	r.live = !rs.frozen(r.who, r.topic)
	return nil
}

// typed gives an event from the store its Go type again.
func typed(ev view.Event) view.Event {
	raw, ok := ev.Data.(json.RawMessage)
	if !ok {
		return ev
	}
	switch ev.Kind {
	case "agent":
		ev.Data = as[view.Agent](raw)
	case "card":
		ev.Data = as[view.Card](raw)
	case "card_gone":
		ev.Data = as[view.Gone](raw)
	}
	return ev
}

func as[T any](raw json.RawMessage) (v T) {
	if err := json.Unmarshal(raw, &v); err != nil {
		panic(err)
	}
	return v
}
