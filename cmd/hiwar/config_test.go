package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"hiwar/internal/org"
	"hiwar/internal/rest"
	"hiwar/sim"
)

// surrounded is a program with an environment and its output.
func surrounded(env ...string) (program, *bytes.Buffer, *bytes.Buffer) {
	var out, err bytes.Buffer
	return program{out: &out, err: &err, env: env}, &out, &err
}

func TestOptionsComeFromFlagsOverEnvironmentOverFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hiwar.conf")
	if err := os.WriteFile(file, []byte("# ours\nlisten = 127.0.0.1:1\ndata=/from/file\nlog-level = warn\nhost = file.example\nseed = 9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, _, _ := surrounded("HIWAR_LISTEN=127.0.0.1:2", "HIWAR_DATA=/from/env", "HIWAR_HOST=env.example", "PATH=/bin")
	c, rest, err := p.configure("serve", []string{"--config", file, "--listen=127.0.0.1:3", "x"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:3" || c.Data != "/from/env" || c.LogLevel != "warn" || c.MessagesAtOnce != 60 || rest[0] != "x" {
		t.Errorf("got %+v, %v", c, rest)
	}
	if !slices.Equal(c.Hosts, list{"file.example", "env.example"}) {
		t.Errorf("hosts %v", c.Hosts)
	}
	c, _, err = p.configure("serve", []string{"--config", file, "--host", "flag.example"})
	if err != nil || !slices.Equal(c.Hosts, list{"flag.example"}) {
		t.Errorf("a flag does not replace the list: %v, %v", c.Hosts, err)
	}
	c, _, err = p.configure("demo", []string{"--config", file})
	if err != nil || c.Seed != 9 || !c.Sim {
		t.Errorf("the demo's own: %+v, %v", c, err)
	}
}

func TestOptionsNobodyKnowsAreErrors(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		env  string
		args []string
		says string
	}{
		{"HIWAR_LISTN=x", nil, `there is no option "listn"`},
		{"", []string{"--config", write("a", "listn = x")}, `there is no option "listn"`},
		{"", []string{"--config", write("b", "listen")}, `b:1: expected`},
		{"", []string{"--config", write("c", "data=a\ndata=b")}, `c:2: expected`},
		{"", []string{"--config", filepath.Join(dir, "none")}, `no such file`},
		{"HIWAR_CONFIG=" + filepath.Join(dir, "none"), nil, `no such file`},
		{"", []string{"--listn", "x"}, `flag provided but not defined`},
		{"", []string{"--listen", "8080"}, `missing port`},
		{"", []string{"--messages-at-once", "-1"}, `below 0`},
		{"", []string{"--frames-per-second", "0"}, `below 1`},
		{"", []string{"--proxy", "nginx"}, `neither an address nor a network`},
		{"", []string{"--log-level", "loud"}, `none of debug`},
		{"", []string{"extra"}, `takes no "extra"`},
	} {
		p, _, errs := surrounded(c.env)
		if code := p.run(t.Context(), append([]string{"serve", "--data", t.TempDir()}, c.args...)); code != 2 || !strings.Contains(errs.String(), c.says) {
			t.Errorf("%s %v: ended with %d and %q, want %q", c.env, c.args, code, errs, c.says)
		}
	}
	p, _, errs := surrounded()
	if code := p.run(t.Context(), []string{"dance"}); code != 2 || !strings.Contains(errs.String(), `no command "dance"`) {
		t.Errorf("an unknown command: %d %q", code, errs)
	}
	if code := p.run(t.Context(), nil); code != 2 {
		t.Errorf("no command: %d", code)
	}
	if code := p.run(t.Context(), []string{"help"}); code != 0 {
		t.Errorf("help: %d", code)
	}
}

// What the README says to type is understood.
func TestTheReadmesDemoStarts(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile("`./dev run (--[^`]+)`").FindAllStringSubmatch(string(text), -1)
	if len(said) == 0 {
		t.Fatal("the README names no option of the demo")
	}
	for _, words := range said {
		p, _, errs := surrounded()
		if _, rest, err := p.configure("demo", strings.Fields(words[1])); err != nil || len(rest) > 0 {
			t.Errorf("%s: left over are %q, %v %s", words[0], rest, err, errs)
		}
	}
	p, _, _ := surrounded()
	for _, off := range [][]string{{"--sim", "off"}, {"--sim=off"}, {"-sim", "no"}} {
		if c, rest, err := p.configure("demo", off); err != nil || c.Sim || len(rest) > 0 {
			t.Errorf("%v: sim %t, left over %q, %v", off, c.Sim, rest, err)
		}
	}
}

func TestTheDemoStaysAtHome(t *testing.T) {
	for _, args := range [][]string{{"--listen", "0.0.0.0:0"}, {"--url", "https://demo.example"}, {"--set", "rona"}, {"--set", "nothing=1s"}, {"--set", "rona=soon"}, {"--set", "attic.wrapup_auto=3s"}, {"--set", "sales.on_unanswered=never"}, {"--set", "sales.rona=3s"}} {
		p, _, errs := surrounded()
		if code := p.run(t.Context(), append([]string{"demo"}, args...)); code != 2 {
			t.Errorf("%v: ended with %d: %s", args, code, errs)
		}
	}
}

func TestThePlaceOfTheServer(t *testing.T) {
	loopback := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}
	p, err := locate(&config{}, loopback)
	if err != nil || p.base != "http://127.0.0.1:8080" || p.secure || !slices.Contains(p.origins, "http://localhost:8080") {
		t.Errorf("loopback: %+v, %v", p, err)
	}
	p, err = locate(&config{URL: "https://Chat.Example.org/"}, loopback)
	if err != nil || p.base != "https://chat.example.org" || !p.secure || !slices.Contains(p.hosts.Names, "chat.example.org") {
		t.Errorf("behind a proxy: %+v, %v", p, err)
	}
	p, err = locate(&config{Hosts: list{"Intranet"}}, &net.TCPAddr{IP: net.IPv4zero, Port: 80})
	if err != nil || !p.secure || !slices.Contains(p.hosts.Names, "intranet") {
		t.Errorf("on all addresses: %+v, %v", p, err)
	}
	for _, url := range []string{"chat.example.org", "ftp://x", "https://x/y", "https://"} {
		if _, err := locate(&config{URL: url}, loopback); err == nil {
			t.Errorf("%q was taken for an address", url)
		}
	}
}

