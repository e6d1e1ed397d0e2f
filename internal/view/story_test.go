package view_test

import (
	"testing"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
)

const conv = id.Conversation("conv_1")

var (
	sara        = chat.Author{Customer: true}
	layla, omar = people[0], people[1]
	huda, sami  = people[2], people[3]
)

// teller makes stories short: everything it is told to do has to work.
type teller struct {
	*world
	t *testing.T
}

func (s teller) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s teller) do(events ...routing.Event) {
	s.t.Helper()
	for _, ev := range events {
		s.now = s.now.Add(time.Second)
		s.must(s.step(ev))
	}
}

func (s teller) ready(users ...id.User) {
	s.t.Helper()
	for _, u := range users {
		s.do(routing.SignIn{Agent: u}, routing.SetPresence{Agent: u, Presence: routing.Available})
	}
}

func (s teller) offerTo(u id.User) id.Offer {
	s.t.Helper()
	offers := s.floor.OffersTo(u)
	if len(offers) == 0 {
		s.t.Fatalf("nothing is offered to %s", u)
	}
	s.do(routing.ConfirmOffer{Agent: u, Offer: offers[0].ID})
	return offers[0].ID
}

func (s teller) accept(u id.User) {
	s.t.Helper()
	s.do(routing.AcceptOffer{Agent: u, Offer: s.offerTo(u)})
}

func (s teller) begin(asset id.Asset, users ...id.User) {
	s.t.Helper()
	s.ready(users...)
	s.must(s.start(conv, asset))
	s.must(s.say(conv, chat.Post{By: sara, ClientID: "c1", Text: "My invoice 1200-AB/7 is <b>wrong</b>"}))
	s.accept(users[0])
}

func (s teller) part(u id.User) routing.Part {
	s.t.Helper()
	parts := s.floor.PartsOf(u)
	if len(parts) == 0 {
		s.t.Fatalf("%s has no part", u)
	}
	return parts[0]
}

func (s teller) submit(u id.User, r id.Reason) {
	s.t.Helper()
	s.do(routing.SubmitWrapUp{Agent: u, Part: s.part(u).ID, Reason: r})
}

