package routing

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

var update = flag.Bool("update", false, "write what the machine does into testdata")

// The scripts tell what must be: who does what at which time, and indented
// below it what follows. Between two lines everything happens that is due, at
// its time. After every step the invariants are checked, the floor is loaded
// anew from its records, and a store that was only ever told the changes has
// to hold the same records.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := newScript(t).run(string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := gocmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-script +machine):\n%s", file, diff)
			}
		})
	}
}

// script runs one file.
type script struct {
	t      *testing.T
	config org.Config
	state  *State
	kept   *ledgerStore
	now    time.Time
	offers map[string]id.Offer // by "agent conversation": the last one made
	parts  map[string]id.Part
	out    strings.Builder
}

func newScript(t *testing.T) *script {
	return &script{t: t, config: scriptConfig(), kept: &ledgerStore{}, offers: map[string]id.Offer{}, parts: map[string]id.Part{}}
}

// scriptConfig is what a script starts from: Anna, Ben and Cleo sell, Dina
// supports; the web asset leads to sales, the shop to support. Sara supervises.
func scriptConfig() org.Config {
	set := org.Defaults()
	set.ConfirmWithin = 0
	agent := func(name id.User, team id.Team) org.User {
		return org.User{ID: name, Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{team}}
	}
	return org.Config{
		Version:      1,
		Organization: org.Organization{ID: "org", Settings: set},
		Users: []org.User{
			agent("anna", "sellers"), agent("ben", "sellers"), agent("cleo", "sellers"), agent("dina", "helpers"),
			{ID: "sara", Roles: []org.Role{org.RoleSupervisor}},
		},
		Teams:  []org.Team{{ID: "helpers"}, {ID: "sellers"}},
		Queues: []org.Queue{{ID: "sales", Teams: []id.Team{"sellers"}}, {ID: "support", Teams: []id.Team{"helpers"}}},
		Assets: []org.Asset{{ID: "shop", Queue: "support"}, {ID: "web", Queue: "sales"}},
		Reasons: []org.Reason{
			{ID: "lunch", Kind: org.IdleReason},
			{ID: org.ReasonDeclined, Kind: org.IdleReason},
			{ID: "solved", Kind: org.WrapUpReason},
			{ID: "spam", Kind: org.WrapUpReason},
		},
	}
}

func (s *script) run(text string) string {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "    ") {
			continue
		}
		fmt.Fprintln(&s.out, line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		at, err := time.Parse("15:04:05", words[0])
		if err != nil {
			s.set(words)
			continue
		}
		if s.state == nil {
			s.state = New(s.config)
		}
		s.line(t0.Add(at.Sub(at.Truncate(24*time.Hour))-9*time.Hour), words[1:])
	}
	return s.out.String()
}

// line lets happen what is due before at, then does what the words say.
func (s *script) line(at time.Time, words []string) {
	if words[0] != "unticked" {
		for {
			due, ok := s.state.Deadline()
			if !ok || !due.Before(at) {
				break
			}
			s.now = due
			s.step(due, Tick{})
		}
	} else {
		words = words[1:]
	}
	s.now = at
	switch words[0] {
	case "see":
		s.see(words[1])
	case "why":
		s.why(id.Conversation(words[1]))
	case "asks":
		s.asks(id.Conversation(words[1]))
	case "restart":
		s.restart()
	case "ready":
		s.step(at, SignIn{id.User(words[1])})
		s.step(at, SetPresence{Agent: id.User(words[1]), Presence: Available})
	case "change":
		if s.set(words[1:]); s.config.Version > 0 {
			s.config.Version++
		}
		s.step(at, Configure{s.config})
	default:
		s.step(at, s.event(words))
	}
}

