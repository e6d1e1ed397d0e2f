package ws

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"hiwar/internal/wire"
)

// stream is the way around a proxy that lets no WebSocket through: what the
// server says goes over one long answer as server-sent events, what the client
// says comes as one request a frame. Above it nothing is different: the same
// frames, the same order, the same guarantees.
//
// The name of a stream is 128 random bits that only its client is told, and
// its first frame has to be a hello as everywhere.
type stream struct {
	pulse
	in     chan []byte   // frames that are taken as the client is read
	failed chan struct{} // closed: nothing more is read
	done   chan struct{} // closed: nothing more is written

	mu     sync.Mutex // one writes
	w      http.ResponseWriter
	link   *http.ResponseController
	closed bool
	end    sync.Once // of reading
}

var errStreamEnded = errors.New("the stream has ended")

// padding makes proxies that hold back the first kilobytes let go of them.
var padding = ": " + strings.Repeat(" ", 2048) + "\n\n"

func newStream(w http.ResponseWriter) *stream {
	return &stream{
		in: make(chan []byte), failed: make(chan struct{}), done: make(chan struct{}),
		w: w, link: http.NewResponseController(w),
	}
}

// Read implements transport.
func (s *stream) Read() (bool, []byte, error) {
	select {
	case frame := <-s.in:
		return true, frame, nil
	case <-s.failed:
		return false, nil, errStreamEnded
	}
}

// Write implements transport.
func (s *stream) Write(frames [][]byte) error {
	var text []byte
	for _, frame := range frames {
		if len(text) >= writeAtOnce {
			if err := s.push(context.Background(), text); err != nil {
				return err
			}
			text = text[:0]
		}
		text = append(text, "data: "...)
		text = append(text, frame...) // JSON of ours has no line breaks
		text = append(text, "\n\n"...)
	}
	return s.push(context.Background(), text)
}

// Ping implements transport: it asks, and any request with nothing in it is
// the answer.
func (s *stream) Ping() error { return s.event(context.Background(), "ping", []byte("{}")) }

// Close implements transport.
func (s *stream) Close(code int, reason string) {
	if code != 0 {
		ctx, cancel := context.WithTimeout(context.Background(), writeWithin)
		defer cancel()
		_ = s.event(ctx, "close", encode(struct {
			Code   int    `json:"code"`
			Reason string `json:"reason"`
		}{code, reason}))
	}
	s.finish()
}

// finish ends both directions. After it nothing touches the answer any more.
func (s *stream) finish() {
	s.end.Do(func() { close(s.failed) })
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.closed = true
		close(s.done)
	}
}

// event writes one that is no frame, and pushes it out.
func (s *stream) event(ctx context.Context, kind string, data []byte) error {
	return s.push(ctx, fmt.Appendf(nil, "event: %s\ndata: %s\n\n", kind, data))
}

func (s *stream) push(ctx context.Context, text []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errStreamEnded
	}
	deadline, ok := ctx.Deadline()
	if !ok {
		deadline = time.Now().Add(writeWithin)
	}
	if err := s.link.SetWriteDeadline(deadline); err != nil {
		return err
	}
	if _, err := s.w.Write(text); err != nil {
		return err
	}
	return s.link.Flush()
}

// OpenStream answers with the events of a new stream until it ends. The
// request's host was checked; a page of another site may ask, and can neither
// read the answer nor say hello.
func (s *Server) OpenStream(w http.ResponseWriter, r *http.Request) {
	t := newStream(w)
	// The limits of ordinary requests do not hold for one that lasts a day.
	if err := t.link.SetReadDeadline(time.Time{}); err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	name := rand.Text()
	s.streams.Store(name, t)
	defer s.streams.Delete(name)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store, no-transform")
	h.Set("X-Accel-Buffering", "no") // nginx holds answers back otherwise
	w.WriteHeader(http.StatusOK)
	opening := padding + "event: stream\ndata: " + string(encode(map[string]string{"stream": name})) + "\n\n"
	if err := t.push(r.Context(), []byte(opening)); err != nil {
		return
	}
	s.serve(t, s.lang(r), s.address(r))
	select {
	case <-t.done:
	case <-r.Context().Done(): // the client has gone
		t.finish()
	}
}

// SayToStream takes one frame for the stream that the path names: 204 when it
// is taken, 404 if there is no such stream any more. Nothing in the body is
// the answer to a ping.
func (s *Server) SayToStream(w http.ResponseWriter, r *http.Request) {
	found, ok := s.streams.Load(r.PathValue("stream"))
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	t := found.(*stream)
	frame, err := io.ReadAll(http.MaxBytesReader(w, r.Body, wire.MaxFrame))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	if len(frame) == 0 {
		t.beat()
		w.WriteHeader(http.StatusNoContent)
		return
	}
	select {
	case t.in <- frame:
		w.WriteHeader(http.StatusNoContent)
	case <-t.failed:
		w.WriteHeader(http.StatusNotFound)
	case <-r.Context().Done():
	}
}
