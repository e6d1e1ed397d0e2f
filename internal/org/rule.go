package org

import (
	"slices"
	"time"

	"hiwar/internal/id"
)

// Rule says which of the agents who could take a request of a queue gets it.
type Rule string

// The rules; "" is LongestAvailable. Only the two that name skills look at
// requirements.
const (
	LongestAvailable Rule = "longest_available" // fewest conversations first, then who has waited longest for one
	SkillsLongest    Rule = "skills_longest"    // the same among those who meet the requirements
	SkillsBest       Rule = "skills_best"       // who meets them best, then as above
	LeastLoaded      Rule = "least_loaded"      // lowest share of the own capacity first
	RoundRobin       Rule = "round_robin"       // whoever was offered a request longest ago, however busy
)

// Rules are all of them, in the order in which an administrator reads them.
var Rules = []Rule{LongestAvailable, SkillsLongest, SkillsBest, LeastLoaded, RoundRobin}

// UsesSkills reports whether the rule looks at requirements.
func (r Rule) UsesSkills() bool { return r == SkillsLongest || r == SkillsBest }

// Group is teams that a request also reaches once its visit to the queue has
// lasted so long.
type Group struct {
	Teams []id.Team     `json:"teams"`
	After time.Duration `json:"after"`
}

// Groups are the distribution groups of the queue in the order in which they
// open. The first is open from the beginning.
func (q Queue) Groups() []Group {
	return append([]Group{{Teams: q.Teams}}, q.Wider...)
}

// AllTeams are the teams of all groups of the queue.
func (q Queue) AllTeams() []id.Team {
	all := slices.Clone(q.Teams)
	for _, g := range q.Wider {
		all = append(all, g.Teams...)
	}
	return all
}

// ServedBy reports whether one of the teams is in any of the queue's groups.
func (q Queue) ServedBy(teams []id.Team) bool {
	return slices.ContainsFunc(q.AllTeams(), func(t id.Team) bool { return slices.Contains(teams, t) })
}

// DistributesBy is the rule in force.
func (q Queue) DistributesBy() Rule {
	if q.Rule == "" {
		return LongestAvailable
	}
	return q.Rule
}

// Switch is on, off or, where it is "", as the next wider level says.
type Switch string

// What a switch can be set to.
const (
	Inherit Switch = ""
	On      Switch = "on"
	Off     Switch = "off"
)
