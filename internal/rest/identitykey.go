package rest

import (
	"context"
	"net/http"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// IdentityKey is a key by which an asset's site signs who its visitors are.
type IdentityKey struct {
	ID        string     `json:"id" doc:"the kid of tokens"`
	Algorithm string     `json:"algorithm" doc:"HS256, EdDSA or ES256"`
	CreatedAt time.Time  `json:"created_at"`
	RetiredAt *time.Time `json:"retired_at,omitempty" doc:"tokens of it are refused since"`
	Secret    string     `json:"secret,omitempty" doc:"of a new key of HS256, this once: the key is these very characters"`
}

// IdentityKeyList is all of an asset's keys.
type IdentityKeyList struct {
	Keys     []IdentityKey `json:"keys" doc:"oldest first"`
	Audience string        `json:"audience" doc:"the aud of tokens: the asset's public key"`
}

// NewIdentityKey is a key to be made.
type NewIdentityKey struct {
	Algorithm string `json:"algorithm" doc:"HS256, EdDSA or ES256"`
	PublicKey string `json:"public_key,omitempty" doc:"in PEM; for EdDSA and ES256"`
}

type (
	// NewIdentityKeyInput is the request of addIdentityKey.
	NewIdentityKeyInput struct {
		AssetInput
		Body JSON[NewIdentityKey]
	}
	// IdentityKeyInput names a key.
	IdentityKeyInput struct {
		AssetInput
		Key string `path:"key" doc:"the key"`
	}
)

func (a *API) identityKeyOperations() {
	const tag, at = "assets", Prefix + "/assets/{id}/identity-keys"
	add(a, operation{"listIdentityKeys", http.MethodGet, at, tag, staff, "The keys by which the asset's site signs who its visitors are", 0}, a.identityKeys)
	add(a, operation{"addIdentityKey", http.MethodPost, at, tag, staff, "Another key; up to 5 are in use at once", http.StatusCreated}, a.newIdentityKey)
	add(a, operation{"retireIdentityKey", http.MethodDelete, at + "/{key}", tag, staff, "Refuse tokens of a key from now on", 0},
		func(ctx context.Context, c *call, in *IdentityKeyInput) (*Nothing, error) {
			if _, err := a.ownAsset(ctx, c, in.ID); err != nil {
				return nil, err
			}
			return &Nothing{}, a.visitors.RetireIdentityKey(witness(ctx, c, engine.ActRetireKey, in.Key), c.actor.Org, in.ID, in.Key)
		})
}

// ownAsset is an asset whose keys the caller may keep.
func (a *API) ownAsset(ctx context.Context, c *call, asset id.Asset) (org.Asset, error) {
	if err := access.Allow(c.actor, access.KeepKeys, access.None); err != nil {
		return org.Asset{}, err
	}
	all, err := a.engine.Config(ctx, c.actor)
	if err != nil {
		return org.Asset{}, err
	}
	at := slices.IndexFunc(all.Assets, func(x org.Asset) bool { return x.ID == asset && !x.Deleted })
	if at < 0 {
		return org.Asset{}, problem.New(problem.NotFound)
	}
	return all.Assets[at], nil
}

func (a *API) identityKeys(ctx context.Context, c *call, in *AssetInput) (*Answer[IdentityKeyList], error) {
	asset, err := a.ownAsset(ctx, c, in.ID)
	if err != nil {
		return nil, err
	}
	all, err := a.visitors.IdentityKeys(ctx, c.actor.Org, in.ID)
	list := IdentityKeyList{Keys: []IdentityKey{}, Audience: asset.Key}
	for _, k := range all {
		list.Keys = append(list.Keys, keyOf(k))
	}
	return &Answer[IdentityKeyList]{list}, err
}

func (a *API) newIdentityKey(ctx context.Context, c *call, in *NewIdentityKeyInput) (*Answer[IdentityKey], error) {
	if _, err := a.ownAsset(ctx, c, in.ID); err != nil {
		return nil, err
	}
	k, secret, err := a.visitors.NewIdentityKey(witness(ctx, c, engine.ActAddKey, in.ID), c.actor.Org, in.ID, access.Algorithm(in.Body.value.Algorithm), in.Body.value.PublicKey)
	if err != nil {
		return nil, err
	}
	made := keyOf(k)
	made.Secret = secret
	return &Answer[IdentityKey]{made}, nil
}

// keyOf leaves out what the key is made of: nobody reads it again.
func keyOf(k access.IdentityKey) IdentityKey {
	v := IdentityKey{ID: k.ID, Algorithm: string(k.Algorithm), CreatedAt: k.CreatedAt.UTC()}
	if !k.RetiredAt.IsZero() {
		at := k.RetiredAt.UTC()
		v.RetiredAt = &at
	}
	return v
}
