package rest

import (
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"hiwar/internal/access"
)

// Prefix is where the API lives.
const Prefix = "/api/v1"

// Config is what an API is made of.
type Config struct {
	Engine   Engine
	Assets   Assets
	Staff    Staff
	Setup    Setup
	Visitors Visitors
	Blocks   Blocks
	Blobs    Blobs
	Links    Links
	// Providers are other systems by which one can sign in.
	Providers Providers
	// FilesOrigin is where files are read, if that is not where the pages are:
	// "https://files.example.org". Nothing else is answered there.
	FilesOrigin string

	// Socket answers at /api/v1/socket; the origin has been checked.
	Socket http.Handler
	// Streams answer at /api/v1/streams where no socket comes through.
	Streams Streams
	// Pages answers everything outside of /api/; nil is nothing.
	Pages http.Handler
	// Demo is where the demo's people are; nil if there is none.
	Demo Demo
	// Started is told of every customer who starts a conversation over HTTP:
	// they are expected to open a socket. May be nil.
	Started func(access.Actor)

	Hosts    Hosts
	Proxies  Proxies
	Secure   bool     // cookies only over TLS
	Origins  []string // of this server: those of the first asset of an installation
	Writers  Writers  // limits messages
	Starts   Limit    // limits new conversations by address and by visitor
	Requests Limit    // limits what customers and strangers ask, by address
	Visits   *Visits  // notes where widgets are installed; may be nil
	Log      *slog.Logger
}

// API answers requests. It is made once and is safe for concurrent use.
type API struct {
	engine   Engine
	assets   Assets
	staff    Staff
	setup    Setup
	visitors Visitors
	blocks   Blocks
	blobs    Blobs
	links    Links
	files    string // origin of files; "" is that of the pages
	demo     Demo
	started  func(access.Actor)
	hosts    Hosts
	proxies  Proxies
	secure   bool
	origins  []string
	writers  Writers
	starts   Limit
	requests Limit
	visits   *Visits
	log      *slog.Logger
	counts   counts

	providers Providers

	huma    huma.API
	mux     *mux
	handler http.Handler
}

type counts struct {
	acks, refused, panics atomic.Int64
	byClass               [6]atomic.Int64 // of statuses: 2xx, 3xx …
}

func (c *counts) request(status int) { c.byClass[min(max(status/100, 0), 5)].Add(1) }

// New makes the API of c.
func New(c Config) *API {
	a := &API{
		engine: c.Engine, assets: c.Assets, staff: c.Staff, setup: c.Setup, visitors: c.Visitors, blocks: c.Blocks, providers: c.Providers, blobs: c.Blobs, links: c.Links, files: c.FilesOrigin, demo: c.Demo,
		started: c.Started, hosts: c.Hosts, proxies: c.Proxies, secure: c.Secure, origins: c.Origins, writers: c.Writers, starts: c.Starts, requests: c.Requests, visits: c.Visits, log: c.Log,
	}
	if a.started == nil {
		a.started = func(access.Actor) {}
	}
	mux := &mux{ServeMux: http.NewServeMux()}
	a.mux, a.huma = mux, humago.New(mux, description())
	a.operations()
	a.document()
	mux.HandleFunc("OPTIONS "+Prefix+"/widget/{key}/embed", a.preflight)
	if c.Socket != nil {
		mux.Handle("GET "+Prefix+"/socket", a.fromOurPages(c.Socket))
	}
	if c.Streams != nil {
		mux.HandleFunc("GET "+Prefix+"/streams", named("streams", a.counted(c.Streams.OpenStream)))
		mux.HandleFunc("POST "+Prefix+"/streams/{stream}", named("streams/{stream}", c.Streams.SayToStream))
	}
	mux.HandleFunc("GET "+filesPath+"{token}", named("files/{token}", a.linkedFile))
	mux.HandleFunc("GET "+Prefix+"/openapi.yaml", a.serveDocument)
	a.handler = a.traced(a.guarded(a.routed(mux.ServeMux, c.Pages)))
	return a
}

// ServeHTTP answers a request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Counts gives the API's figures to whoever collects them.
func (a *API) Counts(emit func(name string, value int64)) {
	emit("http_acks_total", a.counts.acks.Load())
	emit("http_acks_refused_total", a.counts.refused.Load())
	emit("http_panics_total", a.counts.panics.Load())
	for class := range a.counts.byClass {
		if class >= 2 {
			emit("http_requests_total{class=\""+strconv.Itoa(class)+"xx\"}", a.counts.byClass[class].Load())
		}
	}
}
