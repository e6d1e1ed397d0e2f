package engine

import (
	"context"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// ExplainConversation says why a conversation is offered where it is, or why it
// still waits, to those of the staff who may read it.
func (e *Engine) ExplainConversation(ctx context.Context, a access.Actor, c id.Conversation) (view.Explanation, error) {
	return answer(ctx, e, a.Org, func(f *floor, now time.Time) (v view.Explanation, err error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return v, err
		}
		if err := access.Allow(a, access.ReadStaffThread, f.relation(a, cached.state)); err != nil {
			return v, err
		}
		x, _ := f.state.ExplainConversation(c, now)
		return view.ExplanationOf(c, x, f.book), nil
	})
}

// ExplainAgent says why an agent gets no requests: to themselves, and to
// supervisors of everybody.
func (e *Engine) ExplainAgent(ctx context.Context, a access.Actor, u id.User) (view.Standing, error) {
	op := access.ReadAgents
	if u == a.User {
		op = access.ReadDesk
	}
	if err := access.Allow(a, op, access.None); err != nil {
		return view.Standing{}, err
	}
	return answer(ctx, e, a.Org, func(f *floor, now time.Time) (v view.Standing, err error) {
		if !slices.ContainsFunc(f.state.Config().Users, func(x org.User) bool { return x.ID == u && x.Has(org.RoleAgent) }) {
			return v, problem.New(problem.NotFound)
		}
		return view.StandingOf(u, f.state.ExplainAgent(u, now), f.book), nil
	})
}
