package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"hiwar/internal/blob"
	"hiwar/internal/store"
)

// backup copies the database to a file, also while the server runs. What had
// been acknowledged before is in it.
func (p program) backup(ctx context.Context, args []string) error {
	c, file, err := p.copying("backup", args)
	if err != nil {
		return err
	}
	if !c.Attachments && c.S3.Endpoint == "" {
		return misuse{errors.New("attachments: only those in a bucket may be left where they are")}
	}
	if c.Server != "" {
		return fmt.Errorf("a database on a server is copied by the server's tools: pg_dump --format=custom --file=%s with the URL of the database, and after it a copy of the folder %s; docs/guide/postgresql.md has the whole of it", file, c.Data)
	}
	db, err := store.OpenAsIs(ctx, c.database())
	if err != nil {
		return err
	}
	if err := errors.Join(db.Backup(ctx, file), db.Close()); err != nil {
		return err
	}
	if err := p.backupAttachments(ctx, c, file); err != nil {
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
	if c.Server != "" {
		return fmt.Errorf("a database on a server is restored by the server's tools: pg_restore --dbname with the URL of an empty database and %s, and the copy of the folder put to %s; docs/guide/postgresql.md has the whole of it", file, c.Data)
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
	if err := p.restoreAttachments(ctx, c, file); err != nil {
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

// backupAttachments copies those that the copy of the database names into a
// folder beside it. After a failure nothing of that is left.
func (p program) backupAttachments(ctx context.Context, c *config, file string) (err error) {
	if !c.Attachments {
		_, err := fmt.Fprintf(p.out, "not in it: the attachments, which are in %s\n", c.keptIn())
		return err
	}
	if _, err := os.Lstat(beside(file)); err == nil {
		return fmt.Errorf("%s: %w", beside(file), store.ErrThere)
	}
	from, err := c.shelf()
	if err != nil {
		return err
	}
	to := blob.NewFolder(beside(file))
	n, err := copyBlobs(ctx, file, from, to)
	if err = errors.Join(err, from.Close(), to.Close()); err != nil {
		return errors.Join(err, os.RemoveAll(beside(file)))
	}
	return p.copied(n, beside(file))
}

// restoreAttachments copies them to where the settings say. In a folder nothing
// may be yet; a bucket may have them still, and keeps what of them got there
// before a failure, for the next attempt.
func (p program) restoreAttachments(ctx context.Context, c *config, file string) (err error) {
	ours := c.S3.Endpoint == ""
	if _, err := os.Lstat(c.attachments()); err == nil && ours {
		return fmt.Errorf("%s: %w", c.attachments(), store.ErrThere)
	}
	to, err := c.shelf()
	if err != nil {
		return err
	}
	from := blob.NewFolder(beside(file))
	n, err := copyBlobs(ctx, c.database(), from, to)
	if err = errors.Join(err, from.Close(), to.Close()); err != nil && ours {
		return errors.Join(err, os.RemoveAll(c.attachments()))
	}
	if err != nil {
		return whose(err)
	}
	return p.copied(n, c.keptIn())
}

func (p program) copied(n int, to string) error {
	if n == 0 {
		return nil
	}
	_, err := fmt.Fprintf(p.out, "%d attachments: %s\n", n, to)
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
