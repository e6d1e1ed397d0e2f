package rest

import (
	"testing"

	"hiwar/internal/config"
	"hiwar/internal/org"
)

// Whoever a provider knows may become anybody, so changing one wants proof; a
// file that has it as it is does not.
func TestAProviderIsChangedWithProof(t *testing.T) {
	is := org.Provider{ID: "idp_1", Name: org.Name{En: "Lotus"}, Issuer: "https://login.example.org", ClientID: "hiwar", Version: 1}
	before := org.Config{Version: 1, Providers: []org.Provider{is}}
	elsewhere, archived, other := is, is, is
	elsewhere.Issuer, archived.Archived, other.ID = "https://login.example.com", true, "idp_2"
	for name, x := range map[string]struct {
		file org.Provider
		want bool
	}{
		"as it is":              {is, false},
		"of another issuer":     {elsewhere, true},
		"put away, or back":     {archived, true},
		"one more":              {other, true},
		"with a rule":           {org.Provider{ID: is.ID, Name: is.Name, Issuer: is.Issuer, ClientID: is.ClientID, Rules: []org.ProviderRule{{Claim: "a", Value: "b", Roles: []org.Role{org.RoleAdministrator}}}}, true},
		"that knows new people": {org.Provider{ID: is.ID, Name: is.Name, Issuer: is.Issuer, ClientID: is.ClientID, Create: true}, true},
	} {
		if got := changesRights(before, config.File{Providers: []org.Provider{x.file}}); got != x.want {
			t.Errorf("a provider %s: %t", name, got)
		}
	}
}
