package rest

import (
	"context"
	"net/http"
	"slices"

	"hiwar/internal/access"
	"hiwar/internal/config"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// acts are the operations that a row of package access is asked about before
// anything else of the request is looked at: whether the caller may, and
// whether they have shown of late that it is them.
var acts = map[string]access.Operation{
	"inviteUser":         access.InviteUser,
	"addIdentityKey":     access.KeepKeys,
	"retireIdentityKey":  access.KeepKeys,
	"deleteAsset":        access.DeleteAsset,
	"exportAudit":        access.ExportAudit,
	"exportPerson":       access.ExportPerson,
	"erasePerson":        access.ErasePerson,
	"enrolSecondStep":    access.ChangeStep,
	"renewRecoveryCodes": access.ChangeStep,
	"deleteSecondStep":   access.ChangeStep,
	"resetSecondStep":    access.ResetStep,
	"listSecondSteps":    access.ReadSteps,
	"offerPasskey":       access.ChangeStep,
	"addPasskey":         access.ChangeStep,
	"renamePasskey":      access.ChangeStep,
	"removePasskey":      access.ChangeStep,
	"setProviderSecret":  access.KeepProviders,
	"unlinkUser":         access.ChangeRights,
}

// enrolling are the operations for a session that is good for setting a second
// step up and for nothing else.
var enrolling = map[string]bool{
	"me": true, "logout": true, "confirmIdentity": true,
	"getSecondStep": true, "enrolSecondStep": true, "confirmSecondStep": true,
	"listPasskeys": true, "offerPasskey": true, "addPasskey": true,
}

func stepMissing(err error) bool {
	return err != nil && problem.CodeOf(err) == problem.SecondStepAbsent
}

// permitted asks package access about an operation that is in acts.
func (a *API) permitted(c *call, o operation) error {
	op, known := acts[o.id]
	if !known {
		return nil
	}
	if err := access.Allow(c.actor, op, access.None); err != nil {
		return err
	}
	return access.Prove(c.actor, op)
}

// Proof is what somebody shows to be asked no more for a while.
type Proof struct {
	Password string                `json:"password,omitempty"`
	Code     string                `json:"code,omitempty" doc:"of the authenticator, instead of the password"`
	Passkey  *access.PasskeyAnswer `json:"passkey,omitempty" doc:"to the request of requestProof, instead of both"`
}

// ProofInput is the request of confirmIdentity.
type ProofInput struct{ Body JSON[Proof] }

func (a *API) proofOperations() {
	add(a, operation{"confirmIdentity", http.MethodPost, Prefix + "/me/confirm", "session", staff, "Show once more that one is oneself: for five minutes, what answers proof_needed is done", 0},
		func(ctx context.Context, c *call, in *ProofInput) (*Nothing, error) {
			p := in.Body.value
			if p.Passkey != nil {
				return &Nothing{}, a.staff.ConfirmByPasskey(ctx, c.actor, *p.Passkey, c.address)
			}
			return &Nothing{}, a.staff.Confirm(ctx, c.actor, p.Password, p.Code, c.address)
		})
}

// changesRights reports whether a file changes who may do what, which wants
// proof. One that cannot be put on changes nothing.
func changesRights(before org.Config, file config.File) bool {
	next, changed, err := file.On(before)
	return err == nil && config.Rights(before, next, changed)
}

// inCharge is a user whose ways to sign in the caller may change: somebody who
// may do nothing that the caller may not. Whoever could invite their superior
// would be them.
func (a *API) inCharge(ctx context.Context, c *call, u id.User) (org.User, error) {
	all, err := a.engine.Configuration(ctx, c.actor)
	if err != nil {
		return org.User{}, err
	}
	at := slices.IndexFunc(all.Users, func(x org.User) bool { return x.ID == u })
	if at < 0 {
		return org.User{}, problem.New(problem.NotFound)
	}
	if !config.MayManage(all, all.Users[at], c.actor.May) {
		return org.User{}, problem.New(problem.Forbidden, "reason", "rights")
	}
	return all.Users[at], nil
}