// step steps the machine, prints what followed and checks that all is well.
func (s *script) step(at time.Time, ev Event) {
	s.t.Helper()
	was := s.state.Records()
	effects, err := s.state.Step(at, ev)
	indent := "    "
	if _, tick := ev.(Tick); tick && len(effects) > 0 {
		indent += at.Format("15:04:05 ")
	}
	for _, e := range effects {
		s.note(e)
		fmt.Fprintf(&s.out, "%s%s\n", indent, describe(e))
	}
	if err != nil {
		fmt.Fprintf(&s.out, "    refused: %v\n", problem.Of(err))
		left := s.state.TakeChanges()
		if diff := gocmp.Diff(was, s.state.Records()); diff != "" || len(left.Agents)+len(left.Conversations)+len(left.Tasks)+len(left.Offers)+len(left.Parts) > 0 {
			s.t.Fatalf("%s: %T%+v is refused, and something is left: %+v\n%s", at.Format("15:04:05"), ev, ev, left, diff)
		}
		s.step(at, Tick{}) // nothing happened, not even what was due
		return
	}
	s.soundness(at)
}

func (s *script) soundness(at time.Time) {
	s.t.Helper()
	if err := s.state.Check(at); err != nil {
		s.t.Fatalf("%s: %v", at.Format("15:04:05"), err)
	}
	s.kept.apply(s.state.TakeChanges())
	records := s.state.Records()
	if diff := gocmp.Diff(records, s.kept.records(records)); diff != "" {
		s.t.Fatalf("%s: a store told of the changes holds something else (-machine +store):\n%s", at.Format("15:04:05"), diff)
	}
	again, err := Load(s.config, records)
	if err != nil {
		s.t.Fatal(err)
	}
	if diff := gocmp.Diff(s.state.indexes(), again.indexes()); diff != "" {
		s.t.Fatalf("%s: a reload is not the same (-running +reloaded):\n%s", at.Format("15:04:05"), diff)
	}
}

func (s *script) restart() {
	again, err := Load(s.config, s.state.Records())
	if err != nil {
		s.t.Fatal(err)
	}
	s.state = again
}

func (s *script) note(e Effect) {
	switch e := e.(type) {
	case OfferMade:
		s.offers[string(e.Agent)+" "+string(e.Conversation)] = e.Offer
	case PartBegun:
		s.parts[string(e.Agent)+" "+string(e.Conversation)] = e.Part
	}
}

