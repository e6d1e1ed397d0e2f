package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

var blocks = table[access.Block]{
	name: "blocks", key: []string{"id"},
	columns: []column[access.Block]{
		{"id", func(b *access.Block) cell { return text(&b.ID) }},
		{"customer", func(b *access.Block) cell { return text(&b.Customer) }},
		{"network", func(b *access.Block) cell { return text(&b.Network) }},
		{"conversation", func(b *access.Block) cell { return text(&b.Conversation) }},
		{"reason", func(b *access.Block) cell { return text(&b.Reason) }},
		{"by_user", func(b *access.Block) cell { return text(&b.By) }},
		{"created_at", func(b *access.Block) cell { return moment(&b.CreatedAt) }},
		{"expires_at", func(b *access.Block) cell { return moment(&b.ExpiresAt) }},
	},
}

// PutBlock stores b, and keeps the identifier of the one that there is of the
// same customer or network. An organization has at most so many.
func (db *DB) PutBlock(ctx context.Context, b access.Block, most int) (access.Block, error) {
	err := db.transact("put block", func(w *writer) error {
		known, err := collect(ctx, w, "block", func(rows *sql.Rows) (is id.Block, err error) { return is, rows.Scan(text(&is)) },
			`SELECT id FROM blocks WHERE org = ? AND customer = ? AND network = ?`, string(b.Org), string(b.Customer), b.Network)
		if err != nil {
			return err
		}
		if len(known) > 0 {
			b.ID = known[0]
			err = w.exec(blocks.update(), blocks.changed(string(b.Org), &b)...)
		} else if err = w.roomForBlock(ctx, b.Org, most); err == nil {
			err = w.exec(blocks.insert(), blocks.args(string(b.Org), &b)...)
		}
		if err != nil {
			return err
		}
		return w.witnessed(ctx)
	})
	return b, err
}

func (w *writer) roomForBlock(ctx context.Context, o id.Org, most int) error {
	n, err := collect(ctx, w, "blocks", func(rows *sql.Rows) (n int, err error) { return n, rows.Scan(&n) }, `SELECT count(*) FROM blocks WHERE org = ?`, string(o))
	if err == nil && n[0] >= most {
		err = problem.New(problem.OutOfRange, "field", "blocks", "min", 0, "max", most)
	}
	return err
}

var selectBlocks = differs(fmt.Sprintf(selectBlocksLike, `LIKE`), fmt.Sprintf(selectBlocksLike, `ILIKE`))

const selectBlocksLike = `SELECT b.id, b.customer, b.network, b.conversation, b.reason, b.by_user, b.created_at, b.expires_at, coalesce(c.customer_name, ''), coalesce(c.verified, 0)
	FROM blocks b LEFT JOIN conversations c ON c.org = b.org AND c.id = b.conversation
	WHERE b.org = ?1 AND (?2 = '' OR b.id < ?2) AND (b.expires_at = 0 OR b.expires_at > ?5)
	AND (b.network %[1]s ?3 ESCAPE '\' OR b.reason %[1]s ?3 ESCAPE '\' OR c.customer_name %[1]s ?3 ESCAPE '\')
	ORDER BY b.id DESC LIMIT ?4`

// Blocks are those of an organization that hold now, with a text in them, newest
// first, up to limit of them that are older than before ("": all).
func (db *DB) Blocks(ctx context.Context, o id.Org, now time.Time, query string, before id.Block, limit int) (found []access.Blocked, err error) {
	like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(query) + "%"
	err = db.snapshot(ctx, "blocks", func(q queryer) error {
		found, err = collect(ctx, q, "blocks", func(rows *sql.Rows) (b access.Blocked, err error) {
			b.Org = o
			return b, rows.Scan(append(blocks.cells(&b.Block), &b.Name, flag(&b.Verified))...)
		}, selectBlocks, string(o), string(before), like, limit, micros(now))
		return err
	})
	return found, err
}

// EveryBlock are those of all organizations.
func (db *DB) EveryBlock(ctx context.Context) (all []access.Block, err error) {
	err = db.snapshot(ctx, "blocks", func(q queryer) error {
		all, err = collect(ctx, q, "blocks", func(rows *sql.Rows) (b access.Block, err error) {
			return b, rows.Scan(append([]any{text(&b.Org)}, blocks.cells(&b)...)...)
		}, `SELECT org, `+blocks.list()+` FROM blocks ORDER BY org, id`)
		return err
	})
	return all, err
}

// DeleteBlock lifts a block; problem.NotFound if there is none.
func (db *DB) DeleteBlock(ctx context.Context, o id.Org, block id.Block) error {
	return db.transact("delete block", func(w *writer) error {
		n, err := w.affected(`DELETE FROM blocks WHERE org = ? AND id = ?`, string(o), string(block))
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound()
		}
		return w.witnessed(ctx)
	})
}

// DeleteOldBlocks forgets those whose time is over.
func (db *DB) DeleteOldBlocks(_ context.Context, now time.Time) error {
	_, err := db.writeOne("delete old blocks", `DELETE FROM blocks WHERE expires_at > 0 AND expires_at <= ?`, micros(now))
	return err
}
