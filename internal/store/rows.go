package store

import (
	"fmt"
	"slices"
	"strings"
)

// Most of what a commit stores are rows of four tables. To a server a row costs
// little and a statement much, so all rows for a table go as one statement, with
// a list for each column.

// kind is what a column's values are, in the words of PostgreSQL.
type kind string

const (
	aNumber kind = "BIGINT"
	aText   kind = "TEXT"
	aDigest kind = "BYTEA"
)

// insert puts rows into a table.
type insert struct {
	each string // the statement for one row
	many string // for all, on PostgreSQL
	of   []kind
}

// insertInto: columns are names and kinds in turn.
func insertInto(table string, columns ...any) *insert {
	var names, places, lists []string
	in := &insert{}
	for c := range slices.Chunk(columns, 2) {
		of := c[1].(kind)
		in.of = append(in.of, of)
		names, places, lists = append(names, c[0].(string)), append(places, "?"), append(lists, fmt.Sprintf("CAST(? AS %s[])", of))
	}
	in.each = fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(names, ", "), strings.Join(places, ", "))
	in.many = fmt.Sprintf("INSERT INTO %s (%s) SELECT * FROM unnest(%s)", table, strings.Join(names, ", "), strings.Join(lists, ", "))
	return in
}

// rows wait for the statement that inserts them.
type rows struct {
	*insert
	columns [][]any
}

func (r *rows) add(values []any) {
	for i, v := range values {
		r.columns[i] = append(r.columns[i], v)
	}
}

// lists are the columns as PostgreSQL takes them.
func (r *rows) lists() []any {
	all := make([]any, len(r.columns))
	for i, column := range r.columns {
		switch r.of[i] {
		case aNumber:
			all[i] = listed[int64](column)
		case aText:
			all[i] = listed[string](column)
		case aDigest:
			all[i] = listed[[]byte](column)
		}
	}
	return all
}

func listed[T any](column []any) []T {
	list := make([]T, len(column))
	for i, v := range column {
		list[i] = v.(T)
	}
	return list
}

// insert adds a row: at once, or with all others of its table when what waits is
// sent. Whoever changes rows that may wait has them sent first.
func (w *writer) insert(into *insert, values ...any) error {
	if w.pipe == nil {
		return w.exec(into.each, values...)
	}
	w.pipe.insert(into, values)
	return nil
}
