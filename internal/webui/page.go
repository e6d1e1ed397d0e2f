package webui

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"hiwar/internal/locale"
)

// Page is how one page is to be served.
type Page struct {
	File string      // "desk/index.html"
	Lang locale.Lang // decides language and direction before the first paint
	// Ancestors are the origins that may put the page into a frame; none may
	// if it is empty.
	Ancestors []string
	// Frames are the origins the page may itself frame.
	Frames []string
	// Scripts are other origins it may load scripts from and connect to.
	Scripts []string
	// Images is another origin it may show images from; "" is none.
	Images string
}

// placeholder is how a built page begins; the server puts the reader's
// language in its place.
const placeholder = `<html lang="en" dir="ltr">`

// Serve answers with the page.
func (s *Site) Serve(w http.ResponseWriter, r *http.Request, p Page) {
	page, err := fs.ReadFile(s.files, p.File)
	if err != nil {
		s.notBuilt(w)
		return
	}
	nonce := rand.Text()
	page = bytes.Replace(page, []byte(placeholder), []byte(opening(p.Lang)), 1)
	// Where components look for the nonce of styles that they insert.
	page = bytes.Replace(page, []byte("</head>"), []byte(`<meta property="csp-nonce" content="`+nonce+`" nonce="`+nonce+`"></head>`), 1)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(p.Lang))
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", p.policy(nonce))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Add("Vary", "Accept-Language, Cookie")
	if r.Method != http.MethodHead {
		w.Write(page)
	}
}

func opening(lang locale.Lang) string {
	dir := "ltr"
	if lang == "ar" {
		dir = "rtl"
	}
	return fmt.Sprintf(`<html lang=%q dir=%q>`, string(lang), dir)
}

// policy lets a page run its own scripts and nothing else.
func (p Page) policy(nonce string) string {
	others := strings.Join(p.Scripts, " ")
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' " + others,
		"style-src 'self' 'nonce-" + nonce + "'",
		strings.TrimSpace("img-src 'self' data: blob: " + p.Images),
		"font-src 'self'",
		"media-src 'self' data:",
		"connect-src 'self' " + others,
		"worker-src 'self' blob:",
		"manifest-src 'self'",
		"frame-src " + orNone(p.Frames),
		"frame-ancestors " + orNone(p.Ancestors),
		"base-uri 'none'",
		"form-action 'self'",
		"object-src 'none'",
	}, "; ")
}

func orNone(origins []string) string {
	if len(origins) == 0 {
		return "'none'"
	}
	return strings.Join(origins, " ")
}

// notBuilt is what a binary without pages says: the API is there, and here is
// how to get the rest.
func (s *Site) notBuilt(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNotFound)
	fmt.Fprint(w, `<!doctype html><html lang="en" dir="ltr"><meta charset="utf-8"><title>Hiwar</title>`+
		`<p>This binary was built without its pages; the API works. To build both, run <code>./dev build</code>.</p>`+
		`<p lang="ar" dir="rtl">بُني هذا البرنامج من دون صفحاته، وواجهة البرمجة تعمل. لبنائهما معًا: <code dir="ltr">./dev build</code></p></html>`)
}
