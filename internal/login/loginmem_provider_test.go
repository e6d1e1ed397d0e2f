package login

import (
	"context"
	"slices"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// outside are what the store in memory knows of other systems.
type outside struct {
	secrets []access.ProviderSecret
	known   []access.LinkedIdentity
}

func (m *mem) OnlyOrganization(context.Context) (id.Org, error) {
	all := map[id.Org]bool{}
	for _, a := range m.accounts {
		all[a.Org] = true
	}
	for o := range all {
		if len(all) == 1 {
			return o, nil
		}
	}
	return "", notFound
}

func (m *mem) PutProviderSecret(_ context.Context, s access.ProviderSecret) error {
	m.outside.secrets = append(slices.DeleteFunc(m.outside.secrets, func(x access.ProviderSecret) bool { return x.Provider == s.Provider }), s)
	return nil
}

func (m *mem) ProviderSecrets(context.Context, id.Org) ([]access.ProviderSecret, error) {
	return m.outside.secrets, nil
}

func (m *mem) LinkedUser(_ context.Context, o id.Org, issuer, subject string) (id.User, error) {
	for _, l := range m.outside.known {
		if l.Org == o && l.Issuer == issuer && l.Subject == subject {
			return l.User, nil
		}
	}
	return "", notFound
}

func (m *mem) LinkIdentity(_ context.Context, l access.LinkedIdentity) error {
	for _, x := range m.outside.known {
		if x.Org == l.Org && x.Issuer == l.Issuer && (x.Subject == l.Subject || x.User == l.User) {
			return problem.New(problem.SignInRefused, "reason", "unknown")
		}
	}
	m.outside.known = append(m.outside.known, l)
	return nil
}

func (m *mem) DeleteLinkedIdentities(ctx context.Context, o id.Org, u id.User) error {
	m.outside.known = slices.DeleteFunc(m.outside.known, func(l access.LinkedIdentity) bool { return l.Org == o && l.User == u })
	return m.DeleteSessions(ctx, o, u)
}
