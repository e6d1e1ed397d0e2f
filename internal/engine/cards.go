package engine

import (
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// onCards is the conversation that an effect changes on desks, or whose place
// in a queue it may change; "" if there is none.
func onCards(e routing.Effect) id.Conversation {
	switch e := e.(type) {
	case routing.TaskQueued:
		return e.Conversation
	case routing.OfferMade:
		return e.Conversation
	case routing.OfferClosed:
		return e.Conversation
	case routing.TaskDropped:
		return e.Conversation
	case routing.PartBegun:
		return e.Conversation
	case routing.PartEnded:
		return e.Conversation
	case routing.OwnerChanged:
		return e.Conversation
	case routing.TransferRequested:
		return e.Conversation
	case routing.TransferUnanswered:
		return e.Conversation
	case routing.ConferenceRequested:
		return e.Conversation
	case routing.ConferenceNotAccepted:
		return e.Conversation
	case routing.MessageAsked:
		return e.Conversation
	case routing.MessageRests:
		return e.Conversation
	case routing.CustomerAway:
		return e.Conversation
	case routing.CustomerReturned:
		return e.Conversation
	case routing.ConversationInterrupted:
		return e.Conversation
	case routing.ConversationClosed:
		return e.Conversation
	case routing.WrapUpSubmitted:
		return e.Conversation
	case routing.PresenceChanged, routing.AgentUnreachable, routing.AgentReachable, routing.AgentNotice,
		routing.WrapUpTimer, routing.InactivityWarning, routing.InactivityLifted, routing.TaskEased, routing.TaskKept, routing.TaskLetGo:
		// Shown on no card and changing nobody's place.
	}
	return ""
}
