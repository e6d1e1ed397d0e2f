package rest

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"hiwar/internal/view"
)

func description() huma.Config {
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Hiwar", Version: "1",
				Description: "The API of Hiwar, a contact centre for live chat. Everything in real time goes over a socket (events.md), whose data are schemas of this document too. " +
					"Times are RFC 3339 in UTC; durations end in _ms. JSON is read strictly: unknown, repeated and otherwise spelt members are refused. " +
					"Every refusal is a Problem with a stable code.",
				License: &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"session": {Type: "apiKey", In: "cookie", Name: "hiwar_session", Description: "Staff: set by login. Over TLS its name begins with __Host-."},
					"visitor": {Type: "http", Scheme: "bearer", Description: "Customers: the visitor token of startConversation."},
				},
			},
		},
		Formats:       map[string]huma.Format{"application/json": strictly, "json": strictly},
		DefaultFormat: "application/json",
	}
}

// security names the credentials an operation takes.
func security(w who) []map[string][]string {
	session, visitor := map[string][]string{"session": {}}, map[string][]string{"visitor": {}}
	switch w {
	case staff:
		return []map[string][]string{session}
	case customers:
		return []map[string][]string{visitor}
	case participants:
		return []map[string][]string{session, visitor}
	}
	return []map[string][]string{}
}

func (a *API) operations() {
	a.sessionOperations()
	a.accountOperations()
	a.stepOperations()
	a.passkeyOperations()
	a.proofOperations()
	a.providerOperations()
	a.deskOperations()
	a.ownOperations()
	a.conversationOperations()
	a.attachmentOperations()
	a.historyOperations()
	a.handingOnOperations()
	a.partOperations()
	a.adminOperations()
	a.explainOperations()
	a.configurationOperations()
	a.auditOperations()
	a.peopleOperations()
	a.blockOperations()
	a.invitationOperations()
	a.widgetOperations()
	a.identityOperations()
	a.identityKeyOperations()
	a.demoOperations()
}

// document adds what only the socket carries, so that the document describes
// all data there is.
func (a *API) document() {
	schemas := a.huma.OpenAPI().Components.Schemas
	for _, t := range []reflect.Type{
		reflect.TypeFor[view.Conversation](), reflect.TypeFor[view.Entry](), reflect.TypeFor[view.Receipt](), reflect.TypeFor[view.Roster](),
		reflect.TypeFor[view.StaffThread](), reflect.TypeFor[view.StaffEntry](),
		reflect.TypeFor[view.Desk](), reflect.TypeFor[view.Agent](), reflect.TypeFor[view.Card](), reflect.TypeFor[view.Gone](),
		reflect.TypeFor[view.Typing](), reflect.TypeFor[view.Waiting](), reflect.TypeFor[view.Draft](),
	} {
		schemas.Schema(t, true, "")
	}
}

// OpenAPI is the API's document as api/openapi.yaml holds it. It needs nothing
// of a running server.
func OpenAPI() ([]byte, error) {
	return New(Config{}).huma.OpenAPI().YAML()
}

func (a *API) serveDocument(w http.ResponseWriter, r *http.Request) {
	doc, err := a.huma.OpenAPI().YAML()
	if err != nil {
		refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/yaml")
	w.Write(doc)
}
