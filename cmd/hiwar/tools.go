package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"hiwar/internal/login"
	"hiwar/internal/problem"
	"hiwar/internal/rest"
	"hiwar/internal/store"
)

// openapi prints the API's description.
func (p program) openapi(context.Context, []string) error {
	doc, err := rest.OpenAPI()
	if err != nil {
		return err
	}
	_, err = p.out.Write(doc)
	return err
}

// setupLink makes a new link for the first administrator, also while the
// server runs.
func (p program) setupLink(ctx context.Context, args []string) error {
	c, _, err := p.configure("setup-link", args)
	if err != nil {
		return err
	}
	service, closed, err := c.login(ctx)
	if err != nil {
		return err
	}
	defer closed()
	link, open, err := service.SetupLink(ctx)
	if err != nil {
		return err
	}
	if !open {
		return fmt.Errorf("there is an administrator already")
	}
	_, err = fmt.Fprintf(p.out, "%s/setup#%s\n", c.base(), link)
	return err
}

// invite makes a link by which a user chooses a password, also while the
// server runs: for the first people of a configuration file, and for an
// administrator who forgot theirs.
func (p program) invite(ctx context.Context, args []string) error {
	c, rest, err := p.configure("invite", args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return misuse{errors.New(`say "hiwar invite --data FOLDER name@example.org"`)}
	}
	service, closed, err := c.login(ctx)
	if err != nil {
		return err
	}
	defer closed()
	return p.printInvitation(ctx, c, service, rest[0])
}

// resetStep takes somebody's second step of signing in away, also while the
// server runs: for an administrator who lost their telephone and their codes.
func (p program) resetStep(ctx context.Context, args []string) error {
	c, rest, err := p.configure("reset-step", args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return misuse{errors.New(`say "hiwar reset-step --data FOLDER name@example.org"`)}
	}
	service, closed, err := c.login(ctx)
	if err != nil {
		return err
	}
	defer closed()
	err = service.ResetStepByEmail(ctx, rest[0])
	if problem.CodeOf(err) == problem.NotFound {
		return fmt.Errorf("nobody with the address %s has a second step", rest[0])
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s signs in with the password alone now. Their sessions have ended.\n", rest[0])
	return err
}

// login is the service on the database, for a command that needs no server.
func (c *config) login(ctx context.Context) (service *login.Service, closed func(), err error) {
	db, err := store.OpenBeside(ctx, c.database())
	if err != nil {
		return nil, nil, err
	}
	if service, err = login.New(ctx, db, login.Options{}); err != nil {
		db.Close()
		return nil, nil, err
	}
	return service, func() { db.Close() }, nil
}

// base is the address of the server's pages, as far as a command that does not
// run it can know.
func (c *config) base() string {
	if c.URL != "" {
		return c.URL
	}
	return "http://" + c.Listen
}

// migrate brings the database to this version, which serve does too, or shows
// the steps.
func (p program) migrate(ctx context.Context, args []string) error {
	var word []string
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") { // the word may come before the options
		word, args = args[:1], args[1:]
	}
	c, rest, err := p.configure("migrate", args)
	if err != nil {
		return err
	}
	rest = append(word, rest...)
	if len(rest) > 1 || len(rest) == 1 && rest[0] != "status" && rest[0] != "up" {
		return misuse{fmt.Errorf("say \"migrate\", \"migrate up\" or \"migrate status\"")}
	}
	db, err := store.OpenBeside(ctx, c.database()) // opening migrates
	if err != nil {
		return err
	}
	defer db.Close()
	steps, err := db.Migrations(ctx)
	if err != nil {
		return err
	}
	for _, m := range steps {
		fmt.Fprintf(p.out, "%d  %s  applied %s\n", m.Version, m.File, m.AppliedAt.UTC().Format("2006-01-02 15:04:05"))
	}
	return nil
}

// doctor checks the settings, the database and its books, and changes
// nothing. A server may run meanwhile.
func (p program) doctor(ctx context.Context, args []string) error {
	c, _, err := p.configure("doctor", args)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "settings       ok\n")
	db, err := store.OpenAsIs(ctx, c.database())
	if errors.Is(err, fs.ErrNotExist) {
		_, err = fmt.Fprintf(p.out, "database       none yet (%s)\n", c.database()) // a file: only those are made when they are needed
		return err
	}
	if err != nil {
		return err
	}
	defer db.Close()
	for _, check := range []struct {
		name string
		run  func(context.Context) error
	}{{"schema", db.CheckSchema}, {"database", db.CheckIntegrity}, {"books", db.CheckLedger}} {
		if err := check.run(ctx); err != nil {
			return fmt.Errorf("%s (%s): %w", check.name, store.Redacted(c.database()), err)
		}
		fmt.Fprintf(p.out, "%-14s ok\n", check.name)
	}
	if err := checkAttachments(ctx, c, db); err != nil {
		return fmt.Errorf("attachments (%s): %w", c.keptIn(), err)
	}
	fmt.Fprintf(p.out, "%-14s ok\n", "attachments")
	if err := p.organizations(ctx, db); err != nil {
		return err
	}
	hazards, err := db.Hazards(ctx)
	if err == nil && len(hazards) > 0 {
		err = errors.New(strings.Join(hazards, "; "))
	}
	return err
}

func checkAttachments(ctx context.Context, c *config, db *store.DB) error {
	shelf, err := c.shelf()
	if err != nil {
		return err
	}
	return errors.Join(checkBlobs(ctx, db, shelf), shelf.Close())
}

func (p program) organizations(ctx context.Context, db *store.DB) error {
	floors, err := db.Floors(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "organizations  %d\n", len(floors))
	for _, f := range floors {
		fmt.Fprintf(p.out, "  %s: %d users, %d open conversations\n", f.Config.Organization.ID, len(f.Config.Users), len(f.Headers))
	}
	return nil
}
