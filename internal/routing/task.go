package routing

import (
	"time"

	"hiwar/internal/id"
)

// newTask gives a task the next number. The caller fills it and puts it.
func (s *State) newTask(kind TaskKind, c *conversation) Task {
	s.lastTask++
	return Task{
		ID: s.lastTask, Conversation: c.ID, Kind: kind, State: TaskWaiting,
		Queue: c.Queue, WaitingSince: c.WaitingSince, Priority: c.Priority, EnteredAt: s.now,
	}
}

// enqueue puts a conversation into the line of its queue: a new visit.
func (s *State) enqueue(c id.Conversation, origin Origin, from, except id.User, since time.Time) {
	conv, _ := s.conversations.Get(c)
	t := s.newTask(TaskQueue, conv)
	t.Origin, t.From, t.Except, t.WaitingSince = origin, from, except, since
	t.NobodySince = s.nobodySince(&t)
	t.Widened = s.widened(t.Queue, 0, 0)
	t.LeftMessage = conv.LeftMessage && (conv.Away || origin == OriginMessage)
	s.putTask(t)
	s.emit(TaskQueued{Task: t.ID, Conversation: c, Queue: t.Queue, Origin: origin, From: from, LeftMessage: t.LeftMessage})
}

// queueAgain returns a conversation to its queue with the waiting time it had.
// A return is always admitted, also to an archived queue; only where the queue
// is gone altogether is there nowhere to wait.
func (s *State) queueAgain(c id.Conversation, from id.User) {
	conv, _ := s.conversations.Get(c)
	if s.setup.queues[conv.Queue] == nil {
		s.closeConversation(c, CauseQueueClosed, "")
		return
	}
	s.liftWarning(c)
	s.enqueue(c, OriginReturn, from, "", conv.WaitingSince)
}

// ask offers a task to the only agent it is for. Nobody else can take it, so
// where that agent cannot, it is unanswered at once.
func (s *State) ask(t Task) {
	c, _ := s.conversations.Get(t.Conversation)
	switch {
	case c.Away && t.Kind == TaskTransfer && !c.LeftMessage:
		// It is offered when the customer is back.
	case s.canTake(t.Target, c):
		s.offer(t, t.Target, Decision{Config: s.setup.version, Considered: 1})
	default:
		s.release(t.ID, CauseUnanswered)
	}
}

// release decides where a task goes whose offer ended without an accept.
func (s *State) release(task id.Task, cause Cause) {
	held, _ := s.tasks.Get(task)
	t := *held
	switch t.Kind {
	case TaskQueue:
		t.State = TaskWaiting
		s.putTask(t)
		s.keepNoLonger(t)
	case TaskTransfer:
		if cause == CauseCustomerAway {
			t.State = TaskWaiting
			s.putTask(t)
			return
		}
		s.drop(t, cause)
		s.unanswered(t)
	case TaskConference:
		s.drop(t, cause)
		s.emit(ConferenceNotAccepted{Conversation: t.Conversation, From: t.From, Guest: t.Target, Cause: cause})
	}
}

// drop ends a task that nobody holds.
func (s *State) drop(t Task, cause Cause) {
	t.State, t.Cause, t.EndedAt = TaskEnded, cause, s.now
	if cause == CauseAbandoned {
		t.EndedAt = s.lastSeen(t)
	}
	s.putTask(t)
	s.emit(TaskDropped{Task: t.ID, Conversation: t.Conversation, Kind: t.Kind, Cause: cause})
}

// lastSeen is when the wait of a vanished customer ended.
func (s *State) lastSeen(t Task) time.Time {
	c, _ := s.conversations.Get(t.Conversation)
	if c.CustomerLostAt.After(t.EnteredAt) {
		return c.CustomerLostAt
	}
	return t.EnteredAt
}
