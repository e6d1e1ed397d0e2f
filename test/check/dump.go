package check

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib"       // registers itself as "pgx"
	_ "github.com/ncruces/go-sqlite3/driver" // registers itself as "sqlite3"
)

// Dump is what a database holds. Times are microseconds; 0 is never.
type Dump struct {
	Conversations []Conversation
	Tasks         []Task
	Offers        []Offer
	Parts         []Part
	Replies       []Reply
	Feeds         []Feed
}

// Conversation is a conversation with both of its topics.
type Conversation struct {
	ID, Customer    string
	Status, Cause   string
	ClosedAt        int64
	Head, StaffHead int64
	Entries, Staff  []Entry
}

// Entry is one event of a topic.
type Entry struct {
	Seq            int64
	Kind           string
	By             int
	ClientID, Text string
	Line           string
	Author         string // the user, "" for the customer
}

// Task is one need for an agent.
type Task struct {
	ID                        int64
	Conversation, Kind, State string
}

// Offer is a task held for one agent until a deadline.
type Offer struct {
	ID, Task            int64
	Conversation, Agent string
	Slot, Capacity      int
	MadeAt, EndedAt     int64
	Ending, Cause       string
}

// Part is one agent's share of a conversation.
type Part struct {
	ID, Task                         int64
	Conversation, Agent, Role        string
	Slot, Capacity                   int
	AcceptedAt, EndedAt, SubmittedAt int64
	Reason                           string
}

// Reply is an answer that is kept for repetitions.
type Reply struct{ Scope, Command string }

// Feed is what is kept of an agent's topic.
type Feed struct {
	User   string
	Head   int64
	Events []FeedEvent
}

// FeedEvent is one event of an agent's topic.
type FeedEvent struct {
	Seq      int64
	Kind     string
	Presence string // of kind agent
}

// ReadSQLite reads the database in the file at path. It changes nothing, but
// SQLite may make its own files beside it.
func ReadSQLite(path string) (*Dump, error) {
	r := &reader{json: func(column string, keys ...string) string {
		return fmt.Sprintf("json_extract(%s, '$.%s')", column, strings.Join(keys, "."))
	}}
	return r.read("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro&_pragma=busy_timeout(10000)", path)
}

// ReadPostgres reads the PostgreSQL database at a URL, and changes nothing.
func ReadPostgres(address string) (*Dump, error) {
	r := &reader{json: func(column string, keys ...string) string {
		return fmt.Sprintf("(%s::json #>> '{%s}')", column, strings.Join(keys, ","))
	}}
	return r.read("pgx", address, "of the server")
}

// reader fills a dump.
type reader struct {
	dump Dump
	json func(column string, keys ...string) string // SQL for what is in a column of JSON
}

