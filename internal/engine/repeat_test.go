package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// once is a command at a moment at which it has an effect, and another one
// that must not be taken for it.
type once struct {
	who            access.Actor
	command, other engine.Command
}

// commands has a moment for every command that is remembered.
var commands = map[string]func(c *centre) once{
	"StartConversation": func(*centre) once {
		start := func(text string) engine.Command {
			return engine.StartConversation{Asset: "ast_1", Customer: "cus_1", Name: "Sara", Language: "ar", Text: text}
		}
		return once{customer(1), start("hello"), start("hello?")}
	},
	"EndChat": func(c *centre) once {
		conv := c.write(1, "hello")
		return once{customer(1), engine.EndChat{Conversation: conv}, engine.SendMessage{Conversation: conv, Text: "hello"}}
	},
	"RateConversation": func(c *centre) once {
		conv := c.answered(1, anna)
		c.do(anna, engine.EndConversation{Conversation: conv})
		return once{customer(1), engine.RateConversation{Conversation: conv, Score: 5}, engine.RateConversation{Conversation: conv, Score: 4}}
	},
	"SendMessage": func(c *centre) once {
		conv := c.write(1, "hello")
		return once{customer(1), engine.SendMessage{Conversation: conv, Text: "are you there?"}, engine.SendMessage{Conversation: conv, Text: "are you here?"}}
	},
	"AddNote": func(c *centre) once {
		conv := c.answered(1, anna)
		return once{anna, engine.AddNote{Conversation: conv, Text: "a note"}, engine.SendMessage{Conversation: conv, Text: "a note"}}
	},
	"SignInToFloor": func(*centre) once { return once{anna, engine.SignInToFloor{}, engine.SignOutOfFloor{}} },
	"SignOutOfFloor": func(c *centre) once {
		c.ready(anna)
		return once{anna, engine.SignOutOfFloor{}, engine.SignInToFloor{}}
	},
	"SetPresence": func(c *centre) once {
		c.do(anna, engine.SignInToFloor{})
		return once{anna, engine.SetPresence{Presence: routing.Available}, engine.SetPresence{Presence: routing.Idle}}
	},
	"AcceptOffer": func(c *centre) once {
		c.ready(anna)
		c.write(1, "hello")
		return once{anna, engine.AcceptOffer{Offer: c.request(anna).Offer}, engine.AcceptOffer{Offer: 99}}
	},
	"DeclineOffer": func(c *centre) once {
		c.ready(anna)
		c.write(1, "hello")
		return once{anna, engine.DeclineOffer{Offer: c.request(anna).Offer}, engine.AcceptOffer{Offer: c.request(anna).Offer}}
	},
	"PickConversation": func(c *centre) once {
		conv := c.write(1, "hello")
		c.do(anna, engine.SignInToFloor{})
		return once{anna, engine.PickConversation{Conversation: conv}, engine.EndConversation{Conversation: conv}}
	},
	"Transfer": func(c *centre) once {
		conv := c.answered(1, anna)
		return once{anna, engine.Transfer{Conversation: conv, ToQueue: "que_2", Note: "please"}, engine.Transfer{Conversation: conv, ToQueue: "que_2"}}
	},
	"Invite": func(c *centre) once {
		conv := c.answered(1, anna)
		c.ready(ben)
		return once{anna, engine.Invite{Conversation: conv, Guest: ben.User}, engine.Invite{Conversation: conv, Guest: cleo.User}}
	},
	"CancelInvitation": func(c *centre) once {
		conv := c.answered(1, anna)
		c.ready(ben)
		c.do(anna, engine.Invite{Conversation: conv, Guest: ben.User})
		return once{anna, engine.CancelInvitation{Conversation: conv}, engine.EndConversation{Conversation: conv}}
	},
	"HandOver": func(c *centre) once {
		conv := c.conference()
		return once{anna, engine.HandOver{Conversation: conv, To: ben.User}, engine.HandOver{Conversation: conv, To: cleo.User}}
	},
	"LeaveConference": func(c *centre) once {
		conv := c.conference()
		return once{ben, engine.LeaveConference{Conversation: conv}, engine.SendMessage{Conversation: conv, Text: "bye"}}
	},
	"RemoveGuest": func(c *centre) once {
		conv := c.conference()
		return once{anna, engine.RemoveGuest{Conversation: conv, Guest: ben.User}, engine.RemoveGuest{Conversation: conv, Guest: cleo.User}}
	},
	"EndConversation": func(c *centre) once {
		conv := c.answered(1, anna)
		return once{anna, engine.EndConversation{Conversation: conv}, engine.AddNote{Conversation: conv, Text: "ended"}}
	},
	"SubmitWrapUp": func(c *centre) once {
		p := c.wrappingUp()
		return once{anna, engine.SubmitWrapUp{Part: p, Reason: "rsn_1"}, engine.SubmitWrapUp{Part: p, Reason: "rsn_2"}}
	},
	"StopWrapUpTimer": func(c *centre) once {
		p := c.wrappingUp()
		return once{anna, engine.StopWrapUpTimer{Part: p}, engine.ExtendWrapUp{Part: p}}
	},
	"ExtendWrapUp": func(c *centre) once {
		p := c.wrappingUp()
		c.clock.pass(time.Second)
		return once{anna, engine.ExtendWrapUp{Part: p}, engine.StopWrapUpTimer{Part: p}}
	},
	"SetOwn": func(*centre) once {
		return once{anna, engine.SetOwn{Language: "ar", AnswerFactor: 1}, engine.SetOwn{Language: "en", AnswerFactor: 1}}
	},
	"DeleteAsset": func(c *centre) once {
		c.answered(1, anna)
		return once{adam, engine.DeleteAsset{Asset: "ast_1", Confirmation: "Shop"}, engine.DeleteAsset{Asset: "ast_2", Confirmation: "Help"}}
	},
	"PutOn": func(c *centre) once {
		return once{adam, engine.PutOn{File: c.file(`"teams": [{"id": "vip", "name": {"en": "VIP"}}]`)}, engine.PutOn{File: c.file(``)}}
	},
}

