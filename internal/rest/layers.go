package rest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"runtime/debug"
	"strings"
	"time"

	"hiwar/internal/locale"
	"hiwar/internal/problem"
	"hiwar/internal/wire"
)

// The layers around everything that the server answers, from the outside in.

// traced gives the request its call, logs what became of it, and turns a panic
// into an answer.
func (a *API) traced(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		c := &call{id: rand.Text(), lang: languageOf(r), address: a.proxies.addressOf(r)}
		tracked := &tracked{ResponseWriter: w}
		r = r.WithContext(context.WithValue(r.Context(), callKey{}, c))
		c.request, c.writer = r, tracked
		w.Header().Set("X-Request-Id", c.id)
		defer func() {
			if p := recover(); p != nil {
				a.counts.panics.Add(1)
				a.log.Error("panic", "request_id", c.id, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
				if !tracked.wrote {
					refuse(tracked, r, errors.New("panic"))
				}
			}
			a.counts.request(tracked.status)
			a.log.Debug("request", "request_id", c.id, "method", r.Method, "route", c.route,
				"status", tracked.status, "ms", time.Since(started).Milliseconds())
		}()
		next.ServeHTTP(tracked, r)
	})
}

// tracked knows what was answered.
type tracked struct {
	http.ResponseWriter
	wrote  bool
	status int
}

// WriteHeader notes the status.
func (t *tracked) WriteHeader(status int) {
	if !t.wrote {
		t.wrote, t.status = true, status
	}
	t.ResponseWriter.WriteHeader(status)
}

// Write notes the status that goes without saying.
func (t *tracked) Write(b []byte) (int, error) {
	if !t.wrote {
		t.wrote, t.status = true, http.StatusOK
	}
	return t.ResponseWriter.Write(b)
}

// Unwrap lets sockets take the connection over.
func (t *tracked) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// languageOf is the language to answer in: as the address asks, as the reader
// chose on our pages, or as their browser is set.
func languageOf(r *http.Request) locale.Lang {
	if lang, ok := locale.Parse(r.URL.Query().Get("lang")); ok {
		return lang
	}
	if header := r.Header.Get("Accept-Language"); header != "" && strings.HasPrefix(r.URL.Path, "/api/") && !isUpgrade(r) {
		return locale.Match(header) // our own pages say there what is chosen on them
	}
	if cookie, err := r.Cookie("hiwar_lang"); err == nil {
		if lang, ok := locale.Parse(cookie.Value); ok {
			return lang
		}
	}
	return locale.Match(r.Header.Get("Accept-Language"))
}

func isUpgrade(r *http.Request) bool { return r.Header.Get("Upgrade") != "" }

// guarded refuses what no route should see: other hosts, odd paths, requests
// of other sites, bodies that are too large or not JSON.
func (a *API) guarded(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		if a.secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if !a.hosts.allowed(r.Host) {
			refuse(w, r, problem.New(problem.UnknownHost, "host", r.Host))
			return
		}
		if a.onFilesOrigin(r) && !strings.HasPrefix(r.URL.Path, filesPath) {
			refuse(w, r, problem.New(problem.NotFound))
			return
		}
		if odd(r.URL.Path) {
			refuse(w, r, problem.New(problem.NotFound))
			return
		}
		if !strings.HasPrefix(r.URL.Path, "/api/") {
			next.ServeHTTP(w, r)
			return
		}
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		// Whoever embeds the widget asks from their own site, without cookies:
		// that one operation compares origins itself.
		if !isEmbed(r.URL.Path) {
			if err := cross.Check(r); err != nil {
				refuse(w, r, problem.New(problem.CrossOrigin))
				return
			}
		}
		if isUpload(r) { // is taken off the connection where it is stored
			next.ServeHTTP(w, r)
			return
		}
		if err := readBody(r); err != nil {
			refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// odd paths are those a mux would redirect to a cleaner one.
func odd(p string) bool {
	return strings.ContainsRune(p, 0) || strings.Contains(p, "//") || p == "" || p != "/" && path.Clean(p) != strings.TrimSuffix(p, "/")
}

// largest is how large the body of a request may be.
func largest(r *http.Request) int64 {
	if strings.HasPrefix(r.URL.Path, configurationPath) {
		return wire.MaxFile
	}
	return wire.MaxBody
}

// readBody takes the whole body off the connection, within limits, and puts it
// back as it was.
func readBody(r *http.Request) error {
	if e := r.Header.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return problem.New(problem.EncodingRefused)
	}
	most := largest(r)
	if r.ContentLength > most {
		return problem.New(problem.BodyTooLarge, "max", most)
	}
	body, ok, err := oneByteMore(r.Body, most)
	if err != nil {
		return problem.New(problem.BadJSON, "offset", len(body)) // it was cut off
	}
	if !ok {
		return problem.New(problem.BodyTooLarge, "max", most)
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); len(body) > 0 && (err != nil || kind != "application/json") {
		return problem.New(problem.JSONRequired)
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return nil
}

// routed answers the API's addresses by the mux, saying in our way what the
// mux itself refuses, and leaves all others to the pages.
func (a *API) routed(mux *http.ServeMux, pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if pages != nil && !strings.HasPrefix(r.URL.Path, "/api/") {
			pages.ServeHTTP(w, r)
			return
		}
		handler, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		probe := &probe{header: http.Header{}}
		handler.ServeHTTP(probe, r)
		if probe.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", probe.header.Get("Allow"))
			refuse(w, r, problem.New(problem.MethodNotAllowed))
			return
		}
		refuse(w, r, problem.New(problem.NotFound))
	})
}

// probe sees what a handler would answer.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) WriteHeader(status int)      { p.status = status }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
