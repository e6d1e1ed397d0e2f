package engine

import (
	"context"
	"encoding/json"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/audit"
	"hiwar/internal/config"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

// What is recorded of who did what, beside what the conversations themselves
// keep. The record goes with the commit of the act: neither is there without
// the other. Reading what one has no part in is an act too; it is answered when
// its record is on disk.

// AuditQuery is what is wanted of an organization's records: at most Limit, the
// newest before Before (0: of all), or with Forward the oldest after After. A
// field that is not empty has to be equal.
type AuditQuery struct {
	Forward            bool
	After, Before      int64
	Actor, Act, Object string
	From, Until        time.Time
	Limit              int
}

// Acts that are no operation of package access.
const (
	ActReadTranscript = "read_transcript"
	ActExportAudit    = "export_audit"
	ActInvite         = "invite"
	ActEndSessions    = "end_sessions"
	ActJoin           = "join"
	ActAddKey         = "add_identity_key"
	ActRetireKey      = "retire_identity_key"
	ActStepOn         = "set_up_second_step"
	ActStepOff        = "take_off_second_step"
	ActStepReset      = "reset_second_step"
	ActNewCodes       = "renew_recovery_codes"
	ActUseCode        = "use_recovery_code"
	ActPassword       = "change_password"
	ActAddPasskey     = "add_passkey"
	ActRenamePasskey  = "rename_passkey"
	ActRemovePasskey  = "remove_passkey"
	ActCopiedPasskey  = "refuse_copied_passkey"
	ActBlock          = "block"
	ActUnblock        = "unblock"
	ActProviderSecret = "set_provider_secret"
	ActLink           = "link_identity"
	ActUnlink         = "unlink_identities"
)

// Difference is one field that an act changed.
type Difference = config.Field

// Detail is what a record says beside who, what and when.
type Detail struct {
	Kind   string       `json:"kind,omitempty" doc:"of the object"`
	Name   *org.Name    `json:"name,omitempty" doc:"of the object, as it is after the act"`
	New    bool         `json:"new,omitempty"`
	Fields []Difference `json:"fields,omitempty" doc:"before and after"`
}

func (d Detail) text() string {
	b, err := json.Marshal(d)
	if err != nil {
		return ""
	}
	return string(b)
}

func actorOf(a access.Actor) string {
	switch a.Kind {
	case access.Staff:
		return string(a.User)
	case access.Customer:
		return string(a.Customer)
	case access.System:
		if a.Provider != "" {
			return string(a.Provider)
		}
	case access.Anonymous:
	}
	return audit.Console
}

// record adds what somebody did to what the round stores.
func (w *work) record(a access.Actor, act, object string, d Detail) {
	text := d.text()
	if text == "{}" {
		text = ""
	}
	w.audit = append(w.audit, audit.Record{At: w.now, Actor: actorOf(a), Address: a.Address, Act: act, Object: object, Detail: text})
}

// before is what of a command's object its record will name: as it is before
// the act.
func (w *work) before(q Request) (b was) {
	switch c := q.Command.(type) {
	case PutOn, DeleteAsset:
		b.config = w.floor.state.Config()
	case SetPresence:
		b.agent, _ = w.floor.state.Agent(c.User)
	case SignOutOfFloor:
		b.agent, _ = w.floor.state.Agent(c.User)
	}
	return b
}

type was struct {
	config org.Config
	agent  routing.Agent
}

// witness records a command that had an effect, if it is one that is.
func (w *work) witness(q Request, b was, rel access.Relation) {
	act := string(operation(q))
	switch c := q.Command.(type) {
	case PutOn:
		for _, change := range config.Compare(b.config, *w.config) {
			if !change.New && len(change.Fields) == 0 {
				continue
			}
			w.record(q.Actor, act, change.ID, Detail{Kind: change.Kind, Name: &change.Name, New: change.New, Fields: change.Fields})
		}
	case DeleteAsset:
		for _, a := range b.config.Assets {
			if a.ID == c.Asset {
				w.record(q.Actor, act, string(c.Asset), Detail{Kind: "asset", Name: &a.Name})
			}
		}
	case SetPresence:
		if by := otherThan(q.Actor.User, c.User); by != "" {
			w.record(q.Actor, act, string(c.User), Detail{Kind: "user", Fields: []Difference{{Field: "presence", From: string(b.agent.Presence), To: string(c.Presence)}}})
		}
	case SignOutOfFloor:
		if by := otherThan(q.Actor.User, c.User); by != "" {
			w.record(q.Actor, act, string(c.User), Detail{Kind: "user", Fields: []Difference{{Field: "presence", From: string(b.agent.Presence), To: string(routing.SignedOut)}}})
		}
	case EndConversation:
		if rel != access.OwnerOf {
			w.record(q.Actor, act, string(c.Conversation), Detail{Kind: "conversation"})
		}
	}
}

// reader is somebody who read a conversation that they have no part in.
type reader struct {
	org  id.Org
	user id.User
	conv id.Conversation
}

// lookedAt is how long reading the same conversation again is the same act, and
// lookedMost how many acts are known at most.
const (
	lookedAt   = time.Hour
	lookedMost = 100_000
)

// noteReading records that somebody reads a conversation, once an hour. The
// error says that this could not be stored: then nothing may be shown.
func (e *Engine) noteReading(ctx context.Context, a access.Actor, c id.Conversation) error {
	return e.note(ctx, func(r *round) error {
		key := reader{a.Org, a.User, c}
		if at, ok := e.looked[key]; ok && r.now.Sub(at) < lookedAt {
			return nil
		}
		w, err := r.work(a.Org)
		if err != nil {
			return err
		}
		w.record(a, ActReadTranscript, string(c), Detail{Kind: "conversation"})
		if len(e.looked) >= lookedMost {
			clear(e.looked)
		}
		e.looked[key] = r.now
		r.looked = append(r.looked, key)
		return nil
	})
}

// note runs f with the round that stores what it adds.
func (e *Engine) note(ctx context.Context, f func(*round) error) error {
	c := &call{note: f}
	if err := e.submit(ctx, c); err != nil {
		return err
	}
	return c.err
}

// Audit are an organization's records, for who may read them.
func (e *Engine) Audit(ctx context.Context, a access.Actor, q AuditQuery) (found []audit.Record, err error) {
	if err := access.Allow(a, access.ReadAudit, access.None); err != nil {
		return nil, err
	}
	q.Limit = min(max(q.Limit, 1), auditMost)
	found, err = e.reader.Audit(ctx, a.Org, q)
	if err != nil {
		return nil, unavailable(err)
	}
	return found, nil
}

// auditMost is how many records are read at once.
const auditMost = 5000

// ExportAudit is [Engine.Audit] to take away: that it was asked for is a record
// itself, once for every page.
func (e *Engine) ExportAudit(ctx context.Context, a access.Actor, q AuditQuery) ([]audit.Record, error) {
	if err := access.Allow(a, access.ReadAudit, access.None); err != nil {
		return nil, err
	}
	err := e.note(ctx, func(r *round) error {
		w, err := r.work(a.Org)
		if err == nil {
			w.record(a, ActExportAudit, string(a.Org), Detail{})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	q.Limit = auditMost
	return e.Audit(ctx, a, q)
}

type witnessKey struct{}

type witnessed struct {
	org    id.Org
	record audit.Record
}

// WithWitness makes a change that is no command of the engine, but of accounts
// and sessions, be recorded with it: whatever the context is given to writes
// the record in the same transaction, or nothing at all.
func WithWitness(ctx context.Context, a access.Actor, act, object string, now time.Time) context.Context {
	r := audit.Record{At: now, Actor: actorOf(a), Address: a.Address, Act: act, Object: object}
	return context.WithValue(ctx, witnessKey{}, witnessed{a.Org, r})
}

// WitnessOf is the record that [WithWitness] asked for.
func WitnessOf(ctx context.Context) (id.Org, audit.Record, bool) {
	v, ok := ctx.Value(witnessKey{}).(witnessed)
	return v.org, v.record, ok
}
