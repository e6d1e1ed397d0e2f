package engine

import (
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
)

// receiptEvery is how often one reader's receipts in one conversation are
// stored at most. What comes in between is joined: the latest holds.
const receiptEvery = time.Second

type receiptKey struct {
	org  id.Org
	conv id.Conversation
	by   chat.Author
}

// receipts joins what readers report too often. What waits here may be lost
// with the process; the reader's next report says it again.
type receipts struct {
	recent  map[receiptKey]*receipt
	order   []receiptKey // by the time of the last one stored
	waiting int
}

type receipt struct {
	stored          time.Time
	delivered, seen id.Seq
	waits           bool
}

func newReceipts() receipts { return receipts{recent: map[receiptKey]*receipt{}} }

// deadline is when the next waiting receipt is due.
func (r *receipts) deadline() (at time.Time, ok bool) {
	if r.waiting == 0 {
		return at, false
	}
	return r.recent[r.order[0]].stored.Add(receiptEvery), true
}

// now reports whether a receipt may be stored now; if not, it waits.
func (r *receipts) now(k receiptKey, delivered, seen id.Seq, now time.Time) bool {
	last, ok := r.recent[k]
	if !ok {
		r.recent[k] = &receipt{stored: now}
		r.order = append(r.order, k)
		return true
	}
	last.delivered, last.seen = max(last.delivered, delivered), max(last.seen, seen)
	if !last.waits {
		last.waits = true
		r.waiting++
	}
	return false
}

// due takes the next receipt whose time has come.
func (r *receipts) due(now time.Time) (k receiptKey, waited receipt, ok bool) {
	for len(r.order) > 0 {
		k = r.order[0]
		last := r.recent[k]
		if last.stored.Add(receiptEvery).After(now) {
			return k, waited, false
		}
		r.order = r.order[1:]
		if !last.waits {
			delete(r.recent, k)
			continue
		}
		waited = *last
		r.waiting--
		*last = receipt{stored: now}
		r.order = append(r.order, k)
		return k, waited, true
	}
	return k, waited, false
}

// flushReceipts stores the receipts whose time has come. Whoever has left in
// the meantime has read enough.
func (r *round) flushReceipts() {
	for {
		k, waited, ok := r.e.receipts.due(r.now)
		if !ok {
			return
		}
		w, err := r.work(k.org)
		if err != nil {
			continue
		}
		c, err := w.chat(k.conv)
		if err != nil {
			continue
		}
		// A refusal is that of somebody who left, and no fault.
		_ = w.say(c, chat.Receive{By: k.by, Delivered: waited.delivered, Seen: waited.seen})
	}
}
