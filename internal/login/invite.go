package login

import (
	"context"
	"errors"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// inviteLife is how long an invitation works.
const inviteLife = 24 * time.Hour

// Invite makes the secret of a link by which a user chooses a password: their
// first one, or another when it was forgotten. Earlier links of the user stop
// working.
func (s *Service) Invite(ctx context.Context, o id.Org, u id.User) (secret string, expires time.Time, err error) {
	secret, digest := mint()
	expires = s.now().Add(inviteLife)
	return secret, expires, s.store.PutLink(ctx, access.Link{Digest: digest, Kind: access.InviteLink, Org: o, User: u, Expires: expires})
}

// InviteByEmail is Invite for who is known by their address only; there is
// [problem.NotFound] for nobody, and for who may not sign in. It is recorded as
// done on the server itself.
func (s *Service) InviteByEmail(ctx context.Context, email string) (secret string, expires time.Time, err error) {
	account, err := s.store.Account(ctx, CanonicalEmail(email))
	if err != nil {
		return "", expires, err
	}
	if account.User.Disabled {
		return "", expires, problem.New(problem.NotFound)
	}
	ctx = engine.WithWitness(ctx, access.Actor{Kind: access.System, Org: account.Org}, engine.ActInvite, string(account.User.ID), s.now())
	return s.Invite(ctx, account.Org, account.User.ID)
}

// Invited is whom an invitation is for. It is not used up.
func (s *Service) Invited(ctx context.Context, secret string) (org.User, error) {
	_, user, err := s.invited(ctx, secret)
	return user, err
}

func (s *Service) invited(ctx context.Context, secret string) (access.Link, org.User, error) {
	digest, _ := digestOf(secret)
	link, user, err := s.store.Invited(ctx, digest)
	if errors.Is(err, problem.New(problem.NotFound)) || err == nil && (user.Disabled || !s.now().Before(link.Expires)) {
		return access.Link{}, org.User{}, problem.New(problem.LinkExpired)
	}
	return link, user, err
}

// Join uses an invitation up: the password is the user's from now on, whoever
// was signed in as them is signed out, and they are signed in. Whoever has a
// second step shows it here too: the link stands for a forgotten password and
// for nothing else.
func (s *Service) Join(ctx context.Context, secret, password, code, address, userAgent string) (session string, err error) {
	return s.join(ctx, secret, password, address, userAgent, func(a access.Account) error { return s.second(ctx, a, code, address) })
}

// JoinByPasskey is [Service.Join] with a passkey as the second step.
func (s *Service) JoinByPasskey(ctx context.Context, secret, password string, answer access.PasskeyAnswer, address, userAgent string) (session string, err error) {
	return s.join(ctx, secret, password, address, userAgent, func(a access.Account) error { return s.stepByPasskey(ctx, a, answer, address) })
}

func (s *Service) join(ctx context.Context, secret, password, address, userAgent string, step func(access.Account) error) (session string, err error) {
	link, user, err := s.invited(ctx, secret)
	if err != nil {
		return "", err
	}
	account, err := s.store.Account(ctx, CanonicalEmail(user.Email))
	if err != nil {
		return "", err
	}
	if err := checkFor(account, password); err != nil {
		return "", err
	}
	if err := step(account); err != nil {
		return "", err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", err
	}
	joining := access.Actor{Kind: access.Staff, Org: link.Org, User: link.User, Address: address}
	if err := s.store.Join(engine.WithWitness(ctx, joining, engine.ActJoin, string(link.User), s.now()), link.Digest, hash, s.now()); err != nil {
		return "", err
	}
	s.live.endUser(link.Org, link.User)
	return s.begin(ctx, s.sessionOf(account, userAgent))
}
