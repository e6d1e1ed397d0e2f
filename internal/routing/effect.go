package routing

import (
	"time"

	"hiwar/internal/id"
)

// Effect is a fact that follows from an event: what views, chat, reports and
// explanation are made of. Effects are values and can be compared, stored and
// replayed.
type Effect interface{ effect() }

// Facts about agents.
type (
	PresenceChanged struct {
		Agent  id.User
		From   Presence
		To     Presence
		Reason id.Reason
		By     id.User
		Cause  Cause // why the system changed it; "" if a person did
	}
	AgentUnreachable struct{ Agent id.User }
	AgentReachable   struct{ Agent id.User }
	// AgentNotice says that the customers of a lost agent should be told so
	// (Back: that the agent is there again).
	AgentNotice struct {
		Agent        id.User
		Conversation id.Conversation
		Back         bool
	}
)

// Facts about tasks and offers.
type (
	TaskQueued struct {
		Task         id.Task
		Conversation id.Conversation
		Queue        id.Queue
		Origin       Origin
		From         id.User
		LeftMessage  bool
	}
	// TaskEased: whom the task reaches has changed, because its visit has lasted so
	// long, nobody of the groups before is signed in, or the rules are others.
	TaskEased struct {
		Task         id.Task
		Conversation id.Conversation
		Queue        id.Queue
		Groups       int           // so many are open
		Relaxed      time.Duration // the age up to which requirements are relaxed
	}
	// TaskKept: a returning customer waits for the agent they had, and from
	// TaskLetGo on for everybody.
	TaskKept struct {
		Task         id.Task
		Conversation id.Conversation
		Agent        id.User
		Until        time.Time
	}
	TaskLetGo struct {
		Task         id.Task
		Conversation id.Conversation
		Agent        id.User
	}
	OfferMade struct {
		Offer        id.Offer
		Task         id.Task
		Conversation id.Conversation
		Agent        id.User
		Kind         TaskKind
		Deadline     time.Time
	}
	// OfferEnded is the one end of an offer: accepted, missed, declined or
	// withdrawn for a cause.
	OfferClosed struct {
		Offer        id.Offer
		Task         id.Task
		Conversation id.Conversation
		Agent        id.User
		End          OfferEnd
		Cause        Cause
	}
	TaskDropped struct { // the task ended without being held
		Task         id.Task
		Conversation id.Conversation
		Kind         TaskKind
		Cause        Cause
	}
)

// Facts about conversations.
type (
	PartBegun struct {
		Part         id.Part
		Conversation id.Conversation
		Agent        id.User
		Role         Role
		Kind         TaskKind // of the task it came from
		From         id.User
	}
	PartEnded struct {
		Part         id.Part
		Conversation id.Conversation
		Agent        id.User
		Role         Role
		Cause        Cause
	}
	// OwnerChanged: a guest became the owner and nobody was disconnected.
	OwnerChanged struct {
		Conversation id.Conversation
		From, To     id.User
		Cause        Cause // handed_over or agent_lost
	}
	WrapUpSubmitted struct {
		Part         id.Part
		Conversation id.Conversation
		Agent        id.User
		Reason       id.Reason
		Automatic    bool
		Changed      bool // corrected after the fact
	}
	WrapUpTimer struct { // stopped (zero) or extended
		Part     id.Part
		Agent    id.User
		Deadline time.Time
	}
	TransferRequested struct {
		Conversation id.Conversation
		From         id.User
		ToQueue      id.Queue
		ToAgent      id.User
	}
	// TransferUnanswered: the agent asked did not accept; what follows is the
	// queue's policy, carried out by the other effects of the same step.
	TransferUnanswered struct {
		Conversation id.Conversation
		From, Target id.User
		Policy       Unanswered
	}
	ConferenceRequested struct {
		Conversation id.Conversation
		From, Guest  id.User
	}
	// ConferenceNotAccepted: the label returns to Active.
	ConferenceNotAccepted struct {
		Conversation id.Conversation
		From, Guest  id.User
		Cause        Cause // unanswered, cancelled, conversation_ended, agent_lost …
	}
	// MessageAsked: a customer who had left a message writes again while
	// somebody is there, and waits like everybody else. MessageRests: they are
	// gone again.
	MessageAsked      struct{ Conversation id.Conversation }
	MessageRests      struct{ Conversation id.Conversation }
	CustomerAway      struct{ Conversation id.Conversation }
	CustomerReturned  struct{ Conversation id.Conversation }
	InactivityWarning struct {
		Conversation id.Conversation
		ClosesAt     time.Time
	}
	InactivityLifted        struct{ Conversation id.Conversation }
	ConversationInterrupted struct {
		Conversation id.Conversation
		Asset        id.Asset
	}
	ConversationClosed struct {
		Conversation id.Conversation
		Cause        Cause
		By           id.User // with CauseAgent and CauseSupervisor
		Queue        id.Queue
	}
)

func (PresenceChanged) effect()         {}
func (AgentUnreachable) effect()        {}
func (AgentReachable) effect()          {}
func (AgentNotice) effect()             {}
func (TaskQueued) effect()              {}
func (TaskEased) effect()               {}
func (TaskKept) effect()                {}
func (TaskLetGo) effect()               {}
func (OfferMade) effect()               {}
func (OfferClosed) effect()             {}
func (TaskDropped) effect()             {}
func (PartBegun) effect()               {}
func (PartEnded) effect()               {}
func (OwnerChanged) effect()            {}
func (WrapUpSubmitted) effect()         {}
func (WrapUpTimer) effect()             {}
func (TransferRequested) effect()       {}
func (TransferUnanswered) effect()      {}
func (ConferenceRequested) effect()     {}
func (ConferenceNotAccepted) effect()   {}
func (MessageAsked) effect()            {}
func (MessageRests) effect()            {}
func (CustomerAway) effect()            {}
func (CustomerReturned) effect()        {}
func (InactivityWarning) effect()       {}
func (InactivityLifted) effect()        {}
func (ConversationInterrupted) effect() {}
func (ConversationClosed) effect()      {}