// conference is a conversation with Anna as its owner and Ben as her guest.
func (c *centre) conference() id.Conversation {
	c.t.Helper()
	conv := c.answered(1, anna)
	c.ready(ben)
	c.do(anna, engine.Invite{Conversation: conv, Guest: ben.User})
	c.accept(ben)
	return conv
}

// wrappingUp is a part of Anna's whose wrap-up runs.
func (c *centre) wrappingUp() id.Part {
	c.t.Helper()
	conv := c.answered(1, anna)
	c.do(anna, engine.EndConversation{Conversation: conv})
	return c.part(anna)
}

// timed gives every queue an automatic wrap-up.
func timed(c *org.Config) {
	for i := range c.Queues {
		c.Queues[i].WrapUpAuto = time.Minute
	}
}

func (c *centre) inside() engine.Inside {
	c.t.Helper()
	in, err := c.Inside(context.Background(), acme)
	if err != nil {
		c.t.Fatal(err)
	}
	if in.Broken != nil {
		c.t.Fatal(in.Broken)
	}
	return in
}

// same compares two insides, whatever order conversations come in.
func sameInside(want, got engine.Inside) string {
	return cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.SortSlices(func(a, b any) bool { return fmt.Sprint(a) < fmt.Sprint(b) }))
}

func TestACommandSentAgainHasOneEffect(t *testing.T) {
	for name, prepare := range commands {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCentre(t, timed)
			o := prepare(c)
			q := engine.Request{Actor: o.who, CommandID: "the-same", Command: o.command}
			first, err := c.Do(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			after := c.inside()
			for _, when := range []string{"at once", "later", "after a restart"} {
				switch when {
				case "later":
					if err := c.Forget(t.Context()); err != nil {
						t.Fatal(err)
					}
				case "after a restart":
					c.restart()
				}
				again, err := c.Do(t.Context(), q)
				if err != nil {
					t.Fatalf("%s: %v", when, err)
				}
				if !again.Duplicate || first.Duplicate {
					t.Errorf("%s: got duplicate = %v, and %v the first time", when, again.Duplicate, first.Duplicate)
				}
				again.Duplicate = false
				if diff := cmp.Diff(first, again); diff != "" {
					t.Errorf("%s: another answer (-first +again):\n%s", when, diff)
				}
				other := q
				other.Command = o.other
				if _, err := c.Do(t.Context(), other); problem.CodeOf(err) != problem.IDReused {
					t.Errorf("%s: other content under the same identifier: %v", when, err)
				}
			}
			got := c.inside()
			after.Chats, got.Chats = nil, nil // not all of them are in memory
			if diff := sameInside(after, got); diff != "" {
				t.Errorf("a second effect (-once +twice):\n%s", diff)
			}
		})
	}
}

