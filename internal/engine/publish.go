package engine

import (
	"maps"
	"slices"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// publish tells what was stored. Whoever misses it asks.
func (r *round) publish() {
	var out []Message
	for _, w := range r.works {
		out = w.desksMessages(out)
		for _, c := range w.chats {
			out = w.chatMessages(out, c)
		}
		out = w.waitingMessages(out)
		out = w.choosingMessages(out)
		out = w.settingsMessages(out)
	}
	out = append(out, r.signals...)
	if len(out) > 0 {
		r.e.bus.Publish(out)
	}
}

// desksMessages has one message for each agent whose desk changed.
func (w *work) desksMessages(out []Message) []Message {
	for i := 0; i < len(w.feed); {
		user := w.feed[i].User
		var events []view.Event
		for ; i < len(w.feed) && w.feed[i].User == user; i++ {
			events = append(events, w.feed[i].Event)
		}
		out = append(out, Message{Org: w.floor.org, Topic: view.AgentTopic(user), Events: map[view.Audience][]view.Event{view.Staff: events}})
	}
	return out
}

// settingsMessages tells agents that what their desks need of the
// organization's set-up may have changed: all of them, or those users who alone
// were changed.
func (w *work) settingsMessages(out []Message) []Message {
	c := w.config
	if c == nil {
		return out
	}
	var users []id.User
	for _, u := range c.Users {
		users = append(users, u.ID)
	}
	if c.Organization.ID != "" || len(c.Teams)+len(c.Queues)+len(c.Reasons)+len(c.Templates)+len(c.Profiles) > 0 {
		users = slices.Collect(maps.Keys(w.floor.desks))
	}
	slices.Sort(users)
	for _, u := range slices.Compact(users) {
		if d, ok := w.floor.desks[u]; !ok || d.Agent.Presence == string(routing.SignedOut) {
			continue
		}
		out = append(out, Message{Org: w.floor.org, Topic: view.AgentTopic(u), Signal: &Signal{Kind: "settings", Data: struct{}{}}})
	}
	return out
}

// chatMessages tells both topics of a conversation in pieces: who lost the
// right to read gets what came before they did and nothing after it.
func (w *work) chatMessages(out []Message, c *chatWork) []Message {
	told := 0
	for _, rev := range c.revoked {
		if w.floor.reads(rev.user, c.cached.key.conv) {
			continue // came back within the round
		}
		if rev.after > told {
			out = w.entryMessages(out, c, c.entries[told:rev.after])
			told = rev.after
		}
		for _, topic := range []string{view.ConversationTopic(c.cached.key.conv), view.StaffTopic(c.cached.key.conv)} {
			out = append(out, Message{Org: w.floor.org, Topic: topic, Revoke: []id.User{rev.user}})
		}
	}
	return w.entryMessages(out, c, c.entries[told:])
}

func (w *work) entryMessages(out []Message, c *chatWork, entries []chat.Entry) []Message {
	conv, names := c.cached.key.conv, w.floor.names
	var customers, colleagues, staff []view.Event
	for _, e := range entries {
		if ev, ok := view.EventOf(conv, e, view.Customer, names); ok {
			customers = append(customers, ev)
		}
		if ev, ok := view.EventOf(conv, e, view.Staff, names); ok {
			colleagues = append(colleagues, ev)
		}
		if ev, ok := view.StaffEventOf(conv, e, names); ok {
			staff = append(staff, ev)
		}
	}
	if len(customers)+len(colleagues) > 0 {
		events := map[view.Audience][]view.Event{view.Customer: customers, view.Staff: colleagues}
		out = append(out, Message{Org: w.floor.org, Topic: view.ConversationTopic(conv), Events: events})
	}
	if len(staff) > 0 {
		events := map[view.Audience][]view.Event{view.Staff: staff}
		out = append(out, Message{Org: w.floor.org, Topic: view.StaffTopic(conv), Events: events})
	}
	return out
}

// signal sends something that is not stored.
func (r *round) signal(w *work, c id.Conversation, s Signal) {
	r.signals = append(r.signals, Message{Org: w.floor.org, Topic: view.ConversationTopic(c), Signal: &s})
}
