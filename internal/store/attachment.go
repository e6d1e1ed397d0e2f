package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

const uploadColumns = `id, name, type, size, width, height, conversation, uploader, command, digest, blob, at, message`

func scanUpload(rows *sql.Rows) (u chat.Upload, err error) {
	var digest []byte
	err = rows.Scan(text(&u.ID), &u.Name, &u.Type, &u.Size, &u.Width, &u.Height, text(&u.Conversation), text(&u.By.User), &u.Command, &digest, &u.Blob, moment(&u.At), &u.Message)
	copy(u.Digest[:], digest)
	u.By.Customer = u.By.User == ""
	return u, err
}

// AddUpload implements [engine.Uploads].
func (db *DB) AddUpload(ctx context.Context, o id.Org, u chat.Upload, quota engine.Quota) (kept chat.Upload, err error) {
	err = db.transact("upload", func(w *writer) error {
		found, err := collect(ctx, w, "upload", scanUpload, `SELECT `+uploadColumns+` FROM attachments
			WHERE org = ? AND conversation = ? AND uploader = ? AND command = ?`, string(o), string(u.Conversation), string(u.By.User), u.Command)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			kept = found[0]
			return nil
		}
		if err := w.mayHold(ctx, o, u, quota); err != nil {
			return err
		}
		kept = u
		return w.exec(`INSERT INTO attachments (org, `+uploadColumns+`) VALUES (`+placeholders(14)+`)`,
			string(o), string(u.ID), u.Name, u.Type, u.Size, int64(u.Width), int64(u.Height), string(u.Conversation), string(u.By.User),
			u.Command, u.Digest[:], u.Blob, micros(u.At), u.Message)
	})
	return kept, err
}

func (w *writer) mayHold(ctx context.Context, o id.Org, u chat.Upload, quota engine.Quota) error {
	held, err := collect(ctx, w, "quota", func(rows *sql.Rows) (q engine.Quota, err error) {
		return q, rows.Scan(&q.Bytes, &q.Unsent)
	}, `SELECT CAST(coalesce(sum(size), 0) AS BIGINT), count(*) FILTER (WHERE message = '' AND uploader = ?3) FROM attachments WHERE org = ?1 AND conversation = ?2`,
		string(o), string(u.Conversation), string(u.By.User))
	if err != nil {
		return err
	}
	if held[0].Bytes+u.Size > quota.Bytes || held[0].Unsent >= quota.Unsent {
		return problem.New(problem.QuotaExceeded)
	}
	return nil
}

// Uploads implements [engine.Store].
func (db *DB) Uploads(ctx context.Context, o id.Org, c id.Conversation, ids []id.Attachment) (found []chat.Upload, err error) {
	err = db.snapshot(ctx, "uploads", func(q queryer) error {
		for _, a := range ids {
			some, err := collect(ctx, q, "uploads", scanUpload, `SELECT `+uploadColumns+` FROM attachments WHERE org = ? AND id = ? AND conversation = ?`,
				string(o), string(a), string(c))
			if err != nil {
				return err
			}
			found = append(found, some...)
		}
		return nil
	})
	return found, err
}

// attach gives a message its attachments. One that another message has, or that
// is somebody else's, contradicts what is stored.
func (w *writer) attach(o id.Org, c id.Conversation, e *chat.Entry) error {
	for i, a := range e.Attachments {
		there := func() error {
			return fmt.Errorf("%w: %s is not there to be attached to %s", engine.ErrConflict, a.ID, e.ClientID)
		}
		err := w.one(there, `UPDATE attachments SET message = ?, place = ? WHERE org = ? AND id = ? AND conversation = ? AND message = ''`,
			e.ClientID, int64(i), string(o), string(a.ID), string(c))
		if err != nil {
			return err
		}
	}
	return nil
}

// loadAttached fills in the attachments of the entries that say they have some.
func loadAttached(ctx context.Context, q queryer, c storedChat, entries []chat.Entry) error {
	has := func(e chat.Entry) bool { return e.Attachments != nil }
	if !slices.ContainsFunc(entries, has) {
		return nil
	}
	for i := range entries {
		if !has(entries[i]) {
			continue
		}
		found, err := collect(ctx, q, "attachments", scanUpload, `SELECT `+uploadColumns+` FROM attachments a
			WHERE org = (SELECT org FROM organizations WHERE n = ?) AND conversation = ? AND message = ? ORDER BY place`,
			c.org, string(c.Header.ID), entries[i].ClientID)
		if err != nil {
			return err
		}
		entries[i].Attachments = nil
		for _, u := range found {
			entries[i].Attachments = append(entries[i].Attachments, u.Attachment)
		}
	}
	return nil
}

// ForgetUploads forgets attachments uploaded before a moment that no message
// took, and returns where their bytes are.
func (db *DB) ForgetUploads(ctx context.Context, before time.Time) (blobs []string, err error) {
	err = db.transact("forget uploads", func(w *writer) error {
		blobs, err = collect(ctx, w, "uploads", scanBlob, `DELETE FROM attachments WHERE message = '' AND at < ? RETURNING blob`, micros(before))
		return err
	})
	return blobs, err
}

func scanBlob(rows *sql.Rows) (b string, err error) { return b, rows.Scan(&b) }

// Unknown are those of the blobs that no attachment names.
func (db *DB) Unknown(ctx context.Context, blobs []string) (unknown []string, err error) {
	err = db.snapshot(ctx, "blobs", func(q queryer) error {
		for _, b := range blobs {
			found, err := collect(ctx, q, "blobs", scanBlob, `SELECT blob FROM attachments WHERE blob = ?`, b)
			if err != nil {
				return err
			}
			if len(found) == 0 {
				unknown = append(unknown, b)
			}
		}
		return nil
	})
	return unknown, err
}

// EachBlob calls f with every blob that a message has, and how large it is.
func (db *DB) EachBlob(ctx context.Context, f func(blob string, size int64) error) error {
	const page = 1000
	last := ""
	for {
		type row struct {
			blob string
			size int64
		}
		var rows []row
		err := db.snapshot(ctx, "blobs", func(q queryer) (err error) {
			rows, err = collect(ctx, q, "blobs", func(r *sql.Rows) (x row, err error) { return x, r.Scan(&x.blob, &x.size) },
				`SELECT blob, size FROM attachments WHERE blob > ? AND message <> '' ORDER BY blob LIMIT ?`, last, page)
			return err
		})
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := f(r.blob, r.size); err != nil {
				return err
			}
			last = r.blob
		}
		if len(rows) < page {
			return nil
		}
	}
}
