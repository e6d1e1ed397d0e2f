package storetest

import (
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

func blockTests(t *testing.T, open func(t *testing.T) Store) {
	network := func(name, network string) access.Block {
		b := filled[access.Block]()
		b.Org, b.ID, b.Customer, b.Conversation, b.Network, b.ExpiresAt = acme, id.Block(name), "", "", network, time.Time{}
		return b
	}
	put := func(w *world, b access.Block) access.Block {
		w.t.Helper()
		kept, err := w.PutBlock(w.t.Context(), b, 100)
		w.ok(err)
		return kept
	}
	list := func(w *world, now time.Time, query string, before id.Block, limit int) (all []access.Blocked) {
		w.t.Helper()
		all, err := w.Blocks(w.t.Context(), acme, now, query, before, limit)
		w.ok(err)
		return all
	}

	t.Run("of a customer there is one, with the name that the conversation has", func(t *testing.T) {
		w := newWorld(t, open)
		b, _ := begin(conv1, "cus_1", 1)
		w.commit(b)
		first := filled[access.Block]()
		first.Org, first.ID, first.Customer, first.Network, first.Conversation, first.ExpiresAt = acme, "blk_1", "cus_1", "", conv1, t0.Add(time.Hour)
		same(t, "stored", first, put(w, first))
		again := first
		again.ID, again.Reason, again.ExpiresAt = "blk_2", "again", t0.Add(2*time.Hour)
		kept := put(w, again)
		again.ID = "blk_1"
		same(t, "stored again", again, kept)
		every, err := w.EveryBlock(t.Context())
		w.ok(err)
		same(t, "every one", []access.Block{again}, every)
		same(t, "listed", []access.Blocked{{Block: again, Name: "Sara"}}, list(w, t0, "", "", 10))
		same(t, "by the name", 1, len(list(w, t0, "sar", "", 10)))
		same(t, "by the reason", 1, len(list(w, t0, "gain", "", 10)))
		same(t, "by nothing that is there", 0, len(list(w, t0, "%", "", 10)))
		same(t, "when its time is over", 0, len(list(w, again.ExpiresAt, "", "", 10)))
		w.ok(w.DeleteOldBlocks(t.Context(), again.ExpiresAt.Add(-time.Second)))
		same(t, "before its time", 1, len(list(w, t0, "", "", 10)))
		w.ok(w.DeleteOldBlocks(t.Context(), again.ExpiresAt))
		same(t, "after it", 0, len(list(w, t0, "", "", 10)))
	})

	t.Run("follows a customer to the person they are, as long as it would hold", func(t *testing.T) {
		hours := func(n int) time.Time { return t0.Add(time.Duration(n) * time.Hour) }
		for _, x := range []struct{ from, to, want time.Time }{
			{hours(1), time.Time{}, time.Time{}},
			{time.Time{}, hours(2), time.Time{}},
			{hours(3), hours(2), hours(3)},
			{hours(1), hours(2), hours(2)},
		} {
			w := newWorld(t, open)
			of := func(c id.Customer, expires time.Time) access.Block {
				b := network("blk_"+string(c), "")
				b.Customer, b.ExpiresAt = c, expires
				return put(w, b)
			}
			of("cus_from", x.from)
			of("cus_to", x.to)
			other := of("cus_other", hours(9))
			joined := func(from, to id.Customer, want map[id.Customer]time.Time) {
				t.Helper()
				w.commit(engine.OrgBatch{Joined: []engine.Joined{{From: from, To: to}}})
				every, err := w.EveryBlock(t.Context())
				w.ok(err)
				left := map[id.Customer]time.Time{}
				for _, b := range every {
					left[b.Customer] = b.ExpiresAt
				}
				same(t, "blocked until", want, left)
			}
			joined("cus_from", "cus_to", map[id.Customer]time.Time{"cus_to": x.want, "cus_other": other.ExpiresAt})
			joined("cus_other", "cus_new", map[id.Customer]time.Time{"cus_to": x.want, "cus_new": other.ExpiresAt})
			joined("cus_nobody", "cus_to", map[id.Customer]time.Time{"cus_to": x.want, "cus_new": other.ExpiresAt})
		}
	})

	t.Run("newest first, page by page, and no more than there may be", func(t *testing.T) {
		w := newWorld(t, open)
		one, two, three := put(w, network("blk_1", "203.0.113.0/24")), put(w, network("blk_2", "203.0.113.7/32")), put(w, network("blk_3", "2001:db8::/64"))
		named := func(all ...access.Block) (out []access.Blocked) {
			for _, b := range all {
				out = append(out, access.Blocked{Block: b})
			}
			return out
		}
		same(t, "the newest", named(three, two), list(w, t0, "", "", 2))
		same(t, "those before", named(one), list(w, t0, "", "blk_2", 2))
		same(t, "of a network", named(two, one), list(w, t0, "203.0", "", 9))
		_, err := w.PutBlock(t.Context(), network("blk_4", "192.0.2.1/32"), 3)
		wantCode(t, "one too many", err, problem.OutOfRange)
		_, err = w.PutBlock(t.Context(), network("blk_5", "203.0.113.0/24"), 3)
		w.ok(err)
		none, err := w.Blocks(t.Context(), "org_other", t0, "", "", 9)
		w.ok(err)
		same(t, "another organization's", 0, len(none))
		wantCode(t, "another organization's", w.DeleteBlock(t.Context(), "org_other", "blk_1"), problem.NotFound)
		w.ok(w.DeleteBlock(t.Context(), acme, "blk_1"))
		wantCode(t, "lifted twice", w.DeleteBlock(t.Context(), acme, "blk_1"), problem.NotFound)
		same(t, "what is left", named(three, two), list(w, t0, "", "", 9))
	})

	t.Run("the record goes with the act, or neither", func(t *testing.T) {
		w := newWorld(t, open)
		admin := access.Actor{Kind: access.Staff, Org: acme, User: "usr_huda"}
		ctx := engine.WithWitness(t.Context(), admin, engine.ActBlock, "192.0.2.1/32", t0)
		b, err := w.PutBlock(ctx, network("blk_1", "192.0.2.1/32"), 1)
		w.ok(err)
		_, err = w.PutBlock(ctx, network("blk_2", "192.0.2.2/32"), 1)
		wantCode(t, "one too many", err, problem.OutOfRange)
		ctx = engine.WithWitness(t.Context(), admin, engine.ActUnblock, "192.0.2.1/32", t0)
		w.ok(w.DeleteBlock(ctx, acme, b.ID))
		wantCode(t, "lifted twice", w.DeleteBlock(ctx, acme, b.ID), problem.NotFound)
		records, err := w.Audit(t.Context(), acme, engine.AuditQuery{Object: "192.0.2.1/32", Forward: true, Limit: 10})
		w.ok(err)
		acts := []string{}
		for _, r := range records {
			acts = append(acts, r.Act)
		}
		same(t, "recorded", []string{engine.ActBlock, engine.ActUnblock}, acts)
	})
}
