package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sync"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

const selectPreferences = `SELECT document FROM preferences WHERE org = ? AND user_id = ?`

// Preferences implements [engine.Own]. What was added since they were stored
// has its default.
func (db *DB) Preferences(ctx context.Context, o id.Org, u id.User) (p org.Preferences, err error) {
	p = org.DefaultPreferences()
	err = db.snapshot(ctx, "preferences", func(q queryer) error {
		return loadPreferences(ctx, q, o, u, &p)
	})
	return p, err
}

func loadPreferences(ctx context.Context, q queryer, o id.Org, u id.User, p *org.Preferences) error {
	_, err := collect(ctx, q, "preferences", func(rows *sql.Rows) (none struct{}, err error) {
		return none, rows.Scan(document(p))
	}, selectPreferences, string(o), string(u))
	return err
}

// UpdatePreferences implements [engine.Own].
func (db *DB) UpdatePreferences(ctx context.Context, o id.Org, u id.User, change func(*org.Preferences) error) (p org.Preferences, err error) {
	p = org.DefaultPreferences()
	err = db.transact("update preferences", func(w *writer) error {
		if err := loadPreferences(ctx, w, o, u, &p); err != nil {
			return err
		}
		if err := change(&p); err != nil {
			return err
		}
		body, err := json.Marshal(p)
		if err != nil {
			return err
		}
		return w.exec(`INSERT INTO preferences (org, user_id, document) VALUES (?, ?, ?)
			ON CONFLICT (org, user_id) DO UPDATE SET document = excluded.document`, string(o), string(u), string(body))
	})
	return p, err
}

// draftWrites gathers drafts while others are being written, so that many
// people who type cost the disk one flush and not one each.
type draftWrites struct {
	mu      sync.Mutex // of waiting
	waiting []*draftWrite
	turn    sync.Mutex // to write
}

type draftWrite struct {
	org   id.Org
	user  id.User
	draft view.Draft // to be kept
	kept  view.Draft // what is kept; under turn
	done  bool       // under turn
	err   error
}

// PutDraft implements [engine.Own].
func (db *DB) PutDraft(_ context.Context, o id.Org, u id.User, d view.Draft) (view.Draft, error) {
	mine := &draftWrite{org: o, user: u, draft: d}
	db.drafts.mu.Lock()
	db.drafts.waiting = append(db.drafts.waiting, mine)
	db.drafts.mu.Unlock()

	db.drafts.turn.Lock()
	defer db.drafts.turn.Unlock()
	if !mine.done {
		db.drafts.mu.Lock()
		all := db.drafts.waiting
		db.drafts.waiting = nil
		db.drafts.mu.Unlock()
		db.writeDrafts(all)
	}
	return mine.kept, mine.err
}

func (db *DB) writeDrafts(all []*draftWrite) {
	err := db.transact("drafts", func(w *writer) error {
		for _, x := range all {
			if err := w.putDraft(x); err != nil {
				return err
			}
		}
		return nil
	})
	for _, x := range all {
		x.done = true
		if err != nil {
			x.err = err
		}
	}
}

// On a server the part is kept as it is until the draft is written: a wrap-up
// that comes at the same time comes before or after it, and takes it away then.
var putDraft = differs(fmt.Sprintf(putDraftIf, ``), fmt.Sprintf(putDraftIf, ` FOR SHARE`))

const putDraftIf = `INSERT INTO drafts (org, user_id, conversation, revision, text, at)
	SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM parts WHERE org = ?1 AND conversation = ?3 AND agent = ?2 AND submitted_at = 0%s)
	ON CONFLICT (org, user_id, conversation) DO UPDATE SET revision = excluded.revision, text = excluded.text, at = excluded.at
	WHERE excluded.revision > drafts.revision`

// putDraft keeps one; that its writer has no part is their refusal and nobody
// else's.
func (w *writer) putDraft(x *draftWrite) error {
	d := &x.draft
	x.err = nil // of an earlier attempt
	err := w.exec(putDraft, string(x.org), string(x.user), string(d.Conversation), d.Revision, d.Text, micros(d.At))
	if err != nil {
		return err
	}
	kept, err := collect(context.Background(), w, "draft", scanDraft, selectDrafts+` AND conversation = ?`, string(x.org), string(x.user), string(d.Conversation))
	switch {
	case err != nil:
		return err
	case len(kept) == 0:
		x.err = fmt.Errorf("store: draft: %w", problem.New(problem.NotParticipant))
	default:
		x.kept = kept[0]
	}
	return nil
}

const selectDrafts = `SELECT conversation, revision, text, at FROM drafts WHERE org = ? AND user_id = ?`

func scanDraft(rows *sql.Rows) (d view.Draft, err error) {
	return d, rows.Scan(text(&d.Conversation), &d.Revision, &d.Text, moment(&d.At))
}

// Drafts implements [engine.Own].
func (db *DB) Drafts(ctx context.Context, o id.Org, u id.User) (all []view.Draft, err error) {
	err = db.snapshot(ctx, "drafts", func(q queryer) error {
		all, err = collect(ctx, q, "drafts", scanDraft, selectDrafts+` AND text <> '' ORDER BY conversation`, string(o), string(u))
		return err
	})
	return all, err
}

// dropDrafts forgets what was not sent by those who have wrapped up.
func (w *writer) dropDrafts(o id.Org, parts []routing.Part) error {
	for _, p := range parts {
		if p.SubmittedAt.IsZero() {
			continue
		}
		err := w.exec(`DELETE FROM drafts WHERE org = ?1 AND user_id = ?2 AND conversation = ?3
			AND NOT EXISTS (SELECT 1 FROM parts WHERE org = ?1 AND conversation = ?3 AND agent = ?2 AND submitted_at = 0)`,
			string(o), string(p.Agent), string(p.Conversation))
		if err != nil {
			return err
		}
	}
	return nil
}
