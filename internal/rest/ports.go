// Package rest is the HTTP API: it decodes, authenticates and encodes. What a
// command does and who may do it is the engine's, so that a request over a
// socket and over HTTP get one answer.
package rest

import (
	"context"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/view"
)

// Engine is what the API needs of package engine. Every method checks what the
// actor may do and answers with a problem where they may not; reads are as of
// the last commit.
type Engine interface {
	Do(ctx context.Context, r engine.Request) (engine.Reply, error)
	Reads
	// Adopt makes the engine load an organization that was just created.
	Adopt(ctx context.Context, org id.Org) error
}

// Reads are the questions the API asks.
type Reads interface {
	// Snapshot is the topic as the actor may see it (view.Desk,
	// view.Conversation, view.StaffThread) and the number of its last event.
	Snapshot(ctx context.Context, actor access.Actor, topic string) (data any, seq id.Seq, err error)
	// Entries are up to limit entries of the public topic with numbers below
	// before (0: from the end), oldest first, and whether older ones exist.
	Entries(ctx context.Context, actor access.Actor, c id.Conversation, before id.Seq, limit int) (entries []view.Entry, more bool, err error)
	// Targets are the queues and agents a conversation could be given to now.
	Targets(ctx context.Context, actor access.Actor, c id.Conversation) (view.Targets, error)
	// Config is the organization's configuration. Not for customers.
	Config(ctx context.Context, actor access.Actor) (org.Config, error)
	// Agents are the states of everybody who may be an agent, for supervisors,
	// in order of name.
	Agents(ctx context.Context, actor access.Actor) ([]view.Agent, error)
	// AssetImpact counts the conversations of an asset that are not closed:
	// what deleting it would interrupt or close.
	AssetImpact(ctx context.Context, actor access.Actor, asset id.Asset) (live int, err error)
}

// PublicAsset finds the asset behind a public widget key, deleted ones
// included, with its organization.
type PublicAsset interface {
	AssetByKey(ctx context.Context, key string) (id.Org, org.Asset, error)
}
