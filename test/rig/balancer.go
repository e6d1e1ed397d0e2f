package rig

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// Balancer stands before several servers as a load balancer does: a connection
// goes to the next that says it is ready, and when one is silent for two
// questions in a row, its connections are reset. One that says it is not ready
// gets nobody new and keeps whom it has: it ends.
type Balancer struct {
	*Proxy

	stop context.CancelFunc
	done sync.WaitGroup

	mu      sync.Mutex
	keep    bool
	servers []string
	ready   map[string]bool
	next    int
}

const (
	askEvery = 200 * time.Millisecond
	askFor   = 800 * time.Millisecond
)

// NewBalancer listens on loopback for the servers at these addresses.
func NewBalancer(servers []string) (*Balancer, error) {
	b := &Balancer{servers: servers, ready: map[string]bool{}}
	for _, s := range servers {
		b.ready[s] = true
	}
	var err error
	if b.Proxy, err = newProxy(b.choose); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	b.stop = stop
	for _, s := range servers {
		b.done.Go(func() { b.watch(ctx, s) })
	}
	return b, nil
}

// choose is the next ready server, or the next if none is.
func (b *Balancer) choose() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range b.servers {
		b.next = (b.next + 1) % len(b.servers)
		if b.ready[b.servers[b.next]] {
			break
		}
	}
	return b.servers[b.next]
}

// Keep has the connections to silent servers stay, or not.
func (b *Balancer) Keep(keep bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.keep = keep
}

func (b *Balancer) watch(ctx context.Context, server string) {
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	// A connection for each question: one that is kept would not notice.
	asker := &http.Client{Timeout: askFor, Transport: &http.Transport{DisableKeepAlives: true}}
	silent := 0
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		res, err := asker.Get("http://" + server + "/readyz")
		ready := false
		if err == nil {
			ready = res.StatusCode == http.StatusOK
			res.Body.Close()
			silent = 0
		} else {
			silent++
		}
		b.mu.Lock()
		b.ready[server] = ready
		keep := b.keep
		b.mu.Unlock()
		if silent == 2 && !keep {
			b.ResetTo(server)
		}
	}
}

// Close ends everything and returns when it has ended.
func (b *Balancer) Close() {
	b.stop()
	b.done.Wait()
	b.Proxy.Close()
}
