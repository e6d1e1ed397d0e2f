package rest

import (
	"context"
	"net/http"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// AssetInList is an asset as administrators see it.
type AssetInList struct {
	ID        id.Asset   `json:"id"`
	Key       string     `json:"key" doc:"public, in the snippet"`
	Name      org.Name   `json:"name"`
	Queue     view.Named `json:"queue"`
	Origins   []string   `json:"origins"`
	Languages []string   `json:"languages"`
	Language  string     `json:"language"`
	Color     string     `json:"color"`
	Visit     *Visit     `json:"visit,omitempty" doc:"the last one; none where the widget was never loaded by a page"`
}

// Visit is a page that loaded a widget.
type Visit struct {
	Origin string    `json:"origin"`
	At     time.Time `json:"at"`
}

// AssetList is all assets that are not deleted.
type AssetList struct {
	Assets []AssetInList `json:"assets"`
}

// Impact is what deleting an asset would do.
type Impact struct {
	Conversations int `json:"conversations" doc:"that are not closed and would be interrupted or closed"`
}

// Confirmation is the name of what is to be deleted, typed.
type Confirmation struct {
	Confirmation string `json:"confirmation" doc:"the asset's name in either language"`
}

// UserList is everybody who may be an agent, with their state.
type UserList struct {
	Users []view.Agent `json:"users"`
}

type (
	// AssetInput names an asset.
	AssetInput struct {
		ID id.Asset `path:"id" doc:"the asset"`
	}
	// DeleteAssetInput is the request of deleteAsset.
	DeleteAssetInput struct {
		Command
		AssetInput
		Body JSON[Confirmation]
	}
	// UserInput is a command about somebody else.
	UserInput struct {
		Command
		ID id.User `path:"id" doc:"the user"`
	}
	// UserPresenceInput is the request of setPresenceOf.
	UserPresenceInput struct {
		UserInput
		Body JSON[NewPresence]
	}
)

func (a *API) adminOperations() {
	add(a, operation{"listAssets", http.MethodGet, Prefix + "/assets", "assets", staff, "All assets", 0}, a.listAssets)
	add(a, operation{"getAssetImpact", http.MethodGet, Prefix + "/assets/{id}/impact", "assets", staff, "What deleting the asset would do", 0},
		func(ctx context.Context, c *call, in *AssetInput) (*Answer[Impact], error) {
			live, err := a.engine.AssetImpact(ctx, c.actor, in.ID)
			return &Answer[Impact]{Impact{live}}, err
		})
	add(a, operation{"deleteAsset", http.MethodDelete, Prefix + "/assets/{id}", "assets", staff, "Delete an asset: its running conversations are interrupted, its waiting ones closed", 0},
		func(ctx context.Context, c *call, in *DeleteAssetInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.DeleteAsset{Asset: in.ID, Confirmation: in.Body.value.Confirmation})
		})
	add(a, operation{"listUsers", http.MethodGet, Prefix + "/users", "floor", staff, "Everybody who may be an agent, with their state", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[UserList], error) {
			users, err := a.engine.Agents(ctx, c.actor)
			if users == nil {
				users = []view.Agent{}
			}
			return &Answer[UserList]{UserList{users}}, err
		})
	add(a, operation{"signOutUser", http.MethodPost, Prefix + "/users/{id}/sign-out", "floor", staff, "Sign somebody out; their conversations are queued again", 0},
		func(ctx context.Context, c *call, in *UserInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.SignOutOfFloor{User: in.ID})
		})
	add(a, operation{"setPresenceOf", http.MethodPut, Prefix + "/users/{id}/presence", "floor", staff, "Make somebody Idle", 0},
		func(ctx context.Context, c *call, in *UserPresenceInput) (*Stored, error) {
			p := in.Body.value
			return a.do(ctx, c, in.Command, engine.SetPresence{User: in.ID, Presence: routing.Presence(p.Presence), IdleReason: p.IdleReason})
		})
}

func (a *API) listAssets(ctx context.Context, c *call, _ *Nothing) (*Answer[AssetList], error) {
	config, err := a.engine.Config(ctx, c.actor)
	if err != nil {
		return nil, err
	}
	queues := map[id.Queue]org.Name{}
	for _, q := range config.Queues {
		queues[q.ID] = q.Name
	}
	visits, err := a.visits.last(ctx, c.actor.Org)
	if err != nil {
		return nil, err
	}
	list := AssetList{[]AssetInList{}}
	for _, x := range config.Assets {
		if !x.Deleted {
			list.Assets = append(list.Assets, AssetInList{
				x.ID, x.Key, x.Name, view.Named{ID: string(x.Queue), Name: queues[x.Queue]}, orEmpty(x.Origins), orEmpty(x.Languages), x.Language, x.Color, visits[x.ID],
			})
		}
	}
	return &Answer[AssetList]{list}, nil
}

// orEmpty makes a list that is written as one, not as null.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
