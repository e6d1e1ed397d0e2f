package rest

import (
	"context"
	"net/http"
	"time"

	"hiwar/internal/engine"
)

// SignedInBrowser is a session of the caller.
type SignedInBrowser struct {
	ID        string    `json:"id" doc:"names it in the address; it signs nobody in"`
	Current   bool      `json:"current" doc:"the one that asks"`
	CreatedAt time.Time `json:"created_at"`
	SeenAt    time.Time `json:"seen_at"`
	UserAgent string    `json:"user_agent"`
}

// SessionList is where the caller is signed in.
type SessionList struct {
	Sessions []SignedInBrowser `json:"sessions" doc:"seen last first"`
}

// NewPassword is what somebody gives for another password.
type NewPassword struct {
	Present string `json:"present"`
	Next    string `json:"next" doc:"at least 15 characters"`
}

type (
	// EndSessionInput is the request of endSession.
	EndSessionInput struct {
		ID string `path:"id" doc:"the session"`
	}
	// NewPasswordInput is the request of changePassword.
	NewPasswordInput struct{ Body JSON[NewPassword] }
)

func (a *API) accountOperations() {
	const tag, at = "session", Prefix + "/me"
	add(a, operation{"listSessions", http.MethodGet, at + "/sessions", tag, staff, "Where the caller is signed in", 0}, a.sessions)
	add(a, operation{"endSession", http.MethodDelete, at + "/sessions/{id}", tag, staff, "End one of the caller's sessions and close its sockets", 0},
		func(ctx context.Context, c *call, in *EndSessionInput) (*Nothing, error) {
			return &Nothing{}, a.staff.EndSession(ctx, c.actor, in.ID)
		})
	add(a, operation{"changePassword", http.MethodPut, at + "/password", tag, staff, "Change the caller's password; their other sessions end", 0},
		func(ctx context.Context, c *call, in *NewPasswordInput) (*Nothing, error) {
			p := in.Body.value
			return &Nothing{}, a.staff.ChangePassword(witness(ctx, c, engine.ActPassword, c.actor.User), c.actor, p.Present, p.Next, c.address)
		})
}

func (a *API) sessions(ctx context.Context, c *call, _ *Nothing) (*Answer[SessionList], error) {
	all, own, err := a.staff.Sessions(ctx, c.actor)
	list := SessionList{[]SignedInBrowser{}}
	for _, s := range all {
		name := s.Name()
		list.Sessions = append(list.Sessions, SignedInBrowser{name, name == own, s.CreatedAt.UTC(), s.SeenAt.UTC(), s.UserAgent})
	}
	return &Answer[SessionList]{list}, err
}
