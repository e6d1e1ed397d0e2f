package view

import (
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
)

// Topics of the real-time events.
func ConversationTopic(c id.Conversation) string { return "conv/" + string(c) }

// StaffTopic is the topic of what colleagues see beside the thread.
func StaffTopic(c id.Conversation) string { return "conv/" + string(c) + "/staff" }

// AgentTopic is the topic of one agent's desk.
func AgentTopic(u id.User) string { return "agent/" + string(u) }

// ConversationOf is the snapshot of conv/{id} for an audience. The entries are
// those of the public topic to be shown, oldest first (receipts are left out,
// the record has their sum); more says that there are older ones.
func ConversationOf(r chat.Record, entries []chat.Entry, more bool, to Audience, b Book) Conversation {
	v := Conversation{
		ID: r.Header.ID, Status: string(r.Status), Cause: causeFor(to, r.Cause),
		StartedAt: utc(r.Header.StartedAt), ClosedAt: utcOrNone(r.ClosedAt), Language: r.Header.Language,
		Participants: make([]Participant, 0, len(r.Participants)), Entries: make([]Entry, 0, len(entries)), More: more,
	}
	for _, p := range r.Participants {
		v.Participants = append(v.Participants, participantOf(p, to))
	}
	for _, e := range entries {
		if e.Kind != chat.KindReceipt {
			v.Entries = append(v.Entries, entryOf(e, to, b))
		}
	}
	if to == Staff {
		v.Customer = customerOf(r.Header)
	}
	return v
}

func customerOf(h chat.Header) *CustomerCard {
	a := h.About
	return &CustomerCard{
		ID: h.Customer, Name: h.CustomerName, Email: h.Email, Page: h.Page, Phone: a.Phone, PageTitle: a.PageTitle, Referrer: a.Referrer,
		BrowserLanguage: a.Browser, TimeZone: a.TimeZone, Visits: a.Visits, Answers: a.Answers, Attributes: a.Attributes,
		Verified: h.Verified, Signed: a.Signed,
	}
}

// EventOf is the event of conv/{id} that tells an audience of the entry. Every
// public entry is told to both audiences, to customers with less in it, so
// that neither ever sees a hole in the numbers. It is false for an entry of
// the staff topic.
func EventOf(c id.Conversation, e chat.Entry, to Audience, b Book) (Event, bool) {
	if e.Topic == chat.Staff {
		return Event{}, false
	}
	ev := Event{Topic: ConversationTopic(c), Seq: e.Seq, At: utc(e.At), Kind: string(e.Kind)}
	switch e.Kind {
	case chat.KindReceipt:
		ev.Data = Receipt{By: e.By, Delivered: e.Delivered, Seen: e.Seen}
	case chat.KindJoined, chat.KindLeft, chat.KindOwner:
		roster := Roster{Entry: entryOf(e, to, b)}
		if e.Participant != nil && (to == Staff || e.Kind != chat.KindOwner) {
			p := participantOf(*e.Participant, to)
			roster.Participant = &p
		}
		ev.Data = roster
	default:
		ev.Data = entryOf(e, to, b)
	}
	return ev, true
}

func participantOf(p chat.Participant, to Audience) Participant {
	v := Participant{
		Number: p.Number, Role: string(p.Role), Name: p.Name, Present: p.LeftAt.IsZero(),
		Delivered: p.Delivered, Seen: p.Seen,
	}
	if to == Staff {
		v.User, v.Owner = p.User, p.Owner
	}
	return v
}

// entryOf fills in what the audience may know of the entry: for customers
// nothing that is not named here.
func entryOf(e chat.Entry, to Audience, b Book) Entry {
	v := Entry{Seq: e.Seq, At: utc(e.At), Kind: string(e.Kind)}
	switch e.Kind {
	case chat.KindMessage:
		v.By, v.Text = e.By, e.Text
		for _, a := range e.Attachments {
			v.Attachments = append(v.Attachments, AttachmentOf(a))
		}
		if to == Staff || e.By == 1 {
			v.ClientID = e.ClientID // the sender's own devices know their message by it
		}
	case chat.KindJoined:
		v.By = e.By
	case chat.KindProven:
		v.By, v.Params = e.By, b.params(e.Params, to)
	case chat.KindLeft:
		v.By = e.By
		if to == Staff {
			v.Cause = e.Cause
		}
	case chat.KindOwner:
		if to == Staff {
			v.By = e.By
		}
	case chat.KindLine:
		v.Line, v.Params = string(e.Line), b.params(e.Params, to)
	case chat.KindStatus:
		v.Status, v.Cause = string(e.Status), causeFor(to, e.Cause)
	}
	return v
}

// AttachmentOf is a file in a message, or one that is to be in one.
func AttachmentOf(a chat.Attachment) Attachment {
	return Attachment{ID: a.ID, Name: a.Name, Type: a.Type, Size: a.Size, Width: a.Width, Height: a.Height}
}

// causeFor is how a conversation ended, as the audience may know it: that a
// supervisor stepped in is the staff's own business.
func causeFor(to Audience, cause string) string {
	if to == Customer && cause == "supervisor" {
		return "agent"
	}
	return cause
}

// StaffThreadOf is the snapshot of conv/{id}/staff; the entries are those of
// the staff topic, oldest first.
func StaffThreadOf(c id.Conversation, entries []chat.Entry, b Book) StaffThread {
	v := StaffThread{ID: c, Entries: make([]StaffEntry, 0, len(entries))}
	for _, e := range entries {
		v.Entries = append(v.Entries, staffEntryOf(e, b))
	}
	return v
}

// StaffEventOf is the event of conv/{id}/staff that tells of the entry; false
// for an entry of the public topic.
func StaffEventOf(c id.Conversation, e chat.Entry, b Book) (Event, bool) {
	if e.Topic != chat.Staff {
		return Event{}, false
	}
	return Event{Topic: StaffTopic(c), Seq: e.Seq, At: utc(e.At), Kind: string(e.Kind), Data: staffEntryOf(e, b)}, true
}

func staffEntryOf(e chat.Entry, b Book) StaffEntry {
	v := StaffEntry{
		Seq: e.Seq, At: utc(e.At), After: e.After, Kind: string(e.Kind),
		ClientID: e.ClientID, Text: e.Text, Handover: e.Handover, WrapUp: e.WrapUp,
		Line: string(e.Line), Params: b.params(e.Params, Staff),
	}
	if e.Participant != nil {
		v.User, v.Name = e.Participant.User, e.Participant.Name
	}
	return v
}

// utc takes from a time what differs between one read from a clock and the
// same one read from a store.
func utc(t time.Time) time.Time { return t.UTC().Round(0) }

func utcOrNone(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	u := utc(t)
	return &u
}
