package main

import (
	"context"
	"net/http"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/rest"
	"hiwar/internal/webui"
)

// pages answers everything that is not the API.
type pages struct {
	site   *webui.Site
	assets interface {
		AssetByKey(ctx context.Context, key string) (id.Org, org.Asset, error)
	}
	demo *demo // nil without
}

// desks are the addresses of the desk's one page; it finds its way by itself.
var desks = []string{"/desk", "/desk/", "/login", "/setup", "/admin/"}

func (p *pages) register(mux *http.ServeMux) {
	for _, path := range desks {
		mux.HandleFunc("GET "+path, p.desk)
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		to := "/desk"
		if p.demo != nil {
			to = "/try"
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
	})
	mux.HandleFunc("GET /widget/{key}", p.widget)
	mux.Handle("GET /hiwar.js", p.site.Loader())
	mux.Handle("GET /app/", p.site.Assets())
	if p.demo != nil {
		mux.HandleFunc("GET /try", p.page("demo/try.html", p.demo.hosts()))
		mux.HandleFunc("GET /shop", p.shop)
	}
}

// desk serves the desk. Only the demo's page may frame it, and only in the
// demo.
func (p *pages) desk(w http.ResponseWriter, r *http.Request) {
	remember(w, r)
	page := webui.Page{File: "desk/index.html", Lang: rest.Language(r)}
	if p.demo != nil {
		page.Ancestors = []string{p.demo.origin("")}
	}
	p.site.Serve(w, r, page)
}

// remember keeps the language an address asked for, so that the socket, whose
// request browsers send without one, speaks it too.
func remember(w http.ResponseWriter, r *http.Request) {
	if lang := r.URL.Query().Get("lang"); lang == "ar" || lang == "en" {
		http.SetCookie(w, &http.Cookie{Name: "hiwar_lang", Value: lang, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode})
	}
}

func (p *pages) page(file string, frames []string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p.site.Serve(w, r, webui.Page{File: file, Lang: rest.Language(r), Frames: frames})
	}
}

// shop is the sample site with the widget on it; the demo's page frames it.
func (p *pages) shop(w http.ResponseWriter, r *http.Request) {
	p.site.Serve(w, r, webui.Page{
		File: "demo/shop.html", Lang: rest.Language(r),
		Ancestors: []string{p.demo.origin("")}, Frames: []string{"'self'"},
	})
}

// widget serves the panel that stands in a frame on customers' sites: only on
// those that the asset names.
func (p *pages) widget(w http.ResponseWriter, r *http.Request) {
	_, asset, err := p.assets.AssetByKey(r.Context(), r.PathValue("key"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	page := webui.Page{File: "widget/index.html", Lang: rest.Language(r), Ancestors: asset.Origins}
	if p.demo != nil {
		page.Ancestors = append([]string{p.demo.origin("")}, asset.Origins...)
	}
	p.site.Serve(w, r, page)
}
