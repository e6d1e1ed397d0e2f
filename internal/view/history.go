package view

import (
	"slices"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// PastOf is a closed conversation for staff. Whose part was its owner's last
// has recorded its reason, and wrote the last of the notes, which are those of
// wrap-ups, that is theirs.
func PastOf(r chat.Record, queue id.Queue, parts []routing.Part, notes []chat.Entry, b Book) PastConversation {
	v := PastConversation{
		ID: r.Header.ID, StartedAt: utc(r.Header.StartedAt), ClosedAt: utc(r.ClosedAt), Queue: b.queue(queue),
		Agents: []Colleague{}, Cause: string(r.Cause), Language: r.Header.Language,
	}
	var owner *routing.Part
	for i := range parts {
		if parts[i].Role == routing.Owner {
			owner = &parts[i]
		}
	}
	for _, p := range parts {
		if slices.ContainsFunc(v.Agents, func(c Colleague) bool { return c.User == p.Agent }) {
			continue
		}
		role := routing.Guest
		if owner != nil && p.Agent == owner.Agent {
			role = routing.Owner
		}
		v.Agents = append(v.Agents, Colleague{User: p.Agent, Name: b.user(p.Agent), Role: string(role)})
	}
	if owner != nil && owner.Reason != "" {
		name, _ := b.reasons.Name(owner.Reason)
		v.Reason = &Named{ID: string(owner.Reason), Name: name}
	}
	for _, n := range notes {
		if owner != nil && n.Participant != nil && n.Participant.User == owner.Agent {
			v.Note = n.Text
		}
	}
	return v
}

// EarlierOf is a closed conversation for its customer, with the beginning of
// what they wrote last.
func EarlierOf(r chat.Record, text string) EarlierConversation {
	v := EarlierConversation{ID: r.Header.ID, StartedAt: utc(r.Header.StartedAt), ClosedAt: utc(r.ClosedAt), Agents: []string{}, Text: text}
	for _, p := range r.Participants {
		if p.Role == chat.Agent && !slices.Contains(v.Agents, p.Name) {
			v.Agents = append(v.Agents, p.Name)
		}
	}
	return v
}
