package org

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/id"
)

// branched is a tree of three levels, out of order and with what is out of use.
func branched() []Reason {
	reason := func(name id.Reason, in id.Reason, order int) Reason {
		return Reason{ID: name, Kind: WrapUpReason, Name: Name{En: string(name)}, Group: in, Order: order}
	}
	all := []Reason{
		reason("spam", "", 3), reason("billing", "", 1), reason("solved", "", 2),
		reason("invoice", "billing", 2), reason("refund", "billing", 1), reason("late", "refund", 2), reason("granted", "refund", 1),
		reason("attic", "", 4), reason("old", "attic", 1), reason("empty", "", 5), reason("gone", "empty", 1),
		{ID: "break", Kind: IdleReason, Order: 1},
	}
	all[7].Archived, all[10].Archived = true, true
	return all
}

func TestReasonsAreChosenInTheOrderOfTheirTree(t *testing.T) {
	tree := NewReasons(branched())
	for _, x := range []struct {
		what    string
		of      []id.Reason
		profile *Profile
		want    []id.Reason
	}{
		{"all", nil, nil, []id.Reason{"granted", "late", "invoice", "solved", "spam", "empty"}},
		{"a group is all in it", []id.Reason{"spam", "billing"}, nil, []id.Reason{"spam", "granted", "late", "invoice"}},
		{"what is named twice comes once", []id.Reason{"late", "refund", "billing", "late"}, nil, []id.Reason{"late", "granted", "invoice"}},
		{"what is out of use, of another kind or not there", []id.Reason{"attic", "old", "gone", "break", "nothing", "spam"}, nil, []id.Reason{"spam"}},
		{"a profile of a group", nil, &Profile{WrapUpReasons: []id.Reason{"refund", "spam"}}, []id.Reason{"granted", "late", "spam"}},
		{"a profile of none of them", []id.Reason{"billing"}, &Profile{WrapUpReasons: []id.Reason{"spam"}}, []id.Reason{}},
	} {
		if diff := cmp.Diff(x.want, tree.Choices(x.of, x.profile)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", x.what, diff)
		}
	}
	for r, want := range map[id.Reason]bool{"billing": true, "refund": true, "late": false, "spam": false, "empty": false, "attic": false, "nothing": false} {
		if got := tree.Group(r); got != want {
			t.Errorf("%s is a group: %v", r, got)
		}
	}
}

// One that stands alone in a group does not make the group a reason.
func TestAGroupOfOneIsAGroup(t *testing.T) {
	tree := NewReasons([]Reason{{ID: "a", Kind: WrapUpReason}, {ID: "b", Kind: WrapUpReason, Group: "a"}})
	if diff := cmp.Diff([]id.Reason{"b"}, tree.Choices(nil, nil)); diff != "" || !tree.Group("a") || tree.Group("b") {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAReasonIsNamedWithItsGroups(t *testing.T) {
	all := branched()
	all[1].Name = Name{En: "Billing", Ar: "الفواتير"}
	tree := NewReasons(all)
	for r, want := range map[id.Reason]Name{
		"late":  {En: "Billing › refund › late", Ar: "الفواتير › refund › late"},
		"spam":  {En: "spam"},
		"old":   {En: "attic › old", Ar: "attic › old"},
		"break": {},
	} {
		if got, known := tree.Name(r); !known || got != want {
			t.Errorf("%s: got %v, %v", r, got, known)
		}
	}
	if got, known := tree.Name("nothing"); known || got != (Name{}) {
		t.Errorf("nothing is called %v", got)
	}
}
