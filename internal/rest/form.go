package rest

import (
	"cmp"
	"slices"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Form is what customers are asked beside their name and what it is about.
type Form struct {
	Email  string      `json:"email" enum:"no,optional,required"`
	Phone  string      `json:"phone" enum:"no,optional,required"`
	Fields []FormField `json:"fields" doc:"answered under their key"`
}

// FormField is one question.
type FormField struct {
	Key      string       `json:"key"`
	Label    org.Name     `json:"label"`
	Required bool         `json:"required"`
	Choices  []FormChoice `json:"choices" doc:"none: a line of text"`
}

// FormChoice is one of several answers.
type FormChoice struct {
	Key   string   `json:"key"`
	Label org.Name `json:"label"`
}

// formOf leaves out what an answer decides: that is not the customer's concern.
func formOf(f org.Form) Form {
	v := Form{Email: string(f.AsksEmail()), Phone: string(f.AsksPhone()), Fields: []FormField{}}
	for _, x := range f.Fields {
		field := FormField{Key: x.Key, Label: x.Label, Required: x.Required, Choices: []FormChoice{}}
		for _, c := range x.Choices {
			field.Choices = append(field.Choices, FormChoice{c.Key, c.Label})
		}
		v.Fields = append(v.Fields, field)
	}
	return v
}

// answered wants an answer to everything that is required, as it is kept.
func answered(f org.Form, b Beginning) error {
	missing := func(field string) error { return problem.New(problem.AnswerRequired, "field", field) }
	if f.AsksEmail() == org.AskRequired && b.Email == "" {
		return missing("email")
	}
	if f.AsksPhone() == org.AskRequired && kept(b.Phone, maxPhone) == "" {
		return missing("phone")
	}
	given := said(b.Answers, maxAnswers)
	for _, x := range f.Fields {
		if x.Required && !slices.ContainsFunc(given, func(s chat.Attribute) bool { return s.Name == x.Key }) {
			return missing(x.Key)
		}
	}
	return nil
}

// decided is what the answers say of who gets the conversation.
type decided struct {
	queue    id.Queue
	priority int
	requires []org.Required
}

// choose finds what the answers decide (of the queue and the priority the first
// that says something counts, of skills all), and gives answers and questions the
// words that the customer has read: they are for colleagues to read. What the form
// does not ask stays as it was said.
func choose(f org.Form, lang string, answers []chat.Attribute) (d decided, err error) {
	for _, x := range f.Fields {
		at := slices.IndexFunc(answers, func(s chat.Attribute) bool { return s.Name == x.Key })
		if at < 0 {
			continue
		}
		answers[at].Name = x.Label.In(lang)
		if len(x.Choices) == 0 {
			continue
		}
		chosen := slices.IndexFunc(x.Choices, func(c org.FieldChoice) bool { return c.Key == answers[at].Value })
		if chosen < 0 {
			return decided{}, problem.New(problem.InvalidParameter, "parameter", x.Key)
		}
		c := x.Choices[chosen]
		answers[at].Value = c.Label.In(lang)
		d.queue, d.priority = cmp.Or(d.queue, c.Queue), cmp.Or(d.priority, c.Priority)
		for _, r := range c.Requires {
			d.requires = append(d.requires, org.Required{Requirement: r, From: org.FromForm})
		}
	}
	return d, nil
}
