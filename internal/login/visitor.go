package login

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// StartVisitor gives a new customer their token.
//
// The token follows from the embed token and the key of the request by which
// the customer starts: whoever repeats that request, because its answer was
// lost, gets the same token and is the same customer, also when the embed
// token has expired meanwhile. A stranger would have to guess both.
//
// customer is minted by the caller and used if the visitor is new, and so is
// the work, of whoever has to do some: whoever repeats did it before.
func (s *Service) StartVisitor(ctx context.Context, o id.Org, asset id.Asset, embed, key string, customer id.Customer, w access.Work) (secret string, v access.Visitor, err error) {
	raw := s.derive(string(o), string(asset), embed, key)
	secret, digest := base64.RawURLEncoding.EncodeToString(raw), access.Digest(sha256.Sum256(raw))

	v, err = s.store.Visitor(ctx, digest)
	if err == nil {
		return secret, v, nil
	}
	if !errors.Is(err, problem.New(problem.NotFound)) {
		return "", access.Visitor{}, err
	}
	if _, err := s.CheckEmbed(embed, o, asset); err != nil {
		return "", access.Visitor{}, err
	}
	if err := s.CheckWork(o, asset, embed, key, w); err != nil {
		return "", access.Visitor{}, err
	}
	v, err = s.store.PutVisitor(ctx, access.Visitor{Digest: digest, Org: o, Asset: asset, Customer: customer, CreatedAt: s.now()})
	return secret, v, err
}

// Visitor finds who holds a visitor token.
func (s *Service) Visitor(ctx context.Context, secret string) (access.Visitor, error) {
	digest, ok := digestOf(secret)
	if !ok {
		return access.Visitor{}, problem.New(problem.TokenInvalid)
	}
	v, err := s.store.Visitor(ctx, digest)
	if errors.Is(err, problem.New(problem.NotFound)) {
		return access.Visitor{}, problem.New(problem.TokenInvalid)
	}
	if err == nil {
		err = s.current(ctx, v)
	}
	return v, err
}

// EndVisitors closes what is open by tokens that there are no more.
func (s *Service) EndVisitors(tokens []access.Digest) {
	for _, t := range tokens {
		s.live.end(t)
	}
}

// Opened records the conversation that the visitor's token opens from now on.
func (s *Service) Opened(ctx context.Context, v access.Visitor, c id.Conversation) error {
	if v.Conversation == c {
		return nil
	}
	return s.store.SetVisitorConversation(ctx, v.Digest, c)
}

// Customer is the customer who holds a visitor token, for a socket. An embed
// token that comes with it must be one of ours for the same asset; it may be
// an old one, because the visitor token proves that the conversation was
// started with a fresh one. ended is called once if the token is revoked;
// whoever got in calls closed when they leave.
func (s *Service) Customer(ctx context.Context, secret, embed string, ended func()) (actor access.Actor, closed func(), err error) {
	digest, _ := digestOf(secret)
	closed = s.live.open(access.Actor{Session: string(digest[:])}, ended)
	// Registered first, then asked: a revocation between the two is seen here, a
	// later one by ended.
	if actor, err = s.customer(ctx, secret, embed); err != nil {
		closed()
		return access.Actor{}, nil, err
	}
	return actor, closed, nil
}

func (s *Service) customer(ctx context.Context, secret, embed string) (access.Actor, error) {
	v, err := s.Visitor(ctx, secret)
	if err != nil {
		return access.Actor{}, err
	}
	if embed != "" {
		if e, ok := s.readEmbed(embed); !ok || e.Org != v.Org || e.Asset != v.Asset {
			return access.Actor{}, problem.New(problem.Forbidden)
		}
	}
	if v.Conversation == "" {
		return access.Actor{}, problem.New(problem.NotFound)
	}
	return v.Actor(), nil
}
