package rest

import (
	"net/http"

	"hiwar/internal/problem"
)

// fromOurPages lets only pages of the server's own host through: a socket
// shows no cookie, but no other site has any business with one.
func (a *API) fromOurPages(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c := callOf(r.Context()); c != nil {
			c.route = Prefix + "/socket"
		}
		if !a.sameOrigin(r) {
			refuse(w, r, problem.New(problem.OriginNotAllowed, "origin", r.Header.Get("Origin")))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Language is the language of a request, for sockets and pages.
var Language = languageOf