// event reads one line of a script.
func (s *script) event(w []string) Event {
	by := id.User("")
	if n := len(w); n > 2 && w[n-2] == "by" {
		by, w = id.User(w[n-1]), w[:n-2]
	}
	arg := func(i int) string {
		if i < len(w) {
			return w[i]
		}
		return ""
	}
	user := func(i int) id.User { return id.User(arg(i)) }
	conv := func(i int) id.Conversation { return id.Conversation(arg(i)) }
	offer := func() id.Offer { return s.offers[arg(1)+" "+arg(2)] }
	part := func() id.Part { return s.parts[arg(1)+" "+arg(2)] }
	switch w[0] {
	case "tick":
		return Tick{}
	case "sign-in":
		return SignIn{user(1)}
	case "sign-out":
		return SignOut{Agent: user(1), By: by}
	case "available":
		return SetPresence{Agent: user(1), Presence: Available, By: by}
	case "idle":
		return SetPresence{Agent: user(1), Presence: Idle, IdleReason: id.Reason(arg(2)), By: by}
	case "lost":
		return LoseAgent{user(1)}
	case "back":
		return RegainAgent{user(1)}
	case "painted":
		return ConfirmOffer{user(1), offer()}
	case "accept":
		return AcceptOffer{user(1), offer()}
	case "decline":
		return DeclineOffer{user(1), offer(), id.Reason(arg(3))}
	case "pick":
		return Pick{user(1), conv(2)}
	case "start", "message":
		ev := Start{Conversation: conv(1), Asset: "web", Customer: "customer", LeftMessage: w[0] == "message"}
		for i := 2; i+1 < len(w); i += 2 {
			switch w[i] {
			case "on":
				ev.Asset = id.Asset(w[i+1])
			case "priority":
				ev.Priority = s.number(w[i+1])
			case "in":
				ev.Language = w[i+1]
			case "of":
				ev.Regular = id.User(w[i+1])
			case "for":
				ev.Queue = id.Queue(w[i+1])
			case "answering", "signed":
				from := map[string]org.Source{"answering": org.FromForm, "signed": org.FromIdentity}[w[i]]
				for _, r := range s.requirements(w[i+1]) {
					ev.Requires = append(ev.Requires, org.Required{Requirement: r, From: from})
				}
			}
		}
		return ev
	case "customer-lost":
		return LoseCustomer{conv(1)}
	case "customer-back":
		return RegainCustomer{conv(1)}
	case "customer-writes":
		return Spoke{Conversation: conv(1), FromCustomer: true}
	case "customer-leaves":
		return CustomerEnd{conv(1)}
	case "writes":
		return Spoke{Conversation: conv(2)}
	case "transfer":
		if arg(4) == "queue" {
			return Transfer{Agent: user(1), Conversation: conv(2), ToQueue: id.Queue(arg(5))}
		}
		return Transfer{Agent: user(1), Conversation: conv(2), ToAgent: user(4)}
	case "invite":
		return Invite{user(1), conv(2), user(3)}
	case "cancel":
		return CancelInvitation{user(1), conv(2)}
	case "hand-over":
		return HandOver{user(1), conv(2), user(3)}
	case "leave":
		return LeaveConference{user(1), conv(2)}
	case "remove":
		return RemoveGuest{user(1), conv(2), user(3)}
	case "end":
		return End{Agent: user(1), Conversation: conv(2), By: by}
	case "wrap-up":
		return SubmitWrapUp{user(1), part(), id.Reason(arg(3))}
	case "stop-timer":
		return StopWrapUpTimer{user(1), part()}
	case "extend":
		return ExtendWrapUp{user(1), part()}
	case "change-reason":
		p := s.kept.parts[part()]
		return ChangeReason{user(1), p, id.Reason(arg(3))}
	case "delete-asset":
		for i := range s.config.Assets {
			if s.config.Assets[i].ID == id.Asset(arg(1)) {
				s.config.Assets = slices.Clone(s.config.Assets)
				s.config.Assets[i].Deleted = true
			}
		}
		return DeleteAsset{id.Asset(arg(1))}
	}
	s.t.Fatalf("no such line: %v", w)
	return nil
}

// see prints how something stands.
func (s *script) see(what string) {
	p := func(format string, args ...any) { fmt.Fprintf(&s.out, "    "+format+"\n", args...) }
	if a, ok := s.state.Agent(id.User(what)); ok {
		occupied, capacity := s.state.AgentLoad(a.ID)
		p("%s is %s, %d of %d slots", a.ID, presence(a.Presence, a.IdleReason), occupied, capacity)
		return
	}
	if c, ok := s.state.Conversation(id.Conversation(what)); ok {
		for _, part := range s.state.PartsIn(c.ID) {
			doing := string(part.Role)
			if !part.EndedAt.IsZero() {
				doing = "wrap-up"
			}
			p("%s: %s, %s, slot %d", c.ID, part.Agent, doing, part.Slot)
		}
		if t, ok := s.state.PendingIn(c.ID); ok {
			line := fmt.Sprintf("%s: %s task %s in %s", c.ID, t.Kind, t.State, t.Queue)
			if n, ok := s.state.Position(c.ID); ok {
				line += fmt.Sprintf(", position %d", n)
			}
			p("%s", line)
		}
		p("%s: could be given to %v", c.ID, s.state.TransferTargets(c.ID, ""))
		return
	}
	if s.state.setup.queues[id.Queue(what)] != nil {
		waiting, available := s.state.QueueLoad(id.Queue(what))
		p("%s: %d waiting, %d agents free", what, waiting, available)
		return
	}
	if what == "ledger" {
		p("%+v", s.state.Ledger())
		return
	}
	if o, ok := s.kept.lastOffer(); ok && what == "decision" {
		picked := ""
		if o.Decision.Picked {
			picked = fmt.Sprintf(", picked before %d others", o.Decision.Overtook)
		}
		p("offer of %s to %s: %d considered, then %v, excluded %v%s", o.Conversation, o.Agent, o.Decision.Considered, o.Decision.RunnersUp, o.Decision.Excluded, picked)
		return
	}
	p("%s is not on the floor", what)
}

