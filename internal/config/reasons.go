package config

import (
	"strconv"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// checkReasons wants groups of wrap-up reasons that nobody is lost in, and of
// automatic wrap-up a reason and no group. It is a [problem.SettingInvalid] with
// one of these reasons:
//
//	no_group  only wrap-up reasons stand in groups, and are some
//	circle    the reason stands in itself
//	levels    there are more than [org.MostReasonLevels] levels
//	group     a group is no reason to record
func checkReasons(c org.Config) error {
	named := make(map[id.Reason]org.Reason, len(c.Reasons))
	for _, r := range c.Reasons {
		named[r.ID] = r
	}
	for i, r := range c.Reasons {
		if why := misplaced(r, named); why != "" {
			return problem.New(problem.SettingInvalid, "field", "reasons."+strconv.Itoa(i)+".group", "reason", why)
		}
	}
	tree := org.NewReasons(c.Reasons)
	return each("queues", c.Queues, func(path string, q org.Queue) error {
		return unless(tree.Group(q.WrapUpDefault), problem.New(problem.SettingInvalid, "field", path+".wrapup_default", "reason", "group"))
	})
}

// misplaced is why the reason cannot stand where it does, or "".
func misplaced(r org.Reason, named map[id.Reason]org.Reason) string {
	levels := 1
	for at := r; at.Group != ""; at = named[at.Group] {
		levels++
		switch {
		case at.Group == r.ID:
			return "circle"
		case r.Kind != org.WrapUpReason || named[at.Group].Kind != org.WrapUpReason:
			return "no_group"
		case levels > org.MostReasonLevels:
			return "levels"
		}
	}
	return ""
}
