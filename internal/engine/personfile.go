package engine

import (
	"context"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/id"
)

// PersonFile is all that is kept of a person, to be given to them. Of the staff
// it has the names that the person read; what the staff wrote to one another
// about them is in it too.
type PersonFile struct {
	Format        string             `json:"format"`
	ExportedAt    time.Time          `json:"exported_at"`
	Customer      id.Customer        `json:"customer"`
	Identities    []PersonIdentity   `json:"identities"`
	Conversations []PersonTranscript `json:"conversations"`
	Files         []chat.Upload      `json:"-"` // whose bytes go with it
}

// PersonFileFormat says which sort of file it is.
const PersonFileFormat = "hiwar-person-1"

// PersonIdentity is what a site calls the person.
type PersonIdentity struct {
	Asset   id.Asset  `json:"asset"`
	Subject string    `json:"subject"`
	Since   time.Time `json:"since"`
}

// PersonTranscript is one conversation, whole.
type PersonTranscript struct {
	ID        id.Conversation `json:"id"`
	Asset     id.Asset        `json:"asset"`
	StartedAt time.Time       `json:"started_at"`
	ClosedAt  *time.Time      `json:"closed_at,omitempty"`
	ErasedAt  *time.Time      `json:"erased_at,omitempty"`
	Name      string          `json:"name"`
	Email     string          `json:"email,omitempty"`
	Language  string          `json:"language"`
	Page      string          `json:"page,omitempty"`
	About     chat.About      `json:"about"`
	Messages  []PersonMessage `json:"messages"`
}

// PersonMessage is what somebody wrote.
type PersonMessage struct {
	At    time.Time       `json:"at"`
	From  string          `json:"from"` // customer, agent, or note: colleagues among themselves
	Name  string          `json:"name,omitempty"`
	Text  string          `json:"text,omitempty"`
	Files []id.Attachment `json:"files,omitempty"` // as they are called in the folder of files, with their names
}

// ExportPerson is all that is kept of a customer, with a record that it was
// taken away.
func (e *Engine) ExportPerson(ctx context.Context, a access.Actor, c id.Customer) (f PersonFile, err error) {
	if err := access.Allow(a, access.ExportPerson, access.None); err != nil {
		return f, err
	}
	p, err := e.people.Person(ctx, a.Org, c)
	if err != nil {
		return f, read(err)
	}
	f = PersonFile{Format: PersonFileFormat, Customer: c, Identities: []PersonIdentity{}, Conversations: []PersonTranscript{}, Files: p.Files}
	for _, i := range p.Identities {
		f.Identities = append(f.Identities, PersonIdentity{i.Asset, i.Subject, i.CreatedAt.UTC()})
	}
	for _, k := range p.Conversations {
		t, err := e.transcript(ctx, a.Org, k)
		if err != nil {
			return f, err
		}
		f.Conversations = append(f.Conversations, t)
	}
	var at time.Time
	err = e.note(ctx, func(r *round) error {
		w, err := r.work(a.Org)
		if err == nil {
			at = r.now.UTC()
			w.record(a, string(access.ExportPerson), string(c), Detail{Kind: "person"})
		}
		return err
	})
	if err == nil {
		f.ExportedAt = at
	}
	return f, err
}

func (e *Engine) transcript(ctx context.Context, o id.Org, k KeptConversation) (PersonTranscript, error) {
	h := k.Record.Header
	t := PersonTranscript{
		ID: h.ID, Asset: h.Asset, StartedAt: h.StartedAt.UTC(), ClosedAt: moment(k.Record.ClosedAt), ErasedAt: moment(k.ErasedAt),
		Name: h.CustomerName, Email: h.Email, Language: h.Language, Page: h.Page, About: h.About, Messages: []PersonMessage{},
	}
	for _, topic := range []chat.Topic{chat.Public, chat.Staff} {
		for after := id.Seq(0); ; {
			thread, err := e.reader.Thread(ctx, o, h.ID, topic, Window{Forward: true, After: after, Limit: threadPage})
			if err != nil {
				return t, read(err)
			}
			for _, entry := range thread.Entries {
				after = entry.Seq
				if m, said := messageOf(k.Record, entry); said {
					t.Messages = append(t.Messages, m)
				}
			}
			if !thread.More {
				break
			}
		}
	}
	return t, nil
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// messageOf is what was written in an entry; false if nothing was.
func messageOf(r chat.Record, e chat.Entry) (m PersonMessage, said bool) {
	if e.ClientID == "" {
		return m, false
	}
	m = PersonMessage{At: e.At.UTC(), Text: e.Text}
	for _, p := range r.Participants {
		if p.Number == e.By {
			m.From, m.Name = string(p.Role), p.Name
		}
	}
	if e.Kind == chat.KindNote {
		m.From = "note"
		if e.Participant != nil {
			m.Name = e.Participant.Name
		}
	}
	for _, a := range e.Attachments {
		m.Files = append(m.Files, a.ID)
	}
	return m, true
}