// why prints what rules each agent out of being offered a conversation.
func (s *script) why(c id.Conversation) {
	t, _ := s.state.PendingIn(c)
	for _, u := range s.config.Users {
		if x := s.state.ruledOut(&t, u.ID); x != NotServing {
			fmt.Fprintf(&s.out, "    %s for %s: %s\n", u.ID, c, strings.ReplaceAll(cmp.Or(string(x), "could take it"), "_", " "))
		}
	}
}

// asks prints what a conversation asks for, and where that comes from.
func (s *script) asks(c id.Conversation) {
	t, _ := s.state.PendingIn(c)
	for _, a := range s.state.asks(&t) {
		line := fmt.Sprintf("%s asks for %s %s", c, a.Skill, a.Compare)
		if a.Text != "" {
			line += " " + a.Text
		} else {
			line += fmt.Sprintf(" %d", a.Level)
		}
		for _, x := range []struct {
			is   bool
			said string
		}{{a.Relaxed, "relaxed"}, {a.Dropped, "dropped"}, {a.Ignored, "not asked"}} {
			if x.is {
				line += ", " + x.said
			}
		}
		fmt.Fprintf(&s.out, "    %s (%s)\n", line, a.From)
	}
}

// ledgerStore is a store that learns of the floor only by its changes.
type ledgerStore struct {
	agents        map[id.User]Agent
	conversations map[id.Conversation]Conversation
	tasks         map[id.Task]Task
	offers        map[id.Offer]Offer
	parts         map[id.Part]Part
}

func keep[K comparable, R any](m *map[K]R, rows []R, key func(R) K) {
	if *m == nil {
		*m = map[K]R{}
	}
	for _, r := range rows {
		(*m)[key(r)] = r
	}
}

func (l *ledgerStore) apply(r Records) {
	keep(&l.agents, r.Agents, func(a Agent) id.User { return a.ID })
	keep(&l.conversations, r.Conversations, func(c Conversation) id.Conversation { return c.ID })
	keep(&l.tasks, r.Tasks, func(t Task) id.Task { return t.ID })
	keep(&l.offers, r.Offers, func(o Offer) id.Offer { return o.ID })
	keep(&l.parts, r.Parts, func(p Part) id.Part { return p.ID })
}

func open[K interface{ ~int64 | ~string }, R any](m map[K]R, open func(R) bool) []R {
	var keys []K
	for k, r := range m {
		if open(r) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	var rows []R
	for _, k := range keys {
		rows = append(rows, m[k])
	}
	return rows
}

// records are the open ones, with the ordinals of r.
func (l *ledgerStore) records(r Records) Records {
	parts := open(l.parts, func(p Part) bool { return p.SubmittedAt.IsZero() })
	return Records{
		Agents: open(l.agents, func(Agent) bool { return true }),
		Conversations: open(l.conversations, func(c Conversation) bool {
			return c.ClosedAt.IsZero() || slices.ContainsFunc(parts, func(p Part) bool { return p.Conversation == c.ID })
		}),
		Tasks:    open(l.tasks, func(t Task) bool { return t.State != TaskEnded }),
		Offers:   open(l.offers, func(o Offer) bool { return o.End == OfferOpen }),
		Parts:    parts,
		LastTask: r.LastTask, LastOffer: r.LastOffer, LastPart: r.LastPart,
	}
}

func (l *ledgerStore) lastOffer() (last Offer, ok bool) {
	for _, o := range l.offers {
		if o.ID > last.ID {
			last = o
		}
	}
	return last, last.ID > 0
}
