package rest

import (
	"container/list"
	"net"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"hiwar/internal/access"
	"hiwar/internal/id"
)

// Buckets is a token bucket per key. It remembers the keys used last, a
// bounded number of them; a forgotten one starts full.
type Buckets struct {
	every time.Duration
	burst int
	most  int

	mu    sync.Mutex
	known map[string]*list.Element // of *bucket
	order *list.List               // least recently used first
}

type bucket struct {
	key     string
	limiter *rate.Limiter
}

// NewBuckets lets each key do burst things at once and one more every so
// often. A burst of 0 is no limit.
func NewBuckets(burst int, every time.Duration) *Buckets {
	return &Buckets{every: every, burst: burst, most: 50_000, known: map[string]*list.Element{}, order: list.New()}
}

// Wait is 0 if key may go on now, and how long until it may if not.
func (b *Buckets) Wait(key string) time.Duration {
	if b.burst == 0 {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	e, ok := b.known[key]
	if !ok {
		e = b.order.PushBack(&bucket{key, rate.NewLimiter(rate.Every(b.every), b.burst)})
		b.known[key] = e
		if b.order.Len() > b.most {
			delete(b.known, b.order.Remove(b.order.Front()).(*bucket).key)
		}
	}
	b.order.MoveToBack(e)
	r := e.Value.(*bucket).limiter.Reserve()
	wait := r.Delay()
	if wait > 0 {
		r.Cancel() // refused: it does not count
	}
	return wait
}

// Writers limits how fast somebody writes to a conversation, over HTTP and
// sockets together: 60 at once, because an offline queue of 50 must drain,
// then 5 a second.
type Writers struct{ *Buckets }

// NewWriters makes the limit; a burst of 0 is none.
func NewWriters(burst, perSecond int) Writers {
	if burst == 0 || perSecond == 0 {
		return Writers{NewBuckets(0, time.Second)}
	}
	return Writers{NewBuckets(burst, time.Second/time.Duration(perSecond))}
}

// Wait is 0 if the actor may write now. Each side of a conversation has its
// own bucket: a customer's flood does not silence the agent.
func (w Writers) Wait(actor access.Actor, c id.Conversation) time.Duration {
	return w.Buckets.Wait(string(c) + "/" + string(actor.User))
}

// addressOf is what limits count a caller by: the address of an IPv4 caller,
// the /64 of an IPv6 one, who has all of it.
func addressOf(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.Masked().String()
		}
	}
	return ip.String()
}
