package config_test

import (
	"strings"
	"testing"
	"time"

	"hiwar/internal/config"
	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/locale"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// What cannot be in the setting up of routing is refused when it is saved, in
// both languages, with a sentence that names the field.
func TestBadInputOfRoutingIsNamed(t *testing.T) {
	const s = time.Second
	skilled := func(c *org.Config) *org.Queue {
		c.Skills = []org.Skill{{ID: "georgian", Name: org.Name{En: "Georgian"}, Kind: org.Proficiency}, {ID: "latin", Name: org.Name{En: "Latin"}, Kind: org.Proficiency, Archived: true}}
		q := &c.Queues[0]
		q.Rule = org.SkillsLongest
		q.Requires = []org.Requirement{{Skill: "georgian", Compare: org.AtLeast, Level: 5}}
		return q
	}
	week := func(c *org.Config, spans ...hours.Span) { c.Hours[0].Schedule.Week.Monday = spans }
	for name, c := range map[string]struct {
		spoil func(c *org.Config)
		field string // "" is that it may be
	}{
		// What is allowed, and handled when it happens.
		"a skill that nobody has": {func(c *org.Config) { skilled(c) }, ""},
		"hours with a gap":        {func(c *org.Config) { week(c, hours.Span{From: 540, To: 720}, hours.Span{From: 780, To: 1020}) }, ""},
		"hours over an hour skipped": {func(c *org.Config) {
			c.Hours[0].Schedule.Zone = "Europe/Berlin"
			week(c, hours.Span{From: 120, To: 180})
		}, ""},
		"a queue without anybody in it": {func(c *org.Config) { c.Queues[0].Teams = nil }, ""},

		"a skill that is not there":      {func(c *org.Config) { skilled(c).Requires[0].Skill = "klingon" }, "queues.0.requires.0.skill"},
		"an archived skill":              {func(c *org.Config) { skilled(c).Requires[0].Skill = "latin" }, "queues.0.requires.0.skill"},
		"a level below none":             {func(c *org.Config) { skilled(c).Requires[0].Level = -1 }, "queues.0.requires.0.level"},
		"a level beyond all":             {func(c *org.Config) { skilled(c).Requires[0].Level = 1 << 40 }, "queues.0.requires.0.level"},
		"a negative weight":              {func(c *org.Config) { skilled(c).Requires[0].Weight = -1 }, "queues.0.requires.0.weight"},
		"a relaxation in the past":       {func(c *org.Config) { skilled(c).Requires[0].Relax = []org.Relaxation{{After: -s, Drop: true}} }, "queues.0.requires.0.relax.0.after"},
		"a relaxation that narrows":      {func(c *org.Config) { skilled(c).Requires[0].Relax = []org.Relaxation{{After: s, Level: 8}} }, "queues.0.requires.0.relax.0.level"},
		"a group that opens after years": {func(c *org.Config) { c.Queues[0].Wider = []org.Group{{After: 1 << 62}} }, "queues.0.wider.0.after"},
		"a group of nobody known":        {func(c *org.Config) { c.Queues[0].Wider = []org.Group{{After: s, Teams: []id.Team{"ghosts"}}} }, "queues.0.wider.0.teams.0"},
		"a negative cap":                 {func(c *org.Config) { c.Queues[0].PerAgent = -1 }, "queues.0.per_agent"},
		"a priority of none":             {func(c *org.Config) { c.Queues[0].Priority = -3 }, "queues.0.priority"},
		"a negative ageing":              {func(c *org.Config) { c.Organization.Settings.Ageing = -s }, "organization.settings.ageing"},
		"room for a million":             {func(c *org.Config) { c.Organization.Settings.Capacity = 1_000_000 }, "organization.settings.capacity"},
		"nobody there for no time":       {func(c *org.Config) { c.Organization.Settings.NoAgentAfter = 1 }, "organization.settings.no_agent_after"},
		"an answer in no time":           {func(c *org.Config) { c.Queues[0].RONA = -s }, "queues.0.rona"},
		"a line of minus one":            {func(c *org.Config) { c.Queues[0].Limits.MaxWaiting = -1 }, "queues.0.limits.max_waiting"},
		"a line round the world":         {func(c *org.Config) { c.Queues[0].Limits.MaxWaiting = 1 << 40 }, "queues.0.limits.max_waiting"},
		"a wait of a century": {func(c *org.Config) {
			c.Queues[0].Limits = org.Limits{MaxWait: 1 << 62, Then: org.ThenOverflow, ThenQueue: "q1"}
		}, "queues.0.limits.max_wait"},
		"overflow in a circle": {func(c *org.Config) {
			for i, then := range []id.Queue{"q1", "q2", "q0"} {
				c.Queues[i].Limits = org.Limits{Then: org.ThenOverflow, ThenQueue: then}
			}
		}, "queues.0.limits.then_queue"},
		"overflow to an archived queue": {func(c *org.Config) { c.Queues[0].Limits = org.Limits{Then: org.ThenOverflow, ThenQueue: "q9"} }, "queues.0.limits.then_queue"},
		"overflow to nowhere":           {func(c *org.Config) { c.Queues[0].Limits = org.Limits{Then: org.ThenOverflow, ThenQueue: "q7"} }, "queues.0.limits.then_queue"},
		"hours that are not there":      {func(c *org.Config) { c.Queues[0].Limits.Hours = "nights" }, "queues.0.limits.hours"},
		"hours that overlap":            {func(c *org.Config) { week(c, hours.Span{From: 60, To: 120}, hours.Span{From: 90, To: 180}) }, "hours.0.schedule.week.monday.1"},
		"hours turned round":            {func(c *org.Config) { week(c, hours.Span{From: 1200, To: 120}) }, "hours.0.schedule.week.monday.0"},
		"hours beyond the day":          {func(c *org.Config) { week(c, hours.Span{From: 60, To: 1 << 40}) }, "hours.0.schedule.week.monday.0"},
		"a zone on no map":              {func(c *org.Config) { c.Hours[0].Schedule.Zone = "Mars/Phobos" }, "hours.0.schedule.zone"},
		"a day that never was": {func(c *org.Config) {
			c.Hours[0].Schedule.Overrides = []hours.Override{{Date: hours.Date{Year: 2026, Month: 2, Day: 30}}}
		}, "hours.0.schedule.overrides.0.date"},
		"an asset of an archived queue": {func(c *org.Config) { c.Assets[0].Queue = "q9" }, "assets.0.queue"},
		"an agent of no team known":     {func(c *org.Config) { c.Users[0].Teams = []id.Team{"ghosts"} }, "users.0.teams.0"},
	} {
		conf := soundBut(t, [3]org.Limits{}, hours.Week{})
		c.spoil(&conf)
		err := config.Check(conf)
		if c.field == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		p := problem.Of(err)
		if err == nil || p.Params["field"] != c.field && p.Params["parameter"] != c.field {
			t.Errorf("%s: %v, not for %s", name, err, c.field)
			continue
		}
		for _, in := range []locale.Lang{locale.English, locale.Arabic} {
			if said := locale.Sentence(in, string(p.Code), p.Params); !strings.Contains(said, c.field) || strings.ContainsAny(said, "{}") {
				t.Errorf("%s: %q", name, said)
			}
		}
	}
}
