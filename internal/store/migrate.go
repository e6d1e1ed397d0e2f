package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// Migration is one step of the schema.
type Migration struct {
	Version   int64 // the moment it was written, as 20261122090000
	File      string
	AppliedAt time.Time // zero if it is still to come
}

// Migrate brings the schema to the newest version. A step is applied whole or
// not at all, so an interrupted run continues where it stopped.
func (db *DB) Migrate(ctx context.Context) error {
	p, err := db.migrator(db.write)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Migrations lists the steps of the schema in order.
func (db *DB) Migrations(ctx context.Context) ([]Migration, error) {
	p, err := db.migrator(db.read)
	if err != nil {
		return nil, err
	}
	all, err := p.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	var out []Migration
	for _, s := range all {
		out = append(out, Migration{Version: s.Source.Version, File: s.Source.Path, AppliedAt: s.AppliedAt})
	}
	return out, nil
}

// CheckSchema fails if the schema is newer than this program or not one of
// ours at all. An older one is well: opening brings it forward.
func (db *DB) CheckSchema(ctx context.Context) error {
	p, err := db.migrator(db.read)
	if err != nil {
		return err
	}
	known := p.ListSources()
	var have int64
	_, err = collect(ctx, db.read, "schema", func(rows *sql.Rows) (none struct{}, err error) {
		return none, rows.Scan(&have)
	}, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`)
	if err != nil {
		return fmt.Errorf("this is not a database of Hiwar: %w", err)
	}
	if newest := known[len(known)-1].Version; have > newest {
		return fmt.Errorf("the database is of a newer version (%d) than this program (%d)", have, newest)
	}
	return nil
}

func (db *DB) migrator(pool *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+db.dialect.name)
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if db.remote() { // several processes that start at once do it one after the other
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(db.dialect.goose, pool, files, options...)
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil, fmt.Errorf("there are no migrations for %s", db.dialect.name)
	}
	return p, err
}
