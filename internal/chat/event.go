package chat

import (
	"time"

	"hiwar/internal/id"
)

// Event is something that is said, or that happened to who takes part.
type Event interface{ event() }

// Author is who speaks: the customer, or a user.
type Author struct {
	Customer bool
	User     id.User
}

type (
	// Post is a message. Text is as typed: Step normalises, cleans and checks
	// it by package text; with attachments it may be empty. A ClientID that is known gives a [Duplicate] if the
	// text is the same, and [problem.IDReused] if not, for the life of the
	// conversation.
	Post struct {
		By            Author
		ClientID      string
		Text          string
		Attachments   []Attachment // stored, the author's, and in no message yet
		AllowReserved bool         // < and > from agents, by the organization's setting
	}
	// AddNote is for colleagues only. The author need not take part any more:
	// the note of a transfer is written in the same step that ends the part, and
	// that of a wrap-up after it.
	AddNote struct {
		User     id.User
		Name     string
		ClientID string
		Text     string
		Handover bool
		WrapUp   bool
	}
	// Receive moves the author's watermarks. They never go back, and never
	// beyond the last message: what is only about receiving must not itself
	// have to be received. Nothing is added if nothing moves.
	Receive struct {
		By              Author
		Delivered, Seen id.Seq
	}
	// Join adds an agent, or brings one back under the same number. Owner moves
	// the ownership; the first agent present is the owner in any case.
	Join struct {
		User  id.User
		Name  string
		Owner bool
	}
	// Leave ends an agent's presence, or does nothing if they are not there. An
	// owner who leaves others behind is followed by whoever is there longest;
	// without anybody the conversation is waiting again.
	Leave struct {
		User  id.User
		Cause string
	}
	// Own makes a present agent the owner.
	Own struct{ User id.User }
	// Say adds a system line. The staff topic takes them after the end too:
	// wrap-up follows it.
	Say struct {
		Topic  Topic
		Line   Line
		Params map[string]string
	}
	// Interrupt: the asset was deleted. Nothing more can be written, and it
	// stays so until Close.
	Interrupt struct{ Asset string }
	// Prove: the site has signed who the customer is, who may be known already
	// by another identifier. Nothing happens if it is known.
	Prove struct{ Customer id.Customer }
	// Close ends the conversation for everybody: nobody is present afterwards,
	// and no entry says so of each.
	Close struct{ Cause string }
)

func (Post) event()      {}
func (AddNote) event()   {}
func (Receive) event()   {}
func (Join) event()      {}
func (Leave) event()     {}
func (Own) event()       {}
func (Say) event()       {}
func (Interrupt) event() {}
func (Prove) event()     {}
func (Close) event()     {}

// Duplicate is the error of a Post or AddNote that was stored before: it has
// had its effect and the caller gets the first answer again.
type Duplicate struct {
	Seq id.Seq
	At  time.Time
}

func (d *Duplicate) Error() string { return "stored before" }
