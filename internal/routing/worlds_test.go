package routing

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// worlds are one for each pair of features that could get into each other's
// way. The durations of one world differ, so that each can be over before,
// with and after each other one.
func worlds() []world { return append(pairWorlds(), ruleWorlds()...) }

func pairWorlds() []world {
	const s = time.Second
	pauses := []time.Duration{s, 5 * s}
	settings := func(f func(*org.Settings)) func(*org.Config) {
		return func(c *org.Config) { f(&c.Organization.Settings) }
	}
	return []world{
		{
			name: "offers and RONA", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA = s })), first: ready("a", "b"),
			moves: []move{start(3, "w"), accept(), available("a", "b"), idle("a"), end(), wrapUp()},
		},
		{
			name: "open offers and declining", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA, set.OpenOffers, set.AllowDecline = s, 1, true })),
			first:  ready("a", "b"),
			moves:  []move{start(3, "w"), accept(), decline(), available("a", "b"), customerEnds(), wrapUp()},
		},
		{
			name: "two queues and priorities", pauses: pauses,
			config: twoQueues(2, settings(func(set *org.Settings) { set.RONA, set.Ageing = s, 2*s })), first: ready("a", "b"),
			moves: []move{start(3, "w", "v"), accept(), available("a"), customerEnds(), wrapUp()},
		},
		{
			name: "transfer to a queue and sender", pauses: pauses,
			config: twoQueues(2, func(c *org.Config) {
				c.Organization.Settings.RONA = s
				c.Organization.Settings.Capacity = 1
				c.Queues[1].TransfersJoinEnd = true
			}),
			first: ready("a", "b"),
			moves: []move{start(2, "w"), accept(), available("a", "b"), transferToQueue("q", "r"), end(), wrapUp()},
		},
		{
			name: "transfer to an agent and RONA", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA = s })), first: ready("a", "b"),
			moves: []move{start(2, "w"), accept(), available("a", "b"), transfer("b"), end(), wrapUp()},
		},
		{
			name: "return and lost agents", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				c.Organization.Settings.RONA, c.Organization.Settings.Grace = 2*s, s
				c.Queues[0].OnUnanswered = org.Return
			}),
			first: ready("a", "b"),
			moves: []move{start(1, "w"), accept(), available("a", "b"), signIn("a", "b"), transfer("a", "b"), lose("a", "b"), regain("a", "b"), wrapUp()},
		},
		{
			name: "close and customers lost in transfer", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				set := &c.Organization.Settings
				set.RONA, set.CustomerUnseen, set.CustomerGone = 2*s, s, 3*s
				c.Queues[0].OnUnanswered = org.Close
			}),
			first: ready("a", "b"),
			moves: []move{start(1, "w"), accept(), available("a", "b"), idle("a", "b"), transfer("a", "b"), customerLost(), customerBack(), wrapUp()},
		},
		{
			name: "return and customers lost", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				set := &c.Organization.Settings
				set.RONA, set.CustomerUnseen, set.CustomerGone = 2*s, s, 3*s
				c.Queues[0].OnUnanswered = org.Return
			}),
			first: ready("a", "b"),
			moves: []move{start(1, "w"), accept(), available("a", "b"), idle("a", "b"), transfer("a", "b"), customerLost(), customerBack(), customerEnds(), wrapUp()},
		},
		{
			name: "customers lost and offers", pauses: pauses,
			config: tiny(1, settings(func(set *org.Settings) { set.RONA, set.CustomerUnseen, set.CustomerGone = 2*s, s, 3*s })),
			first:  ready("a"),
			moves:  []move{start(2, "w"), accept(), available("a"), customerLost(), customerBack(), end(), wrapUp()},
		},
		{
			name: "lost agents and transfer to a queue", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA, set.Grace, set.NoticeToCustomer, set.Capacity = s, 2*s, 9*s, 1 })),
			first:  ready("a", "b"),
			moves:  []move{start(2, "w"), accept(), available("a", "b"), signIn("a", "b"), lose("a", "b"), regain("a", "b"), transferToQueue("q"), wrapUp()},
		},
		{
			name: "undelivered offers and RONA", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA, set.ConfirmWithin, set.Grace = 2*s, s, 3*s })),
			first:  ready("a", "b"),
			moves:  []move{start(2, "w"), accept(), confirm(), available("a", "b"), regain("a", "b"), signIn("a", "b"), wrapUp()},
		},
		{
			name: "conference and RONA", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA = s })), first: ready("a", "b"),
			moves: []move{start(2, "w"), accept(), available("a", "b"), invite("b"), partWays("b"), end(), wrapUp()},
		},
		{
			name: "conference and lost agents", pauses: pauses,
			config: tiny(3, settings(func(set *org.Settings) { set.RONA, set.Grace, set.Capacity = s, 2*s, 1 })), first: ready("a", "b", "c"),
			moves: []move{start(1, "w"), accept(), available("a", "b", "c"), signIn("a", "b", "c"), invite("b", "c"), partWays("b"), lose("a", "b"), regain("a"), wrapUp()},
		},
		{
			name: "conference and transfer and leaving customers", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA = s })), first: ready("a", "b"),
			moves: []move{start(1, "w"), accept(), available("a", "b"), idle("b"), invite("a", "b"), partWays("a", "b"), transfer("a", "b"), transferToQueue("q"), customerEnds(), wrapUp()},
		},
		{
			name: "deleted asset and transfer", pauses: pauses,
			config: twoQueues(2, settings(func(set *org.Settings) { set.RONA, set.Grace, set.Capacity = s, 2*s, 1 })), first: ready("a", "b"),
			moves: []move{start(2, "w", "v"), accept(), available("b"), deleteAsset("w"), transfer("b"), lose("a"), end(), wrapUp()},
		},
		{
			name: "deleted asset and conference", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA, set.Grace, set.Capacity = s, 2*s, 1 })), first: ready("a", "b"),
			moves: []move{start(2, "w"), accept(), available("a", "b"), deleteAsset("w"), invite("a", "b"), partWays("a", "b"), lose("a", "b"), end(), wrapUp()},
		},
		{
			name: "wrap-up timer and capacity", pauses: pauses,
			config: tiny(1, func(c *org.Config) {
				c.Organization.Settings.RONA = s
				c.Queues[0].WrapUpAuto = 2 * s
			}),
			first: ready("a"),
			moves: []move{start(3, "w"), accept(), available("a"), end(), wrapUp(), wrapUpTimer(), transferToQueue("q")},
		},
		{
			name: "silence and transfer and lost agents", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) {
				set.RONA, set.Grace, set.InactivityClose, set.InactivityWarning = s, 2*s, 3*s, s
			})),
			first: ready("a", "b"),
			moves: []move{start(1, "w"), accept(), available("a", "b"), signIn("a", "b"), speak(), lose("a"), regain("a"), transfer("a", "b"), wrapUp()},
		},
		{
			name: "forced sign-out and transfer and conference", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				c.Organization.Settings.RONA, c.Organization.Settings.Capacity = s, 1
				c.Queues[0].OnUnanswered = org.Return
			}),
			first: ready("a", "b"),
			moves: []move{start(2, "w"), accept(), available("a", "b"), signIn("a", "b"), signOut("a"), forceSignOut("a", "b"), transfer("a"), invite("a"), partWays("a"), wrapUp()},
		},
		{
			name: "maximum wait and RONA and lost customers", pauses: pauses,
			config: twoQueues(2, func(c *org.Config) {
				set := &c.Organization.Settings
				set.RONA, set.CustomerUnseen, set.CustomerGone, set.Capacity = 2*s, s, 4*s, 1
				c.Queues[1].Limits = org.Limits{MaxWait: 3 * s, Then: org.ThenOverflow, ThenQueue: "q"}
				c.Queues[0].Limits = org.Limits{MaxWait: 6 * s, Then: org.ThenClose}
			}),
			first: ready("a", "b"),
			moves: []move{start(2, "v"), accept(), available("a", "b"), idle("a"), customerLost(), customerBack(), end(), wrapUp()},
		},
		{
			name: "nobody there and transfer and full queues", pauses: pauses,
			config: twoQueues(2, func(c *org.Config) {
				set := &c.Organization.Settings
				set.RONA, set.NoAgentAfter, set.Grace, set.Capacity = 2*s, s, 3*s, 1
				c.Queues[1].Limits = org.Limits{MaxWaiting: 1, Then: org.ThenOverflow, ThenQueue: "q"}
				c.Queues[0].Limits = org.Limits{MaxWaiting: 1, Then: org.ThenClose}
			}),
			first: ready("a", "b"),
			moves: []move{start(2, "v"), accept(), available("a"), signIn("a"), forceSignOut("a", "b"), transferToQueue("q", "r"), wrapUp()},
		},
		{
			name: "left messages and waiting and lost customers", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				set := &c.Organization.Settings
				set.RONA, set.CustomerUnseen, set.CustomerGone, set.Capacity = 2*s, s, 3*s, 1
				c.Queues[0].Limits = org.Limits{MaxWait: 4 * s, Then: org.ThenMessage}
			}),
			first: ready("a"),
			moves: []move{start(2, "w"), leave(2, "w"), customerWrites(), accept(), available("a"), customerLost(), customerBack(), end(), wrapUp()},
		},
		{
			name: "left messages and transfer and lost agents", pauses: pauses,
			config: tiny(2, func(c *org.Config) {
				set := &c.Organization.Settings
				set.RONA, set.Grace, set.Capacity = s, 2*s, 1
				c.Queues[0].Limits = org.Limits{Then: org.ThenMessage}
			}),
			first: ready("a", "b"),
			moves: []move{leave(1, "w"), start(2, "w"), accept(), available("a", "b"), signIn("a"), lose("a"), regain("a"), transfer("b"), transferToQueue("q"), wrapUp()},
		},
		{
			name: "configuration and limits", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA = s })), first: ready("a", "b"),
			moves: []move{start(2, "w"), accept(), available("a", "b"), signIn("b"), signOut("b"), configure(variants(func(c *org.Config) {
				c.Organization.Settings.RONA, c.Organization.Settings.NoAgentAfter = s, 2*s
				c.Queues[0].Limits = org.Limits{MaxWait: 3 * s, Then: org.ThenClose}
			})...), end(), wrapUp()},
		},
		{
			name: "configuration and offers", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA = s })), first: ready("a", "b"),
			moves: []move{start(2, "w"), accept(), available("a", "b"), signIn("b"), configure(variants(settings(func(set *org.Settings) { set.RONA = s }))...), end(), wrapUp()},
		},
		{
			name: "configuration and transfer", pauses: pauses,
			config: tiny(2, settings(func(set *org.Settings) { set.RONA = s })), first: ready("a", "b"),
			moves: []move{start(1, "w"), accept(), available("a", "b"), signIn("b"), configure(variants(settings(func(set *org.Settings) { set.RONA = s }))...), transfer("a", "b"), transferToQueue("q"), invite("b"), partWays("b"), wrapUp()},
		},
	}
}

