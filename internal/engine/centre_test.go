package engine_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/bus"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/store"
	"hiwar/internal/view"
)

// centre is a contact centre with real SQLite and a clock that obeys, to be
// closed and opened again at any moment.
type centre struct {
	t     testing.TB
	path  string
	clock *fakeClock
	db    *store.DB
	wrap  func(engine.Store) engine.Store // to put faults between engine and store
	ids   uint16

	*engine.Engine
	bus  *bus.InProcess
	stop func() error

	mu   sync.Mutex
	told []engine.Message
	lost []id.Org // that another engine has

	commands int
}

const acme id.Org = "org_acme"

// agents of the sample organization, and their supervisor and administrator.
var (
	anna  = staff("usr_anna", org.RoleAgent)
	ben   = staff("usr_ben", org.RoleAgent)
	cleo  = staff("usr_cleo", org.RoleAgent)
	vera  = staff("usr_vera", org.RoleSupervisor)
	adam  = staff("usr_adam", org.RoleAdministrator)
	bot   = access.Actor{Kind: access.System, Org: acme}
	alien = access.Actor{Kind: access.Staff, Org: "org_other", User: "usr_zed", Roles: []org.Role{org.RoleAgent, org.RoleSupervisor, org.RoleAdministrator}}
)

func staff(u id.User, roles ...org.Role) access.Actor {
	return access.Actor{Kind: access.Staff, Org: acme, User: u, Roles: roles}
}

func customer(n int) access.Actor {
	return access.Actor{Kind: access.Customer, Org: acme, Customer: id.Customer(fmt.Sprintf("cus_%d", n))}
}

func sample() org.Config {
	settings := org.Defaults()
	settings.AllowDecline = true
	user := func(a access.Actor, name string) org.User {
		return org.User{ID: a.User, Name: name, Email: strings.ToLower(name) + "@acme.example", Roles: a.Roles, Teams: []id.Team{"team_1"}, Version: 1}
	}
	return org.Config{
		Organization: org.Organization{ID: acme, Name: org.Name{En: "Acme", Ar: "أكمي"}, Language: "ar", TimeZone: "Asia/Riyadh", Settings: settings, Version: 1},
		Users:        []org.User{user(adam, "Adam"), user(anna, "Anna"), user(ben, "Ben"), user(cleo, "Cleo"), user(vera, "Vera")},
		Teams:        []org.Team{{ID: "team_1", Name: org.Name{En: "Front"}, Version: 1}},
		Queues: []org.Queue{
			{ID: "que_1", Name: org.Name{En: "General", Ar: "عام"}, Teams: []id.Team{"team_1"}, Priority: 5, OnUnanswered: org.Requeue, WrapUpRequired: true, ManualPick: true, Version: 1},
			{ID: "que_2", Name: org.Name{En: "Returns", Ar: "المرتجعات"}, Teams: []id.Team{"team_1"}, Priority: 5, OnUnanswered: org.Return, Version: 1},
		},
		Assets: []org.Asset{
			{ID: "ast_1", Key: "shop", Name: org.Name{En: "Shop", Ar: "المتجر"}, Queue: "que_1", Languages: []string{"ar", "en"}, Language: "ar", Color: "#1160b7", Version: 1},
			{ID: "ast_2", Key: "help", Name: org.Name{En: "Help"}, Queue: "que_2", Languages: []string{"ar", "en"}, Language: "ar", Color: "#1160b7", Version: 1},
		},
		Reasons: []org.Reason{
			{ID: "rsn_1", Kind: org.WrapUpReason, Name: org.Name{En: "Solved", Ar: "حُلّت"}, Order: 1, Version: 1},
			{ID: "rsn_2", Kind: org.WrapUpReason, Name: org.Name{En: "Later", Ar: "لاحقاً"}, Order: 2, Version: 1},
		},
		Version: 1,
	}
}

