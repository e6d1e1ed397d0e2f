package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// Folder is a shelf on a disk. It is made when the first blob is put there.
type Folder struct {
	path string
	once sync.Mutex // guards root
	root *os.Root
}

// NewFolder is the shelf at a path.
func NewFolder(path string) *Folder { return &Folder{path: path} }

// open is the folder, which need not be there yet.
func (d *Folder) open() (*os.Root, error) {
	d.once.Lock()
	defer d.once.Unlock()
	if d.root != nil {
		return d.root, nil
	}
	root, err := os.OpenRoot(d.path)
	d.root = root
	return root, err
}

// Close gives the folder back.
func (d *Folder) Close() error {
	d.once.Lock()
	defer d.once.Unlock()
	if d.root == nil {
		return nil
	}
	return d.root.Close()
}

// place is where a blob lies: in one of 1024 folders, so that none grows long.
func place(name string) string { return path.Join(name[:2], name) }

// Read implements [Shelf].
func (d *Folder) Read(_ context.Context, name string) (io.ReadSeekCloser, error) {
	if err := proper(name); err != nil {
		return nil, err
	}
	root, err := d.open()
	if err != nil {
		return nil, err
	}
	f, err := root.Open(place(name))
	if err != nil {
		return nil, err // not a file that is nil
	}
	return f, nil
}

// Remove implements [Shelf].
func (d *Folder) Remove(_ context.Context, name string) error {
	if err := proper(name); err != nil {
		return err
	}
	root, err := d.open()
	if err == nil {
		err = root.Remove(place(name))
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Put implements [Shelf]: bytes and name are on disk when it returns. A file
// from among what comes in is moved.
func (d *Folder) Put(_ context.Context, name string, body io.ReadSeeker) error {
	if err := proper(name); err != nil {
		return err
	}
	if err := os.MkdirAll(d.path, 0o700); err != nil {
		return full(err)
	}
	root, err := d.open()
	if err != nil {
		return err
	}
	if err := d.make(root, name[:2]); err != nil {
		return err
	}
	if err := d.settle(root, name, body); err != nil {
		return full(err)
	}
	return d.sync(root, name[:2])
}

// make has one of the folders on disk.
func (d *Folder) make(root *os.Root, folder string) error {
	err := root.Mkdir(folder, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return full(err)
	}
	return d.sync(root, ".")
}

func (d *Folder) settle(root *os.Root, name string, body io.ReadSeeker) error {
	if f, ok := body.(*os.File); ok && filepath.Dir(f.Name()) == filepath.Join(d.path, incoming) {
		if err := f.Sync(); err != nil {
			return err
		}
		return root.Rename(path.Join(incoming, filepath.Base(f.Name())), place(name))
	}
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return err
	}
	f, err := root.OpenFile(place(name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, body)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		err = errors.Join(err, root.Remove(place(name)))
	}
	return err
}

func (d *Folder) sync(root *os.Root, folder string) error {
	f, err := root.Open(folder)
	if err != nil {
		return err
	}
	return full(errors.Join(f.Sync(), f.Close()))
}

// Each implements [Shelf].
func (d *Folder) Each(_ context.Context, yield func(Lying) error) error {
	root, err := d.open()
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing was ever put there
	}
	if err != nil {
		return err
	}
	folders, err := fs.ReadDir(root.FS(), ".")
	for _, folder := range folders {
		if len(folder.Name()) != 2 || !folder.IsDir() {
			continue
		}
		if err := d.each(root, folder.Name(), yield); err != nil {
			return err
		}
	}
	return err
}

func (d *Folder) each(root *os.Root, folder string, yield func(Lying) error) error {
	files, err := fs.ReadDir(root.FS(), folder)
	for _, f := range files {
		info, err := f.Info()
		if err != nil || !named.MatchString(f.Name()) {
			continue // went meanwhile, or is none of ours
		}
		if err := yield(Lying{Name: f.Name(), Size: info.Size(), At: info.ModTime()}); err != nil {
			return err
		}
	}
	return err
}
