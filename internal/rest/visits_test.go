package rest

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// shelf keeps visits and knows one asset.
type shelf struct {
	asset org.Asset
	fail  error
	kept  []string
	asked int
}

func (s *shelf) AssetByKey(_ context.Context, key string) (id.Org, org.Asset, error) {
	s.asked++
	if key != s.asset.Key {
		return "", org.Asset{}, problem.New(problem.NotFound)
	}
	return "org_1", s.asset, nil
}

func (s *shelf) Visited(_ context.Context, _ id.Org, _ id.Asset, origin string, _ time.Time) error {
	s.kept = append(s.kept, origin)
	return s.fail
}

func (s *shelf) Visits(context.Context, id.Org) ([]org.Visit, error) { return nil, s.fail }

func visits(s *shelf) (*Visits, *time.Time, *strings.Builder) {
	now, said := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), &strings.Builder{}
	v := NewVisits(s, []string{"http://127.0.0.1:8080"}, slog.New(slog.NewTextHandler(said, nil)))
	v.now = func() time.Time { return now }
	return v, &now, said
}

func TestOnlyPagesOfTheAssetsSitesAreVisits(t *testing.T) {
	s := &shelf{asset: org.Asset{ID: "ast_1", Key: "k", Origins: []string{"https://shop.example", "http://127.0.0.1:8080"}}}
	v, _, said := visits(s)
	for _, page := range []string{
		"", "null", "shop.example", "ftp://shop.example/", "https://shop.example.evil.com/", "https://evil.com/?https://shop.example",
		"http://127.0.0.1:8080/preview/k", "https://shop.example@evil.com/", "https://" + strings.Repeat("a", 3000),
	} {
		v.Saw(t.Context(), "k", page)
	}
	v.Saw(t.Context(), "", "https://shop.example/")
	v.Saw(t.Context(), "another", "https://shop.example/")
	if s.kept != nil || said.String() != "" {
		t.Fatalf("kept %q, said %q", s.kept, said)
	}
	v.Saw(t.Context(), "k", "https://shop.example/lamp?x=1")
	if want := []string{"https://shop.example"}; !slices.Equal(s.kept, want) {
		t.Errorf("kept %q, want %q", s.kept, want)
	}
	s.asset.Deleted = true
	v.Saw(t.Context(), "k", "https://shop.example:8443/")
	if len(s.kept) != 1 {
		t.Errorf("kept %q of a deleted asset", s.kept)
	}
}

func TestASiteIsWrittenDownOnceAMinute(t *testing.T) {
	s := &shelf{asset: org.Asset{ID: "ast_1", Key: "k", Origins: []string{"https://shop.example"}}}
	v, now, _ := visits(s)
	for range 100 {
		v.Saw(t.Context(), "k", "https://shop.example/")
	}
	if len(s.kept) != 1 || s.asked != 1 {
		t.Errorf("%d written and %d read for a hundred pages", len(s.kept), s.asked)
	}
	*now = now.Add(noteEvery)
	v.Saw(t.Context(), "k", "https://shop.example/")
	if len(s.kept) != 2 {
		t.Errorf("%d written a minute later, want 2", len(s.kept))
	}
	// Whoever makes keys up does not fill the memory.
	for i := range 3 * mostNoted {
		v.Saw(t.Context(), strings.Repeat("x", i%97)+string(rune('a'+i%26))+time.Duration(i).String(), "https://shop.example/")
	}
	if len(v.noted) > mostNoted {
		t.Errorf("%d sites are remembered", len(v.noted))
	}
}

func TestAPageGetsItsWidgetWhereNothingCanBeNoted(t *testing.T) {
	s := &shelf{asset: org.Asset{ID: "ast_1", Key: "k", Origins: []string{"https://shop.example"}}, fail: errors.New("the disk is full")}
	v, _, said := visits(s)
	v.Saw(t.Context(), "k", "https://shop.example/")
	if !strings.Contains(said.String(), "the disk is full") {
		t.Errorf("the log says %q", said)
	}
	(*Visits)(nil).Saw(t.Context(), "k", "https://shop.example/")
}

func TestAdministratorsSeeWhereAWidgetIsInstalled(t *testing.T) {
	s := newSite(t)
	list := func() string { return s.do("GET", "/api/v1/assets", "").body }
	if got := list(); strings.Contains(got, "visit") {
		t.Fatalf("before any visit: %s", got)
	}
	// Our own page with a preview is let in, and is no visit.
	path := "/api/v1/widget/" + s.asset() + "/embed"
	if got := s.do("POST", path, "{}", "Origin", shopOrigin); got.status != 200 {
		t.Fatalf("embed: %d %s", got.status, got.body)
	}
	if got := list(); !strings.Contains(got, `"visit":{"origin":"`+shopOrigin+`","at":"`) {
		t.Errorf("after a visit: %s", got)
	}
}
