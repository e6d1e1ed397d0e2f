package engine

import (
	"context"
	"fmt"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// floor is one organization in memory: its machine, and what is derived from
// it for those who watch.
type floor struct {
	org   id.Org
	state *routing.State
	// journal has the last steps of state: decisions can be gone through again.
	journal routing.Journal
	users   map[id.User]*org.User

	// book resolves names for desks; it reads headers, so it stays in the
	// loop. names is the same without customers and may be handed out.
	book  view.Book
	names view.Book

	headers map[id.Conversation]chat.Header // of what is on the floor
	missed  map[id.User]chat.Header         // behind an agent's RONA
	open    map[customerAsset]id.Conversation
	desks   map[id.User]view.Desk // as last told
	heads   map[id.User]id.Seq    // of agents' topics
	waiting waiting
	// choosing is not stored: whoever looks, looks again after a restart.
	choosing choosing

	checked bool // the invariants, once after loading
}

// customerAsset is where a customer has at most one open conversation.
type customerAsset struct {
	customer id.Customer
	asset    id.Asset
}

// floor gives an organization's floor, loading it if it is not in memory.
func (e *Engine) floor(o id.Org, now time.Time) (*floor, error) {
	if f, ok := e.floors[o]; ok {
		return f, nil
	}
	if !e.has(o) {
		return nil, unavailable(ErrElsewhere)
	}
	loaded, err := e.store.Floor(context.Background(), o)
	if err == nil {
		err = e.install(loaded)
	}
	switch {
	case err == nil:
		return e.floors[o], nil
	case problem.CodeOf(err) == problem.NotFound:
		delete(e.missing, o)
		return nil, problem.New(problem.NotFound)
	}
	if _, known := e.missing[o]; known {
		e.missing[o] = now.Add(retryLoad)
	}
	e.log.Error("an organization could not be loaded", "org", o, "error", err)
	return nil, unavailable(err)
}

// install builds a floor from what is stored.
func (e *Engine) install(loaded Floor) error {
	o := loaded.Config.Organization.ID
	if err := e.gate.configured(loaded.Config); err != nil {
		return fmt.Errorf("organization %s: %w", o, err)
	}
	state, err := routing.Load(loaded.Config, loaded.Records)
	if err != nil {
		return fmt.Errorf("organization %s: %w", o, err)
	}
	f := &floor{
		org: o, state: state,
		headers: map[id.Conversation]chat.Header{}, missed: map[id.User]chat.Header{}, open: map[customerAsset]id.Conversation{},
		desks: map[id.User]view.Desk{}, heads: map[id.User]id.Seq{}, waiting: newWaiting(), choosing: newChoosing(),
	}
	for _, h := range loaded.Headers {
		f.headers[h.ID] = h
	}
	for _, c := range loaded.Records.Conversations {
		if c.ClosedAt.IsZero() {
			f.open[customerAsset{c.Customer, c.Asset}] = c.ID
		}
	}
	for _, a := range loaded.Records.Agents {
		f.heads[a.ID] = loaded.Heads[view.AgentTopic(a.ID)]
		if a.Missed != nil {
			f.missed[a.ID] = f.headers[a.Missed.Conversation]
		}
	}
	f.configured(loaded.Config)
	for _, a := range loaded.Records.Agents {
		f.desks[a.ID] = view.DeskOf(f.state, a.ID, f.book)
	}
	e.floors[o] = f
	delete(e.missing, o)
	return nil
}

// drop forgets a floor whose memory may not be what is stored.
func (e *Engine) drop(f *floor, now time.Time) {
	delete(e.floors, f.org)
	e.missing[f.org] = now
}

// configured prepares what follows from a configuration.
func (f *floor) configured(c org.Config) {
	f.users = make(map[id.User]*org.User, len(c.Users))
	for i := range c.Users {
		f.users[c.Users[i].ID] = &c.Users[i]
	}
	f.book, f.names = view.NewBook(c, f.header), view.NewBook(c, nil)
}

func (f *floor) header(c id.Conversation) (chat.Header, bool) {
	if h, ok := f.headers[c]; ok {
		return h, true
	}
	for _, h := range f.missed {
		if h.ID == c {
			return h, true
		}
	}
	return chat.Header{}, false
}

func (f *floor) userName(u id.User) string {
	if found := f.users[u]; found != nil {
		return found.Name
	}
	return ""
}

// desk is what the agent was last told their desk is. Somebody who was never
// on the floor has an empty one.
func (f *floor) desk(u id.User) view.Desk {
	if d, ok := f.desks[u]; ok {
		return d
	}
	return view.DeskOf(routing.New(f.state.Config()), u, f.book)
}

// deadline is when the floor wants to be woken: at once if it was just loaded.
func (f *floor) deadline() (at time.Time, ok bool) {
	if !f.checked {
		return at, true
	}
	at, ok = f.state.Deadline()
	for _, next := range []func() (time.Time, bool){f.waiting.deadline, f.choosing.deadline} {
		if t, due := next(); due && (!ok || t.Before(at)) {
			at, ok = t, true
		}
	}
	return at, ok
}

// relation is what somebody is to a conversation at this moment. Nobody of
// another organization gets here: conversations are looked up in the actor's.
func (f *floor) relation(a access.Actor, s *chat.State) access.Relation {
	c := s.Header().ID
	switch a.Kind {
	case access.Customer:
		if a.Customer != "" && a.Customer == s.Header().Customer {
			return access.TheCustomer
		}
	case access.Staff:
		if rel := f.part(a.User, c); rel != access.None {
			return rel
		}
		if _, ok := s.Participant(chat.Author{User: a.User}); ok {
			return access.Former
		}
	case access.Anonymous, access.System:
	}
	return access.None
}

// part is a user's relation to a conversation by what is open on the floor,
// the closest one if there are several.
func (f *floor) part(u id.User, c id.Conversation) access.Relation {
	rel := access.None
	for _, p := range f.state.PartsIn(c) {
		switch {
		case p.Agent != u:
		case !p.EndedAt.IsZero():
			if rel == access.None {
				rel = access.WrappingUp
			}
		case p.Role == routing.Owner:
			return access.OwnerOf
		default:
			return access.GuestIn
		}
	}
	for _, o := range f.state.OffersTo(u) {
		if o.Conversation == c {
			return access.OfferedTo
		}
	}
	return rel
}

// reads reports whether a user may go on reading a conversation as it grows.
func (f *floor) reads(u id.User, c id.Conversation) bool {
	if user := f.users[u]; user != nil && !user.Disabled && f.state.Config().Permits(user.Roles, org.MayReadAll) {
		return true
	}
	switch f.part(u, c) {
	case access.OwnerOf, access.GuestIn, access.OfferedTo:
		return true
	case access.None, access.TheCustomer, access.WrappingUp, access.Former:
	}
	return false
}
