package config

import (
	"cmp"
	"reflect"
	"slices"

	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// checkRoles wants every role of one's own to permit something that such a role
// can permit, each thing once.
func checkRoles(c org.Config) error {
	return first(
		within("roles", len(c.Roles), 0, org.MostRoles),
		each("roles", c.Roles, func(p string, r org.OwnRole) error {
			return first(
				unless(len(r.Permissions) == 0, problem.New(problem.SettingInvalid, "field", p+".permissions", "reason", "no_permission")),
				each(p+".permissions", r.Permissions, func(p string, may org.Permission) error {
					return unless(!slices.Contains(org.Permissions, may), invalid(p))
				}),
				unless(len(slices.Compact(slices.Sorted(slices.Values(r.Permissions)))) < len(r.Permissions), invalid(p+".permissions")),
			)
		}),
	)
}

// Rights reports whether what changed are rights: who may sign in, how, and
// what they may do then. Everybody's profile, skills and teams are none.
func Rights(before, next, changed org.Config) bool {
	return len(changed.Roles)+len(changed.Providers) > 0 || next.Organization.Settings.SecondStep != before.Organization.Settings.SecondStep ||
		len(otherAccounts(before, changed)) > 0
}

// account is what of a user decides what they may do.
type account struct{ was, is org.User }

// otherAccounts are those of changed who are new, or sign in otherwise than
// before, or as something else.
func otherAccounts(before, changed org.Config) (list []account) {
	for _, u := range changed.Users {
		i, there := slices.BinarySearchFunc(before.Users, u, func(x, u org.User) int { return cmp.Compare(x.ID, u.ID) })
		var was org.User
		if there {
			was = before.Users[i]
		}
		if !there || was.Email != u.Email || was.Disabled != u.Disabled || !slices.Equal(was.Roles, u.Roles) {
			list = append(list, account{was, u})
		}
	}
	return list
}

// Permit refuses with [problem.Forbidden] what somebody may not change who may
// do what may says: changed put on before gave next.
//
// Nobody gives, in a role or to a user, what they may not do themselves; nor do
// they take it from anybody, sign in as them or keep them out. Who may
// administer may do all that.
func Permit(before, next, changed org.Config, may func(org.Permission) bool) error {
	if may(org.MayAdminister) {
		return nil
	}
	refused := problem.New(problem.Forbidden, "reason", "rights")
	if len(changed.Providers) > 0 || next.Organization.Settings.SecondStep != before.Organization.Settings.SecondStep {
		return refused
	}
	if !may(org.MayManageUsers) && len(changed.Users)+len(changed.Roles) > 0 || !may(org.MayConfigure) && !onlyPeople(changed) {
		return refused
	}
	for _, r := range changed.Roles {
		if !holds(may, before.Granted([]org.Role{r.ID})) || !holds(may, next.Granted([]org.Role{r.ID})) {
			return refused
		}
	}
	for _, a := range otherAccounts(before, changed) {
		if !holds(may, before.PermittedTo(a.was.Roles)) || !holds(may, next.PermittedTo(a.is.Roles)) {
			return refused
		}
	}
	return nil
}

// MayManage reports whether somebody who may do what may says can change how the
// user signs in, and with that be them.
func MayManage(c org.Config, u org.User, may func(org.Permission) bool) bool {
	return may(org.MayAdminister) || holds(may, c.PermittedTo(u.Roles))
}

func holds(may func(org.Permission) bool, all []org.Permission) bool {
	return !slices.ContainsFunc(all, func(p org.Permission) bool { return !may(p) })
}

// onlyPeople reports whether nothing changed but users and roles.
func onlyPeople(changed org.Config) bool {
	changed.Users, changed.Roles, changed.Version = nil, nil, 0
	return reflect.DeepEqual(changed, org.Config{})
}
