package view

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// Explanation is why a conversation is where it is, for the staff.
type Explanation struct {
	Conversation id.Conversation `json:"conversation"`
	State        string          `json:"state" enum:"waiting,offered,held,ended"`
	Queue        *Named          `json:"queue,omitempty" doc:"that it waits in"`
	Position     int             `json:"position,omitempty" doc:"in the queue, from 1"`
	WaitingSince *time.Time      `json:"waiting_since,omitempty" doc:"first asked for a human: orders the queue"`
	EnteredAt    *time.Time      `json:"entered_at,omitempty" doc:"came to this queue"`
	Open         bool            `json:"open" doc:"the queue, by its hours"`
	CustomerAway bool            `json:"customer_away" doc:"so nobody is offered it, unless it is a left message"`
	LeftMessage  bool            `json:"left_message" doc:"it comes after every customer who waits"`
	Owner        *Colleague      `json:"owner,omitempty"`
	Offer        *OfferReason    `json:"offer,omitempty"`
	Candidates   []Candidate     `json:"candidates" doc:"everybody who could be asked if nothing ruled them out"`
	Upcoming     []Upcoming      `json:"upcoming" doc:"what happens by itself, soonest first"`
	Then         string          `json:"then,omitempty" doc:"what happens at the end of the waiting: queue, leave_message or close"`
	ThenQueue    *Named          `json:"then_queue,omitempty"`
}

// OfferReason is why somebody is offered it: what was decided at that moment.
type OfferReason struct {
	Agent      Colleague      `json:"agent"`
	MadeAt     time.Time      `json:"made_at"`
	Deadline   time.Time      `json:"deadline"`
	Considered int            `json:"considered" doc:"agents who could have had it"`
	RunnersUp  []Colleague    `json:"runners_up" doc:"who would have been next, up to ten"`
	Excluded   map[string]int `json:"excluded" doc:"how many agents each reason ruled out"`
}

// Candidate is somebody who could be asked.
type Candidate struct {
	Agent   Colleague  `json:"agent"`
	RuledBy string     `json:"ruled_by,omitempty" doc:"what rules them out; left out if nothing does"`
	Since   *time.Time `json:"since,omitempty"`
}

// Upcoming is what happens by itself at a time.
type Upcoming struct {
	What string    `json:"what"`
	At   time.Time `json:"at"`
}

// Standing is why an agent gets no requests, or what they are there for.
type Standing struct {
	Agent    Colleague       `json:"agent"`
	Presence string          `json:"presence"`
	Since    *time.Time      `json:"since,omitempty"`
	RuledBy  string          `json:"ruled_by,omitempty" doc:"what rules them out of any request; left out if nothing does"`
	Occupied int             `json:"occupied" doc:"slots in use"`
	Capacity int             `json:"capacity"`
	Offers   int             `json:"offers" doc:"open requests"`
	Most     int             `json:"most_offers" doc:"open requests at once"`
	Queues   []QueueStanding `json:"queues" doc:"that the agent serves"`
	Upcoming []Upcoming      `json:"upcoming"`
}

// QueueStanding is one queue that an agent serves.
type QueueStanding struct {
	Queue   Named `json:"queue"`
	Waiting int   `json:"waiting"`
	Open    bool  `json:"open" doc:"by its hours"`
}

// ExplanationOf puts names to an explanation.
func ExplanationOf(c id.Conversation, x routing.Explanation, b Book) Explanation {
	v := Explanation{
		Conversation: c, State: "ended", Position: x.Position, Open: x.Open, CustomerAway: x.Away,
		Candidates: []Candidate{}, Upcoming: upcomingOf(x.Upcoming), Then: string(x.Then),
	}
	if x.Part.ID != 0 {
		owner := b.person(x.Part.Agent)
		v.State, v.Owner = "held", &owner
	}
	if x.Task.ID != 0 {
		queue := b.queue(x.Task.Queue)
		v.State, v.Queue, v.LeftMessage = string(x.Task.State), &queue, x.Task.LeftMessage
		v.WaitingSince, v.EnteredAt = utcOrNone(x.Task.WaitingSince), utcOrNone(x.Task.EnteredAt)
	}
	if x.ThenQueue != "" {
		queue := b.queue(x.ThenQueue)
		v.ThenQueue = &queue
	}
	for _, y := range x.Candidates {
		v.Candidates = append(v.Candidates, Candidate{b.person(y.Agent), string(y.RuledBy), utcOrNone(y.Since)})
	}
	if x.Offer.ID != 0 {
		v.Offer = b.offerReason(x.Offer)
	}
	return v
}

func (b Book) offerReason(o routing.Offer) *OfferReason {
	v := &OfferReason{
		Agent: b.person(o.Agent), MadeAt: utc(o.MadeAt), Deadline: utc(o.Deadline), Considered: o.Decision.Considered,
		RunnersUp: []Colleague{}, Excluded: map[string]int{},
	}
	for _, u := range o.Decision.RunnersUp {
		v.RunnersUp = append(v.RunnersUp, b.person(u))
	}
	for reason, n := range o.Decision.Excluded {
		v.Excluded[string(reason)] = n
	}
	return v
}

// StandingOf puts names to an agent's standing.
func StandingOf(u id.User, x routing.Standing, b Book) Standing {
	v := Standing{
		Agent: b.person(u), Presence: string(routing.SignedOut), RuledBy: string(x.RuledBy), Occupied: x.Occupied, Capacity: x.Capacity,
		Offers: x.Offers, Most: x.Most, Queues: []QueueStanding{}, Upcoming: upcomingOf(x.Upcoming),
	}
	if x.Known {
		v.Presence, v.Since = string(x.Agent.Presence), utcOrNone(x.Agent.Since)
	}
	for _, q := range x.Queues {
		v.Queues = append(v.Queues, QueueStanding{b.queue(q.Queue), q.Waiting, q.Open})
	}
	return v
}

func upcomingOf(list []routing.Upcoming) []Upcoming {
	out := make([]Upcoming, 0, len(list))
	for _, u := range list {
		out = append(out, Upcoming{string(u.What), utc(u.At)})
	}
	return out
}

func (b Book) person(u id.User) Colleague { return Colleague{User: u, Name: b.user(u)} }
