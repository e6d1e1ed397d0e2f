package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"hiwar/internal/blob"
	"hiwar/internal/store"
)

// openBlobs opens what keeps attachments. Of a database in memory they are in a
// folder that goes with it.
func (s *server) openBlobs(ctx context.Context) (*blob.Store, error) {
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
		return blob.Open(folder, blob.NewFolder(folder), scanner, false)
	}
	shelf, err := s.config.shelf()
	if err != nil {
		return nil, err
	}
	if b, ok := shelf.(*blob.Bucket); ok {
		if err := s.claim(ctx, b); err != nil {
			return nil, errors.Join(err, b.Close())
		}
	}
	return blob.Open(s.blobFolder, shelf, scanner, s.config.several())
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
		if err := s.blobs.Remove(ctx, b); err != nil {
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

// copyBlobs copies the attachments that a database names from one shelf to
// another. They never change, so a copy that is made after that of the database
// has all that it names, and what is there already need not be copied.
func copyBlobs(ctx context.Context, database string, from, to blob.Shelf) (copied int, err error) {
	db, err := store.OpenAsIs(ctx, database)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	there, err := sizes(ctx, to)
	if err != nil {
		return 0, err
	}
	err = db.EachBlob(ctx, func(name string, size int64) error {
		if at, ok := there[name]; ok && at == size {
			return nil
		}
		copied++
		return copyBlob(ctx, from, to, name, size)
	})
	return copied, err
}

// sizes are how large the blobs of a shelf are, by name.
func sizes(ctx context.Context, s blob.Shelf) (map[string]int64, error) {
	all := map[string]int64{}
	err := s.Each(ctx, func(b blob.Lying) error {
		all[b.Name] = b.Size
		return ctx.Err()
	})
	return all, err
}

func copyBlob(ctx context.Context, from, to blob.Shelf, name string, size int64) error {
	in, err := from.Read(ctx, name)
	if err != nil {
		return err
	}
	defer in.Close()
	if at, err := in.Seek(0, io.SeekEnd); err != nil || at != size {
		return errors.Join(err, misfit(name, at, size))
	}
	return to.Put(ctx, name, in)
}

func misfit(name string, at, size int64) error {
	return fmt.Errorf("%s has %d bytes instead of %d", name, at, size)
}

// checkBlobs compares what the database names with what is there.
func checkBlobs(ctx context.Context, db *store.DB, shelf blob.Shelf) error {
	there, err := sizes(ctx, shelf)
	if err != nil {
		return err
	}
	return db.EachBlob(ctx, func(name string, size int64) error {
		at, ok := there[name]
		if !ok {
			return fmt.Errorf("%s: %w", name, fs.ErrNotExist)
		}
		if at != size {
			return misfit(name, at, size)
		}
		return ctx.Err()
	})
}
