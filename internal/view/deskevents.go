package view

import (
	"reflect"
	"time"

	"hiwar/internal/routing"
)

// DeskEvents are the events of agent/{user} that lead from one desk to the
// next, at the time of the step between them; the effects of that step say how
// each card went. They have no number yet. What came and went within the step
// is not told.
func DeskEvents(at time.Time, before, after Desk, effects []routing.Effect) []Event {
	var events []Event
	tell := func(kind string, data any) {
		events = append(events, Event{Topic: AgentTopic(after.Agent.User), At: utc(at), Kind: kind, Data: data})
	}
	for _, was := range before.Cards {
		if _, stays := cardByKey(after.Cards, was.Key); !stays {
			tell("card_gone", goneOf(was, effects))
		}
	}
	for _, is := range after.Cards {
		if was, known := cardByKey(before.Cards, is.Key); !known || !reflect.DeepEqual(was, is) {
			tell("card", is)
		}
	}
	if !reflect.DeepEqual(before.Agent, after.Agent) {
		tell("agent", after.Agent)
	}
	return events
}

func cardByKey(cards []Card, key string) (Card, bool) {
	for _, c := range cards {
		if c.Key == key {
			return c, true
		}
	}
	return Card{}, false
}

// goneOf tells how a card left the desk.
func goneOf(c Card, effects []routing.Effect) Gone {
	g := Gone{Key: c.Key, Conversation: c.Conversation, How: "withdrawn"}
	if c.Part != 0 {
		g.How = "wrapped_up"
	}
	byTimer := false
	for _, e := range effects {
		switch e := e.(type) {
		case routing.OfferClosed:
			if c.Offer != 0 && e.Offer == c.Offer {
				g.How, g.Cause = string(e.End), string(e.Cause)
			}
		case routing.PartBegun:
			if c.Offer != 0 && e.Conversation == c.Conversation && e.Agent == c.Agents[0].User {
				g.Part = e.Part
			}
		case routing.PartEnded: // and gone in the same step: the agent did not wrap it up
			if c.Part != 0 && e.Part == c.Part {
				g.Cause = string(e.Cause)
			}
		case routing.TaskQueued:
			if c.Part != 0 && g.Cause != "" && e.Conversation == c.Conversation {
				g.How = "requeued"
			}
		case routing.WrapUpSubmitted:
			byTimer = byTimer || c.WrapUp != nil && e.Part == c.Part && e.Automatic
		}
	}
	if byTimer {
		g.Cause = "automatic"
	}
	return g
}
