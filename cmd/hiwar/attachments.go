package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"hiwar/internal/blob"
	"hiwar/internal/store"
)

// openBlobs opens the folder of attachments. Of a database in memory they are
// in a folder that goes with it.
func (s *server) openBlobs() (*blob.Dir, error) {
	var scanner blob.Scanner
	if s.config.Clamd != "" {
		scanner = blob.Clamd(s.config.Clamd)
	}
	s.blobFolder = s.config.attachments()
	if s.config.Data == store.Memory {
		folder, err := os.MkdirTemp("", "hiwar-attachments-")
		if err != nil {
			return nil, err
		}
		s.blobFolder = folder
	}
	return blob.Open(s.blobFolder, scanner)
}

func (s *server) forgetBlobs() {
	if err := os.RemoveAll(s.blobFolder); err != nil {
		s.log.Error("the folder of attachments could not be removed", "error", err)
	}
}

// unsentKept is how long a file waits for the message that it is to be in.
const unsentKept = 24 * time.Hour

// sweepBlobs removes files that were never sent, every hour, and at the start
// and once a day those that nobody knows of.
func (s *server) sweepBlobs(ctx context.Context) error {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for hour := 0; ; hour++ {
		if err := s.sweepOnce(ctx, hour%24 == 0); err != nil && ctx.Err() == nil {
			s.log.Warn("old attachments could not be removed", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

func (s *server) sweepOnce(ctx context.Context, unknown bool) error {
	before := time.Now().Add(-unsentKept)
	unsent, err := s.db.ForgetUploads(ctx, before)
	if err != nil {
		return err
	}
	for _, b := range unsent {
		if err := s.blobs.Remove(b); err != nil {
			return err
		}
	}
	if !unknown {
		return nil
	}
	_, err = s.blobs.Sweep(ctx, before, s.db.Unknown)
	return err
}

// beside is the folder of the attachments of a backup.
func beside(file string) string { return file + ".attachments" }

// copyBlobs copies the attachments that a database names from one folder to
// another, which must not exist. They never change, so a copy that is made
// after that of the database has all that it names.
func copyBlobs(ctx context.Context, database, from, to string) (copied int, err error) {
	db, err := store.OpenAsIs(ctx, database)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := os.Lstat(to); err == nil {
		return 0, fmt.Errorf("%s: %w", to, store.ErrThere)
	}
	err = db.EachBlob(ctx, func(name string, size int64) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		copied++
		return copyBlob(filepath.Join(from, name[:2], name), filepath.Join(to, name[:2], name), size)
	})
	return copied, err
}

func copyBlob(from, to string, size int64) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	n, err := io.Copy(out, in)
	if err == nil && n != size {
		err = fmt.Errorf("%s has %d bytes instead of %d", from, n, size)
	}
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}

// checkBlobs compares what the database names with what is there.
func checkBlobs(ctx context.Context, db *store.DB, folder string) error {
	return db.EachBlob(ctx, func(name string, size int64) error {
		info, err := os.Stat(filepath.Join(folder, name[:2], name))
		if err != nil {
			return err
		}
		if info.Size() != size {
			return fmt.Errorf("%s has %d bytes instead of %d", name, info.Size(), size)
		}
		return nil
	})
}
