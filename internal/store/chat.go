package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// conversations maps a record without what is in other tables. The heads are
// written by moveHeads.
var conversations = table[chat.Record]{
	name: "conversations", key: []string{"id"},
	columns: []column[chat.Record]{
		{"id", func(r *chat.Record) cell { return text(&r.Header.ID) }},
		{"asset", func(r *chat.Record) cell { return text(&r.Header.Asset) }},
		{"customer", func(r *chat.Record) cell { return text(&r.Header.Customer) }},
		{"customer_name", func(r *chat.Record) cell { return text(&r.Header.CustomerName) }},
		{"email", func(r *chat.Record) cell { return text(&r.Header.Email) }},
		{"language", func(r *chat.Record) cell { return text(&r.Header.Language) }},
		{"page", func(r *chat.Record) cell { return text(&r.Header.Page) }},
		{"about", func(r *chat.Record) cell { return document(&r.Header.About) }},
		{"started_at", func(r *chat.Record) cell { return moment(&r.Header.StartedAt) }},
		{"verified", func(r *chat.Record) cell { return flag(&r.Header.Verified) }},
		{"status", func(r *chat.Record) cell { return text(&r.Status) }},
		{"cause", func(r *chat.Record) cell { return text(&r.Cause) }},
		{"closed_at", func(r *chat.Record) cell { return moment(&r.ClosedAt) }},
		{"head", func(r *chat.Record) cell { return number(&r.Head) }},
		{"staff_head", func(r *chat.Record) cell { return number(&r.StaffHead) }},
	},
}

var participants = table[chat.Participant]{
	name: "participants", key: []string{"number"},
	columns: []column[chat.Participant]{
		{"number", func(p *chat.Participant) cell { return number(&p.Number) }},
		{"role", func(p *chat.Participant) cell { return text(&p.Role) }},
		{"user_id", func(p *chat.Participant) cell { return text(&p.User) }},
		{"name", func(p *chat.Participant) cell { return text(&p.Name) }},
		{"owner", func(p *chat.Participant) cell { return flag(&p.Owner) }},
		{"joined_at", func(p *chat.Participant) cell { return moment(&p.JoinedAt) }},
		{"left_at", func(p *chat.Participant) cell { return moment(&p.LeftAt) }},
		{"left_seq", func(p *chat.Participant) cell { return number(&p.LeftSeq) }},
		{"delivered", func(p *chat.Participant) cell { return number(&p.Delivered) }},
		{"seen", func(p *chat.Participant) cell { return number(&p.Seen) }},
	},
}

// rowKey names an organization or, with conv, a conversation, whose number
// stands for it in the tables that grow with every message.
type rowKey struct {
	org  id.Org
	conv id.Conversation
}

// numbersKept bounds how many numbers are remembered.
const numbersKept = 100_000

const orgNumber = `SELECT n FROM organizations WHERE org = ?`

// orgNumber is the number of the organization that is being written.
func (w *writer) orgNumber(o id.Org) (int64, error) {
	if w.org != 0 {
		return w.org, nil
	}
	n, err := w.lookUp(rowKey{org: o}, orgNumber, string(o))
	w.org = n
	return n, err
}

// number is the number of a conversation.
func (w *writer) number(o id.Org, c id.Conversation) (int64, error) {
	return w.lookUp(rowKey{o, c}, `SELECT n FROM conversations WHERE org = ? AND id = ?`, string(o), string(c))
}

func (w *writer) lookUp(k rowKey, query string, args ...any) (int64, error) {
	if n, ok := w.db.numbers[k]; ok {
		return n, nil
	}
	found, err := collect(context.Background(), w, "number", func(rows *sql.Rows) (n int64, err error) { return n, rows.Scan(&n) }, query, args...)
	if err != nil {
		return 0, err
	}
	if len(found) == 0 {
		return 0, fmt.Errorf("%w: %s%s is not there", engine.ErrConflict, k.org, k.conv)
	}
	w.db.remember(k, found[0])
	return found[0], nil
}

// remember keeps a number. Under mu.
func (db *DB) remember(k rowKey, n int64) {
	if len(db.numbers) >= numbersKept {
		clear(db.numbers)
	}
	db.numbers[k] = n
}

