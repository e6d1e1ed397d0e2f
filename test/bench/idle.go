package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	_ "github.com/ncruces/go-sqlite3/driver" // registers itself as "sqlite3"

	"hiwar/client"
	"hiwar/internal/org"
	"hiwar/test/rig"
)

// idle is what people cost who are there and say nothing.
type idle struct {
	people  int
	each    int64   // bytes of the server's memory
	cores   float64 // of all of them together
	commits int64   // while they said nothing
}

// entrance is how somebody comes in who is number i, and stays.
type entrance func(ctx context.Context, p *rig.Place, s *rig.Server, i int) (*client.Socket, error)

// measureIdle lets so many people in at a place with some agents, and measures
// the server once they are quiet.
func (r *result) measureIdle(ctx context.Context, dir, name string, agents int, counts []int, enter entrance) (out []idle, err error) {
	p, s, err := open(ctx, r.binary, dir, agents)
	if err != nil {
		return nil, err
	}
	defer s.Stop()
	var sockets []*client.Socket
	defer func() {
		for _, c := range sockets {
			c.Cut()
		}
	}()
	before, err := resident(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, n := range counts {
		var mu sync.Mutex
		var failed error
		var all sync.WaitGroup
		turn := make(chan struct{}, 8)
		for i := len(sockets); i < n; i++ {
			turn <- struct{}{}
			all.Go(func() {
				defer func() { <-turn }()
				c, err := enter(ctx, p, s, i)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					failed = errors.Join(failed, err)
					return
				}
				sockets = append(sockets, c)
			})
		}
		all.Wait()
		if failed != nil {
			return out, failed
		}
		rig.CloseIdle()
		held, err := resident(ctx, s)
		if err != nil {
			return out, err
		}
		stored, err := s.Figure("commits_total")
		if err != nil {
			return out, err
		}
		began, err := s.CPU()
		if err != nil {
			return out, err
		}
		profiled := r.profiled(ctx, s, fmt.Sprintf("%s-%d", name, n), r.quiet)
		wait(ctx, r.quiet)
		if err := profiled(); err != nil {
			return out, err
		}
		ended, err := s.CPU()
		if err != nil {
			return out, err
		}
		after, err := s.Figure("commits_total")
		if err != nil {
			return out, err
		}
		out = append(out, idle{n, (held - before) / int64(n), (ended - began).Seconds() / r.quiet.Seconds(), after - stored})
	}
	return out, nil
}

// follow starts a conversation and reads its topic, answering pings, for ever.
func follow(ctx context.Context, _ *rig.Place, s *rig.Server, i int) (*client.Socket, error) {
	c := rig.Visitor(s.Base)
	started, err := c.StartChat(ctx, "start", rig.AssetKey, rig.Origin, client.Beginning{Name: fmt.Sprintf("Quiet %d", i), Text: "hello", Language: "en"})
	if err != nil {
		return nil, err
	}
	socket, err := c.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := socket.Subscribe(ctx, "conv/"+started.Conversation); err != nil {
		return nil, err
	}
	go listen(ctx, socket)
	return socket, nil
}

// sit opens the desk of an agent, who is signed in, does nothing, and whose page
// says every few seconds that it is alive.
func sit(ctx context.Context, p *rig.Place, s *rig.Server, i int) (*client.Socket, error) {
	who := p.Agents[i]
	socket, err := who.Client(s.Base).Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := socket.Subscribe(ctx, "agent/"+string(who.User)); err != nil {
		return nil, err
	}
	go listen(ctx, socket)
	go beat(ctx, socket)
	return socket, nil
}

func listen(ctx context.Context, s *client.Socket) {
	for {
		if _, err := s.Next(ctx); err != nil {
			return
		}
	}
}

// resident is the memory the server holds once it has had nothing to do for
// twelve seconds: it looks every five whether it is quiet.
func resident(ctx context.Context, s *rig.Server) (int64, error) {
	wait(ctx, 12*time.Second)
	return s.Resident()
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// measureMillion is how soon the server is ready after it was killed with so
// many messages stored. They are put into the database as they would be after
// years: in conversations that have ended.
func measureMillion(ctx context.Context, binary, dir string, messages int) (ready time.Duration, err error) {
	p, s, err := open(ctx, binary, dir, 1)
	if err != nil {
		return 0, err
	}
	defer func() { s.Kill() }()
	first, err := follow(ctx, p, s, 0)
	if err != nil {
		return 0, err
	}
	first.Cut()
	s.Stop()
	if err := fillDatabase(p.Database(), messages); err != nil {
		return 0, err
	}
	if err := s.Restart(ctx); err != nil {
		return 0, err
	}
	socket, err := follow(ctx, p, s, 1) // so that there is something to recover
	if err != nil {
		return 0, err
	}
	socket.Cut()
	s.Kill()
	if err := s.Restart(ctx); err != nil {
		return 0, err
	}
	return s.Ready, nil
}

// fillDatabase copies the one conversation that is there, as ended, and gives
// each copy a thousand messages.
func fillDatabase(path string, messages int) error {
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		return err
	}
	defer db.Close()
	const each = 1000
	changed := map[string]string{
		"n": "1000000 + i", "id": "'conv_old' || i", "customer": "'cus_old' || i", "head": strconv.Itoa(each), "staff_head": "0",
		"status": "'closed'", "cause": "'agent'", "closed_at": "2", "ended_at": "2", "ended_by": "'agent'",
	}
	names, values, err := columns(db, "conversations", changed)
	if err != nil {
		return err
	}
	for _, statement := range []string{
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
			INSERT INTO conversations (%s) SELECT %s FROM n, (SELECT * FROM conversations LIMIT 1)`, messages/each, names, values),
		fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
			INSERT INTO entries (org, conversation, topic, seq, at, kind, by_number, client_id, data)
			SELECT 1, c.n, 0, n.i, 1, 'message', 1, 'old-' || n.i, '' FROM conversations c, n WHERE c.n > 1000000`, each),
		`INSERT INTO messages (org, conversation, client_id, topic, seq, digest, text)
			SELECT org, conversation, client_id, 0, seq, zeroblob(16), 'a message of long ago, about as long as people write them' FROM entries WHERE conversation > 1000000`,
	} {
		if _, err := db.Exec(statement); err != nil {
			return err
		}
	}
	return nil
}

// columns are a table's, and the same with some replaced by expressions.
func columns(db *sql.DB, table string, changed map[string]string) (names, values string, err error) {
	rows, err := db.Query(`SELECT name FROM pragma_table_info(?)`, table)
	if err != nil {
		return "", "", err
	}
	defer rows.Close()
	var all, with []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return "", "", err
		}
		value, ok := changed[name]
		if !ok {
			value = name
		}
		all, with = append(all, name), append(with, value)
	}
	return strings.Join(all, ", "), strings.Join(with, ", "), rows.Err()
}

// open prepares a place and starts the server on it.
func open(ctx context.Context, binary, dir string, agents int) (*rig.Place, *rig.Server, error) {
	return openWith(ctx, binary, dir, agents, roomy)
}

// openWith is open with other settings.
func openWith(ctx context.Context, binary, dir string, agents int, change func(*org.Settings)) (*rig.Place, *rig.Server, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	p, err := rig.Prepare(ctx, dir, agents, change)
	if err != nil {
		return nil, nil, err
	}
	s, err := rig.Start(ctx, binary, p, rig.Lifted...)
	return p, s, err
}

func under(dir, name string) string { return filepath.Join(dir, name) }
