// Package view is what each audience sees: a snapshot of a topic, and Apply,
// which brings a snapshot forward by one event. For every event and audience
// the snapshot taken before, with the events since applied to it, equals the
// snapshot taken afterwards; the browser's reducer is held to the same
// fixtures (api/fixtures/view), so server and page cannot drift.
//
// Everything that leaves the server in real time is one of these types, on
// every transport: what an audience may not see is not left out by the page,
// it is not in the type or not filled here.
package view

import (
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Audience decides what is filled in.
type Audience string

// The audiences of a conversation.
const (
	Customer Audience = "customer"
	Staff    Audience = "staff"
)

// Event is one numbered event of a topic as it goes over the wire.
type Event struct {
	Topic string    `json:"topic"`
	Seq   id.Seq    `json:"seq"`
	At    time.Time `json:"at"`
	Kind  string    `json:"kind"`
	Data  any       `json:"data"` // one of the types below, by Kind
}

// ---- topic conv/{id}: the conversation as both sides see it ----

// Conversation is the snapshot of conv/{id}.
type Conversation struct {
	ID           id.Conversation `json:"id"`
	Status       string          `json:"status"` // waiting · open · interrupted · closed
	Cause        string          `json:"cause,omitempty"`
	StartedAt    time.Time       `json:"started_at"`
	ClosedAt     *time.Time      `json:"closed_at,omitempty"`
	Language     string          `json:"language"`
	Participants []Participant   `json:"participants"`
	Entries      []Entry         `json:"entries"`            // oldest first; the last 50 unless asked otherwise
	More         bool            `json:"more"`               // older entries exist
	Customer     *CustomerCard   `json:"customer,omitempty"` // staff only
}

// CustomerCard is what staff see of the customer beside the thread.
type CustomerCard struct {
	ID    id.Customer `json:"id"`
	Name  string      `json:"name"`
	Email string      `json:"email,omitempty"`
	Page  string      `json:"page,omitempty"`
	Phone string      `json:"phone,omitempty"`
	// ContactHidden: little is left of email and phone, for the reader may not
	// see them.
	ContactHidden bool `json:"contact_hidden,omitempty"`
	// Verified: the site has signed who the customer is.
	Verified bool `json:"verified,omitempty"`

	PageTitle       string           `json:"page_title,omitempty"`
	Referrer        string           `json:"referrer,omitempty"`
	BrowserLanguage string           `json:"browser_language,omitempty"`
	TimeZone        string           `json:"time_zone,omitempty"`
	Visits          int              `json:"visits,omitempty"`     // 0 is unknown
	Answers         []chat.Attribute `json:"answers,omitempty"`    // of the form before the chat
	Attributes      []chat.Attribute `json:"attributes,omitempty"` // said by the site's page
	Signed          []chat.Attribute `json:"signed,omitempty"`     // signed by the site
}

// History is a customer's conversations before this one: the answer to a
// question, not a topic.
type History struct {
	Conversations []PastConversation `json:"conversations"` // newest first
	More          bool               `json:"more"`
}

// PastConversation is one that has ended.
type PastConversation struct {
	ID        id.Conversation `json:"id"`
	StartedAt time.Time       `json:"started_at"`
	ClosedAt  time.Time       `json:"closed_at"`
	Queue     Named           `json:"queue"`
	Agents    []Colleague     `json:"agents"` // in the order in which they came; the last owner is its owner
	Cause     string          `json:"cause"`
	Reason    *Named          `json:"reason,omitempty"` // the last owner's
	Note      string          `json:"note,omitempty"`   // what they wrote with it last
	Language  string          `json:"language"`
}

// Earlier are a customer's own conversations that have ended: the answer to a
// question, not a topic.
type Earlier struct {
	Conversations []EarlierConversation `json:"conversations"` // newest first
	More          bool                  `json:"more"`
}

// EarlierConversation is one of them, as its customer may know it.
type EarlierConversation struct {
	ID        id.Conversation `json:"id"`
	StartedAt time.Time       `json:"started_at"`
	ClosedAt  time.Time       `json:"closed_at"`
	Agents    []string        `json:"agents"`         // by the names they had in it, in the order in which they came
	Text      string          `json:"text,omitempty"` // the beginning of what the customer wrote last
}

// Participant is somebody in the conversation.
type Participant struct {
	Number    int     `json:"number"`
	Role      string  `json:"role"` // customer · agent
	Name      string  `json:"name"`
	User      id.User `json:"user,omitempty"`  // staff only
	Owner     bool    `json:"owner,omitempty"` // staff only
	Present   bool    `json:"present"`
	Delivered id.Seq  `json:"delivered"`
	Seen      id.Seq  `json:"seen"`
}

// Entry is one line of the thread: everything of the topic but receipts.
type Entry struct {
	Seq      id.Seq            `json:"seq"`
	At       time.Time         `json:"at"`
	Kind     string            `json:"kind"` // message · joined · left · owner · line · status · proven
	By       int               `json:"by,omitempty"`
	ClientID string            `json:"client_id,omitempty"`
	Text     string            `json:"text,omitempty"`
	Line     string            `json:"line,omitempty"`
	Params   map[string]string `json:"params,omitempty"` // names instead of ids, see [Book]
	Status   string            `json:"status,omitempty"`
	Cause    string            `json:"cause,omitempty"`

	Attachments []Attachment `json:"attachments,omitempty"` // of a message
}

// Attachment is a file in a message.
type Attachment struct {
	ID     id.Attachment `json:"id"`
	Name   string        `json:"name"`
	Type   string        `json:"type"`             // media type, found in the content
	Size   int64         `json:"size"`             // bytes
	Width  int           `json:"width,omitempty"`  // of an image, in pixels
	Height int           `json:"height,omitempty"` // of an image
}

// Receipt is the data of kind receipt.
type Receipt struct {
	By        int    `json:"by"`
	Delivered id.Seq `json:"delivered"`
	Seen      id.Seq `json:"seen"`
}

// Roster is the data of the kinds joined, left and owner: the entry for the
// thread, and the participant as they are now. Who answers for a conversation
// is not told to customers: to them an owner event names nobody.
type Roster struct {
	Entry       Entry        `json:"entry"`
	Participant *Participant `json:"participant,omitempty"`
}

// ---- topic conv/{id}/staff: what colleagues see beside the thread ----

// StaffThread is the snapshot of conv/{id}/staff.
type StaffThread struct {
	ID      id.Conversation `json:"id"`
	Entries []StaffEntry    `json:"entries"`
}

// StaffEntry is one note or line; After places it behind that number of the
// public thread.
type StaffEntry struct {
	Seq      id.Seq            `json:"seq"`
	At       time.Time         `json:"at"`
	After    id.Seq            `json:"after"`
	Kind     string            `json:"kind"` // note · staff_line
	User     id.User           `json:"user,omitempty"`
	Name     string            `json:"name,omitempty"`
	ClientID string            `json:"client_id,omitempty"`
	Text     string            `json:"text,omitempty"`
	Handover bool              `json:"handover,omitempty"`
	WrapUp   bool              `json:"wrapup,omitempty"`
	Line     string            `json:"line,omitempty"`
	Params   map[string]string `json:"params,omitempty"` // with names resolved, as in Entry
}

// ---- topic agent/{user}: one agent's desk, the same in all their tabs ----

// Desk is the snapshot of agent/{user}.
type Desk struct {
	Agent Agent  `json:"agent"`
	Cards []Card `json:"cards"` // requests by deadline, then parts by ordinal
}

// Agent is the agent's own state; the data of kind agent.
type Agent struct {
	User        id.User    `json:"user"`
	Name        string     `json:"name"`
	Presence    string     `json:"presence"` // signed_out · idle · available · rona
	IdleReason  id.Reason  `json:"idle_reason,omitempty"`
	Since       *time.Time `json:"since,omitempty"`
	AvailableAt *time.Time `json:"available_at,omitempty"` // last became Available
	SetBy       string     `json:"set_by,omitempty"`       // name of the supervisor who changed it
	Engaged     bool       `json:"engaged"`                // at least one part not wrapped up
	Occupied    int        `json:"occupied"`               // slots
	Capacity    int        `json:"capacity"`
	Missed      *Missed    `json:"missed,omitempty"`
	LostOut     bool       `json:"lost_out,omitempty"` // signed out because the connection stayed lost
}

// Missed is the request behind a RONA.
type Missed struct {
	Customer string    `json:"customer"`
	At       time.Time `json:"at"`
}

// Card is one piece of the agent's work; the data of kind card, which adds or
// replaces it by Key.
type Card struct {
	Key          string          `json:"key"`  // "offer/7" or "part/12"
	Kind         string          `json:"kind"` // request · active · wrapup
	Offer        id.Offer        `json:"offer,omitempty"`
	Part         id.Part         `json:"part,omitempty"`
	Conversation id.Conversation `json:"conversation"`
	Customer     Person          `json:"customer"`
	Queue        Named           `json:"queue"`
	Agents       []Colleague     `json:"agents"`         // who takes part, the owner first; for a request the agent asked
	Role         string          `json:"role,omitempty"` // owner · guest
	// For a request: queue · transfer · conference, and who it is from.
	RequestKind string     `json:"request_kind,omitempty"`
	From        string     `json:"from,omitempty"` // colleague's name
	ReceivedAt  time.Time  `json:"received_at"`    // the timer people see counts from here
	MadeAt      time.Time  `json:"made_at"`
	Deadline    *time.Time `json:"deadline,omitempty"` // of a request
	// active · conference_requested · conference · interrupted · wrapup; none
	// for a request. A transfer that is not answered yet shows as Pending of
	// its sender, who wraps up meanwhile.
	Status       string   `json:"status,omitempty"`
	Pending      *Pending `json:"pending,omitempty"` // the request this agent is waiting on
	CustomerAway bool     `json:"customer_away,omitempty"`
	CustomerLeft bool     `json:"customer_left,omitempty"`
	LeftMessage  bool     `json:"left_message,omitempty"` // nobody was there when the customer wrote; not of a wrap-up
	Asset        *Named   `json:"asset,omitempty"`        // of an interrupted conversation
	WrapUp       *WrapUp  `json:"wrapup,omitempty"`
	OnUnanswered string   `json:"on_unanswered,omitempty"` // the policy a transfer to an agent would follow
	Language     string   `json:"language"`                // the customer's
}

// Pending is a request to a colleague that is not answered yet.
type Pending struct {
	Kind  string `json:"kind"` // transfer · conference
	Agent string `json:"agent,omitempty"`
	Queue *Named `json:"queue,omitempty"`
}

// WrapUp is the state of a part in wrap-up.
type WrapUp struct {
	StartedAt time.Time   `json:"started_at"`
	Deadline  *time.Time  `json:"deadline,omitempty"`
	Required  bool        `json:"required"`
	Reasons   []id.Reason `json:"reasons"` // in order
	Cause     string      `json:"cause"`   // how the part ended
}

// Person is a customer by name.
type Person struct {
	ID       id.Customer `json:"id"`
	Name     string      `json:"name"`
	Verified bool        `json:"verified,omitempty"` // the site has signed who it is
}

// Colleague is an agent by name.
type Colleague struct {
	User id.User `json:"user"`
	Name string  `json:"name"`
	Role string  `json:"role,omitempty"` // owner · guest
}

// Named is a thing with a name in both languages.
type Named struct {
	ID   string   `json:"id"`
	Name org.Name `json:"name"`
}

// Gone is the data of kind card_gone.
type Gone struct {
	Key          string          `json:"key"`
	Conversation id.Conversation `json:"conversation"`
	// accepted · missed · declined · withdrawn · wrapped_up · requeued
	How   string  `json:"how"`
	Cause string  `json:"cause,omitempty"` // of withdrawn, and of a part that the agent did not wrap up: "automatic" if the timer did
	Part  id.Part `json:"part,omitempty"`  // with accepted: the card that follows
}

// Targets is what a conversation can be given to now: the answer to a question,
// not a topic.
type Targets struct {
	At     time.Time     `json:"at"`
	Queues []TargetQueue `json:"queues"`
	Agents []TargetAgent `json:"agents"`
}

// TargetQueue is a queue that takes transfers.
type TargetQueue struct {
	ID        id.Queue `json:"id"`
	Name      org.Name `json:"name"`
	Waiting   int      `json:"waiting"`
	Available int      `json:"available"` // agents who could take one now
	Current   bool     `json:"current"`   // the conversation came from it
}

// TargetAgent is an agent who could take the conversation now.
type TargetAgent struct {
	User         id.User `json:"user"`
	Name         string  `json:"name"`
	Occupied     int     `json:"occupied"`
	Capacity     int     `json:"capacity"`
	OnUnanswered string  `json:"on_unanswered"` // requeue · return · close: if they do not accept
}

// Today is an agent's work since midnight, in the organization's time zone: the
// answer to a question, not a topic. What there is none of yet is left out.
type Today struct {
	From            time.Time    `json:"from"`
	At              time.Time    `json:"at"`
	Handled         int          `json:"handled"`                     // owner's parts that were closed
	FirstResponseMS *int64       `json:"first_response_ms,omitempty"` // median, from accepting to the first message
	HandleMS        *int64       `json:"handle_ms,omitempty"`         // median, connected, of those handled
	Missed          int          `json:"missed"`                      // requests that were not answered in time
	States          []StateTime  `json:"states"`                      // without signed out
	LongestWait     *LongestWait `json:"longest_wait,omitempty"`      // now, in the agent's queues
}

// StateTime is how long somebody was in a state.
type StateTime struct {
	Presence   string    `json:"presence"`
	IdleReason id.Reason `json:"idle_reason,omitempty"`
	MS         int64     `json:"ms"`
}

// LongestWait is the customer who waits longest.
type LongestWait struct {
	Queue Named     `json:"queue"`
	Since time.Time `json:"since"`
}

// Draft is what somebody has not sent yet: read by nobody but them, in all
// their tabs. As the signal draft of agent/{user} it says what is kept now.
type Draft struct {
	Conversation id.Conversation `json:"conversation"`
	Revision     int64           `json:"revision"` // greater wins
	Text         string          `json:"text"`     // "": nothing is kept
	At           time.Time       `json:"at"`
}

// ---- signals: latest value only, unnumbered, may be lost ----

// Typing is the signal typing of conv/{id}.
type Typing struct {
	By   int    `json:"by"`
	Name string `json:"name"`
	On   bool   `json:"on"`
}

// Waiting is the signal waiting of conv/{id}: the customer's place.
type Waiting struct {
	Position int `json:"position"` // the lowest shown so far; 0: you keep your place
	Ahead    int `json:"ahead"`
	// Estimate is how much longer it takes; left out where too little is known.
	Estimate *Estimate `json:"estimate,omitempty"`
}

// Estimate is a range of whole minutes, from the waits of those who stood at
// the same place in the last half hour: half of them took longer than its
// beginning, nine of ten no longer than its end.
type Estimate struct {
	FromMinutes int `json:"from_minutes"`
	ToMinutes   int `json:"to_minutes"` // 1: at most a minute
}
