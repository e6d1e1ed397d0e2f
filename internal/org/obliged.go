package org

import "slices"

// Obliged says who has to show a second step when they sign in: a code of an
// authenticator beside the password.
type Obliged string

// Who has to. Whoever is not obliged may have one nevertheless.
const (
	Nobody         Obliged = ""
	Administrators Obliged = "administrators"
	Everybody      Obliged = "everybody"
)

// Obliges reports whether the organization wants a second step of the user, whom
// roles of its own grant that much. As an administrator counts whoever may do
// anything of what they do. It does not ask during the first run, which may be
// left and gone on with.
func (s Settings) Obliges(u User, granted []Permission) bool {
	if s.Setup != SetupDone {
		return false
	}
	administers := u.Has(RoleAdministrator) || slices.ContainsFunc(granted, func(p Permission) bool { return slices.Contains(administrative, p) })
	return s.SecondStep == Everybody || s.SecondStep == Administrators && administers
}
