package cluster

import (
	"context"

	"hiwar/internal/id"
)

// Leases is what nodes agree upon, in the database and by its clock.
type Leases interface {
	// Beat says that the node is there, renews all that it has, and is how
	// everything stands then.
	Beat(ctx context.Context, me Peer) (View, error)
	// Take gives an organization to a node, if nothing about it has changed since
	// it was seen as h; ok says so. From then on commits with an earlier epoch are
	// refused.
	Take(ctx context.Context, h Holding, node string) (epoch int64, ok bool, err error)
	// Hand gives what the node has to another, or to nobody ("").
	Hand(ctx context.Context, h Holding, to string) error
	// Leave removes the node.
	Leave(ctx context.Context, node string) error
}

// Link carries what nodes say to each other. It may lose anything.
type Link interface {
	// Ask is what a node answers. It fails where there is no such node.
	Ask(ctx context.Context, node string, question []byte) (answer []byte, err error)
	// Answer gives all questions to f, in the order in which each node asked
	// them; f must not block, and calls back once.
	Answer(f func(question []byte, answer func([]byte))) error
	// Tell reaches the other nodes that are there; Hear gets what they tell.
	Tell(what []byte)
	Hear(f func(what []byte)) error
}

// hint is what nodes tell each other.
type hint struct {
	From string `json:"from"`
	Org  id.Org `json:"org,omitempty"` // it changed hands
}