// newCentre opens a centre with the sample organization.
func newCentre(t testing.TB, change ...func(*org.Config)) *centre {
	t.Helper()
	c := newCentreIn(t.TempDir(), t, func(config *org.Config) {
		for _, f := range change {
			f(config)
		}
	}, nil)
	t.Cleanup(c.close)
	return c
}

// newCentreIn opens a centre that the caller closes. wrap may come between the
// engine and the store.
func newCentreIn(dir string, t testing.TB, change func(*org.Config), wrap func(engine.Store) engine.Store) *centre {
	t.Helper()
	c := &centre{t: t, path: filepath.Join(dir, "hiwar.db"), clock: newClock(), wrap: wrap}
	empty, err := migrated()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(c.path, empty, 0o600); err != nil {
		t.Fatal(err)
	}
	c.openStore()
	config := sample()
	change(&config)
	if err := c.db.CreateOrganization(context.Background(), config, nil, access.Digest{}, morning); err != nil {
		t.Fatal(err)
	}
	c.start()
	return c
}

// migrated is a database with the schema and nothing else. Making it costs more
// than most of these tests do, so it is made once and copied.
var migrated = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "hiwar-engine-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "hiwar.db")
	db, err := store.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func (c *centre) openStore() {
	c.t.Helper()
	db, err := store.OpenAsIs(context.Background(), c.path)
	if err != nil {
		c.t.Fatal(err)
	}
	c.db = db
}

// start runs an engine on the store.
func (c *centre) start() {
	c.t.Helper()
	var s engine.Store = c.db
	if c.wrap != nil {
		s = c.wrap(s)
	}
	people, both := s.(engine.People)
	if !both {
		people = c.db
	}
	c.bus = bus.New()
	c.bus.Subscribe(func(m engine.Message) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.told = append(c.told, m)
	}, func() {})
	c.Engine = engine.New(engine.Options{
		Store: s, Reader: c.db, Own: c.db, Uploads: c.db, People: people, Bus: c.bus, Clock: c.clock, Log: slog.New(slog.DiscardHandler),
		NewID: func() [16]byte { c.ids++; return numbered(c.ids) },
		Stale: func(o id.Org) { c.lost = append(c.lost, o) },
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx) }()
	var once sync.Once
	var result error
	c.stop = func() error {
		once.Do(func() { cancel(); result = <-ended })
		return result
	}
}

// numbered is the n-th identifier that is drawn.
func numbered(n uint16) [16]byte { return [16]byte{14: byte(n >> 8), 15: byte(n)} }

func (c *centre) close() {
	if err := c.stop(); err != nil && !errors.Is(err, engine.ErrBroken) {
		c.t.Errorf("the engine ended with %v", err)
	}
	if err := c.db.CheckLedger(context.Background()); err != nil {
		c.t.Error(err)
	}
	if err := c.db.Close(); err != nil {
		c.t.Error(err)
	}
}

// on is the same centre on another file, at the same time of day.
func (c *centre) on(path string) *centre {
	c.t.Helper()
	other := &centre{t: c.t, path: path, clock: c.clock, ids: c.ids}
	other.openStore()
	other.start()
	return other
}

// restart stops everything and opens it again, as an upgrade does.
func (c *centre) restart() {
	c.t.Helper()
	c.close()
	c.openStore()
	c.start()
}

// settle returns when the engine has seen the present time.
func (c *centre) settle() {
	c.t.Helper()
	if _, err := c.Expected(context.Background()); err != nil {
		c.t.Fatal(err)
	}
}

func (c *centre) pass(d time.Duration) {
	c.t.Helper()
	c.clock.pass(d)
	c.settle()
}

// messages takes what was told since the last time.
func (c *centre) messages() []engine.Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	told := c.told
	c.told = nil
	return told
}

// try has somebody do something under a fresh identifier.
func (c *centre) try(who access.Actor, command engine.Command) (engine.Reply, error) {
	c.commands++
	return c.Do(context.Background(), engine.Request{Actor: who, CommandID: fmt.Sprintf("cmd-%d", c.commands), Command: command})
}

