package routing

import (
	"cmp"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// standardPriority is a conversation's where nothing says otherwise.
const standardPriority = 5

func (s *State) start(ev Start) error {
	if _, ok := s.conversations.Get(ev.Conversation); ok {
		return problem.New(problem.ChatExists, "conversation", string(ev.Conversation))
	}
	asset := s.setup.assets[ev.Asset]
	if asset == nil || asset.Deleted {
		return problem.New(problem.NotFound)
	}
	queue, err := s.admitted(cmp.Or(ev.Queue, asset.Queue), ev.LeftMessage)
	if err != nil {
		return err
	}
	priority := standardPriority
	for _, p := range []int{queue.Priority, asset.Priority, ev.Priority} {
		if p > 0 {
			priority = min(p, 9)
		}
	}
	c := Conversation{
		ID: ev.Conversation, Asset: ev.Asset, Customer: ev.Customer, Language: ev.Language, Requires: ev.Requires, Queue: queue.ID,
		Priority: priority, StartedAt: s.now, WaitingSince: s.now,
	}
	if len(c.Requires) > 0 {
		s.tidyPools()
	}
	s.ledger.Started++
	if ev.LeftMessage {
		s.putMessage(c)
		return nil
	}
	s.putConversation(c)
	s.enqueue(ev.Conversation, OriginNew, "", "", s.now)
	s.keep(ev.Conversation, ev.Regular)
	return nil
}

func (s *State) customerEnd(ev CustomerEnd) error {
	if _, err := s.openConversation(ev.Conversation); err != nil {
		return err
	}
	s.closeConversation(ev.Conversation, CauseCustomer, "")
	return nil
}

func (s *State) end(ev End) error {
	if ev.By != "" && ev.By != ev.Agent {
		if _, err := s.openConversation(ev.Conversation); err != nil {
			return err
		}
		s.closeConversation(ev.Conversation, CauseSupervisor, ev.By)
		return nil
	}
	if _, _, err := s.owned(ev.Conversation, ev.Agent); err != nil {
		return err
	}
	s.closeConversation(ev.Conversation, CauseAgent, ev.Agent)
	return nil
}

// openConversation is a conversation that has not ended.
func (s *State) openConversation(c id.Conversation) (*conversation, error) {
	conv, ok := s.conversations.Get(c)
	if !ok {
		return nil, problem.New(problem.NotFound)
	}
	if !conv.open() {
		return nil, problem.New(problem.ChatClosed, "time", conv.ClosedAt)
	}
	return conv, nil
}

// connected is an open conversation and the agent's part in it.
func (s *State) connected(c id.Conversation, u id.User) (*conversation, Part, error) {
	conv, err := s.openConversation(c)
	if err != nil {
		return nil, Part{}, err
	}
	for _, p := range s.partsByID(conv.parts) {
		if p.Agent == u && p.EndedAt.IsZero() {
			return conv, p, nil
		}
	}
	if o, ok := s.offers.Get(conv.offer); ok && o.Agent == u {
		return nil, Part{}, problem.New(problem.NotAcceptedYet)
	}
	return nil, Part{}, problem.New(problem.NotParticipant)
}

// owned is an open conversation and the part of the agent, who owns it.
func (s *State) owned(c id.Conversation, u id.User) (*conversation, Part, error) {
	conv, p, err := s.connected(c, u)
	if err == nil && p.Role != Owner {
		err = problem.New(problem.NotOwner)
	}
	return conv, p, err
}

// steered is an owned conversation that may go on.
func (s *State) steered(c id.Conversation, u id.User) (*conversation, Part, error) {
	conv, p, err := s.owned(c, u)
	if err == nil && conv.Interrupted {
		err = problem.New(problem.ChatInterrupted)
	}
	return conv, p, err
}

// closeConversation ends it for everybody: what is offered is withdrawn
// without RONA, and all who took part go to wrap-up.
func (s *State) closeConversation(c id.Conversation, cause Cause, by id.User) {
	conv, _ := s.conversations.Get(c)
	if t, ok := s.tasks.Get(conv.pending); ok {
		s.dropPending(conv, *t, cause)
	}
	for _, p := range s.partsByID(conv.parts) {
		if p.EndedAt.IsZero() {
			s.endPart(p, cause)
		}
	}
	s.ledger.conversationClosed(conv, cause)
	s.emit(ConversationClosed{Conversation: c, Cause: cause, By: by, Queue: conv.Queue})
	s.changeConversation(c, func(rec *Conversation) { rec.ClosedAt, rec.Cause = s.now, cause })
}

// dropPending ends what a conversation waits for because it ends itself.
func (s *State) dropPending(conv *conversation, t Task, cause Cause) {
	if cause == CauseAgent {
		cause = CauseEnded // not that of the agent who was asked
	}
	if o, ok := s.offers.Get(conv.offer); ok {
		s.closeOffer(*o, OfferWithdrawn, cause)
	}
	s.drop(t, cause)
	if t.Kind == TaskConference {
		s.emit(ConferenceNotAccepted{Conversation: conv.ID, From: t.From, Guest: t.Target, Cause: CauseEnded})
	}
}

// spoke restarts the clock of silence.
func (s *State) spoke(ev Spoke) error {
	conv, err := s.openConversation(ev.Conversation)
	if err != nil {
		return err
	}
	if conv.Interrupted {
		return problem.New(problem.ChatInterrupted)
	}
	s.liftWarning(ev.Conversation)
	s.changeConversation(ev.Conversation, func(c *Conversation) {
		c.SpokeAt, c.AgentSpokeLast = s.now, !ev.FromCustomer
	})
	if ev.FromCustomer {
		s.askAgain(ev.Conversation)
	}
	return nil
}

func (s *State) warnOfClose(c id.Conversation) {
	s.changeConversation(c, func(rec *Conversation) { rec.WarnedAt = s.now })
	conv, _ := s.conversations.Get(c)
	s.emit(InactivityWarning{Conversation: c, ClosesAt: s.closesAfterWarning(conv)})
}

// liftWarning takes back that silence is about to close the conversation.
func (s *State) liftWarning(c id.Conversation) {
	if conv, ok := s.conversations.Get(c); ok && !conv.WarnedAt.IsZero() {
		s.changeConversation(c, func(rec *Conversation) { rec.WarnedAt = time.Time{} })
		s.emit(InactivityLifted{Conversation: c})
	}
}

// prove changes whose conversation it is, and nothing about who gets it.
func (s *State) prove(ev Prove) error {
	c, ok := s.conversations.Get(ev.Conversation)
	if !ok {
		return problem.New(problem.NotFound)
	}
	if c.Customer != ev.Customer {
		s.changeConversation(ev.Conversation, func(c *Conversation) { c.Customer = ev.Customer })
	}
	return nil
}

// loseCustomer notes since when the customer is unseen. Nothing follows at
// once: a reload or a tunnel is no reason to lose one's place.
func (s *State) loseCustomer(ev LoseCustomer) error {
	if c, ok := s.conversations.Get(ev.Conversation); ok && c.open() && c.CustomerLostAt.IsZero() {
		s.changeConversation(ev.Conversation, func(c *Conversation) { c.CustomerLostAt = s.now })
	}
	return nil
}

func (s *State) regainCustomer(ev RegainCustomer) error {
	c, ok := s.conversations.Get(ev.Conversation)
	if !ok || !c.open() || c.CustomerLostAt.IsZero() {
		return nil
	}
	s.changeConversation(ev.Conversation, func(rec *Conversation) { rec.CustomerLostAt, rec.Away = time.Time{}, false })
	if !c.Away {
		return nil
	}
	s.emit(CustomerReturned(ev))
	if t, ok := s.tasks.Get(c.pending); ok && t.Kind == TaskTransfer && t.State == TaskWaiting {
		s.ask(*t)
	}
	return nil
}

// customerIsAway stops offering a customer who may not be there any more. The
// place is kept; with an agent it is only something to show.
func (s *State) customerIsAway(c id.Conversation) {
	s.changeConversation(c, func(rec *Conversation) { rec.Away = true })
	s.emit(CustomerAway{Conversation: c})
	conv, _ := s.conversations.Get(c)
	switch {
	case conv.LeftMessage:
		s.rest(conv)
	case conv.owner == 0 && conv.offer != 0:
		s.withdraw(conv.offer, CauseCustomerAway)
	}
}

// abandon closes a waiting conversation whose customer did not come back.
func (s *State) abandon(c id.Conversation) { s.closeConversation(c, CauseAbandoned, "") }
