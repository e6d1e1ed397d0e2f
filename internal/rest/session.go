package rest

import (
	"context"
	"net/http"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Me is who is signed in.
type Me struct {
	User         id.User          `json:"user"`
	Name         string           `json:"name"`
	Email        string           `json:"email"`
	Roles        []string         `json:"roles" doc:"agent, supervisor, administrator, and identifiers of roles of the organization's own"`
	Permissions  []org.Permission `json:"permissions" doc:"all that the roles permit"`
	Language     string           `json:"language" doc:"ar or en"`
	Organization id.Org           `json:"organization"`
	Setup        string           `json:"setup,omitempty" doc:"for administrators: the step with which the first run goes on"`
	StepMissing  bool             `json:"step_missing,omitempty" doc:"the organization wants a second step: the session is good for setting it up and for nothing else"`
}

// SignedIn is an answer that sets the session's cookie.
type SignedIn struct {
	SetCookie string `header:"Set-Cookie"`
	Body      Me
}

// SignedOut is an answer that takes it away.
type SignedOut struct {
	SetCookie string `header:"Set-Cookie"`
}

// Credentials are what somebody signs in with.
type Credentials struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	Code     string `json:"code,omitempty" doc:"of the authenticator, or a recovery code; wanted where the answer without it is second_step_needed; that may carry a passkey request, which loginByPasskey takes the answer to"`
}

// NewInstallation is what the first administrator gives.
type NewInstallation struct {
	Token        string `json:"token" doc:"from the link on the console; works once"`
	Organization string `json:"organization,omitempty" doc:"its name; where it is left out, the first run goes on with asking for it"`
	Name         string `json:"name"`
	Email        string `json:"email"`
	Password     string `json:"password" doc:"at least 15 characters"`
	Language     string `json:"language,omitempty" doc:"of the organization, ar or en; the caller's if left out"`
	TimeZone     string `json:"time_zone,omitempty" doc:"IANA name; UTC if left out"`
}

// Ticket opens one socket.
type Ticket struct {
	Ticket string `json:"ticket" doc:"for the socket's hello; valid once, for 30 s"`
}

type (
	// LoginInput is the request of login.
	LoginInput struct{ Body JSON[Credentials] }
	// CheckSetupInput is the request of checkSetup.
	CheckSetupInput struct{ Body JSON[ByToken] }
	// SetupInput is the request of setup.
	SetupInput struct{ Body JSON[NewInstallation] }
)

func (a *API) sessionOperations() {
	const tag = "session"
	add(a, operation{"setup", http.MethodPost, Prefix + "/setup", tag, anybody, "Make the organization and its first administrator, by the link the server printed", 0}, a.setUp)
	add(a, operation{"checkSetup", http.MethodPost, Prefix + "/setup/check", tag, anybody, "Whether the link of the first run works; it is not used up", 0}, a.checkSetup)
	add(a, operation{"login", http.MethodPost, Prefix + "/login", tag, anybody, "Sign in", 0}, a.login)
	add(a, operation{"logout", http.MethodPost, Prefix + "/logout", tag, staff, "Sign out; refused while there is open work", 0}, a.logout)
	add(a, operation{"logoutEverywhere", http.MethodPost, Prefix + "/logout-everywhere", tag, staff, "End all sessions of the caller and close their sockets", 0}, a.logoutEverywhere)
	add(a, operation{"me", http.MethodGet, Prefix + "/me", tag, staff, "Who is signed in", 0}, a.me)
	add(a, operation{"createSocketTicket", http.MethodPost, Prefix + "/socket-tickets", tag, staff, "A ticket for one socket", http.StatusCreated}, a.ticket)
}

func (a *API) checkSetup(ctx context.Context, _ *call, in *CheckSetupInput) (*Nothing, error) {
	return &Nothing{}, a.setup.CheckSetup(ctx, in.Body.value.Token)
}

