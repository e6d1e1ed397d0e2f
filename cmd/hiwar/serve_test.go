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
	salma := &person{Client: client.New(base), c: c, cards: map[string]client.Card{}, seen: map[string]int64{}}
	started, err := salma.StartChat(ctx, "k1", key[1], base, client.Beginning{Name: "Salma", Text: "first", Language: "ar"})
	salma.must(err)
	salma.conv = started.Conversation
	huda.accept()
	huda.reads("first")

	cancel()
	if code := <-ended; code != 0 {
		t.Errorf("ended with %d: %s", code, log)
	}
}
