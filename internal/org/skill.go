package org

import (
	"slices"
	"time"

	"hiwar/internal/id"
)

// SkillKind tells what a skill is measured in.
type SkillKind string

// The kinds of skill.
const (
	Proficiency SkillKind = "proficiency" // 0–10; whoever does not have it has 0
	YesNo       SkillKind = "boolean"     // the text [Yes], or not had
	FreeText    SkillKind = "text"
	Choice      SkillKind = "enum" // one of the skill's choices
)

// Yes is the text of a YesNo skill that somebody has.
const Yes = "yes"

// MostProficient is the highest level of a proficiency.
const MostProficient = 10

// Skill is something that agents can do and requests can require.
type Skill struct {
	ID       id.Skill  `json:"id"`
	Name     Name      `json:"name"`
	Kind     SkillKind `json:"kind"`
	Choices  []string  `json:"choices"`  // of a Choice
	Language string    `json:"language"` // "ar", "en" …: what a customer of this language requires, where the queue asks for it
	Archived bool      `json:"archived"`
	Version  int       `json:"-"`
}

// HeldSkill is a skill as somebody has it.
type HeldSkill struct {
	Skill id.Skill `json:"skill"`
	Level int      `json:"level,omitempty"` // of a proficiency
	Text  string   `json:"text,omitempty"`  // of every other kind
}

// Skill is what the user has of a skill; nothing of it is level 0 and no text.
func (u User) Skill(s id.Skill) HeldSkill {
	i := slices.IndexFunc(u.Skills, func(h HeldSkill) bool { return h.Skill == s })
	if i < 0 {
		return HeldSkill{Skill: s}
	}
	return u.Skills[i]
}

// Comparison is how a requirement compares.
type Comparison string

// The comparisons. AtLeast and AtMost are for proficiencies.
const (
	AtLeast  Comparison = ">="
	AtMost   Comparison = "<="
	Equal    Comparison = "="
	NotEqual Comparison = "!="
)

// Requirement is what a request asks of a skill.
type Requirement struct {
	Skill   id.Skill     `json:"skill"`
	Compare Comparison   `json:"compare"`
	Level   int          `json:"level,omitempty"` // of a proficiency
	Text    string       `json:"text,omitempty"`  // of every other kind
	Weight  int          `json:"weight,omitempty"`
	Relax   []Relaxation `json:"relax,omitempty"` // in order of After, each wider than the one before
}

// Relaxation is what becomes of a requirement once the visit to the queue has
// lasted so long: another level, or nothing at all.
type Relaxation struct {
	After time.Duration `json:"after"`
	Level int           `json:"level,omitempty"`
	Drop  bool          `json:"drop,omitempty"`
}

// Met reports whether the skill as held is enough.
func (r Requirement) Met(h HeldSkill) bool {
	switch {
	case r.Text != "":
		return (h.Text == r.Text) == (r.Compare == Equal)
	case r.Compare == AtLeast:
		return h.Level >= r.Level
	case r.Compare == AtMost:
		return h.Level <= r.Level
	default:
		return (h.Level == r.Level) == (r.Compare == Equal)
	}
}

// Score is what the skill as held adds to a match, times the requirement's
// weight: its level for at least and equal, what is missing to the most for at
// most, and all or nothing for whatever has no level.
func (r Requirement) Score(h HeldSkill) int {
	value := 0
	switch {
	case r.Text == "" && r.Compare == AtMost:
		value = MostProficient - h.Level
	case r.Text == "" && r.Compare != NotEqual:
		value = h.Level
	case r.Met(h):
		value = MostProficient
	}
	return value * max(1, r.Weight)
}

// At is the requirement of a visit that has lasted so long; false if it has
// been dropped.
func (r Requirement) At(age time.Duration) (Requirement, bool) {
	now := r
	now.Relax = nil
	for _, x := range r.Relax {
		if x.After > age {
			break
		}
		if x.Drop {
			return now, false
		}
		now.Level = x.Level
	}
	return now, true
}

// Source is where a requirement comes from.
type Source string

// The sources. What the form and the identity require is a conversation's own.
const (
	FromQueue    Source = "queue"
	FromAsset    Source = "asset"
	FromLanguage Source = "language"
	FromForm     Source = "form"     // what the customer answered before the chat
	FromIdentity Source = "identity" // what the site has signed of the customer
)

// Required is a requirement and where it comes from.
type Required struct {
	Requirement
	From Source `json:"from"`
}

// Requirements are what a request asks that came by this asset in this
// language, with requirements of its own, and waits in this queue: the queue's,
// the asset's, its own and the language's, and all hold together. There are none
// where the queue's rule looks at no skills. Of its own are given those that
// [Config.Asks] lets be asked.
func (c Config) Requirements(q *Queue, a *Asset, own []Required, language string) (all []Required) {
	if q == nil || !q.DistributesBy().UsesSkills() {
		return nil
	}
	for _, r := range q.Requires {
		all = append(all, Required{r, FromQueue})
	}
	if a != nil {
		for _, r := range a.Requires {
			all = append(all, Required{r, FromAsset})
		}
	}
	all = append(all, own...)
	if q.LanguageLevel > 0 && language != "" {
		for _, s := range c.Skills {
			if s.Language == language && !s.Archived {
				all = append(all, Required{q.languageRequirement(s), FromLanguage})
			}
		}
	}
	return all
}

// languageRequirement is what the queue asks of the customer's language.
func (q Queue) languageRequirement(s Skill) Requirement {
	r := Requirement{Skill: s.ID, Compare: AtLeast, Level: q.LanguageLevel}
	if s.Kind == YesNo {
		r = Requirement{Skill: s.ID, Compare: Equal, Text: Yes}
	}
	if q.LanguageRelax > 0 {
		r.Relax = []Relaxation{{After: q.LanguageRelax, Drop: true}}
	}
	return r
}
