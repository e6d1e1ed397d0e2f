package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hiwar/internal/audit"
	"hiwar/internal/engine"
	"hiwar/internal/store/postgrestest"
	"hiwar/internal/store/storetest"
)

// prepared leaves a database with our schema.
func prepared(address string) error {
	db, err := Open(context.Background(), address)
	if err != nil {
		return err
	}
	return db.Close()
}

func openPostgres(t testing.TB, address string) *DB {
	t.Helper()
	db, err := Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	t.Cleanup(func() {
		for text := range different {
			if _, said := postgresTexts.Load(text); !said && !t.Failed() {
				t.Errorf("no test carries out on PostgreSQL what has words of its own there: %s", different[text])
			}
		}
	})
	storetest.Run(t, func(t *testing.T) storetest.Store { return openPostgres(t, postgrestest.URLOf(t, prepared)) })
}

func TestPlacesOfArguments(t *testing.T) {
	for query, want := range map[string]string{
		`SELECT ?, ?`:                       `SELECT $1, $2`,
		`SELECT ?2, ?1, ?12`:                `SELECT $2, $1, $12`,
		`SELECT '?', a FROM b WHERE a = ?`:  `SELECT '?', a FROM b WHERE a = $1`,
		`SELECT 'it''s ?' FROM b LIMIT ?`:   `SELECT 'it''s ?' FROM b LIMIT $1`,
		`a LIKE ? ESCAPE '\' AND b = ?`:     `a LIKE $1 ESCAPE '\' AND b = $2`,
		`SELECT 1 FROM a WHERE b IN (?, ?)`: `SELECT 1 FROM a WHERE b IN ($1, $2)`,
	} {
		if got := numberedPlaces(query); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}

// Whatever the way to the server, the same number of questions goes there for
// one message and for a hundred of as many conversations.
func TestRoundTripsOfACommit(t *testing.T) {
	w := startWire(t, postgrestest.URLOf(t, prepared))
	db := openPostgres(t, w.url)
	talks := begin(t, db, 200)
	n := 0
	// of is how often the server was asked by a commit of so many messages.
	of := func(size, from int) int64 {
		batch := engine.OrgBatch{Org: "org_1"}
		for i := range size {
			n++
			talks[from+i].say(t, &batch, n)
		}
		before := w.answers.Load()
		if err := db.Commit(t.Context(), &engine.Batch{Now: bench0, Orgs: []engine.OrgBatch{batch}}); err != nil {
			t.Fatal(err)
		}
		return w.answers.Load() - before
	}
	of(1, 0) // statements are understood once
	for _, size := range []int{1, 10, 100} {
		if got := of(size, 0); got != 2 {
			t.Errorf("%d messages: the server was asked %d times, want 2", size, got)
		}
	}
	clear(db.numbers) // as after a start
	of(1, 100)
	clear(db.numbers)
	for _, size := range []int{1, 100} {
		if got := of(size, 100); got != 3 {
			t.Errorf("%d messages of conversations that are not known: the server was asked %d times, want 3", size, got)
		}
		clear(db.numbers)
	}
	audited := engine.OrgBatch{Org: "org_1", Audit: []audit.Record{{At: bench0, Act: "a"}, {At: bench0, Act: "b"}, {At: bench0, Act: "c"}}}
	var asked int64
	for range 2 {
		before := w.answers.Load()
		if err := db.Commit(t.Context(), &engine.Batch{Now: bench0, Orgs: []engine.OrgBatch{audited}}); err != nil {
			t.Fatal(err)
		}
		asked = w.answers.Load() - before
	}
	if asked != 3 {
		t.Errorf("three records of the audit log: the server was asked %d times, want 3", asked)
	}
}

// The connection is lost when COMMIT is on its way. Nobody can know what became
// of it: the error is none of those that say. What is read afterwards is what
// the server made of it, and the store goes on.
func TestACommitWhoseAnswerIsLost(t *testing.T) {
	for name, reaches := range map[string]bool{"it was stored": true, "it was not stored": false} {
		t.Run(name, func(t *testing.T) {
			w := startWire(t, postgrestest.URLOf(t, prepared))
			db := openPostgres(t, w.url)
			talks := begin(t, db, 1)
			w.cut(reaches)
			batch := engine.OrgBatch{Org: "org_1"}
			talks[0].say(t, &batch, 1)
			err := db.Commit(t.Context(), &engine.Batch{Now: bench0, Orgs: []engine.OrgBatch{batch}})
			if err == nil || errors.Is(err, engine.ErrConflict) || errors.Is(err, engine.ErrBroken) {
				t.Fatalf("got %v, want an error that leaves it open", err)
			}
			head, err := db.Head(t.Context(), "org_1", talks[0].floor.ID, "")
			if err != nil {
				t.Fatal(err)
			}
			if stored := head == 1; stored != reaches {
				t.Errorf("the head is %d", head)
			}
			err = db.Commit(t.Context(), &engine.Batch{Now: bench0, Orgs: []engine.OrgBatch{batch}})
			if reaches && !errors.Is(err, engine.ErrConflict) || !reaches && err != nil {
				t.Errorf("the same again: %v", err)
			}
		})
	}
}

// A transaction whose connection was lost can still be on its way to its end.
// Nothing is read until it has come there.
func TestReadsWaitForWhatWasLost(t *testing.T) {
	address := postgrestest.URLOf(t, prepared)
	db := openPostgres(t, address)
	db.mu.Lock()
	left := db.conn // as if it were lost on our side alone
	db.conn = nil
	db.lost.Store(true)
	db.mu.Unlock()
	if _, err := left.ExecContext(t.Context(), `BEGIN; INSERT INTO clock (one, now) VALUES (1, 7)`); err != nil {
		t.Fatal(err)
	}
	read := make(chan time.Time)
	go func() {
		at, err := db.LastCommit(t.Context())
		if err != nil {
			t.Error(err)
		}
		read <- at
	}()
	waitFor(t, address, `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)
	select {
	case at := <-read:
		t.Fatalf("read before: %v", at)
	default:
	}
	if _, err := left.ExecContext(t.Context(), `COMMIT`); err != nil {
		t.Fatal(err)
	}
	db.giveUp(left)
	if at := <-read; micros(at) != 7 {
		t.Errorf("read %v", at)
	}
}

// waitFor waits until a query's number is not zero.
func waitFor(t *testing.T, address, query string) {
	t.Helper()
	raw := openRaw(t, address)
	for {
		var n int
		if err := raw.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			return
		}
	}
}

func openRaw(t *testing.T, address string) *sql.DB {
	t.Helper()
	raw, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	return raw
}

func TestADatabaseHasOneWriter(t *testing.T) {
	address := postgrestest.URLOf(t, prepared)
	db := openPostgres(t, address)
	if second, err := Open(t.Context(), address+"&lock_timeout=100"); !errors.Is(err, errElsewhere) {
		t.Errorf("a second writer: %v", err)
		_ = second.Close()
	}
	look, err := OpenAsIs(t.Context(), address)
	if err != nil {
		t.Fatalf("to look at it beside the writer: %v", err)
	}
	defer look.Close()
	if _, err := look.Floors(t.Context()); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	openPostgres(t, address) // and then the next
}

func TestStartedTogetherTheyMigrateOnce(t *testing.T) {
	address := postgrestest.URL(t)
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			db, err := OpenAsIs(t.Context(), address)
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			if err := errors.Join(db.Migrate(t.Context()), db.CheckSchema(t.Context())); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	db := openPostgres(t, address)
	if err := errors.Join(db.CheckIntegrity(t.Context()), db.CheckLedger(t.Context())); err != nil {
		t.Error(err)
	}
	p, err := db.migrator(db.read)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.DownTo(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// What does not suit is refused with a sentence that says what to do, before
// anything is changed, and without the password.
func TestDatabasesThatDoNotSuit(t *testing.T) {
	c := postgrestest.Shared(t)
	do := func(address string, statements ...string) string {
		raw := openRaw(t, address)
		for _, s := range statements {
			if _, err := raw.ExecContext(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		return address
	}
	newer := postgrestest.URLOf(t, prepared)
	do(newer, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (29991231235959, true)`)
	do(c.URL("postgres"), `CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`, `CREATE ROLE guest LOGIN`)
	defer do(c.URL("postgres"), `DROP DATABASE latin`)
	for name, want := range map[string]struct{ address, says string }{
		"not a URL":          {"postgres://hiwar:se%cret@[::1/x", "special characters"},
		"nobody there":       {"postgres://hiwar:secret@127.0.0.1:1/hiwar", "cannot be reached"},
		"no such host":       {"postgres://hiwar:secret@no-such-host.invalid/hiwar", "cannot be reached"},
		"no such database":   {c.URL("absent") + "&password=secret", "make it with CREATE DATABASE"},
		"no such user":       {strings.Replace(c.URL("postgres"), "user=hiwar", "user=nobody", 1) + "&password=secret", "refuses the user"},
		"another encoding":   {c.URL("latin") + "&password=secret", "UTF8"},
		"a newer schema":     {newer + "&password=secret", "newer version"},
		"no right to create": {strings.Replace(postgrestest.URL(t), "user=hiwar", "user=guest", 1) + "&password=secret", "lacks a right"},
		"commits not waited": {newer + "&password=secret&synchronous_commit=off", "synchronous_commit is off"},
	} {
		db, err := Open(t.Context(), want.address)
		if err == nil {
			_ = db.Close()
			t.Errorf("%s: it was opened", name)
			continue
		}
		if says := err.Error(); !strings.Contains(says, want.says) || strings.Contains(says, "secret") || strings.Contains(says, "se%cret") {
			t.Errorf("%s: %s", name, says)
		}
	}
}

func TestPasswordsAreNotShown(t *testing.T) {
	for address, want := range map[string]string{
		"/var/lib/hiwar.db":                          "/var/lib/hiwar.db",
		"postgres://u:secret@db/hiwar":               "postgres://u:xxxxx@db/hiwar",
		"postgresql://u@db/hiwar?password=secret":    "postgresql://u@db/hiwar?password=xxxxx",
		"postgres://u:sec%ret@db/hiwar?sslmode=fail": "postgres://…",
	} {
		if got := Redacted(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

// Whoever has the database can do much, but not by a slip.
func TestTheAuditLogOnlyGrowsOnPostgres(t *testing.T) {
	address := postgrestest.URLOf(t, prepared)
	db := openPostgres(t, address)
	begin(t, db, 1)
	for range 3 {
		err := db.Commit(t.Context(), &engine.Batch{Now: bench0, Orgs: []engine.OrgBatch{{Org: "org_1", Audit: []audit.Record{{At: bench0, Act: "a"}}}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	raw := openRaw(t, address)
	for _, change := range []string{
		`UPDATE audit SET actor = 'usr_2'`, `DELETE FROM audit`, `DELETE FROM audit WHERE n = 3`, `TRUNCATE audit`,
		`INSERT INTO audit SELECT org, 2, at, actor, address, act, object, detail, hash FROM audit WHERE n = 3`,
		`INSERT INTO audit SELECT * FROM audit ON CONFLICT (org, n) DO UPDATE SET actor = 'usr_2'`,
	} {
		if _, err := raw.ExecContext(t.Context(), change); err == nil {
			t.Errorf("%s is accepted", change)
		}
	}
	if head, err := db.VerifyAudit(t.Context(), "org_1", audit.Head{}); err != nil || head.N != 3 {
		t.Errorf("%v, %v", head, err)
	}
}

// The checks of doctor find what is wrong.
func TestChecksFindWhatIsWrong(t *testing.T) {
	address := postgrestest.URLOf(t, prepared)
	db := openPostgres(t, address)
	begin(t, db, 1)
	raw := openRaw(t, address)
	for _, plant := range []struct {
		change string
		check  func(context.Context) error
		says   string
	}{
		{`ALTER TABLE audit DISABLE TRIGGER audit_is_not_changed`, db.CheckIntegrity, "trigger that is off: audit_is_not_changed"},
		{`UPDATE conversations SET head = head + 1`, db.CheckLedger, "numbered without a hole"},
	} {
		if err := plant.check(t.Context()); err != nil && strings.Contains(err.Error(), plant.says) {
			t.Fatal(err)
		}
		if _, err := raw.ExecContext(t.Context(), plant.change); err != nil {
			t.Fatal(err)
		}
		if err := plant.check(t.Context()); err == nil || !strings.Contains(err.Error(), plant.says) {
			t.Errorf("%s: %v", plant.change, err)
		}
	}
}

// ── a wire that can be cut ──────────────────────────────────────────────────

// wire is what lies between a store and its server.
type wire struct {
	url     string
	answers atomic.Int64 // how often the server was ready for the next question
	mode    atomic.Int32
}

const (
	whole      = iota
	cutAfter   // COMMIT arrives, and its answer does not
	cutBefore  // COMMIT does not arrive
	readyAgain = 'Z'
)

// cut has the wire cut at the next COMMIT.
func (w *wire) cut(reaches bool) {
	if reaches {
		w.mode.Store(cutAfter)
		return
	}
	w.mode.Store(cutBefore)
}

func startWire(t *testing.T, address string) *wire {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	server := filepath.Join(q.Get("host"), ".s.PGSQL.5432")
	folder, err := os.MkdirTemp("/tmp", "hiwar-wire-")
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(folder, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	q.Set("host", folder)
	u.RawQuery = q.Encode()
	w := &wire{url: u.String()}
	var all sync.WaitGroup
	t.Cleanup(func() {
		_ = l.Close()
		all.Wait()
		_ = os.RemoveAll(folder)
	})
	all.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			there, err := net.Dial("unix", server)
			if err != nil {
				t.Error(err)
				_ = client.Close()
				return
			}
			all.Go(func() { w.forth(client, there) })
			all.Go(func() { w.back(there, client) })
		}
	})
	return w
}

// forth carries what the store says.
func (w *wire) forth(client, server net.Conn) {
	defer server.Close()
	defer client.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		if bytes.Contains(buffer[:n], []byte("COMMIT\x00")) && w.mode.CompareAndSwap(cutBefore, whole) {
			return
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
		if bytes.Contains(buffer[:n], []byte("COMMIT\x00")) && w.mode.CompareAndSwap(cutAfter, whole) {
			return // back sees the server out
		}
	}
}

// back carries what the server says, and counts.
func (w *wire) back(server, client net.Conn) {
	defer server.Close()
	defer client.Close()
	head := make([]byte, 5)
	for {
		if _, err := io.ReadFull(server, head); err != nil {
			return
		}
		body := make([]byte, binary.BigEndian.Uint32(head[1:])-4)
		if _, err := io.ReadFull(server, body); err != nil {
			return
		}
		if head[0] == readyAgain {
			w.answers.Add(1)
		}
		if _, err := client.Write(append(head[:5:5], body...)); err != nil {
			return
		}
	}
}
