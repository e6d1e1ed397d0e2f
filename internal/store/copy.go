package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"hiwar/internal/audit"
	"hiwar/internal/id"
)

// Copied is what was copied of one table.
type Copied struct {
	Table  string
	Rows   int64
	Digest string // of all rows, in the order of their keys; the same on both sides
}

// copyAtOnce is how many rows one transaction copies. What it has copied stays
// when the copying is broken off.
const copyAtOnce = 1000

// Copy copies everything from a SQLite database, to which nobody may write
// meanwhile, to one on a server that [Open] opened, and compares afterwards: the
// number and a digest of the rows of every table, and every audit chain. Nothing
// but an empty database is copied to, or one that an earlier Copy of the same
// left unfinished: it goes on then where it stopped. Until it has ended well
// nobody can open the copy but Copy.
func Copy(ctx context.Context, from, to *DB) ([]Copied, error) {
	all, err := copyAll(ctx, from, to)
	if err != nil {
		return nil, fmt.Errorf("store: copy: %w", err)
	}
	return all, nil
}

func copyAll(ctx context.Context, from, to *DB) (all []Copied, err error) {
	tables, err := tablesOf(ctx, from)
	if err != nil {
		return nil, err
	}
	if err := beginCopy(ctx, from, to, tables); err != nil {
		return nil, err
	}
	for _, t := range tables {
		if err := t.copy(ctx, from, to); err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
	}
	// Numbers that are drawn next come after those that were copied.
	if _, err := to.write.ExecContext(ctx, `SELECT setval(pg_get_serial_sequence('conversations', 'n'), (SELECT coalesce(max(n), 0) + 1 FROM conversations), false)`); err != nil {
		return nil, err
	}
	for _, t := range tables {
		same, err := t.compare(ctx, from, to)
		if err != nil {
			return nil, err
		}
		all = append(all, same)
	}
	if err := compareChains(ctx, from, to); err != nil {
		return nil, err
	}
	_, err = to.write.ExecContext(ctx, `DROP TABLE unfinished_copy`)
	return all, err
}

// copyable is a table as it is copied: by the order of its key.
type copyable struct {
	name         string
	columns, key []string
}

// tablesOf are the tables of a database, those that others refer to first: a
// table is made after what it refers to.
func tablesOf(ctx context.Context, db *DB) ([]copyable, error) {
	steps, err := db.Migrations(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range steps {
		if m.AppliedAt.IsZero() {
			return nil, errors.New("the database to be copied is of an earlier version: bring it to this one first, by hiwar migrate with its folder")
		}
	}
	var all []copyable
	_, err = collect(ctx, db.read, "tables", func(rows *sql.Rows) (none struct{}, err error) {
		var table, column string
		var place int
		if err := rows.Scan(&table, &column, &place); err != nil {
			return none, err
		}
		if len(all) == 0 || all[len(all)-1].name != table {
			all = append(all, copyable{name: table})
		}
		t := &all[len(all)-1]
		t.columns = append(t.columns, column)
		for place > len(t.key) {
			t.key = append(t.key, "")
		}
		if place > 0 {
			t.key[place-1] = column
		}
		return none, nil
	}, `SELECT m.name, c.name, c.pk FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT IN ('goose_db_version', 'scrub') ORDER BY m.rowid, c.cid`)
	return all, err
}

// beginCopy marks a database as one that is being copied to, unless it is.
func beginCopy(ctx context.Context, from, to *DB, tables []copyable) error {
	source, err := identityOf(ctx, from)
	if err != nil {
		return err
	}
	unfinished, err := to.unfinishedCopy(ctx)
	if err != nil {
		return err
	}
	switch unfinished {
	case source:
		return nil
	case "":
	default:
		return errors.New("an unfinished copy of another database is there, or of this one before it changed: name an empty database")
	}
	for _, t := range tables {
		var there bool
		if err := to.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+t.name+`)`).Scan(&there); err != nil {
			return err
		}
		if there {
			return fmt.Errorf("the database is not empty (%s): name an empty one", t.name)
		}
	}
	_, err = to.write.ExecContext(ctx, `CREATE TABLE unfinished_copy AS SELECT '`+source+`'::text AS source`)
	return err
}

// identityOf tells a database, and its last change, from all others.
func identityOf(ctx context.Context, db *DB) (string, error) {
	at, err := db.LastCommit(ctx)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = collect(ctx, db.read, "secrets", func(rows *sql.Rows) (none struct{}, err error) {
		var name string
		var value []byte
		err = rows.Scan(&name, &value)
		fmt.Fprintf(sum, "%q %x ", name, value)
		return none, err
	}, `SELECT name, value FROM secrets ORDER BY name`)
	return fmt.Sprintf("%x at %d", sum.Sum(nil)[:16], micros(at)), err
}

// unfinishedCopy is whose copy is unfinished here; "" if none is.
func (db *DB) unfinishedCopy(ctx context.Context) (source string, err error) {
	var there bool
	if err := db.read.QueryRowContext(ctx, `SELECT to_regclass('unfinished_copy') IS NOT NULL`).Scan(&there); err != nil || !there {
		return "", err
	}
	return source, db.read.QueryRowContext(ctx, `SELECT source FROM unfinished_copy`).Scan(&source)
}

