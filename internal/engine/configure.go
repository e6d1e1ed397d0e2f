package engine

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/config"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// Plan is what putting a file on would do, had it been done when it was asked.
type Plan struct {
	Version int             `json:"version" doc:"of the configuration in force; a file with this version is refused once that is another"`
	Changes []config.Change `json:"changes"`
	Effects PlanEffects     `json:"effects" doc:"on conversations and agents, at this moment"`
}

// PlanEffects counts what would happen at once to those who are at work.
type PlanEffects struct {
	Withdrawn int `json:"withdrawn" doc:"open requests taken back; their conversations keep their place"`
	Offered   int `json:"offered" doc:"waiting requests that an agent could be offered then"`
	Closed    int `json:"closed" doc:"conversations closed, because nowhere is left for them to wait"`
	SignedOut int `json:"signed_out" doc:"agents signed out of the floor"`
}

// Configuration is what is in force, whole, for who may change it: everybody's
// address is in it.
func (e *Engine) Configuration(ctx context.Context, a access.Actor) (org.Config, error) {
	if err := access.Allow(a, access.Configure, access.None); err != nil {
		return org.Config{}, err
	}
	return answer(ctx, e, a.Org, func(f *floor, _ time.Time) (org.Config, error) { return f.state.Config(), nil })
}

// Plan says what putting the file on would do. It fails as that would fail.
func (e *Engine) Plan(ctx context.Context, a access.Actor, file config.File) (Plan, error) {
	if err := access.Allow(a, access.Configure, access.None); err != nil {
		return Plan{}, err
	}
	return answer(ctx, e, a.Org, func(f *floor, now time.Time) (Plan, error) {
		c := f.state.Config()
		next, changed, err := e.putOn(a, c, file)
		if err != nil {
			return Plan{}, err
		}
		effects, err := f.state.Foresee(now, routing.Configure{Config: next})
		if err != nil {
			return Plan{}, err
		}
		return Plan{Version: c.Version, Changes: config.Compare(c, changed), Effects: count(effects)}, nil
	})
}

func count(effects []routing.Effect) (n PlanEffects) {
	for _, e := range effects {
		switch e := e.(type) {
		case routing.OfferClosed:
			n.Withdrawn++
		case routing.OfferMade:
			n.Offered++
		case routing.ConversationClosed:
			n.Closed++
		case routing.PresenceChanged:
			if e.To == routing.SignedOut {
				n.SignedOut++
			}
		}
	}
	return n
}

// putOn is what the configuration becomes, if that makes sense and the actor may
// make it that. A problem with an object of the file says where in the file it
// stands.
func (e *Engine) putOn(a access.Actor, c org.Config, file config.File) (next, changed org.Config, err error) {
	if next, changed, err = file.On(c); err != nil {
		return c, changed, err
	}
	if a.Kind == access.Staff {
		if err := config.Permit(c, next, changed, a.May); err != nil {
			return c, changed, err
		}
	}
	if _, err := time.LoadLocation(next.Organization.TimeZone); err != nil {
		return c, changed, problem.New(problem.InvalidParameter, "parameter", "organization.time_zone")
	}
	if err = config.Check(next); err == nil {
		err = config.Distinct(c, next, changed)
	}
	if err == nil {
		err = e.elsewhere(next, changed)
	}
	return next, changed, file.In(err, next)
}

// elsewhere refuses what has to be one in the whole installation and another
// organization has: addresses that people sign in with, and keys of assets.
// The schema would refuse it too, but with it all that was to be stored then,
// whoever's it is.
func (e *Engine) elsewhere(next, changed org.Config) error {
	if len(changed.Users)+len(changed.Assets) == 0 {
		return nil
	}
	var emails, keys []string
	for _, u := range changed.Users {
		emails = append(emails, u.Email)
	}
	for _, a := range changed.Assets {
		keys = append(keys, a.Key)
	}
	taken, err := e.store.Elsewhere(context.Background(), next.Organization.ID, emails, keys)
	if err != nil {
		return unavailable(err)
	}
	if taken == "" {
		return nil
	}
	for i, u := range next.Users {
		if u.Email == taken {
			return problem.New(problem.DuplicateID, "field", fmt.Sprintf("users.%d.email", i), "id", taken)
		}
	}
	at := slices.IndexFunc(next.Assets, func(a org.Asset) bool { return a.Key == taken })
	return problem.New(problem.DuplicateID, "field", fmt.Sprintf("assets.%d.key", at), "id", taken)
}

// putOn puts a file on the configuration, all of it or nothing.
func (w *work) putOn(a access.Actor, m PutOn) (Reply, error) {
	c := w.floor.state.Config()
	next, changed, err := w.round.e.putOn(a, c, m.File)
	if err != nil || next.Version == c.Version {
		return Reply{}, err
	}
	return Reply{}, w.configure(next, changed)
}

// configure puts a configuration in force; changed holds the objects of it
// that are to be stored.
func (w *work) configure(next, changed org.Config) error {
	if err := w.step(routing.Configure{Config: next}); err != nil {
		return err
	}
	w.floor.configured(next)
	if err := w.round.e.gate.configured(next); err != nil {
		w.violation("patterns that were checked cannot be used", err)
	}
	w.all = true
	w.changes++
	w.floor.choosing.changed()
	if w.config == nil {
		w.config = &org.Config{}
	}
	// Later objects of the same identifier come later and win.
	k := w.config
	if changed.Organization.ID != "" {
		k.Organization = changed.Organization
	}
	k.Roles = append(k.Roles, changed.Roles...)
	k.Users = append(k.Users, changed.Users...)
	k.Skills = append(k.Skills, changed.Skills...)
	k.Teams = append(k.Teams, changed.Teams...)
	k.Queues = append(k.Queues, changed.Queues...)
	k.Assets = append(k.Assets, changed.Assets...)
	k.Reasons = append(k.Reasons, changed.Reasons...)
	k.Templates = append(k.Templates, changed.Templates...)
	k.Profiles = append(k.Profiles, changed.Profiles...)
	k.Hours = append(k.Hours, changed.Hours...)
	k.Providers = append(k.Providers, changed.Providers...)
	k.Version = changed.Version
	return nil
}
