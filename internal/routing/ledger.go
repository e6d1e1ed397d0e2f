package routing

// Ledger counts since the floor was loaded. Its two identities (offers made
// equal their ends and those still open; conversations started equal their
// ends and those still open) are invariants. What was open when the floor was
// loaded counts as made and started then.
type Ledger struct {
	OffersMade, Accepted, Missed, Declined, Withdrawn int
	Started, Handled, Abandoned, NotServed, Void      int
}

// Ledger is the count so far.
func (s *State) Ledger() Ledger { return s.ledger }

func (s *State) openingBalance() Ledger {
	return Ledger{OffersMade: s.offers.Len(), Started: s.openConversations()}
}

func (s *State) openConversations() int {
	n := 0
	for _, c := range s.allConversations() {
		if c.open() {
			n++
		}
	}
	return n
}

func (l *Ledger) offerEnded(end OfferEnd) {
	switch end {
	case OfferAccepted:
		l.Accepted++
	case OfferMissed:
		l.Missed++
	case OfferDeclined:
		l.Declined++
	case OfferWithdrawn:
		l.Withdrawn++
	}
}

// conversationClosed books a conversation under the one heading it belongs to:
// handled if anybody ever accepted it, else by why nobody did.
func (l *Ledger) conversationClosed(c *conversation, cause Cause) {
	switch {
	case !c.AnsweredAt.IsZero():
		l.Handled++
	case cause == CauseCustomer || cause == CauseAbandoned:
		l.Abandoned++
	case cause == CauseAssetDeleted || cause == CauseSupervisor:
		l.Void++
	default:
		l.NotServed++
	}
}