func TestTheSampleIsAnOrganization(t *testing.T) {
	d := &demo{sample: sim.Organization(), port: 8080}
	c, err := d.organization([]string{"rona=7s", "capacity=2", "allow_decline=true", "digits=arab"})
	if err != nil {
		t.Fatal(err)
	}
	s := c.Organization.Settings
	if s.RONA != 7*time.Second || s.Capacity != 2 || !s.AllowDecline || s.Digits != "arab" || s.Grace != org.Defaults().Grace {
		t.Errorf("settings %+v", s)
	}
	again, err := d.organization(nil)
	if err != nil || again.Users[0].ID != c.Users[0].ID {
		t.Errorf("identifiers change from start to start: %v", err)
	}
	teams := map[string]bool{}
	for _, x := range c.Teams {
		teams[string(x.ID)] = true
	}
	for _, q := range c.Queues {
		for _, x := range q.Teams {
			if !teams[string(x)] {
				t.Errorf("queue %s is served by %s, which is no team", q.Name.En, x)
			}
		}
	}
	if c.Assets[0].Origins[0] != "http://shop.hiwar.localhost:8080" {
		t.Errorf("origins %v", c.Assets[0].Origins)
	}
}

func TestTheToolsOfWhoeverRunsIt(t *testing.T) {
	data := t.TempDir()
	run := func(args ...string) (string, string, int) {
		p, out, errs := surrounded()
		code := p.run(t.Context(), append(args, "--data", data))
		return out.String(), errs.String(), code
	}
	out, errs, code := run("migrate")
	if code != 0 || !strings.Contains(out, "applied 20") {
		t.Errorf("migrate: %d %q %q", code, out, errs)
	}
	for _, words := range [][]string{{"migrate", "status"}, {"migrate", "up"}} {
		if again, errs, code := run(words...); code != 0 || again != out {
			t.Errorf("%v: %d %q %q", words, code, again, errs)
		}
	}
	for _, words := range [][]string{{"migrate", "down"}, {"migrate", "status", "now"}} {
		if _, errs, code := run(words...); code != 2 || !strings.Contains(errs, "migrate status") {
			t.Errorf("%v: %d %q", words, code, errs)
		}
	}
	first, errs, code := run("setup-link")
	if code != 0 || !strings.HasPrefix(first, "http://127.0.0.1:8080/setup#") {
		t.Errorf("setup-link: %d %q %q", code, first, errs)
	}
	if second, _, _ := run("setup-link"); second == first {
		t.Error("two links are one")
	}
	if _, errs, code := run("invite"); code != 2 || !strings.Contains(errs, "hiwar invite --data") {
		t.Errorf("inviting without a name: %d %q", code, errs)
	}
	inviting, _, refusal := surrounded()
	if code := inviting.run(t.Context(), []string{"invite", "--data", data, "nobody@example.org"}); code != 1 || !strings.Contains(refusal.String(), "nobody@example.org") {
		t.Errorf("inviting nobody: %d %q", code, refusal)
	}
	if _, errs, code := run("reset-step"); code != 2 || !strings.Contains(errs, "hiwar reset-step --data") {
		t.Errorf("resetting without a name: %d %q", code, errs)
	}
	resetting, _, refused := surrounded()
	if code := resetting.run(t.Context(), []string{"reset-step", "--data", data, "nobody@example.org"}); code != 1 || !strings.Contains(refused.String(), "nobody@example.org") {
		t.Errorf("resetting nobody's: %d %q", code, refused)
	}
	if out, errs, code := run("doctor"); code != 0 || !strings.Contains(out, "books          ok") {
		t.Errorf("doctor: %d %q %q", code, out, errs)
	}
	if err := os.WriteFile(filepath.Join(data, "hiwar.db"), []byte("this was a database once"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := run("doctor"); code != 1 || errs == "" {
		t.Errorf("doctor of a ruin: %d %q", code, errs)
	}
	p, doc, _ := surrounded()
	want, err := rest.OpenAPI()
	if code := p.run(t.Context(), []string{"openapi"}); code != 0 || err != nil || doc.String() != string(want) {
		t.Errorf("openapi: %d %v", code, err)
	}
	p, out2, _ := surrounded()
	if code := p.run(t.Context(), []string{"version"}); code != 0 || !strings.HasPrefix(out2.String(), "hiwar ") {
		t.Errorf("version: %d %q", code, out2)
	}
}

func TestOneServerAFolder(t *testing.T) {
	data := t.TempDir()
	unlock, err := lock(data)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	p, _, errs := surrounded()
	if code := p.run(t.Context(), []string{"serve", "--data", data, "--listen", "127.0.0.1:0"}); code != 1 || !strings.Contains(errs.String(), "another server uses") {
		t.Errorf("ended with %d: %s", code, errs)
	}
}
