package org

import (
	"cmp"
	"slices"

	"hiwar/internal/id"
)

// MostReasonLevels is how deep wrap-up reasons may stand: a group, a group in
// it, and a reason in that.
const MostReasonLevels = 3

// Reasons are an organization's wrap-up reasons in use, as the tree they form. A
// reason that others in use stand in is a group: it is not chosen itself, and a
// list that names it names all there is in it. What stands in a group that is
// archived is out of use with it.
type Reasons struct {
	named   map[id.Reason]*Reason // of every kind, archived or not
	choices []id.Reason           // all that can be chosen, in the order they are shown
	spans   map[id.Reason][2]int  // which choices a reason or group stands for
}

// NewReasons is the tree of a configuration's reasons, which must not change
// afterwards. Groups that go in a circle are left out.
func NewReasons(all []Reason) Reasons {
	t := Reasons{named: make(map[id.Reason]*Reason, len(all)), spans: map[id.Reason][2]int{}}
	in := map[id.Reason][]*Reason{}
	for i := range all {
		r := &all[i]
		t.named[r.ID] = r
		if r.Kind == WrapUpReason && !r.Archived {
			in[r.Group] = append(in[r.Group], r)
		}
	}
	for _, list := range in {
		slices.SortStableFunc(list, func(x, y *Reason) int { return cmp.Compare(x.Order, y.Order) })
	}
	t.add(in, "")
	return t
}

// add puts what stands in the group behind the choices there are.
func (t *Reasons) add(in map[id.Reason][]*Reason, group id.Reason) {
	for _, r := range in[group] {
		from := len(t.choices)
		if len(in[r.ID]) > 0 {
			t.add(in, r.ID)
		} else {
			t.choices = append(t.choices, r.ID)
		}
		t.spans[r.ID] = [2]int{from, len(t.choices)}
	}
}

// Choices are what may be chosen where a queue has this list (empty: all) and
// the agent's desk is bounded by the profile, in the order they are shown.
func (t Reasons) Choices(of []id.Reason, p *Profile) []id.Reason {
	spans := [][2]int{{0, len(t.choices)}}
	if len(of) > 0 {
		spans = spans[:0]
		for _, r := range of {
			spans = append(spans, t.spans[r])
		}
	}
	list, listed := []id.Reason{}, make([]bool, len(t.choices))
	for _, span := range spans {
		for i := span[0]; i < span[1]; i++ {
			if r := t.choices[i]; !listed[i] && t.Allowed(r, p) {
				list = append(list, r)
			}
			listed[i] = true
		}
	}
	return list
}

// Allowed reports whether the profile lets the reason or group be used: it names
// none, or names it or a group that it stands in.
func (t Reasons) Allowed(r id.Reason, p *Profile) bool {
	if p == nil || len(p.WrapUpReasons) == 0 {
		return true
	}
	return slices.ContainsFunc(t.Path(r), func(r id.Reason) bool { return slices.Contains(p.WrapUpReasons, r) })
}

// Find is a reason of any kind, archived or not; nil if there is none.
func (t Reasons) Find(r id.Reason) *Reason { return t.named[r] }

// Group reports whether others in use stand in the reason.
func (t Reasons) Group(r id.Reason) bool {
	span, used := t.spans[r]
	return used && (span[1]-span[0] != 1 || t.choices[span[0]] != r)
}

// Path is the reason behind the groups it stands in, the outermost first: at
// most [MostReasonLevels] of them. It is known of what is archived, too.
func (t Reasons) Path(r id.Reason) []id.Reason {
	var path []id.Reason
	for at := t.named[r]; at != nil && len(path) < MostReasonLevels; at = t.named[at.Group] {
		path = append(path, at.ID)
	}
	slices.Reverse(path)
	return path
}

// Name is what a reason is called where its groups are not in sight, as in
// "Billing › Refund"; false if there is no such reason.
func (t Reasons) Name(r id.Reason) (n Name, known bool) {
	path := t.Path(r)
	if len(path) == 1 {
		return t.named[r].Name, true
	}
	for i, at := range path {
		if i > 0 {
			n.En, n.Ar = n.En+" › ", n.Ar+" › "
		}
		n.En, n.Ar = n.En+t.named[at].Name.In("en"), n.Ar+t.named[at].Name.In("ar")
	}
	return n, len(path) > 0
}