// saveChat writes what a step changed in one conversation, and with it the
// floor's share of it if that changed too: then one row is written, once.
func (w *writer) saveChat(o id.Org, c *engine.ChatChange, floor *routing.Conversation) error {
	if err := contiguous(c); err != nil {
		return err
	}
	r := &c.Record
	var err error
	if c.New {
		err = w.beginConversation(o, r)
	} else {
		err = w.moveHeads(o, c, floor)
	}
	if err != nil {
		return err
	}
	if proves(c) {
		if err := w.saveCustomer(o, r); err != nil {
			return err
		}
	}
	if c.New || changesRoster(c.Entries) {
		err = w.saveParticipants(o, r)
	} else {
		err = w.saveReaders(o, c)
	}
	if err != nil {
		return err
	}
	return w.saveEntries(o, c)
}

var (
	insertConversation = `INSERT INTO conversations (org, ` + conversations.list() + `) VALUES (` + placeholders(len(conversations.columns)+1) + `)`
	insertNumbered     = `INSERT INTO conversations (org, ` + conversations.list() + `, n) VALUES (` + placeholders(len(conversations.columns)+2) + `)`
)

// beginConversation writes a new one, under the number that was drawn for it if
// one was; else the database draws it.
func (w *writer) beginConversation(o id.Org, r *chat.Record) error {
	args := conversations.args(string(o), r)
	if n, ok := w.drawn[rowKey{o, r.Header.ID}]; ok {
		w.db.numbers[rowKey{o, r.Header.ID}] = n
		return w.exec(insertNumbered, append(args, n)...)
	}
	return w.exec(insertConversation, args...)
}

// moveHeads refuses a change that was made from another state than the stored
// one. Of what the header says only the customer ever changes; see saveCustomer.
func (w *writer) moveHeads(o id.Org, c *engine.ChatChange, floor *routing.Conversation) error {
	r := &c.Record
	n, err := w.number(o, r.Header.ID)
	if err != nil {
		return err
	}
	set := []any{int64(r.Head), int64(r.StaffHead), string(r.Status), r.Cause}
	query := moveHeads
	switch ended := r.Status == chat.Closed || floor != nil && !floor.ClosedAt.IsZero(); {
	case ended && floor != nil:
		query, set = endHeadsAndFloor, floorConversations.values(append(set, micros(r.ClosedAt)), floor)
	case ended:
		query, set = endHeads, append(set, micros(r.ClosedAt))
	case floor != nil:
		query, set = moveHeadsAndFloor, floorGoingOn.values(set, floor)
	}
	if floor != nil {
		w.floorSaved[r.Header.ID] = true
	}
	stands := func() error {
		return fmt.Errorf("%w: conversation %s does not stand at %d and %d", engine.ErrConflict, r.Header.ID, c.WasHead, c.WasStaffHead)
	}
	return w.one(stands, query, append(set, n, int64(c.WasHead), int64(c.WasStaffHead))...)
}

// A column that an index of the conversations looks at is written only when
// the conversation ends: naming it in an UPDATE writes the index anew, whether
// it changed or not, and that would be half the cost of a message.
const (
	setHeads   = `UPDATE conversations SET head = ?, staff_head = ?, status = ?, cause = ?`
	setEnd     = `, closed_at = ?`
	whereHeads = ` WHERE n = ? AND head = ? AND staff_head = ?`
	moveHeads  = setHeads + whereHeads
	endHeads   = setHeads + setEnd + whereHeads
)

var (
	moveHeadsAndFloor = setHeads + `, ` + floorGoingOn.sets() + whereHeads
	endHeadsAndFloor  = setHeads + setEnd + `, ` + floorConversations.sets() + whereHeads
)

// contiguous refuses entries that leave a number out, use one twice or do not
// lead to the heads.
func contiguous(c *engine.ChatChange) error {
	public, staff := c.WasHead, c.WasStaffHead
	for _, e := range c.Entries {
		head := &public
		if e.Topic == chat.Staff {
			head = &staff
		}
		*head++
		if e.Seq != *head {
			return fmt.Errorf("%w: entry %d of %s/%s should be %d", engine.ErrConflict, e.Seq, c.Record.Header.ID, e.Topic, *head)
		}
	}
	if public != c.Record.Head || staff != c.Record.StaffHead {
		return fmt.Errorf("%w: entries of %s lead to %d and %d, not to %d and %d", engine.ErrConflict, c.Record.Header.ID, public, staff, c.Record.Head, c.Record.StaffHead)
	}
	return nil
}

// changesRoster reports whether entries say anything about who takes part. Most
// only add to what was said, or say how far it was read.
func changesRoster(entries []chat.Entry) bool {
	for _, e := range entries {
		switch e.Kind {
		case chat.KindMessage, chat.KindNote, chat.KindLine, chat.KindStaffLine, chat.KindReceipt:
		case chat.KindJoined, chat.KindLeft, chat.KindOwner, chat.KindStatus:
			return true
		default:
			return true
		}
	}
	return false
}

