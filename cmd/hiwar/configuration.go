package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/locale"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/store"
)

// configuration gives an organization's configuration as a file, says what
// putting one on would do, and puts it on, also while the server runs.
func (p program) configuration(ctx context.Context, args []string) error {
	usage := misuse{errors.New(`say "hiwar config export [FILE]", "hiwar config plan FILE" or "hiwar config apply FILE", with --data FOLDER, and with --org if there are several organizations; FILE may be -`)}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return usage
	}
	c, rest, err := p.configure("config", args[1:])
	if err != nil {
		return err
	}
	if c.Data == store.Memory {
		return misuse{errors.New("a database in memory has no configuration to speak of")}
	}
	act := map[string]func(context.Context, control, id.Org, string) error{"export": p.exportFile, "plan": p.planFile, "apply": p.applyFile}[args[0]]
	switch {
	case act == nil || len(rest) > 1:
		return usage
	case len(rest) == 0 && args[0] != "export":
		return usage
	case len(rest) == 0:
		rest = []string{"-"}
	}
	o, err := c.organization(ctx)
	if err != nil {
		return err
	}
	has, closed, err := p.control(ctx, c)
	if err != nil {
		return err
	}
	return errors.Join(explained(act(ctx, has, o.ID, rest[0])), closed())
}

// organization is the one that is meant: by its identifier or its name in
// either language, or the only one there is.
func (c *config) organization(ctx context.Context) (org.Organization, error) {
	all, err := c.organizations(ctx)
	if err != nil {
		return org.Organization{}, err
	}
	var found []org.Organization
	for _, x := range all {
		o := x.Organization
		if c.Org == "" || c.Org == string(o.ID) || c.Org == o.Name.En || c.Org == o.Name.Ar {
			found = append(found, o)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1 && c.Org == "":
		return org.Organization{}, misuse{fmt.Errorf("there are %d organizations: say which with --org; \"hiwar org list\" has them", len(found))}
	case len(found) > 1:
		return org.Organization{}, misuse{fmt.Errorf("%d organizations are called %s: say which by its identifier; \"hiwar org list\" has them", len(found), c.Org)}
	case c.Org == "":
		return org.Organization{}, errors.New("there is no organization yet")
	}
	return org.Organization{}, misuse{fmt.Errorf("there is no organization %s", c.Org)}
}

// organizations are those in the database, as they are stored.
func (c *config) organizations(ctx context.Context) ([]org.Config, error) {
	db, err := store.OpenAsIs(ctx, c.database())
	if err != nil {
		return nil, err
	}
	defer db.Close()
	if err := db.CheckSchema(ctx); err != nil {
		return nil, err
	}
	floors, err := db.Floors(ctx)
	if err != nil {
		return nil, err
	}
	var all []org.Config
	for _, f := range floors {
		all = append(all, f.Config)
	}
	return all, nil
}

func (p program) exportFile(ctx context.Context, has control, o id.Org, path string) error {
	file, err := has.export(ctx, o)
	if err != nil {
		return err
	}
	if path == "-" {
		_, err = p.out.Write(file)
		return err
	}
	return os.WriteFile(path, file, 0o600)
}

func (p program) planFile(ctx context.Context, has control, o id.Org, path string) error {
	file, err := readConfiguration(path)
	if err != nil {
		return err
	}
	plan, err := has.plan(ctx, o, file)
	if err != nil {
		return err
	}
	p.printPlan(plan)
	return nil
}

func (p program) applyFile(ctx context.Context, has control, o id.Org, path string) error {
	file, err := readConfiguration(path)
	if err != nil {
		return err
	}
	plan, err := has.plan(ctx, o, file)
	if err != nil {
		return err
	}
	begun := time.Now()
	if err := has.apply(ctx, o, file); err != nil {
		return err
	}
	p.printPlan(plan)
	_, err = fmt.Fprintf(p.out, "applied in %.2f s\n", time.Since(begun).Seconds())
	return err
}

func readConfiguration(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(os.Stdin)
	}
	return os.ReadFile(path)
}

// printPlan says what changes, an object a line and below it its fields, and
// what becomes of those at work.
func (p program) printPlan(plan engine.Plan) {
	for _, c := range plan.Changes {
		if c.New {
			fmt.Fprintf(p.out, "new      %s %s %q\n", c.Kind, c.ID, c.Name.In("en"))
			continue
		}
		fmt.Fprintf(p.out, "changed  %s %s %q\n", c.Kind, c.ID, c.Name.In("en"))
		for _, f := range c.Fields {
			fmt.Fprintf(p.out, "         %s: %s → %s\n", f.Field, f.From, f.To)
		}
	}
	e := plan.Effects
	fmt.Fprintf(p.out, "%d changes; requests withdrawn %d, offered %d, conversations closed %d, agents signed out %d\n",
		len(plan.Changes), e.Withdrawn, e.Offered, e.Closed, e.SignedOut)
}

// explained is a refusal as a sentence, with its code and what it is because of;
// one that is of a row of a file names that.
func explained(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, explained(e))
		}
		return errors.Join(all...)
	}
	var p *problem.Problem
	if !errors.As(err, &p) {
		return err
	}
	params := maps.Clone(p.Params)
	if row, ok := params["row"]; ok {
		params["field"], params["parameter"] = row, row
	}
	said := fmt.Errorf("%s (%s)", locale.Sentence(locale.English, string(p.Code), params), p.Code)
	if cause := p.Unwrap(); cause != nil {
		return fmt.Errorf("%w: %w", said, cause)
	}
	return said
}
