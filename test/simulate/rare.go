package simulate

import (
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/routing"
)

// The rare states that a long run must have met, or it has not tried what it
// says.
const (
	crashMidCommit  = "crash between commit and ack"
	ackBeforeTold   = "crash between ack and fan-out"
	lostAck         = "retry after success with lost ack"
	fullDisk        = "disk full on commit"
	acceptedInTime  = "accepted within 10 ms before the deadline"
	acceptedTooLate = "refused within 10 ms after the deadline"
	targetLeaves    = "transfer target disconnects before accept"
	twoAccept       = "two agents accept the same offer"
	staleWrite      = "write by who gave the conversation away refused"
	lastLeaves      = "queue emptied by the last visitor leaving during an offer"
	wrapUpRestart   = "restart with running wrap-up timer"
	ownerLost       = "conference owner leaves"
	gapClosed       = "events that were missed are asked for"
	missedOffer     = "missed"
	declinedOffer   = "declined"
	undelivered     = "no desk confirmed the request"
	signedOutLost   = "signed out after the grace time"
	returnedOnce    = "transfer unanswered, back to the sender"
	closedByPolicy  = "transfer unanswered, closed"
	abandoned       = "customer gone while waiting"
	silenceClosed   = "closed for silence"
	timedWrapUp     = "wrapped up by the timer"
	assetDeleted    = "asset deleted under a conversation"
	secondStart     = "second start while one is open"
)

// Rare are all of them.
func Rare() []string {
	return []string{
		crashMidCommit, ackBeforeTold, lostAck, fullDisk, acceptedInTime, acceptedTooLate, targetLeaves, twoAccept, staleWrite, lastLeaves, wrapUpRestart,
		ownerLost, gapClosed, missedOffer, declinedOffer, undelivered, signedOutLost, returnedOnce, closedByPolicy, abandoned, silenceClosed, timedWrapUp,
		assetDeleted, secondStart,
	}
}

// late is by how much a timer may miss its moment.
const late = time.Second

// look is shown every batch before it is stored: it notes what is rare, and
// holds timers to their moments.
func (w *world) look(b *engine.OrgBatch, now time.Time) {
	for i := range b.Floor.Offers {
		o := &b.Floor.Offers[i]
		switch {
		case o.End == routing.OfferMissed:
			w.met(missedOffer)
			if over := now.Sub(o.Deadline); o.Deadline.After(w.soundSince) && over > late || over < 0 {
				w.violation("offer %d was due at %s and missed at %s", o.ID, o.Deadline, now)
			}
		case o.End == routing.OfferDeclined:
			w.met(declinedOffer)
		case o.Cause == routing.CauseUndelivered:
			w.met(undelivered)
		}
	}
	for i := range b.Floor.Agents {
		if a := &b.Floor.Agents[i]; a.SignedOutBy == routing.CauseAgentLost && a.Since.Equal(now) {
			w.met(signedOutLost)
		}
	}
	for i := range b.Floor.Parts {
		switch p := &b.Floor.Parts[i]; {
		case p.EndCause == routing.CauseAgentLost && p.EndedAt.Equal(now) && p.Role == routing.Owner && w.guestIn(p, b.Floor.Parts):
			w.met(ownerLost)
		case p.Automatic && p.SubmittedAt.Equal(now):
			w.met(timedWrapUp)
		}
	}
	for i := range b.Floor.Conversations {
		c := &b.Floor.Conversations[i]
		if c.Interrupted && c.ClosedAt.IsZero() {
			w.met(assetDeleted)
		}
		if c.Returned && c.ClosedAt.IsZero() {
			w.met(returnedOnce)
		}
		switch {
		case !c.ClosedAt.Equal(now):
		case c.Cause == routing.CauseTransferUnanswered:
			w.met(closedByPolicy)
		case c.Cause == routing.CauseAbandoned:
			w.met(abandoned)
		case c.Cause == routing.CauseInactivity:
			w.met(silenceClosed)
		case c.Cause == routing.CauseCustomer && len(b.Floor.Offers) == 1 && b.Floor.Offers[0].Conversation == c.ID && b.Floor.Offers[0].End == routing.OfferWithdrawn:
			w.met(lastLeaves)
		}
	}
}

// guestIn: somebody else goes on in the conversation of a part.
func (w *world) guestIn(of *routing.Part, changed []routing.Part) bool {
	for i := range changed {
		if p := &changed[i]; p.Conversation == of.Conversation && p.ID != of.ID && p.Role == routing.Owner && p.EndedAt.IsZero() {
			return true
		}
	}
	return false
}
