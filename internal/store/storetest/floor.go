package storetest

import (
	"testing"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

func floorTests(t *testing.T, open func(t *testing.T) Store) {
	t.Run("every field of every record comes back", func(t *testing.T) {
		w := newWorld(t, open)
		b, _ := begin(conv1, "cus_1", 1)
		w.commit(b)
		missed, s := begin(conv2, "cus_2", 2)
		w.commit(engine.OrgBatch{Chats: missed.Chats})
		w.commit(engine.OrgBatch{Chats: []engine.ChatChange{step(t, s, chat.Close{Cause: "customer"})}})

		agent := filled[routing.Agent]()
		agent.ID, agent.Missed.Conversation = "usr_anna", conv2
		c := filled[routing.Conversation]()
		c.ID = conv1 // it has ended and somebody still wraps up, so it stays
		// What it has in common with the header is the header's.
		c.Asset, c.Customer, c.Language, c.StartedAt = "ast_1", "cus_1", "ar", t0
		task := filled[routing.Task]()
		task.ID, task.Conversation, task.Kind, task.State = 1, conv1, routing.TaskTransfer, routing.TaskHeld
		offer := filled[routing.Offer]()
		offer.ID, offer.Task, offer.Conversation, offer.Agent, offer.End, offer.Slot = 1, 1, conv1, "usr_anna", routing.OfferOpen, 2
		offer.Capacity = 2
		part := filled[routing.Part]()
		part.ID, part.Task, part.Conversation, part.Agent, part.Role, part.Slot = 1, 1, conv1, "usr_anna", routing.Guest, 1
		part.Capacity = 4
		r := routing.Records{Agents: []routing.Agent{agent}, Conversations: []routing.Conversation{c}, Tasks: []routing.Task{task}, Offers: []routing.Offer{offer}, Parts: []routing.Part{part}, LastTask: 3, LastOffer: 4, LastPart: 5}
		w.commit(engine.OrgBatch{Floor: r})
		got, err := w.Part(t.Context(), acme, 1)
		w.ok(err)
		same(t, "a part that was submitted", part, got)

		// The same part while its wrap-up runs.
		r.Parts[0].SubmittedAt = time.Time{}
		w.commit(engine.OrgBatch{Floor: r})
		floor, err := w.Floor(t.Context(), acme)
		w.ok(err)
		same(t, "records", r, floor.Records)
		var headers []id.Conversation
		for _, h := range floor.Headers {
			headers = append(headers, h.ID)
		}
		same(t, "headers, also of what an agent missed", []id.Conversation{conv1, conv2}, headers)
	})

	t.Run("what has ended is not loaded", func(t *testing.T) {
		w := newWorld(t, open)
		b, _ := begin(conv1, "cus_1", 1)
		w.commit(b)
		task := waitingTask(1, conv1)
		task.State, task.EndedAt = routing.TaskEnded, at(9)
		offer := openOffer(1, 1, conv1, "usr_anna", 1)
		offer.End, offer.EndedAt = routing.OfferAccepted, at(1)
		part := openPart(1, 1, conv1, "usr_anna", 1)
		part.EndedAt, part.SubmittedAt = at(8), at(9)
		c := b.Floor.Conversations[0]
		c.ClosedAt, c.Cause = at(8), routing.CauseAgent
		w.commit(engine.OrgBatch{Floor: routing.Records{Conversations: []routing.Conversation{c}, Tasks: []routing.Task{task}, Offers: []routing.Offer{offer}, Parts: []routing.Part{part}, LastTask: 1, LastOffer: 1, LastPart: 1}})
		floor, err := w.Floor(t.Context(), acme)
		w.ok(err)
		same(t, "records", routing.Records{LastTask: 1, LastOffer: 1, LastPart: 1}, floor.Records)
	})

	t.Run("ordinals do not go back", func(t *testing.T) {
		w := newWorld(t, open)
		w.commit(engine.OrgBatch{Floor: routing.Records{LastTask: 9, LastOffer: 8, LastPart: 7}})
		w.commit(engine.OrgBatch{Floor: routing.Records{LastTask: 5}})
		floor, err := w.Floor(t.Context(), acme)
		w.ok(err)
		same(t, "records", routing.Records{LastTask: 9, LastOffer: 8, LastPart: 7}, floor.Records)
	})

	t.Run("ordinals of a refused batch are stored with the next", func(t *testing.T) {
		w := newWorld(t, open)
		records := routing.Records{LastTask: 9, LastOffer: 8, LastPart: 7}
		w.refused(engine.OrgBatch{Floor: records, Feed: []engine.FeedEvent{{User: "usr_anna", Event: view.Event{Seq: 5}}}})
		w.commit(engine.OrgBatch{Floor: records})
		floor, err := w.Floor(t.Context(), acme)
		w.ok(err)
		same(t, "records", records, floor.Records)
	})

	t.Run("a slot and a task pass from hand to hand within a batch", func(t *testing.T) {
		w := newWorld(t, open)
		b, _ := begin(conv1, "cus_1", 1)
		b.Floor.Offers = []routing.Offer{openOffer(1, 1, conv1, "usr_anna", 1)}
		w.commit(b)

		accepted := openOffer(1, 1, conv1, "usr_anna", 1)
		accepted.End, accepted.EndedAt = routing.OfferAccepted, at(1)
		w.commit(engine.OrgBatch{Floor: routing.Records{Offers: []routing.Offer{accepted}, Parts: []routing.Part{openPart(1, 1, conv1, "usr_anna", 1)}}})

		// Anna hands over to Ben, who was her guest: the owner changes.
		guest := openPart(2, 2, conv1, "usr_ben", 1)
		guest.Role = routing.Guest
		invitation := waitingTask(2, conv1)
		invitation.Kind, invitation.State = routing.TaskConference, routing.TaskHeld
		w.commit(engine.OrgBatch{Floor: routing.Records{Tasks: []routing.Task{invitation}, Parts: []routing.Part{guest}}})
		left := openPart(1, 1, conv1, "usr_anna", 1)
		left.EndedAt, left.EndCause = at(5), routing.CauseHandedOver
		guest.Role = routing.Owner
		// In the order that would be wrong if rows were written as they come.
		w.commit(engine.OrgBatch{Floor: routing.Records{Parts: []routing.Part{guest, left}}})

		// Her wrap-up keeps the slot; submitting frees it for the next offer.
		submitted := left
		submitted.SubmittedAt = at(6)
		second, _ := begin(conv2, "cus_2", 3)
		second.Floor.Parts = []routing.Part{submitted}
		second.Floor.Offers = []routing.Offer{openOffer(2, 3, conv2, "usr_anna", 1)}
		w.commit(second)
	})

	t.Run("a part that is not there is not found", func(t *testing.T) {
		w := newWorld(t, open)
		_, err := w.Part(t.Context(), acme, id.Part(9))
		wantCode(t, "part 9", err, problem.NotFound)
	})
}

func refusedTests(t *testing.T, open func(t *testing.T) Store) {
	// Each test begins with a conversation that Anna holds in her first slot.
	held := func(t *testing.T) *world {
		w := newWorld(t, open)
		b, _ := begin(conv1, "cus_1", 1)
		b.Floor.Parts = []routing.Part{openPart(1, 1, conv1, "usr_anna", 1)}
		w.commit(b)
		return w
	}
	task := func(i id.Task) routing.Task { return waitingTask(i, conv1) }
	for _, c := range []struct {
		name  string
		floor routing.Records
	}{
		{"two owners of a conversation", routing.Records{
			Tasks: []routing.Task{task(2)}, Parts: []routing.Part{openPart(2, 2, conv1, "usr_ben", 1)},
		}},
		{"an offer of a task that somebody holds", routing.Records{
			Offers: []routing.Offer{openOffer(1, 1, conv1, "usr_ben", 1)},
		}},
		{"two open offers of a task", routing.Records{
			Tasks: []routing.Task{task(2)}, Offers: []routing.Offer{openOffer(1, 2, conv1, "usr_ben", 1), openOffer(2, 2, conv1, "usr_anna", 2)},
		}},
		{"two holders of a task", routing.Records{
			Parts: []routing.Part{func() routing.Part {
				p := openPart(2, 1, conv1, "usr_ben", 1)
				p.Role = routing.Guest
				return p
			}()},
		}},
		{"a slot taken twice", routing.Records{
			Tasks: []routing.Task{task(2)}, Offers: []routing.Offer{openOffer(1, 2, conv1, "usr_anna", 1)},
		}},
		{"a slot beyond the capacity", routing.Records{
			Tasks: []routing.Task{task(2)}, Offers: []routing.Offer{openOffer(1, 2, conv1, "usr_anna", 4)},
		}},
		{"a slot below the first", routing.Records{
			Tasks: []routing.Task{task(2)}, Offers: []routing.Offer{openOffer(1, 2, conv1, "usr_anna", 0)},
		}},
		{"a part beyond the capacity", routing.Records{
			Tasks: []routing.Task{task(2)}, Parts: []routing.Part{func() routing.Part {
				p := openPart(2, 2, conv1, "usr_anna", 4)
				p.Role = routing.Guest
				return p
			}()},
		}},
		{"an offer of a task that is not there", routing.Records{
			Offers: []routing.Offer{openOffer(1, 9, conv1, "usr_ben", 1)},
		}},
		{"a task of a conversation that is not there", routing.Records{
			Tasks: []routing.Task{waitingTask(2, conv2)},
		}},
		{"the floor's share of a conversation that is not there", routing.Records{
			Conversations: []routing.Conversation{{ID: conv2, Asset: "ast_1", Customer: "cus_2", Queue: "que_1", StartedAt: t0, WaitingSince: t0}},
		}},
		{"an agent who is not a user", routing.Records{
			Agents: []routing.Agent{{ID: "usr_nobody", Presence: routing.Idle}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) { held(t).refused(engine.OrgBatch{Floor: c.floor}) })
	}

	t.Run("a second open conversation of a customer on an asset", func(t *testing.T) {
		w := held(t)
		b, _ := begin(conv2, "cus_1", 2)
		w.refused(b)
		found, err := w.OpenConversation(t.Context(), acme, "cus_1", "ast_1")
		w.ok(err)
		same(t, "the open conversation", conv1, found)
	})
	t.Run("a conversation that exists", func(t *testing.T) {
		w := held(t)
		b, _ := begin(conv1, "cus_2", 2)
		w.refused(b)
	})
	t.Run("nothing of a batch is stored if a part of it is refused", func(t *testing.T) {
		w := held(t)
		b, _ := begin(conv2, "cus_2", 2) // is fine
		b.Floor.Offers = []routing.Offer{openOffer(1, 1, conv1, "usr_ben", 1)}
		w.refused(b)
	})
}
