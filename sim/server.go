package sim

import "context"

// Server is what the simulator needs of a server: to come as a customer, and
// to sit at an agent's desk.
type Server interface {
	// Visit begins v's chat, its opening question included.
	Visit(ctx context.Context, v Visit) (Chat, error)
	// SitDown signs a simulated agent in, by key of the sample, and shows
	// their desk. What the desk already holds comes first.
	SitDown(ctx context.Context, agent string) (Desk, error)
}

// Chat is a conversation from the customer's side.
type Chat interface {
	// News tells what the customer notices; it is closed after [ChatOver] or
	// when the connection is lost for good.
	News() <-chan ChatNews
	Typing(ctx context.Context, on bool) error
	Say(ctx context.Context, text string) error
	End(ctx context.Context) error
	Close() error
}

// ChatNews is something a customer notices.
type ChatNews int

// What a customer notices.
const (
	ChatJoined ChatNews = iota + 1 // an agent has come
	ChatAnswer                     // an agent wrote
	ChatOver                       // it has ended, for whatever reason
)

// Desk is an agent's work.
type Desk interface {
	// News tells what comes to the desk; it is closed when the connection is
	// lost for good.
	News() <-chan DeskNews
	// Available makes the agent ready for requests, also from RONA.
	Available(ctx context.Context) error
	// Idle takes the agent off, with an idle reason by key of the sample.
	Idle(ctx context.Context, reason string) error
	Accept(ctx context.Context, request string) error
	Typing(ctx context.Context, conversation string, on bool) error
	Say(ctx context.Context, conversation, text string) error
	End(ctx context.Context, conversation string) error
	// WrapUp records a reason, by key of the sample.
	WrapUp(ctx context.Context, part, reason string) error
	Close() error
}

// DeskNews is one thing that comes to a desk. Kind says which fields are set.
type DeskNews struct {
	Kind         DeskKind
	Request      string // DeskRequest, DeskGone
	Conversation string // DeskRequest, DeskBegan, DeskSaid, DeskOver
	Part         string // DeskOver
	Language     string // DeskBegan
}

// DeskKind is what sort of news it is.
type DeskKind int

// The kinds of news at a desk.
const (
	DeskRequest DeskKind = iota + 1 // somebody waits to be accepted
	DeskGone                        // a request is no longer there
	DeskBegan                       // a conversation is the agent's now
	DeskSaid                        // its customer wrote
	DeskOver                        // the agent's part has ended and awaits its reason
	DeskRONA                        // a request was missed
)
