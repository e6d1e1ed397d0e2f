package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	configuration "hiwar/internal/config"
	"hiwar/internal/config/configtest"
	"hiwar/internal/org"
)

// command runs a command line that ends by itself.
func command(t testing.TB, want int, args ...string) (out, said string) {
	t.Helper()
	var o, e bytes.Buffer
	if code := (program{out: &o, err: &e}).run(t.Context(), args); code != want {
		t.Fatalf("%v: exit code %d, want %d: %s", args, code, want, e.String())
	}
	return o.String(), e.String()
}

// kept is a file in a folder of its own.
func kept(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "centre.json")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var served = regexp.MustCompile(`(http://127\.0\.0\.1:\d+)/desk\n`)

// serving runs the server on a folder until the test ends or stop is called.
func serving(t *testing.T, data string) (base string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, log := &watched{found: make(chan string, 1), what: served}, &watched{}
	ended := make(chan int, 1)
	go func() {
		ended <- program{out: out, err: log}.run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--data", data, "--log-level=warn"})
	}()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if code := <-ended; code != 0 {
			t.Errorf("the server ended with %d: %s", code, log)
		}
	}
	t.Cleanup(stop)
	select {
	case base = <-out.found:
	case code := <-ended:
		ended <- code
		t.Fatalf("the server ended with %d: %s", code, log)
	}
	return base, stop
}

// An organization made from a file, its file put on again, changed, and spoilt:
// on the folder, and then the same of the server that has it.
func TestAConfigurationFromTheConsole(t *testing.T) {
	data := t.TempDir()
	thousand := configtest.Thousand("org_1")
	file := configuration.WriteToKeep(thousand)
	command(t, 0, "org", "create", "--data", data, "--from", kept(t, file))
	again := func(where string) {
		t.Helper()
		if out, _ := command(t, 0, "config", "export", "--data", data); out != string(file) {
			t.Errorf("%s: the file that comes out is another: %d bytes, %d went in", where, len(out), len(file))
		}
		if out, _ := command(t, 0, "config", "apply", "--data", data, kept(t, file)); !strings.HasPrefix(out, "0 changes;") {
			t.Errorf("%s: putting on what is in force: %s", where, out)
		}
	}
	spoilt := func(where string) {
		t.Helper()
		bad := strings.Replace(string(file), `"email": "u137@example.org"`, `"email": "U137"`, 1)
		for _, act := range []string{"plan", "apply"} {
			if _, said := command(t, 1, "config", act, "--data", data, kept(t, []byte(bad))); !strings.Contains(said, "users.137.email") || !strings.Contains(said, "email_invalid") {
				t.Errorf("%s: %s of a file with a bad row: %s", where, act, said)
			}
		}
	}
	change := func(where, name string) {
		t.Helper()
		changed := kept(t, bytes.Replace(file, []byte(`"en": "Team 7"`), []byte(`"en": "`+name+`"`), 1))
		for _, act := range []string{"plan", "apply"} {
			out, _ := command(t, 0, "config", act, "--data", data, "--org", "A thousand", changed)
			if !strings.Contains(out, `"`+name+`"`) || !strings.Contains(out, "\n1 changes;") {
				t.Errorf("%s: %s: %s", where, act, out)
			}
		}
		if out, _ := command(t, 0, "config", "export", "--data", data); !strings.Contains(out, name) {
			t.Errorf("%s: what was applied is not in force", where)
		}
		command(t, 0, "config", "apply", "--data", data, kept(t, file))
	}
	again("without a server")
	spoilt("without a server")
	change("without a server", "Night")
	_, stop := serving(t, data)
	again("with one")
	spoilt("with one")
	change("with one", "Day")
	stop()
	again("after it")
	if out, _ := command(t, 0, "audit", "export", "--data", data); strings.Count(out, `"actor":"console"`) != 4 || !strings.Contains(out, "Night") {
		t.Errorf("recorded: %s", out)
	}
	if _, err := os.Stat(controlSocket(data)); !os.IsNotExist(err) {
		t.Errorf("the socket is left behind: %v", err)
	}
}

