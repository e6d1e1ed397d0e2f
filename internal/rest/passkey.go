package rest

import (
	"context"
	"net/http"
	"time"

	"hiwar/internal/access"
)

// Passkey is a key of one of the caller's devices.
type Passkey struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Shared    bool       `json:"shared" doc:"the caller's other devices may have it too"`
	CreatedAt time.Time  `json:"created_at"`
	UsedAt    *time.Time `json:"used_at,omitempty" doc:"left out: never yet"`
	CopiedAt  *time.Time `json:"copied_at,omitempty" doc:"another device used it too; it lets nobody in any more"`
}

// PasskeyList are the caller's passkeys.
type PasskeyList struct {
	Passkeys []Passkey `json:"passkeys" doc:"oldest first"`
	Max      int       `json:"max" doc:"how many there may be"`
	Possible bool      `json:"possible" doc:"false: this server has no address that passkeys could be for"`
}

// PasskeyName is what its user calls a passkey.
type PasskeyName struct {
	Name string `json:"name" doc:"1 to 64 characters"`
}

type (
	// AddPasskeyInput is the request of addPasskey.
	AddPasskeyInput struct{ Body JSON[access.NewPasskey] }
	// PasskeyInput names a passkey of the caller's.
	PasskeyInput struct {
		ID string `path:"id" doc:"the passkey"`
	}
	// RenamePasskeyInput is the request of renamePasskey.
	RenamePasskeyInput struct {
		PasskeyInput
		Body JSON[PasskeyName]
	}
	// PasskeyAnswerInput is the request of loginByPasskey.
	PasskeyAnswerInput struct{ Body JSON[access.PasskeyAnswer] }
)

func (a *API) passkeyOperations() {
	const tag, at, door = "session", Prefix + "/me/passkeys", Prefix + "/login/passkey"
	add(a, operation{"listPasskeys", http.MethodGet, at, tag, staff, "The caller's passkeys", 0}, a.listPasskeys)
	add(a, operation{"offerPasskey", http.MethodPost, at + "/offer", tag, staff, "What a device makes another passkey of; for this session alone, once and for five minutes", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[access.PasskeyOffer], error) {
			offer, err := a.staff.OfferPasskey(ctx, c.actor)
			return &Answer[access.PasskeyOffer]{offer}, err
		})
	add(a, operation{"addPasskey", http.MethodPost, at, tag, staff, "Keep the passkey that a device made of the offer", http.StatusCreated},
		func(ctx context.Context, c *call, in *AddPasskeyInput) (*Answer[Passkey], error) {
			p, err := a.staff.AddPasskey(ctx, c.actor, in.Body.value)
			return &Answer[Passkey]{passkeyOf(p)}, err
		})
	add(a, operation{"renamePasskey", http.MethodPut, at + "/{id}", tag, staff, "Call a passkey something else", 0},
		func(ctx context.Context, c *call, in *RenamePasskeyInput) (*Nothing, error) {
			return &Nothing{}, a.staff.RenamePasskey(ctx, c.actor, in.ID, in.Body.value.Name)
		})
	add(a, operation{"removePasskey", http.MethodDelete, at + "/{id}", tag, staff, "Take a passkey away; refused where it is the last second step and one is wanted", 0},
		func(ctx context.Context, c *call, in *PasskeyInput) (*Nothing, error) {
			return &Nothing{}, a.staff.RemovePasskey(ctx, c.actor, in.ID)
		})
	add(a, operation{"requestProof", http.MethodPost, Prefix + "/me/confirm/passkey", tag, staff, "What one of the caller's devices signs as proof for confirmIdentity", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[access.PasskeyRequest], error) {
			r, err := a.staff.RequestProof(ctx, c.actor)
			return &Answer[access.PasskeyRequest]{r}, err
		})
	add(a, operation{"requestPasskey", http.MethodPost, door + "/request", tag, anybody, "What a device signs to sign in", 0},
		func(context.Context, *call, *Nothing) (*Answer[access.PasskeyRequest], error) {
			r, err := a.staff.RequestPasskey()
			return &Answer[access.PasskeyRequest]{r}, err
		})
	add(a, operation{"loginByPasskey", http.MethodPost, door, tag, anybody, "Sign in with a passkey, which is both steps at once", 0},
		func(ctx context.Context, c *call, in *PasskeyAnswerInput) (*SignedIn, error) {
			secret, err := a.staff.EnterWithPasskey(ctx, in.Body.value, c.address, c.request.UserAgent())
			if err != nil {
				return nil, err
			}
			return a.signedIn(ctx, c, secret)
		})
}

func (a *API) listPasskeys(ctx context.Context, c *call, _ *Nothing) (*Answer[PasskeyList], error) {
	all, possible, err := a.staff.Passkeys(ctx, c.actor)
	list := PasskeyList{[]Passkey{}, access.MaxPasskeys, possible}
	for _, p := range all {
		list.Passkeys = append(list.Passkeys, passkeyOf(p))
	}
	return &Answer[PasskeyList]{list}, err
}

func passkeyOf(p access.Passkey) Passkey {
	return Passkey{p.ID, p.Name, p.Shared, p.CreatedAt.UTC(), orNever(p.UsedAt), orNever(p.CopiedAt)}
}

func orNever(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
