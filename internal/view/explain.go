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
	Estimate     *Estimate       `json:"estimate,omitempty" doc:"of the wait, as the customer was told last"`
	Priority     int             `json:"priority,omitempty" doc:"1 (first) to 9"`
	WaitingSince *time.Time      `json:"waiting_since,omitempty" doc:"first asked for a human: orders the queue"`
	EnteredAt    *time.Time      `json:"entered_at,omitempty" doc:"came to this queue"`
	Open         bool            `json:"open" doc:"the queue, by its hours"`
	CustomerAway bool            `json:"customer_away" doc:"so nobody is offered it, unless it is a left message"`
	LeftMessage  bool            `json:"left_message" doc:"it comes after every customer who waits"`
	Owner        *Colleague      `json:"owner,omitempty"`
	KeptFor      *Colleague      `json:"kept_for,omitempty" doc:"the agent the customer knows: offered to nobody else for a while"`
	Asks         []Asked         `json:"asks" doc:"the skills it asks for, as they stand"`
	Groups       int             `json:"groups,omitempty" doc:"distribution groups that are open to it"`
	AllGroups    int             `json:"all_groups,omitempty"`
	Offer        *OfferReason    `json:"offer,omitempty"`
	Offers       []OfferReason   `json:"offers" doc:"the requests made of it that have ended, oldest first, with what was decided then"`
	Candidates   []Candidate     `json:"candidates" doc:"everybody who could be asked if nothing ruled them out"`
	Upcoming     []Upcoming      `json:"upcoming" doc:"what happens by itself, soonest first"`
	Then         string          `json:"then,omitempty" doc:"what happens at the end of the waiting: queue, leave_message or close"`
	ThenQueue    *Named          `json:"then_queue,omitempty"`
}

// OfferReason is why somebody is or was offered it: what was decided at that
// moment, and how it ended.
type OfferReason struct {
	Offer      id.Offer       `json:"offer" doc:"its number: everybody who could have had it is found by it"`
	Agent      Colleague      `json:"agent"`
	MadeAt     time.Time      `json:"made_at"`
	Deadline   time.Time      `json:"deadline"`
	Ending     string         `json:"ending,omitempty" enum:"accepted,missed,declined,withdrawn" doc:"left out while it is open"`
	Cause      string         `json:"cause,omitempty" doc:"of withdrawn"`
	EndedAt    *time.Time     `json:"ended_at,omitempty"`
	Rule       string         `json:"rule,omitempty" doc:"by which the first was chosen; left out where only this agent was asked"`
	Since      *time.Time     `json:"since,omitempty" doc:"the agent was last offered a request or became Available"`
	Occupied   int            `json:"occupied" doc:"slots the agent had in use"`
	Capacity   int            `json:"capacity"`
	Match      int            `json:"match,omitempty" doc:"how well the agent's skills matched, in hundredths of a level"`
	Kept       bool           `json:"kept,omitempty" doc:"for the agent the customer knows"`
	Picked     bool           `json:"picked,omitempty" doc:"the agent took it from the list"`
	Overtook   int            `json:"overtook,omitempty" doc:"with picked: how many had waited longer"`
	Asked      []Asked        `json:"asked" doc:"the first skills asked for, as they stood"`
	AskedMore  int            `json:"asked_more,omitempty" doc:"so many more were"`
	Considered int            `json:"considered" doc:"agents who could have had it"`
	RunnersUp  []Colleague    `json:"runners_up" doc:"who would have been next, up to ten"`
	Excluded   map[string]int `json:"excluded" doc:"how many agents each reason ruled out"`
}

// OfferExplanation is one request and everybody who could have had it.
type OfferExplanation struct {
	Request    OfferReason `json:"request"`
	Rebuilt    bool        `json:"rebuilt" doc:"whether candidates could be found out; not of what was decided before the last steps that the server remembers, or before it began"`
	Candidates []Candidate `json:"candidates" doc:"everybody who served the queue at that moment: first whom nothing ruled out, best first, then the others"`
}

// OfferExplanationOf puts names to it.
func OfferExplanationOf(o routing.Offer, candidates []routing.Candidate, rebuilt bool, b Book) OfferExplanation {
	v := OfferExplanation{Request: OfferReasonOf(o, b), Rebuilt: rebuilt, Candidates: []Candidate{}}
	if rebuilt {
		v.Candidates = b.candidates(candidates)
	}
	return v
}

func (b Book) candidates(list []routing.Candidate) []Candidate {
	out := make([]Candidate, 0, len(list))
	for _, y := range list {
		out = append(out, Candidate{b.person(y.Agent), string(y.RuledBy), utcOrNone(y.Since)})
	}
	return out
}