func (c *centre) do(who access.Actor, command engine.Command) engine.Reply {
	c.t.Helper()
	r, err := c.try(who, command)
	if err != nil {
		c.t.Fatalf("%s %T: %v", who.User+id.User(who.Customer), command, err)
	}
	return r
}

func (c *centre) refused(who access.Actor, command engine.Command, code problem.Code) {
	c.t.Helper()
	if _, err := c.try(who, command); problem.CodeOf(err) != code {
		c.t.Errorf("%s %T: got %v, want %s", who.User+id.User(who.Customer), command, err, code)
	}
}

// ready makes agents available.
func (c *centre) ready(agents ...access.Actor) {
	c.t.Helper()
	for _, a := range agents {
		c.do(a, engine.SignInToFloor{})
		c.do(a, engine.SetPresence{Presence: routing.Available})
	}
}

// write starts a conversation of customer n with a first message.
func (c *centre) write(n int, text string) id.Conversation {
	c.t.Helper()
	who := customer(n)
	return c.do(who, engine.StartConversation{Asset: "ast_1", Customer: who.Customer, Name: "Sara", Email: "sara@example.com", Language: "ar", Text: text}).Conversation
}

func (c *centre) desk(a access.Actor) view.Desk {
	c.t.Helper()
	d, _, err := c.Desk(context.Background(), a)
	if err != nil {
		c.t.Fatal(err)
	}
	return d
}

// request is the only request on an agent's desk.
func (c *centre) request(a access.Actor) view.Card {
	c.t.Helper()
	for _, card := range c.desk(a).Cards {
		if card.Kind == "request" {
			return card
		}
	}
	c.t.Fatalf("%s has no request: %+v", a.User, c.desk(a))
	return view.Card{}
}

// accept has the agent take the request on their desk.
func (c *centre) accept(a access.Actor) engine.Reply {
	c.t.Helper()
	return c.do(a, engine.AcceptOffer{Offer: c.request(a).Offer})
}

// answered is a conversation of customer n that the agent, made available,
// holds.
func (c *centre) answered(n int, a access.Actor) id.Conversation {
	c.t.Helper()
	c.ready(a)
	conv := c.write(n, "hello")
	if got := c.accept(a); got.Conversation != conv || got.Part == 0 {
		c.t.Fatalf("accept answered %+v, want a part of %s", got, conv)
	}
	return conv
}

func (c *centre) part(a access.Actor) id.Part {
	c.t.Helper()
	for _, card := range c.desk(a).Cards {
		if card.Part != 0 {
			return card.Part
		}
	}
	c.t.Fatalf("%s has no part", a.User)
	return 0
}

// conversation is the thread as somebody sees it.
func (c *centre) conversation(a access.Actor, conv id.Conversation) view.Conversation {
	c.t.Helper()
	data, _, err := c.Snapshot(context.Background(), a, view.ConversationTopic(conv))
	if err != nil {
		c.t.Fatalf("%s reads %s: %v", a.User+id.User(a.Customer), conv, err)
	}
	v, ok := data.(view.Conversation)
	if !ok {
		c.t.Fatalf("the snapshot is a %T", data)
	}
	return v
}

func (c *centre) staffThread(a access.Actor, conv id.Conversation) view.StaffThread {
	c.t.Helper()
	data, _, err := c.Snapshot(context.Background(), a, view.StaffTopic(conv))
	if err != nil {
		c.t.Fatalf("%s reads the staff's thread of %s: %v", a.User, conv, err)
	}
	v, ok := data.(view.StaffThread)
	if !ok {
		c.t.Fatalf("the snapshot is a %T", data)
	}
	return v
}

// texts are the messages of a thread.
func texts(v view.Conversation) []string {
	var out []string
	for _, e := range v.Entries {
		if e.Kind == "message" {
			out = append(out, e.Text)
		}
	}
	return out
}
