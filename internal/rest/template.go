package rest

import (
	"cmp"
	"slices"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Template is a text that a message can begin with.
type Template struct {
	ID       id.Template `json:"id"`
	Name     org.Name    `json:"name"`
	Group    org.Name    `json:"group"`
	Text     org.Name    `json:"text" doc:"up to 1000 characters each; @@name is filled from the conversation (agent_name, conversation, customer_name, organization, queue), <name> by the agent"`
	Start    bool        `json:"start" doc:"fits the beginning of a conversation"`
	FollowUp bool        `json:"follow_up" doc:"fits in between"`
	End      bool        `json:"end" doc:"the question before ending"`
}

// templatesFor are the templates in use that a user may use, in the order of
// lists.
func templatesFor(c org.Config, user id.User) []Template {
	u := userIn(c, user)
	profile := c.ProfileOf(u)
	all := slices.Clone(c.Templates)
	slices.SortStableFunc(all, func(a, b org.Template) int { return cmp.Compare(a.Order, b.Order) })
	out := []Template{}
	for _, t := range all {
		if !t.Archived && t.For(u.Teams) && profile.Template(t.ID) {
			out = append(out, Template{t.ID, t.Name, t.Group, t.Text, t.Start, t.FollowUp, t.End})
		}
	}
	return out
}

func userIn(c org.Config, user id.User) org.User {
	if i := slices.IndexFunc(c.Users, func(u org.User) bool { return u.ID == user }); i >= 0 {
		return c.Users[i]
	}
	return org.User{}
}