func TestMisusedCommandsAboutOrganizations(t *testing.T) {
	data := t.TempDir()
	for _, args := range [][]string{
		{"config"},
		{"config", "burn"},
		{"config", "plan"},
		{"config", "apply", "a", "b"},
		{"config", "export", "--data", ":memory:"},
		{"org"},
		{"org", "burn"},
		{"org", "create"},
		{"org", "create", "Acme"},
		{"org", "list", "Acme"},
		{"org", "list", "--data", ":memory:"},
	} {
		command(t, 2, args...)
	}
	for _, args := range [][]string{
		{"config", "export", "--data", data},
		{"org", "list", "--data", data},
		{"org", "create", "--data", data, "Acme", "nobody"},
		{"org", "create", "--data", data, " ", "dina@example.org"},
		{"org", "create", "--data", data, "--time-zone", "Mars", "Acme", "dina@example.org"},
		{"org", "create", "--data", data, "--from", filepath.Join(data, "none")},
		{"org", "create", "--data", data, "--from", kept(t, []byte(`{"format":"hiwar-configuration-1","organization":{"name":{"en":"A"},"language":"en","time_zone":"UTC"}}`))},
	} {
		command(t, 1, args...)
	}
	command(t, 0, "org", "create", "--data", data, "Acme", "dina@example.org")
	command(t, 2, "config", "export", "--data", data, "--org", "Ajax")
	command(t, 1, "org", "create", "--data", data, "Ajax", "dina@example.org")
	if out, _ := command(t, 0, "org", "list", "--data", data); strings.Count(out, "\n") != 1 || !strings.Contains(out, "Acme") {
		t.Errorf("the list: %s", out)
	}
	command(t, 0, "org", "create", "--data", data, "--language", "ar", "أكمي", "huda@example.org")
	command(t, 2, "config", "export", "--data", data)
	if out, _ := command(t, 0, "config", "export", "--data", data, "--org", "أكمي"); !strings.Contains(out, "huda@example.org") || strings.Contains(out, "dina@") {
		t.Errorf("the second's: %s", out)
	}
}

// What is not kept of any field is not kept of an organization that begins on
// the console either.
func TestAnOrganizationOfTheConsolePassesTheGate(t *testing.T) {
	const card = "4111 1111 1111 1111"
	data := t.TempDir()
	all := configtest.Sized("org_1", 1)
	all.Templates[0].Text.En = "pay with " + card
	command(t, 0, "org", "create", "--data", data, "--from", kept(t, configuration.WriteToKeep(all)))
	command(t, 0, "org", "create", "--data", data, "Card "+card, "dina@example.org")
	list, _ := command(t, 0, "org", "list", "--data", data)
	out, _ := command(t, 0, "config", "export", "--data", data, "--org", "A thousand")
	if strings.Contains(list+out, card) || !strings.Contains(out, "pay with ") || !strings.Contains(list, "Card ") {
		t.Errorf("kept:\n%s%s", list, out)
	}
}

// What a thousand objects take, from the file to the disk.
func BenchmarkApplyingAThousandObjects(b *testing.B) {
	thousand := configtest.Thousand("org_1")
	file := kept(b, configuration.WriteToKeep(thousand))
	for b.Loop() {
		b.StopTimer()
		data := b.TempDir()
		few := org.Config{Organization: thousand.Organization, Users: []org.User{{ID: thousand.Users[0].ID, Name: "U", Email: "u0@example.org", Roles: []org.Role{org.RoleAdministrator}}}}
		command(b, 0, "org", "create", "--data", data, "--from", kept(b, configuration.WriteToKeep(few)))
		b.StartTimer()
		command(b, 0, "config", "apply", "--data", data, file)
	}
}
