package routing

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// State is the floor of one organization. It is used by one goroutine at a
// time.
type State struct {
	config org.Config
}

// New is a floor on which nobody has ever been.
func New(config org.Config) *State { return &State{config: config} }

// Load builds the floor from its open records, as the store kept them.
func Load(config org.Config, r Records) (*State, error) { panic("to be written") }

// Step applies ev at time now and returns the effects in the order they
// happened.
func (s *State) Step(now time.Time, ev Event) ([]Effect, error) { panic("to be written") }

// Deadline is when the next Tick is due.
func (s *State) Deadline() (t time.Time, ok bool) { panic("to be written") }

// Check reports the first broken invariant.
func (s *State) Check(now time.Time) error { panic("to be written") }

// TakeChanges returns the records touched since it was last called, in their
// present form (ended ones included), and forgets them.
func (s *State) TakeChanges() Records { panic("to be written") }

// Records returns copies of all open records.
func (s *State) Records() Records { panic("to be written") }

// Config is the configuration in force.
func (s *State) Config() org.Config { return s.config }

// Agent, Conversation, Offer and Part look one record up among the open ones.
func (s *State) Agent(a id.User) (Agent, bool)                       { panic("to be written") }
func (s *State) Conversation(c id.Conversation) (Conversation, bool) { panic("to be written") }
func (s *State) Offer(o id.Offer) (Offer, bool)                      { panic("to be written") }
func (s *State) Part(p id.Part) (Part, bool)                         { panic("to be written") }
func (s *State) Task(t id.Task) (Task, bool)                         { panic("to be written") }

// OffersTo lists an agent's open offers, oldest first.
func (s *State) OffersTo(a id.User) []Offer { panic("to be written") }

// PartsOf lists an agent's parts that are not wrapped up, by ordinal.
func (s *State) PartsOf(a id.User) []Part { panic("to be written") }

// PartsIn lists a conversation's parts that are not wrapped up, by ordinal.
func (s *State) PartsIn(c id.Conversation) []Part { panic("to be written") }

// PendingIn is the transfer, invitation or queued task of the conversation
// that nobody has accepted yet.
func (s *State) PendingIn(c id.Conversation) (Task, bool) { panic("to be written") }

// Position is the conversation's place in its queue, from 1, counting waiting
// and offered requests of that queue; false if it does not wait.
func (s *State) Position(c id.Conversation) (int, bool) { panic("to be written") }

// QueueLoad counts a queue's waiting tasks, and the agents who could take one
// now.
func (s *State) QueueLoad(q id.Queue) (waiting, available int) { panic("to be written") }

// AgentLoad is an agent's occupied slots and capacity.
func (s *State) AgentLoad(a id.User) (occupied, capacity int) { panic("to be written") }

// TransferTargets are the agents a conversation could be given to now:
// Available, connected, with a free slot, not in it. In order of identifier.
func (s *State) TransferTargets(c id.Conversation) []id.User { panic("to be written") }
