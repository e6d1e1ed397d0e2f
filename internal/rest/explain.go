package rest

import (
	"context"
	"net/http"

	"hiwar/internal/id"
	"hiwar/internal/view"
)

// AgentInput names an agent.
type AgentInput struct {
	ID id.User `path:"id" doc:"the agent"`
}

// OfferInConversation names a request that was made of a conversation.
type OfferInConversation struct {
	InConversation
	Offer id.Offer `path:"offer" minimum:"1" doc:"its number"`
}

func (a *API) explainOperations() {
	add(a, operation{"getWaiting", http.MethodGet, Prefix + "/waiting", "floor", staff, "Who waits: for agents in the queues from whose list they may take somebody, for supervisors in the queues of their teams, and why they still wait", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[view.WaitingList], error) {
			v, err := a.engine.WaitingList(ctx, c.actor)
			return &Answer[view.WaitingList]{v}, err
		})
	add(a, operation{"explainConversation", http.MethodGet, Prefix + "/conversations/{id}/explain", "floor", staff, "Why a conversation is offered where it is, or still waits: everybody who could be asked, what rules them out, and the requests that were made of it", 0},
		func(ctx context.Context, c *call, in *InConversation) (*Answer[view.Explanation], error) {
			x, err := a.engine.ExplainConversation(ctx, c.actor, in.ID)
			return &Answer[view.Explanation]{x}, err
		})
	add(a, operation{"explainOffer", http.MethodGet, Prefix + "/conversations/{id}/offers/{offer}/explain", "floor", staff, "Who could have had a request that was made of a conversation, and what ruled out everybody else at that moment", 0},
		func(ctx context.Context, c *call, in *OfferInConversation) (*Answer[view.OfferExplanation], error) {
			x, err := a.engine.ExplainOffer(ctx, c.actor, in.ID, in.Offer)
			return &Answer[view.OfferExplanation]{x}, err
		})
	add(a, operation{"explainAgent", http.MethodGet, Prefix + "/agents/{id}/explain", "floor", staff, "Why an agent gets no requests", 0},
		func(ctx context.Context, c *call, in *AgentInput) (*Answer[view.Standing], error) {
			x, err := a.engine.ExplainAgent(ctx, c.actor, in.ID)
			return &Answer[view.Standing]{x}, err
		})
}
