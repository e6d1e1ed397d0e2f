package routing

import (
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// The moves of the small worlds. Each tries an event wherever it could make
// sense; that the machine refuses some of them is part of the proof.

func ready(agents ...id.User) []Event {
	var list []Event
	for _, a := range agents {
		list = append(list, SignIn{a}, SetPresence{Agent: a, Presence: Available})
	}
	return list
}

// start begins a conversation at each of the assets, under the first name that
// is not in use.
func start(conversations int, assets ...id.Asset) move {
	names := []id.Conversation{"c1", "c2", "c3", "c4"}[:conversations]
	return move{try: func(s *State, add func(Event)) {
		for _, c := range names {
			if _, used := s.conversations.Get(c); !used {
				for _, a := range assets {
					add(Start{Conversation: c, Asset: a})
				}
				return
			}
		}
	}}
}

// leave is start for customers who leave a message.
func leave(conversations int, assets ...id.Asset) move {
	plain := start(conversations, assets...)
	return move{try: func(s *State, add func(Event)) {
		plain.try(s, func(ev Event) {
			left := ev.(Start)
			left.LeftMessage = true
			add(left)
		})
	}}
}

// customerWrites tries a word of each customer whom nobody answers yet.
func customerWrites() move {
	return ofConversations(false, func(c id.Conversation) Event { return Spoke{Conversation: c, FromCustomer: true} })
}

// startAs is start for customers of a language whom an agent knows.
func startAs(conversations int, language string, regular id.User, assets ...id.Asset) move {
	plain := start(conversations, assets...)
	return move{try: func(s *State, add func(Event)) {
		plain.try(s, func(ev Event) {
			known := ev.(Start)
			known.Language, known.Regular = language, regular
			add(known)
		})
	}}
}

// pick tries to take each conversation that is on the floor.
func pick(agents ...id.User) move {
	return move{try: func(s *State, add func(Event)) {
		for _, a := range agents {
			ofConversations(false, func(c id.Conversation) Event { return Pick{a, c} }).try(s, add)
		}
	}}
}

// ofAgents tries an event of each agent; late also after a pause.
func ofAgents(late bool, event func(a id.User) Event, agents ...id.User) move {
	return move{late: late, try: func(s *State, add func(Event)) {
		for _, a := range agents {
			add(event(a))
		}
	}}
}

func available(agents ...id.User) move {
	return ofAgents(true, func(a id.User) Event { return SetPresence{Agent: a, Presence: Available} }, agents...)
}

func idle(agents ...id.User) move {
	return ofAgents(false, func(a id.User) Event { return SetPresence{Agent: a, Presence: Idle} }, agents...)
}

func signIn(agents ...id.User) move {
	return ofAgents(false, func(a id.User) Event { return SignIn{a} }, agents...)
}

func signOut(agents ...id.User) move {
	return ofAgents(false, func(a id.User) Event { return SignOut{Agent: a} }, agents...)
}

func forceSignOut(agents ...id.User) move {
	return ofAgents(false, func(a id.User) Event { return SignOut{Agent: a, By: "supervisor"} }, agents...)
}

func lose(agents ...id.User) move {
	return ofAgents(false, func(a id.User) Event { return LoseAgent{a} }, agents...)
}

func regain(agents ...id.User) move {
	return ofAgents(true, func(a id.User) Event { return RegainAgent{a} }, agents...)
}

func ofOffers(late bool, event func(o Offer) Event) move {
	return move{late: late, try: func(s *State, add func(Event)) {
		for _, o := range s.allOffers() {
			add(event(o))
		}
	}}
}

func accept() move { return ofOffers(true, func(o Offer) Event { return AcceptOffer{o.Agent, o.ID} }) }

func confirm() move {
	return ofOffers(false, func(o Offer) Event { return ConfirmOffer{o.Agent, o.ID} })
}

func decline() move {
	return ofOffers(false, func(o Offer) Event { return DeclineOffer{Agent: o.Agent, Offer: o.ID} })
}

// ofParts tries events of each part that is connected, or of each in wrap-up.
func ofParts(connected bool, event func(p Part, add func(Event))) move {
	return move{try: func(s *State, add func(Event)) {
		for _, p := range s.allParts() {
			if p.EndedAt.IsZero() == connected {
				event(p, add)
			}
		}
	}}
}

func end() move {
	return ofParts(true, func(p Part, add func(Event)) { add(End{Agent: p.Agent, Conversation: p.Conversation}) })
}

func transfer(agents ...id.User) move {
	return ofParts(true, func(p Part, add func(Event)) {
		for _, to := range agents {
			add(Transfer{Agent: p.Agent, Conversation: p.Conversation, ToAgent: to})
		}
	})
}

func transferToQueue(queues ...id.Queue) move {
	return ofParts(true, func(p Part, add func(Event)) {
		for _, to := range queues {
			add(Transfer{Agent: p.Agent, Conversation: p.Conversation, ToQueue: to})
		}
	})
}

func invite(agents ...id.User) move {
	return ofParts(true, func(p Part, add func(Event)) {
		for _, to := range agents {
			add(Invite{p.Agent, p.Conversation, to})
		}
		add(CancelInvitation{p.Agent, p.Conversation})
	})
}

// partWays tries all that ends a part of a conference and not the chat.
func partWays(agents ...id.User) move {
	return ofParts(true, func(p Part, add func(Event)) {
		for _, to := range agents {
			add(HandOver{p.Agent, p.Conversation, to})
			add(RemoveGuest{p.Agent, p.Conversation, to})
		}
		add(LeaveConference{p.Agent, p.Conversation})
	})
}

func speak() move {
	return ofParts(true, func(p Part, add func(Event)) {
		add(Spoke{Conversation: p.Conversation})
		add(Spoke{Conversation: p.Conversation, FromCustomer: true})
	})
}

func wrapUp() move {
	m := ofParts(false, func(p Part, add func(Event)) { add(SubmitWrapUp{Agent: p.Agent, Part: p.ID}) })
	m.late = true
	return m
}

func wrapUpTimer() move {
	return ofParts(false, func(p Part, add func(Event)) {
		add(StopWrapUpTimer{p.Agent, p.ID})
		add(ExtendWrapUp{p.Agent, p.ID})
	})
}

func ofConversations(late bool, event func(c id.Conversation) Event) move {
	return move{late: late, try: func(s *State, add func(Event)) {
		for _, c := range s.allConversations() {
			if c.open() {
				add(event(c.ID))
			}
		}
	}}
}

func customerEnds() move {
	return ofConversations(false, func(c id.Conversation) Event { return CustomerEnd{c} })
}

func customerLost() move {
	return ofConversations(false, func(c id.Conversation) Event { return LoseCustomer{c} })
}

func customerBack() move {
	return ofConversations(true, func(c id.Conversation) Event { return RegainCustomer{c} })
}

func deleteAsset(asset id.Asset) move {
	return move{try: func(s *State, add func(Event)) {
		if !s.setup.assets[asset].Deleted {
			add(DeleteAsset{asset})
		}
	}}
}

// configure tries to put each of the configurations in force.
func configure(configs ...org.Config) move {
	return move{try: func(s *State, add func(Event)) {
		for _, c := range configs {
			if c.Version != s.config.Version {
				add(Configure{c})
			}
		}
	}}
}
