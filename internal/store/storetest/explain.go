package storetest

import (
	"maps"
	"testing"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

func explainTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	t.Run("ended offers", func(t *testing.T) { endedOfferTests(t, w) })
	t.Run("last words", func(t *testing.T) { lastWordTests(t, newWorld(t, open)) })
}

// endedOfferTests: with all that was decided, as it was stored, and nothing of
// what is open or of another conversation.
func endedOfferTests(t *testing.T, w *world) {
	for n, c := range []id.Conversation{conv1, conv2} {
		b, _ := begin(c, id.Customer("cus_"+string(c)), id.Task(n+1))
		w.commit(b)
	}
	var ended []routing.Offer
	for n := 1; n <= 4; n++ {
		o := openOffer(id.Offer(n), 1, conv1, "usr_anna", 1)
		w.commit(engine.OrgBatch{Floor: routing.Records{Offers: []routing.Offer{o}, LastOffer: o.ID}})
		o.End, o.Cause, o.EndedAt, o.Decision = routing.OfferWithdrawn, routing.CauseWentIdle, at(n), filled[routing.Decision]()
		w.commit(engine.OrgBatch{Floor: routing.Records{Offers: []routing.Offer{o}}})
		ended = append(ended, o)
	}
	still := openOffer(5, 1, conv1, "usr_ben", 1)
	elsewhere := openOffer(6, 2, conv2, "usr_anna", 1)
	w.commit(engine.OrgBatch{Floor: routing.Records{Offers: []routing.Offer{still, elsewhere}, LastOffer: 6}})

	expect := func(what string, c id.Conversation, limit int, want []routing.Offer) {
		t.Helper()
		got, err := w.EndedOffers(t.Context(), acme, c, limit)
		w.ok(err)
		same(t, what, want, got)
	}
	expect("all", conv1, 10, ended)
	expect("the last two", conv1, 2, ended[2:])
	expect("of one that is open", conv2, 10, nil)
	got, err := w.EndedOffers(t.Context(), other, conv1, 10)
	w.ok(err)
	same(t, "of another organization", []routing.Offer(nil), got)
}

// lastWordTests: the customer's, not an agent's and not a note.
func lastWordTests(t *testing.T, w *world) {
	for n, c := range []id.Conversation{conv1, conv2} {
		b, s := begin(c, id.Customer("cus_"+string(c)), id.Task(n+1))
		w.commit(b)
		events := []chat.Event{chat.Join{User: "usr_anna", Name: "Anna", Owner: true}}
		if c == conv1 {
			events = append(events, post("m1", "first"), post("m2", "second"))
		}
		events = append(events, chat.Post{By: chat.Author{User: "usr_anna"}, ClientID: "a1", Text: "an answer"}, chat.AddNote{User: "usr_anna", Name: "Anna", ClientID: "n1", Text: "a note"})
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{step(w.t, s, events...)}})
	}
	got, err := w.LastWords(t.Context(), acme, []id.Conversation{conv1, conv2, "conv_nobody"})
	w.ok(err)
	if want := map[id.Conversation]string{conv1: "second"}; !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	got, err = w.LastWords(t.Context(), other, []id.Conversation{conv1})
	w.ok(err)
	if len(got) != 0 {
		t.Errorf("of another organization: %v", got)
	}
}
