package store

import (
	"context"
	"database/sql"

	"hiwar/internal/id"
)

// Elsewhere implements [engine.Store].
func (db *DB) Elsewhere(ctx context.Context, o id.Org, emails, keys []string) (taken string, err error) {
	err = db.snapshot(ctx, "elsewhere", func(q queryer) error {
		for _, look := range []struct {
			query  string
			values []string
		}{{emailElsewhere, emails}, {keyElsewhere, keys}} {
			for _, value := range look.values {
				found, err := collect(ctx, q, "elsewhere", func(rows *sql.Rows) (s string, err error) { return s, rows.Scan(&s) }, look.query, value, string(o))
				if err != nil || len(found) > 0 {
					taken = value
					return err
				}
			}
		}
		return nil
	})
	return taken, err
}

const (
	emailElsewhere = `SELECT email FROM users WHERE email = ? AND email <> '' AND org <> ?`
	keyElsewhere   = `SELECT key FROM assets WHERE key = ? AND org <> ?`
)
