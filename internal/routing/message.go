package routing

import (
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// This file is about left messages: what customers write where nobody is there
// for them. A message waits in its queue, after every customer who waits,
// without limit, and ends like any conversation: somebody accepts it and wraps
// up. Its customer may come back at any time. Whoever then writes while the
// queue is served waits like everybody else, and if they go again it is a
// message again: it is never abandoned.

// messageClass is the class of left messages in the lines: behind the lowest
// priority.
const messageClass = org.LowestPriority + 1

// mailbox is the queue that keeps the message of whoever asked for q: q, or the
// one that its overflow leads to. It is nil where messages are not taken.
func (p *setup) mailbox(q id.Queue) *org.Queue {
	seen := map[id.Queue]bool{}
	for at := q; !seen[at]; at = p.limits(at).ThenQueue {
		seen[at] = true
		queue := p.queues[at]
		if queue == nil || queue.Archived {
			return nil
		}
		switch queue.Limits.Then {
		case org.ThenMessage:
			return queue
		case org.ThenOverflow:
		case org.ThenWait, org.ThenClose:
			return nil
		}
	}
	return nil
}

// admitted is the queue in which a new conversation for q waits. A message is
// taken whether q is open or not: what somebody has typed is not sent back
// because the queue opened meanwhile.
func (s *State) admitted(q id.Queue, message bool) (*org.Queue, error) {
	if !message {
		return s.entrance(q)
	}
	if box := s.setup.mailbox(q); box != nil {
		return box, nil
	}
	return nil, problem.New(problem.QueueClosed)
}

// putMessage begins a conversation with a left message: its customer has gone.
func (s *State) putMessage(c Conversation) {
	c.LeftMessage, c.Away, c.CustomerLostAt = true, true, s.now
	s.putConversation(c)
	s.enqueue(c.ID, OriginNew, "", "", s.now)
}

// becomesMessage makes a left message of a request that has waited enough, if
// its queue takes messages and the customer has written one.
func (s *State) becomesMessage(t *Task, cause Cause) bool {
	box := s.setup.mailbox(t.Queue)
	c, _ := s.conversations.Get(t.Conversation)
	if box == nil || c.SpokeAt.IsZero() {
		return false
	}
	s.drop(*t, cause)
	s.changeConversation(c.ID, func(rec *Conversation) { rec.Queue, rec.LeftMessage = box.ID, true })
	s.enqueue(c.ID, OriginMessage, "", "", t.WaitingSince)
	return true
}

// askAgain puts a customer who left a message and writes again into the line,
// as one who came now, if somebody is there to answer. Who is being asked
// already stays so.
func (s *State) askAgain(c id.Conversation) {
	conv, _ := s.conversations.Get(c)
	t, ok := s.tasks.Get(conv.pending)
	if !ok || !t.LeftMessage || t.State != TaskWaiting || conv.Away || !s.setup.isOpen(t.Queue, s.now) || !t.NobodySince.IsZero() {
		return
	}
	next := *t
	next.LeftMessage, next.WaitingSince, next.EnteredAt = false, s.now, s.now
	next.Widened, next.Relaxed = s.widened(t.Queue, 0, 0), 0
	s.putTask(next)
	s.emit(MessageAsked{Conversation: c})
}

// rest makes a left message again of one whose customer had come back.
func (s *State) rest(c *conversation) {
	t, ok := s.tasks.Get(c.pending)
	if !ok || !t.isQueued() || t.LeftMessage {
		return
	}
	next := *t
	next.LeftMessage, next.WaitingSince = true, c.WaitingSince
	s.putTask(next)
	s.emit(MessageRests{Conversation: c.ID})
}
