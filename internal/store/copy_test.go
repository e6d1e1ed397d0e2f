package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/access"
	"hiwar/internal/audit"
	"hiwar/internal/engine"
	"hiwar/internal/store/postgrestest"
)

// original is a database with more rows of a kind than are copied at once, and
// one that PostgreSQL cannot take.
func original(t *testing.T) *DB {
	t.Helper()
	db := openFile(t, filepath.Join(t.TempDir(), "hiwar.db"))
	for i, x := range begin(t, db, copyAtOnce+10) {
		if i == 3 {
			break
		}
		batch := engine.OrgBatch{Org: "org_1", Audit: []audit.Record{{At: bench0, Act: "a"}}}
		x.say(t, &batch, i+1)
		if err := db.Commit(t.Context(), &engine.Batch{Now: bench0, Orgs: []engine.OrgBatch{batch}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Secret(t.Context(), "a", []byte{0, 1, 255}); err != nil {
		t.Fatal(err)
	}
	if err := db.PutLink(t.Context(), access.Link{Kind: access.SetupLink, Digest: access.Digest{7}, Expires: bench0}); err != nil {
		t.Fatal(err)
	}
	spoil(t, db, `UPDATE messages SET text = text || char(0)`)
	return db
}

// spoil changes something behind the store's back.
func spoil(t *testing.T, db *DB, statement string) {
	t.Helper()
	if _, err := db.conn.ExecContext(t.Context(), statement); err != nil { // the pool has no other to write
		t.Fatal(err)
	}
}

func openForCopy(t *testing.T, address string) *DB {
	t.Helper()
	db, err := OpenForCopy(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Broken off in the middle it goes on where it stopped, and in the end both are
// the same, to the last byte. Before that nobody may use the copy.
func TestACopyGoesOnAndIsTheSame(t *testing.T) {
	from := original(t)
	address := postgrestest.URL(t)
	to := openForCopy(t, address)
	if _, err := Copy(t.Context(), from, to); err == nil || !strings.Contains(err.Error(), "messages") {
		t.Fatalf("a text that PostgreSQL cannot take: %v", err)
	}
	for name, open := range map[string]func(context.Context, string) (*DB, error){"serve": Open, "a command": OpenBeside, "doctor": OpenAsIs} {
		if db, err := open(t.Context(), address); err == nil || !strings.Contains(err.Error(), "unfinished copy") {
			t.Errorf("%s opens half a copy: %v", name, err)
			_ = db.Close()
		}
	}
	if _, err := Copy(t.Context(), openFile(t, filepath.Join(t.TempDir(), "other.db")), to); err == nil || !strings.Contains(err.Error(), "unfinished copy of another") {
		t.Errorf("another database's unfinished copy is gone on with: %v", err)
	}
	spoil(t, from, `UPDATE messages SET text = 'whole'`)
	all, err := Copy(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int64{}
	for _, c := range all {
		rows[c.Table] = c.Rows
	}
	if len(all) < 40 || rows["conversations"] != copyAtOnce+10 || rows["messages"] != 3 || rows["audit"] != 3 || rows["links"] != 1 {
		t.Errorf("copied: %v", rows)
	}
	want, err := from.Floors(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := to.Floors(t.Context())
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("the copy loads otherwise (%v):\n%s", err, diff)
	}
	if _, err := Copy(t.Context(), from, to); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("a second time: %v", err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	// And it goes on from there: the next number is a new one.
	next := openPostgres(t, address)
	c := began(copyAtOnce + 11)
	if err := next.Commit(t.Context(), &engine.Batch{Now: bench0, Orgs: []engine.OrgBatch{c.batch()}}); err != nil {
		t.Error(err)
	}
}

// What is not the same is found, whatever it is.
func TestACopyThatDiffersIsFound(t *testing.T) {
	from := original(t)
	to := openForCopy(t, postgrestest.URL(t))
	if _, err := Copy(t.Context(), from, to); err == nil {
		t.Fatal("a text that PostgreSQL cannot take was copied")
	}
	spoil(t, from, `UPDATE messages SET text = 'whole'`)
	spoil(t, to, `UPDATE conversations SET page = 'x' WHERE n = 17`)
	if _, err := Copy(t.Context(), from, to); err == nil || !strings.Contains(err.Error(), "conversations: the copy has") {
		t.Errorf("got %v", err)
	}
}
