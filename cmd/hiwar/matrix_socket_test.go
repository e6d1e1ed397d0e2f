package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"hiwar/internal/problem"
)

// frame sends a command over a socket of its own and says what came of it.
func (w *world) frame(t *testing.T, who *someone, a ask, body string) (mark, said string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	site := httptest.NewServer(w.now.http.Handler)
	defer site.Close()
	// Sockets run only as long as this one: nobody is to be missed meanwhile.
	conn, res, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(site.URL, "http")+"/api/v1/socket",
		&websocket.DialOptions{HTTPClient: site.Client(), HTTPHeader: http.Header{"Origin": {site.URL}}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.CloseNow() }()
	if res.Body != nil {
		res.Body.Close()
	}
	conn.SetReadLimit(1 << 20)
	write := func(text string) {
		if err := conn.Write(ctx, websocket.MessageText, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if who != nil {
		write(w.hello(t, who))
	}
	write(body)
	if who != nil {
		// What a connection sends is carried out in its order: when this is
		// answered, what came before it was.
		write(`{"type":"send","command_id":"barrier","conversation":"conv_none","text":"x"}`)
	}
	mark = "yes"
	for {
		_, data, err := conn.Read(ctx)
		if err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		var f struct {
			Type, Ref, Code, Topic string
		}
		if err := json.Unmarshal(data, &f); err != nil {
			t.Fatal(err)
		}
		switch {
		case f.Type == "error" && f.Ref == "barrier" && a.of != "sub", f.Type == "snapshot":
			return mark, said
		case f.Type == "error" && f.Ref != "barrier":
			mark, said = markOf(problem.Code(f.Code).Status(), f.Code), f.Code
			if a.of == "sub" || who == nil {
				return mark, said
			}
		}
	}
}

func (w *world) hello(t *testing.T, who *someone) string {
	t.Helper()
	if who.bearer != "" {
		return `{"type":"hello","visitor_token":"` + who.bearer + `"}`
	}
	var ticket struct{ Ticket string }
	w.now.ask(who, "POST", "/api/v1/socket-tickets", "", w.key()...).into(t, &ticket)
	return `{"type":"hello","ticket":"` + ticket.Ticket + `"}`
}
