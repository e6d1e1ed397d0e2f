package login

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hiwar/internal/access"
	configuration "hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/text"
)

// create makes a user of somebody whom a provider knows and we do not. Who has
// no role by its rules is none of the staff.
func (p *Providers) create(ctx context.Context, actor access.Actor, found org.Provider, who access.Identified) (id.User, error) {
	u := found.Grants(who.Claims).On(org.User{
		ID: id.Mint[id.User](id.PrefixUser, uuid.Must(uuid.NewV7())), Email: CanonicalEmail(who.Email), Name: nameOf(who),
	})
	if len(u.Roles) == 0 {
		return "", refused("roles")
	}
	if lang, _, _ := strings.Cut(who.Language, "-"); lang == "ar" || lang == "en" {
		u.Language = lang
	}
	err := p.put(ctx, actor, func(org.Config) (org.User, bool) { return u, true })
	switch problem.CodeOf(err) {
	case problem.DuplicateID, problem.EmailInvalid: // somebody of another organization
		return "", problem.New(problem.SignInRefused, "reason", "unknown").Because(err)
	}
	return u.ID, err
}

// nameOf is how colleagues read somebody: as the provider calls them, or what
// stands before the @.
func nameOf(who access.Identified) string {
	if name, err := text.Name(who.Name, text.NameLimit); err == nil {
		return name
	}
	local, _, _ := strings.Cut(who.Email, "@")
	name, _ := text.Name(clip(local, text.NameLimit), text.NameLimit)
	return name
}

// grant gives a user the roles and teams that follow from what the provider
// says now, no more and no less. The last administrator stays one. Whoever is
// left without a role is not let in.
func (p *Providers) grant(ctx context.Context, actor access.Actor, found org.Provider, who access.Identified, user id.User) error {
	granted := found.Grants(who.Claims)
	if !granted.ByRoles && !granted.ByTeams {
		return nil
	}
	var before, after org.User
	put := func() error {
		return p.put(ctx, actor, func(c org.Config) (org.User, bool) {
			at := slices.IndexFunc(c.Users, func(u org.User) bool { return u.ID == user })
			if at < 0 || c.Users[at].Disabled {
				return org.User{}, false
			}
			before, after = c.Users[at], granted.On(c.Users[at])
			return after, true
		})
	}
	err := put()
	if err != nil && problem.CodeOf(err) == problem.LastAdministrator {
		granted.Roles = append(slices.Clone(granted.Roles), org.RoleAdministrator)
		err = put()
	}
	if err != nil {
		return err
	}
	if !slices.Equal(before.Roles, after.Roles) {
		// What is open knows its rights from when it began.
		ended := engine.WithWitness(ctx, actor, engine.ActEndSessions, string(user), p.now())
		if err := p.SignOutEverywhere(ended, actor.Org, user); err != nil {
			return err
		}
	}
	if granted.ByRoles && len(after.Roles) == 0 {
		return refused("roles")
	}
	return nil
}

// attemptsToPut is how often a change is tried again where others changed
// something else meanwhile.
const attemptsToPut = 5

// put changes a user, or adds one, as change says of the configuration in
// force; false leaves it as it is.
func (p *Providers) put(ctx context.Context, actor access.Actor, change func(org.Config) (org.User, bool)) error {
	for attempt := 1; ; attempt++ {
		c, err := p.directory.Configuration(ctx, actor)
		if err != nil {
			return err
		}
		u, wanted := change(c)
		if !wanted {
			return nil
		}
		file := configuration.File{Format: configuration.Format, Version: c.Version, Users: []org.User{u}}
		_, err = p.directory.Do(ctx, engine.Request{Actor: actor, CommandID: rand.Text(), Command: engine.PutOn{File: file}})
		if err == nil || problem.CodeOf(err) != problem.VersionConflict || attempt == attemptsToPut {
			return err
		}
	}
}
