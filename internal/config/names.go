package config

import (
	"slices"

	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/text"
)

// Distinct refuses a name that would stand twice in one list, as people read
// it: أحمد and احمد are one name, and so are Sales and SALES. changed put on old
// gave next. What was there before with such a name may stay and be changed in
// everything else; people may be namesakes.
func Distinct(old, next, changed org.Config) error {
	return first(
		distinct("teams", old.Teams, next.Teams, changed.Teams, func(t org.Team) called { return called{id: string(t.ID), name: t.Name} }),
		distinct("skills", old.Skills, next.Skills, changed.Skills, func(s org.Skill) called { return called{string(s.ID), "", s.Name, s.Archived} }),
		distinct("profiles", old.Profiles, next.Profiles, changed.Profiles, func(p org.Profile) called { return called{id: string(p.ID), name: p.Name} }),
		distinct("reasons", old.Reasons, next.Reasons, changed.Reasons, func(r org.Reason) called {
			return called{string(r.ID), string(r.Kind) + "\n" + string(r.Group), r.Name, r.Archived}
		}),
		distinct("queues", old.Queues, next.Queues, changed.Queues, func(q org.Queue) called { return called{string(q.ID), "", q.Name, q.Archived} }),
		distinct("assets", old.Assets, next.Assets, changed.Assets, func(a org.Asset) called { return called{string(a.ID), "", a.Name, a.Deleted} }),
		distinct("templates", old.Templates, next.Templates, changed.Templates, func(t org.Template) called {
			return called{string(t.ID), text.Fold(t.Group.En) + "\n" + text.Fold(t.Group.Ar), t.Name, t.Archived}
		}),
		distinct("providers", old.Providers, next.Providers, changed.Providers, func(p org.Provider) called {
			return called{string(p.ID), "", p.Name, p.Archived}
		}),
		distinct("roles", old.Roles, next.Roles, changed.Roles, func(r org.OwnRole) called {
			return called{string(r.ID), "", r.Name, r.Archived}
		}),
		distinct("hours", old.Hours, next.Hours, changed.Hours, func(h org.Hours) called { return called{id: string(h.ID), name: h.Name} }),
	)
}

// called is what an object is chosen by.
type called struct {
	id    string
	among string // only among those it has to be another name
	name  org.Name
	gone  bool // nobody chooses it any more
}

// said are the names as they are told apart, by the place they stand in.
func (c called) said() map[string]string {
	names := map[string]string{}
	for at, name := range map[string]string{".name.en": c.name.En, ".name.ar": c.name.Ar} {
		if folded := text.Fold(name); folded != "" && !c.gone {
			names[at] = c.among + "\n" + folded
		}
	}
	return names
}

func distinct[T any](list string, old, next, changed []T, of func(T) called) error {
	if len(changed) == 0 {
		return nil // nearly every list, at every change
	}
	was, other := map[string]called{}, map[string]bool{}
	for _, x := range old {
		c := of(x)
		was[c.id] = c
	}
	for _, x := range changed {
		c := of(x)
		other[c.id] = was[c.id] != c
	}
	holders := map[string][]string{}
	for _, x := range next {
		c := of(x)
		for _, name := range c.said() {
			holders[name] = append(holders[name], c.id)
		}
	}
	return each(list, next, func(path string, x T) error {
		c := of(x)
		if !other[c.id] {
			return nil
		}
		said := c.said()
		for _, at := range []string{".name.en", ".name.ar"} {
			if slices.ContainsFunc(holders[said[at]], func(holder string) bool { return holder != c.id }) {
				return problem.New(problem.SettingInvalid, "field", path+at, "reason", "name_taken")
			}
		}
		return nil
	})
}
