package store

import (
	"context"
	"database/sql"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Visited notes that a page of the origin loaded the asset's widget.
func (db *DB) Visited(_ context.Context, o id.Org, a id.Asset, origin string, at time.Time) error {
	_, err := db.writeOne("visited", `INSERT INTO asset_visits (org, asset, origin, first_at, last_at) VALUES (?1, ?2, ?3, ?4, ?4)
		ON CONFLICT (org, asset, origin) DO UPDATE SET last_at = excluded.last_at WHERE asset_visits.last_at < excluded.last_at`,
		string(o), string(a), origin, micros(at))
	return err
}

// Visits are the sites that have loaded the widgets of an organization, by
// asset and within it the one seen last first.
func (db *DB) Visits(ctx context.Context, o id.Org) (all []org.Visit, err error) {
	err = db.snapshot(ctx, "visits", func(q queryer) error {
		all, err = collect(ctx, q, "visits", func(rows *sql.Rows) (v org.Visit, err error) {
			return v, rows.Scan(text(&v.Asset), &v.Origin, moment(&v.FirstAt), moment(&v.LastAt))
		}, `SELECT asset, origin, first_at, last_at FROM asset_visits WHERE org = ? ORDER BY asset, last_at DESC, origin`, string(o))
		return err
	})
	return all, err
}
