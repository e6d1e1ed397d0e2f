package org

import "slices"

// Role says what somebody may do; roles add up. It is one of the built-in ones
// or the identifier of an [OwnRole].
type Role string

// The built-in roles. What each permits is in [Role.Permits].
const (
	RoleAgent         Role = "agent"
	RoleSupervisor    Role = "supervisor"
	RoleAdministrator Role = "administrator"
)

// BuiltIn reports whether the role is there without anybody having made it.
func (r Role) BuiltIn() bool {
	return r == RoleAgent || r == RoleSupervisor || r == RoleAdministrator
}

// Permission is what roles are made of: a few operations that make sense only
// together. The table of package access says which.
type Permission string

// The permissions that a role of one's own can have.
const (
	MayAnswer      Permission = "answer"             // take requests and hold conversations
	MayReadAll     Permission = "read_conversations" // read all conversations, and who waits and why
	MayIntervene   Permission = "intervene"          // end any conversation and block its customer
	MayReadContact Permission = "contact"            // see how to reach a customer, where agents do not
	MayLead        Permission = "agents"             // see the agents, make them idle, sign them out
	MayConfigure   Permission = "configure"          // all that is set up, but for people, roles and signing in
	MayKeepAssets  Permission = "assets"             // delete assets, and keep the keys of identity
	MayManageUsers Permission = "users"              // people, their roles, invitations and second steps
	MayReadAudit   Permission = "audit"              // read the audit log and take it away
	MayBlock       Permission = "blocks"             // see and lift blocks, and block networks
	MayFindPeople  Permission = "people"             // find customers, and hold what is kept of them
	MayErasePeople Permission = "privacy"            // export and erase a customer
)

// MayAdminister is the built-in administrator's alone: how one signs in, and
// giving others what one has not.
const MayAdminister Permission = "administer"

// Permissions are those that a role of one's own can have, in the order in
// which people read them.
var Permissions = []Permission{
	MayAnswer, MayReadAll, MayIntervene, MayReadContact, MayLead,
	MayConfigure, MayKeepAssets, MayManageUsers, MayReadAudit, MayBlock, MayFindPeople, MayErasePeople,
}

var (
	agents         = []Permission{MayAnswer}
	supervisors    = []Permission{MayReadAll, MayIntervene, MayReadContact, MayLead}
	administrators = append([]Permission{MayReadContact}, administrative...)
)

// administrative are the permissions of those from whom a second step can be
// wanted as from administrators.
var administrative = []Permission{
	MayConfigure, MayKeepAssets, MayManageUsers, MayReadAudit, MayBlock, MayFindPeople, MayErasePeople, MayAdminister,
}

// Permits reports whether a built-in role does; one of one's own permits what
// [Config.Permits] says.
func (r Role) Permits(p Permission) bool {
	switch r {
	case RoleAgent:
		return slices.Contains(agents, p)
	case RoleSupervisor:
		return slices.Contains(supervisors, p)
	case RoleAdministrator:
		return slices.Contains(administrators, p)
	}
	return false
}

// OwnRole is a role that an administrator made.
type OwnRole struct {
	ID          Role         `json:"id"`
	Name        Name         `json:"name"`
	Permissions []Permission `json:"permissions"`
	Archived    bool         `json:"archived"` // permits nothing any more
	Version     int          `json:"-"`
}

// MostRoles is how many roles an organization can make.
const MostRoles = 50

// Permits reports whether one of the roles does, as it is now.
func (c Config) Permits(roles []Role, p Permission) bool {
	return slices.ContainsFunc(roles, func(r Role) bool {
		return r.Permits(p) || !r.BuiltIn() && slices.Contains(c.permitted(r), p)
	})
}

// Granted are the permissions that the roles of one's own among these give.
func (c Config) Granted(roles []Role) (all []Permission) {
	for _, r := range roles {
		if !r.BuiltIn() {
			all = union(all, c.permitted(r))
		}
	}
	return all
}

func (c Config) permitted(r Role) []Permission {
	i := slices.IndexFunc(c.Roles, func(o OwnRole) bool { return o.ID == r && !o.Archived })
	if i < 0 {
		return nil
	}
	return c.Roles[i].Permissions
}

// PermittedTo are all the permissions that roles give somebody; those that
// nobody can choose come last.
func (c Config) PermittedTo(roles []Role) (all []Permission) {
	for _, p := range append(slices.Clone(Permissions), MayAdminister) {
		if c.Permits(roles, p) {
			all = append(all, p)
		}
	}
	return all
}
