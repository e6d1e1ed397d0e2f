package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/bus"
	configuration "hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/login"
	"hiwar/internal/store"
)

// control is what whoever runs the server may do with an organization's
// configuration without signing in: who may read the folder of the data may do
// so. It is recorded as done on the console.
type control interface {
	// export is the configuration as a file, to be kept.
	export(ctx context.Context, o id.Org) ([]byte, error)
	// plan is what putting the file on would do.
	plan(ctx context.Context, o id.Org, file []byte) (engine.Plan, error)
	// apply puts the file on, all of it or nothing.
	apply(ctx context.Context, o id.Org, file []byte) error
}

// console is the control of the process that has the data.
type console struct {
	engine asked
	login  *login.Service
}

func (c console) actor(o id.Org) access.Actor { return access.Actor{Kind: access.System, Org: o} }

func (c console) export(ctx context.Context, o id.Org) ([]byte, error) {
	all, err := c.engine.Configuration(ctx, c.actor(o))
	if err != nil {
		return nil, err
	}
	return configuration.WriteToKeep(all), nil
}

func (c console) plan(ctx context.Context, o id.Org, file []byte) (engine.Plan, error) {
	f, err := configuration.Read(file, o)
	if err != nil {
		return engine.Plan{}, err
	}
	return c.engine.Plan(ctx, c.actor(o), f)
}

func (c console) apply(ctx context.Context, o id.Org, file []byte) error {
	f, err := configuration.Read(file, o)
	if err != nil {
		return err
	}
	before, err := c.engine.Configuration(ctx, c.actor(o))
	if err != nil {
		return err
	}
	if _, err := c.engine.Do(ctx, engine.Request{Actor: c.actor(o), CommandID: rand.Text(), Command: engine.PutOn{File: f}}); err != nil {
		return err
	}
	for _, u := range f.OtherRights(before) {
		recorded := engine.WithWitness(ctx, c.actor(o), engine.ActEndSessions, string(u), time.Now())
		if err := c.login.SignOutEverywhere(recorded, o, u); err != nil {
			return err
		}
	}
	return nil
}

// control finds whoever has the data: the server, if one runs, else this
// process until closed is called.
func (p program) control(ctx context.Context, c *config) (found control, closed func() error, err error) {
	if found, err = dialControl(ctx, c.Data); err == nil {
		return found, func() error { return nil }, nil
	}
	unlock, locked := lock(c.Data)
	if locked != nil {
		return nil, nil, fmt.Errorf("%w, and does not answer: %w", locked, err)
	}
	db, err := store.Open(ctx, c.database())
	if err != nil {
		unlock()
		return nil, nil, err
	}
	service, err := login.New(ctx, db, login.Options{})
	if err != nil {
		db.Close()
		unlock()
		return nil, nil, err
	}
	e := engine.New(engine.Options{Store: db, Reader: db, Own: db, Uploads: db, Bus: bus.New(), Log: slog.New(slog.DiscardHandler)})
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan error, 1)
	go func() { ended <- e.Run(running) }()
	closed = func() error {
		stop()
		err := <-ended
		db.Close()
		unlock()
		return err
	}
	select {
	case <-e.Ready():
		return console{e, service}, closed, nil
	case err := <-ended:
		ended <- err
		return nil, nil, closed()
	}
}
