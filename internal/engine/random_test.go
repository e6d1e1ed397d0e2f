package engine_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// faulty fails a commit when told to: before it stores anything, or after it
// stored everything.
type faulty struct {
	engine.Store
	mode *string
}

var errInjected = errors.New("injected")

func (f faulty) Commit(ctx context.Context, b *engine.Batch) error {
	switch mode := *f.mode; mode {
	case "before":
		*f.mode = ""
		return errInjected
	case "after":
		*f.mode = ""
		if err := f.Store.Commit(ctx, b); err != nil {
			return err
		}
		return errInjected
	case "broken":
		return fmt.Errorf("%w: injected", engine.ErrBroken)
	case "stale":
		*f.mode = ""
		return engine.StaleError{Org: b.Orgs[0].Org}
	}
	return f.Store.Commit(ctx, b)
}

// done is a request that had its effect, with the answer.
type done struct {
	request engine.Request
	reply   engine.Reply
}

// history is a random day.
type history struct {
	t       *rapid.T
	c       *centre
	readers *readers
	fault   string
	actors  []access.Actor
	done    []done
	n       int
}

// everything is after how many steps all is held against all. What differs once
// goes on differing, so nothing is missed by it; after the other steps the
// invariants are checked, and the desks and threads that were told something.
const everything = 8

// Whatever happens, in whatever order, with restarts, lost answers and commits
// that fail: what is in memory is what is stored, the invariants hold,
// everybody is told exactly what a reload would show, and what was answered
// stays answered.
func TestRandomDays(t *testing.T) {
	met, total := map[string]int{}, 0
	rapid.Check(t, func(rt *rapid.T) {
		h := newHistory(t, rt)
		defer h.c.close()
		steps := 1 + pick(rt, "steps", 80)
		for n := range steps {
			broke := h.act()
			h.check(broke || n%everything == everything-1 || n == steps-1)
		}
		total += steps
		for k, n := range h.readers.met {
			met[k] += n
		}
	})
	// A history that never got anywhere proves nothing.
	for _, kind := range []string{"message", "joined", "left", "owner", "line", "status", "receipt", "note", "staff_line", "agent", "card", "card_gone", "revoked", "resumed", "repeated", "failed", "restarted"} {
		if met[kind] == 0 && !testing.Short() {
			t.Errorf("in all histories nothing was %s: %v", kind, met)
		}
	}
	t.Logf("%d steps, met %v", total, met)
}

func newHistory(t *testing.T, rt *rapid.T) *history {
	h := &history{t: rt, actors: []access.Actor{anna, ben, cleo, vera, adam}}
	// Every history has a file of its own.
	h.c = newCentreIn(t.TempDir(), t, func(c *org.Config) {
		c.Organization.Settings.ReasonChangeable = time.Hour
		c.Organization.Settings.ConfirmWithin = 10 * time.Second
		c.Organization.Settings.Capacity = 2
		c.Queues[1].WrapUpAuto = 20 * time.Second
		c.Users[3].Roles = append(c.Users[3].Roles, org.RoleSupervisor) // Cleo is both
	}, func(s engine.Store) engine.Store { return faulty{s, &h.fault} })
	h.actors[2].Roles = []org.Role{org.RoleAgent, org.RoleSupervisor}
	for n := range 4 {
		h.actors = append(h.actors, customer(n+1))
	}
	h.readers = newReaders(h.c)
	// Most days begin with people at their desks and customers waiting.
	if pick(rt, "quiet", 5) > 0 {
		for _, a := range []access.Actor{anna, ben, h.actors[2]} {
			h.send(a, engine.SignInToFloor{})
			h.send(a, engine.SetPresence{Presence: routing.Available})
		}
		for n := range 1 + pick(rt, "waiting", 4) {
			who := customer(n + 1)
			h.send(who, engine.StartConversation{Asset: "ast_1", Customer: who.Customer, Name: "Sara", Language: "ar", Text: "hello"})
		}
		h.check(true)
	}
	return h
}

func (h *history) conversations() []id.Conversation {
	var all []id.Conversation
	for _, d := range h.done {
		if _, ok := d.request.Command.(engine.StartConversation); ok && !slices.Contains(all, d.reply.Conversation) {
			all = append(all, d.reply.Conversation)
		}
	}
	return all
}

