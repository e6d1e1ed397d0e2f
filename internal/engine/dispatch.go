package engine

import (
	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// command carries one command out: first it is asked whether it was done
// before, then whether the actor may, then the machines decide.
func (r *round) command(c *call) (Reply, error) {
	q := c.request
	r.e.counts.Commands.Add(1)
	if q.Actor.Kind == access.Anonymous || q.Actor.Org == "" {
		return r.refused(problem.New(problem.TokenRequired))
	}
	w, err := r.work(q.Actor.Org)
	if err != nil {
		r.e.counts.Refused.Add(1)
		return Reply{}, err
	}
	if set := r.e.gate.of(q.Actor.Org); set != c.passed {
		q = through(q, set)
	}
	reply, err := w.command(q)
	if err != nil {
		return r.refused(err)
	}
	return reply, nil
}

func (w *work) command(q Request) (Reply, error) {
	var c *cachedChat
	rel := access.None
	if conv, ok := conversationOf(q.Command); ok {
		var err error
		if c, err = w.round.e.chat(w.floor.org, conv); err != nil {
			return Reply{}, err
		}
		rel = w.floor.relation(q.Actor, c.state)
	}
	if reply, done, err := w.repeated(q, c); done {
		return reply, err
	}
	if err := access.Allow(q.Actor, operation(q), rel); err != nil {
		return Reply{}, err
	}
	w.heardFrom(q)
	before, was := w.changes, w.before(q)
	reply, err := w.carryOut(q, c, rel)
	if err != nil {
		return Reply{}, err
	}
	reply.At = w.now
	if w.changes == before {
		return reply, nil
	}
	w.witness(q, was, rel)
	return reply, w.remember(q, c, reply)
}

// heardFrom takes whatever an agent does as a sign that their desk works. An
// agent whose connection was never cut is also treated as lost when no desk
// confirmed a request in time, and no connection would come back to undo that:
// a desk that was only slow does it with its late confirmation. Mere heartbeats
// do not count, or a desk that paints nothing would be rung again and again.
func (w *work) heardFrom(q Request) {
	switch q.Command.(type) {
	case AgentLost, AgentBack, SignOutOfFloor:
		return
	}
	if a, ok := w.floor.state.Agent(q.Actor.User); !ok || a.LostAt.IsZero() {
		return
	}
	if err := w.step(routing.RegainAgent{Agent: q.Actor.User}); err != nil {
		w.violation("an agent who acts cannot be regained", err)
	}
}

// operation is what package access calls the command.
func operation(q Request) access.Operation {
	another := func(u id.User, own, other access.Operation) access.Operation {
		if u == "" || u == q.Actor.User {
			return own
		}
		return other
	}
	switch c := q.Command.(type) {
	case StartConversation:
		return access.StartConversation
	case JoinCustomer:
		return access.JoinCustomer
	case EndChat:
		return access.EndChat
	case RateConversation:
		return access.RateConversation
	case SendMessage:
		return access.SendMessage
	case MarkReceived:
		return access.MarkReceived
	case ShowTyping:
		return access.ShowTyping
	case SetPresence:
		return another(c.User, access.SetPresence, access.SetPresenceOf)
	case SignInToFloor:
		return access.SignInToFloor
	case SignOutOfFloor:
		return another(c.User, access.SignOutOfFloor, access.SignOutAnother)
	case ConfirmOffer:
		return access.ConfirmOffer
	case AcceptOffer:
		return access.AcceptOffer
	case DeclineOffer:
		return access.DeclineOffer
	case PickConversation:
		return access.PickConversation
	case AddNote:
		return access.AddNote
	case Transfer:
		return access.Transfer
	case Invite:
		return access.Invite
	case CancelInvitation:
		return access.CancelInvitation
	case HandOver:
		return access.HandOver
	case LeaveConference:
		return access.LeaveConference
	case RemoveGuest:
		return access.RemoveGuest
	case EndConversation:
		return access.EndConversation
	case SubmitWrapUp:
		return access.SubmitWrapUp
	case StopWrapUpTimer, ExtendWrapUp:
		return access.ChangeWrapUpTime
	case SetOwn:
		return access.KeepOwn
	case DeleteAsset:
		return access.DeleteAsset
	case PutOn:
		return access.Configure
	case AgentLost, AgentBack:
		return access.NoticeAgent
	case CustomerLost, CustomerBack:
		return access.NoticeCustomer
	}
	return "" // has no row: refused
}

// carryOut does what the command asks. c and rel are the conversation it names
// and what the actor is to it.
func (w *work) carryOut(q Request, c *cachedChat, rel access.Relation) (Reply, error) {
	me := q.Actor.User
	switch m := q.Command.(type) {
	case StartConversation:
		return w.startConversation(q, m)
	case JoinCustomer:
		return w.joinCustomer(m)
	case EndChat:
		return w.inConversation(m.Conversation, routing.CustomerEnd{Conversation: m.Conversation})
	case RateConversation:
		return w.rate(m, c)
	case SendMessage:
		return w.sendMessage(q, m, c)
	case MarkReceived:
		return w.markReceived(q, m, c)
	case ShowTyping:
		return w.showTyping(q, m, c)

	case SetPresence:
		return w.onFloor(routing.SetPresence{Agent: orMe(m.User, me), Presence: m.Presence, IdleReason: m.IdleReason, By: otherThan(me, m.User)})
	case SignInToFloor:
		return w.onFloor(routing.SignIn{Agent: me})
	case SignOutOfFloor:
		return w.onFloor(routing.SignOut{Agent: orMe(m.User, me), By: otherThan(me, m.User)})
	case AgentLost:
		return w.onFloor(routing.LoseAgent{Agent: me})
	case AgentBack:
		return w.onFloor(routing.RegainAgent{Agent: me})
	case CustomerLost:
		return w.onFloor(routing.LoseCustomer{Conversation: m.Conversation})
	case CustomerBack:
		return w.onFloor(routing.RegainCustomer{Conversation: m.Conversation})

	case ConfirmOffer:
		return w.onFloor(routing.ConfirmOffer{Agent: me, Offer: m.Offer})
	case AcceptOffer:
		return w.acceptOffer(me, m)
	case DeclineOffer:
		return w.onFloor(routing.DeclineOffer{Agent: me, Offer: m.Offer, Reason: m.Reason})

	case PickConversation:
		return w.pick(me, m)
	case AddNote:
		return w.addNote(q, m, c)
	case Transfer:
		return w.transfer(q, m)
	case Invite:
		return w.inConversation(m.Conversation, routing.Invite{Agent: me, Conversation: m.Conversation, Guest: m.Guest})
	case CancelInvitation:
		return w.inConversation(m.Conversation, routing.CancelInvitation{Agent: me, Conversation: m.Conversation})
	case HandOver:
		return w.inConversation(m.Conversation, routing.HandOver{Agent: me, Conversation: m.Conversation, To: m.To})
	case LeaveConference:
		return w.inConversation(m.Conversation, routing.LeaveConference{Agent: me, Conversation: m.Conversation})
	case RemoveGuest:
		return w.inConversation(m.Conversation, routing.RemoveGuest{Agent: me, Conversation: m.Conversation, Guest: m.Guest})
	case EndConversation:
		ev := routing.End{Agent: me, Conversation: m.Conversation}
		if rel != access.OwnerOf { // a supervisor
			ev.Agent, ev.By = "", me
		}
		return w.inConversation(m.Conversation, ev)

	case SubmitWrapUp:
		return w.submitWrapUp(me, m)
	case StopWrapUpTimer:
		return w.onFloor(routing.StopWrapUpTimer{Agent: me, Part: m.Part})
	case ExtendWrapUp:
		return w.onFloor(routing.ExtendWrapUp{Agent: me, Part: m.Part})

	case SetOwn:
		return w.setOwn(me, m)
	case DeleteAsset:
		return w.deleteAsset(m)
	case PutOn:
		return w.putOn(q.Actor, m)
	}
	return Reply{}, problem.New(problem.UnknownCommand)
}

func orMe(u, me id.User) id.User {
	if u == "" {
		return me
	}
	return u
}

// otherThan is me if the command concerns somebody else.
func otherThan(me, concerned id.User) id.User {
	if concerned == "" || concerned == me {
		return ""
	}
	return me
}

// onFloor is a command that only the floor decides about.
func (w *work) onFloor(ev routing.Event) (Reply, error) { return Reply{}, w.step(ev) }

func (w *work) inConversation(c id.Conversation, ev routing.Event) (Reply, error) {
	return Reply{Conversation: c}, w.step(ev)
}

func (w *work) sendMessage(q Request, m SendMessage, c *cachedChat) (Reply, error) {
	by := author(q.Actor)
	files, err := w.attached(c, by, m.Attachments)
	if err != nil {
		return Reply{}, err
	}
	return w.post(c, chat.Post{By: by, ClientID: q.CommandID, Text: m.Text, Attachments: files})
}

// post stores a message and restarts the clock of silence, in one commit.
func (w *work) post(c *cachedChat, p chat.Post) (Reply, error) {
	conv := c.key.conv
	t, err := w.chat(conv)
	if err != nil {
		return Reply{}, err
	}
	p.AllowReserved = w.floor.state.Config().Organization.Settings.AllowReserved
	if err := w.say(t, p); err != nil {
		return Reply{}, err
	}
	w.round.attached(p.Attachments)
	seq, _ := c.state.Heads()
	if err := w.step(routing.Spoke{Conversation: conv, FromCustomer: p.By.Customer}); err != nil {
		w.violation("somebody wrote in a conversation that is not on the floor", err)
	}
	return Reply{Seq: seq, Conversation: conv}, nil
}

func (w *work) addNote(q Request, m AddNote, c *cachedChat) (Reply, error) {
	t, err := w.chat(m.Conversation)
	if err != nil {
		return Reply{}, err
	}
	me := q.Actor.User
	if err := w.say(t, chat.AddNote{User: me, Name: w.floor.userName(me), ClientID: q.CommandID, Text: m.Text}); err != nil {
		return Reply{}, err
	}
	_, seq := c.state.Heads()
	return Reply{Seq: seq, Conversation: m.Conversation}, nil
}

func (w *work) acceptOffer(me id.User, m AcceptOffer) (Reply, error) {
	offer, _ := w.floor.state.Offer(m.Offer)
	return w.take(routing.AcceptOffer{Agent: me, Offer: m.Offer}, me, offer.Conversation)
}

func (w *work) pick(me id.User, m PickConversation) (Reply, error) {
	return w.take(routing.Pick{Agent: me, Conversation: m.Conversation}, me, m.Conversation)
}

// take answers with the part that the event began for an agent.
func (w *work) take(ev routing.Event, me id.User, c id.Conversation) (Reply, error) {
	before := len(w.effects)
	if err := w.step(ev); err != nil {
		return Reply{}, err
	}
	reply := Reply{}
	for _, e := range w.effects[before:] {
		if begun, ok := e.(routing.PartBegun); ok && begun.Agent == me && begun.Conversation == c {
			reply.Part, reply.Conversation = begun.Part, begun.Conversation
		}
	}
	return reply, nil
}
