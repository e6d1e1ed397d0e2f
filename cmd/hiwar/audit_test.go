package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/store"
)

// audited is a data folder with one organization and nothing recorded.
func audited(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(t.Context(), filepath.Join(dir, "hiwar.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	config := org.Config{
		Organization: org.Organization{ID: "org_1", Name: org.Name{En: "One"}, Language: "en", TimeZone: "UTC", Settings: org.Defaults(), Version: 1},
		Users:        []org.User{{ID: "usr_1", Name: "Dina", Email: "dina@example.org", Roles: []org.Role{org.RoleAdministrator}, Version: 1}},
		Version:      1,
	}
	if err := db.CreateOrganization(t.Context(), config, map[id.User]string{}, access.Digest{}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// What is done on the server itself is recorded too; the commands print it,
// verify it, and name the record that somebody changed in the file.
func TestAuditOnTheServer(t *testing.T) {
	dir := audited(t)
	run := func(want int, args ...string) (out, said string) {
		t.Helper()
		var o, e bytes.Buffer
		if code := (program{out: &o, err: &e}).run(t.Context(), args); code != want {
			t.Fatalf("%v: exit code %d, want %d: %s", args, code, want, e.String())
		}
		return o.String(), e.String()
	}
	run(2, "audit")
	run(2, "audit", "burn", "--data", dir)
	run(2, "audit", "verify", "--data", dir, "org_1=nothing")
	run(1, "audit", "verify", "--data", t.TempDir())
	if out, _ := run(0, "audit", "verify", "--data", dir); !strings.Contains(out, "0 records") {
		t.Errorf("with nothing recorded: %s", out)
	}
	run(0, "invite", "--data", dir, "dina@example.org")
	out, _ := run(0, "audit", "verify", "--data", dir)
	head, _, _ := strings.Cut(out, " ")
	if !strings.HasPrefix(head, "org_1=1:") {
		t.Fatalf("verified: %s", out)
	}
	out, _ = run(0, "audit", "export", "--data", dir)
	var r exported
	if err := json.Unmarshal([]byte(out), &r); err != nil || r.Actor != "console" || r.Act != "invite" || r.Object != "usr_1" || r.N != 1 {
		t.Errorf("exported: %s (%v)", out, err)
	}
	run(0, "invite", "--data", dir, "dina@example.org")
	run(0, "audit", "verify", "--data", dir, head)

	raw, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "hiwar.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.ExecContext(t.Context(), `DROP TRIGGER audit_is_not_changed; UPDATE audit SET actor = 'usr_2' WHERE n = 1`); err != nil {
		t.Fatal(err)
	}
	if _, said := run(1, "audit", "verify", "--data", dir); !strings.Contains(said, "org_1: audit: record 1") {
		t.Errorf("a changed record: %s", said)
	}
}
