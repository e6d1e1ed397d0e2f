package org

// Obliged says who has to show a second step when they sign in: a code of an
// authenticator beside the password.
type Obliged string

// Who has to. Whoever is not obliged may have one nevertheless.
const (
	Nobody         Obliged = ""
	Administrators Obliged = "administrators"
	Everybody      Obliged = "everybody"
)

// Obliges reports whether the organization wants a second step of the user. It
// does not ask during the first run, which may be left and gone on with.
func (s Settings) Obliges(u User) bool {
	if s.Setup != SetupDone {
		return false
	}
	return s.SecondStep == Everybody || s.SecondStep == Administrators && u.Has(RoleAdministrator)
}
