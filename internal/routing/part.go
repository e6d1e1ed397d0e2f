package routing

import (
	"hiwar/internal/id"
)

// beginPart connects the agent who accepted.
func (s *State) beginPart(t Task, o Offer) {
	role := Owner
	if t.Kind == TaskConference {
		role = Guest
	}
	c, _ := s.conversations.Get(t.Conversation)
	s.lastPart++
	p := Part{
		ID: s.lastPart, Task: t.ID, Conversation: t.Conversation, Agent: o.Agent, Queue: c.Queue,
		Slot: o.Slot, Capacity: o.Capacity, Role: role, ReceivedAt: o.MadeAt, AcceptedAt: s.now,
	}
	s.putPart(p)
	if c.AnsweredAt.IsZero() {
		s.changeConversation(c.ID, func(rec *Conversation) { rec.AnsweredAt = s.now })
	}
	s.emit(PartBegun{Part: p.ID, Conversation: c.ID, Agent: p.Agent, Role: role, Kind: t.Kind, From: t.From})
}

// endPart ends the talk of one agent and begins the wrap-up, which keeps the
// slot.
func (s *State) endPart(p Part, cause Cause) Part {
	task, _ := s.tasks.Get(p.Task)
	t := *task
	t.State, t.Cause, t.EndedAt = TaskEnded, cause, s.now
	s.putTask(t)

	p.EndedAt, p.EndCause = s.now, cause
	if auto := s.setup.autoWrapUp(p.Queue, p.Agent); auto > 0 {
		p.WrapUpDeadline = s.now.Add(auto)
	}
	s.putPart(p)
	s.emit(PartEnded{Part: p.ID, Conversation: p.Conversation, Agent: p.Agent, Role: p.Role, Cause: cause})
	return p
}

// guests are the connected guests of a conversation, longest in it first.
func (s *State) guests(c *conversation) []Part {
	var guests []Part
	for _, p := range s.partsByID(c.parts) {
		if p.Role == Guest && p.EndedAt.IsZero() {
			guests = append(guests, p)
		}
	}
	return guests
}

// takesPart reports whether the agent is connected to the conversation.
func (s *State) takesPart(u id.User, c *conversation) bool {
	for _, p := range s.partsByID(c.parts) {
		if p.Agent == u && p.EndedAt.IsZero() {
			return true
		}
	}
	return false
}
