package main

import (
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"hiwar/client"
	"hiwar/internal/store/postgrestest"
)

// The product is the same on PostgreSQL.
func TestAWholeConversationOnPostgres(t *testing.T) {
	c := start(t, "--database", postgrestest.URL(t))
	wholeConversation(t, c, c, c)
}

func TestARestartLosesNothingOnPostgres(t *testing.T) {
	restartLosesNothing(t, start(t, "--database", postgrestest.URL(t)))
}

// on runs a command on a database, with its folder.
func on(t *testing.T, address, folder string, args ...string) (code int, out, log string) {
	t.Helper()
	o, l := &watched{}, &watched{}
	p := program{out: o, err: l, env: []string{"HIWAR_DATABASE=" + address, "HIWAR_DATA=" + folder}}
	code = p.run(t.Context(), args)
	return code, o.String(), l.String()
}

// Whatever a command can do beside a server on a file it can do beside one on
// PostgreSQL. A second server is refused, and so is what PostgreSQL does better.
func TestCommandsBesideAServerOnPostgres(t *testing.T) {
	address := postgrestest.URL(t)
	c := start(t, "--database", address)
	c.staff("omar").available()
	for _, want := range []struct {
		args string
		code int
		says string
	}{
		{"audit verify", 0, "each as it was written"},
		{"audit export", 0, ""},
		{"org list", 0, "org_"},
		{"config export", 0, "queue"},
		{"invite layla@hiwar.localhost", 1, "nobody with the address"},
		{"org create Another boss@example.org", 0, "/welcome#"},
		{"invite boss@example.org", 0, "/welcome#"},
		{"migrate status", 0, "first.sql"},
		{"setup-link", 1, "there is an administrator already"},
		{"backup copy.db", 1, "pg_dump"},
		{"restore copy.db", 1, "pg_restore"},
		{"doctor", 1, "fsync is off on the server"}, // which is so in tests; all before it was well
	} {
		code, out, log := on(t, address, c.data, strings.Fields(want.args)...)
		if code != want.code || !strings.Contains(out+log, want.says) {
			t.Errorf("%s: %d %s%s", want.args, code, out, log)
		}
		if want.args == "doctor" && strings.Count(out, " ok\n") != 5 {
			t.Errorf("doctor says %s", out)
		}
	}
	code, out, log := on(t, address+"&lock_timeout=100", t.TempDir(), "serve", "--listen", "127.0.0.1:0")
	if code != 1 || !strings.Contains(log, "another Hiwar server has this database") || out != "" {
		t.Errorf("a second server: %d %s%s", code, out, log)
	}
}

// A database that cannot be had is one sentence, and nothing is begun.
func TestADatabaseThatCannotBeHad(t *testing.T) {
	for address, want := range map[string]struct {
		code int
		says string
	}{
		"postgres://hiwar:secret@127.0.0.1:1/hiwar": {1, "the server cannot be reached"},
		"mysql://hiwar:secret@127.0.0.1/hiwar":      {2, "this is not a URL such as postgres://"},
		"hiwar.db":                                  {2, "for a database in a file say --data"},
	} {
		folder := t.TempDir()
		for _, command := range []string{"serve", "doctor", "setup-link", "migrate"} {
			code, out, log := on(t, address, folder, command)
			if code != want.code || !strings.Contains(log, want.says) || strings.Contains(out+log, "secret") || strings.Count(log, "\n") != 1 {
				t.Errorf("%s %s: %d %s%s", command, address, code, out, log)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(folder, "*.db*")); len(left) > 0 {
			t.Errorf("%s: %v was made", address, left)
		}
	}
}

// The server of the database goes and comes back: nobody is told that something
// was kept that was not, readiness says so, and then all goes on by itself.
func TestTheDatabaseGoesAndComesBack(t *testing.T) {
	cluster, err := postgrestest.Start()
	if errors.Is(err, postgrestest.ErrMissing) {
		postgrestest.Shared(t) // skips, or fails in CI
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cluster.Stop() })
	address, err := cluster.New()
	if err != nil {
		t.Fatal(err)
	}
	c := start(t, "--database", address)
	c.logs = "level=ERROR"
	omar := c.staff("omar")
	omar.available()
	salma := c.customer("Salma", "hello")
	omar.accept()
	salma.reads("joined")

	omar.reads("hello")
	cluster.Crash()
	id := salma.id()
	if _, err := salma.Send(c.ctx, id, salma.conv, "into the dark"); client.Code(err) != "unavailable" {
		t.Errorf("a message that cannot be kept: %v", err)
	}
	if got := c.do(nil, "GET", "/readyz", ""); got.status != http.StatusServiceUnavailable {
		t.Errorf("readiness without a database: %d", got.status)
	}
	if err := cluster.Resume(); err != nil {
		t.Fatal(err)
	}
	for {
		_, err := salma.Send(c.ctx, id, salma.conv, "into the dark")
		if err == nil {
			break
		}
		if client.Code(err) != "unavailable" {
			t.Fatalf("the same message again: %v", err)
		}
	}
	omar.reads("into the dark")
	if got := c.do(nil, "GET", "/readyz", ""); got.status != http.StatusOK {
		t.Errorf("readiness with it: %d %s", got.status, got.body)
	}
}

// A server on a file moves to PostgreSQL: what was said is there.
func TestCopyToPostgres(t *testing.T) {
	c := start(t)
	omar := c.staff("omar")
	omar.available()
	salma := c.customer("Salma", "hello")
	omar.accept()
	salma.reads("joined")
	address := postgrestest.URL(t)
	if code, out, log := on(t, address, c.data, "copy"); code != 1 || out != "" {
		t.Errorf("copied while the server runs: %d %s%s", code, out, log)
	}
	c.stop()
	code, out, log := on(t, address, c.data, "copy")
	if code != 0 || !strings.Contains(out, "read again and found the same") {
		t.Fatalf("%d %s%s", code, out, log)
	}
	if code, _, log := on(t, "", c.data, "copy"); code != 2 || !strings.Contains(log, "HIWAR_DATABASE") {
		t.Errorf("without a target: %d %s", code, log)
	}
	c.options = append(c.options, "--database", address)
	c.run(strings.TrimPrefix(c.base, "http://"))
	salma.comeBack()
	salma.say("after")
	omar.comeBack()
	omar.follow("conv/" + omar.conv)
	omar.reads("after")
}