func (r *reader) read(driver, address, name string) (*Dump, error) {
	db, err := sql.Open(driver, address)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(context.Background(), &sql.TxOptions{Isolation: sql.LevelSerializable, ReadOnly: true}) // one moment
	if err != nil {
		return nil, fmt.Errorf("dump %s: %w", name, err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, part := range []func(*sql.Tx) error{r.conversations, r.entries, r.tasks, r.offers, r.parts, r.replies, r.feeds} {
		if err := part(tx); err != nil {
			return nil, fmt.Errorf("dump %s: %w", name, err)
		}
	}
	return &r.dump, nil
}

func each(tx *sql.Tx, query string, row func(scan func(...any) error) error) error {
	rows, err := tx.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r *reader) conversations(tx *sql.Tx) error {
	return each(tx, `SELECT id, customer, status, cause, closed_at, head, staff_head FROM conversations ORDER BY n`, func(scan func(...any) error) error {
		var c Conversation
		err := scan(&c.ID, &c.Customer, &c.Status, &c.Cause, &c.ClosedAt, &c.Head, &c.StaffHead)
		r.dump.Conversations = append(r.dump.Conversations, c)
		return err
	})
}

func (r *reader) entries(tx *sql.Tx) error {
	at := map[string]int{}
	for i, c := range r.dump.Conversations {
		at[c.ID] = i
	}
	return each(tx, `
		SELECT c.id, e.topic, e.seq, e.kind, e.by_number, e.client_id, coalesce(m.text, ''), coalesce(p.user_id, ''),
		       CASE WHEN e.data = '' THEN '' ELSE coalesce(`+r.json("e.data", "line")+`, '') END,
		       CASE WHEN e.data = '' THEN '' ELSE coalesce(`+r.json("e.data", "participant", "user")+`, '') END
		FROM entries e
		JOIN conversations c ON c.n = e.conversation
		LEFT JOIN messages m ON m.org = e.org AND m.conversation = e.conversation AND m.client_id = e.client_id AND e.client_id <> ''
		LEFT JOIN participants p ON p.org = c.org AND p.conversation = c.id AND p.number = e.by_number
		ORDER BY e.conversation, e.topic, e.seq`, func(scan func(...any) error) error {
		var e Entry
		var conversation, other string
		var topic int
		if err := scan(&conversation, &topic, &e.Seq, &e.Kind, &e.By, &e.ClientID, &e.Text, &e.Author, &e.Line, &other); err != nil {
			return err
		}
		c := &r.dump.Conversations[at[conversation]]
		if topic == 0 {
			c.Entries = append(c.Entries, e)
			return nil
		}
		e.Author = other // of a note
		c.Staff = append(c.Staff, e)
		return nil
	})
}

func (r *reader) tasks(tx *sql.Tx) error {
	return each(tx, `SELECT id, conversation, kind, state FROM tasks ORDER BY id`, func(scan func(...any) error) error {
		var t Task
		err := scan(&t.ID, &t.Conversation, &t.Kind, &t.State)
		r.dump.Tasks = append(r.dump.Tasks, t)
		return err
	})
}

func (r *reader) offers(tx *sql.Tx) error {
	return each(tx, `SELECT id, task, conversation, agent, slot, capacity, made_at, ended_at, ending, cause FROM offers ORDER BY id`, func(scan func(...any) error) error {
		var o Offer
		err := scan(&o.ID, &o.Task, &o.Conversation, &o.Agent, &o.Slot, &o.Capacity, &o.MadeAt, &o.EndedAt, &o.Ending, &o.Cause)
		r.dump.Offers = append(r.dump.Offers, o)
		return err
	})
}

func (r *reader) parts(tx *sql.Tx) error {
	return each(tx, `SELECT id, task, conversation, agent, role, slot, capacity, accepted_at, ended_at, submitted_at, reason FROM parts ORDER BY id`, func(scan func(...any) error) error {
		var p Part
		err := scan(&p.ID, &p.Task, &p.Conversation, &p.Agent, &p.Role, &p.Slot, &p.Capacity, &p.AcceptedAt, &p.EndedAt, &p.SubmittedAt, &p.Reason)
		r.dump.Parts = append(r.dump.Parts, p)
		return err
	})
}

func (r *reader) replies(tx *sql.Tx) error {
	return each(tx, `SELECT scope, command FROM replies`, func(scan func(...any) error) error {
		var reply Reply
		err := scan(&reply.Scope, &reply.Command)
		r.dump.Replies = append(r.dump.Replies, reply)
		return err
	})
}

func (r *reader) feeds(tx *sql.Tx) error {
	at := map[string]int{}
	err := each(tx, `SELECT user_id, head FROM feed_heads ORDER BY user_id`, func(scan func(...any) error) error {
		var f Feed
		err := scan(&f.User, &f.Head)
		at[f.User] = len(r.dump.Feeds)
		r.dump.Feeds = append(r.dump.Feeds, f)
		return err
	})
	if err != nil {
		return err
	}
	return each(tx, `SELECT user_id, seq, kind, coalesce(`+r.json("data", "presence")+`, '') FROM feed ORDER BY user_id, seq`, func(scan func(...any) error) error {
		var user string
		var e FeedEvent
		err := scan(&user, &e.Seq, &e.Kind, &e.Presence)
		f := &r.dump.Feeds[at[user]]
		f.Events = append(f.Events, e)
		return err
	})
}
