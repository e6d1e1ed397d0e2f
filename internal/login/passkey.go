package login

import (
	"context"
	"crypto/rand"
	"strings"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/problem"
	"hiwar/internal/text"
)

// Why a passkey is refused: the reasons of [problem.PasskeyRefused].
const (
	noSite   = "address" // nobody said which site passkeys are for
	tooOld   = "expired" // the challenge has ended, or was used
	tooMany  = "most"
	knownOne = "known"
)

func passkeyRefused(reason string) error {
	return problem.New(problem.PasskeyRefused, "reason", reason, "max", access.MaxPasskeys)
}

// Passkeys are the actor's, oldest first; none can be made where possible is
// false.
func (s *Service) Passkeys(ctx context.Context, actor access.Actor) (all []access.Passkey, possible bool, err error) {
	all, err = s.store.Passkeys(ctx, actor.Org, actor.User)
	return all, s.relying != nil, err
}

// OfferPasskey begins a passkey of the actor's.
func (s *Service) OfferPasskey(ctx context.Context, actor access.Actor) (access.PasskeyOffer, error) {
	a, err := s.account(ctx, actor)
	if err != nil {
		return access.PasskeyOffer{}, err
	}
	request, err := s.requestOf(ctx, a, toAdd, actor.Session)
	if err != nil {
		return access.PasskeyOffer{}, err
	}
	if len(request.Credentials) >= access.MaxPasskeys {
		return access.PasskeyOffer{}, passkeyRefused(tooMany)
	}
	offer := access.PasskeyOffer{
		Challenge: request.Challenge, Site: request.Site, Credentials: request.Credentials,
		Handle: base64url.EncodeToString(handleOf(a.Org, a.User.ID)), Email: a.User.Email, Name: a.User.Name,
	}
	for _, alg := range algorithms {
		offer.Algorithms = append(offer.Algorithms, int64(alg))
	}
	return offer, nil
}

// AddPasskey keeps a passkey that was made of an offer to this very session. All
// sessions of the actor are whole from then on.
func (s *Service) AddPasskey(ctx context.Context, actor access.Actor, n access.NewPasskey) (access.Passkey, error) {
	name, err := passkeyName(n.Name)
	if err != nil {
		return access.Passkey{}, err
	}
	if s.relying == nil {
		return access.Passkey{}, passkeyRefused(noSite)
	}
	parsed, err := parseNew(n)
	if err != nil {
		return access.Passkey{}, problem.New(problem.PasskeyRefused).Because(err)
	}
	challenge := parsed.Response.CollectedClientData.Challenge
	if !s.challenges.is(challenge, toAdd, actor.Session) {
		return access.Passkey{}, passkeyRefused(tooOld)
	}
	p, err := s.relying.made(challenge, handleOf(actor.Org, actor.User), parsed)
	if err != nil {
		return access.Passkey{}, problem.New(problem.PasskeyRefused).Because(err)
	}
	if !s.challenges.take(challenge) {
		return access.Passkey{}, passkeyRefused(tooOld)
	}
	p.Org, p.User, p.ID, p.Name, p.CreatedAt = actor.Org, actor.User, "pky_"+strings.ToLower(rand.Text()[:12]), name, s.now()
	ctx = engine.WithWitness(ctx, actor, engine.ActAddPasskey, p.ID, p.CreatedAt)
	return p, s.store.AddPasskey(ctx, p, access.MaxPasskeys)
}

// RenamePasskey gives one of the actor's another name.
func (s *Service) RenamePasskey(ctx context.Context, actor access.Actor, passkey, name string) error {
	name, err := passkeyName(name)
	if err != nil {
		return err
	}
	ctx = engine.WithWitness(ctx, actor, engine.ActRenamePasskey, passkey, s.now())
	return s.store.RenamePasskey(ctx, actor.Org, actor.User, passkey, name)
}

// RemovePasskey takes one of the actor's away, unless it is their only second
// step and one is wanted of them.
func (s *Service) RemovePasskey(ctx context.Context, actor access.Actor, passkey string) error {
	a, err := s.account(ctx, actor)
	if err != nil {
		return err
	}
	ctx = engine.WithWitness(ctx, actor, engine.ActRemovePasskey, passkey, s.now())
	return s.store.DeletePasskey(ctx, actor.Org, actor.User, passkey, !a.Obliged)
}

func passkeyName(given string) (string, error) {
	name, err := text.Name(given, access.MaxPasskeyName)
	if err != nil {
		return "", problem.New(problem.NameInvalid, "max", access.MaxPasskeyName).Because(err)
	}
	return name, nil
}

// requestOf asks for one of an account's passkeys.
func (s *Service) requestOf(ctx context.Context, a access.Account, p purpose, owner string) (access.PasskeyRequest, error) {
	if s.relying == nil {
		return access.PasskeyRequest{}, passkeyRefused(noSite)
	}
	all, err := s.store.Passkeys(ctx, a.Org, a.User.ID)
	if err != nil {
		return access.PasskeyRequest{}, err
	}
	r := access.PasskeyRequest{Challenge: s.challenges.make(p, owner), Site: s.relying.name(), Credentials: []string{}}
	for _, k := range all {
		r.Credentials = append(r.Credentials, base64url.EncodeToString(k.Credential))
	}
	return r, nil
}
