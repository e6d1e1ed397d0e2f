package rest

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/view"
	"hiwar/internal/wire"
)

// Own is what belongs to the caller alone; a change reaches their other tabs.
type Own interface {
	Preferences(ctx context.Context, actor access.Actor) (org.Preferences, error)
	// ChangePreferences changes them by a function that may be called twice.
	ChangePreferences(ctx context.Context, actor access.Actor, change func(*org.Preferences) error) (org.Preferences, error)
	// KeepDraft keeps a draft unless a greater revision is kept, and returns
	// what is.
	KeepDraft(ctx context.Context, actor access.Actor, d view.Draft) (view.Draft, error)
	Drafts(ctx context.Context, actor access.Actor) ([]view.Draft, error)
}

// NewDraft is what somebody has not sent yet.
type NewDraft struct {
	Text     string `json:"text" doc:"up to 16 KiB; empty: nothing is to be kept"`
	Revision int64  `json:"revision" minimum:"1" doc:"the greatest is kept, whatever comes last; the time in milliseconds will do"`
}

// DraftList is what the caller has not sent yet.
type DraftList struct {
	Drafts []view.Draft `json:"drafts" doc:"that have a text"`
}

type (
	// DraftInput is the request of keepDraft.
	DraftInput struct {
		InConversation
		Body JSON[NewDraft]
	}
	// PreferencesInput is the request of changePreferences.
	PreferencesInput struct{ Body Some[org.Preferences] }
)

// Some is a body with some members of B, read strictly over the B there is.
type Some[B any] struct{ data []byte }

func (p *Some[B]) read(data []byte) { p.data = data }

func (p *Some[B]) failed() error { return wire.Decode(p.data, new(B)) }

// onto changes v; after an error it must not be used.
func (p *Some[B]) onto(v *B) error { return wire.Decode(p.data, v) }

// Schema is that of B without required members.
func (Some[B]) Schema(r huma.Registry) *huma.Schema {
	s := *r.SchemaFromRef(JSON[B]{}.Schema(r).Ref)
	s.Required = nil
	return &s
}

func (a *API) ownOperations() {
	const tag = "own"
	add(a, operation{"getPreferences", http.MethodGet, Prefix + "/me/preferences", tag, staff, "What the caller chose for themselves", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[org.Preferences], error) {
			p, err := a.engine.Preferences(ctx, c.actor)
			return &Answer[org.Preferences]{shown(p)}, err
		})
	add(a, operation{"changePreferences", http.MethodPatch, Prefix + "/me/preferences", tag, staff, "Change some of it; what is left out stays", 0},
		func(ctx context.Context, c *call, in *PreferencesInput) (*Answer[org.Preferences], error) {
			p, err := a.engine.ChangePreferences(ctx, c.actor, in.Body.onto)
			return &Answer[org.Preferences]{shown(p)}, err
		})
	add(a, operation{"listDrafts", http.MethodGet, Prefix + "/me/drafts", tag, staff, "What the caller has not sent yet, in all their conversations", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[DraftList], error) {
			all, err := a.engine.Drafts(ctx, c.actor)
			if all == nil {
				all = []view.Draft{}
			}
			return &Answer[DraftList]{DraftList{all}}, err
		})
	add(a, operation{"keepDraft", http.MethodPut, Prefix + "/conversations/{id}/draft", tag, staff, "Keep what is not sent yet; the answer is what is kept, which a greater revision may have been. It is gone when the caller has wrapped up", 0},
		func(ctx context.Context, c *call, in *DraftInput) (*Answer[view.Draft], error) {
			d := in.Body.value
			kept, err := a.engine.KeepDraft(ctx, c.actor, view.Draft{Conversation: in.ID, Revision: d.Revision, Text: d.Text})
			return &Answer[view.Draft]{kept}, err
		})
}

// shown is what is written as an object or a list, not as null.
func shown(p org.Preferences) org.Preferences {
	if p.Shortcuts == nil {
		p.Shortcuts = map[string]string{}
	}
	if p.Favorites == nil {
		p.Favorites = []id.Reason{}
	}
	return p
}
