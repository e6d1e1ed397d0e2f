package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

// LastCommit implements [engine.Store].
func (db *DB) LastCommit(ctx context.Context) (at time.Time, err error) {
	err = db.snapshot(ctx, "last commit", func(q queryer) error {
		_, err := collect(ctx, q, "clock", func(rows *sql.Rows) (none struct{}, err error) {
			return none, rows.Scan(moment(&at))
		}, `SELECT coalesce(max(now), 0) FROM clock`)
		return err
	})
	return at, err
}

// Floors implements [engine.Store].
func (db *DB) Floors(ctx context.Context) (floors []engine.Floor, err error) {
	err = db.snapshot(ctx, "floors", func(q queryer) error {
		all, err := collect(ctx, q, "organizations", func(rows *sql.Rows) (o id.Org, err error) {
			return o, rows.Scan(text(&o))
		}, `SELECT org FROM organizations ORDER BY org`)
		if err != nil {
			return err
		}
		for _, o := range all {
			f, err := loadFloor(ctx, q, o)
			if err != nil {
				return err
			}
			floors = append(floors, f)
		}
		return nil
	})
	return floors, err
}

// Floor implements [engine.Store].
func (db *DB) Floor(ctx context.Context, o id.Org) (f engine.Floor, err error) {
	err = db.snapshot(ctx, "floor", func(q queryer) error {
		f, err = loadFloor(ctx, q, o)
		return err
	})
	return f, err
}

func loadFloor(ctx context.Context, q queryer, o id.Org) (f engine.Floor, err error) {
	config, ok, err := loadConfig(ctx, q, o)
	if err != nil {
		return f, err
	}
	if !ok {
		return f, notFound()
	}
	f.Config = config
	if f.Records, err = loadRecords(ctx, q, o); err != nil {
		return f, err
	}
	if f.Heads, err = feedHeads(ctx, q, o); err != nil {
		return f, err
	}
	for _, c := range named(f.Records) {
		found, err := conversations.load(ctx, q, string(o), "id = ?", string(c))
		if err != nil {
			return f, err
		}
		for _, r := range found {
			f.Headers = append(f.Headers, r.Header)
		}
	}
	return f, nil
}

// named are the conversations that records name: those on the floor, and those
// that agents in RONA have missed, which may have ended since.
func named(r routing.Records) []id.Conversation {
	var ids []id.Conversation
	for _, c := range r.Conversations {
		ids = append(ids, c.ID)
	}
	for _, a := range r.Agents {
		if a.Missed != nil {
			ids = append(ids, a.Missed.Conversation)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Part implements [engine.Store].
func (db *DB) Part(ctx context.Context, o id.Org, part id.Part) (p routing.Part, err error) {
	err = db.snapshot(ctx, "part", func(q queryer) error {
		found, err := parts.load(ctx, q, string(o), `id = ?`, int64(part))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return notFound()
		}
		p = found[0]
		return nil
	})
	return p, err
}

// AssetByKey finds the asset behind the public key of a snippet, deleted ones
// included, with its organization; [problem.NotFound] if there is none.
func (db *DB) AssetByKey(ctx context.Context, key string) (o id.Org, a org.Asset, err error) {
	err = db.snapshot(ctx, "asset", func(q queryer) error {
		found, err := collect(ctx, q, "assets", func(rows *sql.Rows) (a org.Asset, err error) {
			return a, rows.Scan(append(assets.cells(&a), text(&o))...)
		}, `SELECT `+assets.list()+`, org FROM assets WHERE key = ?`, key)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return notFound()
		}
		a = found[0]
		return nil
	})
	return o, a, err
}

// OpenConversation finds the conversation a customer has open on an asset;
// [problem.NotFound] if there is none.
func (db *DB) OpenConversation(ctx context.Context, o id.Org, customer id.Customer, asset id.Asset) (c id.Conversation, err error) {
	err = db.snapshot(ctx, "open conversation", func(q queryer) error {
		found, err := conversations.load(ctx, q, string(o), `customer = ? AND asset = ? AND closed_at = 0`, string(customer), string(asset))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return notFound()
		}
		c = found[0].Header.ID
		return nil
	})
	return c, err
}
