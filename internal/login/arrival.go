package login

import (
	"context"
	"crypto/subtle"
	"errors"
	"slices"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Finish signs in whoever comes back from a provider. Each way back works once
// and in the browser that set out. Where a second step is wanted yet it is
// [problem.SecondStepNeeded], and next is the cookie to come again with, and
// with the code only.
func (p *Providers) Finish(ctx context.Context, in access.Arrival) (secret, next string, err error) {
	j, err := p.open(in.Cookie)
	if err != nil {
		return "", "", err
	}
	if j.User == "" {
		if j.User, err = p.arrive(ctx, j, in); err != nil {
			return "", "", err
		}
		j.Until = p.now().Add(journeyLife)
	}
	account, found, err := p.accountOf(ctx, j)
	if err != nil {
		return "", "", err
	}
	x := p.sessionOf(account, in.UserAgent)
	if !found.AskStep {
		x.Limited = false // what the provider asked for counts
	} else if err := p.second(ctx, account, in.Step, in.Address); err != nil {
		return "", p.seal(j), err
	}
	if !p.spent.first("arrived "+j.Flow.State, j.Until, p.now()) {
		return "", "", lost(nil)
	}
	secret, err = p.begin(ctx, x)
	return secret, "", err
}

// arrive is whom the provider says it is.
func (p *Providers) arrive(ctx context.Context, j journey, in access.Arrival) (id.User, error) {
	if subtle.ConstantTimeCompare([]byte(in.State), []byte(j.Flow.State)) != 1 || !p.spent.first(j.Flow.State, j.Until, p.now()) {
		return "", lost(nil)
	}
	if in.Error != "" {
		return "", problem.New(problem.SignInRefused, "reason", "denied").Because(errors.New(clip(in.Error, 100)))
	}
	_, found, err := p.find(ctx, j.Org, j.Provider)
	if err != nil {
		return "", err
	}
	party, err := p.party(ctx, found, j)
	if err != nil {
		return "", err
	}
	who, err := p.authority.Identity(ctx, party, j.Flow, in.Code)
	if err != nil {
		return "", err
	}
	actor := access.Actor{Kind: access.System, Org: j.Org, Address: in.Address, Provider: found.ID}
	user, err := p.known(ctx, actor, found, who)
	if err != nil {
		return "", err
	}
	return user, p.grant(ctx, actor, found, who, user)
}

// known is the user whom the provider means: whom it has meant before, whose
// address it is, or a new one.
func (p *Providers) known(ctx context.Context, actor access.Actor, found org.Provider, who access.Identified) (id.User, error) {
	user, err := p.store.LinkedUser(ctx, actor.Org, who.Issuer, who.Subject)
	if err == nil || problem.CodeOf(err) != problem.NotFound {
		return user, err
	}
	email := CanonicalEmail(who.Email)
	if email == "" {
		return "", refused("email")
	}
	config, err := p.directory.Configuration(ctx, actor)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(config.Users, func(u org.User) bool { return u.Email == email })
	switch {
	case at >= 0 && config.Users[at].Disabled:
		return "", refused("unknown")
	case at >= 0:
		user = config.Users[at].ID
	case found.Create:
		if user, err = p.create(ctx, actor, found, who); err != nil {
			return "", err
		}
	default:
		return "", refused("unknown")
	}
	now := p.now()
	ctx = engine.WithWitness(ctx, actor, engine.ActLink, string(user), now)
	return user, p.store.LinkIdentity(ctx, access.LinkedIdentity{Org: actor.Org, Issuer: who.Issuer, Subject: who.Subject, User: user, LinkedAt: now})
}

// accountOf is the account that somebody has arrived at, if it may be used.
func (p *Providers) accountOf(ctx context.Context, j journey) (access.Account, org.Provider, error) {
	config, found, err := p.find(ctx, j.Org, j.Provider)
	if err != nil {
		return access.Account{}, found, err
	}
	at := slices.IndexFunc(config.Users, func(u org.User) bool { return u.ID == j.User })
	if at < 0 {
		return access.Account{}, found, refused("unknown")
	}
	account, err := p.store.Account(ctx, CanonicalEmail(config.Users[at].Email))
	if err != nil {
		return account, found, err
	}
	if account.Org != j.Org || account.User.ID != j.User || account.User.Disabled {
		return account, found, refused("unknown")
	}
	return account, found, nil
}

func refused(reason string) error { return problem.New(problem.SignInRefused, "reason", reason) }
