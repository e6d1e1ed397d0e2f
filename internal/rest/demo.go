package rest

import (
	"context"
	"net/http"

	"hiwar/internal/locale"
	"hiwar/internal/problem"
)

// Demo knows the people of the demo. It exists only on loopback.
type Demo interface {
	// Panes are the pages shown side by side, each with a fresh one-time link.
	Panes(ctx context.Context, lang locale.Lang) ([]Pane, error)
}

// Pane is one person of the demo.
type Pane struct {
	Name  string `json:"name" doc:"customer, or the key of the person"`
	Label string `json:"label,omitempty" doc:"the person's name"`
	URL   string `json:"url" doc:"lets the browser in, once"`
}

// Panes are the demo's people.
type Panes struct {
	Panes []Pane `json:"panes"`
}

func (a *API) demoOperations() {
	add(a, operation{"getDemo", http.MethodGet, Prefix + "/demo", "demo", anybody, "The demo's people; only while the demo runs", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[Panes], error) {
			if a.demo == nil {
				return nil, problem.New(problem.NotFound)
			}
			panes, err := a.demo.Panes(ctx, c.lang)
			return &Answer[Panes]{Panes{panes}}, err
		})
}

// Enter answers /enter/{token}: it uses up a one-time link of the demo, sets
// the session's cookie on the host asked for, and goes on to the desk. expired
// is the page for whoever comes too late.
func (a *API) Enter(expired http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secret, err := a.staff.Enter(r.Context(), r.PathValue("token"), r.UserAgent())
		if err != nil {
			// Whoever goes back to a used link and is signed in is sent on.
			if a.identify(r.Context(), callOf(r.Context())) == nil {
				http.Redirect(w, r, next(r), http.StatusSeeOther)
				return
			}
			if problem.CodeOf(err) != problem.LinkExpired {
				refuse(w, r, a.failed(r.Context(), err))
				return
			}
			expired.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Set-Cookie", a.cookie(secret))
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, next(r), http.StatusSeeOther)
	})
}

// next is where an enter link leads: the desk, or one of the few other pages.
func next(r *http.Request) string {
	to := "/desk"
	if r.URL.Query().Get("to") == "assets" {
		to = "/admin/assets"
	}
	if lang := r.URL.Query().Get("lang"); lang == "ar" || lang == "en" {
		to += "?lang=" + lang
	}
	return to
}
