package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"hiwar/internal/engine"
)

// OpenShared is [Open] of a database on a server to which other processes
// commit too, each for the organizations that it has taken. It fails if a
// process has the database for itself.
func OpenShared(ctx context.Context, database string) (*DB, error) {
	d := dialectOf(database)
	if d.name != postgres.name {
		return nil, errors.New("store: several servers share a database on a PostgreSQL server, and no file")
	}
	d.shared = true
	return open(ctx, d, database)
}

// fenced refuses what somebody decided who had the organization before. The row
// is kept as it is until the transaction ends; that its lease is renewed
// meanwhile is no matter, since the lock is on the epoch, which is in a key.
func (w *writer) fenced(b *engine.OrgBatch) error {
	if b.Epoch == 0 {
		return nil
	}
	return w.one(func() error { return engine.StaleError{Org: b.Org} },
		`SELECT 1 FROM leases WHERE org = ? AND epoch = ? FOR KEY SHARE`, string(b.Org), b.Epoch)
}

// Leases are what the processes agree upon that share a database.
type Leases struct{ db *DB }

// Leases are those of a database that was opened with [OpenShared].
func (db *DB) Leases() Leases { return Leases{db} }

// databaseNow is the server's clock, in microseconds.
const databaseNow = `(extract(epoch FROM clock_timestamp()) * 1000000)::bigint`

// forgotten is after how long without a beat a node is no longer listed.
const forgotten = time.Minute

// renewed is how old a beat is at least that is worth writing another.
const renewed = engine.BeatEvery - 500*time.Millisecond

// Now is the server's clock.
func (l Leases) Now(ctx context.Context) (time.Time, error) {
	var now int64
	if err := l.db.read.QueryRowContext(ctx, `SELECT `+databaseNow).Scan(&now); err != nil {
		return time.Time{}, fmt.Errorf("store: clock: %w", err)
	}
	return fromMicros(now), nil
}

// Beat says that the node is there, renews what it has, and is how everything
// stands then.
func (l Leases) Beat(ctx context.Context, me engine.Peer) (v engine.Standing, err error) {
	err = l.transact(ctx, "beat", func(tx *sql.Tx) error {
		var now int64
		if err := tx.QueryRowContext(ctx, `SELECT `+databaseNow).Scan(&now); err != nil {
			return err
		}
		v.Now = fromMicros(now)
		leaving := 0
		if me.Leaving {
			leaving = 1
		}
		for _, s := range []struct {
			query string
			args  []any
		}{
			{`INSERT INTO nodes AS n (node, address, since, seen, leaving) VALUES ($1, $2, $3, $3, $4)
				ON CONFLICT (node) DO UPDATE SET seen = excluded.seen, leaving = excluded.leaving
				WHERE n.seen <= excluded.seen - $5::bigint OR n.leaving <> excluded.leaving`, []any{me.Name, me.Address, now, leaving, renewed.Microseconds()}},
			{`UPDATE leases SET until = $2::bigint + $3::bigint WHERE node = $1 AND until <= $2::bigint + $3::bigint - $4::bigint`, []any{me.Name, now, engine.Lease.Microseconds(), renewed.Microseconds()}},
			{`DELETE FROM nodes WHERE seen < $1`, []any{now - forgotten.Microseconds()}},
		} {
			if _, err := tx.ExecContext(ctx, s.query, s.args...); err != nil {
				return err
			}
		}
		return l.look(ctx, tx, &v)
	})
	return v, err
}

