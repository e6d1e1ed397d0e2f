package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"hiwar/client"
	"hiwar/test/rig"
)

// talkers are customers who write a few times a second and expect an answer.
type talkers struct {
	all   []*client.Client
	convs []string
	said  atomic.Int64
}

// spoken is what became of it.
type spoken struct {
	n, errors int
	slowest   time.Duration
}

func newTalkers(ctx context.Context, server *rig.Server, n int) (*talkers, error) {
	t := &talkers{}
	for i := range n {
		c := rig.Visitor(server.Base)
		started, err := c.StartChat(ctx, fmt.Sprintf("start%d", i), rig.AssetKey, rig.Origin, client.Beginning{Name: "Sara", Text: "hello", Language: "en"})
		if err != nil {
			return nil, err
		}
		t.all, t.convs = append(t.all, c), append(t.convs, started.Conversation)
	}
	return t, nil
}

// talk has each write four times a second, which no limit forbids.
func (t *talkers) talk(ctx context.Context, span time.Duration) (out spoken, err error) {
	var mu sync.Mutex
	var people sync.WaitGroup
	until := time.Now().Add(span)
	for i, c := range t.all {
		people.Go(func() {
			for time.Now().Before(until) && ctx.Err() == nil {
				began := time.Now()
				_, err := c.Send(ctx, fmt.Sprintf("t%d", t.said.Add(1)), t.convs[i], "is anybody there?")
				took := time.Since(began)
				mu.Lock()
				out.n++
				out.slowest = max(out.slowest, took)
				if err != nil {
					out.errors++
				}
				mu.Unlock()
				pause(ctx, 250*time.Millisecond-took)
			}
		})
	}
	people.Wait()
	return out, ctx.Err()
}

// attack is all that one address can send.
type attack struct {
	address, from             string
	requests, sockets, frames atomic.Int64
	wait                      sync.WaitGroup
}

func (a *attack) begin(ctx context.Context) {
	http := a.client()
	bodies := []string{
		`{"name":"x","text":"hello","embed_token":"x"}`, `{"email":"a@b","password":"x"}`, strings.Repeat("[", 60_000), `{"text":"` + strings.Repeat("م", 20_000) + `"}`, "\xff\xfe", "",
	}
	paths := []string{"/api/v1/widget/" + rig.AssetKey + "/conversations", "/api/v1/login", "/api/v1/conversations/conv_x/messages", "/api/v1/nothing", "/readyz"}
	for n := range 16 {
		a.wait.Go(func() {
			chance := rand.New(rand.NewPCG(uint64(n), 9))
			for ctx.Err() == nil {
				a.request(ctx, http, paths[chance.IntN(len(paths))], bodies[chance.IntN(len(bodies))])
			}
		})
	}
	for range 16 {
		a.wait.Go(func() {
			for ctx.Err() == nil {
				a.socket(ctx)
			}
		})
	}
}

func (a *attack) client() *http.Client {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(a.from)}}
	return &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DialContext: d.DialContext, MaxIdleConnsPerHost: 16}}
}

func (a *attack) request(ctx context.Context, c *http.Client, path, body string) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+a.address+path, strings.NewReader(body))
	if err != nil {
		return
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", fmt.Sprint(a.requests.Load()))
	res, err := c.Do(req)
	if err != nil {
		return
	}
	_, _ = io.Copy(io.Discard, res.Body)
	res.Body.Close()
	a.requests.Add(1)
}

// socket opens one, says what is no hello as fast as it may, and leaves when
// it is thrown out.
func (a *attack) socket(ctx context.Context) {
	raw, err := rig.DialRaw(ctx, a.address, a.from)
	if err != nil {
		return
	}
	defer raw.Close()
	_ = raw.SetDeadline(time.Now().Add(5 * time.Second))
	if raw.Upgrade(raw.Whole) != nil {
		return
	}
	a.sockets.Add(1)
	go func() { _, _ = io.Copy(io.Discard, raw) }()
	junk := rig.Frame(rig.Text, []byte(`{"type":"sub","topic":"conv/`+strings.Repeat("x", 2000)+`"}`))
	for ctx.Err() == nil {
		if raw.Whole(junk) != nil {
			return
		}
		a.frames.Add(1)
	}
}
