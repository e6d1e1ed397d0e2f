package rest

import (
	"context"
	"net/http"

	"hiwar/internal/engine"
	"hiwar/internal/id"
)

// SecondStep is the caller's second step of signing in.
type SecondStep struct {
	On            bool `json:"on"`
	RecoveryCodes int  `json:"recovery_codes" doc:"that are left"`
	Obliged       bool `json:"obliged" doc:"the organization wants it"`
	Proven        bool `json:"proven" doc:"what wants proof is done now without asking for it"`
	Passkeys      int  `json:"passkeys" doc:"that the caller has; each is as good as a code"`
}

// Enrolment is a secret for an authenticator. It is shown this once.
type Enrolment struct {
	Secret  string  `json:"secret" doc:"in base32, for who types it"`
	Address string  `json:"address" doc:"the same as otpauth address"`
	Picture Picture `json:"picture" doc:"the address as a QR code"`
}

// RecoveryCodes let their owner in where the authenticator is not at hand, each
// once. They are shown this once.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

// SecondSteps are the users who have a second step or a passkey.
type SecondSteps struct {
	Users []id.User `json:"users"`
}

// Code is what an authenticator shows.
type Code struct {
	Code string `json:"code"`
}

type (
	// CodeInput is the request of confirmSecondStep.
	CodeInput struct{ Body JSON[Code] }
	// ResetStepInput is the request of resetSecondStep.
	ResetStepInput struct {
		ID id.User `path:"id" doc:"the user"`
	}
)

func (a *API) stepOperations() {
	const tag, at = "session", Prefix + "/me/second-step"
	add(a, operation{"getSecondStep", http.MethodGet, at, tag, staff, "Whether the caller shows a code when they sign in", 0}, a.secondStep)
	add(a, operation{"enrolSecondStep", http.MethodPost, at, tag, staff, "A new secret for the caller's authenticator; nothing asks for it until a code of it was confirmed", http.StatusCreated}, a.enrol)
	add(a, operation{"confirmSecondStep", http.MethodPost, at + "/confirm", tag, staff, "Turn the caller's second step on, by a code of the secret", 0},
		func(ctx context.Context, c *call, in *CodeInput) (*Answer[RecoveryCodes], error) {
			codes, err := a.staff.ConfirmStep(witness(ctx, c, engine.ActStepOn, c.actor.User), c.actor, in.Body.value.Code)
			return &Answer[RecoveryCodes]{RecoveryCodes{codes}}, err
		})
	add(a, operation{"renewRecoveryCodes", http.MethodPost, at + "/codes", tag, staff, "New recovery codes; the earlier ones stop working", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[RecoveryCodes], error) {
			codes, err := a.staff.NewCodes(witness(ctx, c, engine.ActNewCodes, c.actor.User), c.actor)
			return &Answer[RecoveryCodes]{RecoveryCodes{codes}}, err
		})
	add(a, operation{"deleteSecondStep", http.MethodDelete, at, tag, staff, "Take the caller's second step off; refused where the organization wants it", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Nothing, error) {
			return &Nothing{}, a.staff.TakeStepOff(witness(ctx, c, engine.ActStepOff, c.actor.User), c.actor)
		})
	add(a, operation{"listSecondSteps", http.MethodGet, Prefix + "/second-steps", tag, staff, "Who has a second step or a passkey", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[SecondSteps], error) {
			users, err := a.staff.Steps(ctx, c.actor.Org)
			if users == nil {
				users = []id.User{}
			}
			return &Answer[SecondSteps]{SecondSteps{users}}, err
		})
	add(a, operation{"resetSecondStep", http.MethodDelete, Prefix + "/users/{id}/second-step", tag, staff, "Take somebody's second step and passkeys away and end their sessions", 0}, a.resetStep)
}

func (a *API) secondStep(ctx context.Context, c *call, _ *Nothing) (*Answer[SecondStep], error) {
	s, err := a.staff.Step(ctx, c.actor)
	return &Answer[SecondStep]{SecondStep{s.On, s.Codes, s.Obliged, c.actor.Fresh, s.Passkeys}}, err
}

func (a *API) enrol(ctx context.Context, c *call, _ *Nothing) (*Answer[Enrolment], error) {
	e, err := a.staff.Enrol(ctx, c.actor)
	if err != nil {
		return nil, err
	}
	picture, err := pictureOf(e.Address)
	return &Answer[Enrolment]{Enrolment{e.Secret, e.Address, picture}}, err
}

func (a *API) resetStep(ctx context.Context, c *call, in *ResetStepInput) (*Nothing, error) {
	if _, err := a.inCharge(ctx, c, in.ID); err != nil {
		return nil, err
	}
	return &Nothing{}, a.staff.ResetStep(witness(ctx, c, engine.ActStepReset, in.ID), c.actor.Org, in.ID)
}
