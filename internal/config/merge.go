package config

import (
	"cmp"
	"reflect"
	"slices"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// On is the configuration that follows when the file is put on c, and those of
// its objects that are new or other than before; nothing changed where the
// version stays. The file does not have to make sense: see [Check].
//
// A file that was made from another version is refused with
// [problem.VersionConflict].
func (f File) On(c org.Config) (next, changed org.Config, err error) {
	if f.Version != 0 && f.Version != c.Version {
		return c, org.Config{}, problem.New(problem.VersionConflict, "version", f.Version, "current", c.Version)
	}
	if err := f.deletesNothing(c); err != nil {
		return c, org.Config{}, err
	}
	next = c
	if f.Organization.Name != (org.Name{}) {
		o := f.Organization
		o.ID, o.Version = c.Organization.ID, c.Organization.Version
		if !same(o, c.Organization) {
			o.Version++
			next.Organization, changed.Organization = o, o
		}
	}
	next.Skills, changed.Skills = put(c.Skills, f.Skills, func(s *org.Skill) (*id.Skill, *int) { return &s.ID, &s.Version })
	next.Teams, changed.Teams = put(c.Teams, f.Teams, func(t *org.Team) (*id.Team, *int) { return &t.ID, &t.Version })
	next.Roles, changed.Roles = put(c.Roles, f.Roles, func(r *org.OwnRole) (*org.Role, *int) { return &r.ID, &r.Version })
	next.Users, changed.Users = put(c.Users, f.Users, func(u *org.User) (*id.User, *int) { return &u.ID, &u.Version })
	next.Profiles, changed.Profiles = put(c.Profiles, f.Profiles, func(p *org.Profile) (*id.Profile, *int) { return &p.ID, &p.Version })
	next.Reasons, changed.Reasons = put(c.Reasons, f.Reasons, func(r *org.Reason) (*id.Reason, *int) { return &r.ID, &r.Version })
	next.Queues, changed.Queues = put(c.Queues, f.Queues, func(q *org.Queue) (*id.Queue, *int) { return &q.ID, &q.Version })
	next.Assets, changed.Assets = put(c.Assets, f.Assets, func(a *org.Asset) (*id.Asset, *int) { return &a.ID, &a.Version })
	next.Templates, changed.Templates = put(c.Templates, f.Templates, func(t *org.Template) (*id.Template, *int) { return &t.ID, &t.Version })
	next.Hours, changed.Hours = put(c.Hours, f.Hours, func(h *org.Hours) (*id.Hours, *int) { return &h.ID, &h.Version })
	next.Providers, changed.Providers = put(c.Providers, f.Providers, func(p *org.Provider) (*id.Provider, *int) { return &p.ID, &p.Version })
	if !reflect.DeepEqual(changed, org.Config{}) {
		next.Version++
	}
	changed.Version = next.Version
	return next, changed, nil
}

// OtherRights are the users whom the file disables, or who have other roles with
// it than in c, or roles that permit something else: what they have open knows
// its rights from when it began. Who is disabled in c has nothing open.
func (f File) OtherRights(c org.Config) (list []id.User) {
	next, _, err := f.On(c)
	if err != nil {
		return nil
	}
	now := make(map[id.User]org.User, len(next.Users))
	for _, u := range next.Users {
		now[u.ID] = u
	}
	for _, was := range c.Users {
		u := now[was.ID]
		other := u.Disabled || !slices.Equal(was.Roles, u.Roles) || !slices.Equal(c.PermittedTo(was.Roles), next.PermittedTo(u.Roles))
		if !was.Disabled && other {
			list = append(list, u.ID)
		}
	}
	return list
}

// deletesNothing: deleting an asset interrupts conversations, so somebody has
// to type its name; a file neither does that nor takes it back. One that was
// deleted where the file was made is not there, and stays so.
func (f File) deletesNothing(c org.Config) error {
	deleted := map[id.Asset]bool{}
	for _, a := range c.Assets {
		deleted[a.ID] = a.Deleted
	}
	return each("assets", f.Assets, func(path string, a org.Asset) error {
		was, there := deleted[a.ID]
		return unless(there && a.Deleted != was, invalid(path+".deleted"))
	})
}

// put puts objects on others, by identifier and in its order, and lists what
// changed. Neither list that was given is written to.
func put[T any, I cmp.Ordered](old, file []T, key func(*T) (*I, *int)) (next, changed []T) {
	next = slices.Clone(old)
	for _, x := range file {
		name, version := key(&x)
		at, found := slices.BinarySearchFunc(next, *name, func(t T, want I) int {
			has, _ := key(&t)
			return cmp.Compare(*has, want)
		})
		if !found {
			*version = 1
			next = slices.Insert(next, at, x)
			changed = append(changed, x)
			continue
		}
		_, was := key(&next[at])
		*version = *was
		if same(next[at], x) {
			continue
		}
		*version++
		next[at] = x
		changed = append(changed, x)
	}
	return next, changed
}

// same compares what a file could hold of two objects: a list with nothing in
// it is no list.
func same[T any](a, b T) bool { return len(differences(a, b)) == 0 }
