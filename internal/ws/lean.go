package ws

import (
	"bufio"
	"bytes"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
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

// Whoever was told that the connection ends has closeWithin to say goodbye, and
// may send lateBytes until they have heard it. The library reads on until then,
// however much comes, and for ever where a frame was begun and is never ended.
const (
	closeWithin = 5 * time.Second
	lateBytes   = 256 << 10
)

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

	end atomic.Pointer[ending] // set once
}

// ending is a connection that was told to end.
type ending struct {
	until  time.Time
	late   int           // bytes that came since; of whoever reads
	closed chan struct{} // when it is over
	once   sync.Once
}

// finish begins the end: what comes from now on is bounded in time and size.
func (g *gatherer) finish() {
	e := &ending{until: time.Now().Add(closeWithin), closed: make(chan struct{})}
	if g.end.CompareAndSwap(nil, e) {
		_ = g.SetReadDeadline(e.until)
	}
}

// Read implements [net.Conn]. Whoever goes on and on after the end has begun is
// not read any more: that costs nothing, and is left for the time to be over.
func (g *gatherer) Read(b []byte) (int, error) {
	e := g.end.Load()
	if e != nil && e.late > lateBytes {
		over := time.NewTimer(time.Until(e.until))
		defer over.Stop()
		select {
		case <-e.closed:
		case <-over.C:
		}
		return 0, os.ErrDeadlineExceeded
	}
	n, err := g.Conn.Read(b)
	if e != nil {
		e.late += n
	}
	return n, err
}

// Close implements [net.Conn].
func (g *gatherer) Close() error {
	if e := g.end.Load(); e != nil {
		e.once.Do(func() { close(e.closed) })
	}
	return g.Conn.Close()
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
