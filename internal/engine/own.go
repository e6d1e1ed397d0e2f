package engine

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// What belongs to one user alone does not pass the loop: only who may is asked
// there, and what routing has to know of it (the answer factor).

// draftLimit is the longest draft, in bytes.
const draftLimit = 16 << 10

// Preferences are the actor's own.
func (e *Engine) Preferences(ctx context.Context, a access.Actor) (org.Preferences, error) {
	if err := access.Allow(a, access.KeepOwn, access.None); err != nil {
		return org.Preferences{}, err
	}
	p, err := e.own.Preferences(ctx, a.Org, a.User)
	if err != nil {
		return p, read(err)
	}
	_, err = e.configured(ctx, a, &p)
	return p, err
}

// configured fills in what of somebody's preferences the configuration holds.
func (e *Engine) configured(ctx context.Context, a access.Actor, p *org.Preferences) (org.Settings, error) {
	return answer(ctx, e, a.Org, func(f *floor, _ time.Time) (org.Settings, error) {
		s := f.state.Config().Organization.Settings
		u := f.users[a.User]
		if u == nil {
			return s, problem.New(problem.NotFound)
		}
		p.Language, p.AnswerFactor = u.Language, min(max(1, int(u.AnswerFactor)), s.MostAnswerFactor())
		return s, nil
	})
}

// ChangePreferences changes the actor's own, tells their other tabs, and
// returns them as they are then. change may be called twice; if it fails
// nothing happens. A new answer factor holds from the next request on.
func (e *Engine) ChangePreferences(ctx context.Context, a access.Actor, change func(*org.Preferences) error) (org.Preferences, error) {
	return ChangePreferences(ctx, e, a, change)
}

// Preferring is what [ChangePreferences] asks, of an engine that may be another
// process's.
type Preferring interface {
	Preferences(ctx context.Context, a access.Actor) (org.Preferences, error)
	// Choices are the settings that bound what may be preferred.
	Choices(ctx context.Context, a access.Actor) (org.Settings, error)
	Do(ctx context.Context, r Request) (Reply, error)
	// KeepPreferences stores what change makes of them and tells the actor's tabs.
	KeepPreferences(ctx context.Context, a access.Actor, change func(*org.Preferences) error) (org.Preferences, error)
}

// ChangePreferences is [Engine.ChangePreferences] where change cannot go to the
// engine that has the organization.
func ChangePreferences(ctx context.Context, e Preferring, a access.Actor, change func(*org.Preferences) error) (org.Preferences, error) {
	was, err := e.Preferences(ctx, a)
	if err != nil {
		return was, err
	}
	settings, err := e.Choices(ctx, a)
	if err != nil {
		return was, err
	}
	next := was
	if err := checked(&next, change, settings); err != nil {
		return was, err
	}
	if next.Language != was.Language || next.AnswerFactor != was.AnswerFactor {
		set := SetOwn{Language: next.Language, AnswerFactor: next.AnswerFactor}
		if _, err := e.Do(ctx, Request{Actor: a, CommandID: rand.Text(), Command: set}); err != nil {
			return was, err
		}
	}
	// Another tab may have changed something else since.
	stored, err := e.KeepPreferences(ctx, a, func(p *org.Preferences) error {
		p.Language, p.AnswerFactor = was.Language, was.AnswerFactor
		return checked(p, change, settings)
	})
	if err != nil {
		return was, err
	}
	return stored, nil
}

// Choices are the settings that bound what the actor may prefer.
func (e *Engine) Choices(ctx context.Context, a access.Actor) (org.Settings, error) {
	if err := access.Allow(a, access.KeepOwn, access.None); err != nil {
		return org.Settings{}, err
	}
	return e.configured(ctx, a, &org.Preferences{})
}

// KeepPreferences stores what change makes of the actor's own, and tells their
// tabs.
func (e *Engine) KeepPreferences(ctx context.Context, a access.Actor, change func(*org.Preferences) error) (org.Preferences, error) {
	stored, err := e.own.UpdatePreferences(ctx, a.Org, a.User, change)
	if err != nil {
		return stored, own(err)
	}
	e.tell(a, Signal{Kind: "preferences", Data: stored})
	return stored, nil
}

// checked changes p, or fails and leaves it in no state to be used.
func checked(p *org.Preferences, change func(*org.Preferences) error, s org.Settings) error {
	if err := change(p); err != nil {
		return err
	}
	return p.Check(s)
}

// setOwn puts in force what of a user's preferences is in the configuration.
func (w *work) setOwn(me id.User, m SetOwn) (Reply, error) {
	c := w.floor.state.Config()
	i := slices.IndexFunc(c.Users, func(u org.User) bool { return u.ID == me })
	if i < 0 {
		return Reply{}, problem.New(problem.NotFound)
	}
	u := c.Users[i]
	if most := c.Organization.Settings.MostAnswerFactor(); m.AnswerFactor < 1 || m.AnswerFactor > most {
		return Reply{}, problem.New(problem.OutOfRange, "field", "answer_factor", "min", 1, "max", most)
	}
	u.Language, u.AnswerFactor = m.Language, float64(m.AnswerFactor)
	u.Version++
	next := c
	next.Users = slices.Clone(c.Users)
	next.Users[i] = u
	next.Version++
	return Reply{}, w.configure(next, org.Config{Users: []org.User{u}, Version: next.Version})
}

// KeepDraft keeps what the actor has not sent yet in a conversation, unless a
// greater revision is kept already, and tells their other tabs. It returns
// what is kept. A draft is gone when its writer has wrapped up.
func (e *Engine) KeepDraft(ctx context.Context, a access.Actor, d view.Draft) (view.Draft, error) {
	switch {
	case len(d.Text) > draftLimit:
		return d, problem.New(problem.BodyTooLarge, "max", draftLimit)
	case d.Revision < 1:
		return d, problem.New(problem.OutOfRange, "field", "revision", "min", 1)
	}
	at, err := answer(ctx, e, a.Org, func(f *floor, now time.Time) (time.Time, error) {
		cached, err := e.chat(f.org, d.Conversation)
		if err != nil {
			return now, err
		}
		return now, access.Allow(a, access.KeepDraft, f.relation(a, cached.state))
	})
	if err != nil {
		return d, err
	}
	d.Text = e.gate.of(a.Org).Text(d.Text)
	d.At = at.UTC().Truncate(time.Microsecond)
	kept, err := e.own.PutDraft(ctx, a.Org, a.User, d)
	if err != nil {
		return d, own(err)
	}
	if kept == d {
		e.tell(a, Signal{Kind: "draft", Data: kept})
	}
	return kept, nil
}

// Drafts are what the actor has not sent yet, by conversation.
func (e *Engine) Drafts(ctx context.Context, a access.Actor) ([]view.Draft, error) {
	if err := access.Allow(a, access.KeepOwn, access.None); err != nil {
		return nil, err
	}
	all, err := e.own.Drafts(ctx, a.Org, a.User)
	if err != nil {
		return nil, read(err)
	}
	return all, nil
}

// tell sends a signal to all of the actor's own tabs.
func (e *Engine) tell(a access.Actor, s Signal) {
	e.bus.Publish([]Message{{Org: a.Org, Topic: view.AgentTopic(a.User), Signal: &s}})
	e.bus.Over()
}

// own is an error of the store of what is one's own: a refusal stays one.
func own(err error) error {
	if problem.CodeOf(err) != problem.Internal {
		return problem.Of(err)
	}
	return unavailable(err)
}
