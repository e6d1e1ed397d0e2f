package org

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/text"
)

// Bounds of what can be set for routing.
const (
	MostCapacity   = 50
	LowestPriority = 9
	MostWeight     = 10
	MostGroups     = 10
	MostRequired   = 20 // of one queue, asset, answer or person
	LongestSticky  = 300 * time.Second
	longestStep    = 24 * time.Hour
)

// CheckRouting is the first problem with the rules of routing, or nil. It names
// the field by its path, as in "queues.3.rule", and why the value cannot be: [problem.OutOfRange] with the bounds, or
// [problem.SettingInvalid] with one of these reasons:
//
//	unknown     refers to something that is not there
//	archived    refers to something that is not used any more
//	repeated    says the same twice
//	order       does not come after the one before
//	narrower    would let fewer through than the one before
//	no_skills   the queue's rule looks at no skills
//	kind        does not go with the kind of the skill
//	choice      is none of the choices
func (c Config) CheckRouting() error {
	k := checker{config: c, skills: map[id.Skill]*Skill{}, teams: map[id.Team]bool{}, queues: map[id.Queue]*Queue{}}
	for i := range c.Teams {
		k.teams[c.Teams[i].ID] = true
	}
	for i := range c.Queues {
		k.queues[c.Queues[i].ID] = &c.Queues[i]
	}
	for i := range c.Skills {
		k.skill(fmt.Sprintf("skills.%d", i), &c.Skills[i])
	}
	for i, t := range c.Teams {
		k.number(fmt.Sprintf("teams.%d.capacity", i), t.Capacity, 0, MostCapacity)
		k.toggle(fmt.Sprintf("teams.%d.exclusive", i), t.Exclusive)
	}
	for i := range c.Users {
		k.user(fmt.Sprintf("users.%d", i), &c.Users[i])
	}
	for i := range c.Queues {
		k.queue(fmt.Sprintf("queues.%d", i), &c.Queues[i])
	}
	for i := range c.Assets {
		k.asset(fmt.Sprintf("assets.%d", i), &c.Assets[i])
	}
	return k.first
}

// checker keeps the first problem.
type checker struct {
	config Config
	skills map[id.Skill]*Skill
	teams  map[id.Team]bool
	queues map[id.Queue]*Queue
	first  error
}

func (k *checker) refuse(field, reason string) {
	if k.first == nil {
		k.first = problem.New(problem.SettingInvalid, "field", field, "reason", reason)
	}
}

func (k *checker) must(holds bool, field, reason string) {
	if !holds {
		k.refuse(field, reason)
	}
}

func (k *checker) number(field string, n, least, most int) {
	if k.first == nil && (n < least || n > most) {
		k.first = problem.New(problem.OutOfRange, "field", field, "min", least, "max", most)
	}
}

// duration checks one that people give in seconds.
func (k *checker) duration(field string, d, least, most time.Duration) {
	if d != 0 || least > 0 {
		if k.first == nil && (d < max(least, time.Second) || d > most) {
			k.first = problem.New(problem.OutOfRange, "field", field, "min", int(least/time.Second), "max", int(most/time.Second))
		}
	}
}

func (k *checker) toggle(field string, s Switch) {
	k.must(s == Inherit || s == On || s == Off, field, "unknown")
}

func (k *checker) team(field string, t id.Team) { k.must(k.teams[t], field, "unknown") }

func (k *checker) skill(field string, s *Skill) {
	k.must(s.ID != "", field+".id", "unknown")
	k.must(k.skills[s.ID] == nil, field+".id", "repeated")
	k.skills[s.ID] = s
	k.must(slices.Contains([]SkillKind{Proficiency, YesNo, FreeText, Choice}, s.Kind), field+".kind", "unknown")
	k.must((s.Kind == Choice) == (len(s.Choices) > 0), field+".choices", "kind")
	for i, choice := range s.Choices {
		k.must(!text.Blank(choice), fmt.Sprintf("%s.choices.%d", field, i), "choice")
		k.must(!slices.Contains(s.Choices[:i], choice), fmt.Sprintf("%s.choices.%d", field, i), "repeated")
	}
	k.must(s.Language == "" || s.Kind == Proficiency || s.Kind == YesNo, field+".language", "kind")
}

func (k *checker) user(field string, u *User) {
	k.toggle(field+".exclusive", u.Exclusive)
	for i, t := range u.Teams {
		k.team(fmt.Sprintf("%s.teams.%d", field, i), t)
	}
	for i, h := range u.Skills {
		at := fmt.Sprintf("%s.skills.%d", field, i)
		k.must(!slices.ContainsFunc(u.Skills[:i], func(x HeldSkill) bool { return x.Skill == h.Skill }), at+".skill", "repeated")
		k.value(at, h.Skill, h.Level, h.Text)
	}
}

// value checks what is had or required of a skill.
func (k *checker) value(field string, s id.Skill, level int, value string) {
	skill := k.skills[s]
	if skill == nil {
		k.refuse(field+".skill", "unknown")
		return
	}
	if skill.Kind == Proficiency {
		k.must(value == "", field+".text", "kind")
		k.number(field+".level", level, 0, MostProficient)
		return
	}
	k.must(level == 0, field+".level", "kind")
	switch skill.Kind {
	case YesNo:
		k.must(value == Yes, field+".text", "kind")
	case Choice:
		k.must(slices.Contains(skill.Choices, value), field+".text", "choice")
	case FreeText, Proficiency:
		k.must(!text.Blank(value), field+".text", "kind")
	}
}

