package storetest

import (
	"testing"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

func dayTests(t *testing.T, open func(t *testing.T) Store) {
	day := func(w *world, u id.User, from time.Time) engine.Day {
		w.t.Helper()
		d, err := w.Day(w.t.Context(), acme, u, from)
		w.ok(err)
		return d
	}

	t.Run("what was handled, answered and missed since", func(t *testing.T) {
		w := newWorld(t, open)
		b, s := begin(conv1, "cus_1", 1)
		w.commit(b)
		anna := chat.Author{User: "usr_anna"}
		// The steps are a second apart: she comes at 0 and writes at 2 and 3.
		change := step(t, s, chat.Join{User: "usr_anna", Name: "Anna", Owner: true}, post("m1", "hello"),
			chat.Post{By: anna, ClientID: "m2", Text: "hi"}, chat.Post{By: anna, ClientID: "m3", Text: "again"})
		p := openPart(1, 1, conv1, "usr_anna", 1) // accepted at 1
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{change}, Floor: routing.Records{Parts: []routing.Part{p}, LastPart: 1}})
		same(t, "while it goes on", engine.Day{FirstResponses: []time.Duration{time.Second}}, day(w, "usr_anna", t0))

		p.EndedAt, p.SubmittedAt = at(61), at(90)
		w.commit(engine.OrgBatch{Floor: routing.Records{Parts: []routing.Part{p}}})
		want := engine.Day{Handled: []time.Duration{time.Minute}, FirstResponses: []time.Duration{time.Second}}
		same(t, "closed", want, day(w, "usr_anna", t0))
		same(t, "accepted before", engine.Day{Handled: want.Handled}, day(w, "usr_anna", at(2)))
		same(t, "closed at the very moment", engine.Day{Handled: want.Handled}, day(w, "usr_anna", at(90)))
		same(t, "closed before", engine.Day{}, day(w, "usr_anna", at(91)))
		same(t, "somebody else's", engine.Day{}, day(w, "usr_ben", t0))

		guest := openPart(2, 1, conv1, "usr_ben", 1)
		guest.Role, guest.EndedAt, guest.SubmittedAt = routing.Guest, at(20), at(30)
		w.commit(engine.OrgBatch{Floor: routing.Records{Parts: []routing.Part{guest}, LastPart: 2}})
		same(t, "a guest has assisted, not handled", engine.Day{}, day(w, "usr_ben", t0))

		for n, end := range []routing.OfferEnd{routing.OfferMissed, routing.OfferWithdrawn, routing.OfferMissed} {
			offer := openOffer(id.Offer(n+1), 1, conv1, "usr_ben", 1)
			offer.MadeAt, offer.End, offer.EndedAt = at(10*n), end, at(10*n+5)
			w.commit(engine.OrgBatch{Floor: routing.Records{Offers: []routing.Offer{offer}, LastOffer: id.Offer(n + 1)}})
		}
		same(t, "missed", engine.Day{Missed: 2}, day(w, "usr_ben", t0))
		same(t, "missed since", engine.Day{Missed: 1}, day(w, "usr_ben", at(20)))
	})

	t.Run("the states there were", func(t *testing.T) {
		w := newWorld(t, open)
		become := func(seconds int, p routing.Presence, r id.Reason) engine.Spell {
			t.Helper()
			a := routing.Agent{ID: "usr_anna", Presence: p, IdleReason: r, Since: at(seconds)}
			w.commit(engine.OrgBatch{Floor: routing.Records{Agents: []routing.Agent{a}}})
			a.RankedAt = at(seconds + 1) // changes, and not the state
			w.commit(engine.OrgBatch{Floor: routing.Records{Agents: []routing.Agent{a}}})
			return engine.Spell{Since: at(seconds), Presence: p, IdleReason: r}
		}
		idle := become(10, routing.Idle, "")
		become(20, routing.Idle, "rsn_1")
		ready := become(20, routing.Available, "") // at once: the last one holds
		rona := become(30, routing.RONA, "")
		same(t, "all", []engine.Spell{idle, ready, rona}, day(w, "usr_anna", t0).Spells)
		same(t, "since, with the one that went on", []engine.Spell{ready, rona}, day(w, "usr_anna", at(29)).Spells)
		same(t, "the last", []engine.Spell{rona}, day(w, "usr_anna", at(500)).Spells)
		same(t, "somebody else's", []engine.Spell(nil), day(w, "usr_ben", t0).Spells)
	})
}
