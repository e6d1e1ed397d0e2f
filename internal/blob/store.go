package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"syscall"
	"time"

	"hiwar/internal/problem"
)

// Shelf is where blobs lie, whole, under their names. A blob never changes. A
// shelf is safe for concurrent use.
type Shelf interface {
	// Put returns nil when all that body holds is stored for good under the name.
	// A failure may leave what nobody knows of. A file from among what comes in
	// may be moved.
	Put(ctx context.Context, name string, body io.ReadSeeker) error
	// Read opens a blob; [fs.ErrNotExist] if there is none. One that ends too
	// early ends with an error.
	Read(ctx context.Context, name string) (io.ReadSeekCloser, error)
	// Remove forgets a blob for good; one that is not there is no error.
	Remove(ctx context.Context, name string) error
	// Each lists all blobs, in any order.
	Each(ctx context.Context, yield func(Lying) error) error
	Close() error
}

// Lying is a blob on a shelf.
type Lying struct {
	Name string
	Size int64
	At   time.Time // when it was put there
}

// Store takes blobs in, and keeps them on a shelf. It is safe for concurrent
// use.
type Store struct {
	Shelf
	root    *os.Root // of the folder for what comes in
	scanner Scanner
	images  chan struct{} // one image is in memory at a time
}

// incoming is the folder in it of what is not whole, or not checked yet.
const incoming = "incoming"

// unfinished is how old what comes in has to be to be nobody's where several
// processes share the folder: no upload takes as long.
const unfinished = time.Hour

// Open makes the folder for what comes in if there is none, and forgets what
// was on its way when a process before ended. There may be one Store of a
// folder at a time, unless all say that it is shared.
func Open(folder string, shelf Shelf, s Scanner, shared bool) (*Store, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	clean := func() error { return root.RemoveAll(incoming) }
	if shared {
		clean = func() error { return forget(root, time.Now().Add(-unfinished)) }
	}
	if err := errors.Join(clean(), root.MkdirAll(incoming, 0o700)); err != nil {
		return nil, errors.Join(fmt.Errorf("blob: %w", err), root.Close())
	}
	return &Store{Shelf: shelf, root: root, scanner: s, images: make(chan struct{}, 1)}, nil
}

// forget removes what has been coming in since before a moment.
func forget(root *os.Root, before time.Time) error {
	return fs.WalkDir(root.FS(), incoming, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return ignoreGone(err)
		}
		if info, err := e.Info(); err != nil || info.ModTime().After(before) {
			return ignoreGone(err)
		}
		return ignoreGone(root.Remove(name))
	})
}

// ignoreGone: what another process has removed needs no removing.
func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Close gives folder and shelf back.
func (s *Store) Close() error { return errors.Join(s.root.Close(), s.Shelf.Close()) }

var named = regexp.MustCompile(`^[a-z2-7]{26}$`)

// proper refuses what is no name of a blob.
func proper(name string) error {
	if !named.MatchString(name) {
		return fmt.Errorf("blob: %q is no name: %w", name, fs.ErrNotExist)
	}
	return nil
}

// create makes a file for what comes in; discard ends it.
func (s *Store) create() (*os.File, error) {
	f, err := s.root.OpenFile(path.Join(incoming, strings.ToLower(rand.Text())), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	return f, full(err)
}

// discard forgets a file, or lets go of one that the shelf took.
func (s *Store) discard(f *os.File) {
	_ = f.Close()
	_ = s.root.Remove(path.Join(incoming, path.Base(f.Name()))) // what stays goes with the next start
}

// full says in our way that there is no room.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return problem.New(problem.QuotaExceeded).Because(err)
	}
	return err
}

// sweptAtOnce is how many names are asked about in one go.
const sweptAtOnce = 500

// Sweep removes the blobs older than a moment that nobody knows of: the process
// ended between storing them and writing down that it had. unknown picks them
// out of some names.
func (s *Store) Sweep(ctx context.Context, before time.Time, unknown func(context.Context, []string) ([]string, error)) (removed int, err error) {
	var old []string
	ask := func() error {
		nobodys, err := unknown(ctx, old)
		old = old[:0]
		for _, name := range nobodys {
			if err := s.Remove(ctx, name); err != nil {
				return err
			}
			removed++
		}
		return err
	}
	err = s.Each(ctx, func(b Lying) error {
		if b.At.Before(before) {
			old = append(old, b.Name)
		}
		if len(old) < sweptAtOnce {
			return nil
		}
		return ask()
	})
	if err == nil && len(old) > 0 {
		err = ask()
	}
	return removed, err
}
