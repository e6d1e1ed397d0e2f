package routing

import (
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

func (s *State) signIn(ev SignIn) error {
	if s.setup.agentUser(ev.Agent) == nil {
		return problem.New(problem.NotFound)
	}
	a, known := s.agents.Get(ev.Agent)
	if known && a.Presence != SignedOut {
		return nil
	}
	rec := Agent{ID: ev.Agent, Presence: Idle, Since: s.now, SignedInAt: s.now}
	if known {
		rec.LastOffer = a.LastOffer // signing out and in again is no way to be asked first
	}
	s.putAgent(rec)
	s.emit(PresenceChanged{Agent: ev.Agent, From: SignedOut, To: Idle})
	return nil
}

func (s *State) signOut(ev SignOut) error {
	a, err := s.signedIn(ev.Agent)
	if err != nil {
		return err
	}
	if ev.By != "" && ev.By != ev.Agent {
		s.forceOut(ev.Agent, CauseSignedOut, ev.By)
		return nil
	}
	if a.occupied() > 0 {
		return problem.New(problem.SignOutOpenWork, "count", a.occupied())
	}
	s.enterSignedOut(ev.Agent, "", "")
	return nil
}

// signedIn is the agent, who has to be signed in.
func (s *State) signedIn(u id.User) (*agent, error) {
	a, ok := s.agents.Get(u)
	if !ok || a.Presence == SignedOut {
		return nil, problem.New(problem.NotSignedIn)
	}
	return a, nil
}

func (s *State) setPresence(ev SetPresence) error {
	a, err := s.signedIn(ev.Agent)
	if err != nil {
		return err
	}
	by := ev.By
	if by == ev.Agent {
		by = ""
	}
	switch {
	case ev.Presence != Available && ev.Presence != Idle:
		return problem.New(problem.StateNotAllowed)
	case by != "" && (ev.Presence == Available || a.Presence == RONA):
		return problem.New(problem.StateNotAllowed) // both are the agent's own act
	case ev.Presence == Idle && !s.idleReason(ev.IdleReason, ev.Agent, by):
		return problem.New(problem.ReasonNotFound)
	}
	reason := ev.IdleReason
	if ev.Presence == Available {
		reason = ""
	}
	if a.Presence == ev.Presence && a.IdleReason == reason {
		return nil
	}
	s.enter(ev.Agent, ev.Presence, reason, by, "")
	if ev.Presence == Idle {
		s.withdrawAll(ev.Agent, CauseWentIdle)
	}
	return nil
}

// idleReason reports whether people may choose the reason for an agent. A
// supervisor is not bounded by the agent's profile.
func (s *State) idleReason(r id.Reason, u, by id.User) bool {
	if r == "" {
		return true
	}
	reason := s.setup.reasons.Find(r)
	return reason != nil && reason.Kind == org.IdleReason && !reason.Archived && r != org.ReasonDeclined &&
		(by != "" || s.setup.profiles[u].Idle(r))
}

// enter changes an agent's presence. The caller sees to the open offers.
func (s *State) enter(u id.User, to Presence, reason id.Reason, by id.User, cause Cause) {
	a, _ := s.agents.Get(u)
	from := a.Presence
	s.changeAgent(u, func(a *Agent) {
		a.Presence, a.IdleReason, a.By, a.Since = to, reason, by, s.now
		a.Missed = nil
		if to == Available {
			a.AvailableAt, a.RankedAt = s.now, s.now
		}
	})
	s.emit(PresenceChanged{Agent: u, From: from, To: to, Reason: reason, By: by, Cause: cause})
}

// enterRONA is what an unanswered offer does to the agent.
func (s *State) enterRONA(u id.User, o *Offer) {
	s.enter(u, RONA, "", "", CauseUnanswered)
	s.changeAgent(u, func(a *Agent) {
		a.Missed = &Missed{Offer: o.ID, Conversation: o.Conversation, At: s.now}
	})
}

func (s *State) enterSignedOut(u id.User, cause Cause, by id.User) {
	s.enter(u, SignedOut, "", by, cause)
	s.changeAgent(u, func(a *Agent) {
		a.LostAt, a.ToldAt = time.Time{}, time.Time{}
		a.SignedOutBy = cause
	})
}

func (s *State) loseAgent(ev LoseAgent) error {
	s.treatAsLost(ev.Agent, CauseAgentLost)
	return nil
}

// treatAsLost takes the open offers from an agent nobody hears of. The
// presence stays: it holds again when the agent is back in time.
func (s *State) treatAsLost(u id.User, cause Cause) {
	a, ok := s.agents.Get(u)
	if !ok || a.Presence == SignedOut || !a.LostAt.IsZero() {
		return
	}
	s.changeAgent(u, func(a *Agent) { a.LostAt = s.now })
	s.emit(AgentUnreachable{Agent: u})
	s.withdrawAll(u, cause)
}

func (s *State) regainAgent(ev RegainAgent) error {
	a, ok := s.agents.Get(ev.Agent)
	if !ok || a.LostAt.IsZero() {
		return nil
	}
	told := !a.ToldAt.IsZero()
	s.changeAgent(ev.Agent, func(a *Agent) { a.LostAt, a.ToldAt = time.Time{}, time.Time{} })
	s.emit(AgentReachable(ev))
	if told {
		s.noticeCustomers(ev.Agent, true)
	}
	return nil
}

// tellLoss has the customers told that their agent is reconnecting.
func (s *State) tellLoss(u id.User) {
	s.changeAgent(u, func(a *Agent) { a.ToldAt = s.now })
	s.noticeCustomers(u, false)
}

func (s *State) noticeCustomers(u id.User, back bool) {
	a, _ := s.agents.Get(u)
	for _, p := range s.partsByID(a.parts) {
		if p.EndedAt.IsZero() {
			s.emit(AgentNotice{Agent: u, Conversation: p.Conversation, Back: back})
		}
	}
}

// forceOut signs an agent out who does not do it: lost past the grace time, or
// at somebody else's wish. Nothing is lost: offers are withdrawn, a guest of
// the conference becomes the owner or the conversation is queued again.
func (s *State) forceOut(u id.User, cause Cause, by id.User) {
	s.enterSignedOut(u, cause, by)
	s.withdrawAll(u, cause)
	a, _ := s.agents.Get(u)
	for _, p := range s.partsByID(a.parts) {
		s.dropPart(p, cause)
	}
}

// dropPart ends a part whose agent is gone, without a wrap-up, and sees to the
// conversation if the agent owned it.
func (s *State) dropPart(p Part, cause Cause) {
	connected := p.EndedAt.IsZero()
	if connected {
		p = s.endPart(p, cause)
	}
	s.submit(p, "", s.now, true)
	if connected && p.Role == Owner {
		s.replaceOwner(p, cause)
	}
}

// replaceOwner finds somebody for a conversation whose owner is gone: the guest
// longest in it, else the queue.
func (s *State) replaceOwner(gone Part, cause Cause) {
	s.withdrawInvitation(gone.Conversation, cause)
	c, _ := s.conversations.Get(gone.Conversation)
	for _, p := range s.partsByID(c.parts) {
		if p.Role == Guest && p.EndedAt.IsZero() {
			p.Role = Owner
			s.putPart(p)
			s.emit(OwnerChanged{Conversation: c.ID, From: gone.Agent, To: p.Agent, Cause: cause})
			return
		}
	}
	if c.Interrupted {
		s.closeConversation(c.ID, CauseAssetDeleted, "")
		return
	}
	s.queueAgain(c.ID, gone.Agent)
}

func (s *State) partsByID(ids []id.Part) []Part {
	parts := make([]Part, 0, len(ids))
	for _, p := range ids {
		if part, ok := s.parts.Get(p); ok {
			parts = append(parts, *part)
		}
	}
	return parts
}

func (s *State) withdrawAll(u id.User, cause Cause) {
	a, ok := s.agents.Get(u)
	if !ok {
		return
	}
	for _, o := range slices.Clone(a.offers) {
		s.withdraw(o, cause)
	}
}
