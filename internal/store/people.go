package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
)

var findPeople = differs(fmt.Sprintf(findPeopleBy, `about ->> '$.phone'`), fmt.Sprintf(findPeopleBy, `(about::json ->> 'phone')`))

const findPeopleBy = `SELECT customer FROM conversations WHERE org = ?1 AND email = lower(?2) AND email <> ''
	UNION SELECT customer FROM conversations WHERE org = ?1 AND %[1]s = ?2 AND %[1]s <> ''
	UNION SELECT customer FROM conversations WHERE org = ?1 AND id = ?2
	UNION SELECT p.customer FROM assets a JOIN people p ON p.org = a.org AND p.asset = a.id AND p.subject = ?2 WHERE a.org = ?1
	ORDER BY customer LIMIT ?3`

// FindPeople implements [engine.People].
func (db *DB) FindPeople(ctx context.Context, o id.Org, what string, limit int) (found []id.Customer, err error) {
	query := findPeople
	if strings.HasPrefix(what, id.PrefixCustomer+"_") {
		query = `SELECT customer FROM conversations WHERE org = ?1 AND customer = ?2 UNION SELECT customer FROM visitors WHERE org = ?1 AND customer = ?2 LIMIT ?3`
	}
	err = db.snapshot(ctx, "find people", func(q queryer) error {
		found, err = collect(ctx, q, "people", func(rows *sql.Rows) (c id.Customer, err error) { return c, rows.Scan(text(&c)) }, query, string(o), what, int64(limit))
		return err
	})
	return found, err
}

// Person implements [engine.People].
func (db *DB) Person(ctx context.Context, o id.Org, c id.Customer) (p engine.Person, err error) {
	p.Customer = c
	err = db.snapshot(ctx, "person", func(q queryer) error {
		if p.Conversations, err = keptOf(ctx, q, o, c); err != nil {
			return err
		}
		if p.Identities, err = identitiesOf(ctx, q, o, c); err != nil {
			return err
		}
		p.Visitors, err = collect(ctx, q, "visitors", func(rows *sql.Rows) (v access.Visitor, err error) {
			var digest []byte
			err = rows.Scan(&digest, text(&v.Org), text(&v.Asset), text(&v.Customer), text(&v.Conversation), moment(&v.CreatedAt), flag(&v.Proven), moment(&v.Expires), document(&v.Signed))
			copy(v.Digest[:], digest)
			return v, err
		}, `SELECT digest, org, asset, customer, conversation, created_at, proven, expires, signed FROM visitors WHERE org = ? AND customer = ? ORDER BY created_at`, string(o), string(c))
		if err != nil {
			return err
		}
		if len(p.Conversations)+len(p.Identities)+len(p.Visitors) == 0 {
			return notFound()
		}
		if p.Files, err = collect(ctx, q, "files", scanUpload, filesOf, string(o), string(c)); err != nil {
			return err
		}
		describe(&p)
		return markHeld(ctx, q, o, &p)
	})
	return p, err
}

// keptOf are a customer's conversations, newest first.
func keptOf(ctx context.Context, q queryer, o id.Org, c id.Customer) (all []engine.KeptConversation, err error) {
	all, err = collect(ctx, q, "conversations", func(rows *sql.Rows) (k engine.KeptConversation, err error) {
		return k, rows.Scan(append(conversations.cells(&k.Record), text(&k.Queue), moment(&k.ErasedAt), flag(&k.Busy))...)
	}, `SELECT `+conversations.list()+`, queue, erased_at, closed_at = 0 OR EXISTS (SELECT 1 FROM parts p WHERE p.org = c.org AND p.conversation = c.id AND p.submitted_at = 0)
		FROM conversations c WHERE org = ? AND customer = ? ORDER BY started_at DESC, id DESC`, string(o), string(c))
	if err != nil {
		return nil, err
	}
	at := map[id.Conversation]*chat.Record{}
	for i := range all {
		at[all[i].Record.Header.ID] = &all[i].Record
	}
	if _, err := collect(ctx, q, "participants", func(rows *sql.Rows) (none struct{}, err error) {
		var c id.Conversation
		var p chat.Participant
		if err := rows.Scan(append([]any{text(&c)}, participants.cells(&p)...)...); err != nil {
			return none, err
		}
		at[c].Participants = append(at[c].Participants, p)
		return none, nil
	}, participantsWith, string(o), string(c)); err != nil {
		return nil, err
	}
	for i := range all {
		nameCustomer(&all[i].Record)
	}
	return all, nil
}

// Of all conversations of a customer at once: somebody may have hundreds.
var (
	participantsWith = `SELECT conversation, ` + participants.list() + ` FROM participants WHERE org = ?1 AND ` + ofCustomer + ` ORDER BY conversation, number`
	filesOf          = `SELECT ` + uploadColumns + ` FROM attachments WHERE org = ?1 AND ` + ofCustomer + ` ORDER BY at, id`
)

const ofCustomer = `conversation IN (SELECT id FROM conversations WHERE org = ?1 AND customer = ?2)`

