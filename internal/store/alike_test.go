package store

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/store/postgrestest"
)

// The schemas of both databases are the same in kind: tables, columns with their
// types and defaults, keys, what refers to what, what has to be unique and under
// which condition, and how many conditions there are.
func TestSchemasAreAlike(t *testing.T) {
	lite := openFile(t, filepath.Join(t.TempDir(), "hiwar.db"))
	server := openPostgres(t, postgrestest.URLOf(t, prepared))
	want, got := sqliteSchema(t, lite), postgresSchema(t, server)
	if len(want) < 40 {
		t.Fatalf("only %d tables were read", len(want))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the schema for PostgreSQL differs (-SQLite +PostgreSQL):\n%s", diff)
	}
}

// schema is what a table is, in words that are the same of both databases.
type schema map[string][]string

func (s schema) add(table, format string, args ...any) {
	if table != "goose_db_version" && !strings.HasPrefix(table, "sqlite_") {
		s[table] = append(s[table], fmt.Sprintf(format, args...))
	}
}

func (s schema) sorted() schema {
	for _, lines := range s {
		slices.Sort(lines)
	}
	return s
}

// rowsOf reads what a query of a catalog says.
func rowsOf(t *testing.T, db *DB, query string) (all [][]string) {
	t.Helper()
	rows, err := db.read.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	for rows.Next() {
		line, into := make([]string, len(columns)), make([]any, len(columns))
		for i := range line {
			into[i] = &line[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	return all
}

var kinds = map[string]string{"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea", "REAL": "double precision"}

func sqliteSchema(t *testing.T, db *DB) schema {
	s := schema{}
	for _, r := range rowsOf(t, db, `SELECT m.name, c.name, c.type, c."notnull" OR c.pk > 0, coalesce(c.dflt_value, ''), m.sql FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'`) {
		s.add(r[0], "column %s %s required=%s default=%s", r[1], kinds[r[2]], r[3], r[4])
	}
	for _, r := range rowsOf(t, db, `SELECT m.name, group_concat(c.name, ',' ORDER BY c.pk) FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.pk > 0 GROUP BY m.name`) {
		s.add(r[0], "unique %s", r[1])
	}
	for _, r := range rowsOf(t, db, `SELECT m.name, f."table", group_concat(f."from" || '=' || f."to", ',' ORDER BY f.seq) FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' GROUP BY m.name, f.id`) {
		s.add(r[0], "refers to %s by %s", r[1], r[2])
	}
	for _, r := range rowsOf(t, db, `SELECT m.name, i."unique", group_concat(coalesce(c.name, 'expression'), ',' ORDER BY c.seqno), coalesce(x.sql, '') FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
		LEFT JOIN sqlite_schema x ON x.name = i.name WHERE m.type = 'table' AND i.origin <> 'pk' GROUP BY m.name, i.name`) {
		s.add(r[0], "%s %s%s", index(r[1] == "1"), r[2], condition(r[3]))
	}
	for _, r := range rowsOf(t, db, `SELECT name, sql FROM sqlite_schema WHERE type = 'table'`) {
		s.add(r[0], "conditions %d", strings.Count(r[1], "CHECK ("))
	}
	return s.sorted()
}

func postgresSchema(t *testing.T, db *DB) schema {
	s := schema{}
	for _, r := range rowsOf(t, db, `SELECT table_name, column_name, data_type, CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END, coalesce(replace(column_default, '::text', ''), '') FROM information_schema.columns WHERE table_schema = 'public'`) {
		s.add(r[0], "column %s %s required=%s default=%s", r[1], r[2], r[3], r[4])
	}
	names := `SELECT string_agg(a.attname, ',' ORDER BY k.o) FROM unnest(%s) WITH ORDINALITY k (n, o) LEFT JOIN pg_attribute a ON a.attrelid = %s AND a.attnum = k.n`
	for _, r := range rowsOf(t, db, `SELECT i.indrelid::regclass, i.indisprimary, i.indisunique, (SELECT string_agg(coalesce(a.attname, 'expression'), ',' ORDER BY k.o)
		FROM unnest(i.indkey) WITH ORDINALITY k (n, o) LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n AND k.n > 0), pg_get_indexdef(i.indexrelid)
		FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace`) {
		if r[1] == "true" {
			s.add(r[0], "unique %s", r[3])
			continue
		}
		s.add(r[0], "%s %s%s", index(r[2] == "true"), r[3], condition(r[4]))
	}
	for _, r := range rowsOf(t, db, `SELECT c.conrelid::regclass, c.confrelid::regclass, (`+fmt.Sprintf(names, "c.conkey", "c.conrelid")+`), (`+fmt.Sprintf(names, "c.confkey", "c.confrelid")+`)
		FROM pg_constraint c WHERE c.contype = 'f'`) {
		from, to := strings.Split(r[2], ","), strings.Split(r[3], ",")
		for i := range from {
			from[i] += "=" + to[i]
		}
		s.add(r[0], "refers to %s by %s", r[1], strings.Join(from, ","))
	}
	for _, r := range rowsOf(t, db, `SELECT c.oid::regclass, (SELECT count(*) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c') FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`) {
		s.add(r[0], "conditions %s", r[1])
	}
	return s.sorted()
}

func index(unique bool) string {
	if unique {
		return "unique"
	}
	return "index"
}

var noise = regexp.MustCompile(`[()\s]|::text|::json`)

// condition is that of a partial index, as far as both write it alike.
func condition(definition string) string {
	_, where, partial := strings.Cut(definition, " WHERE ")
	if !partial {
		return ""
	}
	where = noise.ReplaceAllString(where, "")
	for from, to := range map[string]string{`$.phone`: `phone`, `NOTGLOB'conv_*'`: `!~~'conv\_%'`, "AND": " and "} {
		where = strings.ReplaceAll(where, from, to)
	}
	return " where " + where
}

// Every migration has a twin, since the first for PostgreSQL.
func TestMigrationsComeInPairs(t *testing.T) {
	twins := map[string][]string{}
	for _, d := range []dialect{sqlite, postgres} {
		files, err := migrations.ReadDir("migrations/" + d.name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if version, _, _ := strings.Cut(f.Name(), "_"); version > "20261123130000" {
				twins[f.Name()] = append(twins[f.Name()], d.name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(twins)) {
		if len(twins[name]) != 2 {
			t.Errorf("%s is for %v alone: a schema changes in both", name, twins[name])
		}
	}
}