// copy copies what is not there yet.
func (t copyable) copy(ctx context.Context, from, to *DB) error {
	for {
		last, err := t.last(ctx, to)
		if err != nil {
			return err
		}
		rows, err := t.after(ctx, from, last)
		if err != nil || len(rows) == 0 {
			return err
		}
		conn, err := to.write.Conn(ctx)
		if err != nil {
			return err
		}
		err = conn.Raw(func(c any) error { // one statement, so whole or not at all
			_, err := c.(*stdlib.Conn).Conn().CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, pgx.CopyFromRows(rows))
			return err
		})
		if err := errors.Join(err, conn.Close()); err != nil {
			return err
		}
	}
}

// last is the key of the last row that is there; nil if there is none.
func (t copyable) last(ctx context.Context, db *DB) ([]any, error) {
	order := strings.Join(t.key, " DESC, ") + " DESC"
	found, err := collect(ctx, db.read, "last", valuesOf, `SELECT `+strings.Join(t.key, ", ")+` FROM `+t.name+` ORDER BY `+order+` LIMIT 1`)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// after are the next rows after a key.
func (t copyable) after(ctx context.Context, db *DB, key []any) ([][]any, error) {
	query := `SELECT ` + strings.Join(t.columns, ", ") + ` FROM ` + t.name
	if key != nil {
		query += ` WHERE (` + strings.Join(t.key, ", ") + `) > (` + placeholders(len(t.key)) + `)`
	}
	query += ` ORDER BY ` + strings.Join(t.key, ", ") + ` LIMIT ` + fmt.Sprint(copyAtOnce)
	return collect(ctx, db.read, "rows", valuesOf, db.dialect.text(query), key...)
}

// valuesOf reads all columns of a row.
func valuesOf(rows *sql.Rows) ([]any, error) {
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	return values, rows.Scan(into...)
}

// compare fails unless both have the same rows.
func (t copyable) compare(ctx context.Context, from, to *DB) (Copied, error) {
	want, err := t.digest(ctx, from)
	if err != nil {
		return want, err
	}
	got, err := t.digest(ctx, to)
	if err == nil && got != want {
		err = fmt.Errorf("%s: the copy has %d rows (%s), and not %d (%s): empty the database and begin anew", t.name, got.Rows, got.Digest, want.Rows, want.Digest)
	}
	return got, err
}

// digest reads all rows of a table.
func (t copyable) digest(ctx context.Context, db *DB) (Copied, error) {
	c, sum := Copied{Table: t.name}, sha256.New()
	var key []any
	for {
		rows, err := t.after(ctx, db, key)
		if err != nil {
			return c, fmt.Errorf("%s: %w", t.name, err)
		}
		for _, row := range rows {
			for _, v := range row {
				_, _ = sum.Write(encoded(v)) // never fails
			}
		}
		c.Rows += int64(len(rows))
		if len(rows) < copyAtOnce {
			c.Digest = hex.EncodeToString(sum.Sum(nil)[:16])
			return c, nil
		}
		key = t.keyOf(rows[len(rows)-1])
	}
}

func (t copyable) keyOf(row []any) (key []any) {
	for _, k := range t.key {
		for i, c := range t.columns {
			if c == k {
				key = append(key, row[i])
			}
		}
	}
	return key
}

// encoded is a value with its type and length, so that no two rows are alike
// that differ.
func encoded(v any) []byte {
	var out []byte
	with := func(kind byte, body []byte) {
		out = append(binary.AppendUvarint(append(out, kind), uint64(len(body))), body...)
	}
	switch v := v.(type) {
	case int64:
		with('i', binary.BigEndian.AppendUint64(nil, uint64(v)))
	case float64:
		with('r', binary.BigEndian.AppendUint64(nil, math.Float64bits(v)))
	case string:
		with('t', []byte(v))
	case []byte:
		with('b', v)
	default:
		with('?', fmt.Append(nil, v))
	}
	return out
}

// compareChains checks every audit chain of the copy, to where it ends in the
// original.
func compareChains(ctx context.Context, from, to *DB) error {
	all, err := collect(ctx, from.read, "organizations", func(rows *sql.Rows) (o id.Org, err error) { return o, rows.Scan(text(&o)) }, `SELECT org FROM organizations ORDER BY org`)
	if err != nil {
		return err
	}
	for _, o := range all {
		want, err := from.VerifyAudit(ctx, o, audit.Head{})
		if err != nil {
			return fmt.Errorf("the original's audit log of %s: %w", o, err)
		}
		got, err := to.VerifyAudit(ctx, o, want)
		if err == nil && got != want {
			err = fmt.Errorf("it ends at %s, and not at %s", got, want)
		}
		if err != nil {
			return fmt.Errorf("the copy's audit log of %s: %w", o, err)
		}
	}
	return nil
}
