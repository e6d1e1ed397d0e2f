// Package blobtest has a store that speaks S3, for tests: in memory, over
// loopback, and strict. It refuses what is not signed as it should be, what has
// another sum than was said, and every question that it does not know; a
// question that it does not know also fails the test.
package blobtest

import (
	"bufio"
	"bytes"
	"crypto/md5" // the protocol wants this sum
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// What the store is asked with.
const (
	Region = "us-east-1"
	Bucket = "files"
	Access = "hiwar"
	Secret = "a secret of the tests"
)

// S3 is a store with one bucket.
type S3 struct {
	URL string
	// Fault, if there is one, may answer in the place of the store.
	Fault func(w http.ResponseWriter, r *http.Request, store http.Handler)

	t        testing.TB
	mu       sync.Mutex // guards what follows
	objects  map[string][]version
	versions bool
	next     int
}

type version struct {
	id   string
	data []byte
	at   time.Time
}

// page is how many names a list has at most: few, so that there are several.
const page = 3

// New starts a store that ends with the test.
func New(t testing.TB) *S3 {
	s := &S3{t: t, objects: map[string][]version{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.Fault != nil {
			s.Fault(w, r, http.HandlerFunc(s.serve))
			return
		}
		s.serve(w, r)
	}))
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// KeepVersions makes the store keep what is overwritten or removed.
func (s *S3) KeepVersions() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.versions = true
}

// Keys are the names of all objects, and of earlier versions.
func (s *S3) Keys() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.objects))
}

// Contains reports whether the bytes are in any object or earlier version.
func (s *S3) Contains(word string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, all := range s.objects {
		if slices.ContainsFunc(all, func(v version) bool { return bytes.Contains(v.data, []byte(word)) }) {
			return true
		}
	}
	return false
}

// Spoil changes an object behind everybody's back; nil data removes it.
func (s *S3) Spoil(key string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if delete(s.objects, key); data != nil {
		s.objects[key] = []version{{data: data, at: time.Now()}}
	}
}

// Age makes all objects as old as that.
func (s *S3) Age(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, all := range s.objects {
		for i := range all {
			all[i].at = all[i].at.Add(-by)
		}
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>%s</Message></Error>`, code, code)
}

func (s *S3) serve(w http.ResponseWriter, r *http.Request) {
	if !signed(r) {
		refuse(w, http.StatusForbidden, "SignatureDoesNotMatch")
		return
	}
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if bucket != Bucket {
		refuse(w, http.StatusNotFound, "NoSuchBucket")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	q := r.URL.Query()
	switch {
	case key == "" && r.Method == http.MethodGet && q.Has("versioning"):
		s.versioning(w)
	case key == "" && r.Method == http.MethodGet && (q.Get("list-type") == "2" || q.Has("versions")):
		s.list(w, r)
	case key != "" && r.Method == http.MethodPut && len(q) == 0:
		s.put(w, r, key)
	case key != "" && (r.Method == http.MethodGet || r.Method == http.MethodHead) && len(q) == 0:
		s.get(w, r, key)
	case key != "" && r.Method == http.MethodDelete:
		s.remove(w, key, q.Get("versionId"))
	default:
		s.t.Errorf("the store was asked %s %s", r.Method, r.URL)
		refuse(w, http.StatusNotImplemented, "NotImplemented")
	}
}

func (s *S3) versioning(w http.ResponseWriter) {
	status := ""
	if s.versions {
		status = "<Status>Enabled</Status>"
	}
	fmt.Fprintf(w, `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">%s</VersioningConfiguration>`, status)
}

func (s *S3) put(w http.ResponseWriter, r *http.Request, key string) {
	data, err := body(r)
	sum := md5.Sum(data)
	switch {
	case err != nil:
		refuse(w, http.StatusBadRequest, "IncompleteBody")
	case r.Header.Get("Content-Md5") != base64.StdEncoding.EncodeToString(sum[:]):
		refuse(w, http.StatusBadRequest, "BadDigest")
	default:
		v := version{id: "null", data: data, at: time.Now()}
		if !s.versions {
			s.objects[key] = nil
		} else {
			s.next++
			v.id = strconv.Itoa(s.next)
		}
		s.objects[key] = append(s.objects[key], v)
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:])+`"`)
	}
}

