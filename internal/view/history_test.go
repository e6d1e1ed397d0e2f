package view

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/chat"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

// A conversation that was handed on: everybody is named once, the last owner
// as its owner, with their reason.
func TestAPastConversationIsItsLastOwners(t *testing.T) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	b := NewBook(org.Config{
		Users:   []org.User{{ID: "usr_1", Name: "Anna"}, {ID: "usr_2", Name: "Ben"}, {ID: "usr_3", Name: "Cora"}},
		Queues:  []org.Queue{{ID: "que_1", Name: org.Name{En: "Sales"}}},
		Reasons: []org.Reason{{ID: "rsn_1", Name: org.Name{En: "Old"}, Archived: true}},
	}, nil)
	r := chat.Record{Header: chat.Header{ID: "conv_1", Language: "ar", StartedAt: at}, Status: chat.Closed, Cause: "customer", ClosedAt: at.Add(time.Hour)}
	got := PastOf(r, "que_1", []routing.Part{
		{ID: 1, Agent: "usr_1", Role: routing.Owner, Reason: "rsn_9"},
		{ID: 2, Agent: "usr_2", Role: routing.Owner, Reason: "rsn_1"},
		{ID: 3, Agent: "usr_3", Role: routing.Guest, Reason: "rsn_9"},
		{ID: 4, Agent: "usr_1", Role: routing.Guest},
	}, []chat.Entry{
		{Text: "asked for Ben", Participant: &chat.Participant{User: "usr_1"}},
		{Text: "first thought", Participant: &chat.Participant{User: "usr_2"}},
		{Text: "sent a new one", Participant: &chat.Participant{User: "usr_2"}},
		{Text: "was only there", Participant: &chat.Participant{User: "usr_3"}},
	}, b)
	want := PastConversation{
		ID: "conv_1", StartedAt: at, ClosedAt: at.Add(time.Hour), Queue: Named{"que_1", org.Name{En: "Sales"}}, Cause: "customer", Language: "ar",
		Agents: []Colleague{{"usr_1", "Anna", "guest"}, {"usr_2", "Ben", "owner"}, {"usr_3", "Cora", "guest"}},
		Reason: &Named{"rsn_1", org.Name{En: "Old"}}, Note: "sent a new one",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if unanswered := PastOf(r, "que_1", nil, nil, b); unanswered.Reason != nil || len(unanswered.Agents) != 0 {
		t.Errorf("nobody answered: %+v", unanswered)
	}
}
