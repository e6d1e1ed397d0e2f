package engine

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// What is kept of one person, found, taken away and erased (G26).
//
// A person is a customer: whom a site has signed for is one on all devices,
// anybody else is one in each browser. Erasing leaves their conversations as
// counts: when they were, who took part of the staff, how they ended. What was
// said, by either side, who said it, their files and whatever opens their
// conversations is gone from the database's file when it is answered.

// People is what the engine needs of a database for it.
type People interface {
	// FindPeople are up to limit customers whose conversation, address, number
	// or name towards a site of the assets is this, in order.
	FindPeople(ctx context.Context, org id.Org, what string, limit int) ([]id.Customer, error)
	// Person is all that is kept of a customer; problem.NotFound if nothing is.
	Person(ctx context.Context, org id.Org, c id.Customer) (Person, error)
	// Holds are all that are set, by what they are on.
	Holds(ctx context.Context, org id.Org) ([]Hold, error)
	// Ended are up to limit conversations of a queue that ended before a moment,
	// oldest first: neither erased nor held, and wrapped up.
	Ended(ctx context.Context, org id.Org, q id.Queue, before time.Time, limit int) ([]id.Conversation, error)
	// Blobs are where the files of conversations are.
	Blobs(ctx context.Context, org id.Org, c []id.Conversation) ([]string, error)
	// Scrub overwrites what was deleted: nothing of it is in the database's files
	// when it returns nil.
	Scrub(ctx context.Context) error
}

// Person is what is kept of one customer.
type Person struct {
	Customer      id.Customer
	Name          string             // of the last conversation that has one
	Email, Phone  string             // likewise
	Conversations []KeptConversation // newest first
	Identities    []Identity
	Visitors      []access.Visitor // their browsers
	Files         []chat.Upload
	Hold          *Hold
}

// KeptConversation is one of a person's conversations, without what was said.
type KeptConversation struct {
	Record   chat.Record
	Queue    id.Queue
	ErasedAt time.Time // zero: it is all there
	Busy     bool      // it has not ended, or somebody is wrapping it up
	Hold     *Hold
}

// Identity is what a site calls a person.
type Identity struct {
	Asset     id.Asset
	Subject   string
	CreatedAt time.Time
}

// Hold keeps a person or a conversation from being erased.
type Hold struct {
	Object string // a customer or a conversation
	Reason string // "" in a batch: it is lifted
	By     id.User
	At     time.Time
}

// Kept is how many of the conversations are still there.
func (p Person) Kept() (n int) {
	for _, c := range p.Conversations {
		if c.ErasedAt.IsZero() {
			n++
		}
	}
	return n
}

// held is the first hold that keeps the person from being erased.
func (p Person) held() *Hold {
	if p.Hold != nil {
		return p.Hold
	}
	for _, c := range p.Conversations {
		if c.Hold != nil {
			return c.Hold
		}
	}
	return nil
}

// Confirmation is what has to be typed before the person is erased.
func (p Person) Confirmation() string {
	for _, s := range []string{p.Email, p.Phone, p.Name} {
		if s != "" {
			return s
		}
	}
	return string(p.Customer)
}

// peopleFound is how many people a search finds at most.
const peopleFound = 20

// FindPeople are those whose conversation, customer's identifier, e-mail
// address, phone number or name towards a site is this. It is recorded, once
// for each who is found, when more than that is read of them.
func (e *Engine) FindPeople(ctx context.Context, a access.Actor, what string) ([]Person, error) {
	if err := access.Allow(a, access.ReadPeople, access.None); err != nil {
		return nil, err
	}
	what = strings.TrimSpace(what)
	if what == "" || len(what) > 254 {
		return nil, problem.New(problem.InvalidParameter, "parameter", "query")
	}
	found, err := e.people.FindPeople(ctx, a.Org, what, peopleFound)
	if err != nil {
		return nil, unavailable(err)
	}
	var all []Person
	for _, c := range found {
		p, err := e.people.Person(ctx, a.Org, c)
		if err != nil {
			return nil, read(err)
		}
		all = append(all, p)
	}
	return all, nil
}

// Person is what is kept of a customer.
func (e *Engine) Person(ctx context.Context, a access.Actor, c id.Customer) (Person, error) {
	if err := access.Allow(a, access.ReadPeople, access.None); err != nil {
		return Person{}, err
	}
	p, err := e.people.Person(ctx, a.Org, c)
	if err != nil {
		return p, read(err)
	}
	return p, nil
}

// Erased is what an erasure has left to be done outside of the database.
type Erased struct {
	Conversations int
	Visitors      []access.Digest // whose tokens opened them
	Blobs         []string        // where the files are
}

