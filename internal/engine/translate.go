package engine

import (
	"strconv"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// action is something that an effect of the floor means for one conversation:
// an event of its own machine, or the end of somebody's right to read on.
type action struct {
	conversation id.Conversation
	event        chat.Event
	revoke       id.User
}

// translate says what the effects of one step of the floor mean for the
// conversations, in the order in which it happens there. name gives a user's
// name.
func translate(effects []routing.Effect, name func(id.User) string) []action {
	t := translation{name: name, closed: map[id.Conversation]bool{}, unanswered: map[id.Conversation]bool{}, left: map[id.Conversation][]id.User{}}
	for _, e := range effects {
		switch e := e.(type) {
		case routing.ConversationClosed:
			t.closed[e.Conversation] = true
		case routing.TransferUnanswered:
			t.unanswered[e.Conversation] = true
		}
	}
	for _, e := range effects {
		t.effect(e)
	}
	return t.actions
}

type translation struct {
	name       func(id.User) string
	closed     map[id.Conversation]bool      // in this step
	unanswered map[id.Conversation]bool      // a transfer, in this step
	left       map[id.Conversation][]id.User // with the end of a conversation still to come
	actions    []action
}

func (t *translation) do(c id.Conversation, ev chat.Event) {
	t.actions = append(t.actions, action{conversation: c, event: ev})
}

func (t *translation) revoke(c id.Conversation, u id.User) {
	t.actions = append(t.actions, action{conversation: c, revoke: u})
}

// line adds a system line; parameters without a value are left out.
func (t *translation) line(c id.Conversation, topic chat.Topic, l chat.Line, params ...string) {
	say := chat.Say{Topic: topic, Line: l}
	for i := 0; i < len(params); i += 2 {
		if params[i+1] == "" {
			continue
		}
		if say.Params == nil {
			say.Params = map[string]string{}
		}
		say.Params[params[i]] = params[i+1]
	}
	t.do(c, say)
}

// public adds a line that the customer reads, unless the same step ends the
// conversation: that it has ended is then all there is to say.
func (t *translation) public(c id.Conversation, l chat.Line, params ...string) {
	if !t.closed[c] {
		t.line(c, chat.Public, l, params...)
	}
}

func (t *translation) effect(e routing.Effect) {
	switch e := e.(type) {
	case routing.PartBegun:
		t.do(e.Conversation, chat.Join{User: e.Agent, Name: t.name(e.Agent), Owner: e.Role == routing.Owner})
	case routing.PartEnded:
		t.partEnded(e)
	case routing.OwnerChanged:
		t.do(e.Conversation, chat.Own{User: e.To})

	case routing.TransferRequested:
		t.line(e.Conversation, chat.Staff, chat.LineTransferRequested, "from", string(e.From), "to_agent", string(e.ToAgent), "to_queue", string(e.ToQueue))
		t.public(e.Conversation, chat.LineTransferring)
		if e.ToQueue != "" {
			t.public(e.Conversation, chat.LineTransferred, "queue", string(e.ToQueue))
		}
	case routing.TransferUnanswered:
		t.line(e.Conversation, chat.Staff, chat.LineTransferDropped, "target", string(e.Target), "policy", string(e.Policy))
		t.public(e.Conversation, chat.LineRequeued)
	case routing.TaskQueued:
		if e.Origin == routing.OriginReturn && !t.unanswered[e.Conversation] {
			t.public(e.Conversation, chat.LineRequeued)
		}
		if e.Origin == routing.OriginOverflow {
			t.public(e.Conversation, chat.LineTransferred, "queue", string(e.Queue))
		}
		if e.LeftMessage && (e.Origin == routing.OriginNew || e.Origin == routing.OriginMessage) {
			t.public(e.Conversation, chat.LineMessageLeft, "closing", string(e.Queue))
		}
	case routing.MessageRests:
		t.public(e.Conversation, chat.LineMessageLeft)
	case routing.MessageAsked:
		t.public(e.Conversation, chat.LineMessageAsked)
	case routing.OfferClosed:
		t.offerClosed(e)

	case routing.ConferenceRequested:
		t.line(e.Conversation, chat.Staff, chat.LineConferenceRequested, "from", string(e.From), "guest", string(e.Guest))
	case routing.ConferenceNotAccepted:
		t.line(e.Conversation, chat.Staff, chat.LineConferenceNotAccepted, "guest", string(e.Guest), "cause", string(e.Cause))

	case routing.AgentNotice:
		l := chat.LineReconnecting
		if e.Back {
			l = chat.LineReconnected
		}
		t.public(e.Conversation, l, "agent", string(e.Agent))
	case routing.InactivityWarning:
		t.public(e.Conversation, chat.LineStillThere, "closes_at", e.ClosesAt.UTC().Format(time.RFC3339Nano))
	case routing.InactivityLifted:
		t.public(e.Conversation, chat.LineStillThereOff)

	case routing.ConversationInterrupted:
		t.do(e.Conversation, chat.Interrupt{Asset: string(e.Asset)})
	case routing.ConversationClosed:
		if e.Cause == routing.CauseMaximumWait || e.Cause == routing.CauseQueueClosed {
			t.line(e.Conversation, chat.Public, chat.LineClosing, "closing", string(e.Queue))
		}
		t.do(e.Conversation, chat.Close{Cause: string(e.Cause)})
		for _, u := range t.left[e.Conversation] {
			t.revoke(e.Conversation, u)
		}
	case routing.WrapUpSubmitted:
		changed := ""
		if e.Changed {
			changed = "true"
		}
		t.line(e.Conversation, chat.Staff, chat.LineWrapUp, "agent", string(e.Agent), "reason", string(e.Reason), "automatic", strconv.FormatBool(e.Automatic), "changed", changed)

	case routing.PresenceChanged, routing.AgentUnreachable, routing.AgentReachable, routing.OfferMade, routing.TaskDropped, routing.TaskEased, routing.TaskKept, routing.TaskLetGo,
		routing.WrapUpTimer, routing.CustomerAway, routing.CustomerReturned:
		// These concern desks and reports; nobody reads them in a thread.
	}
}

// partEnded: whoever leaves reads up to the line that says so. With the end of
// the conversation everybody leaves, and its line is the last they read.
func (t *translation) partEnded(e routing.PartEnded) {
	if t.closed[e.Conversation] {
		t.left[e.Conversation] = append(t.left[e.Conversation], e.Agent)
		return
	}
	t.do(e.Conversation, chat.Leave{User: e.Agent, Cause: string(e.Cause)})
	t.revoke(e.Conversation, e.Agent)
}

// offerClosed: whoever was asked and did not accept has no more to read.
func (t *translation) offerClosed(e routing.OfferClosed) {
	if e.End == routing.OfferMissed {
		t.line(e.Conversation, chat.Staff, chat.LineMissed, "agent", string(e.Agent))
	}
	if e.End != routing.OfferAccepted {
		t.revoke(e.Conversation, e.Agent)
	}
}
