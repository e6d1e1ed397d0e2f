package org

import (
	"slices"
	"time"

	"hiwar/internal/id"
)

// Profile bounds what the desk of a user offers them. An empty list bounds
// nothing, and so does a profile that is not there: every method may be called
// on nil.
type Profile struct {
	ID            id.Profile    `json:"id"`
	Name          Name          `json:"name"`
	Queues        []id.Queue    `json:"queues"` // that conversations may be given to
	Teams         []id.Team     `json:"teams"`  // buddy teams: whose members may be given or asked into one
	IdleReasons   []id.Reason   `json:"idle_reasons"`
	WrapUpReasons []id.Reason   `json:"wrapup_reasons"`
	Templates     []id.Template `json:"templates"`
	WrapUpAuto    time.Duration `json:"wrapup_auto"` // 0: the queue's
	Version       int           `json:"-"`
}

// ProfileOf is the profile of a user; nil if they have none.
func (c Config) ProfileOf(u User) *Profile {
	i := slices.IndexFunc(c.Profiles, func(p Profile) bool { return p.ID == u.Profile })
	if u.Profile == "" || i < 0 {
		return nil
	}
	return &c.Profiles[i]
}

// Queue reports whether a conversation may be given to the queue.
func (p *Profile) Queue(q id.Queue) bool { return p == nil || within(p.Queues, q) }

// Colleague reports whether members of these teams may be given a conversation
// or asked into one.
func (p *Profile) Colleague(teams []id.Team) bool {
	return p == nil || len(p.Teams) == 0 || slices.ContainsFunc(teams, func(t id.Team) bool { return slices.Contains(p.Teams, t) })
}

// Idle reports whether the idle reason may be chosen.
func (p *Profile) Idle(r id.Reason) bool { return p == nil || within(p.IdleReasons, r) }

// Template reports whether the template may be used.
func (p *Profile) Template(t id.Template) bool { return p == nil || within(p.Templates, t) }

// AutoWrapUp is the time for automatic wrap-up where the queue has this one.
func (p *Profile) AutoWrapUp(queue time.Duration) time.Duration {
	if p == nil || p.WrapUpAuto == 0 {
		return queue
	}
	return p.WrapUpAuto
}

func within[T comparable](list []T, x T) bool { return len(list) == 0 || slices.Contains(list, x) }
