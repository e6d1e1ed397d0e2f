package client

import (
	"encoding/json"
	"time"
)

// The types mirror the schemas of api/openapi.yaml, as far as this package's
// callers need them. Unknown fields are passed over: a newer server may say
// more.

// Reply is the answer to a command, given once it is on disk.
type Reply struct {
	Duplicate    bool      `json:"duplicate"`
	Seq          int64     `json:"seq"`
	At           time.Time `json:"at"`
	Conversation string    `json:"conversation"`
	Part         int64     `json:"part"`
}

// Name is a name in both languages.
type Name struct {
	En string `json:"en"`
	Ar string `json:"ar"`
}

// Named is a thing with a name.
type Named struct {
	ID   string `json:"id"`
	Name Name   `json:"name"`
}

// Desk is an agent's state and work.
type Desk struct {
	Agent Agent  `json:"agent"`
	Cards []Card `json:"cards"`
}

// Agent is an agent's own state.
type Agent struct {
	User       string `json:"user"`
	Name       string `json:"name"`
	Presence   string `json:"presence"`
	IdleReason string `json:"idle_reason"`
	Engaged    bool   `json:"engaged"`
	Occupied   int    `json:"occupied"`
	Capacity   int    `json:"capacity"`
}

// Card is one piece of an agent's work: a request, an active conversation or a
// wrap-up.
type Card struct {
	Key          string     `json:"key"`
	Kind         string     `json:"kind"`
	Offer        int64      `json:"offer"`
	Part         int64      `json:"part"`
	Conversation string     `json:"conversation"`
	Customer     Person     `json:"customer"`
	Queue        Named      `json:"queue"`
	Role         string     `json:"role"`
	RequestKind  string     `json:"request_kind"`
	Status       string     `json:"status"`
	Deadline     *time.Time `json:"deadline"`
	Language     string     `json:"language"`
	WrapUp       *WrapUp    `json:"wrapup"`
}

// Person is a customer by name.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// WrapUp is the state of a part in wrap-up.
type WrapUp struct {
	Deadline *time.Time `json:"deadline"` // of automatic wrap-up
	Required bool       `json:"required"`
	Reasons  []string   `json:"reasons"`
	Cause    string     `json:"cause"`
}

// Gone says that a card left the desk, and how.
type Gone struct {
	Key          string `json:"key"`
	Conversation string `json:"conversation"`
	How          string `json:"how"`
	Cause        string `json:"cause"`
	Part         int64  `json:"part"`
}

// Conversation is a conversation as its reader may see it.
type Conversation struct {
	ID           string        `json:"id"`
	Status       string        `json:"status"`
	Cause        string        `json:"cause"`
	Participants []Participant `json:"participants"`
	Entries      []Entry       `json:"entries"`
	More         bool          `json:"more"`
}

// Participant is somebody in a conversation; number 1 is the customer.
type Participant struct {
	Number    int    `json:"number"`
	Role      string `json:"role"`
	Name      string `json:"name"`
	User      string `json:"user"`
	Owner     bool   `json:"owner"`
	Present   bool   `json:"present"`
	Delivered int64  `json:"delivered"`
	Seen      int64  `json:"seen"`
}

// Entry is one line of a thread.
type Entry struct {
	Seq      int64     `json:"seq"`
	At       time.Time `json:"at"`
	Kind     string    `json:"kind"`
	By       int       `json:"by"`
	ClientID string    `json:"client_id"`
	Text     string    `json:"text"`
	Line     string    `json:"line"`
	Status   string    `json:"status"`
	Cause    string    `json:"cause"`
}

// Roster is the data of the kinds joined, left and owner.
type Roster struct {
	Entry       Entry       `json:"entry"`
	Participant Participant `json:"participant"`
}

// Frame is one frame from the server; Type says which fields are set. Data is
// decoded by kind with [Frame.Into].
type Frame struct {
	Type         string          `json:"type"`
	Topic        string          `json:"topic"`
	Seq          int64           `json:"seq"`
	At           time.Time       `json:"at"`
	Kind         string          `json:"kind"`
	Reset        bool            `json:"reset"`
	Ref          string          `json:"ref"`
	Duplicate    bool            `json:"duplicate"`
	Part         int64           `json:"part"`
	Code         string          `json:"code"`
	Detail       string          `json:"detail"`
	User         string          `json:"user"`
	Conversation string          `json:"conversation"`
	BeatMS       int             `json:"beat_ms"`
	SpreadMS     int             `json:"spread_ms"`
	Data         json.RawMessage `json:"data"`
}

// Into decodes the frame's data.
func (f Frame) Into(v any) error { return json.Unmarshal(f.Data, v) }
