package rest

import (
	"context"
	"net/http"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Providers are other systems by which one can sign in.
type Providers interface {
	// Offered are those of an organization, or of the only one; none where there
	// is no such organization.
	Offered(ctx context.Context, o id.Org) (id.Org, []org.Provider, error)
	// Begin sends a browser to a provider, with the cookie to come back with.
	Begin(ctx context.Context, o id.Org, provider id.Provider, back string) (address, cookie string, err error)
	// Finish signs in whoever comes back. With problem.SecondStepNeeded, and a
	// code that was not right, next is the cookie to come again with.
	Finish(ctx context.Context, in access.Arrival) (secret, next string, err error)
	// SetSecret keeps what a provider is shown; WithSecret are those that have
	// one.
	SetSecret(ctx context.Context, o id.Org, provider id.Provider, secret string) error
	WithSecret(ctx context.Context, config org.Config) ([]id.Provider, error)
	// Unlink forgets under which names other systems know a user, and ends their
	// sessions.
	Unlink(ctx context.Context, o id.Org, u id.User) error
}

// returnPath is the page that providers send browsers back to.
const returnPath = "/login"

// ProviderButton is one way to sign in.
type ProviderButton struct {
	ID   id.Provider `json:"id"`
	Name org.Name    `json:"name"`
}

// ProviderButtons are the ways to sign in to an organization beside a password.
type ProviderButtons struct {
	Organization id.Org           `json:"organization,omitempty" doc:"whose they are"`
	Providers    []ProviderButton `json:"providers"`
}

// Departure is where the browser goes to sign in.
type Departure struct {
	Address string `json:"address" doc:"of the provider"`
}

// Return is what the browser comes back with.
type Return struct {
	State string `json:"state,omitempty"`
	Code  string `json:"code,omitempty" doc:"of the provider"`
	Error string `json:"error,omitempty" doc:"of the provider, instead of a code"`
	Step  string `json:"step,omitempty" doc:"of the authenticator, or a recovery code; wanted where the answer without it is second_step_needed, and then alone"`
}

// NewProviderSecret is what a provider is to be shown.
type NewProviderSecret struct {
	Secret string `json:"secret" doc:"is never given out again"`
}

// ProviderSecrets say which providers have a secret.
type ProviderSecrets struct {
	Providers []id.Provider `json:"providers" doc:"that have one for the issuer they have now"`
}

type (
	// ProvidersInput is the request of listSignInProviders.
	ProvidersInput struct {
		Organization id.Org `query:"organization" doc:"whose; may be left out where the installation has one"`
	}
	// DepartInput is the request of beginSignIn.
	DepartInput struct {
		Organization id.Org      `path:"organization" doc:"the organization"`
		Provider     id.Provider `path:"provider" doc:"the provider"`
	}
	// ReturnInput is the request of finishSignIn.
	ReturnInput struct{ Body JSON[Return] }
	// ProviderSecretInput is the request of setProviderSecret.
	ProviderSecretInput struct {
		ID   id.Provider `path:"id" doc:"the provider"`
		Body JSON[NewProviderSecret]
	}
	// UnlinkInput is the request of unlinkUser.
	UnlinkInput struct {
		ID id.User `path:"id" doc:"the user"`
	}
	// Departed sets the cookie to come back with.
	Departed struct {
		SetCookie string `header:"Set-Cookie"`
		Body      Departure
	}
	// Arrived sets the session's cookie and takes that of the way away.
	Arrived struct {
		SetCookie []string `header:"Set-Cookie"`
		Body      Me
	}
)

func (a *API) providerOperations() {
	const tag = "session"
	add(a, operation{"listSignInProviders", http.MethodGet, Prefix + "/sign-in", tag, anybody, "The ways to sign in beside a password", 0}, a.signInProviders)
	add(a, operation{"beginSignIn", http.MethodPost, Prefix + "/sign-in/{organization}/{provider}", tag, anybody, "Set out to sign in at a provider, in this browser", 0}, a.depart)
	add(a, operation{"finishSignIn", http.MethodPost, Prefix + "/sign-in", tag, anybody, "Sign in with what a provider has sent the browser back with; works once", 0}, a.arrive)
	add(a, operation{"listProviderSecrets", http.MethodGet, Prefix + "/provider-secrets", tag, staff, "Which providers have a secret", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[ProviderSecrets], error) {
			config, err := a.engine.Configuration(ctx, c.actor)
			if err != nil {
				return nil, err
			}
			list, err := a.providers.WithSecret(ctx, config)
			if list == nil {
				list = []id.Provider{}
			}
			return &Answer[ProviderSecrets]{ProviderSecrets{list}}, err
		})
	add(a, operation{"setProviderSecret", http.MethodPut, Prefix + "/provider-secrets/{id}", tag, staff, "Set what a provider is shown; nobody reads it again", 0},
		func(ctx context.Context, c *call, in *ProviderSecretInput) (*Nothing, error) {
			return &Nothing{}, a.providers.SetSecret(witness(ctx, c, engine.ActProviderSecret, in.ID), c.actor.Org, in.ID, in.Body.value.Secret)
		})
	add(a, operation{"unlinkUser", http.MethodDelete, Prefix + "/users/{id}/linked-identities", tag, staff, "Forget under which names providers know a user, and end their sessions", 0},
		func(ctx context.Context, c *call, in *UnlinkInput) (*Nothing, error) {
			if _, err := a.inCharge(ctx, c, in.ID); err != nil {
				return nil, err
			}
			return &Nothing{}, a.providers.Unlink(witness(ctx, c, engine.ActUnlink, in.ID), c.actor.Org, in.ID)
		})
}

func (a *API) signInProviders(ctx context.Context, _ *call, in *ProvidersInput) (*Answer[ProviderButtons], error) {
	o, all, err := a.providers.Offered(ctx, in.Organization)
	list := ProviderButtons{Providers: []ProviderButton{}}
	for _, p := range all {
		list.Organization = o
		list.Providers = append(list.Providers, ProviderButton{p.ID, p.Name})
	}
	return &Answer[ProviderButtons]{list}, err
}

func (a *API) depart(ctx context.Context, c *call, in *DepartInput) (*Departed, error) {
	address, cookie, err := a.providers.Begin(ctx, in.Organization, in.Provider, a.origin(c)+returnPath)
	if err != nil {
		return nil, a.noted(ctx, c, err)
	}
	return &Departed{a.wayCookie(cookie), Departure{address}}, nil
}

func (a *API) arrive(ctx context.Context, c *call, in *ReturnInput) (*Arrived, error) {
	way := ""
	if cookie, err := c.request.Cookie(a.wayName()); err == nil {
		way = cookie.Value
	}
	r := in.Body.value
	secret, next, err := a.providers.Finish(ctx, access.Arrival{
		Cookie: way, State: r.State, Code: r.Code, Error: r.Error, Step: r.Step, Address: c.address, UserAgent: c.request.UserAgent(),
	})
	if err != nil {
		if next != "" {
			c.writer.Header().Set("Set-Cookie", a.wayCookie(next))
		}
		return nil, a.noted(ctx, c, err)
	}
	as, err := a.signedIn(ctx, c, secret)
	if err != nil {
		return nil, err
	}
	return &Arrived{[]string{as.SetCookie, a.wayCookie("")}, as.Body}, nil
}

// noted writes down why signing in through a provider did not work: whoever
// wanted in has the reference of the request, and nothing of what is behind it.
func (a *API) noted(ctx context.Context, c *call, err error) error {
	switch problem.CodeOf(err) {
	case problem.ProviderUnreachable, problem.SignInRefused:
		a.log.WarnContext(ctx, "signing in through a provider failed", "request_id", c.id, "error", err)
		p := problem.Of(err)
		params := []any{"reference", c.id}
		for name, value := range p.Params {
			params = append(params, name, value)
		}
		return problem.New(p.Code, params...).Because(err)
	}
	return err
}

// origin is that of the page that asks, under one of our own names.
func (a *API) origin(c *call) string {
	if a.secure {
		return "https://" + c.request.Host
	}
	return "http://" + c.request.Host
}

func (a *API) wayName() string {
	if a.secure {
		return "__Host-hiwar_way"
	}
	return "hiwar_way"
}

// wayLife is how long a browser keeps the cookie of a way; the server ends it
// earlier where it wants.
const wayLife = 20 * 60

// wayCookie goes along with what our own pages ask, and with nothing else.
func (a *API) wayCookie(value string) string {
	c := &http.Cookie{Name: a.wayName(), Value: value, Path: "/", MaxAge: wayLife, HttpOnly: true, Secure: a.secure, SameSite: http.SameSiteStrictMode}
	if value == "" {
		c.MaxAge = -1
	}
	return c.String()
}
