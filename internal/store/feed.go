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

// feedSlack is how many more may be there: those that are not kept any more go
// together, and most events remove nothing.
const feedSlack = 100

var intoFeed = insertInto("feed", "org", aText, "user_id", aText, "seq", aNumber, "at", aNumber, "kind", aText, "data", aText)

// saveFeed appends to agents' topics. The first event of each agent in the
// batch says where the topic has to stand.
func (w *writer) saveFeed(o id.Org, events []engine.FeedEvent) error {
	type span struct{ from, to id.Seq }
	spans := map[id.User]span{}
	var order []id.User
	for i := range events {
		e := &events[i]
		s, seen := spans[e.User]
		if !seen {
			s.to = e.Event.Seq - 1
			s.from = s.to
			order = append(order, e.User)
		}
		if e.Event.Seq != s.to+1 {
			return fmt.Errorf("%w: event %d of %s should be %d", engine.ErrConflict, e.Event.Seq, e.User, s.to+1)
		}
		s.to++
		spans[e.User] = s
	}
	for _, user := range order {
		if err := w.moveFeedHead(o, user, spans[user].from, spans[user].to); err != nil {
			return err
		}
	}
	for i := range events {
		e := &events[i]
		data, err := json.Marshal(e.Event.Data)
		if err != nil {
			return err
		}
		if err := w.insert(intoFeed,
			string(o), string(e.User), int64(e.Event.Seq), micros(e.Event.At), e.Event.Kind, string(data)); err != nil {
			return err
		}
	}
	return nil
}

// moveFeedHead moves a topic that stands at from, and forgets what is too old.
func (w *writer) moveFeedHead(o id.Org, user id.User, from, to id.Seq) error {
	query := `UPDATE feed_heads SET head = ? WHERE org = ? AND user_id = ? AND head = ?`
	if from == 0 { // it may not be there yet
		query = `INSERT INTO feed_heads (head, org, user_id) VALUES (?, ?, ?) ON CONFLICT (org, user_id) DO UPDATE SET head = excluded.head WHERE feed_heads.head = ?`
	}
	stands := func() error {
		return fmt.Errorf("%w: the topic of %s does not stand at %d", engine.ErrConflict, user, from)
	}
	if err := w.one(stands, query, int64(to), string(o), string(user), int64(from)); err != nil {
		return err
	}
	if from/feedSlack == to/feedSlack {
		return nil
	}
	return w.exec(`DELETE FROM feed WHERE org = ? AND user_id = ? AND seq <= ?`, string(o), string(user), int64(to)-feedKept)
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
