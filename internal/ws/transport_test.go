package ws

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"

	"hiwar/internal/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// overTCP starts a Server behind a real listener.
func overTCP(t *testing.T) *httptest.Server {
	t.Helper()
	fake := newCenter()
	s := New(Config{Engine: fake, Bus: fake, Door: &door{}, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		server.Close()
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return server
}

// dialed is a raw connection after the handshake.
func dialed(t *testing.T, server *httptest.Server) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
	r := bufio.NewReader(conn)
	res, err := http.ReadResponse(r, nil)
	if err != nil || res.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("handshake: %v %v", res, err)
	}
	return conn, r
}

// closeCode reads frames until the server's close.
func closeCode(t *testing.T, r io.Reader) int {
	t.Helper()
	for {
		head := make([]byte, 2)
		if _, err := io.ReadFull(r, head); err != nil {
			t.Fatalf("no close frame: %v", err)
		}
		n := int(head[1] & 127)
		if n == 126 {
			long := make([]byte, 2)
			if _, err := io.ReadFull(r, long); err != nil {
				t.Fatal(err)
			}
			n = int(binary.BigEndian.Uint16(long))
		}
		payload := make([]byte, n)
		if _, err := io.ReadFull(r, payload); err != nil {
			t.Fatal(err)
		}
		if head[0]&15 == 8 {
			return int(binary.BigEndian.Uint16(payload))
		}
	}
}

// masked is a client's frame with an all-zero mask.
func masked(first byte, payload string) []byte {
	head := []byte{first, 128 | byte(len(payload)), 0, 0, 0, 0}
	return append(head, payload...)
}

func TestBrokenProtocolIs1002(t *testing.T) {
	server := overTCP(t)
	for name, frame := range map[string][]byte{
		"unmasked":      {0x81, 2, '{', '}'},
		"reserved bits": masked(0xf1, "{}"),
		"bad opcode":    masked(0x83, "{}"),
	} {
		conn, r := dialed(t, server)
		if _, err := conn.Write(frame); err != nil {
			t.Fatal(err)
		}
		if code := closeCode(t, r); code != 1002 {
			t.Errorf("%s: closed with %d", name, code)
		}
	}
}

func TestAFrameAboveTheLimitIs1009AndOneAtItIsRead(t *testing.T) {
	server := overTCP(t)
	for size, want := range map[int]websocket.StatusCode{wire.MaxFrame: 4401, wire.MaxFrame + 1: 1009} {
		conn, _, err := websocket.Dial(t.Context(), server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		frame := `{"type":"hello","ticket":"`
		frame += strings.Repeat("x", size-len(frame)-2) + `"}`
		if err := conn.Write(t.Context(), websocket.MessageText, []byte(frame)); err != nil {
			t.Fatal(err)
		}
		for err == nil {
			_, _, err = conn.Read(t.Context())
		}
		if got := websocket.CloseStatus(err); got != want {
			t.Errorf("%d bytes: closed with %d, want %d", size, got, want)
		}
		conn.CloseNow()
	}
}

func TestAWholeSocketOverTCP(t *testing.T) {
	server := overTCP(t)
	conn, _, err := websocket.Dial(t.Context(), server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	for _, c := range []struct{ send, want string }{
		{`{"type":"hello","ticket":"agent"}`, `{"type":"welcome"`},
		{`{"type":"sub","topic":"conv/conv_1"}`, `{"type":"snapshot","topic":"conv/conv_1","seq":0,"data":`},
		{`{"type":"send","command_id":"c1","conversation":"conv_1","text":"سلام"}`, `{"type":"reply","ref":"c1","seq":7,`},
	} {
		if err := conn.Write(t.Context(), websocket.MessageText, []byte(c.send)); err != nil {
			t.Fatal(err)
		}
		_, got, err := conn.Read(t.Context())
		if err != nil || !strings.HasPrefix(string(got), c.want) {
			t.Fatalf("%s: got %s, %v", c.send, got, err)
		}
	}
	if err := conn.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Error(err)
	}
}

// A ping that falls into the writing of a frame comes behind it, whole, and
// one at another time at once.
func TestAPingComesBetweenFrames(t *testing.T) {
	near, far := net.Pipe()
	defer near.Close()
	defer far.Close()
	g := &gatherer{Conn: near}
	said := make(chan error, 1)
	go func() {
		g.hold()
		_, first := g.Write([]byte("a frame in "))
		asked := g.ping()
		_, second := g.Write([]byte("two pieces"))
		said <- errors.Join(first, asked, second, g.release(), g.ping())
	}()
	got := make([]byte, len("a frame in two pieces")+2*len(pingFrame))
	if _, err := io.ReadFull(far, got); err != nil {
		t.Fatal(err)
	}
	if want := "a frame in two pieces" + string(pingFrame) + string(pingFrame); string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := <-said; err != nil {
		t.Error(err)
	}
}

// finished gives both ends of a connection that was told to end.
func finished(t *testing.T) (g *gatherer, far net.Conn) {
	t.Helper()
	near, far := net.Pipe()
	t.Cleanup(func() { near.Close(); far.Close() })
	g = &gatherer{Conn: near}
	g.finish()
	return g, far
}

// Whoever begins a frame after the connection was told to end, and never ends
// it, is waited for no longer than for a goodbye.
func TestTheEndIsNotWaitedForForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, far := finished(t)
		began := time.Now()
		go func() { _, _ = far.Write([]byte("a beginning")) }()
		got, err := io.ReadAll(g)
		if string(got) != "a beginning" || !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(began) != closeWithin {
			t.Errorf("read %q, %v after %s", got, err, time.Since(began))
		}
	})
}

// Whoever goes on writing is not read any more, until the time is over or the
// connection closed.
func TestWhatComesAfterTheEndIsBounded(t *testing.T) {
	for name, within := range map[string]time.Duration{"closed": time.Second, "left alone": time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			g, far := finished(t)
			began := time.Now()
			time.AfterFunc(within, func() { _ = g.Close() })
			wrote := make(chan int, 1)
			go func() {
				n := 0
				for n < 4*lateBytes {
					more, err := far.Write(make([]byte, 4096))
					n += more
					if err != nil {
						break
					}
				}
				wrote <- n
			}()
			_, err := io.ReadAll(g)
			if !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(began) != min(within, closeWithin) {
				t.Errorf("%s: %v after %s", name, err, time.Since(began))
			}
			far.Close()
			if n := <-wrote; n < lateBytes || n > lateBytes+64<<10 {
				t.Errorf("%s: %d bytes were read", name, n)
			}
		})
	}
}
