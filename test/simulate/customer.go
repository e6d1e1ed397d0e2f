package simulate

import (
	"fmt"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/view"
	"hiwar/test/check"
)

// customer writes to the centre once.
type customer struct {
	*person
	asset  id.Asset
	conv   id.Conversation
	thread *follower
	left   int // messages still to write
	gone   bool
	lost   bool // disconnected
}

// arrive brings customers as long as the centre is open.
func (w *world) arrive() {
	w.after(time.Duration(w.chance.ExpFloat64()*float64(w.arrival)).Truncate(time.Millisecond), func() {
		if w.closing {
			return
		}
		w.newCustomer()
		w.arrive()
	})
}

func (w *world) newCustomer() {
	n := len(w.all)
	key := id.Customer(fmt.Sprintf("cus_%d", n))
	c := &customer{
		person: w.person(fmt.Sprintf("customer %d", n), access.Actor{Kind: access.Customer, Org: acme, Customer: key}),
		asset:  assetID(w.chance.IntN(len(w.config.Assets))), left: w.chance.IntN(5),
	}
	w.customers = append(w.customers, c)
	c.do(check.Record{Command: check.Start}, c.beginning(), c.started)
}

func (c *customer) beginning() engine.StartConversation {
	return engine.StartConversation{Asset: c.asset, Customer: c.actor.Customer, Name: "سارة", Language: "ar", Text: "أين طلبي؟"}
}

func (c *customer) started(r engine.Reply, err error) {
	if err != nil { // the asset was deleted
		c.leave()
		return
	}
	c.conv = r.Conversation
	w := c.w
	f := &follower{of: c.person, topic: view.ConversationTopic(c.conv), to: view.Customer}
	f.missed = func(id.Seq) []heard { return w.missedThread(f, c.conv) }
	f.notice = c.heard
	c.thread = w.follow(f, w.store.threads[c.conv].record.Head)
	if w.odds(10) {
		c.do(check.Record{Command: check.Start}, c.beginning(), func(_ engine.Reply, err error) {
			if problem.CodeOf(err) == problem.ChatExists {
				w.met(secondStart)
			}
		})
	}
	c.later(c.act)
}

// later goes on after a while.
func (c *customer) later(f func()) {
	c.w.after(c.w.between(5*time.Second, 80*time.Second), func() {
		if !c.gone {
			f()
		}
	})
}

// act does what a customer does next.
func (c *customer) act() {
	w := c.w
	switch k := w.chance.IntN(1000); {
	case c.lost:
		c.lost = false
		c.do(check.Record{}, engine.CustomerBack{Conversation: c.conv}, nil)
	case w.closing || k < 20:
		c.do(check.Record{Command: check.End, Conversation: string(c.conv)}, engine.EndChat{Conversation: c.conv}, nil)
	case k < 60 && w.troubled:
		w.result.Faults[customerCut]++
		c.do(check.Record{}, engine.CustomerLost{Conversation: c.conv}, nil)
		c.lost, c.thread.deaf = true, true
		if w.odds(300) {
			return // for good; the follower hears of the end when it asks
		}
	case k < 300:
		c.do(check.Record{}, engine.MarkReceived{Conversation: c.conv, Delivered: c.thread.last, Seen: c.thread.last}, nil)
	case c.left > 0:
		c.left--
		c.say(c.conv, fmt.Sprintf("رسالة %d", c.left), func(engine.Reply, error) { c.later(c.act) })
		return
	case k > 900: // has said everything, and got tired
		c.do(check.Record{Command: check.End, Conversation: string(c.conv)}, engine.EndChat{Conversation: c.conv}, nil)
	}
	c.later(c.act)
}

// heard leaves when the conversation has ended.
func (c *customer) heard(h heard) {
	if h.event.Kind != "status" {
		return
	}
	switch e := h.event.Data.(type) {
	case view.Entry:
		c.gone = c.gone || e.Status == string(chat.Closed)
	case chat.Entry:
		c.gone = c.gone || e.Status == chat.Closed
	}
	if c.gone {
		c.w.after(time.Millisecond, c.leave)
	}
}

func (c *customer) leave() {
	c.gone = true
	if c.thread != nil && c.w.byTopic[c.thread.topic] == c.thread {
		c.w.unfollow(c.thread)
	}
	c.w.customers = slices.DeleteFunc(c.w.customers, func(x *customer) bool { return x == c })
}
