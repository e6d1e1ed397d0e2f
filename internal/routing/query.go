package routing

import (
	"time"

	"hiwar/internal/id"
)

// Agent, Conversation, Offer, Part and Task look one record up among the open
// ones.
func (s *State) Agent(a id.User) (Agent, bool) {
	if found, ok := s.agents.Get(a); ok {
		return found.Agent.copy(), true
	}
	return Agent{}, false
}

// Conversation looks a conversation up; see [State.Agent].
func (s *State) Conversation(c id.Conversation) (Conversation, bool) {
	if found, ok := s.conversations.Get(c); ok {
		return found.Conversation, true
	}
	return Conversation{}, false
}

// Offer looks an open offer up.
func (s *State) Offer(o id.Offer) (Offer, bool) {
	if found, ok := s.offers.Get(o); ok {
		return found.copy(), true
	}
	return Offer{}, false
}

// Part looks up a part that is not wrapped up.
func (s *State) Part(p id.Part) (Part, bool) {
	if found, ok := s.parts.Get(p); ok {
		return *found, true
	}
	return Part{}, false
}

// Task looks up a task that has not ended.
func (s *State) Task(t id.Task) (Task, bool) {
	if found, ok := s.tasks.Get(t); ok {
		return *found, true
	}
	return Task{}, false
}

// OffersTo lists an agent's open offers, oldest first.
func (s *State) OffersTo(a id.User) []Offer {
	found, ok := s.agents.Get(a)
	if !ok {
		return nil
	}
	var offers []Offer
	for _, o := range found.offers {
		if offer, ok := s.Offer(o); ok {
			offers = append(offers, offer)
		}
	}
	return offers
}

// PartsOf lists an agent's parts that are not wrapped up, by ordinal.
func (s *State) PartsOf(a id.User) []Part {
	if found, ok := s.agents.Get(a); ok {
		return s.partsByID(found.parts)
	}
	return nil
}

// PartsIn lists a conversation's parts that are not wrapped up, by ordinal.
func (s *State) PartsIn(c id.Conversation) []Part {
	if found, ok := s.conversations.Get(c); ok {
		return s.partsByID(found.parts)
	}
	return nil
}

// PendingIn is the transfer, invitation or queued task of the conversation
// that nobody has accepted yet.
func (s *State) PendingIn(c id.Conversation) (Task, bool) {
	if found, ok := s.conversations.Get(c); ok {
		return s.Task(found.pending)
	}
	return Task{}, false
}

// Position is the conversation's place in its queue, from 1, counting waiting
// and offered requests of that queue; false if it does not wait.
func (s *State) Position(c id.Conversation) (int, bool) {
	t, ok := s.PendingIn(c)
	if !ok || t.Kind != TaskQueue {
		return 0, false
	}
	position := 0
	s.lines.Ascend(place{queue: t.Queue, class: -1}, func(p place) bool {
		position++
		return p.task != t.ID
	})
	return position, true
}

// QueueLoad counts a queue's waiting tasks, also those whose customer is away,
// and the agents who could take one now.
func (s *State) QueueLoad(q id.Queue) (waiting, available int) {
	s.lines.Ascend(place{queue: q, class: -1}, func(p place) bool {
		if p.queue != q {
			return false
		}
		if t, ok := s.tasks.Get(p.task); ok && t.State == TaskWaiting {
			waiting++
		}
		return true
	})
	for _, u := range s.setup.servers[q] {
		if a, ok := s.agents.Get(u); ok && s.isFree(a, q) {
			available++
		}
	}
	return waiting, available
}

// AgentLoad is an agent's occupied slots and capacity.
func (s *State) AgentLoad(a id.User) (occupied, capacity int) {
	if found, ok := s.agents.Get(a); ok {
		occupied = found.occupied()
	}
	return occupied, s.setup.capacity(a)
}

// TransferTargets are the agents a conversation could be given to now:
// Available, connected, with a free slot, not in it. In order of identifier.
// There are none for a conversation that has ended or was interrupted, and none
// outside of the profile of by, who would give it.
func (s *State) TransferTargets(c id.Conversation, by id.User) []id.User {
	conv, ok := s.conversations.Get(c)
	if !ok || !conv.open() || conv.Interrupted {
		return nil
	}
	var targets []id.User
	for _, a := range s.allAgents() {
		if s.canTake(a.ID, conv) && s.setup.isColleague(by, a.ID) {
			targets = append(targets, a.ID)
		}
	}
	return targets
}

// Line lists the conversations in a queue's line, waiting or offered, in the
// order in which they are served. Left messages stand in no line: nobody waits.
func (s *State) Line(q id.Queue) []id.Conversation {
	var line []id.Conversation
	s.lines.Ascend(place{queue: q, class: -1}, func(p place) bool {
		if p.queue != q {
			return false
		}
		if t, ok := s.tasks.Get(p.task); ok && !t.LeftMessage {
			line = append(line, t.Conversation)
		}
		return true
	})
	return line
}

// MayGiveTo reports whether the agent's profile lets them give conversations to
// the queue.
func (s *State) MayGiveTo(a id.User, q id.Queue) bool { return s.setup.profiles[a].Queue(q) }

// LongestWait is since when the customer has waited who waits longest in the
// queues an agent serves, requests that are being offered included; false if
// nobody waits there.
func (s *State) LongestWait(a id.User) (queue id.Queue, since time.Time, waits bool) {
	for _, q := range s.setup.serves[a] {
		s.lines.Ascend(place{queue: q, class: -1}, func(p place) bool {
			// A place is the waiting time and up to eight ageings more, so
			// nobody behind this one has waited longer than that.
			if p.queue != q || waits && p.class == 0 && p.at-8*s.setup.settings.Ageing.Milliseconds() >= since.UnixMilli() {
				return false
			}
			if t, ok := s.tasks.Get(p.task); ok && !t.LeftMessage && (!waits || t.WaitingSince.Before(since)) {
				queue, since, waits = q, t.WaitingSince, true
			}
			return true
		})
	}
	return queue, since, waits
}
