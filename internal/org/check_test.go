package org

import (
	"testing"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// routed is a configuration with everything that can be set up for routing.
func routed() Config {
	s := Defaults()
	relax := []Relaxation{{After: 30 * time.Second, Level: 5}, {After: time.Minute, Drop: true}}
	return Config{
		Organization: Organization{Settings: s},
		Teams:        []Team{{ID: "sellers", Capacity: 2, Exclusive: Off}, {ID: "helpers"}},
		Skills: []Skill{
			{ID: "arabic", Kind: Proficiency, Language: "ar"},
			{ID: "vip", Kind: YesNo},
			{ID: "site", Kind: FreeText},
			{ID: "shift", Kind: Choice, Choices: []string{"day", "night"}},
			{ID: "old", Kind: Proficiency, Archived: true},
		},
		Users: []User{{ID: "anna", Teams: []id.Team{"sellers"}, Exclusive: On, Skills: []HeldSkill{
			{Skill: "arabic", Level: 9}, {Skill: "vip", Text: Yes}, {Skill: "site", Text: "riyadh"}, {Skill: "shift", Text: "day"},
		}}},
		Queues: []Queue{
			{
				ID: "sales", Rule: SkillsBest, Teams: []id.Team{"sellers"}, Priority: 9, PerAgent: 2, Sticky: 5 * time.Minute, LanguageLevel: 5, LanguageRelax: time.Minute,
				Wider:    []Group{{Teams: []id.Team{"helpers"}, After: 30 * time.Second}, {Teams: []id.Team{"helpers"}, After: time.Minute}},
				Requires: []Requirement{{Skill: "arabic", Compare: AtLeast, Level: 8, Weight: 3, Relax: relax}, {Skill: "shift", Compare: NotEqual, Text: "night"}},
			},
			{ID: "plain", Teams: []id.Team{"helpers"}},
			{ID: "gone", Archived: true},
		},
		Assets: []Asset{{
			ID: "web", Queue: "sales", Priority: 1, Requires: []Requirement{{Skill: "arabic", Compare: AtMost, Level: 2, Relax: []Relaxation{{After: time.Second, Level: 3}}}},
			Form: Form{Fields: []Field{{Key: "topic", Choices: []FieldChoice{{Key: "bill", Requires: []Requirement{{Skill: "vip", Compare: Equal, Text: Yes}}}, {Key: "other", Queue: "plain"}}}}},
		}},
	}
}

// What cannot be is refused with the field it is in, and why.
func TestRoutingIsChecked(t *testing.T) {
	if err := routed().CheckRouting(); err != nil {
		t.Fatalf("all of it: %v", err)
	}
	if err := (Config{}).CheckRouting(); err != nil {
		t.Fatalf("nothing: %v", err)
	}
	for _, c := range []struct {
		field, reason string // reason "" is out of range
		change        func(*Config)
	}{
		{"assets.0.form.fields.0.choices.0.requires.0.skill", "archived", func(c *Config) {
			c.Assets[0].Form.Fields[0].Choices[0].Requires[0] = Requirement{Skill: "old", Compare: AtLeast, Level: 1}
		}},
		{"assets.0.form.fields.0.choices.0.requires.0.text", "kind", func(c *Config) { c.Assets[0].Form.Fields[0].Choices[0].Requires[0].Text = "maybe" }},
		{"assets.0.form.fields.0.choices.1.requires", "no_skills", func(c *Config) { c.Assets[0].Form.Fields[0].Choices[1].Requires = c.Queues[0].Requires }},
		{"assets.0.form.fields.0.choices.0.requires", "", func(c *Config) { c.Assets[0].Form.Fields[0].Choices[0].Requires = make([]Requirement, MostRequired+1) }},
		{"teams.0.capacity", "", func(c *Config) { c.Teams[0].Capacity = 1 << 40 }},
		{"teams.0.exclusive", "unknown", func(c *Config) { c.Teams[0].Exclusive = "maybe" }},
		{"skills.1.id", "repeated", func(c *Config) { c.Skills[1].ID = "arabic" }},
		{"skills.0.id", "unknown", func(c *Config) { c.Skills[0].ID = "" }},
		{"skills.0.kind", "unknown", func(c *Config) { c.Skills[0].Kind = "colour" }},
		{"skills.3.choices", "kind", func(c *Config) { c.Skills[3].Choices = nil }},
		{"skills.0.choices", "kind", func(c *Config) { c.Skills[0].Choices = []string{"x"} }},
		{"skills.3.choices.1", "repeated", func(c *Config) { c.Skills[3].Choices[1] = "day" }},
		{"skills.3.choices.1", "choice", func(c *Config) { c.Skills[3].Choices[1] = " " }},
		{"skills.2.language", "kind", func(c *Config) { c.Skills[2].Language = "ar" }},
		{"users.0.exclusive", "unknown", func(c *Config) { c.Users[0].Exclusive = "ON" }},
		{"users.0.teams.0", "unknown", func(c *Config) { c.Users[0].Teams[0] = "nobody" }},
		{"users.0.skills.1.skill", "repeated", func(c *Config) { c.Users[0].Skills[1] = c.Users[0].Skills[0] }},
		{"users.0.skills.0.skill", "unknown", func(c *Config) { c.Users[0].Skills[0].Skill = "georgian" }},
		{"users.0.skills.0.level", "", func(c *Config) { c.Users[0].Skills[0].Level = 11 }},
		{"users.0.skills.0.text", "kind", func(c *Config) { c.Users[0].Skills[0].Text = "much" }},
		{"users.0.skills.1.text", "kind", func(c *Config) { c.Users[0].Skills[1].Text = "no" }},
		{"users.0.skills.1.level", "kind", func(c *Config) { c.Users[0].Skills[1].Level = 1 }},
		{"users.0.skills.2.text", "kind", func(c *Config) { c.Users[0].Skills[2].Text = "" }},
		{"users.0.skills.3.text", "choice", func(c *Config) { c.Users[0].Skills[3].Text = "noon" }},
		{"queues.0.rule", "unknown", func(c *Config) { c.Queues[0].Rule = "random" }},
		{"queues.0.per_agent", "", func(c *Config) { c.Queues[0].PerAgent = -1 }},
		{"queues.0.language_level", "", func(c *Config) { c.Queues[0].LanguageLevel = 11 }},
		{"queues.1.language_level", "no_skills", func(c *Config) { c.Queues[1].LanguageLevel = 5 }},
		{"queues.0.language_relax", "order", func(c *Config) { c.Queues[0].LanguageLevel = 0 }},
		{"queues.0.language_relax", "", func(c *Config) { c.Queues[0].LanguageRelax = time.Millisecond }},
		{"queues.0.sticky", "", func(c *Config) { c.Queues[0].Sticky = 301 * time.Second }},
		{"queues.0.teams.0", "unknown", func(c *Config) { c.Queues[0].Teams[0] = "nobody" }},
		{"queues.0.wider", "", func(c *Config) { c.Queues[0].Wider = make([]Group, 11) }},
		{"queues.0.wider.0.after", "", func(c *Config) { c.Queues[0].Wider[0].After = 0 }},
		{"queues.0.wider.1.after", "order", func(c *Config) { c.Queues[0].Wider[1].After = 30 * time.Second }},
		{"queues.0.wider.1.teams.0", "unknown", func(c *Config) { c.Queues[0].Wider[1].Teams = []id.Team{"nobody"} }},
		{"queues.0.requires", "no_skills", func(c *Config) {
			c.Queues[0].Rule, c.Queues[0].LanguageLevel, c.Queues[0].LanguageRelax = RoundRobin, 0, 0
		}},
		{"queues.0.requires", "", func(c *Config) { c.Queues[0].Requires = make([]Requirement, 21) }},
		{"queues.0.requires.0.skill", "unknown", func(c *Config) { c.Queues[0].Requires[0].Skill = "georgian" }},
		{"queues.0.requires.0.skill", "archived", func(c *Config) { c.Queues[0].Requires[0].Skill = "old" }},
		{"queues.0.requires.0.level", "", func(c *Config) { c.Queues[0].Requires[0].Level = -1 }},
		{"queues.0.requires.0.weight", "", func(c *Config) { c.Queues[0].Requires[0].Weight = 11 }},
		{"queues.0.requires.0.compare", "unknown", func(c *Config) {
			c.Queues[0].Requires[0].Compare, c.Queues[0].Requires[0].Relax = "~", nil
		}},
		{"queues.0.requires.1.compare", "kind", func(c *Config) { c.Queues[0].Requires[1].Compare = AtLeast }},
		{"queues.0.requires.0.relax.0.after", "", func(c *Config) { c.Queues[0].Requires[0].Relax[0].After = -1 }},
		{"queues.0.requires.0.relax.1.after", "order", func(c *Config) { c.Queues[0].Requires[0].Relax[1].After = 30 * time.Second }},
		{"queues.0.requires.0.relax.0.level", "narrower", func(c *Config) { c.Queues[0].Requires[0].Relax[0].Level = 9 }},
		{"queues.0.requires.0.relax.1", "narrower", func(c *Config) { c.Queues[0].Requires[0].Relax[0].Drop = true }},
		{"queues.0.requires.0.relax.0.level", "narrower", func(c *Config) { c.Queues[0].Requires[0].Compare = Equal }},
		{"assets.0.priority", "", func(c *Config) { c.Assets[0].Priority = -1 }},
		{"assets.0.queue", "unknown", func(c *Config) { c.Assets[0].Queue = "none" }},
		{"assets.0.queue", "archived", func(c *Config) { c.Assets[0].Queue, c.Assets[0].Requires = "gone", nil }},
		{"assets.0.requires", "no_skills", func(c *Config) { c.Assets[0].Queue = "plain" }},
		{"assets.0.requires.0.relax.0.level", "narrower", func(c *Config) { c.Assets[0].Requires[0].Relax[0].Level = 1 }},
	} {
		config := routed()
		c.change(&config)
		got := problem.Of(config.CheckRouting())
		want := problem.SettingInvalid
		if c.reason == "" {
			want = problem.OutOfRange
		}
		if got.Code != want || got.Params["field"] != c.field || c.reason != "" && got.Params["reason"] != c.reason {
			t.Errorf("%s %s: got %v", c.field, c.reason, config.CheckRouting())
		}
	}
}

// What each comparison lets through and what it adds to a match, and what
// becomes of it with the age of the visit.
func TestRequirements(t *testing.T) {
	has := func(n int) HeldSkill { return HeldSkill{Level: n} }
	says := func(s string) HeldSkill { return HeldSkill{Text: s} }
	for _, c := range []struct {
		r     Requirement
		h     HeldSkill
		met   bool
		score int
	}{
		{Requirement{Compare: AtLeast, Level: 5}, has(5), true, 5},
		{Requirement{Compare: AtLeast, Level: 5, Weight: 3}, has(4), false, 12},
		{Requirement{Compare: AtMost, Level: 5}, has(5), true, 5},
		{Requirement{Compare: AtMost, Level: 5}, has(6), false, 4},
		{Requirement{Compare: Equal, Level: 5}, has(5), true, 5},
		{Requirement{Compare: Equal, Level: 5}, has(7), false, 7},
		{Requirement{Compare: NotEqual, Level: 5}, has(5), false, 0},
		{Requirement{Compare: NotEqual, Level: 5, Weight: 2}, has(0), true, 20},
		{Requirement{Compare: Equal, Text: Yes}, says(Yes), true, 10},
		{Requirement{Compare: Equal, Text: Yes}, says(""), false, 0},
		{Requirement{Compare: NotEqual, Text: "night"}, says("day"), true, 10},
		{Requirement{Compare: NotEqual, Text: "night"}, says("night"), false, 0},
	} {
		if met, score := c.r.Met(c.h), c.r.Score(c.h); met != c.met || score != c.score {
			t.Errorf("%+v with %+v: met %v, score %d", c.r, c.h, met, score)
		}
	}
	r := routed().Queues[0].Requires[0]
	for age, want := range map[time.Duration]int{0: 8, 30*time.Second - 1: 8, 30 * time.Second: 5, time.Minute - 1: 5, time.Minute: -1, time.Hour: -1} {
		got, holds := r.At(age)
		if !holds {
			got.Level = -1
		}
		if got.Level != want {
			t.Errorf("after %v: level %d, want %d", age, got.Level, want)
		}
	}
}

// What a conversation brings along is asked only where somebody could be given it.
func TestWhatCanBeAsked(t *testing.T) {
	c := routed()
	for _, x := range []struct {
		r               Requirement
		asks, plausible bool
	}{
		{Requirement{Skill: "arabic", Compare: AtLeast, Level: 5}, true, true},
		{Requirement{Skill: "shift", Compare: NotEqual, Text: "night"}, true, true},
		{Requirement{Skill: "shift", Compare: Equal, Text: "noon"}, false, true},
		{Requirement{Skill: "old", Compare: AtLeast, Level: 5}, false, true},
		{Requirement{Skill: "chess", Compare: AtLeast, Level: 5}, false, true},
		{Requirement{Skill: "arabic", Compare: Equal, Text: "yes"}, false, true},
		{Requirement{Skill: "arabic", Compare: AtLeast, Level: 11}, false, false},
		{Requirement{Skill: "arabic", Compare: AtLeast, Level: -1}, false, false},
		{Requirement{Skill: "arabic", Compare: "~", Level: 5}, false, false},
		{Requirement{Skill: "site", Compare: AtLeast, Text: "riyadh"}, false, false},
		{Requirement{Skill: "", Compare: AtLeast, Level: 5}, false, false},
		{Requirement{Skill: "arabic", Compare: AtLeast, Level: 5, Relax: []Relaxation{{After: -time.Second, Drop: true}}}, false, false},
	} {
		if asks, plausible := c.Asks(x.r), x.r.Plausible(); asks != x.asks || plausible != x.plausible {
			t.Errorf("%+v: asked %v, plausible %v", x.r, asks, plausible)
		}
	}
}
