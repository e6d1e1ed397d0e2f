package ws

import (
	"math/rand/v2"
	"sync/atomic"
	"time"

	"hiwar/internal/access"
)

const (
	pingStaff    = 4 * time.Second
	pingCustomer = 15 * time.Second // ± 20 %, so that a crowd does not answer at once
	// shared: what is due within this time happens in one go. Waking up costs
	// more than asking somebody does.
	shared = 250 * time.Millisecond
)

// together puts off what is due in a while to a moment that it shares.
func together(in time.Duration) time.Duration {
	at := time.Duration(time.Now().Add(in).UnixNano())
	return in + (shared-at%shared)%shared
}

// begun is what pulses are counted from. The clock on the wall may be set: then
// everybody would be lost at once, or nobody for hours.
var begun = time.Now()

// pulse is when anything last came in.
type pulse struct{ last atomic.Int64 }

// pulsing is what has one.
type pulsing interface {
	beat()
	heard() time.Time
}

func (p *pulse) beat()            { p.last.Store(int64(time.Since(begun))) }
func (p *pulse) heard() time.Time { return begun.Add(time.Duration(p.last.Load())) }

// patience is how long nothing may be heard of a connection.
func (c *client) patience() time.Duration {
	if c.actor.Kind == access.Customer {
		return customerLost
	}
	return agentLost
}

// schedulePing asks again in a while whether anybody is there, at the latest
// when nothing will have been heard for too long.
func (c *client) schedulePing() {
	wait := pingStaff
	if c.actor.Kind == access.Customer {
		wait = pingCustomer*4/5 + rand.N(pingCustomer*2/5)
	}
	wait = min(together(wait), time.Until(c.t.heard().Add(c.patience())))
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.subs == nil: // has left
	case c.pings == nil:
		c.pings = time.AfterFunc(wait, func() { c.server.during(c.ping) })
	default:
		c.pings.Reset(wait)
	}
}

// ping ends the connection if nothing was heard of it for too long. A client
// that has sent a command and waits for the disk is not asked: nobody reads its
// answer meanwhile.
func (c *client) ping() {
	switch {
	case c.out.ending():
		return
	case c.busy.Load():
		c.t.beat()
	case time.Since(c.t.heard()) >= c.patience() || c.t.Ping() != nil:
		c.t.Close(0, "")
		return
	}
	c.schedulePing()
}
