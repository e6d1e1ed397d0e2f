package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
)

// journal is what the store knows of the WAL, which every commit makes longer
// and which is moved into the file once it is long.
//
// SQLite would do that by itself as a part of the commit that reaches the
// limit, and would keep silent about a sync that failed: the store would go on
// upon a medium that cannot be trusted. So its own moving is off. Moving begins
// when the commit has been answered, and only the next one waits for it.
type journal struct {
	long   int64 // pages that are yet to be moved
	moving sync.WaitGroup
	due    bool // somebody is about to move it; under the store's mu
}

// longJournal is 4 MiB, SQLite's own limit. One of 32 MiB was no faster where a
// thousand conversations write as fast as they can, and moving it held up
// whoever wrote meanwhile for more than twice as long.
const longJournal = 1000

// keepJournalShort has the journal moved if it is long. Under mu.
func (db *DB) keepJournalShort() {
	if db.conn == nil || db.journal.due { // in memory there is none
		return
	}
	// What is not known now is asked again after the next commit.
	if left, err := db.moveJournal("noop"); err != nil || left < db.journal.long {
		return
	}
	db.journal.due = true
	db.journal.moving.Go(func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		db.journal.due = false
		if db.broken == nil {
			// A failure that ends all trust is kept and told to the next commit;
			// after any other the journal is as long as before, and tried again.
			_, _ = db.moveJournal("passive")
		}
	})
}

// emptyJournal moves all of the journal and cuts it to nothing. It is false
// while somebody reads from it. It does not wait for them: whoever commits
// would wait too.
func (db *DB) emptyJournal() (empty bool, err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.broken != nil {
		return false, fmt.Errorf("store: scrub: %w", db.broken)
	}
	ctx := context.Background()
	if _, err := db.conn.ExecContext(ctx, `PRAGMA busy_timeout = 0`); err != nil {
		return false, fmt.Errorf("store: scrub: %w", err)
	}
	left, err := db.moveJournal("truncate")
	if _, back := db.conn.ExecContext(ctx, `PRAGMA busy_timeout = 10000`); err == nil {
		err = back
	}
	if err != nil && strings.Contains(err.Error(), "locked") {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("store: scrub: %w", err)
	}
	return left == 0, nil
}

// moveJournal moves what the mode lets it, and is how many pages are left. Under mu.
func (db *DB) moveJournal(mode string) (left int64, err error) {
	w := &writer{db: db, c: db.conn}
	s, err := w.stmt(`PRAGMA wal_checkpoint(` + mode + `)`)
	if err != nil {
		return 0, err
	}
	var busy, pages, moved int64
	if err := s.QueryRowContext(context.Background()).Scan(&busy, &pages, &moved); err != nil {
		return 0, db.failed(err)
	}
	if busy != 0 {
		return max(pages-moved, 1), nil
	}
	return pages - moved, nil
}
