package rig

import (
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Proxy stands between clients and a server and does what networks do: it
// delays, cuts, resets, swallows one way or both, and hands bytes on one at a
// time. A change holds for connections that are open, too.
type Proxy struct {
	choose   func() string // where the next connection goes; "" is nowhere
	listener net.Listener
	bad      atomic.Pointer[Weather]
	wait     sync.WaitGroup

	mu    sync.Mutex
	links map[*link]struct{}
	ended bool
}

// Weather is what the network does. The zero value hands everything on.
type Weather struct {
	Delay    time.Duration // of every piece, each way
	Slice    int           // bytes handed on at once; 0 is as they come
	DropUp   bool          // what clients send is swallowed, and nobody is told
	DropDown bool          // what the server sends is
}

// link is one connection through the proxy.
type link struct {
	client, server half
	target         string
}

// half is a connection that can be ended one way.
type half interface {
	net.Conn
	CloseWrite() error
}

// NewProxy listens on loopback for the server at an address, or at the path of
// a socket.
func NewProxy(target string) (*Proxy, error) { return newProxy(func() string { return target }) }

func newProxy(choose func() string) (*Proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{choose: choose, listener: l, links: map[*link]struct{}{}}
	p.Set(Weather{})
	p.wait.Go(p.accept)
	return p, nil
}

// Base is where clients find the server through the proxy.
func (p *Proxy) Base() string { return "http://" + p.Address() }

// Address is the host and port that the proxy listens on.
func (p *Proxy) Address() string { return p.listener.Addr().String() }

// Set changes the weather.
func (p *Proxy) Set(w Weather) { p.bad.Store(&w) }

func (p *Proxy) accept() {
	for {
		conn, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.wait.Go(func() { p.connect(conn) })
	}
}

func (p *Proxy) connect(conn net.Conn) {
	client, _ := conn.(*net.TCPConn)
	target := p.choose()
	server, err := dial(target)
	if err != nil {
		client.Close()
		return
	}
	l := &link{client, server, target}
	p.mu.Lock()
	if p.ended {
		p.mu.Unlock()
		l.close()
		return
	}
	p.links[l] = struct{}{}
	p.mu.Unlock()
	var up sync.WaitGroup
	up.Go(func() { p.carry(server, client, func(w *Weather) bool { return w.DropUp }) })
	p.carry(client, server, func(w *Weather) bool { return w.DropDown })
	up.Wait() // until then it can be cut
	l.close()
	p.mu.Lock()
	delete(p.links, l)
	p.mu.Unlock()
}

func dial(target string) (half, error) {
	network := "tcp"
	if strings.HasPrefix(target, "/") {
		network = "unix"
	}
	conn, err := net.DialTimeout(network, target, 5*time.Second)
	if err != nil {
		return nil, err
	}
	server, _ := conn.(half) // both kinds are
	return server, nil
}

// carry hands on what comes from one side until that side ends. The end is
// handed on too, unless it is swallowed: that is a half-open connection.
func (p *Proxy) carry(to, from half, dropped func(*Weather) bool) {
	buf := make([]byte, 16<<10)
	for {
		n, err := from.Read(buf)
		for piece := buf[:n]; len(piece) > 0; {
			w := p.bad.Load()
			if dropped(w) {
				break
			}
			size := len(piece)
			if w.Slice > 0 {
				size = min(size, w.Slice)
			}
			if w.Delay > 0 {
				time.Sleep(w.Delay)
			}
			if _, err := to.Write(piece[:size]); err != nil {
				from.Close()
				return
			}
			piece = piece[size:]
		}
		switch {
		case err == nil:
		case errors.Is(err, io.EOF) && dropped(p.bad.Load()):
			return
		case errors.Is(err, io.EOF):
			_ = to.CloseWrite()
			return
		default:
			to.Close()
			return
		}
	}
}

// Cut ends every connection in order, as a proxy that restarts does.
func (p *Proxy) Cut() {
	for _, l := range p.open() {
		l.close()
	}
}

// Reset ends every connection with a reset.
func (p *Proxy) Reset() {
	for _, l := range p.open() {
		l.reset()
	}
}

// ResetTo ends every connection to one target with a reset.
func (p *Proxy) ResetTo(target string) {
	for _, l := range p.open() {
		if l.target == target {
			l.reset()
		}
	}
}

// Open is how many connections there are.
func (p *Proxy) Open() int { return len(p.open()) }

func (p *Proxy) open() (all []*link) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for l := range p.links {
		all = append(all, l)
	}
	return all
}

func (l *link) reset() {
	for _, h := range []half{l.client, l.server} {
		if t, ok := h.(*net.TCPConn); ok {
			_ = t.SetLinger(0)
		}
	}
	l.close()
}

func (l *link) close() {
	l.client.Close()
	l.server.Close()
}

// Close ends everything and returns when it has ended.
func (p *Proxy) Close() {
	p.mu.Lock()
	p.ended = true
	p.mu.Unlock()
	p.listener.Close()
	p.Cut()
	p.wait.Wait()
}
