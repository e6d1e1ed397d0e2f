package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// identity is something that holds of every database between two commits,
// with a query for what breaks it: one text a row, at most a few.
type identity struct {
	says  string
	wrong string
}

// identities are the books: what is counted or held twice must agree. The
// schema already refuses what a single row can say wrong; these speak of rows
// in several tables.
var identities = []identity{
	{"an open request holds its claim and its slot", `
		SELECT 'offer ' || o.id FROM offers o WHERE o.ending = '' AND NOT (
			EXISTS (SELECT 1 FROM claims c WHERE c.org = o.org AND c.task = o.task AND c.holder = 'offer/' || o.id) AND
			EXISTS (SELECT 1 FROM slots s WHERE s.org = o.org AND s.agent = o.agent AND s.slot = o.slot AND s.holder = 'offer/' || o.id))`},
	{"a part holds its claim until it ends, and its slot until its wrap-up is in", `
		SELECT 'part ' || p.id FROM parts p WHERE
			(p.ended_at = 0) <> EXISTS (SELECT 1 FROM claims c WHERE c.org = p.org AND c.task = p.task AND c.holder = 'part/' || p.id) OR
			(p.submitted_at = 0) <> EXISTS (SELECT 1 FROM slots s WHERE s.org = p.org AND s.agent = p.agent AND s.slot = p.slot AND s.holder = 'part/' || p.id)`},
	{"nothing else holds a claim or a slot", `
		SELECT holder FROM (SELECT org, holder FROM claims UNION SELECT org, holder FROM slots) h WHERE NOT
			EXISTS (SELECT 1 FROM offers o WHERE o.org = h.org AND o.ending = '' AND h.holder = 'offer/' || o.id) AND NOT
			EXISTS (SELECT 1 FROM parts p WHERE p.org = h.org AND p.submitted_at = 0 AND h.holder = 'part/' || p.id)`},
	{"every accepted request became one part, and every part was a request", `
		SELECT 'task ' || t.id FROM tasks t WHERE
			(SELECT count(*) FROM offers o WHERE o.org = t.org AND o.task = t.id AND o.ending = 'accepted') <>
			(SELECT count(*) FROM parts p WHERE p.org = t.org AND p.task = t.id)`},
	{"a request is missed at its deadline, not before", `
		SELECT 'offer ' || id FROM offers WHERE ending = 'missed' AND ended_at < deadline`},
	{"started = handled + abandoned + not served + void + open", `
		SELECT 'conversation ' || id FROM conversations WHERE waiting_since > 0 AND (closed_at > 0) <> (ended_at > 0)`},
	{"an open conversation has an owner or waits for one", `
		SELECT 'conversation ' || c.id FROM conversations c WHERE c.waiting_since > 0 AND c.ended_at = 0 AND NOT
			EXISTS (SELECT 1 FROM parts p WHERE p.org = c.org AND p.conversation = c.id AND p.role = 'owner' AND p.ended_at = 0) AND NOT
			EXISTS (SELECT 1 FROM tasks t WHERE t.org = c.org AND t.conversation = c.id AND t.kind <> 'conference' AND t.state IN ('waiting', 'offered'))`},
	{"topics are numbered without a hole", `
		SELECT 'conversation ' || c.id FROM conversations c JOIN organizations o ON o.org = c.org
			LEFT JOIN (
				SELECT org, conversation,
					count(*) FILTER (WHERE topic = 0) AS said, max(seq) FILTER (WHERE topic = 0) AS last,
					count(*) FILTER (WHERE topic = 1) AS noted, max(seq) FILTER (WHERE topic = 1) AS last_note
				FROM entries GROUP BY org, conversation) e ON e.org = o.n AND e.conversation = c.n
			WHERE c.head <> coalesce(e.said, 0) OR c.head <> coalesce(e.last, 0) OR c.staff_head <> coalesce(e.noted, 0) OR c.staff_head <> coalesce(e.last_note, 0)`},
	{"every message is in the log, and every line of the log has its message", `
		SELECT 'message ' || m.client_id FROM messages m
			LEFT JOIN entries e ON e.org = m.org AND e.conversation = m.conversation AND e.topic = m.topic AND e.seq = m.seq
			WHERE e.client_id IS DISTINCT FROM m.client_id
		UNION ALL
		SELECT 'line ' || e.client_id FROM entries e WHERE e.client_id <> '' AND NOT
			EXISTS (SELECT 1 FROM messages m WHERE m.org = e.org AND m.conversation = e.conversation AND m.client_id = e.client_id)`},
	{"no agent's topic is ahead of its number", `
		SELECT 'agent ' || f.user_id FROM feed f GROUP BY f.org, f.user_id HAVING max(f.seq) >
			coalesce((SELECT head FROM feed_heads h WHERE h.org = f.org AND h.user_id = f.user_id), 0)`},
}

// CheckLedger recomputes what must add up from the rows themselves and says
// what does not. It sees one moment and reads every table once.
func (db *DB) CheckLedger(ctx context.Context) error {
	var broken []string
	err := db.snapshot(ctx, "check ledger", func(q queryer) error {
		for _, i := range identities {
			wrong, err := collect(ctx, q, "ledger", func(rows *sql.Rows) (s string, err error) { return s, rows.Scan(&s) }, i.wrong+` LIMIT 3`)
			if err != nil {
				return fmt.Errorf("%s: %w", i.says, err)
			}
			if len(wrong) > 0 {
				broken = append(broken, fmt.Sprintf("not so: %s: %s", i.says, strings.Join(wrong, ", ")))
			}
		}
		return nil
	})
	if err == nil && len(broken) > 0 {
		err = fmt.Errorf("store: %s", strings.Join(broken, "; "))
	}
	return err
}
