package access

import (
	"time"

	"hiwar/internal/id"
)

// RelyingParty is what we are to a provider: who it is, and how it knows us.
type RelyingParty struct {
	Issuer   string
	ClientID string
	Secret   string // "" where the provider wants none
	Scopes   []string
	Return   string // the address it sends the browser back to, exactly
}

// Flow is what one sign-in through a provider is known by: whoever comes back
// has to have set out with it.
type Flow struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"` // of PKCE
}

// Identified is who a provider says somebody is, as a token that was checked
// says it.
type Identified struct {
	Issuer   string
	Subject  string // the provider's own name of them, for good
	Email    string // "" unless the provider has verified it
	Name     string
	Language string
	Claims   map[string][]string // all that it says, each claim as a list of texts
}

// LinkedIdentity says which user somebody is whom an issuer knows.
type LinkedIdentity struct {
	Org      id.Org
	Issuer   string
	Subject  string
	User     id.User
	LinkedAt time.Time
}

// ProviderSecret is what we show a provider, sealed: for this issuer and no
// other.
type ProviderSecret struct {
	Org      id.Org
	Provider id.Provider
	Issuer   string
	Sealed   []byte
}

// Arrival is what a browser comes back with from a provider.
type Arrival struct {
	Cookie string // that it set out with
	State  string
	Code   string // of the provider
	Error  string // instead of it
	Step   string // the code of the second step, where that is wanted
	// Of the request.
	Address, UserAgent string
}
