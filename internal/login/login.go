// Package login turns a credential into an actor: a password into a session, a
// session into a member of the staff, a visitor token into a customer, a
// one-time link into the first administrator.
//
// It is the only place where that happens, so there is no second path with a
// forgotten check. It does not say what an actor may do; package access does.
package login
