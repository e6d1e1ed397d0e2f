package bare

import (
	"fmt"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// agent is somebody at a desk.
type agent struct {
	user     id.User
	thinking bool // of coming to work, or back to it
	silent   bool // no desk of theirs is heard of
}

// hire has somebody come to work in the first minutes of the day.
func (w *world) hire(u id.User) {
	a := &agent{user: u}
	w.agents[u] = a
	w.comeLater(a, 5*time.Minute)
	w.after(10*time.Minute, 2*time.Hour, func() { w.rest(a) })
}

// comeLater has somebody who is not Available think of it.
func (w *world) comeLater(a *agent, within time.Duration) {
	if a.thinking {
		return
	}
	a.thinking = true
	w.after(3*time.Second, within, func() {
		a.thinking = false
		now, _ := w.floor.Agent(a.user)
		if now.Presence == "" || now.Presence == routing.SignedOut {
			_ = w.step(routing.SignIn{Agent: a.user})
		}
		_ = w.step(routing.SetPresence{Agent: a.user, Presence: routing.Available})
	})
}

// rest is a pause, the end of a shift, a lost connection, or a supervisor who
// sends somebody home; and so on all day.
func (w *world) rest(a *agent) {
	if w.closing {
		return
	}
	w.after(10*time.Minute, 2*time.Hour, func() { w.rest(a) })
	switch k := w.chance.IntN(100); {
	case k < 40:
		_ = w.step(routing.SetPresence{Agent: a.user, Presence: routing.Idle})
	case k < 60:
		_ = w.step(routing.SignOut{Agent: a.user})
	case k < 65:
		w.result.Faults++
		_ = w.step(routing.SignOut{Agent: a.user, By: "supervisor"})
	case k < 85:
		w.pickOne(a)
	default:
		w.vanish(a)
	}
}

// vanish loses an agent's connection for a while.
func (w *world) vanish(a *agent) {
	if a.silent {
		return
	}
	a.silent = true
	w.result.Faults++
	_ = w.step(routing.LoseAgent{Agent: a.user})
	w.after(time.Second, 4*time.Minute, func() {
		a.silent = false
		if now, _ := w.floor.Agent(a.user); now.Presence == routing.SignedOut {
			w.met("signed out after the grace time")
			w.comeLater(a, time.Minute)
			return
		}
		_ = w.step(routing.RegainAgent{Agent: a.user})
	})
}

// pickOne takes somebody from a list.
func (w *world) pickOne(a *agent) {
	q := one(w.chance, w.config.Queues...)
	if line := w.floor.Line(q.ID); len(line) > 0 {
		_ = w.step(routing.Pick{Agent: a.user, Conversation: one(w.chance, line...)})
	}
}

// notice is what people are going to do about what happened.
func (w *world) notice(e routing.Effect) {
	switch e := e.(type) {
	case routing.PresenceChanged:
		if a := w.agents[e.Agent]; e.To != routing.Available && !(w.closing && e.To == routing.SignedOut && a.silent) {
			w.comeLater(a, 3*time.Minute)
		}
	case routing.OfferMade:
		w.asked(e)
	case routing.PartBegun:
		w.last = e.Agent
		w.after(10*time.Second, 100*time.Second, func() { w.talk(e.Agent, e.Conversation) })
	case routing.PartEnded:
		if w.odds(50) && !w.closing {
			w.after(time.Minute, 5*time.Minute, func() { _ = w.step(routing.SubmitWrapUp{Agent: e.Agent, Part: e.Part, Reason: "done"}) })
			return
		}
		w.after(time.Second, 40*time.Second, func() { _ = w.step(routing.SubmitWrapUp{Agent: e.Agent, Part: e.Part, Reason: "done"}) })
	}
}

// asked: the desk shows the request, and the agent answers in time, at the very
// end of it, too late or not at all.
func (w *world) asked(e routing.OfferMade) {
	if w.closing || !w.odds(20) {
		w.after(100*time.Millisecond, time.Second, func() { _ = w.step(routing.ConfirmOffer{Agent: e.Agent, Offer: e.Offer}) })
	}
	accept := func() { _ = w.step(routing.AcceptOffer{Agent: e.Agent, Offer: e.Offer}) }
	switch k := w.chance.IntN(1000); {
	case w.closing || k < 880:
		w.after(time.Second, 7*time.Second, accept)
	case k < 900:
		w.at(e.Deadline, accept)
	case k < 920:
		w.at(e.Deadline.Add(2*time.Millisecond), accept)
	case k < 945:
		w.after(time.Second, 7*time.Second, func() { _ = w.step(routing.DeclineOffer{Agent: e.Agent, Offer: e.Offer}) })
	case k < 955:
		w.after(0, 5*time.Second, func() { w.vanish(w.agents[e.Agent]) })
	}
}

// colleague is anybody.
func (w *world) colleague() id.User { return one(w.chance, w.config.Users...).ID }

// talk does something in a conversation that the agent may have, and goes on
// later.
func (w *world) talk(u id.User, c id.Conversation) {
	if !w.book.isIn(u, c) {
		if w.odds(100) {
			w.say(c, u) // refused: whoever has left says nothing more
		}
		return
	}
	again := func() { w.after(10*time.Second, 100*time.Second, func() { w.talk(u, c) }) }
	if w.book.contacts[c].owner != u {
		if w.closing || w.odds(400) {
			_ = w.step(routing.LeaveConference{Agent: u, Conversation: c})
		} else {
			w.say(c, u)
		}
		again()
		return
	}
	switch k := w.chance.IntN(1000); {
	case w.closing || k < 300:
		_ = w.step(routing.End{Agent: u, Conversation: c})
	case k < 320:
		w.vanish(w.agents[u])
	case k < 345:
		_ = w.step(routing.Transfer{Agent: u, Conversation: c, ToQueue: one(w.chance, w.config.Queues...).ID})
	case k < 370:
		to := w.colleague()
		if w.step(routing.Transfer{Agent: u, Conversation: c, ToAgent: to}) == nil && w.odds(100) {
			w.vanish(w.agents[to])
		}
	case k < 400:
		_ = w.step(routing.Invite{Agent: u, Conversation: c, Guest: w.colleague()})
	case k < 410:
		_ = w.step(routing.HandOver{Agent: u, Conversation: c, To: w.colleague()})
	case k < 415:
		_ = w.step(routing.CancelInvitation{Agent: u, Conversation: c})
	case k < 418:
		_ = w.step(routing.End{Agent: u, Conversation: c, By: "supervisor"})
	default:
		w.say(c, u)
	}
	again()
}

// arrive brings customers as long as the centre is open.
func (w *world) arrive() {
	w.after(0, 2*w.arrival, func() {
		if w.closing {
			return
		}
		w.newCustomer()
		w.arrive()
	})
}

func (w *world) newCustomer() {
	c := id.Conversation(fmt.Sprintf("c%06d", w.result.Chats))
	ev := routing.Start{
		Conversation: c, Asset: assetID(w.chance.IntN(len(w.config.Assets))), Customer: id.Customer(c),
		Language: one(w.chance, "", "ar", "en"),
	}
	if w.odds(200) {
		ev.Priority = 1 + w.chance.IntN(9)
	}
	if w.odds(300) {
		ev.Regular = w.last
	}
	if w.odds(150) {
		ev.Requires = drawOwn(w.chance)
		w.met("asks for a skill itself")
	}
	w.begin(ev)
	if w.step(ev) != nil {
		delete(w.chats, c)
		w.met("turned away")
		return
	}
	w.result.Chats++
	w.after(20*time.Second, 12*time.Minute, func() { w.tire(c) })
	w.after(5*time.Second, 2*time.Minute, func() { w.customer(c) })
}

// tire leaves who still waits.
func (w *world) tire(c id.Conversation) {
	switch x := w.book.contacts[c]; {
	case x == nil || x.closed:
	case x.owner == "" || w.closing:
		_ = w.step(routing.CustomerEnd{Conversation: c})
	default:
		w.after(20*time.Second, 12*time.Minute, func() { w.tire(c) })
	}
}

// customer does what a customer does, and goes on.
func (w *world) customer(c id.Conversation) {
	if x := w.book.contacts[c]; x == nil || x.closed {
		return
	}
	switch k := w.chance.IntN(1000); {
	case w.closing || k < 20:
		_ = w.step(routing.CustomerEnd{Conversation: c})
	case k < 70:
		w.result.Faults++
		_ = w.step(routing.LoseCustomer{Conversation: c})
		if w.odds(200) {
			return // for good
		}
		w.after(time.Second, 4*time.Minute, func() {
			_ = w.step(routing.RegainCustomer{Conversation: c})
			w.customer(c)
		})
		return
	case k < 500:
		w.say(c, "")
	}
	w.after(10*time.Second, 2*time.Minute, func() { w.customer(c) })
}
