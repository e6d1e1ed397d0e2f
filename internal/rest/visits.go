package rest

import (
	"context"
	"log/slog"
	"net/url"
	"slices"
	"sync"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// VisitStore keeps from where widgets are loaded.
type VisitStore interface {
	Assets
	Visited(ctx context.Context, o id.Org, a id.Asset, origin string, at time.Time) error
	Visits(ctx context.Context, o id.Org) ([]org.Visit, error)
}

// Visits notes from which sites widgets are loaded, so that whoever installs
// one sees that it arrived. It is told by the request for the loader, which
// browsers make anyhow: no page does anything for it. Only the origins that an
// asset names are kept, so strangers can write nothing here.
type Visits struct {
	store VisitStore
	own   []string // origins of this server: looking at a preview is no visit
	now   func() time.Time
	log   *slog.Logger

	mu    sync.Mutex
	noted map[visit]time.Time
}

type visit struct{ key, origin string }

// noteEvery is how often one site is written down at most, and mostNoted of
// how many it is remembered that they were.
const (
	noteEvery = time.Minute
	mostNoted = 4096
)

// NewVisits notes in store; own are the origins of this server's own pages.
func NewVisits(store VisitStore, own []string, log *slog.Logger) *Visits {
	return &Visits{store: store, own: own, now: time.Now, log: log, noted: map[visit]time.Time{}}
}

// Saw notes that the page at an address, or of an origin, loads the widget of
// the asset with that key. What cannot be noted is left: the page gets its
// widget in any case.
func (v *Visits) Saw(ctx context.Context, key, page string) {
	origin := originOf(page)
	if v == nil || key == "" || origin == "" || slices.Contains(v.own, origin) || !v.due(visit{key, origin}) {
		return
	}
	o, asset, err := v.store.AssetByKey(ctx, key)
	if err == nil && !asset.Deleted && slices.Contains(asset.Origins, origin) {
		err = v.store.Visited(ctx, o, asset.ID, origin, v.now())
	}
	if err != nil && problem.CodeOf(err) != problem.NotFound && ctx.Err() == nil {
		v.log.WarnContext(ctx, "a visit could not be noted", "error", err)
	}
}

// due says whether a site is to be written down now, and that it is.
func (v *Visits) due(s visit) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := v.now()
	if at, known := v.noted[s]; known && now.Sub(at) < noteEvery {
		return false
	}
	if len(v.noted) >= mostNoted { // whoever made up so many is forgotten with them
		clear(v.noted)
	}
	v.noted[s] = now
	return true
}

// last is where each asset of an organization was loaded last.
func (v *Visits) last(ctx context.Context, o id.Org) (map[id.Asset]*Visit, error) {
	latest := map[id.Asset]*Visit{}
	if v == nil {
		return latest, nil
	}
	all, err := v.store.Visits(ctx, o)
	for _, x := range all {
		if latest[x.Asset] == nil {
			latest[x.Asset] = &Visit{x.Origin, x.LastAt.UTC()}
		}
	}
	return latest, err
}

// originOf is the origin in an address; "" where there is none.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || len(address) > 2000 || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
