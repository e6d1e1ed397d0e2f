package check

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// world is a run in which everything went well: Sara wrote two messages, Anna
// missed the first offer, Ben accepted the second, answered, noted, and wrapped
// up after the end.
type world struct {
	sara, anna, ben Journal
	dump            *Dump
}

const (
	conv  = "conv_1"
	topic = "conv/conv_1"
)

func sound() *world {
	entries := []Entry{
		{Seq: 1, Kind: "message", By: 1, ClientID: "s0", Text: "hello"},
		{Seq: 2, Kind: "joined"},
		{Seq: 3, Kind: "message", By: 1, ClientID: "s1", Text: "one"},
		{Seq: 4, Kind: "message", By: 1, ClientID: "s2", Text: "two"},
		{Seq: 5, Kind: "message", By: 2, ClientID: "b1", Text: "yes", Author: "usr_ben"},
		{Seq: 6, Kind: "status"},
	}
	w := &world{dump: &Dump{
		Conversations: []Conversation{{
			ID: conv, Customer: "cus_1", Status: "closed", Cause: "agent", ClosedAt: 60, Head: 6, StaffHead: 2, Entries: entries,
			Staff: []Entry{{Seq: 1, Kind: "staff_line", Line: "missed"}, {Seq: 2, Kind: "note", ClientID: "b2", Text: "a regular", Author: "usr_ben"}},
		}},
		Tasks: []Task{{ID: 1, Conversation: conv, Kind: "queue", State: "ended"}},
		Offers: []Offer{
			{ID: 1, Task: 1, Conversation: conv, Agent: "usr_anna", Slot: 1, Capacity: 1, MadeAt: 10, EndedAt: 20, Ending: "missed"},
			{ID: 2, Task: 1, Conversation: conv, Agent: "usr_ben", Slot: 1, Capacity: 1, MadeAt: 20, EndedAt: 30, Ending: "accepted"},
		},
		Parts:   []Part{{ID: 1, Task: 1, Conversation: conv, Agent: "usr_ben", Role: "owner", Slot: 1, Capacity: 1, AcceptedAt: 30, EndedAt: 60, SubmittedAt: 70, Reason: "rsn_1"}},
		Replies: []Reply{{conv, "b4"}},
		Feeds: []Feed{
			{User: "usr_anna", Head: 2, Events: []FeedEvent{{Seq: 1, Kind: "agent", Presence: "available"}, {Seq: 2, Kind: "agent", Presence: "rona"}}},
			{User: "usr_ben", Head: 1, Events: []FeedEvent{{Seq: 1, Kind: "card"}}},
		},
	}}
	w.sara = Journal{
		{Kind: Who, Client: "sara"},
		{Kind: Sent, ID: "start", Command: Start},
		{Kind: Acked, ID: "start", Conversation: conv},
		{Kind: Reset, Topic: topic, Seq: 2},
		{Kind: Sent, ID: "s1", Command: Message, Conversation: conv, Text: "one"},
		{Kind: Acked, ID: "s1", Conversation: conv, Seq: 3},
		{Kind: Told, Topic: topic, Seq: 3, Event: "message", ClientID: "s1", Text: "one"},
		{Kind: Sent, ID: "s2", Command: Message, Conversation: conv, Text: "two"},
		{Kind: Cut},
		{Kind: Resumed, Topic: topic, Seq: 3},
		{Kind: Told, Topic: topic, Seq: 4, Event: "message", ClientID: "s2", Text: "two"},
		{Kind: Sent, ID: "s2", Command: Message, Conversation: conv, Text: "two"},
		{Kind: Acked, ID: "s2", Conversation: conv, Seq: 4, Duplicate: true},
		{Kind: Told, Topic: topic, Seq: 5, Event: "message", ClientID: "b1", Text: "yes"},
		{Kind: Told, Topic: topic, Seq: 6, Event: "status"},
	}
	w.anna = Journal{{Kind: Who, Client: "anna", User: "usr_anna"}, {Kind: Reset, Topic: "agent/usr_anna"}, {Kind: Told, Topic: "agent/usr_anna", Seq: 1, Event: "agent"}, {Kind: Left, Topic: "agent/usr_anna"}}
	w.ben = Journal{
		{Kind: Who, Client: "ben", User: "usr_ben"},
		{Kind: Sent, ID: "b0", Command: Accept, Offer: 2},
		{Kind: Acked, ID: "b0", Part: 1},
		{Kind: Sent, ID: "b1", Command: Message, Conversation: conv, Text: "yes"},
		{Kind: Acked, ID: "b1", Conversation: conv, Seq: 5},
		{Kind: Sent, ID: "b2", Command: Note, Conversation: conv, Text: "a regular"},
		{Kind: Acked, ID: "b2", Conversation: conv, Seq: 2},
		{Kind: Sent, ID: "b3", Command: Message, Conversation: conv, Text: "too late"},
		{Kind: Refused, ID: "b3", Code: "chat_closed"},
		{Kind: Sent, ID: "b4", Command: End, Conversation: conv},
		{Kind: Acked, ID: "b4", Conversation: conv},
		{Kind: Sent, ID: "b5", Command: WrapUp, Part: 1, Reason: "rsn_1"},
		{Kind: Acked, ID: "b5", Part: 1},
	}
	return w
}