func TestEveryRememberedCommandIsSentAgain(t *testing.T) {
	forgotten := strings.Fields("MarkReceived ShowTyping ConfirmOffer AgentLost AgentBack CustomerLost CustomerBack JoinCustomer")
	for _, typ := range implementing(t, "command.go", "command") {
		_, there := commands[typ]
		if exempt := strings.Contains(" "+strings.Join(forgotten, " ")+" ", " "+typ+" "); there == exempt {
			t.Errorf("%s: in the table = %v, exempt = %v", typ, there, exempt)
		}
	}
}

// A commit may fail before it stored anything or after it stored everything.
// The caller is told to ask again; whoever does has one effect and one answer,
// and nobody can see a difference to a day without the fault.
func TestACommitThatFailsIsAskedAgain(t *testing.T) {
	for name, prepare := range commands {
		for _, mode := range []string{"before", "after"} {
			t.Run(name+" "+mode, func(t *testing.T) {
				t.Parallel()
				plain := newCentre(t, timed)
				o := prepare(plain)
				q := engine.Request{Actor: o.who, CommandID: "the-same", Command: o.command}
				want, err := plain.Do(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}

				fault := ""
				c := newCentreIn(t.TempDir(), t, timed, func(s engine.Store) engine.Store { return faulty{s, &fault} })
				t.Cleanup(c.close)
				o = prepare(c)
				fault = mode
				if _, err := c.Do(t.Context(), q); problem.CodeOf(err) != problem.Unavailable {
					t.Fatalf("with a failing commit: %v", err)
				}
				got, err := c.Do(t.Context(), q)
				if err != nil {
					t.Fatalf("asked again: %v", err)
				}
				if stored := mode == "after"; got.Duplicate != stored {
					t.Errorf("asked again: duplicate = %v, and it was stored = %v", got.Duplicate, stored)
				}
				got.Duplicate = false
				// Identifiers are drawn anew for a second try.
				got.Conversation, want.Conversation = "", ""
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("asked again (-without fault +with):\n%s", diff)
				}
				if name == "StartConversation" {
					return
				}
				a, b := plain.inside(), c.inside()
				a.Chats, b.Chats = nil, nil
				if diff := sameInside(a, b); diff != "" {
					t.Errorf("afterwards (-without fault +with):\n%s", diff)
				}
			})
		}
	}
}

// After the medium failed nothing is tried again: the engine stops, so that
// the process starts anew from what is on the disk.
func TestABrokenMediumStopsTheEngine(t *testing.T) {
	fault := ""
	c := newCentreIn(t.TempDir(), t, func(*org.Config) {}, func(s engine.Store) engine.Store { return faulty{s, &fault} })
	t.Cleanup(c.close)
	conv := c.write(1, "hello")
	fault = "broken"
	c.refused(customer(1), engine.SendMessage{Conversation: conv, Text: "still there?"}, problem.Unavailable)
	fault = "" // it would succeed now, if it were tried
	c.refused(customer(1), engine.SendMessage{Conversation: conv, Text: "hello?"}, problem.Unavailable)
	if err := c.stop(); err == nil {
		t.Error("the engine ended without an error")
	}
}

// One command of a round that is refused costs the others nothing.
func TestARefusalSpoilsNobodyElse(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	type result struct {
		text string
		err  error
	}
	results := make(chan result)
	all := []string{"one", "a < b is not for agents", "two", "", "three"}
	for i, text := range all {
		go func() {
			_, err := c.Do(context.Background(), engine.Request{Actor: anna, CommandID: fmt.Sprintf("m%d", i), Command: engine.SendMessage{Conversation: conv, Text: text}})
			results <- result{text, err}
		}()
	}
	for range all {
		r := <-results
		want := map[string]problem.Code{"": problem.TextEmpty, all[1]: problem.ReservedCharacter}[r.text]
		if r.err == nil && want != "" || r.err != nil && problem.CodeOf(r.err) != want {
			t.Errorf("%q: got %v, want %q", r.text, r.err, want)
		}
	}
	if n := len(texts(c.conversation(anna, conv))); n != 4 {
		t.Errorf("%d messages are there, want 4", n)
	}
}
