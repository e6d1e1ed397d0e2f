package rest

import (
	"context"
	"net/http"
	"strings"
	"time"

	"hiwar/internal/problem"
)

// identify finds the actor behind the request: the holder of a visitor token
// in the Authorization header, else of a session in a cookie.
func (a *API) identify(ctx context.Context, c *call) (err error) {
	if header := c.request.Header.Get("Authorization"); header != "" {
		token, ok := strings.CutPrefix(header, "Bearer ")
		if !ok {
			return problem.New(problem.TokenInvalid)
		}
		c.visitor, err = a.visitors.Visitor(ctx, token)
		c.actor = c.visitor.Actor()
		c.actor.Address = c.address
		return err
	}
	cookie, err := c.request.Cookie(a.cookieName())
	if err != nil || cookie.Value == "" {
		return problem.New(problem.TokenRequired)
	}
	c.actor, err = a.staff.Staff(ctx, cookie.Value)
	c.actor.Address = c.address
	return err
}

// cookieName carries the prefix by which browsers promise that the cookie was
// set by this very host over TLS.
func (a *API) cookieName() string {
	if a.secure {
		return "__Host-hiwar_session"
	}
	return "hiwar_session"
}

// sessionLife is how long a browser keeps the cookie; the server may end the
// session earlier.
const sessionLife = 30 * 24 * time.Hour

// cookie is the Set-Cookie of a session; "" as its secret takes it away.
func (a *API) cookie(secret string) string {
	c := &http.Cookie{
		Name: a.cookieName(), Value: secret, Path: "/", MaxAge: int(sessionLife.Seconds()),
		HttpOnly: true, Secure: a.secure, SameSite: http.SameSiteLaxMode,
	}
	if secret == "" {
		c.MaxAge = -1
	}
	return c.String()
}
