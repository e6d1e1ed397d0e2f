package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/view"
)

// feedKept is how many events of an agent's topic are kept. Whoever was away
// for longer gets a snapshot, which is smaller than that many events.
const feedKept = 1000

// saveFeed appends to agents' topics. The first event of each agent in the
// batch says where the topic has to stand.
func (w *writer) saveFeed(o id.Org, events []engine.FeedEvent) error {
	heads := map[id.User]id.Seq{}
	var order []id.User
	for i := range events {
		e := &events[i]
		head, seen := heads[e.User]
		if !seen {
			head = e.Event.Seq - 1
			order = append(order, e.User)
			if err := w.expectFeedHead(o, e.User, head); err != nil {
				return err
			}
		}
		if e.Event.Seq != head+1 {
			return fmt.Errorf("%w: event %d of %s should be %d", engine.ErrConflict, e.Event.Seq, e.User, head+1)
		}
		heads[e.User] = e.Event.Seq
		data, err := json.Marshal(e.Event.Data)
		if err != nil {
			return err
		}
		if err := w.exec(`INSERT INTO feed (org, user_id, seq, at, kind, data) VALUES (?, ?, ?, ?, ?, ?)`,
			string(o), string(e.User), int64(e.Event.Seq), micros(e.Event.At), e.Event.Kind, string(data)); err != nil {
			return err
		}
	}
	for _, user := range order {
		if err := w.moveFeedHead(o, user, heads[user]); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) expectFeedHead(o id.Org, user id.User, head id.Seq) error {
	if err := w.exec(`INSERT INTO feed_heads (org, user_id, head) VALUES (?, ?, 0) ON CONFLICT (org, user_id) DO NOTHING`, string(o), string(user)); err != nil {
		return err
	}
	n, err := w.affected(`UPDATE feed_heads SET head = head WHERE org = ? AND user_id = ? AND head = ?`, string(o), string(user), int64(head))
	if err != nil {
		return err
	}
	if n != 1 {
		return fmt.Errorf("%w: the topic of %s does not stand at %d", engine.ErrConflict, user, head)
	}
	return nil
}

func (w *writer) moveFeedHead(o id.Org, user id.User, head id.Seq) error {
	if err := w.exec(`UPDATE feed_heads SET head = ? WHERE org = ? AND user_id = ?`, int64(head), string(o), string(user)); err != nil {
		return err
	}
	return w.exec(`DELETE FROM feed WHERE org = ? AND user_id = ? AND seq <= ?`, string(o), string(user), int64(head)-feedKept)
}

// Feed implements [engine.Reader].
func (db *DB) Feed(ctx context.Context, o id.Org, user id.User, since id.Seq, limit int) (events []view.Event, err error) {
	err = db.snapshot(ctx, "feed", func(q queryer) error {
		events, err = collect(ctx, q, "feed", func(rows *sql.Rows) (e view.Event, err error) {
			var at int64
			var data string
			e.Topic = "agent/" + string(user)
			if err := rows.Scan(&e.Seq, &at, &e.Kind, &data); err != nil {
				return e, err
			}
			e.At, e.Data = fromMicros(at), json.RawMessage(data)
			return e, nil
		}, `SELECT seq, at, kind, data FROM feed WHERE org = ? AND user_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
			string(o), string(user), int64(since), limit)
		return err
	})
	if len(events) > 0 && events[0].Seq != since+1 {
		return nil, err
	}
	return events, err
}

// feedHeads reads where agents' topics stand.
func feedHeads(ctx context.Context, q queryer, o id.Org) (map[string]id.Seq, error) {
	heads := map[string]id.Seq{}
	_, err := collect(ctx, q, "feed heads", func(rows *sql.Rows) (none struct{}, err error) {
		var user string
		var head id.Seq
		if err := rows.Scan(&user, &head); err != nil {
			return none, err
		}
		heads["agent/"+user] = head
		return none, nil
	}, `SELECT user_id, head FROM feed_heads WHERE org = ?`, string(o))
	return heads, err
}
