package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/coder/websocket"
)

// Socket is one connection to the server. Frames come one at a time from Next;
// everything else may be called from any goroutine.
type Socket struct {
	Welcome Frame

	conn  *websocket.Conn
	write sync.Mutex
}

// Connect opens a socket for the client, whoever it is.
func (c *Client) Connect(ctx context.Context) (*Socket, error) {
	hello := map[string]string{"type": "hello"}
	if c.bearer != "" {
		hello["visitor_token"] = c.bearer
	} else {
		ticket, err := c.Ticket(ctx)
		if err != nil {
			return nil, err
		}
		hello["ticket"] = ticket
	}
	address := "ws" + strings.TrimPrefix(c.base, "http") + "/api/v1/socket"
	options := &websocket.DialOptions{
		HTTPClient:      &http.Client{Transport: c.http.Transport},
		HTTPHeader:      http.Header{"Origin": {c.base}, "Accept-Language": {c.language}},
		CompressionMode: websocket.CompressionDisabled,
	}
	conn, _, err := websocket.Dial(ctx, address, options)
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(4 << 20) // a snapshot of many long messages
	s := &Socket{conn: conn}
	if err := s.Write(ctx, hello); err != nil {
		return nil, err
	}
	if s.Welcome, err = s.Next(ctx); err != nil {
		return nil, err
	}
	if s.Welcome.Type != "welcome" {
		s.Close()
		return nil, fmt.Errorf("the server answers the hello with %s %s", s.Welcome.Type, s.Welcome.Code)
	}
	return s, nil
}

// Next is the next frame. The error of a connection that was closed tells the
// code by [websocket.CloseStatus].
func (s *Socket) Next(ctx context.Context) (f Frame, err error) {
	_, b, err := s.conn.Read(ctx)
	if err != nil {
		return f, err
	}
	return f, json.Unmarshal(b, &f)
}

// Write sends one frame.
func (s *Socket) Write(ctx context.Context, frame any) error {
	b, err := json.Marshal(frame)
	if err != nil {
		return err
	}
	s.write.Lock()
	defer s.write.Unlock()
	return s.conn.Write(ctx, websocket.MessageText, b)
}

// Subscribe asks for a topic from its snapshot on.
func (s *Socket) Subscribe(ctx context.Context, topic string) error {
	return s.Write(ctx, map[string]any{"type": "sub", "topic": topic})
}

// Continue asks for what a topic said after since.
func (s *Socket) Continue(ctx context.Context, topic string, since int64) error {
	return s.Write(ctx, map[string]any{"type": "sub", "topic": topic, "since": since})
}

// Send writes a message; the answer comes as a frame whose Ref is id.
func (s *Socket) Send(ctx context.Context, id, conversation, text string) error {
	return s.Write(ctx, map[string]any{"type": "send", "command_id": id, "conversation": conversation, "text": text})
}

// Received moves the watermarks of what was delivered and seen.
func (s *Socket) Received(ctx context.Context, conversation string, delivered, seen int64) error {
	return s.Write(ctx, map[string]any{"type": "received", "conversation": conversation, "delivered": delivered, "seen": seen})
}

// Typing says that somebody is typing, or no more.
func (s *Socket) Typing(ctx context.Context, conversation string, on bool) error {
	return s.Write(ctx, map[string]any{"type": "typing", "conversation": conversation, "on": on})
}

// Confirm says that a request is on the screen.
func (s *Socket) Confirm(ctx context.Context, offer int64) error {
	return s.Write(ctx, map[string]any{"type": "confirm", "offer": offer})
}

// Beat says that the page is alive.
func (s *Socket) Beat(ctx context.Context) error {
	return s.Write(ctx, map[string]any{"type": "beat"})
}

// Close says goodbye.
func (s *Socket) Close() { s.conn.Close(websocket.StatusNormalClosure, "") }

// Cut drops the connection without a word, as a lost network does.
func (s *Socket) Cut() { s.conn.CloseNow() }
