package simulation

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// notice is how people react to what happened, and what is counted of it.
func (d *day) notice(e routing.Effect) {
	switch e := e.(type) {
	case routing.OfferMade:
		d.requested(e)
	case routing.OfferClosed:
		d.requestOver(e)
	case routing.PresenceChanged:
		a := d.agents[e.Agent]
		a.count(d.now)
		a.free = e.To == routing.Available
	case routing.TaskQueued:
		c := &d.customers[d.byID[e.Conversation]]
		c.moved = c.moved || e.Queue != d.queues[c.queue].id
		if e.LeftMessage && c.wrote.IsZero() {
			c.wrote = d.now
			d.after(0, func() { d.step(routing.LoseCustomer{Conversation: e.Conversation}) })
		}
	case routing.TaskDropped:
		d.customers[d.byID[e.Conversation]].waited = e.Cause
	case routing.PartBegun:
		d.answered(e)
	case routing.PartEnded:
		wrapUp := d.customers[d.byID[e.Conversation]].wrapUp
		d.after(wrapUp, func() { d.step(routing.SubmitWrapUp{Agent: e.Agent, Part: e.Part}) })
	case routing.WrapUpSubmitted:
		a := d.agents[e.Agent]
		a.count(d.now)
		a.parts--
		d.after(0, func() { d.leaveIfDone(a) })
	case routing.ConversationClosed:
		c := &d.customers[d.byID[e.Conversation]]
		c.left, c.cause = d.now, e.Cause
	}
}

// requested: the agent sees a request, and accepts after a while or never.
func (d *day) requested(e routing.OfferMade) {
	a := d.agents[e.Agent]
	a.count(d.now)
	a.offers++
	a.Requests++
	d.customers[d.byID[e.Conversation]].requests++
	wait, missed := a.answering.draw(a.chance), a.chance.Float64() < a.misses
	if !missed {
		d.after(wait, func() { d.accept(a, e.Offer) })
	}
}

func (d *day) accept(a *agent, o id.Offer) {
	if _, open := d.floor.Offer(o); open {
		d.step(routing.AcceptOffer{Agent: a.user, Offer: o})
	}
}

func (d *day) requestOver(e routing.OfferClosed) {
	a := d.agents[e.Agent]
	a.count(d.now)
	a.offers--
	switch e.End {
	case routing.OfferAccepted:
		a.Accepted++
	case routing.OfferMissed:
		a.Missed++
		d.after(a.returning.draw(a.chance), func() {
			if !a.away {
				d.come(a)
			}
		})
	}
	d.after(0, func() { d.leaveIfDone(a) })
}

func (d *day) answered(e routing.PartBegun) {
	a := d.agents[e.Agent]
	a.count(d.now)
	a.parts++
	c := &d.customers[d.byID[e.Conversation]]
	takes := c.handling
	if c.wrote.IsZero() {
		c.answered = d.now
		d.answers.Learn(&c.place, d.now)
	} else {
		c.replied, takes = d.now, c.message
	}
	d.after(takes, func() { d.step(routing.End{Agent: e.Agent, Conversation: e.Conversation}) })
}

// count adds the time since it was last counted to what the agent did in it.
// Only the time of the shift counts, and what of it went over.
func (a *agent) count(now time.Time) {
	since := now.Sub(a.counted)
	a.counted = now
	switch {
	case a.parts > 0:
		a.busy += since
	case a.free:
		a.idle += since
	}
}
