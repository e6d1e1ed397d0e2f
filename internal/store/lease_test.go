package store

import (
	"errors"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/store/postgrestest"
)

const leased id.Org = "org_leased"

func shared(t *testing.T, address string) (*DB, Leases) {
	t.Helper()
	db, err := OpenShared(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, db.Leases()
}

// sharedBy are two processes on one database with one organization.
func sharedBy(t *testing.T) (address string, a, b *DB) {
	t.Helper()
	address = postgrestest.URLOf(t, prepared)
	a, _ = shared(t, address)
	b, _ = shared(t, address)
	config := org.Config{Organization: org.Organization{ID: leased, Name: org.Name{En: "Leased"}, Language: "en", TimeZone: "UTC", Settings: org.Defaults(), Version: 1}, Version: 1}
	if err := a.CreateOrganization(t.Context(), config, nil, access.Digest{}, time.Now()); err != nil {
		t.Fatal(err)
	}
	return address, a, b
}

func beat(t *testing.T, db *DB, name string) engine.Standing {
	t.Helper()
	v, err := db.Leases().Beat(t.Context(), engine.Peer{Name: name, Address: name + ":1"})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// only is the one organization's holding.
func only(t *testing.T, v engine.Standing) engine.Holding {
	t.Helper()
	if len(v.Holdings) != 1 || v.Holdings[0].Org != leased {
		t.Fatalf("%+v", v.Holdings)
	}
	return v.Holdings[0]
}

func TestOneOfTwoTakes(t *testing.T) {
	t.Parallel()
	_, a, b := sharedBy(t)
	v := beat(t, a, "a")
	if h := only(t, v); h.Epoch != 0 || h.Node != "" {
		t.Fatalf("before anybody took it: %+v", h)
	}
	for epoch := int64(1); epoch <= 2; epoch++ {
		seen := only(t, beat(t, b, "b"))
		got := map[string]bool{}
		for name, db := range map[string]*DB{"a": a, "b": b} {
			e, ok, err := db.Leases().Take(t.Context(), seen, name)
			if err != nil {
				t.Fatal(err)
			}
			if got[name] = ok; ok && e != epoch {
				t.Errorf("epoch %d, want %d", e, epoch)
			}
		}
		if got["a"] == got["b"] {
			t.Errorf("who has it: %v", got)
		}
	}
	v = beat(t, a, "a")
	if len(v.Peers) != 2 || v.Peers[1].Address != "b:1" || v.Peers[1].Beat < 0 || v.Peers[1].Beat > engine.Lease {
		t.Errorf("peers %+v", v.Peers)
	}
	if h := only(t, v); h.Left <= 0 || h.Left > engine.Lease {
		t.Errorf("the lease has %v left", h.Left)
	}
}

// A lease that was renewed since it was looked at is not taken.
func TestRenewedIsNotTaken(t *testing.T) {
	t.Parallel()
	_, a, b := sharedBy(t)
	if _, ok, err := a.Leases().Take(t.Context(), only(t, beat(t, a, "a")), "a"); !ok || err != nil {
		t.Fatal(ok, err)
	}
	seen := only(t, beat(t, b, "b"))
	if _, err := a.write.ExecContext(t.Context(), `UPDATE leases SET until = until - 5000000`); err != nil {
		t.Fatal(err)
	}
	late := only(t, beat(t, b, "b"))
	if renewed := only(t, beat(t, a, "a")); renewed.Epoch != seen.Epoch || !renewed.Until.After(late.Until) {
		t.Errorf("renewed %+v after %+v", renewed, late)
	}
	if _, ok, err := b.Leases().Take(t.Context(), late, "b"); ok || err != nil {
		t.Errorf("taken: %v, %v", ok, err)
	}
}

// Whoever had it before commits nothing more, from the moment it is another's.
func TestStaleCommitsAreRefused(t *testing.T) {
	t.Parallel()
	_, a, b := sharedBy(t)
	epoch, _, err := a.Leases().Take(t.Context(), only(t, beat(t, a, "a")), "a")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC().Truncate(time.Millisecond)
	batch := func(epoch int64, command string) *engine.Batch {
		reply := engine.StoredReply{Key: engine.ReplyKey{Org: leased, Scope: "usr_1", Command: command}, At: now}
		return &engine.Batch{Now: now, Orgs: []engine.OrgBatch{{Org: leased, Epoch: epoch, Replies: []engine.StoredReply{reply}}}}
	}
	if err := a.Commit(t.Context(), batch(epoch, "before")); err != nil {
		t.Fatal(err)
	}
	if err := a.Leases().Hand(t.Context(), only(t, beat(t, a, "a")), "b"); err != nil {
		t.Fatal(err)
	}
	err = a.Commit(t.Context(), batch(epoch, "after"))
	if stale, ok := errors.AsType[engine.StaleError](err); !ok || stale.Org != leased {
		t.Errorf("got %v, want that it is another's", err)
	}
	h := only(t, beat(t, b, "b"))
	if h.Node != "b" {
		t.Fatalf("handed to b it is %+v", h)
	}
	if err := b.Commit(t.Context(), batch(h.Epoch, "then")); err != nil {
		t.Error(err)
	}
	found, err := b.Replies(t.Context(), []engine.ReplyKey{{Org: leased, Scope: "usr_1"}})
	if err != nil || len(found) != 2 {
		t.Errorf("stored %v, %v", found, err)
	}
}

// A process that has the database for itself and ones that share it keep each
// other out.
func TestSharedOrAlone(t *testing.T) {
	t.Parallel()
	address := postgrestest.URLOf(t, prepared)
	q := "&lock_timeout=100"
	db, _ := shared(t, address)
	if other, err := Open(t.Context(), address+q); err == nil {
		_ = other.Close()
		t.Error("one opened the database for itself that others share")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	openPostgres(t, address)
	if other, err := OpenShared(t.Context(), address+q); err == nil {
		_ = other.Close()
		t.Error("one shares the database that another has for itself")
	}
	if _, err := OpenShared(t.Context(), t.TempDir()+"/hiwar.db"); err == nil {
		t.Error("a file is shared")
	}
}
