package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/audit"
	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/store"
)

// recorded is a database with five records, and its file.
func recorded(t *testing.T) (*store.DB, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hiwar.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	config := org.Config{Organization: org.Organization{ID: "org_1", Name: org.Name{En: "One"}, Version: 1}, Queues: []org.Queue{{ID: "que_1", Version: 1}}, Assets: []org.Asset{{ID: "ast_1", Key: "shop", Queue: "que_1", Version: 1}}, Version: 1}
	if err := db.CreateOrganization(t.Context(), config, nil, access.Digest{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		r := audit.Record{At: time.Unix(int64(i), 5000), Actor: "usr_1", Address: "192.0.2.1", Act: "configure", Object: fmt.Sprint("que_", i), Detail: `{"kind":"queue"}`}
		b := engine.Batch{Now: time.Unix(int64(i), 0), Orgs: []engine.OrgBatch{{Org: "org_1", Audit: []audit.Record{r}}}}
		if err := db.Commit(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
	}
	return db, path
}

func TestTheAuditLogOnlyGrows(t *testing.T) {
	db, path := recorded(t)
	defer db.Close()
	head, err := db.VerifyAudit(t.Context(), "org_1", audit.Head{})
	if err != nil || head.N != 5 {
		t.Fatalf("%v, %v", head, err)
	}
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for _, change := range []string{`UPDATE audit SET actor = 'usr_2'`, `DELETE FROM audit`, `DELETE FROM audit WHERE n = 5`, `REPLACE INTO audit SELECT org, n, at, 'usr_2', address, act, object, detail, hash FROM audit`} {
		if _, err := raw.ExecContext(t.Context(), change); err == nil {
			t.Errorf("%s is accepted", change)
		}
	}
	found, err := db.Audit(t.Context(), "org_1", engine.AuditQuery{Object: "que_3", Act: "configure", Actor: "usr_1", From: time.Unix(3, 0), Until: time.Unix(4, 0), Limit: 10})
	if err != nil || len(found) != 1 || found[0].N != 4 || !found[0].At.Equal(time.Unix(3, 5000)) {
		t.Errorf("found: %+v (%v)", found, err)
	}
	found, err = db.Audit(t.Context(), "org_1", engine.AuditQuery{Before: 4, Limit: 2})
	if err != nil || len(found) != 2 || found[0].N != 3 || found[1].N != 2 {
		t.Errorf("a page: %+v (%v)", found, err)
	}
}

func TestKeysOfIdentityAreRecordedWithTheAct(t *testing.T) {
	db, _ := recorded(t)
	defer db.Close()
	admin := access.Actor{Kind: access.Staff, Org: "org_1", User: "usr_1"}
	by := func(act, object string) context.Context {
		return engine.WithWitness(t.Context(), admin, act, object, time.Unix(9, 0))
	}
	k := access.IdentityKey{Org: "org_1", Asset: "ast_1", ID: "key_1", Algorithm: access.HS256, Material: []byte("secret"), CreatedAt: time.Unix(9, 0)}
	if err := errors.Join(db.PutIdentityKey(by(engine.ActAddKey, "ast_1"), k), db.RetireIdentityKey(by(engine.ActRetireKey, "key_1"), "org_1", "ast_1", "key_1", time.Unix(9, 0))); err != nil {
		t.Fatal(err)
	}
	if err := db.RetireIdentityKey(by(engine.ActRetireKey, "key_2"), "org_1", "ast_1", "key_2", time.Unix(9, 0)); err == nil {
		t.Error("a key that is not there was retired")
	}
	found, err := db.Audit(t.Context(), "org_1", engine.AuditQuery{Forward: true, After: 5, Limit: 10})
	if err != nil || len(found) != 2 {
		t.Fatalf("records: %+v (%v)", found, err)
	}
	for i, want := range []audit.Record{{Act: engine.ActAddKey, Object: "ast_1"}, {Act: engine.ActRetireKey, Object: "key_1"}} {
		if got := found[i]; got.Act != want.Act || got.Object != want.Object || got.Actor != "usr_1" {
			t.Errorf("record %d: %+v", i, got)
		}
	}
}

// Whoever owns the file can take the guards away. What they do then is found.
func TestWhatIsDoneToTheFileIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		change string
		n      int64
		reason audit.Reason
	}{
		"changed":    {`UPDATE audit SET detail = '{}' WHERE n = 3`, 3, audit.Changed},
		"taken out":  {`DELETE FROM audit WHERE n = 3`, 4, audit.Missing},
		"swapped":    {`UPDATE audit SET n = CASE n WHEN 2 THEN 102 ELSE 103 END WHERE n IN (2, 3); UPDATE audit SET n = CASE n WHEN 102 THEN 3 ELSE 2 END WHERE n > 100`, 2, audit.Changed},
		"cut short":  {`DELETE FROM audit WHERE n = 5`, 5, audit.Cut},
		"all is out": {`DELETE FROM audit; DELETE FROM audit_heads`, 1, audit.Cut},
	} {
		t.Run(name, func(t *testing.T) {
			db, path := recorded(t)
			defer db.Close()
			noted, err := db.VerifyAudit(t.Context(), "org_1", audit.Head{})
			if err != nil {
				t.Fatal(err)
			}
			raw, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer raw.Close()
			if _, err := raw.ExecContext(t.Context(), `DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; `+c.change); err != nil {
				t.Fatal(err)
			}
			if name == "all is out" {
				noted.N, noted.Hash = 1, audit.Hash{1}
			} else {
				noted = audit.Head{}
			}
			_, err = db.VerifyAudit(t.Context(), "org_1", noted)
			var broken *audit.Broken
			if !errors.As(err, &broken) || broken.N != c.n || broken.Reason != c.reason {
				t.Errorf("found: %v, want record %d: %s", err, c.n, c.reason)
			}
		})
	}
}
