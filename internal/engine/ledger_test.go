package engine_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"hiwar/internal/store"
)

// Each of the books notices what it is about: a fault that no single row of a
// full day's database shows.
func TestTheBooksNoticeWhatDoesNotAddUp(t *testing.T) {
	c := newCentre(t)
	for _, step := range day() {
		step(c)
	}
	c.ready(anna)
	c.write(31, "one who waits")
	c.write(32, "another")
	if err := c.db.CheckLedger(t.Context()); err != nil {
		t.Fatalf("before: %v", err)
	}
	for _, f := range []struct{ fault, plant, noticed string }{
		{"a request loses its slot", `DELETE FROM slots WHERE holder LIKE 'offer/%'`, "an open request holds"},
		{"a request loses its claim", `DELETE FROM claims WHERE holder LIKE 'offer/%'`, "an open request holds"},
		{"a slot is not given back", `INSERT INTO slots SELECT org, agent, 50, 50, 'part/' || id FROM parts WHERE submitted_at > 0 LIMIT 1`, "nothing else holds"},
		{"a part is lost", `DELETE FROM parts WHERE id = (SELECT max(id) FROM parts WHERE submitted_at > 0)`, "every accepted request became one part"},
		{"a request is missed too early", `UPDATE offers SET ended_at = deadline - 1 WHERE ending = 'missed'`, "missed at its deadline"},
		{"a conversation ends on the floor only", `UPDATE conversations SET ended_at = 1 WHERE closed_at = 0`, "started ="},
		{"nobody has a conversation", `UPDATE tasks SET state = 'ended' WHERE state IN ('waiting', 'offered')`, "has an owner or waits"},
		{"a line is lost", `DELETE FROM entries WHERE topic = 0 AND seq = 2`, "without a hole"},
		{"the last line is lost", `UPDATE conversations SET head = head + 1`, "without a hole"},
		{"a note's number is skipped", `UPDATE conversations SET staff_head = staff_head + 1`, "without a hole"},
		{"a text is lost", `DELETE FROM messages WHERE seq = (SELECT max(seq) FROM messages)`, "every line of the log has its message"},
		{"a text is under another number", `UPDATE messages SET seq = seq + 1000`, "every message is in the log"},
		{"a desk was told more than was numbered", `UPDATE feed_heads SET head = 0`, "no agent's topic is ahead"},
	} {
		t.Run(f.fault, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "copy.db")
			if err := c.db.Backup(t.Context(), path); err != nil {
				t.Fatal(err)
			}
			plant(t, path, f.plant)
			db, err := store.OpenAsIs(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if err := db.CheckLedger(t.Context()); err == nil || !strings.Contains(err.Error(), f.noticed) {
				t.Errorf("got %v, want something of %q", err, f.noticed)
			}
		})
	}
}

// plant changes rows behind everybody's back.
func plant(t *testing.T, path, change string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r, err := db.ExecContext(context.Background(), change)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("%s changed %d rows: %v", change, n, err)
	}
}

// A backup taken in the middle of the day is that moment: restored, the
// centre goes on from there.
func TestABackupIsRestoredAndGoesOn(t *testing.T) {
	c := newCentre(t)
	for i, step := range day() {
		step(c)
		if i%5 != 4 {
			continue
		}
		want := c.seen()
		dir := t.TempDir()
		if err := c.db.Backup(t.Context(), filepath.Join(dir, "backup.db")); err != nil {
			t.Fatal(err)
		}
		if err := store.Restore(t.Context(), filepath.Join(dir, "backup.db"), filepath.Join(dir, "hiwar.db")); err != nil {
			t.Fatal(err)
		}
		copied := c.on(filepath.Join(dir, "hiwar.db"))
		if got := copied.seen(); got != want {
			t.Errorf("after step %d the copy shows\n%s\nand not\n%s", i, got, want)
		}
		copied.close()
	}
}
