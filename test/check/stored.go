package check

import (
	"cmp"
	"maps"
	"slices"
)

// topics holds the dump to itself: numbers without holes, identifiers once.
func (v *verifier) topics(sent map[[2]string]bool) {
	for i := range v.dump.Conversations {
		c := &v.dump.Conversations[i]
		v.numbered(c.ID, c.Entries, c.Head)
		v.numbered(c.ID+"/staff", c.Staff, c.StaffHead)
	}
	for key, entries := range v.byClientID {
		if len(entries) > 1 {
			v.found(Doubled, "%s of %s is stored %d times", key[1], key[0], len(entries))
		}
		if v.options.Alone && !sent[key] && entries[0].Seq > 1 { // the first message came with the start
			v.found(Invented, "nobody sent %s of %s", key[1], key[0])
		}
	}
	for i := range v.dump.Feeds {
		v.feedNumbered(&v.dump.Feeds[i])
	}
}

func (v *verifier) numbered(topic string, entries []Entry, head int64) {
	for i, e := range entries {
		if e.Seq != int64(i+1) {
			v.found(Holes, "%s has %d where %d should be", topic, e.Seq, i+1)
			return
		}
	}
	if head != int64(len(entries)) {
		v.found(Holes, "%s stands at %d and has %d events", topic, head, len(entries))
	}
}

func (v *verifier) feedNumbered(f *Feed) {
	for i := 1; i < len(f.Events); i++ {
		if f.Events[i].Seq != f.Events[i-1].Seq+1 {
			v.found(Holes, "the topic of %s has %d after %d", f.User, f.Events[i].Seq, f.Events[i-1].Seq)
		}
	}
	if n := len(f.Events); n > 0 && f.Events[n-1].Seq != f.Head {
		v.found(Holes, "the topic of %s ends at %d and stands at %d", f.User, f.Events[n-1].Seq, f.Head)
	}
}

// floor holds the records of who had what to one another.
func (v *verifier) floor() {
	v.claims()
	v.owners()
	v.slots()
	v.missed()
	v.ledger()
}

// span is something that was held from one moment to another; 0 is to the end.
type span struct {
	from, to int64
	what     string
}

func (v *verifier) apart(rule Rule, of string, spans []span) {
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(end(a), end(b))) })
	for i := 1; i < len(spans); i++ {
		if end(spans[i-1]) > spans[i].from {
			v.found(rule, "%s: %s and %s at once", of, spans[i-1].what, spans[i].what)
		}
	}
}

func end(s span) int64 {
	if s.to == 0 {
		return 1<<63 - 1
	}
	return s.to
}

// claims: a task has one open offer or one holder.
func (v *verifier) claims() {
	byTask := map[int64][]span{}
	for _, o := range v.dump.Offers {
		byTask[o.Task] = append(byTask[o.Task], span{o.MadeAt, o.EndedAt, "offer " + o.Agent})
	}
	for _, p := range v.dump.Parts {
		byTask[p.Task] = append(byTask[p.Task], span{p.AcceptedAt, p.EndedAt, "part " + p.Agent})
	}
	for _, task := range slices.Sorted(maps.Keys(byTask)) {
		v.apart(Overlap, "task", byTask[task])
	}
}

// owners: who got a conversation from its queue or by transfer had it alone. A
// guest who becomes its owner is held to this by the count of open owners.
func (v *verifier) owners() {
	kinds := map[int64]string{}
	for _, t := range v.dump.Tasks {
		kinds[t.ID] = t.Kind
	}
	held, open := map[string][]span{}, map[string]int{}
	for _, p := range v.dump.Parts {
		if kinds[p.Task] != "conference" {
			held[p.Conversation] = append(held[p.Conversation], span{p.AcceptedAt, p.EndedAt, p.Agent})
		}
		if p.Role == "owner" && p.EndedAt == 0 {
			open[p.Conversation]++
		}
	}
	for _, c := range slices.Sorted(maps.Keys(held)) {
		v.apart(Overlap, c, held[c])
		if open[c] > 1 {
			v.found(Overlap, "%s has %d owners", c, open[c])
		}
	}
}

// slots: an offer takes a slot, its part keeps it until the wrap-up.
func (v *verifier) slots() {
	type place struct {
		agent string
		slot  int
	}
	held := map[place][]span{}
	for _, o := range v.dump.Offers {
		held[place{o.Agent, o.Slot}] = append(held[place{o.Agent, o.Slot}], span{o.MadeAt, o.EndedAt, "offer of " + o.Conversation})
		if o.Slot < 1 || o.Slot > o.Capacity {
			v.found(Capacity, "offer %d is in slot %d of %d", o.ID, o.Slot, o.Capacity)
		}
	}
	for _, p := range v.dump.Parts {
		held[place{p.Agent, p.Slot}] = append(held[place{p.Agent, p.Slot}], span{p.AcceptedAt, p.SubmittedAt, "part of " + p.Conversation})
		if p.Slot < 1 || p.Slot > p.Capacity {
			v.found(Capacity, "part %d is in slot %d of %d", p.ID, p.Slot, p.Capacity)
		}
	}
	for at, spans := range held {
		v.apart(Capacity, "slot of "+at.agent, spans)
	}
}

// missed: every missed offer is one line for the staff, and one RONA of its
// agent where the agent's whole topic is kept.
func (v *verifier) missed() {
	byAgent, byConversation := map[string]int{}, map[string]int{}
	for _, o := range v.dump.Offers {
		if o.Ending == "missed" {
			byAgent[o.Agent]++
			byConversation[o.Conversation]++
		}
	}
	for i := range v.dump.Conversations {
		c := &v.dump.Conversations[i]
		lines := 0
		for _, e := range c.Staff {
			if e.Line == "missed" {
				lines++
			}
		}
		if lines != byConversation[c.ID] {
			v.found(RONA, "%s has %d missed offers and %d lines that say so", c.ID, byConversation[c.ID], lines)
		}
	}
	for _, f := range v.dump.Feeds {
		if len(f.Events) == 0 || f.Events[0].Seq != 1 {
			continue
		}
		ronas, was := 0, ""
		for _, e := range f.Events {
			if e.Kind == "agent" {
				if e.Presence == "rona" && was != "rona" {
					ronas++
				}
				was = e.Presence
			}
		}
		if ronas != byAgent[f.User] {
			v.found(RONA, "%s missed %d offers and went to RONA %d times", f.User, byAgent[f.User], ronas)
		}
	}
}
