package routing

import (
	"slices"

	"hiwar/internal/id"
)

// configure puts a configuration in force and sees to the work it affects.
// Running conversations go on wherever that is possible.
func (s *State) configure(ev Configure) error {
	s.config = ev.Config
	s.setup = prepare(ev.Config)
	s.reindex()
	s.signOutStrangers()
	s.revisit()
	s.withdrawMisplaced()
	s.interruptDeleted()
	s.closeHomeless()
	return nil
}

// signOutStrangers signs out whoever may not work on the floor any more.
func (s *State) signOutStrangers() {
	for _, a := range s.allAgents() {
		if a.Presence != SignedOut && s.setup.agentUser(a.ID) == nil {
			s.forceOut(a.ID, CauseConfigured, "")
		}
	}
}

// withdrawMisplaced takes back offers to agents whom the task does not reach any
// more (another team, a skill less, a requirement more), and the newest of those
// beyond the agent's capacity or the queue's cap. Conversations stay: a lower
// capacity takes effect as slots become free.
func (s *State) withdrawMisplaced() {
	for _, a := range s.allAgents() {
		for _, o := range a.offers {
			offer, open := s.offers.Get(o)
			if !open {
				continue
			}
			if t, _ := s.tasks.Get(offer.Task); t.Kind == TaskQueue && !s.reaches(t, a.ID) {
				s.withdraw(o, CauseConfigured)
			}
		}
		for _, o := range slices.Backward(a.offers) {
			now, _ := s.agents.Get(a.ID)
			offer, open := s.offers.Get(o)
			if !open {
				continue
			}
			t, _ := s.tasks.Get(offer.Task)
			if now.occupied() > s.setup.capacity(a.ID) || len(now.offers) > s.setup.openOffers() || s.overCap(now, t.Queue) {
				s.withdraw(o, CauseCapacity)
			}
		}
	}
}

// interruptDeleted interrupts the conversations of assets that are gone.
func (s *State) interruptDeleted() {
	for _, c := range s.allConversations() {
		if asset := s.setup.assets[c.Asset]; asset == nil || asset.Deleted {
			s.interrupt(c.ID)
		}
	}
}

// closeHomeless closes what waits in a queue that does not exist any more.
func (s *State) closeHomeless() {
	for _, c := range s.allConversations() {
		t, waits := s.tasks.Get(c.pending)
		if waits && t.Kind == TaskQueue && s.setup.queues[t.Queue] == nil {
			s.closeConversation(c.ID, CauseQueueClosed, "")
		}
	}
}

// deleteAsset interrupts the asset's conversations, and refuses new ones even
// before the configuration says the same.
func (s *State) deleteAsset(ev DeleteAsset) error {
	s.config.Assets = slices.Clone(s.config.Assets)
	for i := range s.config.Assets {
		if s.config.Assets[i].ID == ev.Asset {
			s.config.Assets[i].Deleted = true
		}
	}
	s.setup = s.setup.withAssets(s.config)
	for _, c := range s.allConversations() {
		if c.Asset == ev.Asset {
			s.interrupt(c.ID)
		}
	}
	return nil
}

// interrupt stops a conversation whose asset was deleted. Somebody who holds
// it must end it; where nobody does, it ends.
func (s *State) interrupt(id id.Conversation) {
	c, ok := s.conversations.Get(id)
	switch {
	case !ok || !c.open() || c.Interrupted:
	case c.owner == 0:
		s.closeConversation(id, CauseAssetDeleted, "")
	default:
		s.changeConversation(id, func(rec *Conversation) { rec.Interrupted = true })
		s.emit(ConversationInterrupted{Conversation: id, Asset: c.Asset})
		s.liftWarning(id)
		s.withdrawInvitation(id, CauseAssetDeleted)
	}
}

func (s *State) allAgents() []*agent {
	all := make([]*agent, 0, s.agents.Len())
	s.agents.Scan(func(_ id.User, a *agent) bool { all = append(all, a); return true })
	return all
}

func (s *State) allConversations() []*conversation {
	all := make([]*conversation, 0, s.conversations.Len())
	s.conversations.Scan(func(_ id.Conversation, c *conversation) bool { all = append(all, c); return true })
	return all
}