// stories are days on which, between them, everything happens that can.
var stories = map[string]func(teller){
	"a conversation": func(s teller) {
		s.begin("ast_store", layla)
		s.must(s.say(conv, chat.Receive{By: chat.Author{User: layla}, Delivered: 1, Seen: 1}))
		s.must(s.say(conv, chat.Post{By: chat.Author{User: layla}, ClientID: "a1", Text: "Good morning"}))
		s.do(routing.Spoke{Conversation: conv})
		s.must(s.say(conv, chat.Receive{By: sara, Delivered: 3}))
		s.must(s.say(conv, chat.AddNote{User: layla, Name: "Layla", ClientID: "n1", Text: secretNote}))
		s.must(s.say(conv, chat.AddNote{User: huda, Name: "Huda", ClientID: "n2", Text: secretNote, Handover: true}))
		s.do(routing.End{Agent: layla, Conversation: conv})
		s.do(routing.StopWrapUpTimer{Agent: layla, Part: s.part(layla).ID}, routing.ExtendWrapUp{Agent: layla, Part: s.part(layla).ID})
		p := s.part(layla)
		s.submit(layla, "rsn_wrong")
		p.SubmittedAt, p.Reason, p.WrapUpDeadline = s.now, "rsn_wrong", time.Time{}
		s.do(routing.ChangeReason{Agent: layla, Part: p, Reason: "rsn_done"})
		s.do(routing.SetPresence{Agent: layla, Presence: routing.Idle, IdleReason: "rsn_lunch"}, routing.SignOut{Agent: layla})
	},
	"files": func(s teller) {
		s.begin("ast_store", layla)
		bill := chat.Attachment{ID: "att_1", Name: "فاتورة-7.pdf", Type: "application/pdf", Size: 2_500_000}
		photo := chat.Attachment{ID: "att_2", Name: "lamp.png", Type: "image/png", Size: 412_000, Width: 640, Height: 400}
		list := chat.Attachment{ID: "att_3", Name: "prices.csv", Type: "text/csv; charset=utf-8", Size: 900}
		s.must(s.say(conv, chat.Post{By: sara, ClientID: "c2", Attachments: []chat.Attachment{bill, photo}}))
		s.must(s.say(conv, chat.Post{By: chat.Author{User: layla}, ClientID: "a1", Text: "The prices", Attachments: []chat.Attachment{list}}))
		s.do(routing.Spoke{Conversation: conv}, routing.End{Agent: layla, Conversation: conv})
	},
	"a missed request": func(s teller) {
		s.ready(layla)
		s.must(s.start(conv, "ast_store"))
		s.offerTo(layla)
		s.wait(31 * time.Second)
		s.do(routing.SetPresence{Agent: layla, Presence: routing.Available})
		s.do(routing.DeclineOffer{Agent: layla, Offer: s.offerTo(layla)})
		s.do(routing.SetPresence{Agent: layla, Presence: routing.Idle, By: huda})
		s.do(routing.CustomerEnd{Conversation: conv})
	},
	"two requests": func(s teller) {
		s.ready(layla)
		s.must(s.start(conv, "ast_store"))
		s.now = s.now.Add(time.Second)
		s.must(s.start("conv_2", "ast_shop"))
		s.offerTo(layla)
		s.do(routing.CustomerEnd{Conversation: conv}, routing.CustomerEnd{Conversation: "conv_2"})
	},
	"an unconfirmed request": func(s teller) {
		s.ready(layla)
		s.must(s.start(conv, "ast_store"))
		s.wait(6 * time.Second)
		s.do(routing.RegainAgent{Agent: layla})
		s.accept(layla)
		s.do(routing.CustomerEnd{Conversation: conv})
		s.wait(4 * time.Minute)
	},
	"a transfer to a queue": func(s teller) {
		s.begin("ast_store", layla, sami)
		s.do(routing.Transfer{Agent: layla, Conversation: conv, ToQueue: "que_billing"})
		s.must(s.say(conv, chat.AddNote{User: layla, Name: "Layla", ClientID: "n1", Text: secretNote, Handover: true}))
		s.accept(sami)
		s.submit(layla, "rsn_done")
		s.do(routing.CustomerEnd{Conversation: conv})
		s.submit(sami, "rsn_wrong")
	},
	"a wait that is over": func(s teller) {
		s.must(s.start(conv, "ast_store"))
		s.must(s.say(conv, chat.Say{Topic: chat.Public, Line: chat.LineClosing, Params: map[string]string{"closing": "que_sales"}}))
		s.must(s.say(conv, chat.Close{Cause: string(routing.CauseMaximumWait)}))
	},
	"a left message": func(s teller) {
		c := setup()
		c.Version++
		c.Queues[1].Limits.Then = org.ThenMessage
		s.do(routing.Configure{Config: c})
		s.leaves = true
		s.must(s.start(conv, "ast_store"))
		s.must(s.say(conv, chat.Say{Topic: chat.Public, Line: chat.LineMessageLeft, Params: map[string]string{"closing": "que_sales"}}))
		s.do(routing.SignIn{Agent: layla}, routing.RegainCustomer{Conversation: conv}, routing.Spoke{Conversation: conv, FromCustomer: true})
		s.must(s.say(conv, chat.Say{Topic: chat.Public, Line: chat.LineMessageAsked}))
		s.do(routing.LoseCustomer{Conversation: conv})
		s.wait(16 * time.Second)
		s.ready(layla)
		s.accept(layla)
		s.do(routing.RegainCustomer{Conversation: conv}, routing.LoseCustomer{Conversation: conv})
		s.wait(16 * time.Second)
		s.do(routing.End{Agent: layla, Conversation: conv})
		s.must(s.say(conv, chat.Say{Topic: chat.Staff, Line: chat.LineRated, Params: map[string]string{"score": "4"}}))
		s.submit(layla, "rsn_done")
	},
	"a transfer nobody answers": func(s teller) {
		s.begin("ast_store", layla, omar)
		s.do(routing.Transfer{Agent: layla, Conversation: conv, ToAgent: omar})
		s.offerTo(omar)
		s.wait(31 * time.Second)
		s.accept(layla)
		s.do(routing.End{Agent: layla, Conversation: conv, By: huda})
	},
	"a conference": func(s teller) {
		s.begin("ast_store", layla, omar, huda)
		s.do(routing.Invite{Agent: layla, Conversation: conv, Guest: omar})
		s.offerTo(omar)
		s.do(routing.CancelInvitation{Agent: layla, Conversation: conv})
		s.do(routing.Invite{Agent: layla, Conversation: conv, Guest: omar})
		s.accept(omar)
		// With both of them there: one owner, not two.
		s.must(s.say(conv, chat.Own{User: omar}))
		s.must(s.say(conv, chat.Own{User: layla}))
		s.do(routing.Invite{Agent: layla, Conversation: conv, Guest: huda})
		s.accept(huda)
		s.do(routing.RemoveGuest{Agent: layla, Conversation: conv, Guest: huda})
		s.do(routing.HandOver{Agent: layla, Conversation: conv, To: omar})
		s.submit(layla, "rsn_done")
		s.do(routing.Invite{Agent: omar, Conversation: conv, Guest: layla})
		s.accept(layla)
		s.do(routing.LeaveConference{Agent: layla, Conversation: conv})
		s.do(routing.End{Agent: omar, Conversation: conv})
	},
	"an invitation nobody answers": func(s teller) {
		s.begin("ast_store", layla, omar)
		s.do(routing.Invite{Agent: layla, Conversation: conv, Guest: omar})
		s.offerTo(omar)
		s.wait(31 * time.Second)
		s.do(routing.SetPresence{Agent: omar, Presence: routing.Available})
		s.do(routing.Invite{Agent: layla, Conversation: conv, Guest: omar})
		s.do(routing.End{Agent: layla, Conversation: conv})
	},
	"a lost agent": func(s teller) {
		s.begin("ast_store", layla, omar)
		s.do(routing.Invite{Agent: layla, Conversation: conv, Guest: omar})
		s.accept(omar)
		s.do(routing.LoseAgent{Agent: layla})
		s.wait(30 * time.Second)
		s.do(routing.RegainAgent{Agent: layla}, routing.LoseAgent{Agent: layla})
		s.wait(3 * time.Minute)
		s.do(routing.SignOut{Agent: omar, By: huda})
		s.do(routing.CustomerEnd{Conversation: conv})
	},
	"a customer who goes": func(s teller) {
		s.begin("ast_store", layla)
		s.do(routing.LoseCustomer{Conversation: conv})
		s.wait(16 * time.Second)
		s.do(routing.RegainCustomer{Conversation: conv})
		s.must(s.say(conv, chat.Post{By: chat.Author{User: layla}, ClientID: "a1", Text: "Still there?"}))
		s.do(routing.Spoke{Conversation: conv})
		s.wait(9 * time.Minute)
		s.do(routing.Spoke{Conversation: conv, FromCustomer: true}, routing.Spoke{Conversation: conv})
		s.wait(11 * time.Minute)
		s.must(s.start("conv_2", "ast_shop"))
		s.do(routing.LoseCustomer{Conversation: "conv_2"})
		s.wait(5 * time.Minute)
	},
	"a deleted asset": func(s teller) {
		s.begin("ast_store", layla)
		s.must(s.start("conv_2", "ast_shop"))
		s.do(routing.DeleteAsset{Asset: "ast_store"})
		s.do(routing.End{Agent: layla, Conversation: conv})
	},
	"a change of the setup": func(s teller) {
		s.begin("ast_store", layla)
		s.must(s.start("conv_2", "ast_shop"))
		c := setup()
		c.Version++
		c.Organization.Settings.Capacity = 1
		s.do(routing.Configure{Config: c})
		c = setup()
		c.Version += 2
		for i := range c.Users {
			c.Users[i].Disabled = c.Users[i].ID == layla
		}
		s.do(routing.Configure{Config: c})
	},
	"a request that is picked": func(s teller) {
		c := setup()
		c.Version++
		c.Queues[1].ManualPick = true
		s.do(routing.Configure{Config: c}, routing.SignIn{Agent: layla}, routing.SignIn{Agent: omar})
		s.must(s.start(conv, "ast_store"))
		s.do(routing.Pick{Agent: layla, Conversation: conv})
		s.do(routing.End{Agent: layla, Conversation: conv})
	},
	"a customer they know": func(s teller) {
		c := setup()
		c.Version++
		c.Queues[1].Sticky = time.Minute
		c.Queues[1].Wider = []org.Group{{Teams: []id.Team{"team_2"}, After: 30 * time.Second}}
		s.do(routing.Configure{Config: c})
		s.ready(omar, layla)
		s.regular = layla
		s.must(s.start(conv, "ast_store"))
		s.offerTo(layla)
		s.do(routing.SetPresence{Agent: omar, Presence: routing.Idle}, routing.SetPresence{Agent: layla, Presence: routing.Idle})
		s.wait(31 * time.Second)
		s.ready(sami)
		s.accept(sami)
		s.do(routing.End{Agent: sami, Conversation: conv})
	},
	"a customer who proves who they are": func(s teller) {
		s.ready(layla)
		s.must(s.start(conv, "ast_store"))
		s.offerTo(layla)
		s.must(s.prove(conv, "cus_known"))
		s.accept(layla)
		s.must(s.prove(conv, "cus_other"))
		s.do(routing.CustomerEnd{Conversation: conv})
	},
	"a transfer that returns": func(s teller) {
		c := setup()
		c.Version++
		c.Queues[1].OnUnanswered = org.Return
		s.do(routing.Configure{Config: c})
		s.begin("ast_store", layla, omar)
		s.do(routing.Transfer{Agent: layla, Conversation: conv, ToAgent: omar})
		s.do(routing.DeclineOffer{Agent: omar, Offer: s.offerTo(omar)})
		s.accept(layla)
		s.do(routing.CustomerEnd{Conversation: conv})
	},
}
