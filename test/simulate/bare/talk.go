package bare

import (
	"fmt"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// begin opens the thread of a conversation that may start.
func (w *world) begin(ev routing.Start) {
	w.chats[ev.Conversation] = chat.New(chat.Header{ID: ev.Conversation, Asset: ev.Asset, Customer: ev.Customer, Language: ev.Language, StartedAt: w.now})
}

// told carries over to the threads what happened on the floor.
func (w *world) told(effects []routing.Effect) {
	closed := map[id.Conversation]bool{}
	for _, e := range effects {
		if c, ok := e.(routing.ConversationClosed); ok {
			closed[c.Conversation] = true
		}
	}
	for _, e := range effects {
		switch e := e.(type) {
		case routing.PartBegun:
			w.thread(e.Conversation, chat.Join{User: e.Agent, Name: string(e.Agent), Owner: e.Role == routing.Owner})
		case routing.PartEnded:
			if !closed[e.Conversation] {
				w.thread(e.Conversation, chat.Leave{User: e.Agent, Cause: string(e.Cause)})
			}
		case routing.OwnerChanged:
			w.thread(e.Conversation, chat.Own{User: e.To})
		case routing.ConversationClosed:
			w.thread(e.Conversation, chat.Close{Cause: string(e.Cause)})
			w.finish(e.Conversation)
		}
	}
}

// thread steps a conversation with what must not be refused.
func (w *world) thread(c id.Conversation, ev chat.Event) {
	if err := w.write(c, ev); err != nil {
		w.violation("%s: the floor and the thread disagree on %T: %v", c, ev, err)
	}
}

// write steps a conversation: what it adds is numbered on from what was there.
func (w *world) write(c id.Conversation, ev chat.Event) error {
	s := w.chats[c]
	public, staff := s.Heads()
	entries, err := s.Step(w.now, ev)
	for _, e := range entries {
		head := &public
		if e.Topic == chat.Staff {
			head = &staff
		}
		if *head++; e.Seq != *head {
			w.violation("%s: an entry has number %d of %s, not %d", c, e.Seq, e.Topic, *head)
		}
	}
	return err
}

// say writes a message of an agent, or of the customer for "": taken from whoever
// takes part, and refused to everybody else.
func (w *world) say(c id.Conversation, u id.User) {
	by := chat.Author{Customer: u == "", User: u}
	x := w.book.contacts[c]
	may := !x.closed && (u == "" || w.book.isIn(u, c))
	s, known := w.chats[c]
	if !known {
		if may {
			w.violation("%s goes on and its thread has ended", c)
		}
		return
	}
	public, _ := s.Heads()
	err := w.write(c, chat.Post{By: by, ClientID: fmt.Sprintf("%d-%s", public, u), Text: "a message"})
	switch {
	case (err == nil) != may:
		w.violation("%s: %q may write: %v, and is answered %v", c, u, may, err)
	case err == nil:
		if err := w.step(routing.Spoke{Conversation: c, FromCustomer: u == ""}); err != nil {
			w.violation("%s: said, and the floor says %v", c, err)
		}
	case problem.CodeOf(err) == problem.NotParticipant:
		w.met("written by who had left, refused")
	}
}

// finish looks at a thread for the last time.
func (w *world) finish(c id.Conversation) {
	if err := w.chats[c].Check(); err != nil {
		w.violation("%s: %v", c, err)
	}
	if s := w.chats[c].Status(); s != chat.Closed {
		w.violation("%s has ended and is %s", c, s)
	}
	delete(w.chats, c)
}
