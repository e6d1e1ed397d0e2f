package engine

import (
	"context"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
)

// CustomerToBlock is the customer of a conversation, for who may block them.
func (e *Engine) CustomerToBlock(ctx context.Context, a access.Actor, c id.Conversation) (id.Customer, error) {
	return answer(ctx, e, a.Org, func(f *floor, _ time.Time) (none id.Customer, err error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return none, err
		}
		if err := access.Allow(a, access.BlockCustomer, f.relation(a, cached.state)); err != nil {
			return none, err
		}
		return cached.state.Header().Customer, nil
	})
}
