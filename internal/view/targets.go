package view

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

// TargetsOf is what the conversation can be given to at that moment: every
// queue in use, the one it is in included, and the agents who could take it
// now; by identifier.
func TargetsOf(at time.Time, s *routing.State, c id.Conversation, b Book) Targets {
	v := Targets{At: utc(at), Queues: []TargetQueue{}, Agents: []TargetAgent{}, OnUnanswered: string(org.Requeue)}
	if conv, ok := s.Conversation(c); ok {
		v.OnUnanswered = b.unanswered(conv.Queue)
	}
	for _, q := range s.Config().Queues {
		if q.Archived {
			continue
		}
		waiting, available := s.QueueLoad(q.ID)
		v.Queues = append(v.Queues, TargetQueue{Queue: b.queue(q.ID), Waiting: waiting, Available: available})
	}
	for _, u := range s.TransferTargets(c) {
		occupied, capacity := s.AgentLoad(u)
		v.Agents = append(v.Agents, TargetAgent{User: u, Name: b.user(u), Occupied: occupied, Capacity: capacity})
	}
	return v
}
