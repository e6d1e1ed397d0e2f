package org

import (
	"slices"

	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/text"
)

// Template is a text that agents begin a message with. Its variables are
// filled from the conversation and its fields by the agent; see
// [text.ParseTemplate].
type Template struct {
	ID       id.Template `json:"id"`
	Name     Name        `json:"name"`
	Group    Name        `json:"group"`
	Text     Name        `json:"text"`      // up to 1000 characters in each language; either may be missing
	Start    bool        `json:"start"`     // fits the beginning of a conversation
	FollowUp bool        `json:"follow_up"` // fits in between
	End      bool        `json:"end"`       // the question before ending
	Teams    []id.Team   `json:"teams"`
	Order    int         `json:"order"`
	Archived bool        `json:"archived"`
	Version  int         `json:"-"`
}

// For reports whether members of the teams may use the template. One without
// teams is everybody's.
func (t Template) For(teams []id.Team) bool {
	return len(t.Teams) == 0 || slices.ContainsFunc(teams, func(x id.Team) bool { return slices.Contains(t.Teams, x) })
}

// Check is the first problem with the template, or nil: nothing but texts,
// known variables and whole fields, in at least one language.
func (t Template) Check() error {
	if text.Blank(t.Name.En + t.Name.Ar) {
		return problem.New(problem.NameInvalid, "max", text.NameLimit)
	}
	if text.Blank(t.Text.En + t.Text.Ar) {
		return problem.New(problem.TextEmpty)
	}
	for _, body := range []string{t.Text.En, t.Text.Ar} {
		if n := text.Count(body); n > text.AgentLimit {
			return problem.New(problem.TextTooLong, "count", n, "max", text.AgentLimit)
		}
		if at := text.Control(text.NormalizeMessage(body)); at >= 0 {
			return problem.New(problem.ControlCharacter, "position", at)
		}
		if _, faults := text.ParseTemplate(body); len(faults) > 0 {
			return problem.New(problem.TemplateInvalid, "reason", faults[0].Reason, "position", faults[0].Position)
		}
	}
	return nil
}