// ErasePerson erases what is kept of a customer, with a record of it that says
// who did it and how much it was. It is refused while one of their
// conversations goes on, or something of it is held. confirmation is what was
// typed; a command on the server needs none.
//
// When it returns, nothing of it is in the database's files; the blobs are the
// caller's to remove. Begun it goes to its end, whoever left meanwhile: else
// nobody would know which blobs those are.
func (e *Engine) ErasePerson(ctx context.Context, a access.Actor, c id.Customer, confirmation string) (done Erased, err error) {
	if err := access.Allow(a, access.ErasePerson, access.None); err != nil {
		return done, err
	}
	ctx = context.WithoutCancel(ctx)
	err = e.note(ctx, func(r *round) error {
		w, err := r.work(a.Org)
		if err != nil {
			return err
		}
		p, err := e.people.Person(context.Background(), a.Org, c)
		if err != nil {
			return read(err)
		}
		if err := w.mayErase(a, p, confirmation); err != nil {
			return err
		}
		done.Conversations = p.Kept()
		for _, k := range p.Conversations {
			if k.ErasedAt.IsZero() {
				w.erase(k.Record.Header.ID)
			}
		}
		w.forgotten = append(w.forgotten, c)
		for _, v := range p.Visitors {
			done.Visitors = append(done.Visitors, v.Digest)
		}
		for _, f := range p.Files {
			done.Blobs = append(done.Blobs, f.Blob)
		}
		w.record(a, string(access.ErasePerson), string(c), Detail{Kind: "person", Fields: []Difference{
			counted("conversations", done.Conversations), counted("files", len(p.Files)), counted("identities", len(p.Identities)),
		}})
		return nil
	})
	if err != nil {
		return Erased{}, err
	}
	if err := e.people.Scrub(ctx); err != nil {
		return done, unavailable(err) // it is erased; asked again, the file is overwritten
	}
	return done, nil
}

func counted(what string, n int) Difference {
	return Difference{Field: what, From: strconv.Itoa(n), To: "0"}
}

func (w *work) mayErase(a access.Actor, p Person, confirmation string) error {
	for _, k := range p.Conversations {
		_, there := w.floor.state.Conversation(k.Record.Header.ID)
		if k.Busy || there {
			return problem.New(problem.PersonBusy)
		}
	}
	// One that began in this very round is not stored yet.
	for at := range w.floor.open {
		if at.customer == p.Customer {
			return problem.New(problem.PersonBusy)
		}
	}
	if p.held() != nil || w.held(p) {
		return problem.New(problem.LegalHold)
	}
	if a.Kind == access.Staff && strings.TrimSpace(confirmation) != p.Confirmation() {
		return problem.New(problem.ConfirmationMissing)
	}
	return nil
}

// held reports whether the round sets a hold on something of the person, which
// is not stored yet.
func (w *work) held(p Person) bool {
	return slices.ContainsFunc(w.holds, func(h Hold) bool {
		return h.Reason != "" && (h.Object == string(p.Customer) || slices.ContainsFunc(p.Conversations, func(k KeptConversation) bool {
			return h.Object == string(k.Record.Header.ID)
		}))
	})
}

// erase takes a conversation that has ended out of memory, and out of the
// database with the round.
func (w *work) erase(c id.Conversation) {
	w.erased = append(w.erased, c)
	for u, h := range w.floor.missed {
		if h.ID != c {
			continue
		}
		// Whoever is in RONA for it reads its customer's name on their desk.
		h.CustomerName, h.Email, h.Page, h.About = "", "", "", chat.About{}
		w.floor.missed[u] = h
		w.retold = append(w.retold, u)
	}
}

// forgetErased drops from memory what is no longer on disk.
func (w *work) forgetErased() {
	for _, c := range w.erased {
		w.round.e.chats.drop(chatKey{w.floor.org, c})
	}
}

// Hold keeps a customer or a conversation from being erased and from being
// removed by age, until [Engine.Release]. Set again, the newer reason holds.
func (e *Engine) Hold(ctx context.Context, a access.Actor, object, reason string) error {
	reason = strings.TrimSpace(e.gate.of(a.Org).Text(reason))
	if reason == "" || len([]rune(reason)) > mostReason {
		return problem.New(problem.InvalidParameter, "parameter", "reason")
	}
	return e.setHold(ctx, a, object, reason)
}

// mostReason is how long the reason of a hold may be.
const mostReason = 255

// Release lifts a hold; one that is not set is no error.
func (e *Engine) Release(ctx context.Context, a access.Actor, object string) error {
	return e.setHold(ctx, a, object, "")
}

func (e *Engine) setHold(ctx context.Context, a access.Actor, object, reason string) error {
	if err := access.Allow(a, access.HoldRecords, access.None); err != nil {
		return err
	}
	if err := e.isThere(ctx, a.Org, object); err != nil {
		return err
	}
	holds, err := e.people.Holds(ctx, a.Org)
	if err != nil {
		return unavailable(err)
	}
	at := slices.IndexFunc(holds, func(h Hold) bool { return h.Object == object })
	was := ""
	if at >= 0 {
		was = holds[at].Reason
	}
	if was == reason {
		return nil
	}
	return e.note(ctx, func(r *round) error {
		w, err := r.work(a.Org)
		if err != nil {
			return err
		}
		w.holds = append(w.holds, Hold{Object: object, Reason: reason, By: a.User, At: r.now})
		kind := "conversation"
		if isCustomer(object) {
			kind = "person"
		}
		// The reason itself is not in the record, which is never erased.
		w.record(a, string(access.HoldRecords), object, Detail{Kind: kind, Fields: []Difference{{Field: "held", From: strconv.FormatBool(was != ""), To: strconv.FormatBool(reason != "")}}})
		return nil
	})
}

// isThere is [problem.NotFound] for what a hold cannot be on.
func (e *Engine) isThere(ctx context.Context, o id.Org, object string) error {
	if isCustomer(object) {
		_, err := e.people.Person(ctx, o, id.Customer(object))
		if err != nil {
			return read(err)
		}
		return nil
	}
	found, err := e.store.Chats(ctx, o, []id.Conversation{id.Conversation(object)})
	if err != nil {
		return unavailable(err)
	}
	if len(found) == 0 {
		return problem.New(problem.NotFound)
	}
	return nil
}

// isCustomer tells the two things apart that a hold can be on.
func isCustomer(object string) bool { return strings.HasPrefix(object, id.PrefixCustomer+"_") }
