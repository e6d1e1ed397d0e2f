package rest

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Huda is in the one team there is.
func TestTheDeskGetsTheTemplatesOneMayUse(t *testing.T) {
	s := newSite(t)
	mine := s.engine.config.Users[0].Teams[0]
	s.engine.config.Templates = []org.Template{
		{ID: "tpl_1", Name: org.Name{En: "Second"}, Text: org.Name{En: "b"}, Teams: []id.Team{"team_x", mine}, Order: 2, End: true},
		{ID: "tpl_2", Name: org.Name{En: "First"}, Text: org.Name{Ar: "أ <رقم>"}, Group: org.Name{En: "G"}, Order: 1, Start: true, FollowUp: true},
		{ID: "tpl_3", Name: org.Name{En: "Others'"}, Text: org.Name{En: "c"}, Teams: []id.Team{"team_x"}, Order: 0},
		{ID: "tpl_4", Name: org.Name{En: "Old"}, Text: org.Name{En: "d"}, Archived: true},
	}
	got := s.do("GET", "/api/v1/desk/settings", "")
	var set struct{ Templates []Template }
	if err := json.Unmarshal([]byte(got.body), &set); err != nil {
		t.Fatal(err)
	}
	want := []Template{
		{ID: "tpl_2", Name: org.Name{En: "First"}, Group: org.Name{En: "G"}, Text: org.Name{Ar: "أ <رقم>"}, Start: true, FollowUp: true},
		{ID: "tpl_1", Name: org.Name{En: "Second"}, Text: org.Name{En: "b"}, End: true},
	}
	if diff := cmp.Diff(want, set.Templates); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// S41: what the desk is given is within the user's profile.
func TestTheDeskGetsWhatTheProfileAllows(t *testing.T) {
	s := newSite(t)
	c := &s.engine.config
	c.Profiles = []org.Profile{{ID: "prf_1", IdleReasons: []id.Reason{"rsn_1"}, WrapUpReasons: []id.Reason{"rsn_3"}, Templates: []id.Template{"tpl_2"}}}
	c.Users[0].Profile = "prf_1"
	c.Reasons = []org.Reason{
		{ID: "rsn_1", Kind: org.IdleReason}, {ID: "rsn_2", Kind: org.IdleReason}, {ID: "rsn_3", Kind: org.WrapUpReason}, {ID: "rsn_4", Kind: org.WrapUpReason},
	}
	c.Templates = []org.Template{{ID: "tpl_1", Text: org.Name{En: "a"}}, {ID: "tpl_2", Text: org.Name{En: "b"}}}
	var set struct {
		Reasons   []ReasonInSet
		Templates []Template
	}
	if err := json.Unmarshal([]byte(s.do("GET", "/api/v1/desk/settings", "").body), &set); err != nil {
		t.Fatal(err)
	}
	if len(set.Reasons) != 2 || set.Reasons[0].ID != "rsn_1" || set.Reasons[1].ID != "rsn_3" || len(set.Templates) != 1 || set.Templates[0].ID != "tpl_2" {
		t.Errorf("got %+v", set)
	}
}
