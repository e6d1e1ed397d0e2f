package login

import (
	"context"
	"slices"
	"strings"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Directory is the configuration of organizations: who is on their staff, and
// which providers they have.
type Directory interface {
	Configuration(ctx context.Context, actor access.Actor) (org.Config, error)
	Do(ctx context.Context, r engine.Request) (engine.Reply, error)
}

// Authority asks providers who somebody is. It has checked what it returns;
// what is wrong is [problem.SignInRefused], and a provider that does not answer
// [problem.ProviderUnreachable].
type Authority interface {
	// Address is where a browser is sent to sign in.
	Address(ctx context.Context, p access.RelyingParty, f access.Flow) (string, error)
	// Identity exchanges the code that the browser came back with.
	Identity(ctx context.Context, p access.RelyingParty, f access.Flow, code string) (access.Identified, error)
}

// Providers sign people in whom another system knows. The sessions are those of
// [Service], with all that holds of them.
type Providers struct {
	*Service
	directory Directory
	authority Authority
	spent     spent
}

// NewProviders signs in to the sessions of s.
func NewProviders(s *Service, d Directory, a Authority) *Providers {
	return &Providers{Service: s, directory: d, authority: a, spent: spent{until: map[string]time.Time{}}}
}

// Offered are the providers by which one can sign in to an organization; of ""
// that is the only one of the installation. Where there is no such organization
// there are none: nobody learns which there are.
func (p *Providers) Offered(ctx context.Context, o id.Org) (id.Org, []org.Provider, error) {
	if o == "" {
		only, err := p.store.OnlyOrganization(ctx)
		if problem.CodeOf(err) == problem.NotFound && err != nil {
			return "", nil, nil
		}
		if err != nil {
			return "", nil, err
		}
		o = only
	}
	config, err := p.directory.Configuration(ctx, access.Actor{Kind: access.System, Org: o})
	if err != nil && problem.CodeOf(err) == problem.NotFound {
		return "", nil, nil
	}
	return o, slices.DeleteFunc(slices.Clone(config.Providers), func(x org.Provider) bool { return x.Archived }), err
}

// Begin sends a browser to a provider. The address is where it goes, and cookie
// is what it has to come back with; back is where it comes back to.
func (p *Providers) Begin(ctx context.Context, o id.Org, provider id.Provider, back string) (address, cookie string, err error) {
	_, found, err := p.find(ctx, o, provider)
	if err != nil {
		return "", "", err
	}
	j := journey{Org: o, Provider: provider, Flow: newFlow(), Back: back, Until: p.now().Add(journeyLife)}
	party, err := p.party(ctx, found, j)
	if err != nil {
		return "", "", err
	}
	if address, err = p.authority.Address(ctx, party, j.Flow); err != nil {
		return "", "", err
	}
	return address, p.seal(j), nil
}

// find is a provider that can be used, with the configuration it is in.
func (p *Providers) find(ctx context.Context, o id.Org, provider id.Provider) (org.Config, org.Provider, error) {
	config, err := p.directory.Configuration(ctx, access.Actor{Kind: access.System, Org: o})
	if err != nil {
		return config, org.Provider{}, err
	}
	at := slices.IndexFunc(config.Providers, func(x org.Provider) bool { return x.ID == provider && !x.Archived })
	if at < 0 {
		return config, org.Provider{}, problem.New(problem.NotFound)
	}
	return config, config.Providers[at], nil
}

// party is what we are to the provider. A secret that was given for another
// issuer is shown to nobody.
func (p *Providers) party(ctx context.Context, found org.Provider, j journey) (access.RelyingParty, error) {
	party := access.RelyingParty{Issuer: found.Issuer, ClientID: found.ClientID, Scopes: found.Asked(), Return: j.Back}
	all, err := p.store.ProviderSecrets(ctx, j.Org)
	if err != nil {
		return party, err
	}
	for _, s := range all {
		if s.Provider != found.ID || s.Issuer != found.Issuer {
			continue
		}
		secret, err := p.sealer.open(s.Sealed, ownerOfSecret(s))
		if err != nil {
			return party, problem.New(problem.SignInRefused, "reason", "secret").Because(err)
		}
		party.Secret = string(secret)
	}
	return party, nil
}

func ownerOfSecret(s access.ProviderSecret) string {
	return strings.Join([]string{"provider", string(s.Org), string(s.Provider), s.Issuer}, "\x00")
}

// longestSecret is how long what we show a provider may be.
const longestSecret = 1000

// SetSecret keeps what a provider is shown, sealed. It is never read again by
// anybody.
func (p *Providers) SetSecret(ctx context.Context, o id.Org, provider id.Provider, secret string) error {
	config, err := p.directory.Configuration(ctx, access.Actor{Kind: access.System, Org: o})
	if err != nil {
		return err
	}
	at := slices.IndexFunc(config.Providers, func(x org.Provider) bool { return x.ID == provider })
	if at < 0 {
		return problem.New(problem.NotFound)
	}
	if secret = strings.TrimSpace(secret); secret == "" || len(secret) > longestSecret {
		return problem.New(problem.InvalidParameter, "parameter", "secret")
	}
	s := access.ProviderSecret{Org: o, Provider: provider, Issuer: config.Providers[at].Issuer}
	s.Sealed = p.sealer.seal([]byte(secret), ownerOfSecret(s))
	return p.store.PutProviderSecret(ctx, s)
}

// WithSecret are the providers that have one for the issuer that they have.
func (p *Providers) WithSecret(ctx context.Context, config org.Config) (list []id.Provider, err error) {
	all, err := p.store.ProviderSecrets(ctx, config.Organization.ID)
	for _, s := range all {
		if slices.ContainsFunc(config.Providers, func(x org.Provider) bool { return x.ID == s.Provider && x.Issuer == s.Issuer }) {
			list = append(list, s.Provider)
		}
	}
	return list, err
}

// Unlink forgets under which names other systems know a user, because somebody
// else has the account there now, and ends all their sessions.
func (p *Providers) Unlink(ctx context.Context, o id.Org, u id.User) error {
	if err := p.store.DeleteLinkedIdentities(ctx, o, u); err != nil {
		return err
	}
	p.live.endUser(o, u)
	return nil
}
