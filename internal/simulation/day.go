package simulation

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"hiwar/internal/estimate"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/simulation/agenda"
)

// day is a run: the machine, what people are going to do, and what was seen.
type day struct {
	*centre
	floor *routing.State
	now   time.Time
	plans agenda.Agenda
	steps int
	fault error

	customers []customer
	byID      map[id.Conversation]int
	agents    map[id.User]*agent

	answers estimate.Answers
	telling bool      // customers will be told their places
	told    time.Time // when they were last
}

// customer is one conversation from its customer's side.
type customer struct {
	queue    int
	came     time.Time
	answered time.Time
	left     time.Time
	cause    routing.Cause
	requests int
	patience time.Duration
	handling time.Duration
	wrapUp   time.Duration
	refused  problem.Code // the queue was closed or full
	moved    bool         // to another queue

	leaves  bool          // a message, if that is all one can do
	message time.Duration // answering one takes so long
	wrote   time.Time     // it was left
	replied time.Time     // somebody took it up
	waited  routing.Cause // why their waiting had ended before they left one

	place    estimate.Place
	promised promise
}

// agent is one agent's share of the run.
type agent struct {
	person
	chance  *rand.Rand
	away    bool // before or after the shift, or on a break
	offers  int
	parts   int
	free    bool // Available
	counted time.Time

	Requests, Accepted, Missed int
	busy, idle                 time.Duration // idle: Available with nothing to do
}

// Run runs the day with the seed: 0 is the plan's own.
func (p Plan) Run(seed int64) (*Result, error) {
	c, err := p.build()
	if err != nil {
		return nil, err
	}
	if seed == 0 {
		seed = p.Seed
	}
	d := &day{centre: c, floor: routing.New(c.config), byID: map[id.Conversation]int{}, agents: map[id.User]*agent{}, now: c.from}
	for i, who := range c.people {
		d.hire(who, chance(seed, ofAgents, uint64(i)))
	}
	for i := range c.queues {
		d.invite(i, seed)
	}
	d.play(c.to.Add(patienceAfter))
	if d.fault == nil {
		d.fault = d.floor.Check(d.now)
	}
	if d.fault != nil {
		return nil, fmt.Errorf("simulation: at %s: %w", d.now.Format("15:04:05.000"), d.fault)
	}
	return d.result(p, seed), nil
}

// hire plans an agent's shift.
func (d *day) hire(who person, chance *rand.Rand) {
	a := &agent{person: who, chance: chance, away: true, counted: who.from}
	d.agents[who.user] = a
	d.at(who.from, func() {
		d.step(routing.SignIn{Agent: a.user})
		d.come(a)
	})
	for _, b := range who.breaks {
		d.at(b.from, func() { d.rest(a) })
		d.at(b.to, func() { d.come(a) })
	}
	d.at(who.to, func() {
		d.rest(a)
		d.leaveIfDone(a)
	})
}

// come makes an agent Available, if on shift.
func (d *day) come(a *agent) {
	if !d.now.Before(a.to) {
		return
	}
	for _, b := range a.breaks {
		if !d.now.Before(b.from) && d.now.Before(b.to) {
			return
		}
	}
	a.away = false
	d.step(routing.SetPresence{Agent: a.user, Presence: routing.Available})
}

// rest makes an agent Idle: running conversations go on.
func (d *day) rest(a *agent) {
	a.away = true
	d.step(routing.SetPresence{Agent: a.user, Presence: routing.Idle})
}

func (d *day) leaveIfDone(a *agent) {
	if now, ok := d.floor.Agent(a.user); ok && now.Presence != routing.SignedOut && !d.now.Before(a.to) && a.parts+a.offers == 0 {
		d.step(routing.SignOut{Agent: a.user})
	}
}

