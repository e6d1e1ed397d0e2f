package ws

import (
	"bufio"
	"bytes"
	"net"
	"net/http"
	"sync"
	"time"
)

// What the library keeps of a connection for as long as it lives. Left to
// itself that is 8 KiB, which is most of what a customer costs who says
// nothing. Longer frames are read into the memory they need, and what is
// written goes through a buffer that is held only while it is being filled.
const (
	readBuffer  = 512
	writeBuffer = 144 // a control frame at most: 2 bytes and 125
)

// writeAtOnce is how much goes to the kernel in one call at least, if there is
// as much: a reader that takes so little in writeWithin is cut off.
const writeAtOnce = 32 << 10

// lean is an answer whose connection is taken over with small buffers.
type lean struct {
	http.ResponseWriter
	conn *gatherer
}

// Hijack implements [http.Hijacker].
func (l *lean) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, had, err := http.NewResponseController(l.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	// What came right behind the request is read before anything else.
	early, _ := had.Reader.Peek(had.Reader.Buffered())
	r := bufio.NewReaderSize(bytes.NewReader(bytes.Clone(early)), max(readBuffer, len(early)))
	if _, err := r.Peek(len(early)); err != nil {
		return nil, nil, err
	}
	if err := had.Writer.Flush(); err != nil {
		return nil, nil, err
	}
	l.conn = &gatherer{Conn: conn}
	return l.conn, bufio.NewReadWriter(r, bufio.NewWriterSize(l.conn, writeBuffer)), nil
}

// gatherer is a connection that can hold back what is written and send it with
// one call: the library would make two of each frame.
type gatherer struct {
	net.Conn
	mu   sync.Mutex
	held *bytes.Buffer // nil: nothing is held back
	asks bool          // a ping goes behind what is held back
}

// gathered are buffers that nobody holds.
var gathered = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// hold begins to hold back what is written.
func (g *gatherer) hold() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.held = gathered.Get().(*bytes.Buffer)
}

// Write implements [net.Conn].
func (g *gatherer) Write(b []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.held == nil {
		return g.send(b)
	}
	if g.held.Len() >= writeAtOnce {
		if err := g.flush(); err != nil {
			return 0, err
		}
	}
	return g.held.Write(b)
}

// pingFrame is a whole one without a payload.
var pingFrame = []byte{0x89, 0}

// ping sends one, between frames: what is held back ends in the middle of one
// until it is released, and everything else comes as whole frames.
func (g *gatherer) ping() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.held != nil {
		g.asks = true
		return nil
	}
	_, err := g.send(pingFrame)
	return err
}

// release sends what was held back. What others write comes after it.
func (g *gatherer) release() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.asks {
		g.held.Write(pingFrame)
		g.asks = false
	}
	err := g.flush()
	if g.held.Cap() <= 2*writeAtOnce {
		gathered.Put(g.held)
	}
	g.held = nil
	return err
}

// flush needs the lock.
func (g *gatherer) flush() error {
	if g.held.Len() == 0 {
		return nil
	}
	_, err := g.send(g.held.Bytes())
	g.held.Reset()
	return err
}

// send needs the lock.
func (g *gatherer) send(b []byte) (int, error) {
	if err := g.Conn.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
		return 0, err
	}
	return g.Conn.Write(b)
}
