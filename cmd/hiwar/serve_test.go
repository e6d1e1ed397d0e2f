package main

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"hiwar/client"
)

// From nothing to an answered customer, as a new installation does it.
func TestANewInstallation(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, log := &watched{found: make(chan string, 1), what: regexp.MustCompile(`(http://127\.0\.0\.1:\d+/setup#\S+)\n`)}, &watched{}
	ended := make(chan int, 1)
	go func() {
		ended <- program{out: out, err: log}.run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--metrics", "127.0.0.1:0"})
	}()
	link := <-out.found
	base, token, _ := strings.Cut(link, "/setup#")
	c := &centre{t: t, ctx: ctx, base: base}

	body := fmt.Sprintf(`{"token":%q,"organization":"لوتس","name":"Huda","email":"huda@example.org","password":"a blue bicycle at noon","language":"ar","time_zone":"Asia/Riyadh"}`, token)
	got := c.do(nil, "POST", "/api/v1/setup", body)
	if got.status != http.StatusOK {
		t.Fatalf("setup: %d %s", got.status, got.body)
	}
	if got := c.do(nil, "POST", "/api/v1/setup", body); got.code() != "setup_done" {
		t.Errorf("a second set-up: %d %s", got.status, got.body)
	}
	if got := c.do(nil, "GET", "/api/v1/demo", ""); got.status != http.StatusNotFound {
		t.Errorf("the demo answers: %d", got.status)
	}
	if got := c.do(nil, "GET", "/enter/x", ""); got.status != http.StatusNotFound {
		t.Errorf("enter links answer: %d", got.status)
	}

	huda := &person{Client: client.New(base), c: c, cards: map[string]client.Card{}, seen: map[string]int64{}}
	huda.must(huda.SignIn(ctx, "huda@example.org", "a blue bicycle at noon"))
	huda.connect()
	huda.follow("agent/" + huda.socket.Welcome.User)
	huda.available()
	huda.cookie, _, _ = strings.Cut(got.header.Get("Set-Cookie"), ";")
	assets := c.do(huda, "GET", "/api/v1/assets", "").body
	key := regexp.MustCompile(`"key":"([^"]+)"`).FindStringSubmatch(assets)
	if key == nil {
		t.Fatalf("assets: %s", assets)
	}
	if got := c.do(nil, "GET", "/preview/"+key[1], ""); got.status != http.StatusOK && !strings.Contains(got.body, "./dev build") ||
		got.status == http.StatusOK && !strings.Contains(got.header.Get("Content-Security-Policy"), "frame-ancestors 'self'") {
		t.Errorf("the preview: %d %v", got.status, got.header)
	}
	if got := c.do(nil, "GET", "/preview/nobody", ""); got.status != http.StatusNotFound || strings.Contains(got.body, "./dev build") {
		t.Errorf("a preview of nothing: %d %s", got.status, got.body)
	}

	salma := &person{Client: client.New(base), c: c, cards: map[string]client.Card{}, seen: map[string]int64{}}
	started, err := salma.StartChat(ctx, "k1", key[1], base, client.Beginning{Name: "Salma", Text: "first", Language: "ar"})
	salma.must(err)
	salma.conv = started.Conversation
	huda.accept()
	huda.reads("first")

	// A colleague: in the configuration, invited, and at work.
	config := c.do(huda, "GET", "/api/v1/configuration", "").body
	team := regexp.MustCompile(`"teams": \[\s*{\s*"id": "([^"]+)"`).FindStringSubmatch(config)
	if team == nil {
		t.Fatalf("configuration: %s", config)
	}
	dina := fmt.Sprintf(`{"format":"hiwar-configuration-1","users":[{"id":"dina","name":"دينا","email":"dina@example.org","roles":["agent"],"teams":[%q]}]}`, team[1])
	if got := c.do(huda, "PUT", "/api/v1/configuration", dina); got.status != http.StatusOK {
		t.Fatalf("a colleague: %d %s", got.status, got.body)
	}
	config = c.do(huda, "GET", "/api/v1/configuration", "").body
	id := regexp.MustCompile(`"id": "([^"]+)",\s*"name": "دينا"`).FindStringSubmatch(config)
	if id == nil {
		t.Fatalf("configuration: %s", config)
	}
	invitation := c.do(huda, "POST", "/api/v1/users/"+id[1]+"/invitation", "").body
	secret := regexp.MustCompile(`/welcome#([^"]+)"`).FindStringSubmatch(invitation)
	if secret == nil {
		t.Fatalf("invitation: %s", invitation)
	}
	if got := c.do(nil, "POST", "/api/v1/invitation", fmt.Sprintf(`{"token":%q,"password":"nine quiet boats at dawn"}`, secret[1])); got.status != http.StatusOK {
		t.Fatalf("joining: %d %s", got.status, got.body)
	}
	colleague := &person{Client: client.New(base), c: c, cards: map[string]client.Card{}, seen: map[string]int64{}}
	colleague.must(colleague.SignIn(ctx, "dina@example.org", "nine quiet boats at dawn"))
	colleague.connect()
	colleague.follow("agent/" + colleague.socket.Welcome.User)
	colleague.available()

	cancel()
	if code := <-ended; code != 0 {
		t.Errorf("ended with %d: %s", code, log)
	}
}
