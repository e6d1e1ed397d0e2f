package blob

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hiwar/internal/blob/blobtest"
	"hiwar/internal/org"
)

// world is a store of blobs with a look behind it.
type world struct {
	*Store
	count func() int             // all blobs there are, and what is on its way
	age   func(by time.Duration) // makes all of them older
}

// shelves are the kinds there are: what holds of one holds of the other.
var shelves = map[string]func(t *testing.T, s Scanner) world{"folder": inFolder, "bucket": inBucket}

// onBoth runs a test on a new store of each kind.
func onBoth(t *testing.T, s Scanner, test func(t *testing.T, w world)) {
	for name, open := range shelves {
		t.Run(name, func(t *testing.T) { test(t, open(t, s)) })
	}
}

func inFolder(t *testing.T, s Scanner) world {
	t.Helper()
	folder := t.TempDir()
	age := func(by time.Duration) {
		at := time.Now().Add(-by)
		for _, path := range paths(t, folder) {
			if err := os.Chtimes(folder+"/"+path, at, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	return world{opened(t, folder, NewFolder(folder), s), func() int { return len(paths(t, folder)) }, age}
}

func inBucket(t *testing.T, s Scanner) world {
	t.Helper()
	store := blobtest.New(t)
	w, _ := at(t, store, s)
	return w
}

// at is a server on a store, and its bucket.
func at(t *testing.T, store *blobtest.S3, s Scanner) (world, *Bucket) {
	t.Helper()
	folder := t.TempDir()
	b := bucket(t, store, folder)
	count := func() int {
		blobs := slices.DeleteFunc(store.Keys(), func(key string) bool { return strings.HasSuffix(key, mark) })
		return len(blobs) + len(paths(t, folder))
	}
	return world{opened(t, folder, b, s), count, store.Age}, b
}

func bucket(t *testing.T, store *blobtest.S3, owner string) *Bucket {
	t.Helper()
	b, err := NewBucket(BucketOptions{
		Endpoint: store.URL, Region: blobtest.Region, Bucket: blobtest.Bucket, Prefix: "chat/", Access: blobtest.Access, Secret: blobtest.Secret,
		Owner: func() (string, error) { return owner, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func opened(t *testing.T, folder string, shelf Shelf, s Scanner) *Store {
	t.Helper()
	w, err := Open(folder, shelf, s, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// paths are all files there are below a folder.
func paths(t *testing.T, folder string) (all []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func read(t *testing.T, s Shelf, name string) []byte {
	t.Helper()
	f, err := s.Read(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// keep stores a text.
func (w world) keep(t *testing.T, text string) string {
	t.Helper()
	k, err := w.Keep(t.Context(), strings.NewReader(text), "a.txt", org.Attachments{})
	if err != nil {
		t.Fatal(err)
	}
	return k.Blob
}

func TestNamesOfBlobsAreOurs(t *testing.T) {
	onBoth(t, nil, func(t *testing.T, w world) {
		for _, name := range []string{"", "..", "../../etc/passwd", "aa/bb", mark, strings.Repeat("A", 26), strings.Repeat("a", 27)} {
			if _, err := w.Read(t.Context(), name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%q: %v", name, err)
			}
			if err := w.Remove(t.Context(), name); err == nil {
				t.Errorf("%q was removed", name)
			}
			if err := w.Put(t.Context(), name, strings.NewReader("x")); err == nil {
				t.Errorf("%q was put", name)
			}
		}
	})
}

// A part of a blob can be read, as browsers ask for it, and what is removed is
// gone; again is no error.
func TestAPartAndAnEnd(t *testing.T) {
	onBoth(t, nil, func(t *testing.T, w world) {
		name, other := w.keep(t, "a list of things"), w.keep(t, "another")
		f, err := w.Read(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if size, err := f.Seek(0, io.SeekEnd); size != 16 || err != nil {
			t.Errorf("%d bytes long, %v", size, err)
		}
		part := make([]byte, 4)
		if _, err := f.Seek(2, io.SeekStart); err != nil {
			t.Error(err)
		}
		if _, err := io.ReadFull(f, part); err != nil || string(part) != "list" {
			t.Errorf("%q, %v", part, err)
		}
		for range 2 {
			if err := w.Remove(t.Context(), name); err != nil {
				t.Error(err)
			}
		}
		if _, err := w.Read(t.Context(), name); !errors.Is(err, fs.ErrNotExist) || w.count() != 1 {
			t.Errorf("there are %d, %v", w.count(), err)
		}
		if err := w.Put(t.Context(), strings.Repeat("b", 26), strings.NewReader("from elsewhere")); err != nil {
			t.Error(err)
		}
		var all []string
		if err := w.Each(t.Context(), func(b Lying) error { all = append(all, b.Name); return nil }); err != nil || len(all) != 2 || !slices.Contains(all, other) {
			t.Errorf("listed %v, %v", all, err)
		}
	})
}

// What a process that died left behind is found; what is known or young stays.
func TestSweep(t *testing.T) {
	onBoth(t, nil, func(t *testing.T, w world) {
		var old []string
		for range 7 { // more than a store lists at once
			old = append(old, w.keep(t, "text"))
		}
		w.age(48 * time.Hour)
		young := w.keep(t, "young")
		n, err := w.Sweep(t.Context(), time.Now().Add(-24*time.Hour), func(_ context.Context, asked []string) (out []string, err error) {
			return slices.DeleteFunc(slices.Clone(asked), func(name string) bool { return name == old[1] }), nil
		})
		if err != nil || n != 6 || w.count() != 2 {
			t.Errorf("removed %d, %d are left, %v", n, w.count(), err)
		}
		if _, err := w.Read(t.Context(), old[0]); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the one nobody knows is there: %v", err)
		}
		if !bytes.Equal(read(t, w, young), []byte("young")) || !bytes.Equal(read(t, w, old[1]), []byte("text")) {
			t.Error("what is young or known is not")
		}
	})
}

// What was on its way when the process before ended is gone.
func TestWhatWasOnItsWay(t *testing.T) {
	folder := t.TempDir()
	before := opened(t, folder, NewFolder(folder), nil)
	if f, err := before.create(); err != nil {
		t.Fatal(err)
	} else if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	opened(t, folder, NewFolder(folder), nil)
	if all := paths(t, folder); len(all) != 0 {
		t.Errorf("there is still %v", all)
	}
}

// Where others use the folder too, what they have on its way stays.
func TestWhatIsOnItsWayToOthers(t *testing.T) {
	folder := t.TempDir()
	other := opened(t, folder, NewFolder(folder), nil)
	var files []string
	for _, age := range []time.Duration{2 * unfinished, unfinished / 2} {
		f, err := other.create()
		if err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := errors.Join(f.Close(), os.Chtimes(f.Name(), at, at)); err != nil {
			t.Fatal(err)
		}
		files = append(files, filepath.Base(f.Name()))
	}
	w, err := Open(folder, NewFolder(folder), nil, true)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if left := paths(t, folder); len(left) != 1 || filepath.Base(left[0]) != files[1] {
		t.Errorf("left is %v of %v", left, files)
	}
}
