package store

import (
	"context"
	"database/sql"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// An owner's parts that closed since, or go on; with the first message that
// the agent wrote in each.
const selectDay = `SELECT p.accepted_at, p.ended_at, p.submitted_at, coalesce((
		SELECT min(e.at) FROM entries e WHERE e.org = (SELECT n FROM organizations o WHERE o.org = p.org)
		AND e.conversation = (SELECT n FROM conversations c WHERE c.org = p.org AND c.id = p.conversation)
		AND e.topic = 0 AND e.kind = 'message' AND e.at >= p.accepted_at AND (p.ended_at = 0 OR e.at <= p.ended_at)
		AND e.by_number = (SELECT number FROM participants x WHERE x.org = p.org AND x.conversation = p.conversation AND x.user_id = p.agent)
	), 0) FROM parts p WHERE p.org = ?1 AND p.agent = ?2 AND p.role = 'owner' AND (p.submitted_at = 0 OR p.submitted_at >= ?3)`

// Day implements [engine.Reader].
func (db *DB) Day(ctx context.Context, o id.Org, u id.User, from time.Time) (d engine.Day, err error) {
	err = db.snapshot(ctx, "day", func(q queryer) error {
		_, err := collect(ctx, q, "parts", func(rows *sql.Rows) (none struct{}, err error) {
			var accepted, ended, submitted, replied time.Time
			if err := rows.Scan(moment(&accepted), moment(&ended), moment(&submitted), moment(&replied)); err != nil {
				return none, err
			}
			if !submitted.IsZero() {
				d.Handled = append(d.Handled, ended.Sub(accepted))
			}
			if !replied.IsZero() && !accepted.Before(from) {
				d.FirstResponses = append(d.FirstResponses, replied.Sub(accepted))
			}
			return none, nil
		}, selectDay+` ORDER BY p.id`, string(o), string(u), micros(from))
		if err != nil {
			return err
		}
		_, err = collect(ctx, q, "missed", func(rows *sql.Rows) (none struct{}, err error) { return none, rows.Scan(&d.Missed) },
			`SELECT count(*) FROM offers WHERE org = ? AND agent = ? AND ending = 'missed' AND made_at >= ?`, string(o), string(u), micros(from))
		if err != nil {
			return err
		}
		d.Spells, err = collect(ctx, q, "presences", func(rows *sql.Rows) (s engine.Spell, err error) {
			return s, rows.Scan(moment(&s.Since), text(&s.Presence), text(&s.IdleReason))
		}, `SELECT since, presence, idle_reason FROM presences WHERE org = ?1 AND agent = ?2
			AND since >= (SELECT coalesce(max(since), 0) FROM presences WHERE org = ?1 AND agent = ?2 AND since <= ?3) ORDER BY since`,
			string(o), string(u), micros(from))
		return err
	})
	return d, err
}

// recordPresences keeps when agents' states began. Most changes of an agent's
// record are none of the state, and write nothing.
func (w *writer) recordPresences(o id.Org, agents []routing.Agent) error {
	for _, a := range agents {
		err := w.exec(`INSERT INTO presences (org, agent, since, presence, idle_reason) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (org, agent, since) DO UPDATE SET presence = excluded.presence, idle_reason = excluded.idle_reason
			WHERE presences.presence <> excluded.presence OR presences.idle_reason <> excluded.idle_reason`,
			string(o), string(a.ID), micros(a.Since), string(a.Presence), string(a.IdleReason))
		if err != nil {
			return err
		}
	}
	return nil
}