func (k *checker) queue(field string, q *Queue) {
	k.must(q.Rule == "" || slices.Contains(Rules, q.Rule), field+".rule", "unknown")
	k.number(field+".per_agent", q.PerAgent, 0, MostCapacity)
	k.number(field+".language_level", q.LanguageLevel, 0, MostProficient)
	k.duration(field+".language_relax", q.LanguageRelax, 0, longestStep)
	k.duration(field+".sticky", q.Sticky, 0, LongestSticky)
	k.must(q.LanguageLevel == 0 || q.DistributesBy().UsesSkills(), field+".language_level", "no_skills")
	k.must(q.LanguageRelax == 0 || q.LanguageLevel > 0, field+".language_relax", "order")
	for i, t := range q.Teams {
		k.team(fmt.Sprintf("%s.teams.%d", field, i), t)
	}
	k.number(field+".wider", len(q.Wider), 0, MostGroups)
	for i, g := range q.Wider {
		at := fmt.Sprintf("%s.wider.%d", field, i)
		k.duration(at+".after", g.After, time.Second, longestStep)
		k.must(i == 0 || g.After > q.Wider[i-1].After, at+".after", "order")
		for j, t := range g.Teams {
			k.team(fmt.Sprintf("%s.teams.%d", at, j), t)
		}
	}
	k.must(len(q.Requires) == 0 || q.DistributesBy().UsesSkills(), field+".requires", "no_skills")
	k.requirements(field+".requires", q.Requires)
}

func (k *checker) asset(field string, a *Asset) {
	k.number(field+".priority", a.Priority, 0, LowestPriority)
	k.requirements(field+".requires", a.Requires)
	if a.Deleted {
		return
	}
	q := k.queues[a.Queue]
	k.must(q != nil, field+".queue", "unknown")
	if q != nil {
		k.must(!q.Archived, field+".queue", "archived")
		k.must(len(a.Requires) == 0 || q.DistributesBy().UsesSkills(), field+".requires", "no_skills")
	}
	for i, f := range a.Form.Fields {
		for j, c := range f.Choices {
			k.choice(fmt.Sprintf("%s.form.fields.%d.choices.%d", field, i, j), &c, a)
		}
	}
}

// choice wants what an answer requires to be looked at in the queue to which the
// answer leads. Another answer may lead elsewhere; then nothing of it is asked.
func (k *checker) choice(field string, c *FieldChoice, a *Asset) {
	k.requirements(field+".requires", c.Requires)
	if q := k.queues[cmp.Or(c.Queue, a.Queue)]; q != nil {
		k.must(len(c.Requires) == 0 || q.DistributesBy().UsesSkills(), field+".requires", "no_skills")
	}
}

func (k *checker) requirements(field string, list []Requirement) {
	k.number(field, len(list), 0, MostRequired)
	for i, r := range list {
		k.requirement(fmt.Sprintf("%s.%d", field, i), r)
	}
}

// Asks reports whether a requirement can be asked of anybody: its skill is there
// and in use, and can be what is required of it. What a conversation brings with
// it may be older than the configuration, or be of somebody who does not know
// it; nobody waits for what nobody could be given.
func (c Config) Asks(r Requirement) bool {
	i := slices.IndexFunc(c.Skills, func(s Skill) bool { return s.ID == r.Skill })
	return i >= 0 && r.fits(&c.Skills[i])
}

// Plausible reports whether there could be a skill of which this is required.
func (r Requirement) Plausible() bool {
	kind := Proficiency
	if r.Text != "" {
		kind = FreeText
	}
	return r.Skill != "" && r.fits(&Skill{ID: r.Skill, Kind: kind})
}

func (r Requirement) fits(s *Skill) bool {
	k := checker{skills: map[id.Skill]*Skill{s.ID: s}}
	k.requirement("", r)
	return k.first == nil
}

func (k *checker) requirement(field string, r Requirement) {
	k.value(field, r.Skill, r.Level, r.Text)
	skill := k.skills[r.Skill]
	if skill == nil {
		return
	}
	k.must(!skill.Archived, field+".skill", "archived")
	k.number(field+".weight", r.Weight, 0, MostWeight)
	k.must(slices.Contains([]Comparison{AtLeast, AtMost, Equal, NotEqual}, r.Compare), field+".compare", "unknown")
	ordered := r.Compare == AtLeast || r.Compare == AtMost
	k.must(!ordered || skill.Kind == Proficiency, field+".compare", "kind")
	before := Relaxation{Level: r.Level}
	for i, x := range r.Relax {
		at := fmt.Sprintf("%s.relax.%d", field, i)
		k.duration(at+".after", x.After, time.Second, longestStep)
		k.must(x.After > before.After, at+".after", "order")
		k.must(!before.Drop, at, "narrower")
		if !x.Drop {
			k.number(at+".level", x.Level, 0, MostProficient)
			wider := r.Compare == AtLeast && x.Level < before.Level || r.Compare == AtMost && x.Level > before.Level
			k.must(wider, at+".level", "narrower")
		}
		before = x
	}
}
