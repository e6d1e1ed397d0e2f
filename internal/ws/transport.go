package ws

import (
	"context"
	"errors"
	"net/http"

	"github.com/coder/websocket"

	"hiwar/internal/wire"
)

// transport is one open connection that carries frames both ways.
type transport interface {
	// Read waits for a frame. Too long a frame and broken protocol close the
	// connection and are errors. Only one goroutine reads.
	Read() (text bool, frame []byte, err error)
	// Write sends text frames, as few calls to the kernel as it takes. It fails
	// if the other side takes nothing of it for writeWithin.
	Write(frames [][]byte) error
	// Ping asks whether anybody is there and waits for nothing: the answer makes
	// the pulse beat, which needs somebody to read.
	Ping() error
	pulsing
	// Close ends the connection and makes Read return. It may wait a few
	// seconds for the other side; code 0 does not wait. Only the first call
	// counts.
	Close(code int, reason string)
}

// coder is a transport by github.com/coder/websocket.
type coder struct {
	pulse
	conn *websocket.Conn
	link *gatherer
}

// accept upgrades the request. The caller has checked the origin.
func accept(w http.ResponseWriter, r *http.Request) (transport, error) {
	small, c := &lean{ResponseWriter: w}, &coder{}
	conn, err := websocket.Accept(small, r, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // the origin was compared exactly, by the caller
		CompressionMode:    websocket.CompressionDisabled,
		OnPongReceived:     func(context.Context, []byte) { c.beat() },
	})
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(wire.MaxFrame)
	c.conn, c.link = conn, small.conn
	return c, nil
}

func (c *coder) Read() (bool, []byte, error) {
	// A cancelled context would cut the connection without a code; Close ends
	// the reading instead.
	kind, frame, err := c.conn.Read(context.Background())
	if err != nil && websocket.CloseStatus(err) == -1 {
		// Of some broken frames the library says nothing to the client; to a
		// connection that is gone or closing this does nothing.
		c.goodbye(closeProtocol.code, closeProtocol.reason)
	}
	return kind == websocket.MessageText, frame, err
}

func (c *coder) Write(frames [][]byte) error {
	c.link.hold()
	var err error
	for _, frame := range frames {
		// The connection has a deadline of its own.
		if err = c.conn.Write(context.Background(), websocket.MessageText, frame); err != nil {
			break
		}
	}
	return errors.Join(err, c.link.release())
}

// Ping does without the library's, which has two goroutines wait for the
// answer under three deadlines: most of what customers cost who say nothing.
func (c *coder) Ping() error { return c.link.ping() }

func (c *coder) Close(code int, reason string) {
	if code == 0 {
		c.conn.CloseNow()
		return
	}
	c.goodbye(code, reason)
}

func (c *coder) goodbye(code int, reason string) {
	c.link.finish()
	c.conn.Close(websocket.StatusCode(code), reason)
}
