package routing

import (
	"fmt"
	"strings"
	"time"

	"hiwar/internal/id"
)

func clock(t time.Time) string { return t.Format("15:04:05") }

func presence(p Presence, r id.Reason) string {
	if r != "" {
		return fmt.Sprintf("%s (%s)", p, r)
	}
	return string(p)
}

// because adds whatever is known of who and why.
func because(cause Cause, by id.User) string {
	var out string
	if by != "" {
		out += " by " + string(by)
	}
	if cause != "" {
		out += ": " + strings.ReplaceAll(string(cause), "_", " ")
	}
	return out
}

// describe says an effect as one would say it in the team room.
func describe(e Effect) string {
	switch e := e.(type) {
	case PresenceChanged:
		return fmt.Sprintf("%s: %s → %s%s", e.Agent, e.From, presence(e.To, e.Reason), because(e.Cause, e.By))
	case AgentUnreachable:
		return fmt.Sprintf("%s is unreachable", e.Agent)
	case AgentReachable:
		return fmt.Sprintf("%s is reachable again", e.Agent)
	case AgentNotice:
		if e.Back {
			return fmt.Sprintf("tell the customer of %s: %s is back", e.Conversation, e.Agent)
		}
		return fmt.Sprintf("tell the customer of %s: %s is reconnecting", e.Conversation, e.Agent)
	case TaskQueued:
		left := ""
		if e.LeftMessage {
			left = ", a left message"
		}
		return fmt.Sprintf("%s waits in %s, %s%s%s", e.Conversation, e.Queue, e.Origin, because("", e.From), left)
	case TaskEased:
		out := fmt.Sprintf("%s now reaches %d groups", e.Conversation, e.Groups)
		if e.Relaxed > 0 {
			out += fmt.Sprintf(", relaxed as of %v", e.Relaxed)
		}
		return out
	case TaskKept:
		return fmt.Sprintf("%s waits for %s until %s", e.Conversation, e.Agent, clock(e.Until))
	case TaskLetGo:
		return fmt.Sprintf("%s does not wait for %s any more", e.Conversation, e.Agent)
	case OfferMade:
		return fmt.Sprintf("%s is offered %s (%s) until %s", e.Agent, e.Conversation, e.Kind, clock(e.Deadline))
	case OfferClosed:
		return fmt.Sprintf("%s's offer of %s is %s%s", e.Agent, e.Conversation, e.End, because(e.Cause, ""))
	case TaskDropped:
		return fmt.Sprintf("the %s request of %s is dropped%s", e.Kind, e.Conversation, because(e.Cause, ""))
	case PartBegun:
		return fmt.Sprintf("%s is in %s as %s%s", e.Agent, e.Conversation, e.Role, because("", e.From))
	case PartEnded:
		return fmt.Sprintf("%s wraps up %s as %s%s", e.Agent, e.Conversation, e.Role, because(e.Cause, ""))
	case OwnerChanged:
		return fmt.Sprintf("%s now belongs to %s instead of %s%s", e.Conversation, e.To, e.From, because(e.Cause, ""))
	case WrapUpSubmitted:
		reason := e.Reason
		if reason == "" {
			reason = "no reason"
		}
		how := ""
		if e.Automatic {
			how = ", automatically"
		}
		if e.Changed {
			how = ", corrected"
		}
		return fmt.Sprintf("%s recorded %s for %s%s", e.Agent, reason, e.Conversation, how)
	case WrapUpTimer:
		if e.Deadline.IsZero() {
			return fmt.Sprintf("%s's wrap-up timer is stopped", e.Agent)
		}
		return fmt.Sprintf("%s's wrap-up timer runs until %s", e.Agent, clock(e.Deadline))
	case TransferRequested:
		return fmt.Sprintf("%s transfers %s to %s%s", e.From, e.Conversation, e.ToQueue, e.ToAgent)
	case TransferUnanswered:
		return fmt.Sprintf("%s did not take %s from %s: %s", e.Target, e.Conversation, e.From, e.Policy)
	case ConferenceRequested:
		return fmt.Sprintf("%s asks %s into %s", e.From, e.Guest, e.Conversation)
	case ConferenceNotAccepted:
		return fmt.Sprintf("%s is active again, without %s%s", e.Conversation, e.Guest, because(e.Cause, ""))
	case MessageAsked:
		return fmt.Sprintf("the customer of %s is back and asks", e.Conversation)
	case MessageRests:
		return fmt.Sprintf("%s is a left message again", e.Conversation)
	case CustomerAway:
		return fmt.Sprintf("the customer of %s is away", e.Conversation)
	case CustomerReturned:
		return fmt.Sprintf("the customer of %s is back", e.Conversation)
	case InactivityWarning:
		return fmt.Sprintf("warn the customer of %s: closes at %s", e.Conversation, clock(e.ClosesAt))
	case InactivityLifted:
		return fmt.Sprintf("%s does not close after all", e.Conversation)
	case ConversationInterrupted:
		return fmt.Sprintf("%s is interrupted: asset %s was deleted", e.Conversation, e.Asset)
	case ConversationClosed:
		return fmt.Sprintf("%s is closed%s", e.Conversation, because(e.Cause, e.By))
	}
	return fmt.Sprintf("%T%+v", e, e)
}
