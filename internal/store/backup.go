package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrThere: the place that a copy was to go to is taken.
var ErrThere = errors.New("there is a file already")

// ErrRemote: a database on a server is copied by the server's own tools.
var ErrRemote = errors.New("a PostgreSQL database is backed up by PostgreSQL's own tools: pg_dump, or a base backup with the write-ahead log")

// Backup writes a copy of the database to the file at path, which must not
// exist. The copy is of one moment, after everything that had been committed
// when Backup was called, and the database goes on being read and written
// meanwhile. When Backup returns nil the copy is on disk, under its name, and
// has passed [DB.CheckIntegrity] and [DB.CheckLedger]; else there is no file
// of that name.
func (db *DB) Backup(ctx context.Context, path string) error {
	if db.remote() {
		return ErrRemote
	}
	return within(path, func(part string) error {
		if _, err := db.read.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
			return err
		}
		return verify(ctx, part)
	})
}

// Restore writes the backup in the file at from to the file at to, which must
// not exist, as the database of a server that is to be started. It is checked
// before and found whole, or there is no file at to.
func Restore(ctx context.Context, from, to string) error {
	for _, beside := range []string{"-wal", "-journal"} {
		if _, err := os.Stat(to + beside); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("store: %s: %w", to+beside, ErrThere)
		}
	}
	return within(to, func(part string) error {
		if err := copyFile(ctx, from, part); err != nil {
			return err
		}
		return verify(ctx, part)
	})
}

// within makes a file under another name, and gives it its own once it is
// whole and on disk.
func within(path string, make func(part string) error) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("store: %s: %w", path, err)
		}
	}()
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(ErrThere, err) // err is nil unless nobody can tell
	}
	folder, err := os.MkdirTemp(filepath.Dir(path), ".hiwar-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	part := filepath.Join(folder, filepath.Base(path))
	if err := make(part); err != nil {
		return err
	}
	if err := os.Chmod(part, 0o600); err != nil {
		return err
	}
	if err := syncPath(part); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncPath(filepath.Dir(path))
}

// verify opens a copy as a server would, without changing its schema, and
// reads all of it.
func verify(ctx context.Context, path string) error {
	db, err := OpenAsIs(ctx, path)
	if err != nil {
		return err
	}
	if err := errors.Join(db.CheckSchema(ctx), db.CheckIntegrity(ctx), db.CheckLedger(ctx)); err != nil {
		return errors.Join(err, db.Close())
	}
	// With the last connection the journal goes, so that the file is all.
	if err := db.Close(); err != nil {
		return err
	}
	for _, beside := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(path + beside); err == nil {
			return fmt.Errorf("%s was left", filepath.Base(path)+beside)
		}
	}
	return nil
}

// reading is a reader that ends with its context.
type reading struct {
	ctx context.Context
	io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

func copyFile(ctx context.Context, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, reading{ctx, in})
	return errors.Join(err, out.Close())
}

// syncPath brings a file or a folder's list of names to disk.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
