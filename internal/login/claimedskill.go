package login

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// claimedSkill is a skill that the conversations of a person ask for, in the words
// of the configuration file, times in seconds. Which skills there are is not asked
// here: a token that names one which is gone lets its person in all the same, and
// the explanation of the conversation says that it is not asked for.
type claimedSkill struct {
	Skill   string         `json:"skill"`
	Compare org.Comparison `json:"compare"` // "" is at least, or equal where there is a text
	Level   int            `json:"level"`
	Text    string         `json:"text"`
	Weight  int            `json:"weight"`
	Relax   []claimedStep  `json:"relax"`
}

type claimedStep struct {
	After int  `json:"after"`
	Level int  `json:"level"`
	Drop  bool `json:"drop"`
}

// required is what a token asks for, if it makes sense.
func required(list []claimedSkill) (all []org.Requirement, err error) {
	if len(list) > org.MostRequired {
		return nil, badIdentity("requires")
	}
	for _, c := range list {
		r := c.requirement()
		if !r.Plausible() {
			return nil, badIdentity("requires")
		}
		all = append(all, r)
	}
	return all, nil
}

func (c claimedSkill) requirement() org.Requirement {
	r := org.Requirement{Skill: id.Skill(c.Skill), Compare: c.Compare, Level: c.Level, Text: c.Text, Weight: c.Weight}
	if r.Compare == "" {
		r.Compare = org.AtLeast
		if r.Text != "" {
			r.Compare = org.Equal
		}
	}
	const never = 1 << 30 // seconds: beyond what anybody may wait, and no overflow
	for _, x := range c.Relax {
		r.Relax = append(r.Relax, org.Relaxation{After: time.Duration(min(max(x.After, -1), never)) * time.Second, Level: x.Level, Drop: x.Drop})
	}
	return r
}
