package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"hiwar/internal/store"
)

// copyDatabase copies the database of a folder to the one that --database names,
// and compares. No server may run on either. Broken off, it goes on where it
// stopped when it is called again.
func (p program) copyDatabase(ctx context.Context, args []string) error {
	c, rest, err := p.configure("copy", args)
	if err != nil {
		return err
	}
	if len(rest) > 0 || c.Server == "" {
		return misuse{errors.New(`say "hiwar copy --data FOLDER" with the URL of an empty PostgreSQL database in HIWAR_DATABASE`)}
	}
	unlock, err := lock(c.Data)
	if err != nil {
		return err
	}
	defer unlock()
	from, err := store.OpenAsIs(ctx, filepath.Join(c.Data, "hiwar.db"))
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := store.OpenForCopy(ctx, c.Server)
	if err != nil {
		return err
	}
	defer to.Close()
	all, err := store.Copy(ctx, from, to)
	if err != nil {
		return err
	}
	var rows int64
	for _, t := range all {
		rows += t.Rows
		fmt.Fprintf(p.out, "%-18s %9d rows  %s\n", t.Table, t.Rows, t.Digest)
	}
	_, err = fmt.Fprintf(p.out, "%d rows of %d tables copied, read again and found the same; every audit log is whole.\nStart the server with the same --data and the database from now on; hiwar.db stays as it is.\n", rows, len(all))
	return err
}