var insertParticipant = `INSERT INTO participants (org, conversation, ` + participants.list() + `) VALUES (` + placeholders(len(participants.columns)+2) + `)
	ON CONFLICT (org, conversation, number) DO UPDATE SET name = excluded.name, owner = excluded.owner, joined_at = excluded.joined_at,
	left_at = excluded.left_at, left_seq = excluded.left_seq, delivered = excluded.delivered, seen = excluded.seen`

// saveParticipants writes those who are not the owner first, so that the
// ownership can pass from one to another.
func (w *writer) saveParticipants(o id.Org, r *chat.Record) error {
	for _, owners := range []bool{false, true} {
		for _, p := range r.Participants {
			if p.Owner != owners {
				continue
			}
			if p.Role == chat.Customer {
				p.Name = "" // it is the conversation's, in one place only
			}
			args := participants.values([]any{string(o), string(r.Header.ID)}, &p)
			if err := w.exec(insertParticipant, args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// saveReaders writes how far those have read whom the entries name; whatever else
// there is of them has not changed.
func (w *writer) saveReaders(o id.Org, c *engine.ChatChange) error {
	for i := range c.Record.Participants {
		p := &c.Record.Participants[i]
		if !slices.ContainsFunc(c.Entries, func(e chat.Entry) bool { return e.Kind == chat.KindReceipt && e.By == p.Number }) {
			continue
		}
		err := w.exec(`UPDATE participants SET delivered = ?, seen = ? WHERE org = ? AND conversation = ? AND number = ?`,
			int64(p.Delivered), int64(p.Seen), string(o), string(c.Record.Header.ID), int64(p.Number))
		if err != nil {
			return err
		}
	}
	return nil
}

// entryData is what an entry holds beyond its columns.
type entryData struct {
	Handover    bool              `json:"handover,omitempty"`
	WrapUp      bool              `json:"wrapup,omitempty"`
	Participant *participantData  `json:"participant,omitempty"`
	Line        chat.Line         `json:"line,omitempty"`
	Params      map[string]string `json:"params,omitempty"`
	Status      chat.Status       `json:"status,omitempty"`
	Cause       string            `json:"cause,omitempty"`
	Delivered   id.Seq            `json:"delivered,omitempty"`
	Seen        id.Seq            `json:"seen,omitempty"`
	After       id.Seq            `json:"after,omitempty"`
	Attachments int               `json:"attachments,omitempty"` // how many the message has: which, their rows say
}

// participantData is a participant at the time of an entry. The name is left
// out: it is personal and has its own place.
type participantData struct {
	Number    int       `json:"number,omitempty"`
	Role      chat.Role `json:"role,omitempty"`
	User      id.User   `json:"user,omitempty"`
	Owner     bool      `json:"owner,omitempty"`
	JoinedAt  int64     `json:"joined_at,omitempty"`
	LeftAt    int64     `json:"left_at,omitempty"`
	LeftSeq   id.Seq    `json:"left_seq,omitempty"`
	Delivered id.Seq    `json:"delivered,omitempty"`
	Seen      id.Seq    `json:"seen,omitempty"`
}

func newParticipantData(p *chat.Participant) *participantData {
	if p == nil {
		return nil
	}
	return &participantData{
		Number: p.Number, Role: p.Role, User: p.User, Owner: p.Owner, JoinedAt: micros(p.JoinedAt), LeftAt: micros(p.LeftAt),
		LeftSeq: p.LeftSeq, Delivered: p.Delivered, Seen: p.Seen,
	}
}

func (p *participantData) participant() *chat.Participant {
	if p == nil {
		return nil
	}
	return &chat.Participant{
		Number: p.Number, Role: p.Role, User: p.User, Owner: p.Owner, JoinedAt: fromMicros(p.JoinedAt), LeftAt: fromMicros(p.LeftAt),
		LeftSeq: p.LeftSeq, Delivered: p.Delivered, Seen: p.Seen,
	}
}

// encodeEntry is the data column of an entry.
func encodeEntry(e *chat.Entry) (string, error) {
	if e.Kind == chat.KindMessage && len(e.Attachments) == 0 {
		return "", nil // all of it has columns; messages are most of all entries
	}
	b, err := json.Marshal(entryData{
		Handover: e.Handover, WrapUp: e.WrapUp, Participant: newParticipantData(e.Participant), Line: e.Line, Params: e.Params,
		Status: e.Status, Cause: e.Cause, Delivered: e.Delivered, Seen: e.Seen, After: e.After, Attachments: len(e.Attachments),
	})
	return string(b), err
}

func decodeEntry(data string, e *chat.Entry) error {
	if data == "" {
		return nil
	}
	var d entryData
	if err := json.Unmarshal([]byte(data), &d); err != nil {
		return fmt.Errorf("entry %d: %w", e.Seq, err)
	}
	e.Handover, e.WrapUp, e.Participant, e.Line, e.Params = d.Handover, d.WrapUp, d.Participant.participant(), d.Line, d.Params
	e.Status, e.Cause, e.Delivered, e.Seen, e.After = d.Status, d.Cause, d.Delivered, d.Seen, d.After
	if d.Attachments > 0 {
		e.Attachments = make([]chat.Attachment, 0, d.Attachments)
	}
	return nil
}

var (
	intoEntries = insertInto("entries", "org", aNumber, "conversation", aNumber, "topic", aNumber, "seq", aNumber, "at", aNumber,
		"kind", aText, "by_number", aNumber, "client_id", aText, "data", aText)
	intoMessages = insertInto("messages", "org", aNumber, "conversation", aNumber, "client_id", aText, "topic", aNumber, "seq", aNumber, "digest", aDigest, "text", aText)
)

// topicNumber is how the tables name a topic.
func topicNumber(t chat.Topic) int64 {
	if t == chat.Staff {
		return 1
	}
	return 0
}

func topicNamed(n int64) chat.Topic {
	if n == 1 {
		return chat.Staff
	}
	return chat.Public
}

func (w *writer) saveEntries(o id.Org, c *engine.ChatChange) error {
	if len(c.Entries) == 0 && len(c.Record.Sent) == 0 {
		return nil
	}
	org, err := w.orgNumber(o)
	if err != nil {
		return err
	}
	conv, err := w.number(o, c.Record.Header.ID)
	if err != nil {
		return err
	}
	sent := c.Record.Sent
	for i := range c.Entries {
		e := &c.Entries[i]
		data, err := encodeEntry(e)
		if err != nil {
			return err
		}
		if err := w.insert(intoEntries, org, conv, topicNumber(e.Topic), int64(e.Seq), micros(e.At), string(e.Kind), int64(e.By), e.ClientID, data); err != nil {
			return err
		}
		if e.Kind != chat.KindMessage && e.Kind != chat.KindNote {
			continue
		}
		// Sent and the texts come in the same order.
		if len(sent) == 0 || sent[0].Topic != e.Topic || sent[0].Seq != e.Seq || sent[0].ClientID != e.ClientID {
			return fmt.Errorf("%w: entry %d of %s has a text and is not among what was sent", engine.ErrConflict, e.Seq, c.Record.Header.ID)
		}
		if err := w.insert(intoMessages, org, conv, e.ClientID, topicNumber(e.Topic), int64(e.Seq), sent[0].Digest[:], e.Text); err != nil {
			return err
		}
		if err := w.attach(o, c.Record.Header.ID, e); err != nil {
			return err
		}
		sent = sent[1:]
	}
	if len(sent) != 0 {
		return fmt.Errorf("%w: %s sent more than its entries say", engine.ErrConflict, c.Record.Header.ID)
	}
	return nil
}

// storedChat is a record with the numbers under which its entries are found.
type storedChat struct {
	chat.Record
	org, n int64
}

// loadChat reads a conversation without what was sent in it; false if there is
// none.
func loadChat(ctx context.Context, q queryer, o id.Org, c id.Conversation) (s storedChat, ok bool, err error) {
	found, err := collect(ctx, q, "conversation", func(rows *sql.Rows) (s storedChat, err error) {
		return s, rows.Scan(append(conversations.cells(&s.Record), &s.org, &s.n)...)
	}, `SELECT `+conversations.list()+`, (SELECT o.n FROM organizations o WHERE o.org = c.org), n
		FROM conversations c WHERE org = ? AND id = ?`, string(o), string(c))
	if err != nil || len(found) == 0 {
		return s, false, err
	}
	s = found[0]
	if s.Participants, err = participants.load(ctx, q, string(o), "conversation = ?", string(c)); err != nil {
		return s, false, err
	}
	nameCustomer(&s.Record)
	return s, true, nil
}

// loadSent reads all that was ever sent in a conversation, in the order in
// which it was.
func loadSent(ctx context.Context, q queryer, c storedChat) ([]chat.Sent, error) {
	return collect(ctx, q, "messages", func(rows *sql.Rows) (s chat.Sent, err error) {
		var topic, at int64
		var digest []byte
		if err := rows.Scan(&topic, &s.Seq, &s.ClientID, &digest, &at); err != nil {
			return s, err
		}
		s.Topic, s.At = topicNamed(topic), fromMicros(at)
		copy(s.Digest[:], digest)
		return s, nil
	}, `SELECT m.topic, m.seq, m.client_id, m.digest, e.at FROM messages m JOIN entries e USING (org, conversation, topic, seq)
		WHERE m.org = ? AND m.conversation = ? ORDER BY e.at, m.topic, m.seq`, c.org, c.n)
}

// loadThread reads one topic's entries through a window.
func loadThread(ctx context.Context, q queryer, c storedChat, topic chat.Topic, w engine.Window) (engine.Thread, error) {
	t := engine.Thread{Record: c.Record}
	where, order := ` AND e.seq < ?`, ` ORDER BY e.seq DESC`
	edge := int64(w.Before)
	switch {
	case w.Forward:
		where, order, edge = ` AND e.seq > ?`, ` ORDER BY e.seq`, int64(w.After)
	case w.Before == 0:
		edge = int64(max(c.Head, c.StaffHead)) + 1
	}
	if w.Shown {
		where += ` AND e.kind <> 'receipt'`
	}
	entries, err := collect(ctx, q, "entries", func(rows *sql.Rows) (chat.Entry, error) { return scanEntry(rows, topic, c.Record) },
		`SELECT e.seq, e.at, e.kind, e.by_number, e.data, e.client_id, coalesce(m.text, '')
		FROM entries e LEFT JOIN messages m USING (org, conversation, client_id)
		WHERE e.org = ? AND e.conversation = ? AND e.topic = ?`+where+order+` LIMIT ?`,
		c.org, c.n, topicNumber(topic), edge, w.Limit+1)
	if err != nil {
		return t, err
	}
	if len(entries) > w.Limit {
		entries, t.More = entries[:w.Limit], true
	}
	if !w.Forward {
		slices.Reverse(entries)
	}
	t.Entries = entries
	return t, loadAttached(ctx, q, c, entries)
}

func scanEntry(rows *sql.Rows, topic chat.Topic, r chat.Record) (e chat.Entry, err error) {
	var at int64
	var data string
	e.Topic = topic
	if err := rows.Scan(&e.Seq, &at, &e.Kind, &e.By, &data, &e.ClientID, &e.Text); err != nil {
		return e, err
	}
	e.At = fromMicros(at)
	if err := decodeEntry(data, &e); err != nil {
		return e, err
	}
	if p := e.Participant; p != nil {
		for i := range r.Participants {
			if r.Participants[i].Number == p.Number {
				p.Name = r.Participants[i].Name
			}
		}
	}
	return e, nil
}

// Chats implements [engine.Store].
func (db *DB) Chats(ctx context.Context, o id.Org, ids []id.Conversation) (found []chat.Record, err error) {
	err = db.snapshot(ctx, "chats", func(q queryer) error {
		for _, c := range ids {
			s, ok, err := loadChat(ctx, q, o, c)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if s.Sent, err = loadSent(ctx, q, s); err != nil {
				return err
			}
			found = append(found, s.Record)
		}
		return nil
	})
	return found, err
}

// Thread implements [engine.Reader].
func (db *DB) Thread(ctx context.Context, o id.Org, c id.Conversation, topic chat.Topic, w engine.Window) (t engine.Thread, err error) {
	err = db.snapshot(ctx, "thread", func(q queryer) error {
		s, ok, err := loadChat(ctx, q, o, c)
		if err != nil {
			return err
		}
		if !ok {
			return notFound()
		}
		t, err = loadThread(ctx, q, s, topic, w)
		return err
	})
	return t, err
}

// Head implements [engine.Reader].
func (db *DB) Head(ctx context.Context, o id.Org, c id.Conversation, topic chat.Topic) (head id.Seq, err error) {
	column := "head"
	if topic == chat.Staff {
		column = "staff_head"
	}
	err = db.snapshot(ctx, "head", func(q queryer) error {
		_, err := collect(ctx, q, "head", func(rows *sql.Rows) (none struct{}, err error) { return none, rows.Scan(&head) },
			`SELECT `+column+` FROM conversations WHERE org = ? AND id = ?`, string(o), string(c))
		return err
	})
	return head, err
}
