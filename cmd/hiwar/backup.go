package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"hiwar/internal/store"
)

// backup copies the database to a file, also while the server runs. What had
// been acknowledged before is in it.
func (p program) backup(ctx context.Context, args []string) error {
	c, file, err := p.copying("backup", args)
	if err != nil {
		return err
	}
	db, err := store.OpenAsIs(ctx, c.database())
	if err != nil {
		return err
	}
	if err := errors.Join(db.Backup(ctx, file), db.Close()); err != nil {
		return err
	}
	if err := p.attachments(ctx, file, c.attachments(), beside(file)); err != nil {
		return errors.Join(err, os.Remove(file)) // half a backup is none
	}
	if hasSealingKey(c.Data) {
		fmt.Fprintf(p.out, "not in it: %s, without which codes of second steps fit no more; keep a copy in another place\n", filepath.Join(c.Data, keyFile))
	}
	return p.sized("backup written and checked", file)
}

// restore makes a backup the database of a server that is to be started. It
// never writes over one.
func (p program) restore(ctx context.Context, args []string) error {
	c, file, err := p.copying("restore", args)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	unlock, err := lock(c.Data)
	if err != nil {
		return err
	}
	defer unlock()
	if err := store.Restore(ctx, file, c.database()); err != nil {
		return err
	}
	if err := p.attachments(ctx, c.database(), beside(file), c.attachments()); err != nil {
		return errors.Join(err, os.Remove(c.database()))
	}
	if err := p.warnOfLostKey(ctx, c); err != nil {
		return err
	}
	return p.sized("backup checked and restored", c.database())
}

func (p program) warnOfLostKey(ctx context.Context, c *config) error {
	db, err := store.OpenAsIs(ctx, c.database())
	if err != nil {
		return err
	}
	lost, err := lostSealingKey(ctx, db, c.Data)
	if lost != "" {
		fmt.Fprintln(p.err, lost)
	}
	return errors.Join(err, db.Close())
}

// attachments copies those that a database names. After a failure nothing of
// the copy is left.
func (p program) attachments(ctx context.Context, database, from, to string) error {
	n, err := copyBlobs(ctx, database, from, to)
	if errors.Is(err, store.ErrThere) {
		return err
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(to))
	}
	if n > 0 {
		_, err = fmt.Fprintf(p.out, "%d attachments: %s\n", n, to)
	}
	return err
}

// copying reads a command line that names one file.
func (p program) copying(command string, args []string) (*config, string, error) {
	c, rest, err := p.configure(command, args)
	if err != nil {
		return nil, "", err
	}
	if len(rest) != 1 {
		return nil, "", misuse{fmt.Errorf("say %q", "hiwar "+command+" --data FOLDER FILE")}
	}
	if c.Data == store.Memory {
		return nil, "", misuse{errors.New("a database in memory cannot be copied")}
	}
	return c, rest[0], nil
}

func (p program) sized(what, file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s: %s, %d bytes\n", what, file, info.Size())
	return err
}
