package routing

import (
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

func (s *State) invite(ev Invite) error {
	c, _, err := s.steered(ev.Conversation, ev.Agent)
	if err != nil {
		return err
	}
	switch {
	case c.pending != 0:
		return problem.New(problem.RequestPending)
	case ev.Guest == ev.Agent:
		return invalidTarget("self", string(ev.Guest))
	case s.takesPart(ev.Guest, c):
		return invalidTarget("already_here", string(ev.Guest))
	case !s.canTake(ev.Guest, c):
		return invalidTarget("not_available", string(ev.Guest))
	case !s.setup.isColleague(ev.Agent, ev.Guest):
		return invalidTarget("outside_profile", string(ev.Guest))
	}
	s.emit(ConferenceRequested{Conversation: c.ID, From: ev.Agent, Guest: ev.Guest})
	t := s.newTask(TaskConference, c)
	t.From, t.Target = ev.Agent, ev.Guest
	s.putTask(t)
	s.ask(t)
	return nil
}

func (s *State) cancelInvitation(ev CancelInvitation) error {
	c, _, err := s.owned(ev.Conversation, ev.Agent)
	if err != nil {
		return err
	}
	if c.pending == 0 {
		return problem.New(problem.NoRequest)
	}
	s.withdrawInvitation(c.ID, CauseCancelled)
	return nil
}

// withdrawInvitation takes back the invitation of a conversation that has an
// owner, if there is one: such a conversation waits for nothing else.
func (s *State) withdrawInvitation(c id.Conversation, cause Cause) {
	if conv, ok := s.conversations.Get(c); ok && conv.offer != 0 {
		s.withdraw(conv.offer, cause)
	}
}

// handOver makes a guest the owner. Nobody is disconnected but the agent, who
// goes to wrap-up.
func (s *State) handOver(ev HandOver) error {
	c, p, err := s.steered(ev.Conversation, ev.Agent)
	if err != nil {
		return err
	}
	if c.pending != 0 {
		return problem.New(problem.RequestPending)
	}
	guest, err := s.guest(c, ev.To)
	if err != nil {
		return err
	}
	if a, _ := s.agents.Get(ev.To); !a.LostAt.IsZero() {
		return invalidTarget("not_available", string(ev.To))
	}
	s.endPart(p, CauseHandedOver)
	guest.Role = Owner
	s.putPart(guest)
	s.emit(OwnerChanged{Conversation: c.ID, From: ev.Agent, To: ev.To, Cause: CauseHandedOver})
	return nil
}

// guest is the part of one of the conversation's guests.
func (s *State) guest(c *conversation, u id.User) (Part, error) {
	guests := s.guests(c)
	for _, p := range guests {
		if p.Agent == u {
			return p, nil
		}
	}
	if len(guests) == 0 {
		return Part{}, problem.New(problem.NoConference)
	}
	return Part{}, invalidTarget("not_available", string(u))
}

func (s *State) leaveConference(ev LeaveConference) error {
	c, p, err := s.connected(ev.Conversation, ev.Agent)
	switch {
	case err != nil:
		return err
	case p.Role == Owner && len(s.guests(c)) == 0:
		return problem.New(problem.NoConference)
	case p.Role == Owner:
		return problem.New(problem.InConference) // hand over or end
	}
	s.endPart(p, CauseLeft)
	return nil
}

func (s *State) removeGuest(ev RemoveGuest) error {
	c, _, err := s.owned(ev.Conversation, ev.Agent)
	if err != nil {
		return err
	}
	p, err := s.guest(c, ev.Guest)
	if err != nil {
		return err
	}
	s.endPart(p, CauseRemoved)
	return nil
}
