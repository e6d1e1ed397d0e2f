package org

import (
	"slices"

	"hiwar/internal/id"
)

// Provider is another system (OpenID Connect) that says who somebody is. Its
// secret is no part of a configuration: package login keeps it.
type Provider struct {
	ID       id.Provider `json:"id"`
	Name     Name        `json:"name"`   // as its button reads
	Issuer   string      `json:"issuer"` // https, or http of this very machine; exactly as the provider calls itself
	ClientID string      `json:"client_id"`
	Scopes   []string    `json:"scopes"` // beside openid; empty: email and profile
	// Create: who is not known is made a user when they first sign in. With it
	// there are rules, or everybody a public provider knows would be let in.
	Create bool `json:"create"`
	// AskStep: a second step of ours is asked for as after a password. Without it
	// whatever the provider asks for counts.
	AskStep  bool           `json:"ask_step"`
	Rules    []ProviderRule `json:"rules"` // none: roles and teams stay as they are set here
	Archived bool           `json:"archived"`
	Version  int            `json:"-"`
}

// ProviderRule gives roles and teams to everybody of whom the provider says
// something.
type ProviderRule struct {
	Claim string    `json:"claim"` // its name; of one within another "realm_access.roles"
	Value string    `json:"value"` // as it is or, of a list, as one of it is
	Roles []Role    `json:"roles"`
	Teams []id.Team `json:"teams"`
}

// Bounds of a provider.
const (
	MostProviders     = 20
	MostProviderRules = 50
	MostScopes        = 20
)

// DefaultScopes are asked for where a provider names none.
var DefaultScopes = []string{"email", "profile"}

// Asked are the scopes beside openid.
func (p Provider) Asked() []string {
	if len(p.Scopes) == 0 {
		return DefaultScopes
	}
	return p.Scopes
}

// Grants are the roles and teams that follow from what a provider says of
// somebody, and whether it has rules about them at all: what it has none about
// stays as it is.
func (p Provider) Grants(claims map[string][]string) (g Granted) {
	for _, r := range p.Rules {
		g.ByRoles = g.ByRoles || len(r.Roles) > 0
		g.ByTeams = g.ByTeams || len(r.Teams) > 0
		if !slices.Contains(claims[r.Claim], r.Value) {
			continue
		}
		g.Roles, g.Teams = union(g.Roles, r.Roles), union(g.Teams, r.Teams)
	}
	return g
}

// Granted is what the rules of a provider give somebody.
type Granted struct {
	ByRoles, ByTeams bool // there are rules about it
	Roles            []Role
	Teams            []id.Team
}

// On is the user with what was granted. Where that is what they have, they are
// as they were.
func (g Granted) On(u User) User {
	if g.ByRoles && !sameSet(u.Roles, g.Roles) {
		u.Roles = g.Roles
	}
	if g.ByTeams && !sameSet(u.Teams, g.Teams) {
		u.Teams = g.Teams
	}
	return u
}

func union[T comparable](a, b []T) []T {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(slices.Clone(a), x)
		}
	}
	return a
}

func sameSet[T comparable](a, b []T) bool {
	return len(union(a, b)) == len(union(nil, a)) && len(union(b, a)) == len(union(nil, b))
}
