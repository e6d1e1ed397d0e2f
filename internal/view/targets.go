package view

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// TargetsOf is what the conversation can be given to at that moment: every
// queue in use, the one it is in included, and the agents who could take it
// now; by identifier.
func TargetsOf(at time.Time, s *routing.State, c id.Conversation, b Book) Targets {
	v := Targets{At: utc(at), Queues: []TargetQueue{}, Agents: []TargetAgent{}}
	conv, _ := s.Conversation(c)
	for _, q := range s.Config().Queues {
		if q.Archived {
			continue
		}
		t := TargetQueue{ID: q.ID, Name: q.Name, Current: q.ID == conv.Queue}
		t.Waiting, t.Available = s.QueueLoad(q.ID)
		v.Queues = append(v.Queues, t)
	}
	for _, u := range s.TransferTargets(c) {
		t := TargetAgent{User: u, Name: b.user(u), OnUnanswered: b.unanswered(conv.Queue)}
		t.Occupied, t.Capacity = s.AgentLoad(u)
		v.Agents = append(v.Agents, t)
	}
	return v
}
