package engine

import (
	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// What follows are the commands about the floor that a note to colleagues may
// go with.

// transfer gives the conversation away, with a note to whoever gets it.
func (w *work) transfer(q Request, m Transfer) (Reply, error) {
	me := q.Actor.User
	ev := routing.Transfer{Agent: me, Conversation: m.Conversation, ToQueue: m.ToQueue, ToAgent: m.ToAgent}
	return Reply{Conversation: m.Conversation}, w.stepNoting(ev, m.Conversation, chat.AddNote{User: me, ClientID: q.CommandID, Text: m.Note, Handover: true})
}

// submitWrapUp records a reason, or corrects the one that was recorded: then
// the part has left the floor and is read from the store. A note with a
// correction stands beside the one there was, and alone leaves the reason.
func (w *work) submitWrapUp(me id.User, m SubmitWrapUp) (Reply, error) {
	p, open := w.floor.state.Part(m.Part)
	var ev routing.Event = routing.SubmitWrapUp{Agent: me, Part: m.Part, Reason: m.Reason}
	if !open {
		var err error
		if p, err = w.round.storedPart(w.floor.org, m.Part); err != nil {
			return Reply{}, err
		}
		if m.Reason == "" && m.Note != "" {
			m.Reason = p.Reason
		}
		ev = routing.ChangeReason{Agent: me, Part: p, Reason: m.Reason}
	}
	return Reply{Part: m.Part, Conversation: p.Conversation}, w.stepNoting(ev, p.Conversation, chat.AddNote{User: me, Text: m.Note, WrapUp: true})
}

// stepNoting steps the floor, and writes the note if it has a text. The note is
// tried beforehand on a conversation that does not matter, because nothing may
// be refused once the floor has decided.
func (w *work) stepNoting(ev routing.Event, c id.Conversation, note chat.AddNote) error {
	if note.Text == "" {
		return w.step(ev)
	}
	note.Name = w.floor.userName(note.User)
	if note.ClientID == "" {
		note.ClientID = string(id.Mint[id.Conversation]("note", w.round.e.newID()))
	}
	if _, err := chat.New(chat.Header{ID: c}).Step(w.now, note); err != nil {
		return err
	}
	if err := w.step(ev); err != nil {
		return err
	}
	t, err := w.chat(c)
	if err != nil {
		return err
	}
	return w.say(t, note)
}