// invite plans the customers of a queue.
func (d *day) invite(n int, seed int64) {
	q := &d.queues[n]
	for k, at := range q.arrivals(d.from, d.to, chance(seed, ofArrivals, uint64(n))) {
		i := len(d.customers)
		own := chance(seed, ofCustomers, uint64(n)<<24+uint64(k))
		c := customer{queue: n, came: at, handling: q.handling.draw(own), wrapUp: q.wrapUp.draw(own)}
		if q.patience != nil {
			c.patience = q.patience.draw(own)
		}
		c.leaves, c.message = own.Float64() < q.leaves, c.handling
		if q.message.kind != "" {
			c.message = q.message.draw(own)
		}
		conv := id.Conversation(fmt.Sprintf("c%07d", i))
		d.customers = append(d.customers, c)
		d.byID[conv] = i
		d.at(at, func() { d.arrive(conv, q) })
	}
}

// arrive has a customer ask, and wait, leave a message or go.
func (d *day) arrive(conv id.Conversation, q *queue) {
	c := &d.customers[d.byID[conv]]
	start := routing.Start{Conversation: conv, Asset: q.asset, Customer: id.Customer(conv)}
	c.refused = d.step(start, problem.QueueClosed, problem.QueueFull)
	switch {
	case c.refused == "":
		d.step(routing.Spoke{Conversation: conv, FromCustomer: true})
		if q.patience != nil {
			d.after(c.patience, func() { d.giveUp(conv) })
		}
	case c.leaves:
		start.LeftMessage = true
		d.step(start, problem.QueueClosed) // refused where messages are not taken
	}
}

func (d *day) giveUp(conv id.Conversation) {
	if c := d.customers[d.byID[conv]]; c.answered.IsZero() && c.left.IsZero() && c.wrote.IsZero() {
		d.step(routing.CustomerEnd{Conversation: conv})
	}
}

func (d *day) at(t time.Time, do func()) { d.plans.Add(t, do) }

func (d *day) after(wait time.Duration, do func()) { d.at(d.now.Add(wait), do) }

// play lets everything happen in the order of time: what people do, and what
// the machine wants to be woken for.
func (d *day) play(end time.Time) {
	for d.fault == nil {
		due, waits := d.floor.Deadline()
		next, people := d.plans.Next()
		switch {
		case waits && (!people || due.Before(next)):
			if due.After(end) {
				return
			}
			d.now = due
			d.step(routing.Tick{})
		case people:
			if next.After(end) {
				return
			}
			d.now = next
			d.plans.Take()()
		default:
			return
		}
	}
}

// step steps the machine and lets people notice what followed. That somebody
// came a moment too late is part of every day, and so is what the caller
// expects, which is given back; any other refusal is a fault.
func (d *day) step(ev routing.Event, expected ...problem.Code) (refused problem.Code) {
	if d.fault != nil {
		return ""
	}
	d.steps++
	effects, err := d.floor.Step(d.now, ev)
	if code := problem.CodeOf(err); err != nil && slices.Contains(append(expected, problem.OfferExpired, problem.AgentInRONA), code) {
		refused = code
		effects, err = d.floor.Step(d.now, routing.Tick{})
	}
	if err != nil {
		d.fault = errors.Join(fmt.Errorf("%T", ev), err)
		return ""
	}
	d.floor.TakeChanges()
	for _, e := range effects {
		d.notice(e)
	}
	if len(effects) > 0 && !d.telling {
		d.telling = true
		d.at(later(d.now, d.told.Add(placesEvery)), d.tell)
	}
	return refused
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// placesEvery is how often customers are told their places at most.
const placesEvery = time.Second

// tell tells everybody who waits their place, and notes what each is told first
// of how long it takes.
func (d *day) tell() {
	d.telling, d.told = false, d.now
	for i := range d.config.Queues {
		q := d.config.Queues[i].ID
		for n, conv := range d.floor.Line(q) {
			c := &d.customers[d.byID[conv]]
			number, _ := c.place.Stand(q, n+1, d.now)
			if !c.promised.at.IsZero() {
				continue
			}
			if r, known := d.answers.Range(&c.place, number, d.now); known {
				c.promised = promise{time.Duration(r.From) * time.Minute, time.Duration(r.To) * time.Minute, d.now}
			}
		}
	}
}
