package simulate

import (
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/view"
	"hiwar/test/check"
)

// post is the bus: what is published waits there until the round's fate is
// known.
type post struct {
	w       *world
	waiting []engine.Message
}

// Publish implements [engine.Bus].
func (b *post) Publish(all []engine.Message) { b.waiting = append(b.waiting, all...) }

// Over implements [engine.Bus].
func (b *post) Over() {}

func (b *post) take() []engine.Message {
	all := b.waiting
	b.waiting = nil
	return all
}

// follower hears one topic, as a browser does.
type follower struct {
	of    *person
	topic string
	to    view.Audience
	last  id.Seq
	deaf  bool // disconnected until it resumes
	// missed reads what came after a number from the store.
	missed func(after id.Seq) []heard
	// notice is told of each event.
	notice func(heard)
}

// heard is an event with what a journal says of it.
type heard struct {
	event  view.Event
	record check.Record
}

// follow begins where the topic stands.
func (w *world) follow(f *follower, head id.Seq) *follower {
	f.last = head
	f.of.write(check.Record{Kind: check.Reset, Topic: f.topic, Seq: int64(head)})
	w.byTopic[f.topic] = f
	return f
}

func (w *world) unfollow(f *follower) {
	f.of.write(check.Record{Kind: check.Left, Topic: f.topic})
	delete(w.byTopic, f.topic)
}

// listeners are all who follow something, in order.
func (w *world) listeners() (all []*follower) {
	for _, a := range w.agents {
		all = append(all, a.feed)
	}
	for _, c := range w.customers {
		if c.thread != nil {
			all = append(all, c.thread)
		}
	}
	return all
}

// deliver gives what was published to who follows it.
func (w *world) deliver(all []engine.Message) {
	for _, m := range all {
		f := w.byTopic[m.Topic]
		if f == nil || f.deaf {
			continue
		}
		for _, ev := range m.Events[f.to] {
			f.hear(ev)
		}
	}
}

func (f *follower) hear(ev view.Event) {
	switch {
	case ev.Seq <= f.last:
	case ev.Seq == f.last+1:
		f.take(heard{ev, recordOf(f, ev)})
	default: // a number is missing: ask
		f.resume()
	}
}

func (f *follower) take(h heard) {
	f.last = h.event.Seq
	f.of.write(h.record)
	f.notice(h)
}

// resume asks for what came after the last number.
func (f *follower) resume() {
	f.deaf = false
	all := f.missed(f.last)
	if len(all) == 0 {
		return
	}
	f.of.w.met(gapClosed)
	f.of.write(check.Record{Kind: check.Resumed, Topic: f.topic, Seq: int64(f.last)})
	for _, h := range all {
		f.take(h)
	}
}

// everybodyResumes, if there is somebody to ask.
func (w *world) everybodyResumes() {
	if w.turns == nil || w.now < w.frozen {
		return
	}
	for _, f := range w.listeners() {
		f.resume()
	}
}

// recordOf is what a journal says of an event that was told.
func recordOf(f *follower, ev view.Event) check.Record {
	r := check.Record{Kind: check.Told, Topic: f.topic, Seq: int64(ev.Seq), Event: ev.Kind}
	if e, ok := ev.Data.(view.Entry); ok {
		r.Text, r.ClientID = e.Text, e.ClientID
	}
	return r
}

// missedFeed reads an agent's topic.
func (w *world) missedFeed(f *follower, user id.User) []heard {
	feed := w.store.feeds[user]
	if feed == nil {
		return nil
	}
	var all []heard
	for _, ev := range (*feed)[f.last:] {
		all = append(all, heard{ev, recordOf(f, ev)})
	}
	return all
}

// missedThread reads the public topic of a conversation.
func (w *world) missedThread(f *follower, c id.Conversation) []heard {
	var all []heard
	for _, e := range w.store.threads[c].public[f.last:] {
		ev := view.Event{Topic: f.topic, Seq: e.Seq, Kind: string(e.Kind), Data: e}
		all = append(all, heard{ev, check.Record{Kind: check.Told, Topic: f.topic, Seq: int64(e.Seq), Event: string(e.Kind), Text: textOf(e)}})
	}
	return all
}

func textOf(e chat.Entry) string {
	if e.Kind != chat.KindMessage {
		return ""
	}
	return e.Text
}
