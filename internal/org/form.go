package org

import (
	"cmp"
	"slices"

	"hiwar/internal/id"
)

// Form is what customers are asked before a chat, and when they leave a
// message, beside their name and what it is about.
type Form struct {
	Email  Ask     `json:"email"`  // "" is optional
	Phone  Ask     `json:"phone"`  // "" is no
	Fields []Field `json:"fields"` // in order
}

// Ask says whether something is asked.
type Ask string

// The answers; "" is what the place says.
const (
	AskNot      Ask = "no"
	AskOptional Ask = "optional"
	AskRequired Ask = "required"
)

// Field is a question of an administrator's.
type Field struct {
	Key      string        `json:"key"` // names it in the API: a–z, 0–9, _ and -
	Label    Name          `json:"label"`
	Required bool          `json:"required"`
	Choices  []FieldChoice `json:"choices"` // none: a line of text
}

// FieldChoice is an answer to choose. It may decide who gets the conversation.
type FieldChoice struct {
	Key      string        `json:"key"`
	Label    Name          `json:"label"`
	Queue    id.Queue      `json:"queue"`    // "": the asset's
	Priority int           `json:"priority"` // 1 (highest) – 9; 0: the asset's
	Requires []Requirement `json:"requires"` // beside what the queue and the asset ask
}

// Bounds of a form.
const (
	MostFields  = 10
	MostChoices = 50
)

// AsksEmail and AsksPhone are what holds.
func (f Form) AsksEmail() Ask { return cmp.Or(f.Email, AskOptional) }

// AsksPhone is the same for the telephone number.
func (f Form) AsksPhone() Ask { return cmp.Or(f.Phone, AskNot) }

// Queues are the queues to which the asset leads, its own first.
func (a Asset) Queues() []id.Queue {
	all := []id.Queue{a.Queue}
	for _, f := range a.Form.Fields {
		for _, c := range f.Choices {
			if c.Queue != "" && !slices.Contains(all, c.Queue) {
				all = append(all, c.Queue)
			}
		}
	}
	return all
}
