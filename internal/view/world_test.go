package view_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

var t0 = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// A note and a reason that no customer may ever read.
const (
	secretNote   = "between us"
	secretReason = "Wrong department"
)

var people = []id.User{"usr_layla", "usr_omar", "usr_huda", "usr_sami"}

// setup is a small organization: two queues, four agents of whom Huda also
// supervises, two sites.
func setup() org.Config {
	settings := org.Defaults()
	settings.AllowDecline = true
	c := org.Config{Organization: org.Organization{ID: "org_1", Settings: settings}, Version: 1}
	for i, name := range []string{"Layla", "Omar", "Huda", "Sami"} {
		u := org.User{ID: people[i], Name: name, Email: strings.ToLower(name) + "@staff.example", Roles: []org.Role{org.RoleAgent}}
		u.Teams = []id.Team{"team_1"}
		if name == "Huda" {
			u.Roles = append(u.Roles, org.RoleSupervisor)
		}
		if name == "Sami" {
			u.Teams = []id.Team{"team_2"}
		}
		c.Users = append(c.Users, u)
	}
	slices.SortFunc(c.Users, func(a, b org.User) int { return strings.Compare(string(a.ID), string(b.ID)) })
	c.Teams = []org.Team{{ID: "team_1"}, {ID: "team_2"}}
	c.Queues = []org.Queue{
		{ID: "que_billing", Name: org.Name{En: "Billing", Ar: "الفواتير"}, Teams: []id.Team{"team_2"}, WrapUpRequired: true},
		{ID: "que_sales", Name: org.Name{En: "Sales", Ar: "المبيعات"}, Teams: []id.Team{"team_1"}, WrapUpAuto: 3 * time.Minute, WrapUpReasons: []id.Reason{"rsn_wrong", "rsn_done"}, Limits: org.Limits{ThenText: org.Name{En: "Nobody is free now. Please write again tomorrow.", Ar: "لا يوجد وكيل متوفر الآن. يمكن الكتابة غدًا."}}},
	}
	c.Assets = []org.Asset{
		{ID: "ast_shop", Name: org.Name{En: "Shop site"}, Queue: "que_sales"},
		{ID: "ast_store", Name: org.Name{En: "Store site", Ar: "موقع المتجر"}, Queue: "que_sales"},
	}
	c.Reasons = []org.Reason{
		{ID: org.ReasonDeclined, Kind: org.IdleReason, Name: org.Name{En: "Declined", Ar: "تم الرفض"}},
		{ID: "rsn_done", Kind: org.WrapUpReason, Name: org.Name{En: "Resolved", Ar: "تم الحل"}, Order: 1},
		{ID: "rsn_lunch", Kind: org.IdleReason, Name: org.Name{En: "Lunch", Ar: "غداء"}},
		{ID: "rsn_wrong", Kind: org.WrapUpReason, Name: org.Name{En: secretReason, Ar: "قسم غير مختص"}, Order: 2},
	}
	slices.SortFunc(c.Reasons, func(a, b org.Reason) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return c
}

// world runs both machines as the engine does and looks at every view before
// and after every step.
type world struct {
	floor *routing.State
	book  view.Book
	now   time.Time
	chats map[id.Conversation]*chat.State
	logs  map[id.Conversation][]chat.Entry
	convs []id.Conversation // in order of their start
	last  []routing.Effect

	regular id.User // whom customers who start know
	leaves  bool    // they leave a message

	broken  []string // what did not hold
	met     map[string]bool
	capture func(c fixture)
}

// fixture is one case of api/fixtures/view.
type fixture struct {
	Name   string       `json:"name"`
	Before any          `json:"before"`
	Events []view.Event `json:"events"`
	After  any          `json:"after"`
	of     string       // conversation, staff or desk
}

func newWorld() *world {
	w := &world{now: t0, chats: map[id.Conversation]*chat.State{}, logs: map[id.Conversation][]chat.Entry{}, met: map[string]bool{}}
	w.floor = routing.New(setup())
	w.open(setup())
	return w
}

func (w *world) open(c org.Config) {
	w.book = view.NewBook(c, func(id id.Conversation) (chat.Header, bool) {
		s, ok := w.chats[id]
		if !ok {
			return chat.Header{}, false
		}
		return s.Header(), true
	})
}

// snapshots are all views of one moment.
type snapshots struct {
	conversations map[id.Conversation]map[view.Audience]view.Conversation
	threads       map[id.Conversation]view.StaffThread
	desks         map[id.User]view.Desk
}

func (w *world) look() snapshots {
	s := snapshots{map[id.Conversation]map[view.Audience]view.Conversation{}, map[id.Conversation]view.StaffThread{}, map[id.User]view.Desk{}}
	for _, c := range w.convs {
		s.conversations[c] = map[view.Audience]view.Conversation{}
		public, staff := split(w.logs[c])
		for _, to := range []view.Audience{view.Customer, view.Staff} {
			s.conversations[c][to] = view.ConversationOf(w.chats[c].Record(), public, false, to, w.book)
		}
		s.threads[c] = view.StaffThreadOf(c, staff, w.book)
	}
	for _, u := range people {
		s.desks[u] = view.DeskOf(w.floor, u, w.book)
	}
	return s
}

func split(log []chat.Entry) (public, staff []chat.Entry) {
	for _, e := range log {
		if e.Topic == chat.Staff {
			staff = append(staff, e)
		} else {
			public = append(public, e)
		}
	}
	return public, staff
}

// start begins a conversation.
func (w *world) start(c id.Conversation, asset id.Asset) error {
	h := chat.Header{ID: c, Asset: asset, Customer: "cus_sara", CustomerName: "Sara", Email: "sara@home.example", Language: "ar", Page: "https://shop.example/cart", StartedAt: w.now, About: chat.About{
		Phone: "+966 55 123 4567", PageTitle: "سلة المشتريات", Referrer: "https://search.example/", Browser: "ar-SA, en", TimeZone: "Asia/Riyadh", Visits: 3,
		Answers: []chat.Attribute{{Name: "Order", Value: "1200-AB/7"}}, Attributes: []chat.Attribute{{Name: "plan", Value: "gold"}},
	}}
	w.chats[c] = chat.New(h)
	w.convs = append(w.convs, c)
	err := w.step(routing.Start{Conversation: c, Asset: asset, Customer: h.Customer, Language: h.Language, Regular: w.regular, LeftMessage: w.leaves})
	if err != nil {
		delete(w.chats, c)
		w.convs = w.convs[:len(w.convs)-1]
	}
	return err
}

// wait lets time pass; what becomes due on the way happens at its time.
func (w *world) wait(d time.Duration) {
	until := w.now.Add(d)
	for {
		due, ok := w.floor.Deadline()
		if !ok || due.After(until) {
			break
		}
		if due.After(w.now) {
			w.now = due
		}
		if err := w.step(routing.Tick{}); err != nil {
			w.broken = append(w.broken, err.Error())
			return
		}
	}
	w.now = until
}

// step does one event on the floor and what follows from it in the chats.
func (w *world) step(ev routing.Event) error {
	return w.watch(fmt.Sprintf("%T", ev), func() ([]routing.Effect, error) {
		effects, err := w.floor.Step(w.now, ev)
		if err != nil {
			return nil, err
		}
		w.met[fmt.Sprintf("%T", ev)] = true
		if c, ok := ev.(routing.Configure); ok {
			w.open(c.Config)
		}
		w.last = effects
		return effects, w.follow(effects)
	})
}

// say does one event in a chat.
func (w *world) say(c id.Conversation, ev chat.Event) error {
	return w.watch(fmt.Sprintf("%T", ev), func() ([]routing.Effect, error) { return nil, w.chat(c, ev) })
}

// prove does in both machines at once what the engine does in one commit.
func (w *world) prove(c id.Conversation, customer id.Customer) error {
	ev := routing.Prove{Conversation: c, Customer: customer}
	return w.watch("chat.Prove", func() ([]routing.Effect, error) {
		if err := w.chat(c, chat.Prove{Customer: customer}); err != nil {
			return nil, err
		}
		w.met[fmt.Sprintf("%T", ev)] = true
		return w.floor.Step(w.now, ev)
	})
}

func (w *world) chat(c id.Conversation, ev chat.Event) error {
	entries, err := w.chats[c].Step(w.now, ev)
	if err == nil {
		w.met[fmt.Sprintf("%T", ev)] = true
	}
	w.logs[c] = append(w.logs[c], entries...)
	return err
}

// follow carries the floor's effects into the chats, as the engine does.
func (w *world) follow(effects []routing.Effect) error {
	closed := map[id.Conversation]bool{}
	for _, e := range effects {
		w.met[fmt.Sprintf("%T", e)] = true
		if e, ok := e.(routing.ConversationClosed); ok {
			closed[e.Conversation] = true
		}
	}
	var errs []error
	do := func(c id.Conversation, ev chat.Event) { errs = append(errs, w.chat(c, ev)) }
	line := func(c id.Conversation, topic chat.Topic, l chat.Line, params ...string) {
		p := map[string]string{}
		for i := 0; i < len(params); i += 2 {
			if params[i+1] != "" {
				p[params[i]] = params[i+1]
			}
		}
		do(c, chat.Say{Topic: topic, Line: l, Params: p})
	}
	for _, e := range effects {
		switch e := e.(type) {
		case routing.PartBegun:
			do(e.Conversation, chat.Join{User: e.Agent, Name: strings.ToUpper(string(e.Agent[4:5])) + string(e.Agent[5:]), Owner: e.Role == routing.Owner})
		case routing.PartEnded:
			if !closed[e.Conversation] {
				do(e.Conversation, chat.Leave{User: e.Agent, Cause: string(e.Cause)})
			}
		case routing.OwnerChanged:
			do(e.Conversation, chat.Own{User: e.To})
		case routing.TransferRequested:
			line(e.Conversation, chat.Staff, chat.LineTransferRequested, "from", string(e.From), "to_agent", string(e.ToAgent), "to_queue", string(e.ToQueue))
			line(e.Conversation, chat.Public, chat.LineTransferring)
			if e.ToQueue != "" {
				line(e.Conversation, chat.Public, chat.LineTransferred, "queue", string(e.ToQueue), "from", string(e.From))
			}
		case routing.TransferUnanswered:
			line(e.Conversation, chat.Staff, chat.LineTransferDropped, "target", string(e.Target), "policy", string(e.Policy))
			if !closed[e.Conversation] {
				line(e.Conversation, chat.Public, chat.LineRequeued)
			}
		case routing.ConferenceRequested:
			line(e.Conversation, chat.Staff, chat.LineConferenceRequested, "from", string(e.From), "guest", string(e.Guest))
		case routing.ConferenceNotAccepted:
			line(e.Conversation, chat.Staff, chat.LineConferenceNotAccepted, "guest", string(e.Guest), "cause", string(e.Cause))
		case routing.OfferClosed:
			if e.End == routing.OfferMissed {
				line(e.Conversation, chat.Staff, chat.LineMissed, "agent", string(e.Agent))
			}
		case routing.AgentNotice:
			l := chat.LineReconnecting
			if e.Back {
				l = chat.LineReconnected
			}
			line(e.Conversation, chat.Public, l, "agent", string(e.Agent))
		case routing.InactivityWarning:
			line(e.Conversation, chat.Public, chat.LineStillThere, "closes_at", e.ClosesAt.Format(time.RFC3339))
		case routing.InactivityLifted:
			if !closed[e.Conversation] {
				line(e.Conversation, chat.Public, chat.LineStillThereOff)
			}
		case routing.ConversationInterrupted:
			do(e.Conversation, chat.Interrupt{Asset: string(e.Asset)})
		case routing.ConversationClosed:
			do(e.Conversation, chat.Close{Cause: string(e.Cause)})
		case routing.WrapUpSubmitted:
			line(e.Conversation, chat.Staff, chat.LineWrapUp, "agent", string(e.Agent), "reason", string(e.Reason), "automatic", fmt.Sprint(e.Automatic))
		}
	}
	return errors.Join(errs...)
}

// watch does something and holds every audience's events against what each
// would get by asking afresh.
func (w *world) watch(name string, act func() ([]routing.Effect, error)) error {
	before := w.look()
	lengths := map[id.Conversation]int{}
	for c, log := range w.logs {
		lengths[c] = len(log)
	}
	effects, err := act()
	if err != nil {
		return err
	}
	after := w.look()
	for _, c := range w.convs {
		for _, e := range w.logs[c][lengths[c]:] {
			w.met["kind "+string(e.Kind)] = true
			if e.Line != "" {
				w.met["line "+string(e.Line)] = true
			}
		}
		w.compareConversation(name, c, before, after, w.logs[c][lengths[c]:])
	}
	for _, u := range people {
		events := view.DeskEvents(w.now, before.desks[u], after.desks[u], effects)
		compare(w, "desk", name+" for "+string(u), before.desks[u], events, after.desks[u], view.ApplyDesk)
	}
	return nil
}

func (w *world) compareConversation(name string, c id.Conversation, before, after snapshots, added []chat.Entry) {
	for _, to := range []view.Audience{view.Customer, view.Staff} {
		var events []view.Event
		public, _ := split(added)
		for _, e := range public {
			ev, ok := view.EventOf(c, e, to, w.book)
			if !ok {
				w.fail("%s: public entry %d is not told to the %s", name, e.Seq, to)
			}
			events = append(events, ev)
		}
		was, is := before.conversations[c][to], after.conversations[c][to]
		if was.ID == "" {
			was = view.ConversationOf(chat.New(w.chats[c].Header()).Record(), nil, false, to, w.book)
		}
		compare(w, "conversation", name+" for the "+string(to), was, events, is, view.Apply)
		if to == view.Customer {
			w.guard(name, is, events)
		}
	}
	var events []view.Event
	_, staff := split(added)
	for _, e := range staff {
		if _, leaked := view.EventOf(c, e, view.Customer, w.book); leaked {
			w.fail("%s: staff entry %d is told on the public topic", name, e.Seq)
		}
		ev, ok := view.StaffEventOf(c, e, w.book)
		if !ok {
			w.fail("%s: staff entry %d is not told", name, e.Seq)
		}
		events = append(events, ev)
	}
	was := before.threads[c]
	if was.ID == "" {
		was = view.StaffThreadOf(c, nil, w.book)
	}
	compare(w, "staff", name, was, events, after.threads[c], view.ApplyStaff)
}

// compare applies the events to the snapshot before and holds the result
// against the one after.
func compare[V any](w *world, of, name string, before V, events []view.Event, after V, apply func(V, view.Event) V) {
	got, untouched := before, mustJSON(before)
	for i, ev := range events {
		if of == "desk" {
			events[i].Seq = id.Seq(i + 1) // the engine numbers them
		}
		got = apply(got, ev)
	}
	if diff := cmp.Diff(after, got); diff != "" {
		w.fail("%s: %s would see something else after a reload (-fresh +applied):\n%s", name, of, diff)
	}
	if mustJSON(before) != untouched {
		w.fail("%s: applying changed the %s it was given", name, of)
	}
	if w.capture != nil && len(events) > 0 {
		w.capture(fixture{Name: name, Before: before, Events: events, After: after, of: of})
	}
}

// guard looks for what a customer may not learn.
func (w *world) guard(name string, v view.Conversation, events []view.Event) {
	told := mustJSON(v) + mustJSON(events)
	for _, secret := range []string{"usr_", "que_", "ast_", "rsn_", `"owner":true`, `"user"`, "@staff.example", secretNote, secretReason, "supervisor", "agent_lost", "handed_over", "removed"} {
		if strings.Contains(told, secret) {
			w.fail("%s: the customer is told %s: %s", name, secret, told)
		}
	}
}

func (w *world) fail(format string, args ...any) {
	if len(w.broken) < 5 {
		w.broken = append(w.broken, fmt.Sprintf(format, args...))
	}
}

func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprint(reflect.TypeOf(v), err))
	}
	return string(b)
}
