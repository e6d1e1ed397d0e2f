package main

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"slices"

	"hiwar/internal/id"
	"hiwar/internal/locale"
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
	files  string // origin of attachments, if it is another
	visits *rest.Visits
	own    []string // origins of this server
	demo   *demo    // nil without
}

// desks are the addresses of the desk's one page; it finds its way by itself.
var desks = []string{"/desk", "/desk/", "/login", "/setup", "/welcome", "/admin", "/admin/", "/live"}

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
	mux.HandleFunc("GET /preview/{key}", p.preview)
	mux.HandleFunc("GET /hiwar.js", p.loader)
	mux.Handle("GET /hiwar.mjs", p.site.Module())
	mux.Handle("GET /hiwar.d.ts", p.site.Types())
	mux.Handle("GET /app/", p.site.Assets())
	mux.Handle("GET /favicon.ico", http.RedirectHandler("/app/desk/icon.svg", http.StatusFound))
	mux.HandleFunc("/", plain(http.StatusNotFound, locale.PageNotFoundTitle, locale.PageNotFoundBody))
	if p.demo != nil {
		mux.HandleFunc("GET /try", p.page("demo/try.html", p.demo.hosts()))
		mux.HandleFunc("GET /shop", p.shop)
		mux.HandleFunc("GET /playground", p.page("demo/playground.html", []string{"'self'"}))
	}
}

// desk serves the desk. Only the demo's page may frame it, and only in the
// demo.
func (p *pages) desk(w http.ResponseWriter, r *http.Request) {
	remember(w, r)
	// The administration shows the widget as customers see it.
	page := webui.Page{File: "desk/index.html", Lang: rest.Language(r), Frames: []string{"'self'"}, Images: p.files}
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

// loader serves the one script that sites name, and notes which of them do.
func (p *pages) loader(w http.ResponseWriter, r *http.Request) {
	p.visits.Saw(r.Context(), r.URL.Query().Get("key"), r.Referer())
	p.site.Loader().ServeHTTP(w, r)
}

// preview is a page with an asset's widget on it, for who sets it up; only
// pages of this server may frame it.
func (p *pages) preview(w http.ResponseWriter, r *http.Request) {
	if _, asset, err := p.assets.AssetByKey(r.Context(), r.PathValue("key")); err != nil || asset.Deleted {
		plain(http.StatusNotFound, locale.PageNotFoundTitle, locale.PageNotFoundBody)(w, r)
		return
	}
	p.site.Serve(w, r, webui.Page{
		File: "demo/preview.html", Lang: rest.Language(r), Ancestors: []string{"'self'"}, Frames: []string{"'self'"},
	})
}

// widget serves the panel that stands in a frame on customers' sites: only on
// those that the asset names.
func (p *pages) widget(w http.ResponseWriter, r *http.Request) {
	_, asset, err := p.assets.AssetByKey(r.Context(), r.PathValue("key"))
	if err != nil {
		plain(http.StatusNotFound, locale.PageNotFoundTitle, locale.PageNotFoundBody)(w, r)
		return
	}
	page := webui.Page{File: "widget/index.html", Lang: rest.Language(r), Ancestors: slices.Concat(asset.Origins, p.own), Images: p.files}
	if p.demo != nil {
		page.Ancestors = append([]string{p.demo.origin("")}, page.Ancestors...)
	}
	p.site.Serve(w, r, page)
}

// linkExpired is for whoever comes back to a link that worked once.
var linkExpired = plain(http.StatusGone, locale.PageLinkExpiredTitle, locale.PageLinkExpiredBody)

// plain is a page that says one thing, in the reader's language, and needs no
// script.
func plain(status int, title, body func(locale.Lang) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		lang := rest.Language(r)
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Language", string(lang))
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		w.WriteHeader(status)
		fmt.Fprintf(w, "<!doctype html><html lang=%q dir=%q><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"+
			"<title>%s</title><h1>%s</h1><p>%s</p></html>\n",
			lang, lang.Dir(), html.EscapeString(title(lang)), html.EscapeString(title(lang)), html.EscapeString(body(lang)))
	}
}