// body is what was sent, without the frames of a stream that is signed as it
// goes.
func body(r *http.Request) ([]byte, error) {
	if r.Header.Get("X-Amz-Content-Sha256") != "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" {
		return io.ReadAll(r.Body)
	}
	whole, err := strconv.Atoi(r.Header.Get("X-Amz-Decoded-Content-Length"))
	if err != nil {
		return nil, err
	}
	in, data := bufio.NewReader(r.Body), []byte{}
	for {
		head, err := in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		length, _, _ := strings.Cut(head, ";")
		n, err := strconv.ParseInt(length, 16, 32)
		if err != nil {
			return nil, err
		}
		piece := make([]byte, n+2)
		if _, err := io.ReadFull(in, piece); err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		data = append(data, piece[:n]...)
	}
	if len(data) != whole {
		return nil, fmt.Errorf("%d bytes instead of %d", len(data), whole)
	}
	return data, nil
}

func (s *S3) get(w http.ResponseWriter, r *http.Request, key string) {
	all := s.objects[key]
	if len(all) == 0 || all[len(all)-1].data == nil {
		refuse(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	last := all[len(all)-1]
	sum := md5.Sum(last.data)
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:])+`"`)
	http.ServeContent(w, r, "", last.at, bytes.NewReader(last.data))
}

// remove: with versions, one that is named goes, and otherwise a mark is laid
// over all of them.
func (s *S3) remove(w http.ResponseWriter, key, id string) {
	switch {
	case id != "":
		s.objects[key] = slices.DeleteFunc(s.objects[key], func(v version) bool { return v.id == id })
		if len(s.objects[key]) == 0 {
			delete(s.objects, key)
		}
	case s.versions:
		s.next++
		s.objects[key] = append(s.objects[key], version{id: strconv.Itoa(s.next), at: time.Now()})
	default:
		delete(s.objects, key)
	}
	w.WriteHeader(http.StatusNoContent)
}

type listed struct {
	Key          string
	VersionId    string `xml:",omitempty"`
	LastModified string
	Size         int
	ETag         string
}

type list struct {
	XMLName               xml.Name
	IsTruncated           bool
	NextContinuationToken string   `xml:",omitempty"`
	NextKeyMarker         string   `xml:",omitempty"`
	NextVersionIdMarker   string   `xml:",omitempty"`
	Contents              []listed `xml:",omitempty"`
	Version               []listed `xml:",omitempty"`
	DeleteMarker          []listed `xml:",omitempty"`
}

// list answers with the objects after a name, or with every version of a few.
func (s *S3) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	after := q.Get("continuation-token") + q.Get("key-marker")
	out := list{XMLName: xml.Name{Local: "ListBucketResult"}}
	if q.Has("versions") {
		out.XMLName.Local = "ListVersionsResult"
	}
	n := 0
	for _, key := range slices.Sorted(maps.Keys(s.objects)) {
		if !strings.HasPrefix(key, q.Get("prefix")) || key <= after {
			continue
		}
		if n++; n > page {
			out.IsTruncated, out.NextContinuationToken, out.NextKeyMarker = true, after, after
			break
		}
		after = key
		s.enter(&out, key, q.Has("versions"))
	}
	w.Header().Set("Content-Type", "application/xml")
	if err := xml.NewEncoder(w).Encode(out); err != nil {
		s.t.Error(err)
	}
}

func (s *S3) enter(out *list, key string, every bool) {
	all := s.objects[key]
	for i, v := range all {
		e := listed{Key: key, VersionId: v.id, LastModified: v.at.UTC().Format(time.RFC3339), Size: len(v.data), ETag: `"x"`}
		switch {
		case every && v.data == nil:
			out.DeleteMarker = append(out.DeleteMarker, e)
		case every:
			out.Version = append(out.Version, e)
		case i == len(all)-1 && v.data != nil:
			out.Contents = append(out.Contents, e)
		}
	}
}
