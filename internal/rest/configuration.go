package rest

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"hiwar/internal/access"
	"hiwar/internal/config"
	"hiwar/internal/engine"
)

const configurationPath = Prefix + "/configuration"

// Raw is a body that the operation reads itself: the words in a configuration
// file mean what they mean in the caller's organization.
type Raw struct{ data []byte }

// The bytes are copied: the buffer they came in is used again.
func (r *Raw) read(data []byte) { r.data = slices.Clone(data) }

func (*Raw) failed() error { return nil }

// Schema says no more than that it is an object; docs/guide/configuration.md
// describes it.
func (Raw) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, Description: "A configuration file, of at most 8 MiB.", AdditionalProperties: true}
}

type (
	// ConfigurationFile is the configuration as a file.
	ConfigurationFile struct {
		Type        string `header:"Content-Type"`
		Disposition string `header:"Content-Disposition"`
		Body        []byte
	}
	// PlanInput is the request of planConfiguration.
	PlanInput struct{ Body Raw }
	// PutOnInput is the request of putConfiguration.
	PutOnInput struct {
		Command
		Body Raw
	}
)

func (a *API) configurationOperations() {
	add(a, operation{"getConfiguration", http.MethodGet, configurationPath, "configuration", staff, "The whole configuration as a file", 0}, a.getConfiguration)
	add(a, operation{"planConfiguration", http.MethodPost, configurationPath + "/plan", "configuration", staff, "What putting a configuration file on would change, and do to those at work", 0},
		func(ctx context.Context, c *call, in *PlanInput) (*Answer[engine.Plan], error) {
			file, err := config.Read(in.Body.data, c.actor.Org)
			if err != nil {
				return nil, err
			}
			plan, err := a.engine.Plan(ctx, c.actor, file)
			return &Answer[engine.Plan]{plan}, err
		})
	add(a, operation{"putConfiguration", http.MethodPut, configurationPath, "configuration", staff, "Put a configuration file on: all of it or nothing. What the file does not have stays as it is", 0}, a.putConfiguration)
}

func (a *API) getConfiguration(ctx context.Context, c *call, _ *Nothing) (*ConfigurationFile, error) {
	all, err := a.engine.Configuration(ctx, c.actor)
	if err != nil {
		return nil, err
	}
	return &ConfigurationFile{Type: "application/json", Disposition: `attachment; filename="hiwar-configuration.json"`, Body: config.Write(all)}, nil
}

// putConfiguration also ends the sessions of whom the file disables or gives
// other roles: what is open knows its rights from when it began.
func (a *API) putConfiguration(ctx context.Context, c *call, in *PutOnInput) (*Stored, error) {
	file, err := config.Read(in.Body.data, c.actor.Org)
	if err != nil {
		return nil, err
	}
	before, err := a.engine.Configuration(ctx, c.actor)
	if err != nil {
		return nil, err
	}
	if changesRights(before, file) {
		if err := access.Prove(c.actor, access.ChangeRights); err != nil {
			return nil, err
		}
	}
	stored, err := a.do(ctx, c, in.Command, engine.PutOn{File: file})
	if err != nil {
		return nil, err
	}
	for _, u := range file.OtherRights(before) {
		if err := a.staff.SignOutEverywhere(witness(ctx, c, engine.ActEndSessions, u), c.actor.Org, u); err != nil {
			return nil, err
		}
	}
	return stored, nil
}
