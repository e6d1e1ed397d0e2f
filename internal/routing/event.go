package routing

import (
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Event is something that happened to the floor or was asked of it. Time is
// not part of it: [State.Step] takes it as an argument.
type Event interface{ event() }

// What administrators and supervisors do.
type (
	// Configure replaces the configuration. Work whose queue or agent is gone
	// goes where the product's rules say; nothing is lost.
	Configure struct{ Config org.Config }
	// DeleteAsset interrupts every conversation of the asset that somebody
	// holds and closes those that wait.
	DeleteAsset struct{ Asset id.Asset }
)

// What agents do, and what is noticed of them.
type (
	// SignIn makes the agent Idle, or does nothing if already signed in.
	SignIn struct{ Agent id.User }
	// SignOut is refused with open work unless By names somebody else, who
	// forces it: then conversations are queued again.
	SignOut struct {
		Agent, By id.User
	}
	// SetPresence sets Available or Idle. By is "" for the agent: only the
	// agent leaves RONA, and a supervisor never sets Available.
	SetPresence struct {
		Agent      id.User
		Presence   Presence
		IdleReason id.Reason
		By         id.User
	}
	// LoseAgent says that no desk of the agent has been heard of for the
	// notice time; RegainAgent that one is back.
	LoseAgent   struct{ Agent id.User }
	RegainAgent struct{ Agent id.User }

	// ConfirmOffer says that a desk painted the request.
	ConfirmOffer struct {
		Agent id.User
		Offer id.Offer
	}
	AcceptOffer struct {
		Agent id.User
		Offer id.Offer
	}
	// DeclineOffer is refused unless the organization allows declining.
	DeclineOffer struct {
		Agent  id.User
		Offer  id.Offer
		Reason id.Reason
	}

	// Pick takes a waiting conversation from the list of a queue that allows it.
	// It is offered and accepted at once; of several who pick one, one gets it.
	Pick struct {
		Agent        id.User
		Conversation id.Conversation
	}

	// Transfer gives the conversation to a queue or to an agent: exactly one
	// of the two is set. The sender's part goes to wrap-up.
	Transfer struct {
		Agent        id.User
		Conversation id.Conversation
		ToQueue      id.Queue
		ToAgent      id.User
	}
	// Invite asks another agent into the conversation.
	Invite struct {
		Agent        id.User
		Conversation id.Conversation
		Guest        id.User
	}
	CancelInvitation struct {
		Agent        id.User
		Conversation id.Conversation
	}
	// HandOver makes a guest the owner and ends the agent's part.
	HandOver struct {
		Agent        id.User
		Conversation id.Conversation
		To           id.User
	}
	// LeaveConference ends a guest's part.
	LeaveConference struct {
		Agent        id.User
		Conversation id.Conversation
	}
	// RemoveGuest ends a guest's part at the owner's wish.
	RemoveGuest struct {
		Agent        id.User
		Conversation id.Conversation
		Guest        id.User
	}
	// End closes the conversation for everybody; only the owner may, or a
	// supervisor with By.
	End struct {
		Agent        id.User
		Conversation id.Conversation
		By           id.User
	}

	// SubmitWrapUp records the reason and frees the slot. A part that was
	// submitted before has left the floor: see [ChangeReason].
	SubmitWrapUp struct {
		Agent  id.User
		Part   id.Part
		Reason id.Reason // "" = none, where none is required
	}
	// StopWrapUpTimer turns the automatic wrap-up off for this part.
	StopWrapUpTimer struct {
		Agent id.User
		Part  id.Part
	}
	// ExtendWrapUp starts the automatic wrap-up's time anew.
	ExtendWrapUp struct {
		Agent id.User
		Part  id.Part
	}
	// ChangeReason corrects the recorded reason of a part that was submitted.
	// Such a part has left the floor, so it comes as a value, as it is stored;
	// the corrected one is among the changes. No slot is taken again.
	ChangeReason struct {
		Agent  id.User
		Part   Part
		Reason id.Reason
	}
)

// What customers do, and what is noticed of them.
type (
	// Start queues a new conversation.
	Start struct {
		Conversation id.Conversation
		Asset        id.Asset
		Customer     id.Customer
		Priority     int // 0: the asset's, else the queue's
		Language     string
		Requires     []org.Required // of its own, beside the queue's, the asset's and the language's
		Regular      id.User        // the agent who served this customer last, lately; "" if none
		Queue        id.Queue       // that the customer chose; "" is the asset's
		LeftMessage  bool           // it is left for whoever comes: refused unless the queue takes messages
	}
	// Prove says who the customer of a conversation turned out to be.
	Prove struct {
		Conversation id.Conversation
		Customer     id.Customer
	}
	LoseCustomer   struct{ Conversation id.Conversation }
	RegainCustomer struct{ Conversation id.Conversation }
	// CustomerEnd is the customer ending the chat.
	CustomerEnd struct{ Conversation id.Conversation }
	// Spoke says that somebody wrote; what, the floor does not know.
	Spoke struct {
		Conversation id.Conversation
		FromCustomer bool
	}
)

// Tick only lets happen what is due by now. Step does that before any event,
// so a Tick is needed only when nothing else happens; see [State.Deadline].
type Tick struct{}

func (Configure) event()        {}
func (DeleteAsset) event()      {}
func (SignIn) event()           {}
func (SignOut) event()          {}
func (SetPresence) event()      {}
func (LoseAgent) event()        {}
func (RegainAgent) event()      {}
func (ConfirmOffer) event()     {}
func (AcceptOffer) event()      {}
func (DeclineOffer) event()     {}
func (Pick) event()             {}
func (Transfer) event()         {}
func (Invite) event()           {}
func (CancelInvitation) event() {}
func (HandOver) event()         {}
func (LeaveConference) event()  {}
func (RemoveGuest) event()      {}
func (End) event()              {}
func (SubmitWrapUp) event()     {}
func (StopWrapUpTimer) event()  {}
func (ExtendWrapUp) event()     {}
func (ChangeReason) event()     {}
func (Start) event()            {}
func (Prove) event()            {}
func (LoseCustomer) event()     {}
func (RegainCustomer) event()   {}
func (CustomerEnd) event()      {}
func (Spoke) event()            {}
func (Tick) event()             {}
