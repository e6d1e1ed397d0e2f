// Package rig sets a server up for the programs that try it hard: an
// organization with agents who are signed in, and the real binary as a process
// that can be started, killed and measured. It listens on loopback, in a folder
// of its own, and ends only the processes it began.
package rig

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"hiwar/client"
	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/login"
	"hiwar/internal/org"
	"hiwar/internal/store"
)

// The organization that every run has. All agents are in one team that serves
// both queues.
const (
	Org        id.Org   = "org_prove"
	QueueOne   id.Queue = "que_1"
	QueueTwo   id.Queue = "que_2"
	AssetKey            = "prove-1"
	OtherAsset          = "prove-2"
	Origin              = "https://shop.example"
	Reason              = "rsn_1"
)

// Place is a folder, and a database in it or elsewhere that holds the
// organization.
type Place struct {
	Dir    string
	Agents []Agent

	database string // "" is in the folder
}

// Agent is somebody on the staff with a session.
type Agent struct {
	User   id.User
	Name   string
	secret string
}

// Database is the path of the database, or its URL.
func (p *Place) Database() string {
	if p.database != "" {
		return p.database
	}
	return filepath.Join(p.Dir, "hiwar.db")
}

// Config is the organization with so many agents.
func Config(agents int, change func(*org.Settings)) org.Config {
	settings := org.Defaults()
	settings.Capacity, settings.OpenOffers = 8, 8
	if change != nil {
		change(&settings)
	}
	c := org.Config{
		Organization: org.Organization{ID: Org, Name: org.Name{En: "Prove"}, Language: "en", TimeZone: "UTC", Settings: settings, Version: 1},
		Teams:        []org.Team{{ID: "team_1", Name: org.Name{En: "Team"}, Version: 1}},
		Reasons:      []org.Reason{{ID: Reason, Kind: org.WrapUpReason, Name: org.Name{En: "Solved"}, Order: 1, Version: 1}},
		Version:      1,
	}
	for i, q := range []id.Queue{QueueOne, QueueTwo} {
		c.Queues = append(c.Queues, org.Queue{
			ID: q, Name: org.Name{En: string(q)}, Teams: []id.Team{"team_1"}, Priority: 5, OnUnanswered: org.Requeue, WrapUpRequired: i == 0,
			WrapUpAuto: time.Duration(i) * 5 * time.Minute, Version: 1,
		})
		c.Assets = append(c.Assets, org.Asset{
			ID: id.Asset(fmt.Sprintf("ast_%d", i+1)), Key: []string{AssetKey, OtherAsset}[i], Name: org.Name{En: "Site"}, Queue: q, Origins: []string{Origin},
			Languages: []string{"en"}, Language: "en", Color: "#112233", Version: 1,
		})
	}
	for i := range agents {
		c.Users = append(c.Users, org.User{
			ID: id.User(fmt.Sprintf("usr_%02d", i+1)), Name: fmt.Sprintf("Agent %d", i+1), Email: fmt.Sprintf("agent%d@prove.example", i+1),
			Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{"team_1"}, Version: 1,
		})
	}
	return c
}

// Prepare makes a database in dir with so many agents, each signed in.
func Prepare(ctx context.Context, dir string, agents int, change func(*org.Settings)) (*Place, error) {
	return PrepareAt(ctx, dir, "", agents, change)
}

// PrepareAt does so in the empty PostgreSQL database at a URL.
func PrepareAt(ctx context.Context, dir, database string, agents int, change func(*org.Settings)) (*Place, error) {
	p := &Place{Dir: dir, database: database}
	db, err := store.Open(ctx, p.Database())
	if err != nil {
		return nil, err
	}
	defer db.Close()
	config := Config(agents, change)
	if err := db.CreateOrganization(ctx, config, nil, access.Digest{}, time.Now()); err != nil {
		return nil, err
	}
	service, err := login.New(ctx, db, login.Options{})
	if err != nil {
		return nil, err
	}
	for _, u := range config.Users {
		link, err := service.EnterLink(ctx, Org, u.ID)
		if err != nil {
			return nil, err
		}
		secret, err := service.Enter(ctx, link, "prove")
		if err != nil {
			return nil, err
		}
		p.Agents = append(p.Agents, Agent{u.ID, u.Name, secret})
	}
	return p, nil
}

// Client is the agent as a caller of the server at base.
func (a Agent) Client(base string) *client.Client {
	return client.New(base, client.Transport(session{a.secret}))
}

// session sends an agent's cookie with every request.
type session struct{ secret string }

// RoundTrip implements [http.RoundTripper].
func (s session) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.AddCookie(&http.Cookie{Name: "hiwar_session", Value: s.secret})
	return transport.RoundTrip(r)
}

// transport keeps enough connections open that a crowd does not use up the
// ports of the machine.
var transport = &http.Transport{MaxIdleConns: 2000, MaxIdleConnsPerHost: 500, IdleConnTimeout: 30 * time.Second}

// Visitor is a customer as a caller of the server at base.
func Visitor(base string) *client.Client { return client.New(base, client.Transport(transport)) }

// CloseIdle closes the connections that nobody uses.
func CloseIdle() { transport.CloseIdleConnections() }
