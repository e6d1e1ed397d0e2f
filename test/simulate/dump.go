package simulate

import (
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/routing"
	"hiwar/internal/view"
	"hiwar/test/check"
)

// dump is what is stored, as the checker reads it.
func (m *memory) dump() *check.Dump {
	d := &check.Dump{}
	for _, t := range m.order {
		r := &t.record
		c := check.Conversation{
			ID: string(r.Header.ID), Customer: string(r.Header.Customer), Status: string(r.Status), Cause: r.Cause, ClosedAt: micros(r.ClosedAt),
			Head: int64(r.Head), StaffHead: int64(r.StaffHead), Entries: entries(r, t.public), Staff: entries(r, t.staffs),
		}
		if p := m.places[r.Header.ID]; p != nil {
			c.Cause = string(p.Cause)
		}
		d.Conversations = append(d.Conversations, c)
	}
	for i := range m.tasks {
		t := &m.tasks[i]
		if t.ID == 0 {
			continue
		}
		d.Tasks = append(d.Tasks, check.Task{ID: int64(t.ID), Conversation: string(t.Conversation), Kind: string(t.Kind), State: string(t.State)})
	}
	for i := range m.offers {
		o := &m.offers[i]
		if o.ID == 0 {
			continue
		}
		d.Offers = append(d.Offers, check.Offer{
			ID: int64(o.ID), Task: int64(o.Task), Conversation: string(o.Conversation), Agent: string(o.Agent), Slot: o.Slot, Capacity: o.Capacity,
			MadeAt: micros(o.MadeAt), EndedAt: micros(o.EndedAt), Ending: string(o.End), Cause: string(o.Cause),
		})
	}
	for i := range m.parts {
		if m.parts[i].ID != 0 {
			d.Parts = append(d.Parts, part(&m.parts[i]))
		}
	}
	for scope, all := range m.replies {
		for i := range all {
			d.Replies = append(d.Replies, check.Reply{Scope: scope, Command: all[i].Key.Command})
		}
	}
	for _, a := range m.floor {
		feed := m.feeds[a.ID]
		if feed == nil {
			continue
		}
		f := check.Feed{User: string(a.ID), Head: int64(len(*feed))}
		for _, ev := range *feed {
			e := check.FeedEvent{Seq: int64(ev.Seq), Kind: ev.Kind}
			if is, ok := ev.Data.(view.Agent); ok {
				e.Presence = is.Presence
			}
			f.Events = append(f.Events, e)
		}
		d.Feeds = append(d.Feeds, f)
	}
	return d
}

func part(p *routing.Part) check.Part {
	return check.Part{
		ID: int64(p.ID), Task: int64(p.Task), Conversation: string(p.Conversation), Agent: string(p.Agent), Role: string(p.Role), Slot: p.Slot, Capacity: p.Capacity,
		AcceptedAt: micros(p.AcceptedAt), EndedAt: micros(p.EndedAt), SubmittedAt: micros(p.SubmittedAt), Reason: string(p.Reason),
	}
}

func entries(r *chat.Record, all []chat.Entry) (out []check.Entry) {
	for i := range all {
		e := &all[i]
		c := check.Entry{Seq: int64(e.Seq), Kind: string(e.Kind), By: e.By, ClientID: e.ClientID, Text: e.Text, Line: string(e.Line)}
		for _, p := range r.Participants {
			if p.Number == e.By {
				c.Author = string(p.User)
			}
		}
		if e.Topic == chat.Staff {
			c.Author = ""
			if e.Participant != nil {
				c.Author = string(e.Participant.User)
			}
		}
		out = append(out, c)
	}
	return out
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
