package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/minio/minio-go/v7"

	"hiwar/internal/blob/blobtest"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// A store that is away, refuses, cuts off, is full or says nonsense: nothing is
// accepted, what is said is that it may be tried again, or that there is no
// room, and when it is well again it goes on by itself.
func TestAStoreThatFails(t *testing.T) {
	refused := func(status int, code string) func(http.ResponseWriter, *http.Request, http.Handler) {
		return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, "<Error><Code>"+code+"</Code></Error>")
		}
	}
	for what, c := range map[string]struct {
		fault func(http.ResponseWriter, *http.Request, http.Handler)
		want  problem.Code
	}{
		"refuses the key":    {refused(http.StatusForbidden, "AccessDenied"), problem.Unavailable},
		"has no such bucket": {refused(http.StatusNotFound, "NoSuchBucket"), problem.Unavailable},
		"is full":            {refused(http.StatusInsufficientStorage, "XMinioStorageFull"), problem.QuotaExceeded},
		"has a quota":        {refused(http.StatusBadRequest, "QuotaExceeded"), problem.QuotaExceeded},
		"is a page":          {func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { _, _ = io.WriteString(w, "<html>") }, problem.Unavailable},
		"finds another sum":  {refused(http.StatusBadRequest, "BadDigest"), problem.Unavailable},
		"redirects elsewhere": {func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
			http.Redirect(w, r, "/", http.StatusMovedPermanently)
		}, problem.Unavailable},
		"hangs up": {func(http.ResponseWriter, *http.Request, http.Handler) { panic(http.ErrAbortHandler) }, problem.Unavailable},
	} {
		t.Run(what, func(t *testing.T) {
			store := blobtest.New(t)
			w, _ := at(t, store, nil)
			before := w.keep(t, "before")
			var ill atomic.Bool
			store.Fault = func(w http.ResponseWriter, r *http.Request, well http.Handler) {
				if ill.Load() && r.Method == http.MethodPut {
					c.fault(w, r, well)
					return
				}
				well.ServeHTTP(w, r)
			}
			ill.Store(true)
			k, err := w.Keep(t.Context(), strings.NewReader("lost"), "a.txt", org.Attachments{})
			if problem.CodeOf(err) != c.want || k.Blob != "" || store.Contains("lost") {
				t.Errorf("kept as %+v, %v", k, err)
			}
			ill.Store(false)
			if after := w.keep(t, "after"); string(read(t, w, after)) != "after" || string(read(t, w, before)) != "before" {
				t.Error("later it is not as before")
			}
		})
	}
}

// An answer that ends too early is an error and no short file; one that ends
// before it began is tried again.
func TestAnAnswerThatIsCutOff(t *testing.T) {
	store := blobtest.New(t)
	w, _ := at(t, store, nil)
	name := w.keep(t, strings.Repeat("a list of things\n", 10_000))
	store.Fault = func(w http.ResponseWriter, r *http.Request, well http.Handler) {
		if r.Method != http.MethodGet {
			well.ServeHTTP(w, r)
			return
		}
		whole := httptest.NewRecorder()
		well.ServeHTTP(whole, r)
		for name, values := range whole.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(whole.Code)
		_, _ = w.Write(whole.Body.Bytes()[:1000])
	}
	f, err := w.Read(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := io.ReadAll(f); err == nil {
		t.Errorf("%d bytes without an error", len(data))
	}

	var asked atomic.Int32
	store.Fault = func(w http.ResponseWriter, r *http.Request, well http.Handler) {
		if r.Method == http.MethodPut && asked.Add(1) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		well.ServeHTTP(w, r)
	}
	if again := w.keep(t, "a second time"); string(read(t, w, again)) != "a second time" || asked.Load() != 2 {
		t.Errorf("asked %d times", asked.Load())
	}
}

// Whoever sends a file to a store that says nothing waits no longer than they
// want to, and keeps nobody else from anything.
func TestAStoreThatSaysNothing(t *testing.T) {
	store := blobtest.New(t)
	asked, ended := make(chan struct{}, 10), make(chan struct{})
	store.Fault = func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		asked <- struct{}{}
		select {
		case <-r.Context().Done():
		case <-ended:
		}
	}
	defer close(ended)
	w, _ := at(t, store, nil)
	ctx, leave := context.WithCancel(t.Context())
	first, second := make(chan error, 1), make(chan error, 1)
	send := func(ctx context.Context, said chan error) {
		_, err := w.Keep(ctx, strings.NewReader("slow"), "a.txt", org.Attachments{})
		said <- err
	}
	go send(t.Context(), first)
	<-asked
	go send(ctx, second) // waits for what the first one learns of the store
	leave()
	if err := <-second; !errors.Is(err, context.Canceled) {
		t.Errorf("whoever left: %v", err)
	}
	ended <- struct{}{}
	if err := <-first; err == nil {
		t.Error("the first was kept")
	}
	if n := len(paths(t, w.root.Name())); n != 0 {
		t.Errorf("%d files are left", n)
	}
}

