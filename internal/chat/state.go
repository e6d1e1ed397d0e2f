package chat

import (
	"slices"
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
type State struct {
	record      Record
	byClientID  map[string]int // index in record.Sent
	taken       int            // how many of record.Sent were taken
	lastMessage id.Seq         // of the public topic: watermarks end here
}

// New is a conversation that begins now: its customer is participant 1.
func New(h Header) *State {
	customer := Participant{Number: 1, Role: Customer, Name: h.CustomerName, JoinedAt: h.StartedAt}
	return Load(Record{Header: h, Status: Waiting, Participants: []Participant{customer}})
}

// Load continues a conversation from its record, with all that was ever sent
// in it.
func Load(r Record) *State {
	r.Participants, r.Sent = slices.Clone(r.Participants), slices.Clone(r.Sent)
	s := &State{record: r, byClientID: make(map[string]int, len(r.Sent)), taken: len(r.Sent)}
	for i, sent := range r.Sent {
		s.byClientID[sent.ClientID] = i
		if sent.Topic == Public {
			s.lastMessage = max(s.lastMessage, sent.Seq)
		}
	}
	return s
}

// Record is the present state; Sent holds only what was added since the last
// call of TakeSent.
func (s *State) Record() Record {
	r := s.record
	r.Participants = slices.Clone(r.Participants)
	r.Sent = slices.Clone(r.Sent[s.taken:])
	return r
}

// TakeSent returns what was sent since it was last called and regards it as
// stored: later records leave it out.
func (s *State) TakeSent() []Sent {
	sent := slices.Clone(s.record.Sent[s.taken:])
	s.taken = len(s.record.Sent)
	return sent
}

// Header is what is known of the conversation from its start.
func (s *State) Header() Header { return s.record.Header }

// Status is where the conversation stands.
func (s *State) Status() Status { return s.record.Status }

// Heads are the numbers of the last entries of both topics; 0 is none.
func (s *State) Heads() (public, staff id.Seq) { return s.record.Head, s.record.StaffHead }

// Participant finds the author among those who take part (LeftAt is zero) or
// took part.
func (s *State) Participant(a Author) (p Participant, ok bool) {
	if found := s.find(a); found != nil {
		return *found, true
	}
	return Participant{}, false
}

func (s *State) find(a Author) *Participant {
	for i := range s.record.Participants {
		p := &s.record.Participants[i]
		if a.Customer && p.Role == Customer || !a.Customer && p.Role == Agent && p.User == a.User {
			return p
		}
	}
	return nil
}
