// Package engine gathers commands, steps the machines, commits once and tells
// everybody afterwards.
package engine

import (
	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/config"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

// Request is one command of one caller. CommandID makes it safe to repeat: the
// same id with the same content has one effect and gets the same answer, with
// other content is refused. It is scoped to the conversation, to the visitor
// for starting one, and to the user for everything else.
type Request struct {
	Actor     access.Actor
	CommandID string
	Command   Command
}

// Command is what a caller wants done. Every transport decodes into these, and
// nothing else changes anything.
type Command interface{ command() }

// Commands of customers.
type (
	StartConversation struct {
		Asset    id.Asset
		Customer id.Customer // minted by the edge; the engine refuses a second open conversation of it
		Name     string
		Email    string
		Language string
		Page     string
		About    chat.About
		Text     string // first message; may be ""

		// What the form before the chat decided: "" and 0 are the asset's.
		Queue    id.Queue `json:",omitempty"`
		Priority int      `json:",omitempty"`
		// Requires is asked of whoever takes it, by the answers and by what the
		// site has signed.
		Requires []org.Required `json:",omitempty"`
		// Verified: the site has signed who the customer is.
		Verified bool `json:",omitempty"`
		// LeftMessage leaves the text for whoever comes, where the queue takes
		// messages; the text may not be "".
		LeftMessage bool `json:",omitempty"`
	}
	// JoinCustomer gives what an unknown customer has on an asset to the person
	// they have proven to be. An open conversation goes on, known as theirs; if
	// they have another open there, it ends, because one has one.
	JoinCustomer struct {
		Asset    id.Asset
		From, To id.Customer
	}
	// EndChat is the customer ending it.
	EndChat struct{ Conversation id.Conversation }
	// RateConversation says how the customer found it, from 1 to 5. The last
	// word holds, also after the end.
	RateConversation struct {
		Conversation id.Conversation
		Score        int
	}
)

// Commands of both sides of a conversation. For SendMessage and AddNote the
// CommandID is the client message id.
type (
	SendMessage struct {
		Conversation id.Conversation
		Text         string
		// Attachments were uploaded by the sender for this conversation, and are
		// in no message yet.
		Attachments []id.Attachment `json:",omitempty"`
	}
	MarkReceived struct {
		Conversation    id.Conversation
		Delivered, Seen id.Seq
	}
	// ShowTyping is not stored: it becomes a signal.
	ShowTyping struct {
		Conversation id.Conversation
		On           bool
	}
)

// Commands of agents (and supervisors, where User is somebody else).
type (
	SetPresence struct {
		User       id.User // "" is the caller
		Presence   routing.Presence
		IdleReason id.Reason
	}
	SignInToFloor  struct{}
	SignOutOfFloor struct{ User id.User } // "" is the caller; somebody else: forced

	ConfirmOffer struct{ Offer id.Offer }
	AcceptOffer  struct{ Offer id.Offer }
	DeclineOffer struct {
		Offer  id.Offer
		Reason id.Reason
	}
	// PickConversation takes a waiting conversation from the list of a queue that
	// allows it.
	PickConversation struct{ Conversation id.Conversation }
	AddNote          struct {
		Conversation id.Conversation
		Text         string
	}
	Transfer struct {
		Conversation id.Conversation
		ToQueue      id.Queue
		ToAgent      id.User
		Note         string
	}
	Invite struct {
		Conversation id.Conversation
		Guest        id.User
	}
	CancelInvitation struct{ Conversation id.Conversation }
	HandOver         struct {
		Conversation id.Conversation
		To           id.User
	}
	LeaveConference struct{ Conversation id.Conversation }
	RemoveGuest     struct {
		Conversation id.Conversation
		Guest        id.User
	}
	EndConversation struct{ Conversation id.Conversation }
	SubmitWrapUp    struct {
		Part   id.Part
		Reason id.Reason
		Note   string // "": none is added to those there are
	}
	StopWrapUpTimer struct{ Part id.Part }
	// SetOwn changes what of somebody's preferences is part of the
	// configuration.
	SetOwn struct {
		Language     string
		AnswerFactor int
	}
	ExtendWrapUp struct{ Part id.Part }
)

// Commands of administrators.
type (
	// DeleteAsset needs the asset's name typed in either language.
	DeleteAsset struct {
		Asset        id.Asset
		Confirmation string
	}
	// PutOn puts a file on the configuration; see [config.File.On].
	PutOn struct{ File config.File }
)

// What edges notice of connections; the actor is the one connected.
type (
	AgentLost    struct{}
	AgentBack    struct{}
	CustomerLost struct{ Conversation id.Conversation }
	CustomerBack struct{ Conversation id.Conversation }
)

func (StartConversation) command() {}
func (JoinCustomer) command()      {}
func (EndChat) command()           {}
func (RateConversation) command()  {}
func (SendMessage) command()       {}
func (MarkReceived) command()      {}
func (ShowTyping) command()        {}
func (SetPresence) command()       {}
func (SignInToFloor) command()     {}
func (SignOutOfFloor) command()    {}
func (ConfirmOffer) command()      {}
func (AcceptOffer) command()       {}
func (DeclineOffer) command()      {}
func (PickConversation) command()  {}
func (AddNote) command()           {}
func (Transfer) command()          {}
func (Invite) command()            {}
func (CancelInvitation) command()  {}
func (HandOver) command()          {}
func (LeaveConference) command()   {}
func (RemoveGuest) command()       {}
func (EndConversation) command()   {}
func (SubmitWrapUp) command()      {}
func (StopWrapUpTimer) command()   {}
func (SetOwn) command()            {}
func (ExtendWrapUp) command()      {}
func (DeleteAsset) command()       {}
func (PutOn) command()             {}
func (AgentLost) command()         {}
func (AgentBack) command()         {}
func (CustomerLost) command()      {}
func (CustomerBack) command()      {}
