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
	"setProviderSecret":  access.ChangeRights,
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

// rights are who may sign in to an organization, as what and how: what a file
// must not change without proof.
type rights struct {
	email    string
	roles    []org.Role
	disabled bool
}

// changesRights reports whether a file changes who may do what.
func changesRights(before org.Config, file config.File) bool {
	known := map[id.User]rights{}
	for _, u := range before.Users {
		known[u.ID] = rights{u.Email, u.Roles, u.Disabled}
	}
	if file.Organization.Name != (org.Name{}) && file.Organization.Settings.SecondStep != before.Organization.Settings.SecondStep {
		return true
	}
	if _, changed, err := file.On(before); err == nil && len(changed.Providers) > 0 {
		return true // whoever a provider knows may become anybody
	}
	return slices.ContainsFunc(file.Users, func(u org.User) bool {
		was, there := known[u.ID]
		return !there || was.email != u.Email || was.disabled != u.Disabled || !slices.Equal(was.roles, u.Roles)
	})
}
