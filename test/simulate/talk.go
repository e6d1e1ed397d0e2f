package simulate

import (
	"fmt"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/view"
	"hiwar/test/check"
)

// talk does something in a conversation the agent has, and goes on later.
func (a *agent) talk(c view.Card) {
	w := a.w
	conv := string(c.Conversation)
	command := func(cmd engine.Command) { a.do(check.Record{}, cmd, nil) }
	if c.Role == "guest" {
		switch k := w.chance.IntN(100); {
		case w.closing || k < 40:
			command(engine.LeaveConference{Conversation: c.Conversation})
		default:
			a.answer(c)
		}
		a.goOn(c)
		return
	}
	switch k := w.chance.IntN(1000); {
	case w.closing || k < 300 || c.Status == "interrupted":
		a.do(check.Record{Command: check.End, Conversation: conv}, engine.EndConversation{Conversation: c.Conversation}, nil)
	case k < 320 && w.troubled:
		a.loseConnection(c)
		return
	case k < 370:
		a.transfer(c)
	case k < 400:
		command(engine.Invite{Conversation: c.Conversation, Guest: a.colleague()})
	case k < 410 && len(c.Agents) > 1:
		command(engine.HandOver{Conversation: c.Conversation, To: c.Agents[len(c.Agents)-1].User})
	case k < 415 && len(c.Agents) > 1:
		command(engine.RemoveGuest{Conversation: c.Conversation, Guest: c.Agents[len(c.Agents)-1].User})
	case k < 420:
		command(engine.CancelInvitation{Conversation: c.Conversation})
	case k < 425:
		a.rest()
	case k < 450:
		text := fmt.Sprintf("note %d", k)
		a.do(check.Record{Command: check.Note, Conversation: conv, Text: text}, engine.AddNote{Conversation: c.Conversation, Text: text}, nil)
	case k < 455 && w.odds(100):
		name := w.config.Assets[w.chance.IntN(len(w.config.Assets))]
		w.person("administrator", administrator).do(check.Record{}, engine.DeleteAsset{Asset: name.ID, Confirmation: "Site"}, nil)
	default:
		a.answer(c)
	}
	a.goOn(c)
}

// goOn talks again after a while.
func (a *agent) goOn(c view.Card) {
	a.on(c, a.w.between(10*time.Second, 100*time.Second), a.talk)
}

func (a *agent) answer(c view.Card) {
	a.say(c.Conversation, fmt.Sprintf("answer %d", a.w.commands), nil)
}

func (a *agent) colleague() id.User { return a.w.agents[a.w.chance.IntN(len(a.w.agents))].user }

// transfer gives the conversation away; who has done so may say no more.
func (a *agent) transfer(c view.Card) {
	w := a.w
	t := engine.Transfer{Conversation: c.Conversation}
	r := check.Record{Command: check.Transfer, Conversation: string(c.Conversation)}
	if w.odds(500) {
		t.ToQueue = w.config.Queues[w.chance.IntN(len(w.config.Queues))].ID
	} else {
		t.ToAgent, t.Note = a.colleague(), "yours"
		r.Text = t.Note
	}
	a.do(r, t, func(_ engine.Reply, err error) {
		if err != nil {
			return
		}
		a.say(c.Conversation, "too late", func(_ engine.Reply, err error) {
			if problem.CodeOf(err) == problem.NotParticipant {
				w.met(staleWrite)
			}
		})
		if t.ToAgent == "" || !w.troubled || !w.odds(200) {
			return
		}
		for _, b := range w.agents { // whoever is asked goes away
			if b.user == t.ToAgent && !b.cut {
				for _, card := range b.cards {
					if card.Conversation == c.Conversation && card.Kind == "request" {
						b.loseConnection(card)
						return
					}
				}
			}
		}
	})
}

// rest is a pause, or the end of a shift.
func (a *agent) rest() {
	if a.w.odds(300) {
		a.do(check.Record{Command: check.Presence}, engine.SignOutOfFloor{}, nil)
		return
	}
	a.do(check.Record{Command: check.Presence}, engine.SetPresence{Presence: "idle"}, nil)
}
