package engine_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

func name(u id.User) string { return strings.TrimPrefix(string(u), "usr_") }

func TestEffectsMeanThisForAConversation(t *testing.T) {
	const c = id.Conversation("conv_1")
	say := func(topic chat.Topic, l chat.Line, params map[string]string) chat.Event {
		return chat.Say{Topic: topic, Line: l, Params: params}
	}
	for _, x := range []struct {
		name    string
		effects []routing.Effect
		want    []chat.Event
	}{
		{"an agent accepts", []routing.Effect{routing.PartBegun{Conversation: c, Agent: "usr_anna", Role: routing.Owner}}, []chat.Event{
			chat.Join{User: "usr_anna", Name: "anna", Owner: true},
		}},
		{"a guest accepts", []routing.Effect{routing.PartBegun{Conversation: c, Agent: "usr_ben", Role: routing.Guest}}, []chat.Event{
			chat.Join{User: "usr_ben", Name: "ben"},
		}},
		{"a guest leaves", []routing.Effect{routing.PartEnded{Conversation: c, Agent: "usr_ben", Cause: routing.CauseLeft}}, []chat.Event{
			chat.Leave{User: "usr_ben", Cause: "left"},
		}},
		{"the chat ends, for everybody at once", []routing.Effect{
			routing.PartEnded{Conversation: c, Agent: "usr_anna", Cause: routing.CauseAgent},
			routing.InactivityLifted{Conversation: c},
			routing.ConversationClosed{Conversation: c, Cause: routing.CauseAgent},
		}, []chat.Event{chat.Close{Cause: "agent"}}},
		{"a guest becomes the owner", []routing.Effect{routing.OwnerChanged{Conversation: c, To: "usr_ben"}}, []chat.Event{chat.Own{User: "usr_ben"}}},
		{"a transfer to a queue", []routing.Effect{routing.TransferRequested{Conversation: c, From: "usr_anna", ToQueue: "que_2"}}, []chat.Event{
			say(chat.Staff, chat.LineTransferRequested, map[string]string{"from": "usr_anna", "to_queue": "que_2"}),
			say(chat.Public, chat.LineTransferring, nil),
			say(chat.Public, chat.LineTransferred, map[string]string{"queue": "que_2"}),
		}},
		{"a transfer to an agent", []routing.Effect{routing.TransferRequested{Conversation: c, From: "usr_anna", ToAgent: "usr_ben"}}, []chat.Event{
			say(chat.Staff, chat.LineTransferRequested, map[string]string{"from": "usr_anna", "to_agent": "usr_ben"}),
			say(chat.Public, chat.LineTransferring, nil),
		}},
		{"nobody answers a transfer: the customer is told once", []routing.Effect{
			routing.TransferUnanswered{Conversation: c, From: "usr_anna", Target: "usr_ben", Policy: "requeue"},
			routing.TaskQueued{Conversation: c, Origin: routing.OriginReturn},
		}, []chat.Event{
			say(chat.Staff, chat.LineTransferDropped, map[string]string{"target": "usr_ben", "policy": "requeue"}),
			say(chat.Public, chat.LineRequeued, nil),
		}},
		{"nobody answers a transfer, and the policy is to close", []routing.Effect{
			routing.TransferUnanswered{Conversation: c, Target: "usr_ben", Policy: "close"},
			routing.ConversationClosed{Conversation: c, Cause: routing.CauseTransferUnanswered},
		}, []chat.Event{
			say(chat.Staff, chat.LineTransferDropped, map[string]string{"target": "usr_ben", "policy": "close"}),
			chat.Close{Cause: "transfer_unanswered"},
		}},
		{"an agent is lost for good", []routing.Effect{
			routing.PartEnded{Conversation: c, Agent: "usr_anna", Cause: routing.CauseAgentLost}, routing.TaskQueued{Conversation: c, Origin: routing.OriginReturn},
		}, []chat.Event{chat.Leave{User: "usr_anna", Cause: "agent_lost"}, say(chat.Public, chat.LineRequeued, nil)}},
		{"a conversation begins", []routing.Effect{routing.TaskQueued{Conversation: c, Origin: routing.OriginNew}}, nil},
		{"a request is missed", []routing.Effect{routing.OfferClosed{Conversation: c, Agent: "usr_ben", End: routing.OfferMissed}}, []chat.Event{
			say(chat.Staff, chat.LineMissed, map[string]string{"agent": "usr_ben"}),
		}},
		{"a request is withdrawn", []routing.Effect{routing.OfferClosed{Conversation: c, Agent: "usr_ben", End: routing.OfferWithdrawn}}, nil},
		{"a conference", []routing.Effect{
			routing.ConferenceRequested{Conversation: c, From: "usr_anna", Guest: "usr_ben"},
			routing.ConferenceNotAccepted{Conversation: c, From: "usr_anna", Guest: "usr_ben", Cause: routing.CauseUnanswered},
		}, []chat.Event{
			say(chat.Staff, chat.LineConferenceRequested, map[string]string{"from": "usr_anna", "guest": "usr_ben"}),
			say(chat.Staff, chat.LineConferenceNotAccepted, map[string]string{"guest": "usr_ben", "cause": "unanswered"}),
		}},
		{"an agent's connection", []routing.Effect{
			routing.AgentNotice{Agent: "usr_anna", Conversation: c}, routing.AgentNotice{Agent: "usr_anna", Conversation: c, Back: true},
		}, []chat.Event{
			say(chat.Public, chat.LineReconnecting, map[string]string{"agent": "usr_anna"}),
			say(chat.Public, chat.LineReconnected, map[string]string{"agent": "usr_anna"}),
		}},
		{"silence", []routing.Effect{
			routing.InactivityWarning{Conversation: c, ClosesAt: morning}, routing.InactivityLifted{Conversation: c},
		}, []chat.Event{
			say(chat.Public, chat.LineStillThere, map[string]string{"closes_at": "2026-11-22T09:00:00Z"}),
			say(chat.Public, chat.LineStillThereOff, nil),
		}},
		{"the asset is deleted", []routing.Effect{routing.ConversationInterrupted{Conversation: c, Asset: "ast_1"}}, []chat.Event{chat.Interrupt{Asset: "ast_1"}}},
		{"a wrap-up", []routing.Effect{routing.WrapUpSubmitted{Conversation: c, Agent: "usr_anna", Reason: "rsn_1", Automatic: true}}, []chat.Event{
			say(chat.Staff, chat.LineWrapUp, map[string]string{"agent": "usr_anna", "reason": "rsn_1", "automatic": "true"}),
		}},
	} {
		t.Run(x.name, func(t *testing.T) {
			if diff := cmp.Diff(x.want, engine.Translate(x.effects, name)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A command or an effect that is added has to be thought about in every switch
// over them: each type has to be named in the sources of the engine as often
// as there are such switches.
func TestEverySwitchNamesEveryType(t *testing.T) {
	switches := func(file, function string) string { return body(t, file, function) }
	for _, c := range []struct{ types, method, prefix, file, function string }{
		{"../routing/effect.go", "effect", "routing.", "translate.go", "effect"},
		{"../routing/effect.go", "effect", "routing.", "cards.go", "onCards"},
		{"command.go", "command", "", "replies.go", "conversationOf"},
		{"command.go", "command", "", "dispatch.go", "operation"},
		{"command.go", "command", "", "dispatch.go", "carryOut"},
	} {
		code := switches(c.file, c.function)
		for _, typ := range implementing(t, c.types, c.method) {
			if !strings.Contains(code, " "+c.prefix+typ+" ") {
				t.Errorf("%s in %s does not name %s", c.function, c.file, typ)
			}
		}
	}
}

// implementing lists the types that have a method.
func implementing(t *testing.T, file, method string) (types []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil && fn.Name.Name == method {
			types = append(types, fn.Recv.List[0].Type.(*ast.Ident).Name)
		}
	}
	if len(types) == 0 {
		t.Fatalf("%s has no type with %s", file, method)
	}
	return types
}

// body is the text of a function with everything but words turned into spaces.
func body(t *testing.T, file, function string) string {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == function {
			return strings.Map(func(r rune) rune {
				if strings.ContainsRune(",:(){}\n\t", r) {
					return ' '
				}
				return r
			}, string(src[set.Position(fn.Pos()).Offset:set.Position(fn.End()).Offset]))
		}
	}
	t.Fatalf("%s has no function %s", file, function)
	return ""
}
