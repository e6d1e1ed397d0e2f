package routing

import (
	"encoding/binary"
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// key is the state as far as it decides what can happen from now on: times
// relative to now or only in their order, ordinals by rank, conversations by
// the order in which they are mentioned. Two states with
// one key have the same future.
func (s *State) key(now time.Time, to []byte) []byte {
	k := keyWriter{b: to, s: s}
	k.number(int64(s.config.Version))
	k.ranks()
	s.agents.Scan(func(u id.User, a *agent) bool {
		k.text(string(u), string(a.Presence), string(a.IdleReason))
		k.flags(a.LostAt.IsZero(), a.ToldAt.IsZero())
		if a.Presence == Available {
			k.number(rank(k.ranked, a.RankedAt.UnixMilli()))
		}
		if k.turns {
			k.number(rank(k.offered, a.LastOffer))
		}
		return true
	})
	for _, c := range k.names {
		conv, _ := s.conversations.Get(c)
		k.text(string(conv.Queue))
		k.flags(conv.open(), conv.Interrupted, conv.Away, conv.CustomerLostAt.IsZero(), conv.AgentSpokeLast, conv.WarnedAt.IsZero(), conv.Returned, conv.LeftMessage, conv.SpokeAt.IsZero())
		k.number(int64(conv.Priority))
		k.number(rank(k.waiting, conv.WaitingSince.UnixMilli()))
	}
	s.tasks.Scan(func(n id.Task, t *Task) bool {
		k.number(k.name(t.Conversation))
		k.text(string(t.Kind), string(t.State), string(t.Queue), string(t.Target), string(t.From), string(t.Except))
		k.number(rank(k.waiting, t.WaitingSince.UnixMilli()))
		if most := s.setup.limits(t.Queue).MaxWait; most > 0 && t.State == TaskOffered {
			k.number(min(most, now.Sub(t.EnteredAt)).Milliseconds()) // it may wait again
		}
		if t.isQueued() {
			k.number(int64(t.Widened))
			k.number(int64(t.Relaxed))
			k.text(string(t.KeptFor))
			k.flags(t.LeftMessage)
		}
		return true
	})
	s.offers.Scan(func(n id.Offer, o *Offer) bool {
		k.text(string(o.Agent))
		k.number(rank(k.tasks, o.Task))
		k.number(int64(o.Slot))
		k.flags(o.ConfirmedAt.IsZero())
		return true
	})
	s.parts.Scan(func(n id.Part, p *Part) bool {
		k.number(k.name(p.Conversation))
		k.text(string(p.Agent), string(p.Queue), string(p.Role))
		k.number(int64(p.Slot))
		k.flags(p.EndedAt.IsZero())
		return true
	})
	s.due.Scan(func(t timer) bool {
		k.number(t.at - now.UnixMilli())
		k.number(int64(t.kind))
		k.number(k.name(t.conversation))
		k.text(string(t.agent))
		switch t.kind {
		case offerExpired, offerUndelivered:
			k.number(rank(k.offers, id.Offer(t.number)))
		case wrapUpOver:
			k.number(rank(k.parts, id.Part(t.number)))
		case waitOver, queueCloses, nobodyThere, visitAges, keptLongEnough:
			k.number(rank(k.tasks, id.Task(t.number)))
		}
		return true
	})
	return k.b
}

type keyWriter struct {
	b       []byte
	s       *State
	names   []id.Conversation // in the order in which tasks and parts mention them
	turns   bool              // some queue goes by them
	offered []id.Offer        // the last offers of the agents
	ranked  []int64           // the RankedAt of Available agents
	waiting []int64
	tasks   []id.Task
	offers  []id.Offer
	parts   []id.Part
}

func (k *keyWriter) ranks() {
	for i := range k.s.config.Queues {
		k.turns = k.turns || k.s.config.Queues[i].Rule == org.RoundRobin
	}
	k.s.agents.Scan(func(_ id.User, a *agent) bool {
		k.offered = append(k.offered, a.LastOffer)
		if a.Presence == Available {
			k.ranked = append(k.ranked, a.RankedAt.UnixMilli())
		}
		return true
	})
	k.s.conversations.Scan(func(_ id.Conversation, c *conversation) bool {
		k.waiting = append(k.waiting, c.WaitingSince.UnixMilli())
		return true
	})
	k.s.tasks.Scan(func(n id.Task, t *Task) bool {
		k.tasks = append(k.tasks, n)
		k.name(t.Conversation)
		k.waiting = append(k.waiting, t.WaitingSince.UnixMilli())
		return true
	})
	k.s.offers.Scan(func(n id.Offer, _ *Offer) bool { k.offers = append(k.offers, n); return true })
	k.s.parts.Scan(func(n id.Part, p *Part) bool {
		k.parts = append(k.parts, n)
		k.name(p.Conversation)
		return true
	})
	slices.Sort(k.offered)
	k.offered = slices.Compact(k.offered)
	slices.Sort(k.ranked)
	k.ranked = slices.Compact(k.ranked)
	slices.Sort(k.waiting)
	k.waiting = slices.Compact(k.waiting)
}

// name is a conversation's number in the order of first mention: which of the
// names it has decides nothing.
func (k *keyWriter) name(c id.Conversation) int64 {
	at := slices.Index(k.names, c)
	if at < 0 && c != "" {
		at, k.names = len(k.names), append(k.names, c)
	}
	return int64(at)
}

func rank[T interface{ ~int64 }](sorted []T, x T) int64 {
	n, _ := slices.BinarySearch(sorted, x)
	return int64(n)
}

func (k *keyWriter) number(n int64) { k.b = binary.AppendVarint(k.b, n) }

func (k *keyWriter) text(list ...string) {
	for _, t := range list {
		k.b = append(append(k.b, t...), 0)
	}
}

func (k *keyWriter) flags(list ...bool) {
	var n int64
	for _, f := range list {
		if n <<= 1; f {
			n |= 1
		}
	}
	k.number(n)
}