func (a *API) setUp(ctx context.Context, c *call, in *SetupInput) (*SignedIn, error) {
	n := in.Body.value
	if err := a.setup.CheckSetup(ctx, n.Token); err != nil {
		return nil, err
	}
	config, admin, err := Foundation(n, c.lang, a.origins)
	if err != nil {
		return nil, err
	}
	config = engine.Passed(config)
	admin = config.Users[0]
	secret, err := a.setup.Found(ctx, n.Token, config, admin.ID, n.Password, c.request.UserAgent())
	if err != nil {
		return nil, err
	}
	if err := a.engine.Adopt(ctx, config.Organization.ID); err != nil {
		return nil, err
	}
	return &SignedIn{a.cookie(secret), meOf(config, admin)}, nil
}

func (a *API) login(ctx context.Context, c *call, in *LoginInput) (*SignedIn, error) {
	cred := in.Body.value
	secret, err := a.staff.SignIn(ctx, cred.Email, cred.Password, cred.Code, c.address, c.request.UserAgent())
	if err != nil {
		return nil, err
	}
	return a.signedIn(ctx, c, secret)
}

// signedIn answers with a session that has just begun, and who it is of.
func (a *API) signedIn(ctx context.Context, c *call, secret string) (_ *SignedIn, err error) {
	c.actor, err = a.staff.Staff(ctx, secret)
	if c.limited = stepMissing(err); err != nil && !c.limited {
		return nil, err
	}
	me, err := a.describe(ctx, c)
	if err != nil {
		return nil, err
	}
	return &SignedIn{a.cookie(secret), me}, nil
}

// logout leaves the floor first: who has open work stays signed in.
func (a *API) logout(ctx context.Context, c *call, _ *Nothing) (*SignedOut, error) {
	if err := a.leaveFloor(ctx, c); err != nil {
		return nil, err
	}
	if err := a.staff.SignOut(ctx, c.actor); err != nil {
		return nil, err
	}
	return &SignedOut{a.cookie("")}, nil
}

func (a *API) leaveFloor(ctx context.Context, c *call) error {
	if !c.actor.May(org.MayAnswer) {
		return nil
	}
	key, err := Command{}.id(http.MethodPut)
	if err != nil {
		return err
	}
	_, err = a.engine.Do(ctx, engine.Request{Actor: c.actor, CommandID: key, Command: engine.SignOutOfFloor{}})
	if problem.CodeOf(err) == problem.NotSignedIn && err != nil {
		return nil
	}
	return err
}

// logoutEverywhere always works: open work is requeued when the connection
// stays lost.
func (a *API) logoutEverywhere(ctx context.Context, c *call, _ *Nothing) (*SignedOut, error) {
	if err := a.leaveFloor(ctx, c); err != nil && problem.CodeOf(err) != problem.SignOutOpenWork {
		return nil, err
	}
	if err := a.staff.SignOutEverywhere(witness(ctx, c, engine.ActEndSessions, c.actor.User), c.actor.Org, c.actor.User); err != nil {
		return nil, err
	}
	return &SignedOut{a.cookie("")}, nil
}

func (a *API) me(ctx context.Context, c *call, _ *Nothing) (*Answer[Me], error) {
	me, err := a.describe(ctx, c)
	return &Answer[Me]{me}, err
}

func (a *API) describe(ctx context.Context, c *call) (Me, error) {
	config, err := a.engine.Config(ctx, c.actor)
	if err != nil {
		return Me{}, err
	}
	for _, u := range config.Users {
		if u.ID == c.actor.User {
			me := meOf(config, u)
			me.StepMissing = c.limited
			return me, nil
		}
	}
	return Me{}, problem.New(problem.TokenInvalid)
}

func meOf(config org.Config, u org.User) Me {
	me := Me{User: u.ID, Name: u.Name, Email: u.Email, Roles: []string{}, Language: u.Language, Organization: config.Organization.ID}
	for _, r := range u.Roles {
		me.Roles = append(me.Roles, string(r))
	}
	me.Permissions = append([]org.Permission{}, config.PermittedTo(u.Roles)...)
	if me.Language == "" {
		me.Language = config.Organization.Language
	}
	if u.Has(org.RoleAdministrator) {
		me.Setup = string(config.Organization.Settings.Setup)
	}
	return me
}

func (a *API) ticket(_ context.Context, c *call, _ *Nothing) (*Answer[Ticket], error) {
	return &Answer[Ticket]{Ticket{a.staff.NewTicket(c.actor)}}, nil
}
