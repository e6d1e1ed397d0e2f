package view

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Targets are whom a conversation could be given to at one moment.
type Targets struct {
	At     time.Time     `json:"at"`
	Queues []QueueTarget `json:"queues"` // in order of identifier
	Agents []AgentTarget `json:"agents"` // Available, connected, with a free slot, not in it; in order of identifier
}

// QueueTarget is a queue to transfer to.
type QueueTarget struct {
	ID        id.Queue `json:"id"`
	Name      org.Name `json:"name"`
	Waiting   int      `json:"waiting"`   // customers
	Available int      `json:"available"` // agents who could take one now
	Current   bool     `json:"current"`   // the queue the conversation is in: "back to the queue"
}

// AgentTarget is an agent to transfer to or to invite.
type AgentTarget struct {
	User     id.User `json:"user"`
	Name     string  `json:"name"`
	Occupied int     `json:"occupied"`
	Capacity int     `json:"capacity"`
	// What a transfer to this agent would follow if it is not answered:
	// requeue · return · close.
	OnUnanswered string `json:"on_unanswered"`
}