func (w *world) verify() *Report {
	return Verify([]Journal{w.sara, w.anna, w.ben}, w.dump, Options{Settled: true, Alone: true})
}

func (w *world) entries() []Entry { return w.dump.Conversations[0].Entries }

// find is the place of a record in Sara's journal.
func (w *world) find(kind Kind, id string) *Record {
	i := slices.IndexFunc(w.sara, func(r Record) bool { return r.Kind == kind && (r.ID == id || r.ClientID == id) })
	return &w.sara[i]
}

func TestARunThatWentWell(t *testing.T) {
	r := sound().verify()
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	if r.Acked != 8 || r.Told != 5 || r.Stored != 5 || r.Clients != 3 {
		t.Errorf("it compared %+v", r)
	}
}

// Each way in which a promise can be broken is planted, and found under its
// name.
func TestPlantedViolations(t *testing.T) {
	for _, tt := range []struct {
		name  string
		want  Rule
		spoil func(w *world)
	}{
		{"an acknowledged message is not stored", Lost, func(w *world) {
			c := &w.dump.Conversations[0]
			c.Entries, c.Head = c.Entries[:3], 3
		}},
		{"stored under another number than acknowledged", Lost, func(w *world) { w.find(Acked, "s1").Seq = 4 }},
		{"stored with another text", Lost, func(w *world) { w.entries()[2].Text = "other" }},
		{"stored as somebody else's", Lost, func(w *world) { w.entries()[4].Author = "usr_anna" }},
		{"an acknowledged note is not stored", Lost, func(w *world) { w.dump.Conversations[0].Staff[1].ClientID = "x" }},
		{"an acknowledged start is not stored", Lost, func(w *world) { w.find(Acked, "start").Conversation = "conv_2" }},
		{"an acknowledged acceptance is not stored", Lost, func(w *world) { w.dump.Offers[1].Ending = "withdrawn" }},
		{"an acknowledged wrap-up is not stored", Lost, func(w *world) { w.dump.Parts[0].Reason = "rsn_2" }},
		{"an acknowledged end is not stored", Lost, func(w *world) { w.dump.Conversations[0].ClosedAt = 0 }},
		{"an acknowledged transfer is not stored", Lost, func(w *world) {
			w.anna = append(w.anna, Record{Kind: Sent, ID: "t", Command: Transfer, Conversation: conv}, Record{Kind: Acked, ID: "t"})
			w.dump.Replies = append(w.dump.Replies, Reply{conv, "t"})
		}},
		{"the note of an acknowledged transfer is not stored", Lost, func(w *world) {
			w.ben = append(w.ben, Record{Kind: Sent, ID: "t", Command: Transfer, Conversation: conv, Text: "yours"}, Record{Kind: Acked, ID: "t"})
			w.dump.Replies = append(w.dump.Replies, Reply{conv, "t"})
		}},
		{"the answer to a command is not kept", Lost, func(w *world) { w.dump.Replies = nil }},
		{"told what is not stored", Lost, func(w *world) {
			w.sara = append(w.sara, Record{Kind: Told, Topic: topic, Seq: 7, Event: "message", ClientID: "s9"})
		}},
		{"a snapshot ahead of what is stored", Lost, func(w *world) {
			w.sara = append(w.sara, Record{Kind: Reset, Topic: topic, Seq: 9}, Record{Kind: Left, Topic: topic})
		}},
		{"stored twice", Doubled, func(w *world) { w.entries()[3].ClientID, w.entries()[3].Text = "s1", "one" }},
		{"two answers to one command", Doubled, func(w *world) {
			w.sara = append(w.sara, Record{Kind: Acked, ID: "s1", Conversation: conv, Seq: 4})
		}},
		{"stored, and nobody sent it", Invented, func(w *world) { w.entries()[5] = Entry{Seq: 6, Kind: "message", ClientID: "ghost"} }},
		{"answered, and nobody asked", Invented, func(w *world) { w.sara = append(w.sara, Record{Kind: Acked, ID: "s7"}) }},
		{"refused, and stored", Invented, func(w *world) {
			w.sara = append(w.sara, Record{Kind: Refused, ID: "s2", Code: "id_reused"})
		}},
		{"a journal that repeats with other content", Invented, func(w *world) {
			w.sara = append(w.sara, Record{Kind: Sent, ID: "s1", Command: Message, Conversation: conv, Text: "uno"})
		}},
		{"a journal that resumes where it was not", Invented, func(w *world) { w.find(Resumed, "").Seq = 2 }},
		{"a hole in the store", Holes, func(w *world) { w.entries()[5].Seq = 7 }},
		{"the head is ahead", Holes, func(w *world) { w.dump.Conversations[0].Head = 7 }},
		{"a hole in an agent's topic", Holes, func(w *world) { w.dump.Feeds[0].Events[0].Seq = 0 }},
		{"a hole in what was told", Holes, func(w *world) { w.find(Told, "s2").Seq = 5 }},
		{"told before anything", Holes, func(w *world) { w.sara = slices.Delete(w.sara, 3, 4) }},
		{"told again", Disordered, func(w *world) { w.sara = append(w.sara, *w.find(Told, "s1")) }},
		{"told something else", Disordered, func(w *world) { w.find(Told, "b1").Text = "no" }},
		{"a sender's own order is not kept", Disordered, func(w *world) {
			e := w.entries()
			e[2].ClientID, e[2].Text, e[3].ClientID, e[3].Text = "s2", "two", "s1", "one"
		}},
		{"not told the end", Unfinished, func(w *world) { w.sara = w.sara[:len(w.sara)-1] }},
		{"two agents hold one task", Overlap, func(w *world) { w.dump.Offers[1].MadeAt = 15 }},
		{"two owners at once", Overlap, func(w *world) {
			w.dump.Tasks = append(w.dump.Tasks, Task{ID: 2, Conversation: conv, Kind: "transfer", State: "ended"})
			w.dump.Parts = append(w.dump.Parts, Part{ID: 2, Task: 2, Conversation: conv, Agent: "usr_anna", Role: "owner", Slot: 2, Capacity: 2, AcceptedAt: 50, EndedAt: 60, SubmittedAt: 60})
		}},
		{"a slot beyond capacity", Capacity, func(w *world) { w.dump.Parts[0].Slot = 2 }},
		{"a slot used twice", Capacity, func(w *world) {
			w.dump.Offers = append(w.dump.Offers, Offer{ID: 3, Task: 3, Conversation: conv, Agent: "usr_ben", Slot: 1, Capacity: 1, MadeAt: 65, EndedAt: 66, Ending: "missed"})
		}},
		{"a missed offer without its line", RONA, func(w *world) { w.dump.Conversations[0].Staff[0].Line = "transfer_dropped" }},
		{"a missed offer without RONA", RONA, func(w *world) { w.dump.Feeds[0].Events[1].Presence = "idle" }},
		{"RONA without a missed offer", RONA, func(w *world) { w.dump.Offers[0].Ending = "withdrawn" }},
		{"an offer that ended as nothing known", Ledger, func(w *world) { w.dump.Offers[0].Ending = "lost" }},
		{"a conversation that ended as nothing known", Ledger, func(w *world) { w.dump.Conversations[0].Cause, w.dump.Parts = "", nil }},
		{"a part nobody accepted", Ledger, func(w *world) { w.dump.Parts[0].Agent = "usr_anna" }},
		{"wrapped up before the end", Ledger, func(w *world) { w.dump.Parts[0].SubmittedAt = 50 }},
		{"an open conversation that nobody cares for", Stuck, func(w *world) {
			c := &w.dump.Conversations[0]
			c.Status, c.ClosedAt = "open", 0
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := sound()
			tt.spoil(w)
			if r := w.verify(); r.Count(tt.want) == 0 {
				t.Errorf("it is not found as %q: %v", tt.want, r.Violations)
			}
		})
	}
}

// A journal comes back as it was written, and a line that cannot be read is no
// line that may be passed over.
func TestJournals(t *testing.T) {
	folder := t.TempDir()
	w, err := Create(folder, "sara", "")
	if err != nil {
		t.Fatal(err)
	}
	want := sound().sara
	for _, r := range want[1:] {
		w.Add(r)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := ReadFolder(folder)
	if err != nil || len(got) != 1 || !slices.Equal(got[0], want) {
		t.Errorf("read %v, error %v", got, err)
	}
	if _, err := Read(strings.NewReader(`{"kind":"told"}` + "\n" + `{"kind":"to`)); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("half a line: error %v", err)
	}
	if _, err := ReadFolder(filepath.Join(folder, "nothing")); err != nil {
		t.Error(err)
	}
}

// Errors name what they found, but not all of a thousand.
func TestErrIsShort(t *testing.T) {
	r := &Report{}
	for i := range 1000 {
		r.Violations = append(r.Violations, Violation{Holes, fmt.Sprint(i)})
	}
	if got := r.Err().Error(); len(got) > 200 || !strings.HasPrefix(got, "1000 violations: holes: 0;") {
		t.Errorf("got %q", got)
	}
}
