package engine_test

import (
	"encoding/json"
	"strings"
	"testing"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// reaches begins a conversation of a customer who says how to reach them, and
// has the agent take it.
func (c *centre) reaches(n int, a access.Actor) id.Conversation {
	c.t.Helper()
	c.ready(a)
	who := customer(n)
	conv := c.do(who, engine.StartConversation{
		Asset: "ast_1", Customer: who.Customer, Name: "Sara", Email: "sara@example.com", Language: "ar", Text: "hello",
		About: chat.About{Phone: "+966 50 555 0134"},
	}).Conversation
	c.accept(a)
	return conv
}

// Where the organization wants it, nothing that an agent is sent says how to
// reach the customer: not of what they hold, of what they have left, or of
// what was before. Whoever looks after agents reads it.
func TestAgentsDoNotSeeHowToReachTheCustomer(t *testing.T) {
	for _, x := range []struct {
		name   string
		hide   bool
		who    access.Actor
		hidden bool
	}{
		{"an agent", true, anna, true},
		{"a supervisor", true, vera, false},
		{"an agent who is a supervisor", true, staff(anna.User, org.RoleAgent, org.RoleSupervisor), false},
		{"an agent who is an administrator", true, staff(anna.User, org.RoleAgent, org.RoleAdministrator), false},
		{"an agent where nothing is hidden", false, anna, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := newCentre(t, func(o *org.Config) { o.Organization.Settings.HideContact = x.hide })
			past := c.reaches(1, anna)
			part := c.part(anna)
			c.do(anna, engine.EndConversation{Conversation: past})
			ended := c.conversation(x.who, past)
			c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"})
			now := c.reaches(1, anna)
			before, err := c.PastConversation(t.Context(), x.who, now, past, 0, 50)
			if err != nil {
				t.Fatal(err)
			}
			for what, v := range map[string]any{"held": c.conversation(x.who, now), "left": ended, "past": before} {
				text, err := json.Marshal(v)
				if err != nil {
					t.Fatal(err)
				}
				for _, secret := range []string{"sara@example.com", "example.com", "555 0134", "50 555"} {
					if strings.Contains(string(text), secret) == x.hidden {
						t.Errorf("%s: hidden is %v, and of %q it says %s", what, x.hidden, secret, text)
					}
				}
				if marked := strings.Contains(string(text), `"contact_hidden":true`); marked != x.hidden {
					t.Errorf("%s: said to be hidden: %v", what, marked)
				}
			}
		})
	}
}

// The customer is told nothing of it.
func TestCustomersSeeNothingOfTheCard(t *testing.T) {
	c := newCentre(t, func(o *org.Config) { o.Organization.Settings.HideContact = true })
	conv := c.reaches(1, anna)
	if v := c.conversation(customer(1), conv); v.Customer != nil {
		t.Errorf("the customer's own: %+v", v.Customer)
	}
}
