package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"

	"hiwar/internal/id"
	"hiwar/internal/locale"
	"hiwar/internal/login"
	"hiwar/internal/problem"
	"hiwar/internal/rest"
	"hiwar/internal/store"
	"hiwar/internal/telemetry"
	"hiwar/sim"
)

// demoDomain is the site under which each person of the demo has a host, so
// that one browser can be several people. Browsers find it on loopback by
// themselves.
const demoDomain = "hiwar.localhost"

// demo is the sample organization and its people. It exists on loopback only:
// whoever reaches it is let in.
type demo struct {
	sample sim.Sample
	port   int
	db     *store.DB
	login  *login.Service
}

// demo runs the server with the sample organization.
func (p program) demo(ctx context.Context, args []string) error {
	c, rest, err := p.configure("demo", args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return misuse{fmt.Errorf("demo takes no %q", rest[0])}
	}
	if c.URL != "" {
		return misuse{errors.New("the demo is for this machine only: it lets everybody in, and takes no --url")}
	}
	log, err := telemetry.Logger(p.err, c.LogLevel, c.LogFormat)
	if err != nil {
		return misuse{err}
	}
	if !given(args, p.env, "data") {
		// A demo of its own each time, never mixed with anybody's data.
		folder, err := os.MkdirTemp("", "hiwar-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		c.Data = folder
	}
	s, err := open(ctx, c, log)
	if err != nil {
		return err
	}
	d, err := s.sample(ctx)
	if err != nil {
		s.close()
		return err
	}
	s.assemble(d)
	simCtx, stopSim := context.WithCancel(ctx)
	defer stopSim()
	var people sync.WaitGroup
	err = s.run(ctx, func() error {
		if c.Sim {
			people.Go(func() { d.play(simCtx, c, s.place, log) })
		}
		_, err := fmt.Fprintf(p.out, "Hiwar's demo is ready:\n%s/try\n", d.origin(""))
		return err
	})
	stopSim()
	people.Wait()
	return err
}

// sample makes sure that the sample organization is in the database.
func (s *server) sample(ctx context.Context) (*demo, error) {
	tcp := s.listener.Addr().(*net.TCPAddr)
	if !tcp.IP.IsLoopback() {
		return nil, misuse{errors.New("the demo lets everybody in, so it listens on loopback only")}
	}
	d := &demo{sample: sim.Organization(), port: tcp.Port, db: s.db, login: s.login}
	s.place.base = d.origin("")
	s.place.hosts.Names = append(s.place.hosts.Names, demoDomain, "*."+demoDomain)
	config, err := d.organization(s.config.Set)
	if err != nil {
		return nil, misuse{err}
	}
	_, err = s.db.Account(ctx, d.sample.Users[0].Email)
	if problem.CodeOf(err) == problem.NotFound && err != nil {
		return d, s.login.Create(ctx, config)
	}
	if err != nil {
		return nil, err
	}
	return d, d.sameOrigins(ctx)
}

// sameOrigins refuses data of a demo on another port: its widgets would allow
// the pages of that one.
func (d *demo) sameOrigins(ctx context.Context) error {
	_, asset, err := d.db.AssetByKey(ctx, d.sample.Assets[0].PublicKey)
	if err != nil {
		return err
	}
	for _, o := range asset.Origins {
		if o == d.origin("shop") {
			return nil
		}
	}
	return fmt.Errorf("this folder holds a demo of %v; start it with the same --listen, or give another --data", asset.Origins)
}

// origin is the origin of a person's host; "" is the demo's page itself.
func (d *demo) origin(who string) string {
	if who != "" {
		who += "."
	}
	return fmt.Sprintf("http://%s%s:%d", who, demoDomain, d.port)
}

// hosts are the origins that the demo's page frames.
func (d *demo) hosts() []string {
	out := []string{d.origin("shop")}
	for _, u := range d.sample.Users {
		if u.Pane != "" {
			out = append(out, d.origin(u.Pane))
		}
	}
	return out
}

// Panes implements [rest.Demo]. Everybody of the sample has a way in; the
// demo's page shows those it has a place for, and the tests are the others too.
func (d *demo) Panes(ctx context.Context, lang locale.Lang) ([]rest.Pane, error) {
	out := []rest.Pane{{Name: "customer", URL: fmt.Sprintf("%s/shop?lang=%s&key=%s", d.origin("shop"), lang, d.widgetKey())}}
	for _, u := range d.sample.Users {
		name, token, err := d.token(ctx, u)
		if err != nil {
			return nil, err
		}
		url := fmt.Sprintf("%s/enter/%s?lang=%s", d.origin(u.Key), token, lang)
		if u.Pane == "admin" {
			url += "&to=assets"
		}
		out = append(out, rest.Pane{Name: u.Key, Label: name, URL: url})
	}
	return out, nil
}

func (d *demo) widgetKey() string {
	for _, a := range d.sample.Assets {
		if a.Key == d.sample.DemoAsset {
			return a.PublicKey
		}
	}
	return ""
}

// token lets a person of the sample in, once; name is theirs.
func (d *demo) token(ctx context.Context, u sim.User) (name, token string, err error) {
	account, err := d.db.Account(ctx, u.Email)
	if err != nil {
		return "", "", err
	}
	token, err = d.login.EnterLink(ctx, account.Org, account.User.ID)
	return account.User.Name, token, err
}

// play lets simulated customers and agents in until ctx ends.
func (d *demo) play(ctx context.Context, c *config, at place, log *slog.Logger) {
	base := fmt.Sprintf("http://127.0.0.1:%d", d.port)
	err := sim.Run(ctx, sim.Config{
		Server: sim.Over(sim.Address{
			Base: base, Origin: d.origin("shop"),
			Enter: func(ctx context.Context, key string) (string, error) {
				for _, u := range d.sample.Users {
					if u.Key == key {
						_, token, err := d.token(ctx, u)
						return base + "/enter/" + token, err
					}
				}
				return "", fmt.Errorf("the sample has no %s", key)
			},
			Reason: func(key string) string { return sampleID[string](id.PrefixReason, key) },
		}),
		Sample: d.sample, Seed: c.Seed, Speed: c.Speed, Log: log,
	})
	if err != nil && ctx.Err() == nil {
		log.Error("the simulated people have left", "error", err)
	}
}
