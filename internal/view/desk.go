package view

import (
	"slices"
	"strconv"

	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// DeskOf is the snapshot of agent/{user}: of a user who never signed in, an
// empty desk that is signed out.
func DeskOf(s *routing.State, u id.User, b Book) Desk {
	v := Desk{Agent: agentOf(s, u, b), Cards: []Card{}}
	for _, o := range s.OffersTo(u) {
		v.Cards = append(v.Cards, requestOf(s, o, b))
	}
	for _, p := range s.PartsOf(u) {
		v.Cards = append(v.Cards, partOf(s, p, b))
	}
	slices.SortFunc(v.Cards, compareCards)
	return v
}

func agentOf(s *routing.State, u id.User, b Book) Agent {
	v := Agent{User: u, Name: b.user(u), Presence: string(routing.SignedOut), Engaged: len(s.PartsOf(u)) > 0}
	v.Occupied, v.Capacity = s.AgentLoad(u)
	a, ok := s.Agent(u)
	if !ok {
		return v
	}
	v.Presence, v.IdleReason, v.SetBy = string(a.Presence), a.IdleReason, b.user(a.By)
	v.Since, v.AvailableAt = utcOrNone(a.Since), utcOrNone(a.AvailableAt)
	v.LostOut = a.Presence == routing.SignedOut && a.SignedOutBy == routing.CauseAgentLost
	if a.Missed != nil {
		v.Missed = &Missed{Customer: b.header(a.Missed.Conversation).CustomerName, At: utc(a.Missed.At)}
	}
	return v
}

func offerKey(o id.Offer) string { return "offer/" + strconv.FormatInt(int64(o), 10) }
func partKey(p id.Part) string   { return "part/" + strconv.FormatInt(int64(p), 10) }

// cardOf fills in what requests and parts have in common.
func cardOf(s *routing.State, conv id.Conversation, b Book) (Card, routing.Conversation) {
	c, _ := s.Conversation(conv)
	h := b.header(conv)
	return Card{
		Conversation: conv,
		Customer:     Person{ID: c.Customer, Name: h.CustomerName, Verified: h.Verified},
		Language:     h.Language,
		CustomerAway: c.Away && c.ClosedAt.IsZero(),
		LeftMessage:  c.LeftMessage,
	}, c
}

// requestOf is the card of an open offer. It names the agent who is asked; who
// may be in the conversation already is told on accept.
func requestOf(s *routing.State, o routing.Offer, b Book) Card {
	v, c := cardOf(s, o.Conversation, b)
	v.Key, v.Kind, v.Offer = offerKey(o.ID), "request", o.ID
	v.Queue = b.queue(c.Queue)
	v.Agents = []Colleague{{User: o.Agent, Name: b.user(o.Agent)}}
	v.ReceivedAt, v.MadeAt, v.Deadline = utc(o.MadeAt), utc(o.MadeAt), utcOrNone(o.Deadline)
	if t, ok := s.Task(o.Task); ok {
		v.RequestKind = string(t.Kind)
		if t.Kind != routing.TaskQueue || t.Origin == routing.OriginTransfer {
			v.From = b.user(t.From)
		}
	}
	return v
}

// partOf is the card of a part: a conversation while the agent takes part, and
// their wrap-up afterwards. A wrap-up does not tell what went on after its
// agent left, but for the answer to a transfer they asked for.
func partOf(s *routing.State, p routing.Part, b Book) Card {
	v, c := cardOf(s, p.Conversation, b)
	v.Key, v.Kind, v.Part, v.Role = partKey(p.ID), "active", p.ID, string(p.Role)
	v.Queue = b.queue(p.Queue)
	v.ReceivedAt, v.MadeAt = utc(p.ReceivedAt), utc(p.AcceptedAt)
	pending, hasPending := s.PendingIn(p.Conversation)
	if hasPending && pending.From == p.Agent {
		v.Pending = pendingOf(pending, b)
	}
	if !p.EndedAt.IsZero() {
		list, required := b.wrapUpReasons(p.Queue, p.Agent)
		v.Kind, v.Status, v.CustomerAway, v.LeftMessage = "wrapup", "wrapup", false, false
		v.Agents = []Colleague{{User: p.Agent, Name: b.user(p.Agent), Role: string(p.Role)}}
		v.CustomerLeft = p.EndCause == routing.CauseCustomer
		v.WrapUp = &WrapUp{
			StartedAt: utc(p.EndedAt), Deadline: utcOrNone(p.WrapUpDeadline),
			Required: required, Reasons: list, Cause: string(p.EndCause),
		}
		return v
	}
	v.Agents = colleagues(s, p.Conversation, b)
	v.OnUnanswered = b.unanswered(c.Queue)
	switch {
	case c.Interrupted:
		asset := b.asset(c.Asset)
		v.Status, v.Asset = "interrupted", &asset
	case len(v.Agents) > 1:
		v.Status = "conference"
	case v.Pending != nil:
		v.Status = "conference_requested"
	default:
		v.Status = "active"
	}
	return v
}

// pendingOf is the request that its sender waits on, nil if nobody sent it: a
// conversation that is queued again is no concern of who had it before.
func pendingOf(t routing.Task, b Book) *Pending {
	switch {
	case t.Kind == routing.TaskConference:
		return &Pending{Kind: "conference", Agent: b.user(t.Target)}
	case t.Kind == routing.TaskTransfer:
		return &Pending{Kind: "transfer", Agent: b.user(t.Target)}
	case t.Origin == routing.OriginTransfer:
		q := b.queue(t.Queue)
		return &Pending{Kind: "transfer", Queue: &q}
	}
	return nil
}

// colleagues are the agents who take part, the owner first, then by who came.
func colleagues(s *routing.State, c id.Conversation, b Book) []Colleague {
	all := []Colleague{}
	for _, p := range s.PartsIn(c) {
		if !p.EndedAt.IsZero() {
			continue
		}
		who := Colleague{User: p.Agent, Name: b.user(p.Agent), Role: string(p.Role)}
		if p.Role == routing.Owner {
			all = slices.Insert(all, 0, who)
		} else {
			all = append(all, who)
		}
	}
	return all
}
