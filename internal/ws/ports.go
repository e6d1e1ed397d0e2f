package ws

import (
	"context"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/view"
)

// Engine is what sockets need of package engine.
type Engine interface {
	Do(ctx context.Context, r engine.Request) (engine.Reply, error)
	// Submit is Do for who does not wait: then is called once with the answer
	// and must not block; after a success the bus says that the round is over.
	// What one goroutine submits is carried out in order.
	Submit(r engine.Request, then func(engine.Reply, error))
	Reads
	// Expected are the actors the floors believe to be connected: agents who
	// are signed in and not lost, customers of open conversations who are not
	// lost. After a start nobody is, and those who do not come back are lost.
	Expected(ctx context.Context) ([]access.Actor, error)
}

// Reads are as of the last commit; what the actor may not read is
// problem.NotFound.
type Reads interface {
	// Snapshot is the topic as the actor may see it and the number of its last
	// event.
	Snapshot(ctx context.Context, actor access.Actor, topic string) (data any, head id.Seq, err error)
	// Since are up to limit events after since, in order without a hole, and
	// the number of the last event there is. If events after since are no
	// longer kept, events is empty and head is above since. A since above head
	// is problem.SeqAhead.
	Since(ctx context.Context, actor access.Actor, topic string, since id.Seq, limit int) (events []view.Event, head id.Seq, err error)
	// Relation is what the actor is to a conversation now: who is wrapping up
	// reads what was there before they left and nothing newer.
	Relation(ctx context.Context, actor access.Actor, c id.Conversation) (access.Relation, error)
	// Place is a customer's place in the queue as they were told last; false if
	// the conversation does not wait.
	Place(ctx context.Context, actor access.Actor, c id.Conversation) (place view.Waiting, waits bool, err error)
	// Heads are the numbers of the last events of topics, 0 for unknown ones.
	Heads(ctx context.Context, org id.Org, topics []string) ([]id.Seq, error)
}

// Bus carries what was committed. Neither function may block; deliver is called
// with the messages of one topic in order, over when those have been answered
// who waited for what came before.
type Bus interface {
	Subscribe(deliver func(engine.Message), over func()) (cancel func())
}

// Doorman turns the credentials of a hello into an actor.
type Doorman interface {
	// Ticket uses up a one-time ticket. ended is called once, from another
	// goroutine, if the session ends; closed must be called in the end.
	Ticket(ctx context.Context, ticket string, ended func()) (actor access.Actor, closed func(), err error)
	// Seen keeps a session alive and is refused once it has ended.
	Seen(ctx context.Context, actor access.Actor) error
	// Customer opens the conversation of a visitor token. embed may be "".
	// ended and closed are as with a ticket, if the token is revoked.
	Customer(ctx context.Context, token, embed string, ended func()) (actor access.Actor, closed func(), err error)
}

// Blocks keep customers from writing. Blocked is nil for who may.
type Blocks interface {
	Blocked(actor access.Actor) error
}

// Limits slow writers down. Wait is 0 if the actor may write to the
// conversation now, else how long until they may.
type Limits interface {
	Wait(actor access.Actor, c id.Conversation) time.Duration
}
