package rest

import (
	"container/list"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
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

// maxKey is longer than what anybody is known by. Of what is longer, which a
// caller made up, no more is kept.
const maxKey = 200

// Wait is 0 if key may go on now, and how long until it may if not.
func (b *Buckets) Wait(key string) time.Duration {
	if b.burst == 0 {
		return 0
	}
	if len(key) > maxKey {
		key = strings.Clone(key[:maxKey])
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

// tooOften tells how long to wait, if at all.
func tooOften(wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	return problem.New(problem.RateLimited, "retry_after_ms", max(wait.Milliseconds(), 1))
}

// Writers limits how fast somebody writes to a conversation, over HTTP and
// sockets together: 60 at once, because an offline queue of 50 must drain,
// then 5 a second.
type Writers struct{ *Buckets }

// Rate lets each key do burst things at once and then so many in each period; 0
// of either is no limit.
func Rate(burst, many int, period time.Duration) *Buckets {
	if burst == 0 || many == 0 {
		return NewBuckets(0, period)
	}
	return NewBuckets(burst, period/time.Duration(many))
}

// NewWriters makes the limit; a burst of 0 is none.
func NewWriters(burst, perSecond int) Writers {
	return Writers{Rate(burst, perSecond, time.Second)}
}

// Wait is 0 if the actor may write now. Each side of a conversation has its
// own bucket: a customer's flood does not silence the agent.
func (w Writers) Wait(actor access.Actor, c id.Conversation) time.Duration {
	return w.Buckets.Wait(string(c) + "/" + string(actor.User))
}

// Proxies are the addresses of reverse proxies whose word on the caller's
// address is taken. Nobody else's is: the header can be written by anybody.
type Proxies []netip.Prefix

// addressOf is what limits count a caller by.
func (p Proxies) addressOf(r *http.Request) string {
	caller, ok := addressIn(r.RemoteAddr)
	if !ok {
		return r.RemoteAddr
	}
	// From the right: each proxy appends who called it. The first that is no
	// proxy of ours is the caller, and what stands before it is hearsay.
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && p.contain(caller); i-- {
		before, ok := addressIn(strings.TrimSpace(hops[i]))
		if !ok {
			break
		}
		caller = before
	}
	return network(caller)
}

func (p Proxies) contain(ip netip.Addr) bool {
	return slices.ContainsFunc(p, func(x netip.Prefix) bool { return x.Contains(ip) })
}

// addressIn reads an address with or without a port.
func addressIn(s string) (netip.Addr, bool) {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	ip, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return ip.Unmap().WithZone(""), err == nil
}

// network is the address of an IPv4 caller and the /64 of an IPv6 one, who has
// all of it.
func network(ip netip.Addr) string {
	if p, err := ip.Prefix(64); err == nil && ip.Is6() {
		return p.Masked().String()
	}
	return ip.String()
}
