// Package oidc asks other systems (OpenID Connect) who somebody is: it sends a
// browser there, and turns the code that it comes back with into an identity
// that was checked. Who that is here is package login's to say.
//
// Nothing is asked of a provider before somebody wants to sign in, and nothing
// waits for one longer than a few seconds.
package oidc

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	library "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"hiwar/internal/access"
	"hiwar/internal/problem"
)

// Options are what a Client may be given; the zero value serves.
type Options struct {
	// Loopback allows providers on this very machine, without TLS: where the
	// server itself is asked over loopback only.
	Loopback bool
	// Now is the clock; nil is the wall's.
	Now func() time.Time
	// Timeout is how long one answer may take; 0 is 5 s.
	Timeout time.Duration
}

// Client asks providers. It is safe for concurrent use.
type Client struct {
	http     *http.Client
	loopback bool
	now      func() time.Time
	known    known
}

// New makes a Client.
func New(o Options) *Client {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Timeout == 0 {
		o.Timeout = 5 * time.Second
	}
	c := &Client{http: guarded(o.Loopback, o.Timeout), loopback: o.Loopback, now: o.Now}
	c.known = known{now: o.Now, discover: c.discover, of: map[string]*found{}}
	return c
}

// algorithms are how a token may be signed: by a key of which only the provider
// has the secret half.
var algorithms = []string{
	library.RS256, library.RS384, library.RS512, library.PS256, library.PS384, library.PS512,
	library.ES256, library.ES384, library.ES512, library.EdDSA,
}

// Address is where a browser is sent to sign in. A provider that does not
// answer is [problem.ProviderUnreachable].
func (c *Client) Address(ctx context.Context, p access.RelyingParty, f access.Flow) (string, error) {
	at, err := c.known.get(ctx, p.Issuer)
	if err != nil {
		return "", unreachable(err)
	}
	return at.config(p).AuthCodeURL(f.State, library.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), nil
}

// Identity exchanges the code of a flow for who the provider says it is. What
// is wrong with what it says is [problem.SignInRefused].
func (c *Client) Identity(ctx context.Context, p access.RelyingParty, f access.Flow, code string) (access.Identified, error) {
	var who access.Identified
	at, err := c.known.get(ctx, p.Issuer)
	if err != nil {
		return who, unreachable(err)
	}
	ctx = library.ClientContext(ctx, c.http)
	answer, err := at.config(p).Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response.StatusCode < http.StatusInternalServerError {
		if refused.ErrorCode == "invalid_client" {
			return who, refuse("secret", err)
		}
		return who, refuse("token", err)
	}
	if err != nil {
		return who, unreachable(err)
	}
	raw, _ := answer.Extra("id_token").(string)
	token, err := at.provider.Verifier(&library.Config{ClientID: p.ClientID, SupportedSigningAlgs: algorithms, Now: c.now}).Verify(ctx, raw)
	if err != nil {
		return who, refuse("token", err)
	}
	if err := ours(token, p, f); err != nil {
		return who, refuse("token", err)
	}
	return identified(token)
}

// ours reports whether the token was made for this client and this flow.
func ours(token *library.IDToken, p access.RelyingParty, f access.Flow) error {
	var of struct {
		Party string `json:"azp"`
	}
	if err := token.Claims(&of); err != nil {
		return err
	}
	switch {
	case token.Subject == "" || len(token.Subject) > longestSubject:
		return errors.New("oidc: the token names nobody")
	case f.Nonce == "" || token.Nonce != f.Nonce:
		return errors.New("oidc: the token is of another flow")
	case of.Party != "" && of.Party != p.ClientID, of.Party == "" && len(token.Audience) > 1:
		return fmt.Errorf("oidc: the token is for %q", of.Party)
	}
	return nil
}

// longestSubject is what the standard allows, and more.
const longestSubject = 1000

func unreachable(err error) error { return problem.New(problem.ProviderUnreachable).Because(err) }

func refuse(reason string, err error) error {
	return problem.New(problem.SignInRefused, "reason", reason).Because(err)
}

// config is how the provider is spoken to. A secret goes into the header where
// the provider does not say that it takes it otherwise only.
func (at *authority) config(p access.RelyingParty) *oauth2.Config {
	endpoint := at.provider.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	inBody := len(at.methods) > 0 && !slices.Contains(at.methods, "client_secret_basic")
	if p.Secret == "" || inBody {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &oauth2.Config{
		ClientID: p.ClientID, ClientSecret: p.Secret, Endpoint: endpoint, RedirectURL: p.Return,
		Scopes: append([]string{library.ScopeOpenID}, p.Scopes...),
	}
}
