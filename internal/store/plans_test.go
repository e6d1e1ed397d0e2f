package store

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// growing are the tables that grow with everything that happens: no statement
// may read one of them, or all that an organization has in it, to find a few
// rows.
var growing = []string{"conversations", "participants", "attachments", "entries", "messages", "presences", "tasks", "offers", "parts", "feed", "replies", "visitors", "sessions", "user_teams", "blocks", "passkeys", "linked_identities"}

// allowed are statements that read everything because that is asked of them.
func allowed(query string) bool {
	return slices.ContainsFunc(identities, func(i identity) bool { return strings.HasPrefix(query, i.wrong) }) || slices.Contains(wholeOnPurpose, query)
}

var (
	numbered  = regexp.MustCompile(`\?(\d+)`)
	wholeScan = regexp.MustCompile(`^(?:SCAN (\w+)$|SEARCH (\w+) USING (?:PRIMARY KEY|(?:COVERING )?INDEX (\w+)) \(org=\?\)$)`)
	// Indexes that hold only what is open at this moment.
	small = []string{"conversations_floor", "tasks_open", "offers_open", "parts_open"}
)

// readsWhole are the growing tables of which the statement reads all.
func readsWhole(t *testing.T, db *DB, query string) (tables []string) {
	t.Helper()
	n := strings.Count(query, "?")
	if all := numbered.FindAllStringSubmatch(query, -1); all != nil {
		n = 0
		for _, m := range all {
			at, _ := strconv.Atoi(m[1])
			n = max(n, at)
		}
	}
	rows, err := db.conn.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+query, make([]any, n)...)
	if err != nil {
		t.Errorf("%s: %v", query, err)
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Error(err)
		}
		m := wholeScan.FindStringSubmatch(detail)
		if m == nil {
			continue
		}
		if table := m[1] + m[2]; slices.Contains(growing, table) && !slices.Contains(small, m[3]) {
			tables = append(tables, detail)
		}
	}
	return tables
}

// statements are all that the database has understood.
func statements(db *DB) (all []string) {
	for q := range db.stmts {
		all = append(all, q)
	}
	for range cap(db.readers) {
		r := <-db.readers
		for q := range r.stmts {
			all = append(all, q)
		}
		db.readers <- r
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// looksAtPlans fails the test if a statement that it used reads a whole table.
func looksAtPlans(t *testing.T, db *DB) {
	t.Helper()
	for _, q := range statements(db) {
		if strings.HasPrefix(q, "BEGIN") || q == "COMMIT" || q == "ROLLBACK" || strings.HasPrefix(q, "PRAGMA") || allowed(q) {
			continue
		}
		for _, detail := range readsWhole(t, db, q) {
			t.Errorf("%s: %s", detail, q)
		}
	}
}

// wholeOnPurpose are asked at the start, once an hour, or when a configuration is
// read.
var wholeOnPurpose = []string{
	`DELETE FROM sessions WHERE seen_at < ? OR created_at < ?`,
	`SELECT org, id, customer, network, conversation, reason, by_user, created_at, expires_at FROM blocks ORDER BY org, id`,
	`SELECT user_id FROM factors WHERE org = ?1 AND confirmed_at > 0 UNION SELECT user_id FROM passkeys WHERE org = ?1 ORDER BY user_id`,
	`SELECT user_id, team FROM user_teams WHERE org = ? ORDER BY user_id, position`,
}
