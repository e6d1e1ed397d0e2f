// Package chat is one conversation: who takes part, what was said, in which
// order, and who has received and seen how much of it.
//
// It is a state machine and nothing else: [State.Step] takes one event and
// returns the entries it adds to the record. It does no I/O, reads no clock
// and knows nothing of agents' capacity, offers or timers; those are package
// routing's. Package engine carries the results of both in one commit.
//
// # Two records
//
// A conversation has two topics, each with its own gap-free sequence: the one
// the customer sees (messages, system lines, receipts) and the staff's (notes,
// requests, reasons). So the customer never sees a hole where a note is.
//
// # Three states of a message
//
// Stored: it has a number, it is on disk. Delivered: a device of a reader has
// it. Seen: a reader had it before their eyes. They are never mixed; the
// second and third are watermarks per participant.
package chat

import (
	"time"

	"hiwar/internal/id"
)

// Role is a participant's role in the conversation.
type Role string

// The roles.
const (
	Customer Role = "customer"
	Agent    Role = "agent"
)

// Status is where the conversation stands.
type Status string

// The statuses. Waiting: no agent takes part at the moment.
const (
	Waiting     Status = "waiting"
	Open        Status = "open"
	Interrupted Status = "interrupted" // its asset was deleted: nothing more can be written
	Closed      Status = "closed"
)

// Header is what is known of a conversation from its start.
type Header struct {
	ID           id.Conversation
	Asset        id.Asset
	Customer     id.Customer
	CustomerName string
	Email        string
	Language     string // the customer's, "ar" or "en"
	Page         string // address of the page the customer wrote from
	StartedAt    time.Time
	Verified     bool // the site has signed who the customer is
	About        About
}

// About is what the customer's browser, the form before the chat and the site
// said of the customer at the start. It is for staff only, personal, and but
// for Signed nothing in it was proven.
type About struct {
	Phone      string      `json:"phone,omitempty"`
	PageTitle  string      `json:"page_title,omitempty"`
	Referrer   string      `json:"referrer,omitempty"` // address of the page before
	Browser    string      `json:"browser_language,omitempty"`
	TimeZone   string      `json:"time_zone,omitempty"` // IANA name
	Visits     int         `json:"visits,omitempty"`    // of this browser to the site, this one included; 0 is unknown
	Answers    []Attribute `json:"answers,omitempty"`   // of the form before the chat, in its order
	Attributes []Attribute `json:"attributes,omitempty"`
	Signed     []Attribute `json:"signed,omitempty"` // that the site has signed
}

// Attribute is a named value.
type Attribute struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Participant is somebody in the conversation. The number is its name towards
// the customer, who never learns the identifiers of staff.
type Participant struct {
	Number    int // from 1; 1 is the customer
	Role      Role
	User      id.User // agents
	Name      string
	Owner     bool // of the agents present, the one who answers for it
	JoinedAt  time.Time
	LeftAt    time.Time // zero while present
	LeftSeq   id.Seq    // the entry that says so: what came later is not theirs to read
	Delivered id.Seq
	Seen      id.Seq
}

// Topic tells the two records apart.
type Topic string

// The topics of a conversation.
const (
	Public Topic = "conv"
	Staff  Topic = "staff"
)

// Kind says what an entry is.
type Kind string

// Kinds of the public topic. Only KindMessage and KindNote have a text that
// people wrote; it is kept apart so that it can be erased.
const (
	KindMessage Kind = "message"
	KindJoined  Kind = "joined"
	KindLeft    Kind = "left"
	KindOwner   Kind = "owner" // another participant answers for it now
	KindLine    Kind = "line"  // a system line, see Line
	KindStatus  Kind = "status"
	KindReceipt Kind = "receipt"
	KindProven  Kind = "proven" // who the customer is, is known from now on; param customer

	// Kinds of the staff topic.
	KindNote      Kind = "note"
	KindStaffLine Kind = "staff_line"
)

// Line names a system line; the sentence is made where it is shown.
type Line string

// Lines of the public topic.
const (
	LineTransferring  Line = "transferring" // you are being connected
	LineTransferred   Line = "transferred"  // to a queue, params queue
	LineReconnecting  Line = "reconnecting" // the agent's connection is lost
	LineReconnected   Line = "reconnected"
	LineRequeued      Line = "requeued"    // looking for another agent
	LineStillThere    Line = "still_there" // warning before the inactivity close, param closes_at
	LineStillThereOff Line = "still_there_off"
	LineClosing       Line = "closing"       // what the queue says when it ends the waiting, param closing: the queue
	LineMessageLeft   Line = "message_left"  // nobody is there: what was written is kept and will be answered, param closing: the queue
	LineMessageAsked  Line = "message_asked" // the customer is back and waits like everybody else

	// Lines of the staff topic.
	LineTransferRequested     Line = "transfer_requested"      // params from, to_agent or to_queue
	LineTransferDropped       Line = "transfer_dropped"        // params target, policy
	LineConferenceRequested   Line = "conference_requested"    // params from, guest
	LineConferenceNotAccepted Line = "conference_not_accepted" // params guest, cause
	LineMissed                Line = "missed"                  // param agent
	LineWrapUp                Line = "wrapup"                  // params agent, reason, automatic, changed (a correction; the lines before it are its history)
	LineAssetDeleted          Line = "asset_deleted"           // param asset
	LineRated                 Line = "rated"                   // param score, 1 to 5: what the customer thinks of the conversation; the last one holds
)

// Entry is one numbered fact in a topic. Which fields are set follows from
// Kind.
type Entry struct {
	Topic Topic
	Seq   id.Seq
	At    time.Time
	Kind  Kind
	By    int // participant number; 0 is the system

	ClientID string // KindMessage, KindNote: the sender's own identifier of it
	Text     string // KindMessage, KindNote
	// Attachments of a KindMessage, in the order in which they were chosen.
	Attachments []Attachment
	Handover    bool // KindNote: written to the next agent with a transfer
	WrapUp      bool // KindNote: written with a wrap-up

	// KindJoined, KindLeft, KindOwner: who, as they are after the entry.
	// KindNote: its author by User and Name; Number 0 if they never took part.
	Participant *Participant
	Line        Line
	Params      map[string]string // KindLine, KindStaffLine: ids as values, never prose
	Status      Status            // KindStatus; that an agent joined is enough to know that it is open
	Cause       string            // KindStatus with Closed, KindLeft
	Delivered   id.Seq            // KindReceipt
	Seen        id.Seq            // KindReceipt
	After       id.Seq            // staff topic: the public head when it was written, to place it in the thread
}
