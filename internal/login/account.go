package login

import (
	"context"

	"hiwar/internal/access"
	"hiwar/internal/problem"
)

// Sessions are the signed-in browsers of the actor, those seen last first, and
// which of them asks. What can no longer be used is not among them.
func (s *Service) Sessions(ctx context.Context, actor access.Actor) (all []access.Session, own string, err error) {
	known, err := s.store.SessionsOf(ctx, actor.Org, actor.User)
	if err != nil {
		return nil, "", err
	}
	now := s.now()
	for _, x := range known {
		if now.Sub(x.SeenAt) <= s.idle && now.Sub(x.CreatedAt) <= s.absolute {
			all = append(all, x)
		}
	}
	return all, access.Session{Digest: digestIn(actor)}.Name(), nil
}

// EndSession ends the actor's session of that name and closes its sockets.
// There is [problem.NotFound] for a name that is none of theirs.
func (s *Service) EndSession(ctx context.Context, actor access.Actor, name string) error {
	known, err := s.store.SessionsOf(ctx, actor.Org, actor.User)
	if err != nil {
		return err
	}
	for _, x := range known {
		if x.Name() == name {
			if err := s.store.DeleteSession(ctx, x.Digest); err != nil {
				return err
			}
			s.live.end(x.Digest)
			return nil
		}
	}
	return problem.New(problem.NotFound)
}

// ChangePassword makes another password the actor's, for who knows the present
// one; guessing costs what guessing at the door does. Every other session of
// theirs ends in the same transaction, in case somebody else knew it too.
func (s *Service) ChangePassword(ctx context.Context, actor access.Actor, present, next, address string) error {
	account, err := s.account(ctx, actor)
	if err != nil {
		return err
	}
	if err := s.knows(ctx, account, present, address); err != nil {
		return err
	}
	if err := checkFor(account, next); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, next)
	if err != nil {
		return err
	}
	if err := s.store.ChangePassword(ctx, actor.Org, actor.User, hash, digestIn(actor)); err != nil {
		return err
	}
	s.live.endOthers(actor)
	return nil
}
