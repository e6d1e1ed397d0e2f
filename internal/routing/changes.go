package routing

import (
	"fmt"

	"github.com/tidwall/btree"

	"hiwar/internal/id"
)

// changes are the records touched since they were last taken.
type changes struct {
	agents        btree.Map[id.User, *agent]
	conversations btree.Map[id.Conversation, *conversation]
	tasks         btree.Map[id.Task, *Task]
	offers        btree.Map[id.Offer, *Offer]
	parts         btree.Map[id.Part, *Part]
}

func (c *changes) clone() changes {
	return changes{*c.agents.Copy(), *c.conversations.Copy(), *c.tasks.Copy(), *c.offers.Copy(), *c.parts.Copy()}
}

// TakeChanges returns the records touched since it was last called, in their
// present form (ended ones included), and forgets them.
func (s *State) TakeChanges() Records {
	c := s.changes
	s.changes = changes{}
	return s.records(&c.agents, &c.conversations, &c.tasks, &c.offers, &c.parts)
}

// Records returns copies of all open records, and those of agents who have
// signed out.
func (s *State) Records() Records {
	return s.records(&s.agents, &s.conversations, &s.tasks, &s.offers, &s.parts)
}

func (s *State) records(
	agents *btree.Map[id.User, *agent],
	conversations *btree.Map[id.Conversation, *conversation],
	tasks *btree.Map[id.Task, *Task],
	offers *btree.Map[id.Offer, *Offer],
	parts *btree.Map[id.Part, *Part],
) Records {
	return Records{
		Agents:        list(agents, func(a *agent) Agent { return a.Agent.copy() }),
		Conversations: list(conversations, func(c *conversation) Conversation { return c.Conversation }),
		Tasks:         list(tasks, func(t *Task) Task { return *t }),
		Offers:        list(offers, func(o *Offer) Offer { return o.copy() }),
		Parts:         list(parts, func(p *Part) Part { return *p }),
		LastTask:      s.lastTask,
		LastOffer:     s.lastOffer,
		LastPart:      s.lastPart,
	}
}

func list[K interface{ ~int64 | ~string }, V, R any](m *btree.Map[K, V], record func(V) R) []R {
	if m.Len() == 0 {
		return nil
	}
	out := make([]R, 0, m.Len())
	m.Scan(func(_ K, v V) bool { out = append(out, record(v)); return true })
	return out
}

func (s *State) load(r Records) error {
	for _, a := range r.Agents {
		s.putAgent(a)
	}
	for _, c := range r.Conversations {
		next := newConversation(c)
		s.conversations.Set(c.ID, next) // a closed one stays for its parts, which come next
	}
	for _, p := range r.Parts {
		_, agent := s.agents.Get(p.Agent)
		_, conversation := s.conversations.Get(p.Conversation)
		if !agent || !conversation {
			return fmt.Errorf("routing: part %d is of no open conversation (%s), or of nobody (%s)", p.ID, p.Conversation, p.Agent)
		}
		s.putPart(p)
	}
	for _, t := range r.Tasks {
		if _, ok := s.conversations.Get(t.Conversation); !ok {
			return fmt.Errorf("routing: task %d is of no open conversation (%s)", t.ID, t.Conversation)
		}
		s.putTask(t)
	}
	for _, o := range r.Offers {
		_, agent := s.agents.Get(o.Agent)
		t, task := s.tasks.Get(o.Task)
		if !agent || !task || t.Conversation != o.Conversation {
			return fmt.Errorf("routing: offer %d is of no open task (%d), or to nobody (%s)", o.ID, o.Task, o.Agent)
		}
		s.putOffer(o)
	}
	s.lastTask, s.lastOffer, s.lastPart = r.LastTask, r.LastOffer, r.LastPart
	s.reindex()
	s.ledger = s.openingBalance()
	s.changes = changes{}
	return nil
}
