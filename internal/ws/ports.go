// Package ws is the real-time side of the API: one WebSocket per client, frames
// of JSON, numbered events of topics, resume after a gap (api/events.md).
//
// It stores nothing and decides nothing. What a topic holds and who may read it
// is the engine's; this package keeps connections, forwards what the bus
// carries, and asks the engine again whenever a number is missing.
package ws

import (
	"context"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/view"
)

// Engine is what sockets need of package engine.
type Engine interface {
	Do(ctx context.Context, r engine.Request) (engine.Reply, error)
	// Snapshot is the topic as the actor may see it and the number of its last
	// event; problem.NotFound if the actor may not read it.
	Snapshot(ctx context.Context, actor access.Actor, topic string) (data any, head id.Seq, err error)
	// Since are up to limit events after since, in order without a hole, and
	// the number of the last event there is. If older events are no longer
	// kept, events is empty and head is above since. A since above head is
	// problem.SeqAhead.
	Since(ctx context.Context, actor access.Actor, topic string, since id.Seq, limit int) (events []view.Event, head id.Seq, err error)
}

// Bus carries what was committed. The function must not block; it is called
// with the messages of one topic in order.
type Bus interface {
	Subscribe(func(engine.Message)) (cancel func())
}

// Doorman turns the credentials of a hello into an actor.
type Doorman interface {
	// Ticket uses up a one-time ticket. ended is closed when the session ends,
	// wherever that happens in this process; closed must be called once.
	Ticket(ctx context.Context, ticket string) (actor access.Actor, ended <-chan struct{}, closed func(), err error)
	// Seen keeps a session alive and is refused once it has ended.
	Seen(ctx context.Context, actor access.Actor) error
	// Customer opens the conversation of a visitor token. embed may be "".
	Customer(ctx context.Context, token, embed string) (access.Actor, error)
}
