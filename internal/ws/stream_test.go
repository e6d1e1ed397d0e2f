package ws

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hiwar/internal/wire"
)

// streaming is a Server whose streams are reached over TCP.
type streaming struct {
	*httptest.Server
	t    *testing.T
	s    *Server
	stop func()
}

func newStreaming(t *testing.T) *streaming {
	t.Helper()
	fake := newCenter()
	s := New(Config{Engine: fake, Bus: fake, Door: &door{}, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /streams", s.OpenStream)
	mux.HandleFunc("POST /streams/{stream}", s.SayToStream)
	x := &streaming{Server: httptest.NewServer(mux), t: t, s: s}
	x.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(func() { x.stop(); x.Close() })
	return x
}

// reader reads the events of one stream.
type reader struct {
	t     *testing.T
	body  io.Closer
	lines *bufio.Scanner
	name  string
}

func (x *streaming) open() *reader {
	x.t.Helper()
	res, err := http.Get(x.URL + "/streams")
	if err != nil {
		x.t.Fatal(err)
	}
	x.t.Cleanup(func() { res.Body.Close() })
	if kind := res.Header.Get("Content-Type"); res.StatusCode != http.StatusOK || !strings.HasPrefix(kind, "text/event-stream") {
		x.t.Fatalf("got %d %s", res.StatusCode, kind)
	}
	r := &reader{t: x.t, body: res.Body, lines: bufio.NewScanner(res.Body)}
	r.lines.Buffer(nil, 2<<20)
	kind, data := r.next()
	if kind != "stream" || data["stream"] == nil {
		x.t.Fatalf("began with %s %v", kind, data)
	}
	r.name = data["stream"].(string)
	return r
}

// next is the next event that is not a ping.
func (r *reader) next() (kind string, data map[string]any) {
	r.t.Helper()
	for r.lines.Scan() {
		switch line := r.lines.Text(); {
		case strings.HasPrefix(line, "event: "):
			kind = strings.TrimPrefix(line, "event: ")
		case strings.HasPrefix(line, "data: "):
			if err := json.Unmarshal([]byte(strings.TrimPrefix(line, "data: ")), &data); err != nil {
				r.t.Fatal(err)
			}
		case line == "" && data != nil:
			return kind, data
		}
	}
	return "ended", nil
}

func (x *streaming) say(name, frame string) int {
	x.t.Helper()
	res, err := http.Post(x.URL+"/streams/"+name, "application/json", strings.NewReader(frame))
	if err != nil {
		x.t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

func TestAStreamCarriesWhatASocketDoes(t *testing.T) {
	x := newStreaming(t)
	r := x.open()
	if got := x.say(r.name, `{"type":"hello","ticket":"agent"}`); got != http.StatusNoContent {
		t.Fatalf("hello: %d", got)
	}
	if kind, w := r.next(); kind != "" || w["type"] != "welcome" || w["user"] != "usr_agent" {
		t.Fatalf("got %s %v", kind, w)
	}
	for n, frame := range []string{
		`{"type":"send","command_id":"c1","conversation":"conv_1","text":"over\na stream"}`,
		`{"type":"sub","topic":"conv/conv_1"}`,
		`{"type":"nonsense"}`,
	} {
		if got := x.say(r.name, frame); got != http.StatusNoContent {
			t.Fatalf("%s: %d", frame, got)
		}
		_, answer := r.next()
		if want := []string{"reply", "snapshot", "error"}[n]; answer["type"] != want {
			t.Errorf("%s: got %v, want %s", frame, answer, want)
		}
	}
	if got := x.say(r.name, `"`+strings.Repeat("a", wire.MaxFrame)+`"`); got != http.StatusRequestEntityTooLarge {
		t.Errorf("too long a frame: %d", got)
	}
	if got := x.say("another", `{"type":"beat"}`); got != http.StatusNotFound {
		t.Errorf("a stream that is not there: %d", got)
	}
}

func TestAStreamSaysWhyItEnds(t *testing.T) {
	x := newStreaming(t)
	r := x.open()
	x.say(r.name, `{"type":"hello","ticket":"wrong"}`)
	if _, refused := r.next(); refused["type"] != "error" {
		t.Errorf("got %v", refused)
	}
	if kind, end := r.next(); kind != "close" || end["code"] != 4401.0 {
		t.Errorf("got %s %v", kind, end)
	}
	if kind, _ := r.next(); kind != "ended" {
		t.Errorf("it goes on: %s", kind)
	}
	if got := x.say(r.name, `{"type":"beat"}`); got != http.StatusNotFound {
		t.Errorf("it is still there: %d", got)
	}

	r = x.open()
	x.say(r.name, `{"type":"hello","ticket":"agent"}`)
	r.next()
	go x.stop()
	if _, said := r.next(); said["type"] != "restarting" {
		t.Errorf("got %v", said)
	}
	if kind, end := r.next(); kind != "close" || end["code"] != 1012.0 {
		t.Errorf("got %s %v", kind, end)
	}
	x.stop = func() {}
}

// A client that has gone is noticed as soon as its connection is, and one that
// says nothing by the ping that it does not answer.
func TestAStreamOfAClientThatHasGoneEnds(t *testing.T) {
	x := newStreaming(t)
	r := x.open()
	x.say(r.name, `{"type":"hello","ticket":"agent"}`)
	r.next()
	found, _ := x.s.streams.Load(r.name)
	s := found.(*stream)
	before := s.heard()
	if err := s.Ping(); err != nil {
		t.Errorf("ping: %v", err)
	}
	if kind, _ := r.next(); kind != "ping" {
		t.Errorf("got %s", kind)
	}
	if !s.heard().Equal(before) {
		t.Error("a ping that nobody answers is answered")
	}
	if got := x.say(r.name, ""); got != http.StatusNoContent {
		t.Errorf("pong: %d", got)
	}
	if s.heard().Equal(before) {
		t.Error("an answer was not heard")
	}
	r.body.Close()
	<-s.failed
	<-s.done
}

// timed notes the limits of an answer in time.
type timed struct {
	*httptest.ResponseRecorder
	read, write []time.Time
	stop        context.CancelFunc
}

func (w *timed) SetReadDeadline(d time.Time) error { w.read = append(w.read, d); return nil }

func (w *timed) SetWriteDeadline(d time.Time) error {
	w.write = append(w.write, d)
	w.stop()
	return nil
}

// A server cuts ordinary requests off after half a minute. A stream lasts;
// each of its events has a limit of its own.
func TestAStreamOutlastsTheLimitsOfRequests(t *testing.T) {
	fake := newCenter()
	s := New(Config{Engine: fake, Bus: fake, Door: &door{}, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(t.Context())
	w := &timed{ResponseRecorder: httptest.NewRecorder(), stop: cancel}
	before := time.Now()
	s.OpenStream(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/streams", nil))
	if len(w.read) != 1 || !w.read[0].IsZero() {
		t.Errorf("reading ends at %v", w.read)
	}
	if len(w.write) == 0 || w.write[0].Before(before) || w.write[0].After(time.Now().Add(writeWithin)) {
		t.Errorf("writing ends at %v", w.write)
	}
	if !w.Flushed {
		t.Error("the opening is held back")
	}
	s.running.Wait()
}
