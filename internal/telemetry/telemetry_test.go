package telemetry

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestFiguresInPrometheusForm(t *testing.T) {
	var m Metrics
	m.Add(func(emit func(string, int64)) {
		emit("requests_total{class=\"5xx\"}", 1)
		emit("requests_total{class=\"2xx\"}", 41)
		emit("sockets_open", 3)
	})
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	want := "# TYPE hiwar_requests_total counter\nhiwar_requests_total{class=\"2xx\"} 41\nhiwar_requests_total{class=\"5xx\"} 1\n" +
		"# TYPE hiwar_sockets_open gauge\nhiwar_sockets_open 3\n"
	if got := w.Body.String(); !strings.HasSuffix(got, want) || !strings.Contains(got, "hiwar_goroutines ") {
		t.Errorf("got\n%s\nwant at the end\n%s", got, want)
	}
}

func TestHealth(t *testing.T) {
	var broken error
	h := Health{Ready: func() error { return broken }}
	for _, c := range []struct {
		err  error
		want int
	}{{nil, 200}, {errors.New("secret reason"), 503}} {
		broken = c.err
		w := httptest.NewRecorder()
		h.IsReady(w, nil)
		if w.Code != c.want || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("ready says %d %q", w.Code, w.Body)
		}
		w = httptest.NewRecorder()
		h.Alive(w, nil)
		if w.Code != 200 {
			t.Errorf("alive says %d", w.Code)
		}
	}
}

func TestLogger(t *testing.T) {
	var out bytes.Buffer
	log, err := Logger(&out, "warn", "json")
	if err != nil {
		t.Fatal(err)
	}
	log.Info("quiet")
	log.Warn("loud", "name", "a\nb")
	if got := out.String(); strings.Contains(got, "quiet") || strings.Count(got, "\n") != 1 {
		t.Errorf("got %q", got)
	}
	for _, c := range [][2]string{{"loud", "text"}, {"info", "xml"}} {
		if _, err := Logger(&out, c[0], c[1]); err == nil {
			t.Errorf("%v was accepted", c)
		}
	}
}
