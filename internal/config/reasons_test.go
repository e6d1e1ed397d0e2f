package config

import (
	"testing"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

func TestGroupsOfReasonsThatMakeNoSenseAreRefused(t *testing.T) {
	reason := func(name, in id.Reason) org.Reason {
		return org.Reason{ID: name, Kind: org.WrapUpReason, Name: org.Name{En: string(name)}, Group: in}
	}
	deep := []org.Reason{reason("a", ""), reason("b", "a"), reason("c", "b")}
	for what, x := range map[string]struct {
		reasons []org.Reason
		auto    id.Reason
		field   string
		why     string
	}{
		"three levels":          {reasons: deep, auto: "c"},
		"four levels":           {reasons: append([]org.Reason{reason("d", "c")}, deep...), field: "reasons.0.group", why: "levels"},
		"in itself":             {reasons: []org.Reason{reason("a", "a")}, field: "reasons.0.group", why: "circle"},
		"in each other":         {reasons: []org.Reason{reason("a", "b"), reason("b", "a")}, field: "reasons.0.group", why: "circle"},
		"under a circle":        {reasons: []org.Reason{reason("c", "a"), reason("a", "b"), reason("b", "a")}, field: "reasons.0.group", why: "levels"},
		"an idle reason":        {reasons: []org.Reason{reason("a", ""), {ID: "b", Kind: org.IdleReason, Group: "a"}}, field: "reasons.1.group", why: "no_group"},
		"in an idle reason":     {reasons: []org.Reason{{ID: "a", Kind: org.IdleReason}, reason("b", "a")}, field: "reasons.1.group", why: "no_group"},
		"a group by the timer":  {reasons: deep, auto: "b", field: "queues.0.wrapup_default", why: "group"},
		"of which all are gone": {reasons: []org.Reason{reason("a", ""), {ID: "b", Kind: org.WrapUpReason, Group: "a", Archived: true}}, auto: "a"},
	} {
		err := checkReasons(org.Config{Reasons: x.reasons, Queues: []org.Queue{{WrapUpDefault: x.auto}}})
		p := problem.Of(err)
		if x.why == "" && err == nil {
			continue
		}
		if err == nil || p.Code != problem.SettingInvalid || p.Params["field"] != x.field || p.Params["reason"] != x.why {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

// Two groups may each have their own "Other".
func TestReasonsOfOneNameStandInSeveralGroups(t *testing.T) {
	old := org.Config{Reasons: []org.Reason{
		{ID: "a", Kind: org.WrapUpReason, Name: org.Name{En: "Billing"}},
		{ID: "b", Kind: org.WrapUpReason, Name: org.Name{En: "Other"}, Group: "a"},
	}}
	for group, taken := range map[id.Reason]bool{"": false, "a": true} {
		added := org.Reason{ID: "c", Kind: org.WrapUpReason, Name: org.Name{En: "other"}, Group: group}
		next := old
		next.Reasons = append(append([]org.Reason{}, old.Reasons...), added)
		if err := Distinct(old, next, org.Config{Reasons: []org.Reason{added}}); (err != nil) != taken {
			t.Errorf("another in %q: %v", group, err)
		}
	}
}
