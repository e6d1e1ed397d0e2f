package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// relay is the floor under our figures: the least that a server must do which
// stores before it answers. It takes a message from one socket, appends it to
// a file with whatever else has gathered, syncs once, answers, and hands it to
// the other socket. It checks nothing, numbers nothing and remembers nothing.
type relay struct {
	file  *os.File
	inbox chan relayed

	mu    sync.Mutex
	peers map[string]*websocket.Conn // by name
}

type relayed struct {
	From string `json:"from"`
	To   string `json:"to"`
	ID   string `json:"id"`
	Text string `json:"text"`
}

// openRelay starts one on loopback; its file is in dir.
func openRelay(ctx context.Context, dir string) (address string, err error) {
	r := &relay{inbox: make(chan relayed, 512), peers: map[string]*websocket.Conn{}}
	if r.file, err = os.Create(filepath.Join(dir, "relay")); err != nil {
		return "", err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) { r.serve(ctx, w, q) }), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(l) }()
	go r.commit(ctx)
	context.AfterFunc(ctx, func() { _ = server.Close() })
	return "ws://" + l.Addr().String(), nil
}

func (r *relay) serve(ctx context.Context, w http.ResponseWriter, q *http.Request) {
	conn, err := websocket.Accept(w, q, &websocket.AcceptOptions{CompressionMode: websocket.CompressionDisabled})
	if err != nil {
		return
	}
	r.mu.Lock()
	r.peers[q.URL.Query().Get("name")] = conn
	r.mu.Unlock()
	for {
		_, b, err := conn.Read(ctx)
		if err != nil {
			return
		}
		var m relayed
		if json.Unmarshal(b, &m) == nil {
			r.inbox <- m
		}
	}
}

// commit stores what has gathered, then tells.
func (r *relay) commit(ctx context.Context) {
	for {
		var batch []relayed
		select {
		case m := <-r.inbox:
			batch = append(batch, m)
		case <-ctx.Done():
			r.file.Close()
			return
		}
		for more := true; more && len(batch) < 512; {
			select {
			case m := <-r.inbox:
				batch = append(batch, m)
			default:
				more = false
			}
		}
		for _, m := range batch {
			b, _ := json.Marshal(m)
			_, _ = r.file.Write(b)
		}
		_ = r.file.Sync()
		for _, m := range batch {
			b, _ := json.Marshal(m)
			for _, name := range []string{m.To, m.From} {
				r.mu.Lock()
				conn := r.peers[name]
				r.mu.Unlock()
				if conn != nil {
					_ = conn.Write(ctx, websocket.MessageText, b)
				}
			}
		}
	}
}

// measureRelay sends messages between pairs through a relay: so many a second
// for the latency, then as fast as answers come.
func measureRelay(ctx context.Context, dir string, pairs, rate int, calm, flood time.Duration, ahead int) (l latency, perSecond float64, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	address, err := openRelay(ctx, dir)
	if err != nil {
		return l, 0, err
	}
	var mu sync.Mutex
	var waits []time.Duration
	sent := map[string]time.Time{}
	stored := 0
	tokens := make([]chan struct{}, pairs)
	dial := func(name string, heard func(m relayed)) (*websocket.Conn, error) {
		conn, _, err := websocket.Dial(ctx, address+"/?name="+name, nil)
		if err != nil {
			return nil, err
		}
		go func() {
			for {
				_, b, err := conn.Read(ctx)
				if err != nil {
					return
				}
				var m relayed
				if json.Unmarshal(b, &m) == nil {
					heard(m)
				}
			}
		}()
		return conn, nil
	}
	senders := make([]*websocket.Conn, pairs)
	for i := range pairs {
		tokens[i] = make(chan struct{}, 1<<16)
		senders[i], err = dial(fmt.Sprintf("c%d", i), func(relayed) {
			mu.Lock()
			stored++
			mu.Unlock()
			tokens[i] <- struct{}{}
		})
		if err != nil {
			return l, 0, err
		}
		if _, err := dial(fmt.Sprintf("a%d", i), func(m relayed) {
			now := time.Now()
			mu.Lock()
			if at, ok := sent[m.ID]; ok {
				waits = append(waits, now.Sub(at))
			}
			mu.Unlock()
		}); err != nil {
			return l, 0, err
		}
	}
	send := func(i, n int, timed bool) error {
		m := relayed{fmt.Sprintf("c%d", i), fmt.Sprintf("a%d", i), fmt.Sprintf("%d-%d", i, n), "a message of a conversation, about as long as people write them"}
		b, err := json.Marshal(m)
		if err != nil {
			return err
		}
		if timed {
			mu.Lock()
			sent[m.ID] = time.Now()
			mu.Unlock()
		}
		return senders[i].Write(ctx, websocket.MessageText, b)
	}
	t := time.NewTicker(time.Second / time.Duration(rate))
	defer t.Stop()
	for n := range int(calm.Seconds() * float64(rate)) {
		select {
		case <-t.C:
		case <-ctx.Done():
			return l, 0, context.Cause(ctx)
		}
		if err := send(n%pairs, n, true); err != nil {
			return l, 0, err
		}
	}
	until, stop := context.WithTimeout(ctx, flood)
	defer stop()
	mu.Lock()
	l = latencyOf(waits)
	before := stored
	mu.Unlock()
	began := time.Now()
	var all sync.WaitGroup
	for i := range pairs {
		all.Go(func() {
			for n := 0; ; n++ {
				if n >= ahead {
					select {
					case <-tokens[i]:
					case <-until.Done():
						return
					}
				}
				if until.Err() != nil || send(i, 1_000_000+n, false) != nil {
					return
				}
			}
		})
	}
	all.Wait()
	mu.Lock()
	defer mu.Unlock()
	return l, float64(stored-before) / time.Since(began).Seconds(), nil
}
