package view

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

// WaitingList is who waits in some queues: the answer to a question, not a
// topic.
type WaitingList struct {
	At      time.Time    `json:"at"`
	Total   int          `json:"total" doc:"how many wait; the list holds the first of each queue"`
	Waiting []WaitingRow `json:"waiting" doc:"by queue, then in the order in which they are served"`
}

// WaitingRow is one request in a queue's line, waiting or offered.
type WaitingRow struct {
	Conversation id.Conversation `json:"conversation"`
	Customer     Person          `json:"customer"`
	Queue        Named           `json:"queue"`
	State        string          `json:"state" enum:"waiting,offered"`
	Position     int             `json:"position" doc:"in the queue, from 1"`
	Estimate     *Estimate       `json:"estimate,omitempty" doc:"of the wait, as the customer was told last"`
	Priority     int             `json:"priority" doc:"1 (first) to 9"`
	WaitingSince time.Time       `json:"waiting_since"`
	Language     string          `json:"language" doc:"the customer's"`
	Text         string          `json:"text,omitempty" doc:"the beginning of what the customer wrote last"`
	CustomerAway bool            `json:"customer_away"`
	MayPick      bool            `json:"may_pick" doc:"the queue lets the caller take it from the list"`
	// Of the rest an agent who only may take somebody sees nothing.
	OfferedTo *Colleague     `json:"offered_to,omitempty"`
	Excluded  map[string]int `json:"excluded,omitempty" doc:"how many agents each reason rules out now"`
	Upcoming  []Upcoming     `json:"upcoming,omitempty" doc:"what happens by itself, soonest first"`
	Then      string         `json:"then,omitempty" doc:"what happens at the end of the waiting: queue, close or leave_message"`
	ThenQueue *Named         `json:"then_queue,omitempty"`
}

// What a list holds at most, of one queue and together.
const (
	listedOfQueue = 50
	listedAtAll   = 200
)

// WaitingOf lists who waits in the queues; whoever supervises is also told why.
func WaitingOf(at time.Time, s *routing.State, queues []*org.Queue, u id.User, supervises bool, b Book) WaitingList {
	v := WaitingList{At: utc(at), Waiting: []WaitingRow{}}
	for _, q := range queues {
		list, total := s.WaitingIn(q.ID, min(listedOfQueue, listedAtAll-len(v.Waiting)))
		v.Total += total
		for _, x := range list {
			v.Waiting = append(v.Waiting, rowOf(s, x, q, u, supervises, b))
		}
	}
	return v
}

func rowOf(s *routing.State, x routing.WaitingTask, q *org.Queue, u id.User, supervises bool, b Book) WaitingRow {
	h := b.header(x.Task.Conversation)
	row := WaitingRow{
		Conversation: x.Task.Conversation, Customer: Person{h.Customer, h.CustomerName, h.Verified}, Queue: b.queue(q.ID), State: string(x.Task.State), Position: x.Position,
		Priority: x.Task.Priority, WaitingSince: utc(x.Task.WaitingSince), Language: h.Language, CustomerAway: x.Away, MayPick: s.MayPick(u, q.ID),
	}
	if !supervises {
		return row
	}
	row.Excluded, row.Upcoming, row.Then = counted(x.Excluded), upcomingOf(x.Upcoming), string(q.Limits.Then)
	if x.OfferTo != "" {
		asked := b.person(x.OfferTo)
		row.OfferedTo = &asked
	}
	if q.Limits.ThenQueue != "" {
		next := b.queue(q.Limits.ThenQueue)
		row.ThenQueue = &next
	}
	return row
}
