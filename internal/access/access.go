// Package access says who may do what. It is asked by the engine, inside the
// step that acts, so REST, sockets and every later transport get one answer
// and nothing can change between the question and the act.
//
// Deny is the default: an operation without a row in the table is refused to
// everybody.
package access

import (
	"slices"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Kind is what sort of caller somebody is. Anonymous is a kind of its own, not
// the absence of one.
type Kind string

// The kinds.
const (
	Anonymous Kind = "anonymous"
	Customer  Kind = "customer"
	Staff     Kind = "staff"
	System    Kind = "system" // the engine itself: timers, connections
)

// Actor is who asks. It is made by package login from a credential and never
// from what a caller says about themselves.
type Actor struct {
	Kind         Kind
	Org          id.Org
	User         id.User          // Staff
	Roles        []org.Role       // Staff
	Granted      []org.Permission // Staff: by those of their roles that are not built in
	Session      string           // digest of the session or visitor token, to close its sockets
	Address      string           // of the network they come from, for the record; "" if it is not known
	Fresh        bool             // Staff: they have shown a moment ago that it is them
	Provider     id.Provider      // System: what it does follows from what this one said
	Customer     id.Customer      // Customer
	Conversation id.Conversation  // Customer: the one their token opens
}

// May reports whether one of the actor's roles permits it.
func (a Actor) May(p org.Permission) bool {
	return slices.Contains(a.Granted, p) || slices.ContainsFunc(a.Roles, func(r org.Role) bool { return r.Permits(p) })
}

// Relation is what a caller is to a conversation at this moment.
type Relation string

// The relations, from the machines' state.
const (
	None        Relation = "none"
	TheCustomer Relation = "customer"
	OwnerOf     Relation = "owner"
	GuestIn     Relation = "guest"
	OfferedTo   Relation = "offered"  // holds an open request for it
	WrappingUp  Relation = "wrapping" // has left it and not submitted yet
	Former      Relation = "former"   // took part, left and has nothing more to do with it
)

// TakesPart reports whether the conversation is the caller's work, and not only
// something they may look into.
func (r Relation) TakesPart() bool {
	switch r {
	case TheCustomer, OwnerOf, GuestIn, OfferedTo, WrappingUp:
		return true
	case None, Former:
	}
	return false
}
