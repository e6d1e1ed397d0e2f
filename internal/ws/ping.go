package ws

import (
	"context"
	"math/rand/v2"
	"time"

	"hiwar/internal/access"
)

const (
	pingStaff    = 4 * time.Second
	pingCustomer = 15 * time.Second // ± 20 %, so that a crowd does not answer at once
)

// schedulePing asks again in a while whether anybody is there.
func (c *client) schedulePing() {
	wait := pingStaff
	if c.actor.Kind == access.Customer {
		wait = pingCustomer*4/5 + rand.N(pingCustomer*2/5)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.subs == nil {
		return // has left
	}
	c.pings = time.AfterFunc(wait, func() { c.server.spawn(c.ping) })
}

// ping ends the connection if nothing was heard of it for too long. A client
// that has sent a command and waits for the disk is not asked: nobody reads its
// answer meanwhile.
func (c *client) ping() {
	if !c.busy.Load() {
		patience := agentLost
		if c.actor.Kind == access.Customer {
			patience = customerLost
		}
		ctx, cancel := context.WithDeadline(context.Background(), time.Unix(0, c.heard.Load()).Add(patience))
		err := c.t.Ping(ctx)
		cancel()
		if err != nil && !c.busy.Load() {
			c.t.Close(0, "")
			return
		}
	}
	c.hear()
	c.schedulePing()
}
