package org

import (
	"testing"
	"time"

	"hiwar/internal/id"
)

func TestAProfileBoundsWhatItNames(t *testing.T) {
	full := Profile{
		ID: "prf_1", Queues: []id.Queue{"que_1"}, Teams: []id.Team{"team_1"}, IdleReasons: []id.Reason{"rsn_1"},
		WrapUpReasons: []id.Reason{"rsn_2"}, Templates: []id.Template{"tpl_1"}, WrapUpAuto: time.Minute,
	}
	c := Config{Profiles: []Profile{{ID: "prf_0"}, full}}
	reasons := NewReasons([]Reason{{ID: "rsn_2", Kind: WrapUpReason}, {ID: "rsn_9", Kind: WrapUpReason}})
	for _, x := range []struct {
		what             string
		profile          id.Profile
		inside, outside  bool
		auto             time.Duration
		withoutAnyOfTeam bool
	}{
		{"no profile", "", true, true, time.Hour, true},
		{"one that is gone", "prf_9", true, true, time.Hour, true},
		{"an empty one", "prf_0", true, true, time.Hour, true},
		{"a full one", "prf_1", true, false, time.Minute, false},
	} {
		p := c.ProfileOf(User{Profile: x.profile})
		for name, got := range map[string][2]bool{
			"queue":    {p.Queue("que_1"), p.Queue("que_9")},
			"team":     {p.Colleague([]id.Team{"team_0", "team_1"}), p.Colleague([]id.Team{"team_9"})},
			"idle":     {p.Idle("rsn_1"), p.Idle("rsn_9")},
			"wrap-up":  {reasons.Allowed("rsn_2", p), reasons.Allowed("rsn_9", p)},
			"template": {p.Template("tpl_1"), p.Template("tpl_9")},
		} {
			if got != [2]bool{x.inside, x.outside} {
				t.Errorf("%s: %s: got %v", x.what, name, got)
			}
		}
		if got := p.AutoWrapUp(time.Hour); got != x.auto {
			t.Errorf("%s: wraps up after %v", x.what, got)
		}
		if got := p.Colleague(nil); got != x.withoutAnyOfTeam {
			t.Errorf("%s: a colleague of no team: %v", x.what, got)
		}
	}
}