// Asked is a skill that a request asks for.
type Asked struct {
	From    string `json:"from,omitempty" enum:"queue,asset,language,form,identity" doc:"where it comes from: form is what the customer answered, identity what their site has signed"`
	Skill   Named  `json:"skill"`
	Compare string `json:"compare"`
	Level   int    `json:"level"`
	Text    string `json:"text,omitempty"`
	Relaxed bool   `json:"relaxed,omitempty" doc:"it asked for more when the visit began"`
	Dropped bool   `json:"dropped,omitempty" doc:"it asks for nothing any more"`
	Ignored bool   `json:"ignored,omitempty" doc:"of form or identity: it is not asked for, because the queue's rule looks at no skills, or because no skill in use can be so"`
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
	Agent     Colleague       `json:"agent"`
	Presence  string          `json:"presence"`
	Since     *time.Time      `json:"since,omitempty"`
	RuledBy   string          `json:"ruled_by,omitempty" doc:"what rules them out of any request; left out if nothing does"`
	Occupied  int             `json:"occupied" doc:"slots in use"`
	Capacity  int             `json:"capacity"`
	Exclusive bool            `json:"exclusive" doc:"one conversation at a time"`
	Offers    int             `json:"offers" doc:"open requests"`
	Most      int             `json:"most_offers" doc:"open requests at once"`
	Queues    []QueueStanding `json:"queues" doc:"that the agent serves"`
	Upcoming  []Upcoming      `json:"upcoming"`
}

// QueueStanding is one queue that an agent serves.
type QueueStanding struct {
	Queue    Named          `json:"queue"`
	Waiting  int            `json:"waiting"`
	Open     bool           `json:"open" doc:"by its hours"`
	OpensAt  *time.Time     `json:"opens_at,omitempty"`
	Excluded map[string]int `json:"excluded" doc:"of the first who wait: what rules the agent out of how many, beside the agent's own state"`
}

// ExplanationOf puts names to an explanation.
func ExplanationOf(c id.Conversation, x routing.Explanation, b Book) Explanation {
	v := Explanation{
		Conversation: c, State: "ended", Position: x.Position, Open: x.Open, CustomerAway: x.Away,
		Priority: x.Priority, WaitingSince: utcOrNone(x.Since), Asks: b.asked(x.Asks), Groups: x.Groups, AllGroups: x.AllGroups,
		Offers: []OfferReason{}, Upcoming: upcomingOf(x.Upcoming), Then: string(x.Then),
	}
	if x.Part.ID != 0 {
		owner := b.person(x.Part.Agent)
		v.State, v.Owner = "held", &owner
	}
	if x.Task.ID != 0 {
		queue := b.queue(x.Task.Queue)
		v.State, v.Queue, v.LeftMessage = string(x.Task.State), &queue, x.Task.LeftMessage
		v.WaitingSince, v.EnteredAt = utcOrNone(x.Task.WaitingSince), utcOrNone(x.Task.EnteredAt)
		if x.Task.KeptFor != "" {
			kept := b.person(x.Task.KeptFor)
			v.KeptFor = &kept
		}
	}
	if x.ThenQueue != "" {
		queue := b.queue(x.ThenQueue)
		v.ThenQueue = &queue
	}
	v.Candidates = b.candidates(x.Candidates)
	if x.Offer.ID != 0 {
		reason := OfferReasonOf(x.Offer, b)
		v.Offer = &reason
	}
	return v
}

// OfferReasonOf puts names to why an offer went where it went.
func OfferReasonOf(o routing.Offer, b Book) OfferReason {
	d := o.Decision
	v := OfferReason{
		Offer: o.ID, Agent: b.person(o.Agent), MadeAt: utc(o.MadeAt), Deadline: utc(o.Deadline), Ending: string(o.End), Cause: string(o.Cause), EndedAt: utcOrNone(o.EndedAt),
		Rule: string(d.Rule), Since: utcOrNone(d.Since), Occupied: d.Occupied, Capacity: o.Capacity, Match: d.Match, Kept: d.Kept, Picked: d.Picked, Overtook: d.Overtook,
		Asked: b.asked(d.Asked), AskedMore: d.AskedMore, Considered: d.Considered, RunnersUp: []Colleague{}, Excluded: counted(d.Excluded),
	}
	for _, u := range d.RunnersUp {
		v.RunnersUp = append(v.RunnersUp, b.person(u))
	}
	return v
}

func counted(by map[routing.Exclusion]int) map[string]int {
	out := make(map[string]int, len(by))
	for reason, n := range by {
		out[string(reason)] = n
	}
	return out
}

func (b Book) asked(list []routing.Asked) []Asked {
	out := make([]Asked, 0, len(list))
	for _, a := range list {
		skill := Named{ID: string(a.Skill)}
		if found := b.skills[a.Skill]; found != nil {
			skill.Name = found.Name
		}
		out = append(out, Asked{string(a.From), skill, string(a.Compare), a.Level, a.Text, a.Relaxed, a.Dropped, a.Ignored})
	}
	return out
}

// StandingOf puts names to an agent's standing.
func StandingOf(u id.User, x routing.Standing, b Book) Standing {
	v := Standing{
		Agent: b.person(u), Presence: string(routing.SignedOut), RuledBy: string(x.RuledBy), Occupied: x.Occupied, Capacity: x.Capacity,
		Exclusive: x.One, Offers: x.Offers, Most: x.Most, Queues: []QueueStanding{}, Upcoming: upcomingOf(x.Upcoming),
	}
	if x.Known {
		v.Presence, v.Since = string(x.Agent.Presence), utcOrNone(x.Agent.Since)
	}
	for _, q := range x.Queues {
		v.Queues = append(v.Queues, QueueStanding{b.queue(q.Queue), q.Waiting, q.Open, utcOrNone(q.Opens), counted(q.RuledBy)})
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
