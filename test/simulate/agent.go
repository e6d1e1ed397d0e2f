package simulate

import (
	"fmt"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
	"hiwar/test/check"
)

// agent works at a desk: knows what its topic says and nothing else.
type agent struct {
	*person
	user     id.User
	feed     *follower
	is       view.Agent
	cards    []view.Card
	cut      bool // the connection is lost
	presence bool // thinks of changing it
	wrapped  map[id.Part]bool
}

func (w *world) hire(n int) {
	user := userID(n)
	a := &agent{user: user, wrapped: map[id.Part]bool{}, person: w.person("agent "+string(user), access.Actor{Kind: access.Staff, Org: acme, User: user, Roles: []org.Role{org.RoleAgent}})}
	f := &follower{of: a.person, topic: view.AgentTopic(user), to: view.Staff}
	f.missed = func(id.Seq) []heard { return w.missedFeed(f, user) }
	f.notice = a.heard
	a.feed = w.follow(f, 0)
	w.agents = append(w.agents, a)
	w.after(w.between(0, 5*time.Minute), a.changePresence)
}

// heard keeps the desk, and thinks of what to do about each change.
func (a *agent) heard(h heard) {
	switch d := h.event.Data.(type) {
	case view.Agent:
		a.is = d
		if d.Presence != "available" && !a.presence {
			a.presence = true
			a.w.after(a.w.between(3*time.Second, 3*time.Minute), a.changePresence)
		}
	case view.Card:
		a.cards = slices.DeleteFunc(a.cards, func(c view.Card) bool { return c.Key == d.Key })
		a.cards = append(a.cards, d)
		a.plan(d)
	case view.Gone:
		a.cards = slices.DeleteFunc(a.cards, func(c view.Card) bool { return c.Key == d.Key })
	}
}

// changePresence comes to the desk, or back to work.
func (a *agent) changePresence() {
	a.presence = false
	next := engine.Command(engine.SetPresence{Presence: routing.Available})
	switch a.is.Presence {
	case "", "signed_out":
		next = engine.SignInToFloor{}
	case "available":
		return
	}
	if a.w.closing && a.is.Presence != "available" && a.is.Presence != "idle" {
		return
	}
	a.do(check.Record{Command: check.Presence}, next, func(_ engine.Reply, err error) {
		if !a.presence && (err != nil || a.is.Presence != "available") {
			a.presence = true
			a.w.after(a.w.between(time.Second, time.Minute), a.changePresence)
		}
	})
}

// card is a card as it is now.
func (a *agent) card(key string, kind string) (view.Card, bool) {
	i := slices.IndexFunc(a.cards, func(c view.Card) bool { return c.Key == key && c.Kind == kind })
	if i < 0 {
		return view.Card{}, false
	}
	return a.cards[i], true
}

// on does something later about a card, if it is still there.
func (a *agent) on(c view.Card, after time.Duration, do func(view.Card)) {
	a.w.after(after, func() {
		if now, there := a.card(c.Key, c.Kind); there && !a.cut {
			do(now)
		}
	})
}

// plan decides once for every card what will become of it.
func (a *agent) plan(c view.Card) {
	w := a.w
	switch c.Kind {
	case "request":
		a.planRequest(c)
	case "active":
		if c.Status != "conference_requested" && c.Pending == nil {
			a.on(c, w.between(4*time.Second, 90*time.Second), a.talk)
		}
	case "wrapup":
		a.on(c, w.between(2*time.Second, 80*time.Second), func(c view.Card) {
			if a.wrapped[c.Part] { // sent already; another reason would be a correction
				return
			}
			a.wrapped[c.Part] = true
			reason := wrapUps[w.chance.IntN(len(wrapUps))]
			a.do(check.Record{Command: check.WrapUp, Part: int64(c.Part), Reason: string(reason)}, engine.SubmitWrapUp{Part: c.Part, Reason: reason}, nil)
		})
	}
}