func (l Leases) look(ctx context.Context, tx *sql.Tx, v *engine.Standing) (err error) {
	v.Peers, err = collect(ctx, tx, "nodes", func(rows *sql.Rows) (p engine.Peer, err error) {
		var since, seen, leaving int64
		err = rows.Scan(&p.Name, &p.Address, &since, &seen, &leaving)
		p.Up, p.Beat, p.Leaving = v.Now.Sub(fromMicros(since)), v.Now.Sub(fromMicros(seen)), leaving != 0
		return p, err
	}, `SELECT node, address, since, seen, leaving FROM nodes ORDER BY node`)
	if err != nil {
		return err
	}
	v.Holdings, err = collect(ctx, tx, "leases", func(rows *sql.Rows) (h engine.Holding, err error) {
		var until int64
		err = rows.Scan(&h.Org, &h.Node, &h.Epoch, &until)
		h.Until = fromMicros(until)
		h.Left = h.Until.Sub(v.Now)
		return h, err
	}, `SELECT o.org, coalesce(l.node, ''), coalesce(l.epoch, 0), coalesce(l.until, 0) FROM organizations o LEFT JOIN leases l USING (org) ORDER BY o.org`)
	return err
}

// Take gives an organization to a node if nothing about it has changed since it
// was seen as h. Of several who try, one succeeds. When it returns, whatever was
// committed before is there to be read, and nothing of an earlier epoch follows.
func (l Leases) Take(ctx context.Context, h engine.Holding, node string) (epoch int64, ok bool, err error) {
	err = l.transact(ctx, "take", func(tx *sql.Tx) error {
		query := `UPDATE leases SET node = $2, epoch = epoch + 1, until = ` + databaseNow + ` + $3 WHERE org = $1 AND epoch = $4 AND until = $5 RETURNING epoch`
		args := []any{string(h.Org), node, engine.Lease.Microseconds(), h.Epoch, micros(h.Until)}
		if h.Epoch == 0 {
			query = `INSERT INTO leases (org, node, epoch, until) VALUES ($1, $2, 1, ` + databaseNow + ` + $3) ON CONFLICT (org) DO NOTHING RETURNING epoch`
			args = args[:3]
		}
		err := tx.QueryRowContext(ctx, query, args...).Scan(&epoch)
		ok = err == nil
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return epoch, ok && err == nil, err
}

// Hand gives what a node has to another, or to nobody ("").
func (l Leases) Hand(ctx context.Context, h engine.Holding, to string) error {
	return l.transact(ctx, "hand over", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE leases SET node = $2::text, epoch = epoch + 1, until = CASE $2::text WHEN '' THEN 0 ELSE `+databaseNow+` + $3 END WHERE org = $1 AND epoch = $4`,
			string(h.Org), to, engine.Lease.Microseconds(), h.Epoch)
		return err
	})
}

// Leave removes a node.
func (l Leases) Leave(ctx context.Context, node string) error {
	return l.transact(ctx, "leave", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM nodes WHERE node = $1`, node)
		return err
	})
}

// leasePatience bounds what is asked about leases: whoever is not heard of in
// time is replaced.
const leasePatience = 5 * time.Second

// transact is a transaction of its own. A beat that a crash of the server takes
// back is one that was late, and a commit without an epoch that is on disk is
// refused, so nothing here waits for a disk but who takes and who gives.
func (l Leases) transact(ctx context.Context, what string, f func(*sql.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, leasePatience)
	defer cancel()
	tx, err := l.db.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: %s: %w", what, unreachable(err))
	}
	defer func() { _ = tx.Rollback() }()
	if what == "beat" {
		if _, err := tx.ExecContext(ctx, `SET LOCAL synchronous_commit = off`); err != nil {
			return fmt.Errorf("store: %s: %w", what, err)
		}
	}
	if err := f(tx); err != nil {
		return fmt.Errorf("store: %s: %w", what, err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("store: %s: %w", what, err)
	}
	return nil
}

// SameKey reports whether a key is that of the other processes of a shared
// database: the first one's is everybody's. The database keeps no more than a
// digest of it.
func (l Leases) SameKey(ctx context.Context, key []byte) (bool, error) {
	own := sha256.Sum256(append([]byte("hiwar sealing key\x00"), key...))
	kept, err := l.db.Secret(ctx, "sealing key digest", own[:])
	return string(kept) == string(own[:]), err
}
