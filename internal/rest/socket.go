package rest

import (
	"net/http"

	"hiwar/internal/problem"
)

// fromOurPages lets only pages of the server's own host through: a socket
// shows no cookie, but no other site has any business with one.
func (a *API) fromOurPages(next http.Handler) http.Handler {
	return named("socket", func(w http.ResponseWriter, r *http.Request) {
		if !a.sameOrigin(r) {
			refuse(w, r, problem.New(problem.OriginNotAllowed, "origin", r.Header.Get("Origin")))
			return
		}
		a.counted(next.ServeHTTP)(w, r)
	})
}

// counted lets an address open only so many.
func (a *API) counted(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := a.mayAsk(callOf(r.Context())); err != nil {
			refuse(w, r, err)
			return
		}
		next(w, r)
	}
}

// Streams carry the socket's frames over ordinary requests.
type Streams interface {
	OpenStream(w http.ResponseWriter, r *http.Request)
	SayToStream(w http.ResponseWriter, r *http.Request)
}

// named says in the log which route it was: the path of a stream is a secret.
func named(route string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if c := callOf(r.Context()); c != nil {
			c.route = Prefix + "/" + route
		}
		next(w, r)
	}
}

// Address is the network address of a request's caller, as limits and blocks
// know it, for sockets.
func Address(r *http.Request) string {
	if c := callOf(r.Context()); c != nil {
		return c.address
	}
	return ""
}

// Language is the language of a request, for sockets and pages.
var Language = languageOf
