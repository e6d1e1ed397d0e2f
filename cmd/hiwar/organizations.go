package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	configuration "hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/locale"
	"hiwar/internal/login"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/rest"
	"hiwar/internal/store"
)

// orgs makes another organization in the installation, or lists them, also
// while the server runs. Nobody in one of them learns of the others; whoever
// signs in finds theirs by their address.
func (p program) orgs(ctx context.Context, args []string) error {
	usage := misuse{errors.New(`say "hiwar org list", "hiwar org create NAME ADDRESS" with the name of the organization and the e-mail address of its administrator, or "hiwar org create --from FILE", with --data FOLDER`)}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return usage
	}
	c, words, err := p.configure("org", args[1:])
	if err != nil {
		return err
	}
	if c.Data == store.Memory {
		return misuse{errors.New("a database in memory ends with the command")}
	}
	switch {
	case args[0] == "list" && len(words) == 0:
		return p.listOrganizations(ctx, c)
	case args[0] == "create" && c.From != "" && len(words) == 0:
		file, err := os.ReadFile(c.From)
		if err != nil {
			return err
		}
		o := rest.Mint[id.Org](id.PrefixOrg)
		all, err := organizationOf(file, o, o)
		if err != nil {
			return explained(err)
		}
		return p.createOrganization(ctx, c, all, "")
	case args[0] == "create" && c.From == "" && len(words) == 2:
		all, admin, err := c.newOrganization(words[0], words[1])
		if err != nil {
			return explained(err)
		}
		return p.createOrganization(ctx, c, all, admin.Email)
	}
	return usage
}

func (p program) listOrganizations(ctx context.Context, c *config) error {
	all, err := c.organizations(ctx)
	if err != nil {
		return err
	}
	rows := tabwriter.NewWriter(p.out, 0, 8, 2, ' ', 0)
	for _, x := range all {
		fmt.Fprintf(rows, "%s\t%s\t%d users\t%d queues\n", x.Organization.ID, x.Organization.Name.In("en"), len(x.Users), len(x.Queues))
	}
	return rows.Flush()
}

// newOrganization is one with presets and an administrator, who has the name of
// their address until they choose another.
func (c *config) newOrganization(name, address string) (org.Config, org.User, error) {
	who, _, _ := strings.Cut(address, "@")
	return rest.Foundation(rest.NewInstallation{Organization: name, Name: who, Email: address, Language: c.Language, TimeZone: c.TimeZone}, locale.English, nil)
}

// organizationOf is the organization o that a file describes, whose words stand
// for what they do in words.
func organizationOf(file []byte, o, words id.Org) (org.Config, error) {
	empty := org.Config{Organization: org.Organization{ID: o}}
	f, err := configuration.Read(file, words)
	if err != nil {
		return empty, err
	}
	f.Version = 0
	all, _, err := f.On(empty)
	if err != nil {
		return all, err
	}
	if _, err := time.LoadLocation(all.Organization.TimeZone); err != nil {
		return all, problem.New(problem.InvalidParameter, "parameter", "organization.time_zone")
	}
	if err = configuration.Check(all); err == nil {
		err = configuration.Distinct(empty, all, all)
	}
	return all, f.In(err, all)
}

// createOrganization stores it, and prints the link by which its administrator
// chooses a password.
func (p program) createOrganization(ctx context.Context, c *config, all org.Config, admin string) error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	service, closed, err := c.login(ctx)
	if err != nil {
		return err
	}
	defer closed()
	err = service.Create(ctx, engine.Passed(all))
	switch problem.CodeOf(err) {
	case problem.EmailInvalid:
		return fmt.Errorf("somebody in another organization signs in with an address of this one: each can be used once")
	case problem.DuplicateID:
		return fmt.Errorf("another organization has an asset with a key of this one: each can be used once")
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s\n", all.Organization.ID)
	if admin == "" {
		_, err = fmt.Fprintln(p.out, `Its people choose passwords by links: "hiwar invite" makes one.`)
		return err
	}
	return p.printInvitation(ctx, c, service, admin)
}

// printInvitation makes a link by which a user chooses a password.
func (p program) printInvitation(ctx context.Context, c *config, service *login.Service, email string) error {
	link, expires, err := service.InviteByEmail(ctx, email)
	if problem.CodeOf(err) == problem.NotFound {
		return fmt.Errorf("nobody with the address %s may sign in", email)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s/welcome#%s\nThe link works once, until %s.\n", c.base(), link, expires.Format("2006-01-02 15:04 MST"))
	return err
}
