package webui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// hashed is a name as Vite writes it: desk-BJ4x2kQz.js.
var hashed = regexp.MustCompile(`^[^/]+/assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$`)

func isPage(name string) bool { return path.Ext(name) == ".html" }

// file answers with one built file, compressed if that makes it smaller and
// the browser understands it.
func (s *Site) file(w http.ResponseWriter, r *http.Request, name, keep string) {
	f, err := s.cache.get(s.files, name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", keep)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Add("Vary", "Accept-Encoding")
	h.Set("ETag", f.etag)
	if r.Header.Get("If-None-Match") == f.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body, accepts := f.plain, r.Header.Get("Accept-Encoding")
	switch {
	case f.brotli != nil && strings.Contains(accepts, "br"):
		h.Set("Content-Encoding", "br")
		body = f.brotli
	case f.gzip != nil && strings.Contains(accepts, "gzip"):
		h.Set("Content-Encoding", "gzip")
		body = f.gzip
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// ready is a file ready to be sent. Brotli, which Go cannot write, comes with
// the build as a file beside it: "main.js.br".
type ready struct {
	plain, gzip, brotli []byte
	kind, etag          string
}

// compressed keeps each file as sent, once somebody asked for it: the set is
// fixed and small.
type compressed struct {
	mu    sync.Mutex
	files map[string]*ready
}

func (c *compressed) get(files fs.FS, name string) (*ready, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f, ok := c.files[name]; ok {
		return f, nil
	}
	plain, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(plain)
	f := &ready{
		plain: plain,
		kind:  mime.TypeByExtension(path.Ext(name)),
		etag:  `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`,
	}
	switch {
	case strings.HasSuffix(name, ".d.ts"): // elsewhere .ts is a kind of film
		f.kind = "text/plain; charset=utf-8"
	case f.kind == "":
		f.kind = "application/octet-stream"
	}
	if textual(f.kind) {
		if z := gzipped(plain); len(z) < len(plain) {
			f.gzip = z
		}
		if z, err := fs.ReadFile(files, name+".br"); err == nil {
			f.brotli = z
		}
	}
	if c.files == nil {
		c.files = map[string]*ready{}
	}
	c.files[name] = f
	return f, nil
}

// textual files shrink; fonts and pictures are compressed already.
func textual(kind string) bool {
	return strings.HasPrefix(kind, "text/") || strings.Contains(kind, "javascript") ||
		strings.Contains(kind, "json") || strings.Contains(kind, "svg")
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is valid
	z.Write(b)
	z.Close()
	return out.Bytes()
}