func identitiesOf(ctx context.Context, q queryer, o id.Org, c id.Customer) ([]engine.Identity, error) {
	return collect(ctx, q, "identities", func(rows *sql.Rows) (i engine.Identity, err error) {
		return i, rows.Scan(text(&i.Asset), &i.Subject, moment(&i.CreatedAt))
	}, `SELECT asset, subject, created_at FROM people WHERE org = ? AND customer = ?`, string(o), string(c))
}

// describe takes what a person is called from what was said last.
func describe(p *engine.Person) {
	take := func(into *string, s string) {
		if *into == "" {
			*into = s
		}
	}
	for _, k := range p.Conversations {
		h := k.Record.Header
		take(&p.Name, h.CustomerName)
		take(&p.Email, h.Email)
		take(&p.Phone, h.About.Phone)
	}
	for _, v := range p.Visitors {
		take(&p.Name, v.Signed.Name)
		take(&p.Email, v.Signed.Email)
		take(&p.Phone, v.Signed.Phone)
	}
}

func markHeld(ctx context.Context, q queryer, o id.Org, p *engine.Person) error {
	holds, err := loadHolds(ctx, q, o)
	if err != nil {
		return err
	}
	on := func(object string) *engine.Hold {
		i := slices.IndexFunc(holds, func(h engine.Hold) bool { return h.Object == object })
		if i < 0 {
			return nil
		}
		return &holds[i]
	}
	p.Hold = on(string(p.Customer))
	for i := range p.Conversations {
		p.Conversations[i].Hold = on(string(p.Conversations[i].Record.Header.ID))
	}
	return nil
}

// Holds implements [engine.People].
func (db *DB) Holds(ctx context.Context, o id.Org) (holds []engine.Hold, err error) {
	err = db.snapshot(ctx, "holds", func(q queryer) error {
		holds, err = loadHolds(ctx, q, o)
		return err
	})
	return holds, err
}

func loadHolds(ctx context.Context, q queryer, o id.Org) ([]engine.Hold, error) {
	return collect(ctx, q, "holds", func(rows *sql.Rows) (h engine.Hold, err error) {
		return h, rows.Scan(&h.Object, &h.Reason, text(&h.By), moment(&h.At))
	}, `SELECT object, reason, user_id, at FROM holds WHERE org = ? ORDER BY object`, string(o))
}

// Ended implements [engine.People].
func (db *DB) Ended(ctx context.Context, o id.Org, queue id.Queue, before time.Time, limit int) (due []id.Conversation, err error) {
	err = db.snapshot(ctx, "ended", func(q queryer) error {
		due, err = collect(ctx, q, "ended", func(rows *sql.Rows) (c id.Conversation, err error) { return c, rows.Scan(text(&c)) },
			`SELECT id FROM conversations c WHERE org = ?1 AND queue = ?2 AND closed_at > 0 AND closed_at < ?3 AND erased_at = 0
			AND NOT EXISTS (SELECT 1 FROM parts p WHERE p.org = c.org AND p.conversation = c.id AND p.submitted_at = 0)
			AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.org = c.org AND h.object = c.id)
			AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.org = c.org AND h.object = c.customer)
			ORDER BY closed_at LIMIT ?4`, string(o), string(queue), micros(before), int64(limit))
		return err
	})
	return due, err
}

// Blobs implements [engine.People].
func (db *DB) Blobs(ctx context.Context, o id.Org, of []id.Conversation) (blobs []string, err error) {
	err = db.snapshot(ctx, "blobs", func(q queryer) error {
		for _, c := range of {
			found, err := collect(ctx, q, "blobs", scanBlob, `SELECT blob FROM attachments WHERE org = ? AND conversation = ?`, string(o), string(c))
			if err != nil {
				return err
			}
			blobs = append(blobs, found...)
		}
		return nil
	})
	return blobs, err
}

// saveHolds sets holds and lifts them.
func (w *writer) saveHolds(o id.Org, holds []engine.Hold) error {
	for _, h := range holds {
		err := w.exec(`DELETE FROM holds WHERE org = ? AND object = ?`, string(o), h.Object)
		if err == nil && h.Reason != "" {
			err = w.exec(`INSERT INTO holds (org, object, reason, user_id, at) VALUES (?, ?, ?, ?, ?)`, string(o), h.Object, h.Reason, string(h.By), micros(h.At))
		}
		if err != nil {
			return fmt.Errorf("hold: %w", err)
		}
	}
	return nil
}

// saveErased takes out what was said and who said it. What was deleted is
// overwritten in this transaction; see [DB.Scrub] for the rest.
func (w *writer) saveErased(b *engine.OrgBatch, now time.Time) (err error) {
	if len(b.Erased)+len(b.Forgotten) == 0 {
		return nil
	}
	if err := w.flush(); err != nil { // what is erased may have been said in this very batch
		return err
	}
	if w.pipe == nil {
		if err := w.once(`PRAGMA secure_delete = on`); err != nil {
			return err
		}
		defer func() {
			if off := w.once(`PRAGMA secure_delete = fast`); err == nil {
				err = off
			}
		}()
	}
	for _, c := range b.Erased {
		if err := w.erase(b.Org, c, now); err != nil {
			return fmt.Errorf("erase %s: %w", c, err)
		}
	}
	for _, c := range b.Forgotten {
		for _, statement := range []string{
			`DELETE FROM visitors WHERE org = ? AND customer = ?`, `DELETE FROM people WHERE org = ? AND customer = ?`,
			`DELETE FROM blocks WHERE org = ? AND customer = ?`, // with the reason somebody wrote
		} {
			if err := w.exec(statement, string(b.Org), string(c)); err != nil {
				return err
			}
		}
		if err := w.exec(`DELETE FROM replies WHERE org = ? AND scope = ?`, string(b.Org), "visitor/"+string(c)); err != nil {
			return err
		}
	}
	return nil
}

