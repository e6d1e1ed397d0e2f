package view_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// The same for histories nobody thought of: what is refused is left out, the
// rest is held against a reload after every step.
func TestRandomDaysTellTheWholeStory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		for _, u := range people {
			_ = w.step(routing.SignIn{Agent: u})
			_ = w.step(routing.SetPresence{Agent: u, Presence: routing.Available})
		}
		for i := range rapid.IntRange(1, 60).Draw(t, "length") {
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 5).Draw(t, "seconds")) * time.Second)
			w.anything(t, i)
			if len(w.broken) > 0 {
				t.Fatal(w.broken[0])
			}
		}
	})
}

// anything does something that may or may not be possible.
func (w *world) anything(t *rapid.T, i int) {
	user := rapid.SampledFrom(people).Draw(t, "user")
	other := rapid.SampledFrom(people).Draw(t, "other")
	c := id.Conversation(fmt.Sprint("conv_", rapid.IntRange(1, 3).Draw(t, "conversation")))
	var offer id.Offer
	if offers := w.floor.OffersTo(user); len(offers) > 0 {
		offer = rapid.SampledFrom(offers).Draw(t, "offer").ID
	}
	var part id.Part
	if parts := w.floor.PartsOf(user); len(parts) > 0 {
		part = rapid.SampledFrom(parts).Draw(t, "part").ID
	}
	step := func(ev routing.Event) { _ = w.step(ev) } // refusals are part of the day
	say := func(ev chat.Event) {
		if w.chats[c] != nil {
			_ = w.say(c, ev)
		}
	}
	switch rapid.IntRange(0, 24).Draw(t, "what") {
	case 0, 1, 2:
		if w.chats[c] == nil {
			_ = w.start(c, rapid.SampledFrom([]id.Asset{"ast_shop", "ast_store"}).Draw(t, "asset"))
		}
	case 3, 4, 5, 6:
		step(routing.ConfirmOffer{Agent: user, Offer: offer})
		step(routing.AcceptOffer{Agent: user, Offer: offer})
	case 7:
		step(routing.DeclineOffer{Agent: user, Offer: offer})
	case 8:
		step(routing.Transfer{Agent: user, Conversation: c, ToQueue: rapid.SampledFrom([]id.Queue{"que_billing", "que_sales"}).Draw(t, "queue")})
	case 9:
		step(routing.Transfer{Agent: user, Conversation: c, ToAgent: other})
	case 10, 11:
		step(routing.Invite{Agent: user, Conversation: c, Guest: other})
	case 12:
		step(routing.HandOver{Agent: user, Conversation: c, To: other})
	case 13:
		step(routing.LeaveConference{Agent: user, Conversation: c})
	case 14:
		step(routing.RemoveGuest{Agent: user, Conversation: c, Guest: other})
	case 15:
		step(routing.End{Agent: user, Conversation: c})
	case 16:
		step(routing.SubmitWrapUp{Agent: user, Part: part, Reason: "rsn_done"})
	case 17, 18:
		step(routing.SignIn{Agent: user})
		step(routing.SetPresence{Agent: user, Presence: routing.Available})
	case 19:
		step(rapid.SampledFrom([]routing.Event{routing.LoseAgent{Agent: user}, routing.RegainAgent{Agent: user}, routing.SignOut{Agent: user, By: other}}).Draw(t, "presence"))
	case 20:
		step(rapid.SampledFrom([]routing.Event{routing.LoseCustomer{Conversation: c}, routing.RegainCustomer{Conversation: c}, routing.CustomerEnd{Conversation: c}}).Draw(t, "customer"))
	case 21:
		w.wait(rapid.SampledFrom([]time.Duration{6 * time.Second, 35 * time.Second, 5 * time.Minute}).Draw(t, "wait"))
	case 22:
		say(chat.Post{By: chat.Author{User: user}, ClientID: fmt.Sprint("a", i), Text: "Hello"})
		say(chat.AddNote{User: user, ClientID: fmt.Sprint("n", i), Text: secretNote})
	case 23:
		say(chat.Post{By: sara, ClientID: fmt.Sprint("c", i), Text: "مرحبا"})
		step(routing.Spoke{Conversation: c, FromCustomer: true})
	case 24:
		say(chat.Receive{By: chat.Author{User: user}, Delivered: 50, Seen: id.Seq(i)})
		if i%7 == 0 {
			step(routing.DeleteAsset{Asset: "ast_shop"})
		}
	}
}
