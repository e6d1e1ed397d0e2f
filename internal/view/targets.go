package view

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// TargetsOf is what an agent can give the conversation to at that moment: every
// queue in use, the one it is in included, and the agents who could take it
// now, within the agent's profile; by identifier.
func TargetsOf(at time.Time, s *routing.State, c id.Conversation, by id.User, b Book) Targets {
	v := Targets{At: utc(at), Queues: []TargetQueue{}, Agents: []TargetAgent{}}
	conv, _ := s.Conversation(c)
	for _, q := range s.Config().Queues {
		if q.Archived || !s.MayGiveTo(by, q.ID) {
			continue
		}
		t := TargetQueue{ID: q.ID, Name: q.Name, Current: q.ID == conv.Queue}
		t.Waiting, t.Available = s.QueueLoad(q.ID)
		v.Queues = append(v.Queues, t)
	}
	for _, u := range s.TransferTargets(c, by) {
		t := TargetAgent{User: u, Name: b.user(u), OnUnanswered: b.unanswered(conv.Queue)}
		t.Occupied, t.Capacity = s.AgentLoad(u)
		v.Agents = append(v.Agents, t)
	}
	return v
}