// act does one thing. It reports whether memory was given up by it, so that all
// has to be looked at.
func (h *history) act() (broke bool) {
	switch k := pick(h.t, "what", 100); {
	case k < 8:
		h.c.clock.pass(rapid.SampledFrom([]time.Duration{time.Millisecond, time.Second, time.Second, 6 * time.Second, 6 * time.Second, 31 * time.Second, 3 * time.Minute, 11 * time.Minute}).Draw(h.t, "passes"))
		h.c.settle()
	case k < 12 && len(h.done) > 0:
		h.repeat()
	case k < 14:
		h.c.restart()
		h.readers.met["restarted"]++
		return true
	case k < 16:
		if err := h.c.Forget(context.Background()); err != nil {
			h.t.Fatal(err)
		}
		return true
	case k < 20:
		h.sleepOrWake()
	case k < 24:
		h.fault = rapid.SampledFrom([]string{"before", "after"}).Draw(h.t, "fault")
		h.send(h.command())
		h.fault = ""
		return true
	default:
		h.send(h.command())
	}
	return false
}

// sleepOrWake has somebody lose their connection, or come back.
func (h *history) sleepOrWake() {
	keys := slices.Sorted(maps.Keys(h.readers.all))
	if len(keys) == 0 {
		return
	}
	key := rapid.SampledFrom(keys).Draw(h.t, "reader")
	if r := h.readers.all[key]; !r.asleep {
		r.asleep = r.live
		return
	}
	if err := h.readers.resume(key); err != nil {
		h.t.Fatal(err)
	}
}

// send does it, and again if the answer was lost.
func (h *history) send(who access.Actor, command engine.Command) {
	h.n++
	q := engine.Request{Actor: who, CommandID: fmt.Sprintf("c%d", h.n), Command: command}
	h.t.Logf("%v %s%s %T%+v", h.c.clock.Wall().Format("15:04:05.000"), who.User, who.Customer, command, command)
	reply, err := h.c.Do(context.Background(), q)
	if problem.CodeOf(err) == problem.Unavailable {
		h.readers.met["failed"]++
		h.told()
		reply, err = h.c.Do(context.Background(), q)
	}
	switch code := problem.CodeOf(err); {
	case err == nil:
		h.done = append(h.done, done{q, reply})
	case code == problem.Internal || code == problem.Unavailable:
		h.t.Fatalf("%T: %v", command, err)
	}
}

// told: after a commit that failed nobody is told; whoever follows notices that
// the topic has moved on and asks.
func (h *history) told() {
	for _, key := range slices.Sorted(maps.Keys(h.readers.all)) {
		r := h.readers.all[key]
		if !r.live || r.asleep {
			continue
		}
		r.asleep = true
		if err := h.readers.tell(h.c.messages()); err != nil {
			h.t.Fatal(err)
		}
		if err := h.readers.resume(key); err != nil {
			h.t.Fatal(err)
		}
	}
}

// repeat sends something again that was answered: the answer is the same.
func (h *history) repeat() {
	d := rapid.SampledFrom(h.done).Draw(h.t, "again")
	got, err := h.c.Do(context.Background(), d.request)
	if !remembered(d.request.Command) {
		return
	}
	if err != nil {
		h.t.Fatalf("%T%+v again: %v", d.request.Command, d.request.Command, err)
	}
	h.readers.met["repeated"]++
	if !got.Duplicate {
		h.t.Fatalf("%T%+v had its effect twice", d.request.Command, d.request.Command)
	}
	got.Duplicate = d.reply.Duplicate
	if diff := cmp.Diff(d.reply, got); diff != "" {
		h.t.Fatalf("%T again (-first +again):\n%s", d.request.Command, diff)
	}
	other := d.request
	switch other.Command.(type) {
	case engine.StartConversation:
		other.Command = engine.StartConversation{Customer: other.Actor.Customer, Text: "something else"}
	case engine.AcceptOffer, engine.DeclineOffer: // known by the user, not by the conversation
		other.Command = engine.AcceptOffer{Offer: 9999}
	default:
		other.Command = engine.SendMessage{Conversation: d.reply.Conversation, Text: "something else"}
	}
	if _, err := h.c.Do(context.Background(), other); err == nil {
		h.t.Fatalf("%T and %T have one identifier", d.request.Command, other.Command)
	}
}

