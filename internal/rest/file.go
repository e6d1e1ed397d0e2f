package rest

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hiwar/internal/chat"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// filesPath is where files are read by a link.
const filesPath = "/api/v1/files/"

// onFilesOrigin reports whether a request was sent to the origin of files, if
// there is one of its own.
func (a *API) onFilesOrigin(r *http.Request) bool {
	if a.files == "" {
		return false
	}
	u, err := url.Parse(a.files)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}

func tooLarge(rules org.Attachments) error {
	return problem.New(problem.FileTooLarge, "max", org.SizeText(rules.Largest()), "max_bytes", rules.Largest())
}

const (
	// patience is how long an upload may bring nothing.
	patience = 30 * time.Second
	// mostPatience is how long one may take in all, and a file to be read.
	mostPatience = 15 * time.Minute
)

// patient gives an upload time for as long as something comes: 25 MB over a
// telephone take longer than a request may.
func patient(c *call) io.Reader {
	until := time.Now().Add(mostPatience)
	control := http.NewResponseController(c.writer)
	_ = control.SetWriteDeadline(until) // what cannot be set stays as it was
	return readerFunc(func(p []byte) (int, error) {
		_ = control.SetReadDeadline(earlier(time.Now().Add(patience), until))
		return c.request.Body.Read(p)
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// readAttachment gives the bytes to who may have them, or where files have an
// origin of their own, sends them there.
func (a *API) readAttachment(ctx context.Context, c *call, in *AttachmentInput) (*huma.StreamResponse, error) {
	u, err := a.engine.Attached(ctx, c.actor, in.ID, in.Attachment)
	if err != nil {
		return nil, err
	}
	if a.files != "" {
		address, _ := a.fileAddress(c.actor, in)
		return &huma.StreamResponse{Body: func(huma.Context) { http.Redirect(c.writer, c.request, address, http.StatusSeeOther) }}, nil
	}
	return &huma.StreamResponse{Body: func(huma.Context) { a.give(c.writer, c.request, u) }}, nil
}

// linkedFile gives the bytes to whoever holds a link. Who it was made for is
// asked again: they may have lost the right since.
func (a *API) linkedFile(w http.ResponseWriter, r *http.Request) {
	f, err := a.links.LinkedFile(r.PathValue("token"))
	if err == nil && a.files != "" && !a.onFilesOrigin(r) {
		err = problem.New(problem.FileNotFound)
	}
	var u chat.Upload
	if err == nil {
		u, err = a.engine.Attached(r.Context(), f.Actor, f.Conversation, f.Attachment)
	}
	if err != nil {
		refuse(w, r, err)
		return
	}
	a.give(w, r, u)
}

// give answers with a file, as one that is to be saved and never one to be
// looked at in our name.
func (a *API) give(w http.ResponseWriter, r *http.Request, u chat.Upload) {
	f, err := a.blobs.Read(r.Context(), u.Blob)
	if errors.Is(err, fs.ErrNotExist) {
		a.log.ErrorContext(r.Context(), "a file is gone", "attachment", u.ID, "blob", u.Blob)
		err = problem.New(problem.FileNotFound)
	}
	if err != nil {
		refuse(w, r, err)
		return
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", u.Type)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": u.Name}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Resource-Policy", a.whoMayShow())
	if strings.Contains(r.Header.Get("Range"), ",") { // one piece at a time
		r.Header.Del("Range")
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(mostPatience))
	http.ServeContent(w, r, "", time.Time{}, f)
}

// whoMayShow: pages of another origin than the files' are ours all the same.
func (a *API) whoMayShow() string {
	if a.files == "" {
		return "same-origin"
	}
	return "cross-origin"
}