// once carries out a statement that is not kept prepared: a PRAGMA acts when it
// is prepared, and the table of zeros is not always there.
func (w *writer) once(statement string, args ...any) error {
	_, err := w.c.ExecContext(context.Background(), statement, args...)
	return err
}

var dropTold = differs(fmt.Sprintf(dropToldIn, `instr(t.data, ?2) > 0`), fmt.Sprintf(dropToldIn, `strpos(t.data, ?2) > 0`))

const dropToldIn = `DELETE FROM feed WHERE org = ?1 AND user_id IN (SELECT agent FROM parts WHERE org = ?1 AND conversation = ?2
	UNION SELECT agent FROM offers WHERE org = ?1 AND conversation = ?2 AND ending <> '')
	AND seq <= (SELECT max(t.seq) FROM feed t WHERE t.org = ?1 AND t.user_id = feed.user_id AND %s)`

// erase leaves of a conversation that it was: its times, its numbers, and who
// of the staff took part.
func (w *writer) erase(o id.Org, c id.Conversation, now time.Time) error {
	org, err := w.orgNumber(o)
	if err != nil {
		return err
	}
	n, err := w.number(o, c)
	if err != nil {
		return err
	}
	// What an agent was told of it, and all before that: their desk begins
	// anew from there.
	if err := w.exec(dropTold, string(o), string(c)); err != nil {
		return err
	}
	for _, s := range []struct {
		statement string
		args      []any
	}{
		{`DELETE FROM messages WHERE org = ? AND conversation = ?`, []any{org, n}},
		{`UPDATE entries SET client_id = '', data = CASE kind WHEN 'message' THEN '' ELSE data END WHERE org = ? AND conversation = ? AND client_id <> ''`, []any{org, n}},
		{`DELETE FROM attachments WHERE org = ? AND conversation = ?`, []any{string(o), string(c)}},
		{`DELETE FROM drafts WHERE org = ?1 AND conversation = ?2 AND user_id IN (SELECT agent FROM parts WHERE org = ?1 AND conversation = ?2)`, []any{string(o), string(c)}},
		{`DELETE FROM replies WHERE org = ? AND scope = ?`, []any{string(o), string(c)}},
		{`UPDATE conversations SET customer_name = '', email = '', page = '', about = '{}', requires = '[]', erased_at = ? WHERE n = ?`, []any{micros(now), n}},
	} {
		if err := w.exec(s.statement, s.args...); err != nil {
			return fmt.Errorf("%.30s: %w", s.statement, err)
		}
	}
	return nil
}

// scrubPages is how many free pages are overwritten by one transaction: a few
// megabytes, so that nobody waits for it.
const scrubPages = 1000

// scrubTries is how often the journal is tried to be emptied while somebody
// reads from it.
const scrubTries = 100

// Scrub implements [engine.People]. Pages that became free before are given
// zeros by a table that takes them all and is dropped again; then the journal
// is moved into the database and cut to nothing, as soon as nobody reads an
// older moment from it.
func (db *DB) Scrub(ctx context.Context) error {
	if db.remote() {
		return db.vacuum(ctx)
	}
	if db.conn == nil { // in memory there are no files
		return nil
	}
	for {
		left, err := db.scrubSome()
		if err != nil {
			return err
		}
		if left == 0 {
			break
		}
	}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for range scrubTries {
		empty, err := db.emptyJournal()
		if err != nil || empty {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fmt.Errorf("store: scrub: the journal is being read all the time")
}

// scrubSome overwrites some free pages and says how many are left.
func (db *DB) scrubSome() (left int64, err error) {
	err = db.transact("scrub", func(w *writer) error {
		free, err := collect(context.Background(), w, "free pages", func(rows *sql.Rows) (n int64, err error) { return n, rows.Scan(&n) }, `PRAGMA freelist_count`)
		if err != nil {
			return err
		}
		left = free[0]
		if left > 0 {
			err = w.once(`CREATE TABLE IF NOT EXISTS scrub (zeros BLOB NOT NULL)`)
			if err == nil {
				// A page holds a little less than its size of a value's bytes.
				err = w.once(`INSERT INTO scrub SELECT zeroblob(? * (page_size - 4)) FROM pragma_page_size`, min(left, scrubPages))
			}
			left = max(left-scrubPages, 0)
		}
		if err != nil || left > 0 {
			return err
		}
		return w.once(`DROP TABLE IF EXISTS scrub`)
	})
	return left, err
}
