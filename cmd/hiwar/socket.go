package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/store"
	"hiwar/internal/wire"
)

// controlSocket is where a running server listens to the commands of this
// program: a file in the folder of the data, which only its owner may open.
func controlSocket(data string) string { return filepath.Join(data, "control.sock") }

// serveControl listens for other commands of this program. A folder on which
// there can be no socket costs those commands and nothing else.
func (s *server) serveControl(begin func(string, func() error)) (stop func()) {
	if s.config.Data == store.Memory {
		return func() {}
	}
	path := controlSocket(s.config.Data)
	// One that is there is of a server that was killed: we hold the lock.
	_ = os.Remove(path)
	listener, err := net.Listen("unix", path)
	if err == nil {
		err = os.Chmod(path, 0o600)
	}
	if err != nil {
		s.log.Warn("\"hiwar config\" cannot reach this server", "error", err)
		return func() {}
	}
	answers := &http.Server{Handler: controlHandler(console{s.asked, s.login}), ReadHeaderTimeout: 5 * time.Second}
	begin("control", func() error { return closed(answers.Serve(listener)) })
	return func() { answers.Close() }
}

// controlHandler answers what [dialControl] asks.
func controlHandler(c control) http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, do func(ctx context.Context, o id.Org, file []byte) (any, error)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			file, err := io.ReadAll(http.MaxBytesReader(w, r.Body, wire.MaxFile+1))
			var answer any
			if err == nil {
				answer, err = do(r.Context(), id.Org(r.URL.Query().Get("org")), file)
			}
			if err != nil {
				p := problem.Of(err)
				w.WriteHeader(http.StatusUnprocessableEntity)
				answer = refusedBy{p.Code, p.Params}
			}
			// Who does not wait for the answer is not told.
			_ = json.NewEncoder(w).Encode(answer)
		})
	}
	handle("GET /configuration", func(ctx context.Context, o id.Org, _ []byte) (any, error) { return c.export(ctx, o) })
	handle("POST /configuration/plan", func(ctx context.Context, o id.Org, file []byte) (any, error) { return c.plan(ctx, o, file) })
	handle("PUT /configuration", func(ctx context.Context, o id.Org, file []byte) (any, error) { return nil, c.apply(ctx, o, file) })
	return mux
}

// refusedBy is a problem on its way from the server to the command.
type refusedBy struct {
	Code   problem.Code   `json:"code"`
	Params map[string]any `json:"params"`
}

// remote is the control of a server that runs.
type remote struct{ http.Client }

// dialControl reaches the server that has the folder.
func dialControl(ctx context.Context, data string) (control, error) {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", controlSocket(data))
	}
	probe, err := dial(ctx, "", "")
	if err != nil {
		return nil, err
	}
	return remote{http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}}, probe.Close()
}

func (r remote) export(ctx context.Context, o id.Org) (file []byte, err error) {
	return file, r.ask(ctx, http.MethodGet, "/configuration", o, nil, &file)
}

func (r remote) plan(ctx context.Context, o id.Org, file []byte) (p engine.Plan, err error) {
	return p, r.ask(ctx, http.MethodPost, "/configuration/plan", o, file, &p)
}

func (r remote) apply(ctx context.Context, o id.Org, file []byte) error {
	return r.ask(ctx, http.MethodPut, "/configuration", o, file, new(any))
}

func (r remote) ask(ctx context.Context, method, path string, o id.Org, body []byte, answer any) error {
	address := "http://hiwar" + path + "?" + url.Values{"org": {string(o)}}.Encode()
	q, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	res, err := r.Do(q)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	said := json.NewDecoder(res.Body)
	if res.StatusCode == http.StatusOK {
		return said.Decode(answer)
	}
	var no refusedBy
	if err := said.Decode(&no); err != nil {
		return fmt.Errorf("the server answered %s", res.Status)
	}
	return &problem.Problem{Code: no.Code, Params: no.Params}
}