// tiny is a configuration with n agents, of whom each has room for two, one
// queue and one asset. All that runs by
// itself is far away: what a world does not set must not come into play there,
// or a countdown from an hour makes new states for ever.
func tiny(n int, adjust func(*org.Config)) org.Config {
	c := org.Config{
		Version: 1,
		Organization: org.Organization{ID: "org", Settings: org.Settings{
			RONA: time.Hour, Grace: time.Hour, CustomerUnseen: time.Hour, CustomerGone: time.Hour, Capacity: 2, OpenOffers: 2,
		}},
		Teams:  []org.Team{{ID: "t"}},
		Queues: []org.Queue{{ID: "q", Teams: []id.Team{"t"}}},
		Assets: []org.Asset{{ID: "w", Queue: "q"}},
	}
	for _, u := range []id.User{"a", "b", "c"}[:n] {
		c.Users = append(c.Users, org.User{ID: u, Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{"t"}})
	}
	adjust(&c)
	return c
}

// twoQueues adds a queue of higher priority with its asset, which only the
// first agent serves.
func twoQueues(n int, adjust func(*org.Config)) org.Config {
	c := tiny(n, func(*org.Config) {})
	c.Teams = append(c.Teams, org.Team{ID: "u"})
	c.Queues = append(c.Queues, org.Queue{ID: "r", Teams: []id.Team{"u"}, Priority: 3})
	c.Assets = append([]org.Asset{{ID: "v", Queue: "r"}}, c.Assets...)
	c.Users[0].Teams = append(c.Users[0].Teams, "u")
	adjust(&c)
	return c
}

// variants are the configurations an administrator may change the floor to.
func variants(adjust func(*org.Config)) []org.Config {
	var list []org.Config
	for i, f := range []func(*org.Config){
		func(c *org.Config) {},
		func(c *org.Config) { c.Organization.Settings.Capacity = 1 },
		func(c *org.Config) { c.Users[1].Disabled = true },
		func(c *org.Config) { c.Users[1].Teams = nil },
		func(c *org.Config) { c.Queues[0].Archived = true },
		func(c *org.Config) { c.Queues = nil },
	} {
		c := tiny(2, adjust)
		f(&c)
		c.Version = i + 1
		list = append(list, c)
	}
	return list
}
