package engine

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// conversationOf is the conversation a command names.
func conversationOf(c Command) (id.Conversation, bool) {
	switch c := c.(type) {
	case EndChat:
		return c.Conversation, true
	case RateConversation:
		return c.Conversation, true
	case SendMessage:
		return c.Conversation, true
	case MarkReceived:
		return c.Conversation, true
	case ShowTyping:
		return c.Conversation, true
	case AddNote:
		return c.Conversation, true
	case PickConversation:
		return c.Conversation, true
	case Transfer:
		return c.Conversation, true
	case Invite:
		return c.Conversation, true
	case CancelInvitation:
		return c.Conversation, true
	case HandOver:
		return c.Conversation, true
	case LeaveConference:
		return c.Conversation, true
	case RemoveGuest:
		return c.Conversation, true
	case EndConversation:
		return c.Conversation, true
	case CustomerLost:
		return c.Conversation, true
	case CustomerBack:
		return c.Conversation, true
	case StartConversation, JoinCustomer, SetPresence, SignInToFloor, SignOutOfFloor, ConfirmOffer, AcceptOffer, DeclineOffer,
		SubmitWrapUp, StopWrapUpTimer, ExtendWrapUp, SetOwn, PutOn, DeleteAsset, AgentLost, AgentBack:
	}
	return "", false
}

// replyKey is where the reply to a command is kept; false if none is, because
// the command has no identifier, or because the conversation itself remembers
// it (messages and notes).
func replyKey(q Request) (ReplyKey, bool) {
	if q.CommandID == "" {
		return ReplyKey{}, false
	}
	key := ReplyKey{Org: q.Actor.Org, Command: q.CommandID}
	switch c := q.Command.(type) {
	case SendMessage, AddNote, MarkReceived, ShowTyping, ConfirmOffer, AgentLost, AgentBack, CustomerLost, CustomerBack, JoinCustomer:
		return ReplyKey{}, false
	case StartConversation:
		key.Scope = "visitor/" + string(c.Customer)
		return key, true
	}
	if conv, ok := conversationOf(q.Command); ok {
		key.Scope = string(conv)
	} else {
		key.Scope = string(q.Actor.User)
	}
	return key, true
}

// digest tells whether two requests are the same: who asks, and what.
func digest(q Request) (d [16]byte, err error) {
	body, err := json.Marshal(q.Command)
	if err != nil {
		return d, err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%T\x00%s", q.Actor.Kind, q.Actor.User, q.Actor.Customer, q.Command, body))
	return [16]byte(sum[:16]), nil
}

// repeated answers a command that had its effect before. It comes before every
// question of right or state: whoever has transferred a conversation away may
// still ask whether they did. c is the conversation the command names, or nil.
func (w *work) repeated(q Request, c *cachedChat) (r Reply, done bool, err error) {
	if err := validCommandID(q.CommandID); err != nil {
		return Reply{}, true, err
	}
	switch m := q.Command.(type) {
	case SendMessage:
		return w.said(c, q, chat.Public, m.Text, m.Attachments)
	case AddNote:
		return w.said(c, q, chat.Staff, m.Text, nil)
	}
	key, kept := replyKey(q)
	if !kept {
		return Reply{}, false, nil
	}
	stored, known := w.round.replies[key]
	if c != nil {
		stored, known = c.replies[q.CommandID]
		if !known && c.state.Knows(q.CommandID) {
			return Reply{}, true, problem.New(problem.IDReused)
		}
	}
	if !known {
		return Reply{}, false, nil
	}
	d, err := digest(q)
	if err != nil {
		return Reply{}, true, err
	}
	if d != stored.Digest {
		return Reply{}, true, problem.New(problem.IDReused)
	}
	r = stored.Reply
	r.Duplicate = true
	return r, true, nil
}

// said answers a message or note that is stored already.
func (w *work) said(c *cachedChat, q Request, topic chat.Topic, text string, attached []id.Attachment) (Reply, bool, error) {
	if _, other := c.replies[q.CommandID]; other {
		return Reply{}, true, problem.New(problem.IDReused)
	}
	err := c.state.Said(topic, author(q.Actor), q.CommandID, text, attached)
	if dup, ok := errors.AsType[*chat.Duplicate](err); ok {
		return Reply{Duplicate: true, Seq: dup.Seq, At: dup.At, Conversation: c.key.conv}, true, nil
	}
	return Reply{}, err != nil, err
}

// remember keeps the reply with the effect it answers. A command that changed
// nothing is not remembered: when it is repeated it has its first effect.
func (w *work) remember(q Request, c *cachedChat, r Reply) error {
	key, kept := replyKey(q)
	if !kept {
		return nil
	}
	d, err := digest(q)
	if err != nil {
		return err
	}
	stored := StoredReply{Key: key, Digest: d, Reply: r, At: w.now}
	w.replies = append(w.replies, stored)
	if c != nil {
		c.replies[q.CommandID] = stored
	} else {
		w.round.replies[key] = stored
	}
	return nil
}

// commandIDLimit is the longest identifier of a command.
const commandIDLimit = 64

// validCommandID: at most 64 printable ASCII characters without spaces. Which
// commands need one is said where they are carried out.
func validCommandID(s string) error {
	if len(s) > commandIDLimit {
		return problem.New(problem.ClientMsgIDFormat, "field", "command_id", "max", commandIDLimit)
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return problem.New(problem.ClientMsgIDFormat, "field", "command_id", "max", commandIDLimit)
		}
	}
	return nil
}

func author(a access.Actor) chat.Author {
	if a.Kind == access.Customer {
		return chat.Author{Customer: true}
	}
	return chat.Author{User: a.User}
}