// A bucket is one server's: a second one writes and removes nothing there,
// until it is told that it takes the bucket over. Then the first one is the
// stranger.
func TestABucketIsOneServers(t *testing.T) {
	store := blobtest.New(t)
	w, _ := at(t, store, nil)
	name := w.keep(t, "the first one's")
	second := bucket(t, store, "second")
	for what, err := range map[string]error{
		"claim": second.Claim(t.Context()), "remove": second.Remove(t.Context(), name),
		"put": second.Put(t.Context(), strings.Repeat("b", 26), strings.NewReader("x")),
	} {
		if !errors.Is(err, ErrOwned) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if string(read(t, w, name)) != "the first one's" || w.count() != 1 {
		t.Error("the first one's blob is not as it was")
	}
	if err := errors.Join(second.TakeOver(t.Context()), second.Remove(t.Context(), name)); err != nil {
		t.Error(err)
	}
	if err := bucket(t, store, w.root.Name()).Claim(t.Context()); !errors.Is(err, ErrOwned) {
		t.Errorf("the first one: %v", err)
	}
}

// Where a bucket keeps what is removed as an earlier version, that goes too,
// also of one that was removed by other means before.
func TestNoEarlierVersionStays(t *testing.T) {
	store := blobtest.New(t)
	store.KeepVersions()
	w, b := at(t, store, nil)
	secret, other := w.keep(t, "Wyxquff lives here"), w.keep(t, "somebody else")
	if err := b.client.RemoveObject(t.Context(), blobtest.Bucket, b.key(secret), minio.RemoveObjectOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Read(t.Context(), secret); !errors.Is(err, fs.ErrNotExist) || !store.Contains("Wyxquff") {
		t.Fatalf("the store keeps no versions: %v", err)
	}
	if err := w.Remove(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	if store.Contains("Wyxquff") || !store.Contains("somebody else") {
		t.Error("a version is still there, or another blob is gone")
	}
	if string(read(t, w, other)) != "somebody else" {
		t.Error("the other one")
	}
}

// A key that is not right, or a secret, is told from a bucket without a mark:
// nothing is taken for nobody's because it could not be asked.
func TestAWrongSecret(t *testing.T) {
	store := blobtest.New(t)
	b, err := NewBucket(BucketOptions{
		Endpoint: store.URL, Region: blobtest.Region, Bucket: blobtest.Bucket, Access: blobtest.Access, Secret: "another",
		Owner: func() (string, error) { return "me", nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Claim(t.Context()); problem.CodeOf(err) != problem.Unavailable || len(store.Keys()) != 0 {
		t.Errorf("%v; there is %v", err, store.Keys())
	}
	for _, wrong := range []string{"", "s3.example.org", "ftp://s3.example.org", "https://s3.example.org/bucket", "https://"} {
		if _, err := NewBucket(BucketOptions{Endpoint: wrong}); err == nil {
			t.Errorf("%q is an address", wrong)
		}
	}
}
