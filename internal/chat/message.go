package chat

import (
	"crypto/sha256"
	"errors"
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/text"
)

// clientIDLimit is the longest identifier that a sender may give a message.
const clientIDLimit = 64

// post stores a message. That it was stored before is found out first: a
// retry is answered also after the sender left or the conversation ended.
func (s *State) post(now time.Time, ev Post) ([]Entry, error) {
	sum := digest(Public, ev.By, ev.Text, idsOf(ev.Attachments))
	if err := s.once(ev.ClientID, Public, sum); err != nil {
		return nil, err
	}
	by := s.find(ev.By)
	if err := s.mayWrite(by); err != nil {
		return nil, err
	}
	limit, reject := text.AgentLimit, !ev.AllowReserved
	if ev.By.Customer {
		limit, reject = text.CustomerLimit, false
	}
	body, err := checked(ev.Text, limit, reject)
	if len(ev.Attachments) > 0 && problem.CodeOf(err) == problem.TextEmpty {
		body, err = "", nil
	}
	if err != nil {
		return nil, err
	}
	e := s.add(Entry{Kind: KindMessage, By: by.Number, ClientID: ev.ClientID, Text: body, Attachments: slices.Clone(ev.Attachments)}, now)
	s.remember(e, sum)
	return []Entry{e}, nil
}

// addNote stores a note to colleagues. It is not closed with the
// conversation: whoever wraps up may still write one.
func (s *State) addNote(now time.Time, ev AddNote) ([]Entry, error) {
	by := Author{User: ev.User}
	sum := digest(Staff, by, ev.Text, nil)
	if err := s.once(ev.ClientID, Staff, sum); err != nil {
		return nil, err
	}
	body, err := checked(ev.Text, text.AgentLimit, false)
	if err != nil {
		return nil, err
	}
	author := Participant{Role: Agent, User: ev.User, Name: ev.Name}
	if p := s.find(by); p != nil {
		author.Number = p.Number
	}
	e := s.add(Entry{
		Topic: Staff, Kind: KindNote, By: author.Number, Participant: &author,
		ClientID: ev.ClientID, Text: body, Handover: ev.Handover, WrapUp: ev.WrapUp,
	}, now)
	s.remember(e, sum)
	return []Entry{e}, nil
}

// Said reports whether a message (or, with the topic Staff, a note) was said
// before: nil if its identifier is new, a [*Duplicate] if the author said the
// same under it, else the problem with the identifier. It asks nobody's right.
func (s *State) Said(topic Topic, by Author, clientID, typed string, attached []id.Attachment) error {
	if !s.Knows(clientID) { // nearly always, and then nothing is compared
		return s.once(clientID, topic, [16]byte{})
	}
	return s.once(clientID, topic, digest(topic, by, typed, attached))
}

// Knows reports whether the identifier was used for a message or note.
func (s *State) Knows(clientID string) bool {
	_, known := s.byClientID[clientID]
	return known
}

// SeqOf is the number of a message by its identifier; false if there is none.
func (s *State) SeqOf(clientID string) (seq id.Seq, known bool) {
	i, known := s.byClientID[clientID]
	if !known || s.record.Sent[i].Topic != Public {
		return 0, false
	}
	return s.record.Sent[i].Seq, true
}

// MayWrite reports why the author could not add a message now; nil if they
// could.
func (s *State) MayWrite(by Author) error { return s.mayWrite(s.find(by)) }

// once reports a bad identifier, or one that was used before.
func (s *State) once(clientID string, topic Topic, sum [16]byte) error {
	if clientID == "" {
		return problem.New(problem.ClientMsgIDMissing, "field", "client_msg_id", "max", clientIDLimit)
	}
	if !validClientID(clientID) {
		return problem.New(problem.ClientMsgIDFormat, "field", "client_msg_id", "max", clientIDLimit)
	}
	i, known := s.byClientID[clientID]
	if !known {
		return nil
	}
	if sent := s.record.Sent[i]; sent.Topic == topic && sent.Digest == sum {
		return &Duplicate{Seq: sent.Seq, At: sent.At}
	}
	return problem.New(problem.IDReused)
}

func (s *State) remember(e Entry, sum [16]byte) {
	s.byClientID[e.ClientID] = len(s.record.Sent)
	s.record.Sent = append(s.record.Sent, Sent{ClientID: e.ClientID, Topic: e.Topic, Seq: e.Seq, At: e.At, Digest: sum})
	if e.Topic == Public {
		s.lastMessage = e.Seq
	}
}

// mayWrite reports why by, nil if unknown, cannot add a message.
func (s *State) mayWrite(by *Participant) error {
	switch {
	case s.record.Status == Closed:
		return problem.New(problem.ChatClosed, "time", s.record.ClosedAt)
	case by == nil || !by.LeftAt.IsZero():
		return problem.New(problem.NotParticipant)
	case s.record.Status == Interrupted:
		return problem.New(problem.ChatInterrupted)
	}
	return nil
}

// validClientID: 1 to 64 printable ASCII characters without spaces.
func validClientID(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != "" && len(s) <= clientIDLimit
}

// checked is the text as it is to be stored, or the problem with it.
func checked(typed string, limit int, rejectReserved bool) (string, error) {
	body, err := text.Message(typed, limit, rejectReserved)
	var long *text.TooLongError
	var reserved *text.ReservedError
	var control *text.ControlError
	switch {
	case err == nil:
		return body, nil
	case errors.Is(err, text.ErrEmpty):
		return "", problem.New(problem.TextEmpty)
	case errors.As(err, &long):
		return "", problem.New(problem.TextTooLong, "count", long.Count, "max", long.Max)
	case errors.As(err, &reserved):
		return "", problem.New(problem.ReservedCharacter, "positions", reserved.Positions)
	case errors.As(err, &control):
		return "", problem.New(problem.ControlCharacter, "position", control.Position)
	}
	return "", err
}

// digest tells whether two messages are the same: topic, author and text as
// typed, in the form that does not depend on the keyboard. It does not depend
// on any setting, so that a retry stays one after the setting changed. What is
// attached counts by its identifiers, in their order.
func digest(topic Topic, by Author, typed string, attached []id.Attachment) [16]byte {
	author := "user/" + string(by.User)
	if by.Customer {
		author = "customer"
	}
	said := string(topic) + "\x00" + author + "\x00" + text.NormalizeMessage(typed)
	for _, a := range attached {
		said += "\x00" + string(a)
	}
	sum := sha256.Sum256([]byte(said))
	return [16]byte(sum[:16])
}
