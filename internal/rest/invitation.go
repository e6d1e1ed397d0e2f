package rest

import (
	"context"
	"net/http"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// Invitation is a link by which somebody chooses a password. It is shown once.
type Invitation struct {
	Path      string    `json:"path" doc:"of its address on this server, to be given to the person: whoever opens it first chooses the password"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Invitee is whom an invitation is for.
type Invitee struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

type (
	// ByToken names an invitation by the secret in its address.
	ByToken struct {
		Token string `json:"token" doc:"what stands behind # in the address"`
	}
	// Joining is what the person gives.
	Joining struct {
		Token    string                `json:"token"`
		Password string                `json:"password" doc:"at least 15 characters"`
		Code     string                `json:"code,omitempty" doc:"of the authenticator of whoever has one, or a recovery code"`
		Passkey  *access.PasskeyAnswer `json:"passkey,omitempty" doc:"instead of the code, to the request of second_step_needed"`
	}
	// InviteUserInput is the request of inviteUser.
	InviteUserInput struct {
		ID id.User `path:"id" doc:"the user"`
	}
	// InvitedInput is the request of checkInvitation.
	InvitedInput struct{ Body JSON[ByToken] }
	// JoinInput is the request of acceptInvitation.
	JoinInput struct{ Body JSON[Joining] }
)

func (a *API) invitationOperations() {
	const tag = "session"
	add(a, operation{"inviteUser", http.MethodPost, Prefix + "/users/{id}/invitation", tag, staff, "A link by which the user chooses a password; earlier ones stop working", http.StatusCreated}, a.invite)
	add(a, operation{"checkInvitation", http.MethodPost, Prefix + "/invitation/check", tag, anybody, "Whom an invitation is for; it is not used up", 0}, a.invited)
	add(a, operation{"acceptInvitation", http.MethodPost, Prefix + "/invitation", tag, anybody, "Choose a password by an invitation, and sign in", 0}, a.join)
}

func (a *API) invite(ctx context.Context, c *call, in *InviteUserInput) (*Answer[Invitation], error) {
	u, err := a.inCharge(ctx, c, in.ID)
	if err != nil {
		return nil, err
	}
	if u.Disabled {
		return nil, problem.New(problem.NotFound)
	}
	secret, expires, err := a.staff.Invite(witness(ctx, c, engine.ActInvite, in.ID), c.actor.Org, in.ID)
	return &Answer[Invitation]{Invitation{"/welcome#" + secret, expires}}, err
}

func (a *API) invited(ctx context.Context, _ *call, in *InvitedInput) (*Answer[Invitee], error) {
	u, err := a.staff.Invited(ctx, in.Body.value.Token)
	return &Answer[Invitee]{Invitee{u.Name, u.Email}}, err
}

func (a *API) join(ctx context.Context, c *call, in *JoinInput) (_ *SignedIn, err error) {
	j, secret := in.Body.value, ""
	if j.Passkey != nil {
		secret, err = a.staff.JoinByPasskey(ctx, j.Token, j.Password, *j.Passkey, c.address, c.request.UserAgent())
	} else {
		secret, err = a.staff.Join(ctx, j.Token, j.Password, j.Code, c.address, c.request.UserAgent())
	}
	if err != nil {
		return nil, err
	}
	return a.signedIn(ctx, c, secret)
}
