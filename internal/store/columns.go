package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// table maps a record to a row, both ways with one description: each column
// names the place in the record that it is read into and written from.
type table[T any] struct {
	name    string
	key     []string // columns of the primary key after org
	columns []column[T]
}

type column[T any] struct {
	name string
	at   func(*T) cell
}

// cell is a place in a record that can be bound to a statement and scanned
// into.
type cell interface {
	driver.Valuer
	sql.Scanner
}

// insert is the statement that writes a new row.
func (t table[T]) insert() string {
	return fmt.Sprintf("INSERT INTO %s (org, %s) VALUES (%s)", t.name, t.list(), placeholders(len(t.columns)+1))
}

// update is the statement that writes a row that is there.
func (t table[T]) update() string {
	var sets, where []string
	for _, c := range t.columns {
		if !t.isKey(c) {
			sets = append(sets, c.name+" = ?")
		}
	}
	for _, k := range t.key {
		where = append(where, " AND "+k+" = ?")
	}
	return fmt.Sprintf("UPDATE %s SET %s WHERE org = ?%s", t.name, strings.Join(sets, ", "), strings.Join(where, ""))
}

// upsert is the statement that writes a row, new or not.
func (t table[T]) upsert() string {
	var sets []string
	for _, c := range t.columns {
		if !t.isKey(c) {
			sets = append(sets, c.name+" = excluded."+c.name)
		}
	}
	return fmt.Sprintf("%s ON CONFLICT (org, %s) DO UPDATE SET %s", t.insert(), strings.Join(t.key, ", "), strings.Join(sets, ", "))
}

func (t table[T]) isKey(c column[T]) bool { return slices.Contains(t.key, c.name) }

// changed are the values of a row for update.
func (t table[T]) changed(org string, v *T) []any {
	out := make([]any, 0, len(t.columns)+1)
	for _, c := range t.columns {
		if !t.isKey(c) {
			out = append(out, value(c.at(v)))
		}
	}
	out = append(out, org)
	for _, k := range t.key {
		for _, c := range t.columns {
			if c.name == k {
				out = append(out, value(c.at(v)))
			}
		}
	}
	return out
}

// value is what a cell holds. One that cannot be made is left as the cell, so
// that the statement fails with its error.
func value(at cell) any {
	if v, err := at.Value(); err == nil {
		return v
	}
	return at
}

// args are the values of a row for insert.
func (t table[T]) args(org string, v *T) []any {
	return t.values(append(make([]any, 0, len(t.columns)+2), org), v)
}

// values appends the values of a row.
func (t table[T]) values(out []any, v *T) []any {
	for _, c := range t.columns {
		out = append(out, value(c.at(v)))
	}
	return out
}

// list is the columns for a SELECT.
func (t table[T]) list() string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return strings.Join(names, ", ")
}

// sets is "column = ?" for an UPDATE, in the order of cells.
func (t table[T]) sets() string {
	return strings.ReplaceAll(t.list(), ",", " = ?,") + " = ?"
}

// cells are the places a row is scanned into.
func (t table[T]) cells(v *T) []any {
	out := make([]any, len(t.columns))
	for i, c := range t.columns {
		out[i] = c.at(v)
	}
	return out
}

// load reads the rows of an organization for which where holds, by key.
func (t table[T]) load(ctx context.Context, q queryer, org, where string, args ...any) ([]T, error) {
	query := "SELECT " + t.list() + " FROM " + t.name + " WHERE org = ?"
	if where != "" {
		query += " AND " + where
	}
	if len(t.key) > 0 {
		query += " ORDER BY " + strings.Join(t.key, ", ")
	}
	return collect(ctx, q, t.name, func(rows *sql.Rows) (v T, err error) {
		return v, rows.Scan(t.cells(&v)...)
	}, query, append([]any{org}, args...)...)
}

// queryer is a connection, a transaction or a pool.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// collect runs a query and scans each row.
func collect[T any](ctx context.Context, q queryer, what string, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return out, nil
}

func placeholders(n int) string {
	return strings.TrimSuffix(strings.Repeat("?, ", n), ", ")
}

// ── cells ───────────────────────────────────────────────────────────────────

type textCell[T ~string] struct{ p *T }

func text[T ~string](p *T) cell { return textCell[T]{p} }

func (c textCell[T]) Value() (driver.Value, error) { return string(*c.p), nil }

func (c textCell[T]) Scan(src any) error {
	switch v := src.(type) {
	case string:
		*c.p = T(v)
	case []byte:
		*c.p = T(v)
	default:
		return fmt.Errorf("text expected, got %T", src)
	}
	return nil
}

type numberCell[T ~int | ~int64] struct{ p *T }

func number[T ~int | ~int64](p *T) cell { return numberCell[T]{p} }

func (c numberCell[T]) Value() (driver.Value, error) { return int64(*c.p), nil }

func (c numberCell[T]) Scan(src any) error {
	v, ok := src.(int64)
	if !ok {
		return fmt.Errorf("integer expected, got %T", src)
	}
	*c.p = T(v)
	return nil
}

type realCell struct{ p *float64 }

func real(p *float64) cell { return realCell{p} }

func (c realCell) Value() (driver.Value, error) { return *c.p, nil }

func (c realCell) Scan(src any) error {
	switch v := src.(type) {
	case float64:
		*c.p = v
	case int64:
		*c.p = float64(v)
	default:
		return fmt.Errorf("number expected, got %T", src)
	}
	return nil
}

type flagCell struct{ p *bool }

func flag(p *bool) cell { return flagCell{p} }

func (c flagCell) Value() (driver.Value, error) {
	if *c.p {
		return int64(1), nil
	}
	return int64(0), nil
}

func (c flagCell) Scan(src any) error {
	switch v := src.(type) {
	case int64:
		*c.p = v != 0
	case bool: // of a condition, where the database knows such
		*c.p = v
	default:
		return fmt.Errorf("integer expected, got %T", src)
	}
	return nil
}

type momentCell struct{ p *time.Time }

func moment(p *time.Time) cell { return momentCell{p} }

func (c momentCell) Value() (driver.Value, error) { return micros(*c.p), nil }

func (c momentCell) Scan(src any) error {
	v, ok := src.(int64)
	if !ok {
		return fmt.Errorf("integer expected, got %T", src)
	}
	*c.p = fromMicros(v)
	return nil
}

// micros is a time as stored: microseconds since 1970, the zero time as 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(v int64) time.Time {
	if v == 0 {
		return time.Time{}
	}
	return time.UnixMicro(v).UTC()
}

type bytesCell struct{ p *[]byte }

func bytesOf(p *[]byte) cell { return bytesCell{p} }

func (c bytesCell) Value() (driver.Value, error) { return *c.p, nil }

func (c bytesCell) Scan(src any) error {
	v, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("bytes expected, got %T", src)
	}
	*c.p = append([]byte(nil), v...)
	return nil
}

// document is a value stored as JSON.
type documentCell[T any] struct{ p *T }

func document[T any](p *T) cell { return documentCell[T]{p} }

func (c documentCell[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(*c.p)
	return string(b), err
}

func (c documentCell[T]) Scan(src any) error {
	var s string
	if err := (textCell[string]{&s}).Scan(src); err != nil {
		return err
	}
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), c.p)
}
