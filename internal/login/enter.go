package login

import (
	"context"
	"errors"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

// RequestPasskey asks for any passkey of the site, to sign in with.
func (s *Service) RequestPasskey() (access.PasskeyRequest, error) {
	if s.relying == nil {
		return access.PasskeyRequest{}, passkeyRefused(noSite)
	}
	return access.PasskeyRequest{Challenge: s.challenges.make(toEnter, ""), Site: s.relying.name(), Credentials: []string{}}, nil
}

// EnterWithPasskey makes a session for whoever has a passkey: it is both steps
// at once. What was asked for beside a password takes passkeys of that account
// alone.
func (s *Service) EnterWithPasskey(ctx context.Context, answer access.PasskeyAnswer, address, userAgent string) (secret string, err error) {
	a, err := s.byPasskey(ctx, answer, address, func(challenge string, a access.Account) bool {
		return answer.Handle != "" && s.challenges.is(challenge, toEnter, "") || s.challenges.is(challenge, toStep, owner(a.Org, a.User.ID))
	})
	if err != nil {
		return "", err
	}
	return s.begin(ctx, s.sessionOf(a, userAgent))
}

// stepNeeded asks for the second step: a code where there is an authenticator,
// and a passkey where there is one.
func (s *Service) stepNeeded(ctx context.Context, a access.Account) error {
	needed := []any{"code", a.Factor.On()}
	if !a.Factor.On() {
		needed = append(needed, "reason", "passkey")
	}
	if a.Passkeys > 0 {
		request, err := s.requestOf(ctx, a, toStep, owner(a.Org, a.User.ID))
		if err == nil {
			needed = append(needed, "passkey", request)
		} else if !errors.Is(err, problem.New(problem.PasskeyRefused)) {
			return err
		}
	}
	return problem.New(problem.SecondStepNeeded, needed...)
}

// stepByPasskey is the second step of an account, by a passkey of it that was
// asked for by stepNeeded.
func (s *Service) stepByPasskey(ctx context.Context, a access.Account, answer access.PasskeyAnswer, address string) error {
	_, err := s.byPasskey(ctx, answer, address, func(challenge string, of access.Account) bool {
		return of.Org == a.Org && of.User.ID == a.User.ID && s.challenges.is(challenge, toStep, owner(a.Org, a.User.ID))
	})
	return err
}

// RequestProof asks for one of the actor's passkeys, as proof that it is still
// them.
func (s *Service) RequestProof(ctx context.Context, actor access.Actor) (access.PasskeyRequest, error) {
	a, err := s.account(ctx, actor)
	if err != nil {
		return access.PasskeyRequest{}, err
	}
	if a.Passkeys == 0 {
		return access.PasskeyRequest{}, problem.New(problem.NotFound)
	}
	return s.requestOf(ctx, a, toProve, actor.Session)
}

// ConfirmByPasskey is [Service.Confirm] by one of the actor's passkeys, which
// this very session asked for.
func (s *Service) ConfirmByPasskey(ctx context.Context, actor access.Actor, answer access.PasskeyAnswer, address string) error {
	_, err := s.byPasskey(ctx, answer, address, func(challenge string, of access.Account) bool {
		return of.Org == actor.Org && of.User.ID == actor.User && s.challenges.is(challenge, toProve, actor.Session)
	})
	if err != nil {
		return err
	}
	return s.store.ProveSession(ctx, digestIn(actor), s.now())
}

// byPasskey is the account whose passkey signed an answer to a challenge that
// was made for it. It uses the challenge up. Whatever is wrong is one answer.
func (s *Service) byPasskey(ctx context.Context, answer access.PasskeyAnswer, address string, asked func(challenge string, a access.Account) bool) (access.Account, error) {
	if s.relying == nil {
		return access.Account{}, passkeyRefused(noSite)
	}
	failed := problem.New(problem.LoginFailed, "reason", "passkey")
	parsed, err := parseAnswer(answer)
	if err != nil {
		return access.Account{}, failed.Because(err)
	}
	p, a, err := s.holderOf(ctx, parsed.RawID)
	if errors.Is(err, problem.New(problem.NotFound)) {
		return access.Account{}, failed
	}
	if err != nil {
		return access.Account{}, err
	}
	challenge := parsed.Response.CollectedClientData.Challenge
	if a.User.Disabled || !asked(challenge, a) {
		return access.Account{}, failed
	}
	count, copied, err := s.relying.signed(challenge, p, parsed)
	if err != nil {
		return access.Account{}, failed.Because(err)
	}
	if !s.challenges.take(challenge) {
		return access.Account{}, failed
	}
	return a, s.used(ctx, p, count, copied, address)
}

// used keeps what a device counts. Where it counts back there are two of it, and
// nobody can say which is the user's: the passkey lets nobody in from then on.
func (s *Service) used(ctx context.Context, p access.Passkey, count int64, copied bool, address string) error {
	refused := problem.New(problem.LoginFailed, "reason", "passkey_copied")
	if !p.CopiedAt.IsZero() {
		return refused
	}
	if copied {
		actor := access.Actor{Kind: access.Staff, Org: p.Org, User: p.User, Address: address}
		ctx = engine.WithWitness(ctx, actor, engine.ActCopiedPasskey, p.ID, s.now())
		if err := s.store.RefusePasskey(ctx, p.Org, p.User, p.ID, s.now()); err != nil {
			return err
		}
		return refused
	}
	ok, err := s.store.UsePasskey(ctx, p.Org, p.User, p.ID, count, s.now())
	if err == nil && !ok { // it was used, or taken away, at the same time
		err = problem.New(problem.LoginFailed, "reason", "passkey")
	}
	return err
}

// holderOf is a passkey with its account.
func (s *Service) holderOf(ctx context.Context, credential []byte) (access.Passkey, access.Account, error) {
	p, user, err := s.store.Passkey(ctx, credential)
	if err != nil {
		return p, access.Account{}, err
	}
	a, err := s.store.Account(ctx, CanonicalEmail(user.Email))
	if err == nil && (a.Org != p.Org || a.User.ID != p.User) {
		err = problem.New(problem.NotFound) // the address went to somebody else meanwhile
	}
	return p, a, err
}
