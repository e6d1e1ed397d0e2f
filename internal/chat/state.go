package chat

import (
	"time"

	"hiwar/internal/id"
)

// Record is a conversation as a store keeps it, without the texts.
type Record struct {
	Header       Header
	Status       Status
	Cause        string
	ClosedAt     time.Time
	Participants []Participant
	Head         id.Seq // of the public topic
	StaffHead    id.Seq
	Sent         []Sent // every message and note, for the life of the conversation
}

// Sent is what is remembered of a message so that sending it again has no
// second effect.
type Sent struct {
	ClientID string
	Topic    Topic
	Seq      id.Seq
	At       time.Time
	Digest   [16]byte // of author and text
}

// State is one conversation. It is used by one goroutine at a time.
type State struct{ record Record }

// New is a conversation that begins now: its customer is participant 1.
func New(h Header) *State { panic("to be written") }

// Load continues a conversation from its record.
func Load(r Record) *State { panic("to be written") }

// Step applies ev and returns the entries it adds, numbered without a hole in
// each topic. If it returns an error the state is unchanged.
func (s *State) Step(now time.Time, ev Event) ([]Entry, error) { panic("to be written") }

// Check reports the first broken invariant.
func (s *State) Check() error { panic("to be written") }

// Record is the present state; Sent holds only what was added since the last
// call of TakeSent.
func (s *State) Record() Record { panic("to be written") }

// Header, Status, Heads and Participant answer what the engine asks often.
func (s *State) Header() Header                                { return s.record.Header }
func (s *State) Status() Status                                { return s.record.Status }
func (s *State) Heads() (public, staff id.Seq)                 { return s.record.Head, s.record.StaffHead }
func (s *State) Participant(a Author) (p Participant, ok bool) { panic("to be written") }