// remembered are the commands that always have an effect if they are answered.
func remembered(c engine.Command) bool {
	switch c.(type) {
	case engine.StartConversation, engine.SendMessage, engine.AddNote, engine.AcceptOffer, engine.DeclineOffer, engine.Transfer,
		engine.Invite, engine.CancelInvitation, engine.HandOver, engine.LeaveConference, engine.RemoveGuest, engine.EndConversation, engine.EndChat:
		return true
	}
	return false
}

// pick draws one of 0 to n-1, all as likely: rapid's own numbers are mostly
// small ones.
func pick(t *rapid.T, what string, n int) int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return rapid.SampledFrom(all).Draw(t, what)
}

// command is something somebody might do, most of the time something that
// makes sense.
func (h *history) command() (access.Actor, engine.Command) {
	t := h.t
	agents := []access.Actor{anna, ben, h.actors[2]}
	agent := rapid.SampledFrom(agents).Draw(t, "agent")
	other := rapid.SampledFrom(agents).Draw(t, "other").User
	text := rapid.SampledFrom([]string{"hello", "مرحبا", "", "a < b", "again"}).Draw(t, "text")
	in, err := h.c.Inside(context.Background(), acme)
	if err != nil {
		t.Fatal(err)
	}
	conv := id.Conversation("conv_unknown")
	if all := h.conversations(); len(all) > 0 {
		conv = rapid.SampledFrom(all).Draw(t, "conversation")
	}
	var who access.Actor
	for _, c := range in.Chats {
		if c.Header.ID == conv {
			who = access.Actor{Kind: access.Customer, Org: acme, Customer: c.Header.Customer}
		}
	}
	if who.Kind == "" {
		who = customer(1)
	}
	// What is open decides what is likely to be tried.
	if offers := in.Records.Offers; len(offers) > 0 && pick(t, "answer", 4) > 0 {
		o := rapid.SampledFrom(offers).Draw(t, "offer")
		me := h.actor(o.Agent)
		switch pick(t, "how", 8) {
		case 0:
			return me, engine.DeclineOffer{Offer: o.ID}
		case 1, 2:
			return me, engine.ConfirmOffer{Offer: o.ID}
		case 3:
			return agent, engine.AcceptOffer{Offer: o.ID}
		default:
			return me, engine.AcceptOffer{Offer: o.ID}
		}
	}
	part := id.Part(1)
	if parts := in.Records.Parts; len(parts) > 0 {
		p := rapid.SampledFrom(parts).Draw(t, "part")
		part = p.ID
		if pick(t, "own part", 3) > 0 {
			agent, conv = h.actor(p.Agent), p.Conversation
		}
	}
	if owner, guest, conv := conference(in.Records.Parts); guest != "" && pick(t, "conference", 2) == 0 {
		return h.actor(owner), engine.HandOver{Conversation: conv, To: guest}
	}
	switch pick(t, "command", 36) {
	case 0, 1, 2:
		who = customer(1 + pick(t, "customer", 4))
		asset := rapid.SampledFrom([]id.Asset{"ast_1", "ast_1", "ast_2"}).Draw(t, "asset")
		return who, engine.StartConversation{Asset: asset, Customer: who.Customer, Name: "Sara", Language: "ar", Text: text}
	case 3:
		return who, engine.EndChat{Conversation: conv}
	case 4, 5:
		return who, engine.SendMessage{Conversation: conv, Text: text}
	case 6, 7:
		return agent, engine.SendMessage{Conversation: conv, Text: text}
	case 8:
		seq := id.Seq(pick(t, "seen", 31))
		if rapid.Bool().Draw(t, "agent reads") {
			who = agent
		}
		return who, engine.MarkReceived{Conversation: conv, Delivered: seq, Seen: seq - 1}
	case 9:
		return agent, engine.ShowTyping{Conversation: conv, On: true}
	case 10:
		return agent, engine.SignInToFloor{}
	case 11, 12, 13:
		return agent, engine.SetPresence{Presence: routing.Available}
	case 14:
		return h.actors[2], engine.SetPresence{User: other, Presence: routing.Idle}
	case 15:
		return agent, engine.SignOutOfFloor{}
	case 16:
		return h.actors[2], engine.SignOutOfFloor{User: other}
	case 17:
		return agent, engine.AddNote{Conversation: conv, Text: text}
	case 18:
		return agent, engine.Transfer{Conversation: conv, ToQueue: rapid.SampledFrom([]id.Queue{"que_1", "que_2"}).Draw(t, "queue"), Note: text}
	case 19:
		return agent, engine.Transfer{Conversation: conv, ToAgent: other, Note: text}
	case 20, 28, 29, 30, 31, 32, 33, 34, 35:
		return agent, engine.Invite{Conversation: conv, Guest: other}
	case 21:
		return agent, rapid.SampledFrom([]engine.Command{
			engine.CancelInvitation{Conversation: conv},
			engine.HandOver{Conversation: conv, To: other},
			engine.LeaveConference{Conversation: conv},
			engine.RemoveGuest{Conversation: conv, Guest: other},
		}).Draw(t, "conference")
	case 22:
		return agent, engine.EndConversation{Conversation: conv}
	case 23, 24:
		return agent, engine.SubmitWrapUp{Part: part, Reason: rapid.SampledFrom([]id.Reason{"rsn_1", "rsn_2", ""}).Draw(t, "reason"), Note: rapid.SampledFrom([]string{"", "done"}).Draw(t, "note")}
	case 25:
		return agent, rapid.SampledFrom([]engine.Command{engine.StopWrapUpTimer{Part: part}, engine.ExtendWrapUp{Part: part}}).Draw(t, "timer")
	case 26:
		if rapid.Bool().Draw(t, "customer's") {
			return who, rapid.SampledFrom([]engine.Command{engine.CustomerLost{Conversation: conv}, engine.CustomerBack{Conversation: conv}}).Draw(t, "connection")
		}
		return agent, rapid.SampledFrom([]engine.Command{engine.AgentLost{}, engine.AgentBack{}}).Draw(t, "connection")
	default:
		if pick(t, "asset is deleted", 6) > 0 {
			return agent, engine.AgentBack{}
		}
		return adam, engine.DeleteAsset{Asset: "ast_2", Confirmation: "Help"}
	}
}

