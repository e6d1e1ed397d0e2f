// Package webui serves the pages that are built into the binary: the desk, the
// widget's loader and panel, and the demo. It knows nothing of what they show;
// they ask the API.
//
// Pages are HTML of a few lines. The server writes into them what must hold
// before the first paint: language, direction and a nonce for the styles that
// components insert. Everything else a page loads has its content's hash in
// its name and never changes.
//
// A binary built without pages says so, and how to build them.
package webui

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed all:dist
var dist embed.FS

// Site is what the binary has to show.
type Site struct {
	files fs.FS // dist/app, as built
	cache compressed
}

// Embedded is the site built into this binary.
func Embedded() *Site {
	app, err := fs.Sub(dist, "dist/app")
	if err != nil {
		panic(err) // the path is a constant
	}
	return New(app)
}

// New is the site of the given files: desk/, widget/ and demo/ as Vite wrote
// them.
func New(app fs.FS) *Site { return &Site{files: app} }

// Built reports whether there are pages in this binary.
func (s *Site) Built() bool {
	_, err := fs.Stat(s.files, "desk/index.html")
	return err == nil
}

// Assets serves what pages load, below /app/. A name with a hash in it is kept
// by browsers for a year.
func (s *Site) Assets() http.Handler {
	return http.StripPrefix("/app/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path
		if !fs.ValidPath(name) || isPage(name) {
			http.NotFound(w, r)
			return
		}
		keep := "no-cache"
		if hashed.MatchString(name) {
			keep = "public, max-age=31536000, immutable"
		}
		s.file(w, r, name, keep)
	}))
}

// Loader serves the widget's loader, the one script a customer's site names.
// Its address is stable, so browsers ask again after an hour; any site may
// load it.
func (s *Site) Loader() http.Handler { return s.public("widget/loader.js") }

// Module serves the same for sites that are built: an ES module that loads the
// loader, and Types its types.
func (s *Site) Module() http.Handler { return s.public("widget/hiwar.mjs") }

// Types serves the module's types, for whoever fetches them into their project.
func (s *Site) Types() http.Handler { return s.public("widget/hiwar.d.ts") }

// public is a file under a stable address that every site may load.
func (s *Site) public(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		s.file(w, r, name, "public, max-age=3600")
	})
}
