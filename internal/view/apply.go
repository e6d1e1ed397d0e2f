package view

import (
	"cmp"
	"slices"

	"hiwar/internal/id"
)

// Apply brings a conversation forward by one event of its topic. The snapshot
// it is given stays as it was.
func Apply(v Conversation, ev Event) Conversation {
	switch data := ev.Data.(type) {
	case Entry:
		v.Entries = append(slices.Clip(v.Entries), data)
		switch data.Kind {
		case "status":
			v = applyStatus(v, data)
		case "proven":
			if v.Customer != nil { // staff
				card := *v.Customer
				card.ID, card.Verified = id.Customer(data.Params["customer"]), true
				v.Customer = &card
			}
		}
	case Roster:
		v.Entries = append(slices.Clip(v.Entries), data.Entry)
		if data.Participant != nil {
			v.Participants = applyParticipant(v.Participants, *data.Participant)
		}
		if data.Entry.Kind == "joined" && v.Status == "waiting" {
			v.Status = "open"
		}
	case Receipt:
		v.Participants = slices.Clone(v.Participants)
		for i := range v.Participants {
			if p := &v.Participants[i]; p.Number == data.By {
				p.Delivered, p.Seen = data.Delivered, data.Seen
			}
		}
	}
	return v
}

// applyStatus: when a conversation closes, nobody is in it any more.
func applyStatus(v Conversation, e Entry) Conversation {
	v.Status = e.Status
	if e.Status != "closed" {
		return v
	}
	v.Cause, v.ClosedAt = e.Cause, &e.At
	v.Participants = slices.Clone(v.Participants)
	for i := range v.Participants {
		v.Participants[i].Present, v.Participants[i].Owner = false, false
	}
	return v
}

// applyParticipant adds or replaces by number. There is one owner.
func applyParticipant(all []Participant, p Participant) []Participant {
	all = slices.Clone(all)
	if p.Owner {
		for i := range all {
			all[i].Owner = false
		}
	}
	at, known := slices.BinarySearchFunc(all, p.Number, func(q Participant, n int) int { return cmp.Compare(q.Number, n) })
	if known {
		all[at] = p
		return all
	}
	return slices.Insert(all, at, p)
}

// ApplyStaff brings a staff thread forward by one event of its topic.
func ApplyStaff(v StaffThread, ev Event) StaffThread {
	if e, ok := ev.Data.(StaffEntry); ok {
		v.Entries = append(slices.Clip(v.Entries), e)
	}
	return v
}

// ApplyDesk brings a desk forward by one event of its topic.
func ApplyDesk(v Desk, ev Event) Desk {
	switch data := ev.Data.(type) {
	case Agent:
		v.Agent = data
	case Card:
		v.Cards = append(without(v.Cards, data.Key), data)
		slices.SortFunc(v.Cards, compareCards)
	case Gone:
		v.Cards = without(v.Cards, data.Key)
	}
	return v
}

func without(cards []Card, key string) []Card {
	kept := make([]Card, 0, len(cards)+1)
	for _, c := range cards {
		if c.Key != key {
			kept = append(kept, c)
		}
	}
	return kept
}

// compareCards is the order of a desk: requests by deadline, then parts by
// ordinal. It looks at the cards alone, and at milliseconds, as browsers do.
func compareCards(a, b Card) int {
	return cmp.Or(
		cmp.Compare(min(a.Part, 1), min(b.Part, 1)),
		cmp.Compare(deadline(a), deadline(b)),
		cmp.Compare(a.Offer, b.Offer),
		cmp.Compare(a.Part, b.Part),
	)
}

func deadline(c Card) int64 {
	if c.Offer == id.Offer(0) || c.Deadline == nil {
		return 0
	}
	return c.Deadline.UnixMilli()
}
