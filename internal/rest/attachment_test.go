package rest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

const attachments = "/api/v1/conversations/conv_1/attachments"

// The bytes come back as something to save, and as nothing else.
func TestAFileIsServedAsSomethingToSave(t *testing.T) {
	s := newSite(t)
	sent := s.do(http.MethodPost, attachments, "%PDF-1.7 hello", "Idempotency-Key", "u1", "X-File-Name", "%D9%81%D8%A7%D8%AA%D9%88%D8%B1%D8%A9%E2%80%AE.pdf", "Content-Type", "text/html")
	if sent.status != http.StatusCreated || sent.field("name") != "فاتورة.pdf" || sent.field("type") != "application/pdf" || sent.field("size") != 14.0 {
		t.Fatalf("uploaded: %d %s", sent.status, sent.body)
	}
	address := fmt.Sprint(attachments, "/", sent.field("id"))
	for _, c := range []struct {
		ranged, body string
		status       int
	}{{"", "%PDF-1.7 hello", 200}, {"bytes=9-", "hello", 206}, {"bytes=0-," + strings.Repeat("0-,", 1000) + "0-", "%PDF-1.7 hello", 200}, {"bytes=99-", "", 416}} {
		got := s.do(http.MethodGet, address, "", "Range", c.ranged)
		if got.status != c.status || c.body != "" && got.body != c.body {
			t.Errorf("%.20s: %d %q", c.ranged, got.status, got.body)
		}
	}
	got := s.do(http.MethodGet, address, "")
	for header, want := range map[string]string{
		"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin",
		"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
		"Content-Disposition":     "attachment; filename*=utf-8''%D9%81%D8%A7%D8%AA%D9%88%D8%B1%D8%A9.pdf",
	} {
		if got.header.Get(header) != want {
			t.Errorf("%s is %q", header, got.header.Get(header))
		}
	}
}

// Uploaded again, it is the same file, and the second copy is gone.
func TestAnUploadIsRepeated(t *testing.T) {
	s := newSite(t)
	up := func() result {
		return s.do(http.MethodPost, attachments, "words", "Idempotency-Key", "u1", "X-File-Name", "a.txt", "Content-Type", "text/plain")
	}
	if first, again := up(), up(); first.field("id") != again.field("id") || again.status != http.StatusCreated {
		t.Errorf("%s, then %d %s", first.body, again.status, again.body)
	}
	kept := 0
	folders, err := os.ReadDir(s.folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		in, err := os.ReadDir(s.folder + "/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		kept += len(in)
	}
	if kept != 1 {
		t.Errorf("%d files are kept", kept)
	}
	s.do(http.MethodPost, attachments, "words", "X-File-Name", "a.txt").wants(t, "without an id", 422, problem.ClientMsgIDMissing)
	s.do(http.MethodPost, attachments, "", "Idempotency-Key", "u2", "X-File-Name", "a.txt").wants(t, "nothing", 422, problem.FileEmpty)
	s.do(http.MethodPost, attachments, strings.Repeat("x", 25<<20+1), "Idempotency-Key", "u3", "X-File-Name", "a.txt").wants(t, "too much", 413, problem.FileTooLarge)
	s.do(http.MethodPost, attachments, "<svg/>", "Idempotency-Key", "u4", "X-File-Name", "a.svg").wants(t, "a drawing", 415, problem.FileTypeNotAllowed)
	s.engine.failing(problem.New(problem.AttachmentsOff))
	s.do(http.MethodPost, attachments, "words", "Idempotency-Key", "u5", "X-File-Name", "a.txt").wants(t, "where none are allowed", 403, problem.AttachmentsOff)
}

// A link opens one file without a cookie, for whom it was made, while they may.
func TestALinkOpensOneFile(t *testing.T) {
	s := newSite(t)
	file := s.do(http.MethodPost, attachments, "words", "Idempotency-Key", "u1", "X-File-Name", "a.txt", "Content-Type", "text/plain").field("id")
	link := fmt.Sprint(s.do(http.MethodPost, fmt.Sprint(attachments, "/", file, "/link"), "", "Idempotency-Key", "l1").field("url"))
	s.cookie = ""
	if got := s.do(http.MethodGet, link, ""); got.status != 200 || got.body != "words" {
		t.Errorf("the link gives %d %q", got.status, got.body)
	}
	s.do(http.MethodGet, link[:len(link)-1], "").wants(t, "a link that was cut", 404, problem.FileNotFound)
	s.do(http.MethodGet, "/api/v1/files/"+strings.Replace(link[len("/api/v1/files/"):], ".", "x.", 1), "").wants(t, "a link that was changed", 404, problem.FileNotFound)
	s.engine.failing(problem.New(problem.NotFound))
	s.do(http.MethodGet, link, "").wants(t, "after the right was lost", 404, problem.NotFound)
}

// An origin of files gives files by link and nothing else.
func TestAnOriginOfFiles(t *testing.T) {
	s := newSite(t, func(c *Config) {
		c.FilesOrigin = "http://files.hiwar.localhost"
	})
	file := s.do(http.MethodPost, attachments, "words", "Idempotency-Key", "u1", "X-File-Name", "a.txt", "Content-Type", "text/plain").field("id")
	sent := s.do(http.MethodGet, fmt.Sprint(attachments, "/", file), "")
	address := sent.header.Get("Location")
	path, there := strings.CutPrefix(address, "http://files.hiwar.localhost")
	if sent.status != http.StatusSeeOther || !there {
		t.Fatalf("asked at the pages: %d %s", sent.status, address)
	}
	s.do(http.MethodGet, path, "").wants(t, "by link at the pages", 404, problem.FileNotFound)
	host := []string{"Host", "files.hiwar.localhost"}
	if got := s.do(http.MethodGet, path, "", host...); got.status != 200 || got.body != "words" {
		t.Errorf("by link: %d %q", got.status, got.body)
	}
	for _, other := range []string{"/desk", "/api/v1/me", "/"} {
		s.do(http.MethodGet, other, "", host...).wants(t, other, 404, problem.NotFound)
	}
}

// full is a store of files that has no room for a while.
type full struct {
	Blobs
	until atomic.Bool // there is room
}

func (f *full) Keep(ctx context.Context, body io.Reader, name string, rules org.Attachments) (engine.Kept, error) {
	if !f.until.Load() {
		return engine.Kept{}, problem.New(problem.QuotaExceeded).Because(syscall.ENOSPC)
	}
	return f.Blobs.Keep(ctx, body, name, rules)
}

// Where there is no room for a file nothing is acknowledged and nothing written
// down; the same upload succeeds when there is.
func TestAnUploadToAFullDisk(t *testing.T) {
	var disk *full
	s := newSite(t, func(c *Config) { disk = &full{Blobs: c.Blobs}; c.Blobs = disk })
	up := func() result {
		return s.do(http.MethodPost, attachments, "words", "Idempotency-Key", "u1", "X-File-Name", "a.txt", "Content-Type", "text/plain")
	}
	up().wants(t, "without room", http.StatusRequestEntityTooLarge, problem.QuotaExceeded)
	if len(s.engine.uploads) != 0 {
		t.Errorf("written down: %+v", s.engine.uploads)
	}
	disk.until.Store(true)
	if got := up(); got.status != http.StatusCreated || len(s.engine.uploads) != 1 {
		t.Errorf("with room: %d %s", got.status, got.body)
	}
}