// conference finds an owner with a guest.
func conference(parts []routing.Part) (owner, guest id.User, conv id.Conversation) {
	for _, g := range parts {
		for _, o := range parts {
			if g.Conversation == o.Conversation && g.Role == routing.Guest && o.Role == routing.Owner && g.EndedAt.IsZero() && o.EndedAt.IsZero() {
				return o.Agent, g.Agent, g.Conversation
			}
		}
	}
	return "", "", ""
}

func (h *history) actor(u id.User) access.Actor {
	i := slices.IndexFunc(h.actors, func(a access.Actor) bool { return a.User == u })
	return h.actors[i]
}

// check holds what people see, and the rules, after every step; and with all,
// everything against everything.
func (h *history) check(all bool) {
	h.t.Helper()
	in, err := h.c.Inside(context.Background(), acme)
	if err != nil {
		h.t.Fatal(err)
	}
	if in.Broken != nil {
		h.t.Fatal(in.Broken)
	}
	if n := h.c.Counts().Violations.Load(); n > 0 {
		h.t.Fatalf("%d violations", n)
	}
	if all {
		h.stored(in)
	}
	if err := h.readers.follow(h.actors, h.conversations(), all); err != nil {
		h.t.Fatal(err)
	}
}

// stored: what is in memory is what is stored.
func (h *history) stored(in engine.Inside) {
	h.t.Helper()
	ctx := context.Background()
	floor, err := h.c.db.Floor(ctx, acme)
	if err != nil {
		h.t.Fatal(err)
	}
	if diff := unlike(in.Records, floor.Records); diff != "" {
		h.t.Fatalf("the floor in memory and in the store (-memory +store):\n%s", diff)
	}
	var ids []id.Conversation
	for _, c := range in.Chats {
		ids = append(ids, c.Header.ID)
	}
	stored, err := h.c.db.Chats(ctx, acme, ids)
	if err != nil {
		h.t.Fatal(err)
	}
	for i := range stored {
		stored[i].Sent = nil // in memory it is empty: everything was taken
	}
	byID := func(a, b chat.Record) int { return strings.Compare(string(a.Header.ID), string(b.Header.ID)) }
	slices.SortFunc(in.Chats, byID)
	slices.SortFunc(stored, byID)
	if diff := unlike(in.Chats, stored); diff != "" {
		h.t.Fatalf("the conversations in memory and in the store (-memory +store):\n%s", diff)
	}
}

// unlike is how two values differ, if they do; most do not, which is seen
// faster.
func unlike(a, b any) string {
	if reflect.DeepEqual(a, b) {
		return ""
	}
	return cmp.Diff(a, b, cmpopts.EquateEmpty())
}
