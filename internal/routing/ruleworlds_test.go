package routing

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// ruleWorlds are those of the rules: whom a request reaches, who of them gets
// it, and what bounds that. Each step is compared with the rules as they read.
func ruleWorlds() []world {
	const s = time.Second
	drop := func(after time.Duration) []org.Relaxation { return []org.Relaxation{{After: after, Drop: true}} }
	knows := func(c *org.Config, agent, level int) {
		c.Users[agent].Skills = []org.HeldSkill{{Skill: "x", Level: level}}
	}
	skilled := func(rule org.Rule, relax ...org.Relaxation) func(c *org.Config) {
		return func(c *org.Config) {
			c.Organization.Settings.RONA = s
			c.Skills = []org.Skill{{ID: "x", Kind: org.Proficiency, Language: "ar"}}
			c.Queues[0].Rule = rule
			c.Queues[0].Requires = []org.Requirement{{Skill: "x", Compare: org.AtLeast, Level: 5, Relax: relax}}
			knows(c, 0, 8)
		}
	}
	grouped := func(c *org.Config) {
		c.Organization.Settings.RONA, c.Organization.Settings.Capacity = s, 1
		c.Teams = append(c.Teams, org.Team{ID: "u"})
		c.Users[1].Teams = []id.Team{"u"}
		c.Queues[0].Wider = []org.Group{{Teams: []id.Team{"u"}, After: 2 * s}}
	}
	pauses := []time.Duration{s, 5 * s}
	list := []world{
		{
			name: "skills and relaxation and RONA", pauses: pauses,
			config: tiny(2, skilled(org.SkillsLongest, org.Relaxation{After: s, Level: 3}, org.Relaxation{After: 2 * s, Drop: true})),
			first:  ready("a", "b"),
			moves:  []move{start(2, "w"), accept(), available("a", "b"), idle("a"), end(), wrapUp()},
		},
		{
			name: "best available and transfer", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				skilled(org.SkillsBest, drop(2*s)...)(c)
				knows(c, 1, 6)
			}),
			first: ready("a", "b"),
			moves: []move{start(1, "w"), accept(), available("a", "b"), idle("a", "b"), transferToQueue("q"), transfer("b"), wrapUp()},
		},
		{
			name: "languages and lost agents", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				skilled(org.SkillsLongest)(c)
				c.Queues[0].Requires, c.Queues[0].LanguageLevel, c.Queues[0].LanguageRelax = nil, 5, 2*s
				c.Organization.Settings.Grace = 4 * s
			}),
			first: ready("a", "b"),
			moves: []move{startAs(2, "ar", "", "w"), startAs(2, "", "", "w"), accept(), available("a", "b"), signIn("a"), lose("a"), regain("a"), wrapUp()},
		},
		{
			name: "round robin and least loaded", pauses: pauses,
			config: twoQueues(2, func(c *org.Config) {
				c.Organization.Settings.RONA = s
				c.Users[0].Capacity = 1
				c.Queues[0].Rule, c.Queues[1].Rule = org.RoundRobin, org.LeastLoaded
				c.Users[1].Teams = c.Users[0].Teams
			}),
			first: ready("a", "b"),
			moves: []move{start(3, "w", "v"), accept(), available("a", "b"), end(), wrapUp()},
		},
		{
			name: "groups and signing out", pauses: pauses, config: tiny(2, grouped), first: ready("a", "b"),
			moves: []move{start(2, "w"), accept(), available("a", "b"), idle("a"), signIn("a"), signOut("a"), forceSignOut("a", "b"), end(), wrapUp()},
		},
		{
			name: "groups and lost agents and transfer", pauses: pauses,
			config: tiny(2, func(c *org.Config) { grouped(c); c.Organization.Settings.Grace = s }),
			first:  ready("a", "b"),
			moves:  []move{start(2, "w"), accept(), available("a", "b"), signIn("a", "b"), lose("a", "b"), regain("a"), transferToQueue("q"), wrapUp()},
		},
		{
			name: "kept customers and leaving agents", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				c.Organization.Settings.RONA, c.Organization.Settings.Grace, c.Organization.Settings.Capacity = s, 3*s, 1
				c.Queues[0].Sticky = 2 * s
			}),
			first: ready("a", "b"),
			moves: []move{startAs(2, "", "a", "w"), start(2, "w"), accept(), available("a", "b"), idle("a"), signIn("a"), lose("a"), regain("a"), end(), wrapUp()},
		},
		{
			name: "kept customers and groups and lost customers", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				grouped(c)
				set := &c.Organization.Settings
				set.CustomerUnseen, set.CustomerGone = s, 4*s
				c.Queues[0].Sticky = s
			}),
			first: ready("a", "b"),
			moves: []move{startAs(2, "", "b", "w"), accept(), available("a", "b"), idle("a", "b"), customerLost(), customerBack(), end(), wrapUp()},
		},
		{
			name: "caps per queue and transfer", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				c.Organization.Settings.RONA = s
				c.Queues[0].PerAgent = 1
				c.Queues[0].OnUnanswered = org.Return
			}),
			first: ready("a", "b"),
			moves: []move{start(3, "w"), accept(), available("a", "b"), transfer("a", "b"), wrapUp()},
		},
		{
			name: "caps per queue and conference", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				c.Organization.Settings.RONA = s
				c.Queues[0].PerAgent = 1
			}),
			first: ready("a", "b"),
			moves: []move{start(3, "w"), accept(), available("a", "b"), invite("b"), partWays("b"), transferToQueue("q"), wrapUp()},
		},
		{
			name: "picking and RONA and customers lost", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				set := &c.Organization.Settings
				set.RONA, set.OpenOffers, set.CustomerUnseen, set.CustomerGone = s, 1, s, 3*s
				c.Queues[0].ManualPick = true
			}),
			first: append(ready("a"), SignIn{"b"}),
			moves: []move{start(2, "w"), accept(), pick("a", "b"), available("a"), customerLost(), customerBack(), end(), wrapUp()},
		},
		{
			name: "picking and kept customers and caps", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				c.Organization.Settings.RONA, c.Organization.Settings.Capacity = s, 2
				c.Queues[0].ManualPick, c.Queues[0].Sticky, c.Queues[0].PerAgent = true, 2*s, 1
			}),
			first: ready("a", "b"),
			moves: []move{startAs(3, "", "a", "w"), accept(), pick("a", "b"), available("a", "b"), idle("b"), wrapUp(), end()},
		},
		{
			name: "nobody with the skill and signing out", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				skilled(org.SkillsLongest)(c)
				c.Organization.Settings.NoAgentAfter, c.Organization.Settings.Capacity = 2*s, 1
				c.Queues[0].Limits = org.Limits{Then: org.ThenClose}
				c.Queues = append(c.Queues, org.Queue{ID: "r", Rule: org.SkillsLongest, Requires: c.Queues[0].Requires, Teams: []id.Team{"t"}, ManualPick: true, Limits: c.Queues[0].Limits})
			}),
			first: ready("a", "b"),
			moves: []move{start(2, "w"), accept(), pick("b"), available("a"), signIn("a", "b"), signOut("a", "b"), transferToQueue("q", "r"), wrapUp()},
		},
		{
			name: "rules that change", pauses: pauses, config: tiny(2, skilled(org.SkillsLongest, drop(2*s)...)), first: ready("a", "b"),
			moves: []move{startAs(2, "ar", "a", "w"), accept(), available("a", "b"), configure(ruleVariants(skilled(org.SkillsLongest, drop(2*s)...), knows)...), end(), wrapUp()},
		},
	}
	for i := range list {
		list[i].rules = true
	}
	return list
}

// ruleVariants are what an administrator may change of the rules while people
// work under them.
func ruleVariants(base func(*org.Config), knows func(c *org.Config, agent, level int)) []org.Config {
	const s = time.Second
	var list []org.Config
	for i, f := range []func(*org.Config){
		func(c *org.Config) {},
		func(c *org.Config) { knows(c, 0, 2); knows(c, 1, 9) },
		func(c *org.Config) { c.Queues[0].Requires[0].Level = 9; c.Queues[0].Requires[0].Relax = nil },
		func(c *org.Config) { c.Queues[0].Rule = org.RoundRobin },
		func(c *org.Config) { c.Queues[0].PerAgent = 1; c.Queues[0].Sticky = 3 * s },
		func(c *org.Config) {
			c.Queues[0].Wider = []org.Group{{Teams: c.Queues[0].Teams, After: s}}
			c.Queues[0].Teams = nil
			c.Users[1].Exclusive = org.On
		},
	} {
		c := tiny(2, base)
		f(&c)
		c.Version = i + 1
		list = append(list, c)
	}
	return list
}
