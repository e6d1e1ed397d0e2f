package rest

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/text"
)

// Block is somebody who may not write, or a network from where nobody may.
type Block struct {
	ID           id.Block        `json:"id"`
	Kind         string          `json:"kind" doc:"customer or network"`
	Network      string          `json:"network,omitempty"`
	Conversation id.Conversation `json:"conversation,omitempty" doc:"in which the customer was blocked"`
	Name         string          `json:"name,omitempty" doc:"of the customer, there"`
	Verified     bool            `json:"verified,omitempty" doc:"the site has signed who the customer is"`
	Reason       string          `json:"reason"`
	By           id.User         `json:"by"`
	ByName       string          `json:"by_name,omitempty" doc:"as the user is called now"`
	CreatedAt    time.Time       `json:"created_at"`
	ExpiresAt    *time.Time      `json:"expires_at,omitempty" doc:"none: until it is lifted"`
}

// BlockPage are some blocks.
type BlockPage struct {
	Blocks []Block `json:"blocks" doc:"newest first"`
	More   bool    `json:"more"`
}

// Term is why and for how long.
type Term struct {
	Reason string `json:"reason,omitempty" doc:"for colleagues: up to 200 characters"`
	Hours  int    `json:"hours,omitempty" doc:"up to 87600; 0: until it is lifted"`
}

// NewBlock is a network to be blocked.
type NewBlock struct {
	Network string `json:"network" doc:"an address or a network: from /16, of IPv6 from /32; one address of IPv6 is its /64"`
	Reason  string `json:"reason,omitempty" doc:"for colleagues: up to 200 characters"`
	Hours   int    `json:"hours,omitempty" doc:"up to 87600; 0: until it is lifted"`
}

type (
	// BlocksInput is the request of listBlocks.
	BlocksInput struct {
		Query  string   `query:"q" maxLength:"100" doc:"only those with this in the network, the reason or the customer's name"`
		Before id.Block `query:"before" doc:"only older ones; empty: the newest"`
		Limit  int      `query:"limit" minimum:"1" maximum:"200" default:"50"`
	}
	// NewBlockInput is the request of blockNetwork.
	NewBlockInput struct {
		Command
		Body JSON[NewBlock]
	}
	// BlockInput names a block.
	BlockInput struct {
		ID id.Block `path:"id" doc:"the block"`
	}
	// BlockCustomerInput is the request of blockCustomer.
	BlockCustomerInput struct {
		ConversationCommand
		Body JSON[Term]
	}
)

func (a *API) blockOperations() {
	const tag, at = "blocks", Prefix + "/blocks"
	add(a, operation{"listBlocks", http.MethodGet, at, tag, staff, "Who may not write", 0}, a.listBlocks)
	add(a, operation{"blockNetwork", http.MethodPost, at, tag, staff, "Let nobody write who comes from an address or a network", http.StatusCreated},
		func(ctx context.Context, c *call, in *NewBlockInput) (*Answer[Block], error) {
			n := in.Body.value
			return a.block(ctx, c, in.Command, access.Block{Network: n.Network}, Term{n.Reason, n.Hours})
		})
	add(a, operation{"liftBlock", http.MethodDelete, at + "/{id}", tag, staff, "Let them write again", 0},
		func(ctx context.Context, c *call, in *BlockInput) (*Nothing, error) {
			return &Nothing{}, a.blocks.Unblock(ctx, c.actor, in.ID)
		})
	add(a, operation{"blockCustomer", http.MethodPost, Prefix + "/conversations/{id}/block", tag, staff, "Keep the customer of a conversation from writing, here and anywhere; what was said stays to be read", http.StatusCreated},
		func(ctx context.Context, c *call, in *BlockCustomerInput) (*Answer[Block], error) {
			customer, err := a.engine.CustomerToBlock(ctx, c.actor, in.ID)
			if err != nil {
				return nil, err
			}
			return a.block(ctx, c, in.Command, access.Block{Customer: customer, Conversation: in.ID}, in.Body.value)
		})
}

// block is repeated without harm: there is one block of each customer and
// network.
func (a *API) block(ctx context.Context, c *call, head Command, b access.Block, t Term) (*Answer[Block], error) {
	if _, err := head.id(http.MethodPost); err != nil {
		return nil, err
	}
	if t.Hours < 0 || t.Hours > maxBlockHours {
		return nil, problem.New(problem.OutOfRange, "field", "hours", "min", 0, "max", maxBlockHours)
	}
	b.ID, b.Reason = Mint[id.Block](id.PrefixBlock), a.engine.Masked(c.actor.Org, strings.TrimSpace(t.Reason))
	if n := utf8.RuneCountInString(b.Reason); n > access.MaxBlockReason {
		return nil, problem.New(problem.TextTooLong, "count", n, "max", access.MaxBlockReason)
	}
	if at := text.Control(b.Reason); at >= 0 {
		return nil, problem.New(problem.ControlCharacter, "position", at)
	}
	b, err := a.blocks.Block(ctx, c.actor, b, t.Hours)
	if err != nil {
		return nil, err
	}
	return &Answer[Block]{blockOf(access.Blocked{Block: b}, nil)}, nil
}

// maxBlockHours is ten years.
const maxBlockHours = 87600

func (a *API) listBlocks(ctx context.Context, c *call, in *BlocksInput) (*Answer[BlockPage], error) {
	found, err := a.blocks.Blocks(ctx, c.actor, in.Query, in.Before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	names, err := a.userNames(ctx, c.actor)
	if err != nil {
		return nil, err
	}
	page := BlockPage{Blocks: []Block{}, More: len(found) > in.Limit}
	for _, b := range found[:min(len(found), in.Limit)] {
		page.Blocks = append(page.Blocks, blockOf(b, names))
	}
	return &Answer[BlockPage]{page}, nil
}

func blockOf(b access.Blocked, names map[string]string) Block {
	v := Block{
		ID: b.ID, Kind: "customer", Network: b.Network, Conversation: b.Conversation, Name: b.Name, Verified: b.Verified,
		Reason: b.Reason, By: b.By, ByName: names[string(b.By)], CreatedAt: b.CreatedAt.UTC(),
	}
	if b.Network != "" {
		v.Kind = "network"
	}
	if !b.ExpiresAt.IsZero() {
		at := b.ExpiresAt.UTC()
		v.ExpiresAt = &at
	}
	return v
}
