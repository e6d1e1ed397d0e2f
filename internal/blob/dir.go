package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"syscall"
	"time"

	"hiwar/internal/problem"
)

// Dir keeps blobs in a folder. It is safe for concurrent use.
type Dir struct {
	root    *os.Root
	scanner Scanner
	images  chan struct{} // one image is in memory at a time
}

// incoming is the folder of what is not whole yet.
const incoming = "incoming"

// Open makes the folder if there is none, and forgets what was on its way when
// the process before ended. There may be one Dir of a folder at a time.
func Open(folder string, s Scanner) (*Dir, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	d := &Dir{root: root, scanner: s, images: make(chan struct{}, 1)}
	if err := errors.Join(root.RemoveAll(incoming), root.MkdirAll(incoming, 0o700)); err != nil {
		return nil, errors.Join(fmt.Errorf("blob: %w", err), root.Close())
	}
	return d, nil
}

// Close gives the folder back.
func (d *Dir) Close() error { return d.root.Close() }

var named = regexp.MustCompile(`^[a-z2-7]{26}$`)

// place is where a blob lies: in one of 1024 folders, so that none grows long.
func place(name string) (string, error) {
	if !named.MatchString(name) {
		return "", fmt.Errorf("blob: %q is no name: %w", name, fs.ErrNotExist)
	}
	return path.Join(name[:2], name), nil
}

// Read opens a blob.
func (d *Dir) Read(name string) (*os.File, error) {
	at, err := place(name)
	if err != nil {
		return nil, err
	}
	return d.root.Open(at)
}

// Remove forgets a blob; one that is not there is no error.
func (d *Dir) Remove(name string) error {
	at, err := place(name)
	if err != nil {
		return err
	}
	if err := d.root.Remove(at); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// create makes a file for what comes in; settle or discard ends it.
func (d *Dir) create() (*os.File, error) {
	f, err := d.root.OpenFile(path.Join(incoming, strings.ToLower(rand.Text())), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	return f, full(err)
}

func (d *Dir) discard(f *os.File) {
	_ = f.Close()
	_ = d.root.Remove(path.Join(incoming, path.Base(f.Name()))) // what stays goes with the next start
}

// settle brings a file to disk and gives it its place. When it returns a name,
// file and name are on disk.
func (d *Dir) settle(f *os.File) (name string, err error) {
	name = path.Base(f.Name())
	at, err := place(name)
	if err != nil {
		return "", err
	}
	if err := f.Sync(); err != nil {
		return "", full(err)
	}
	folder := path.Dir(at)
	if err := d.root.Mkdir(folder, 0o700); err == nil {
		if err := d.sync("."); err != nil {
			return "", err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return "", full(err)
	}
	if err := d.root.Rename(path.Join(incoming, name), at); err != nil {
		return "", full(err)
	}
	return name, errors.Join(d.sync(folder), f.Close())
}

func (d *Dir) sync(folder string) error {
	f, err := d.root.Open(folder)
	if err != nil {
		return err
	}
	return full(errors.Join(f.Sync(), f.Close()))
}

// full says in our way that there is no room.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return problem.New(problem.QuotaExceeded).Because(err)
	}
	return err
}

// Sweep removes the blobs older than a moment that nobody knows of: the process
// ended between storing them and writing down that it had. unknown picks them
// out of some names.
func (d *Dir) Sweep(ctx context.Context, before time.Time, unknown func(context.Context, []string) ([]string, error)) (removed int, err error) {
	folders, err := fs.ReadDir(d.root.FS(), ".")
	if err != nil {
		return 0, err
	}
	for _, folder := range folders {
		if !folder.IsDir() || folder.Name() == incoming {
			continue
		}
		old, err := d.older(folder.Name(), before)
		if err != nil {
			return removed, err
		}
		if len(old) == 0 {
			continue
		}
		nobodys, err := unknown(ctx, old)
		if err != nil {
			return removed, err
		}
		for _, name := range nobodys {
			if err := d.Remove(name); err != nil {
				return removed, err
			}
			removed++
		}
	}
	return removed, nil
}

func (d *Dir) older(folder string, before time.Time) (names []string, err error) {
	files, err := fs.ReadDir(d.root.FS(), folder)
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			continue // went meanwhile
		}
		if named.MatchString(f.Name()) && info.ModTime().Before(before) {
			names = append(names, f.Name())
		}
	}
	return names, err
}