func (a *agent) planRequest(c view.Card) {
	w := a.w
	if !w.odds(985) && w.troubled {
		return // the desk hangs: nobody sees it
	}
	a.on(c, w.between(10*time.Millisecond, 900*time.Millisecond), func(c view.Card) {
		a.do(check.Record{}, engine.ConfirmOffer{Offer: c.Offer}, nil)
	})
	span := c.Deadline.Sub(c.MadeAt)
	switch k := w.chance.IntN(1000); {
	case w.closing || k < 880:
		a.on(c, w.between(time.Second, max(2*time.Second, span/3)), a.accept)
	case k < 910:
		a.on(c, w.between(time.Second, span/2), func(c view.Card) {
			a.do(check.Record{}, engine.DeclineOffer{Offer: c.Offer}, func(_ engine.Reply, err error) {
				if err != nil {
					a.accept(c)
				}
			})
		})
	case k < 950: // nobody answers
	case k < 980:
		// At the last moment; who is too late is told so. Asked at the moment
		// whatever the desk shows by then.
		off := w.between(-9*time.Millisecond, 9*time.Millisecond)
		w.after(span+off, func() { a.atTheLimit(c) })
	default:
		a.on(c, w.between(500*time.Millisecond, 2*time.Second), a.together)
	}
}

func (a *agent) accept(c view.Card) { a.acceptThen(c, nil) }

func (a *agent) acceptThen(c view.Card, then func(engine.Reply, error)) {
	a.do(check.Record{Command: check.Accept, Offer: int64(c.Offer)}, engine.AcceptOffer{Offer: c.Offer}, then)
}

func (a *agent) atTheLimit(c view.Card) {
	if a.cut {
		return
	}
	a.acceptThen(c, func(r engine.Reply, err error) {
		off := a.w.store.now.Sub(*c.Deadline)
		switch {
		case err == nil && off <= 0 && off > -10*time.Millisecond:
			a.w.met(acceptedInTime)
		case err == nil && r.At.After(*c.Deadline):
			a.w.violation("offer %d was due at %s and accepted at %s", c.Offer, c.Deadline, r.At)
		case problem.CodeOf(err) == problem.OfferExpired && off > 0 && off < 10*time.Millisecond:
			a.w.met(acceptedTooLate)
		}
	})
}

// together: a colleague accepts the same request at the same moment. One of
// them gets it.
func (a *agent) together(c view.Card) {
	w := a.w
	other := w.agents[w.chance.IntN(len(w.agents))]
	if other == a {
		a.accept(c)
		return
	}
	w.commands += 2
	mine, theirs := fmt.Sprintf("c%d", w.commands-1), fmt.Sprintf("c%d", w.commands)
	command := engine.AcceptOffer{Offer: c.Offer}
	r := check.Record{Kind: check.Sent, Command: check.Accept, Offer: int64(c.Offer)}
	requests := []engine.Request{{Actor: other.actor, CommandID: theirs, Command: command}, {Actor: a.actor, CommandID: mine, Command: command}}
	var records [2]check.Record
	for i, p := range []*person{other.person, a.person} {
		records[i] = r
		records[i].ID = requests[i].CommandID
		p.write(records[i])
	}
	answers := w.round(requests...)
	won := 0
	for i, p := range []*person{other.person, a.person} {
		if answers[i].Err == nil {
			won++
		}
		p.answered(records[i], requests[i], answers[i], 0, nil)
	}
	switch {
	case won > 1 || answers[0].Err == nil:
		w.violation("offer %d to %s: %s was answered %+v, %s %+v", c.Offer, a.user, other.user, answers[0], a.user, answers[1])
	case won == 1:
		w.met(twoAccept)
	}
}

// loseConnection is noticed, and undone after a while.
func (a *agent) loseConnection(c view.Card) {
	w := a.w
	if c.RequestKind == "transfer" {
		w.met(targetLeaves)
	}
	w.result.Faults[agentCut]++
	a.cut, a.feed.deaf = true, true
	a.do(check.Record{}, engine.AgentLost{}, nil)
	w.after(w.between(time.Second, 4*time.Minute), func() {
		a.cut = false
		a.do(check.Record{}, engine.AgentBack{}, nil)
		a.feed.resume()
		for _, c := range slices.Clone(a.cards) {
			a.plan(c)
		}
	})
}
