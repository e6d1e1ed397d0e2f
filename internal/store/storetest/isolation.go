package storetest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/audit"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// kept are the reads of an organization that have to be kept apart. Two have
// arguments of their own and are asked by hand: History and Preferences.
var kept = []string{
	"Audit", "Chats", "Day", "Drafts", "EndedOffers", "Factors", "Feed", "Head", "IdentityKeys", "LastWords", "Part", "Passkeys", "Regular",
	"SessionsOf", "Thread", "Uploads", "Visits",
}

// apart are methods that do not read what an organization has, or say on
// purpose what others have.
var apart = []string{"Floor", "Elsewhere", "Preferences", "History", "UpdatePreferences", "DeleteVisitorsOf"}

// isolationTests: two organizations in which everything is named alike. What
// one has, the other is not told by any method that reads, one that comes after
// this test was written among them.
func isolationTests(t *testing.T, open func(t *testing.T) Store) {
	w := full(t, open)
	w.create(sample(other))
	ctx := t.Context()
	args := map[reflect.Type]any{
		reflect.TypeFor[id.User]():           id.User("usr_anna"),
		reflect.TypeFor[id.Conversation]():   conv1,
		reflect.TypeFor[id.Customer]():       id.Customer("cus_1"),
		reflect.TypeFor[id.Asset]():          id.Asset("ast_1"),
		reflect.TypeFor[id.Part]():           id.Part(1),
		reflect.TypeFor[id.Seq]():            id.Seq(0),
		reflect.TypeFor[chat.Topic]():        chat.Public,
		reflect.TypeFor[engine.Window]():     engine.Window{Forward: true, Limit: 100},
		reflect.TypeFor[engine.AuditQuery](): engine.AuditQuery{Limit: 100},
		reflect.TypeFor[time.Time]():         t0,
		reflect.TypeFor[int]():               100,
		reflect.TypeFor[[]id.Conversation](): []id.Conversation{conv1},
		reflect.TypeFor[[]id.Attachment]():   []id.Attachment{"att_1"},
	}
	store := reflect.TypeFor[Store]()
	value := reflect.ValueOf(w.Store)
	asked := map[string]bool{}
	for i := range store.NumMethod() {
		m := store.Method(i)
		if slices.Contains(apart, m.Name) || m.Type.NumIn() < 2 || m.Type.NumOut() < 2 || m.Type.In(1) != reflect.TypeFor[id.Org]() {
			continue
		}
		// A method that is given something else writes it, and so does one that
		// answers nothing.
		in := []reflect.Value{reflect.ValueOf(ctx), {}}
		for k := 2; k < m.Type.NumIn(); k++ {
			if arg, known := args[m.Type.In(k)]; known {
				in = append(in, reflect.ValueOf(arg))
			}
		}
		if len(in) < m.Type.NumIn() {
			continue
		}
		ask := func(o id.Org) string {
			in[1] = reflect.ValueOf(o)
			return told(t, m.Name, value.MethodByName(m.Name).Call(in))
		}
		if theirs := ask(other); theirs != "" {
			t.Errorf("%s tells another organization %s", m.Name, theirs)
		}
		asked[m.Name] = ask(acme) != ""
	}
	for _, name := range kept {
		if !asked[name] {
			t.Errorf("%s: it was not asked, or there is nothing to be kept apart", name)
		}
	}
	p, err := w.Preferences(ctx, other, "usr_anna")
	w.ok(err)
	same(t, "preferences of another organization's", org.DefaultPreferences(), p)
	c, err := w.OpenConversation(ctx, other, "cus_1", "ast_1")
	if c != "" {
		t.Errorf("an open conversation of another organization's: %s %v", c, err)
	}
	for o, want := range map[id.Org]int{acme: 1, other: 0} {
		past, _, err := w.History(ctx, o, "cus_1", conv1, "", 10)
		w.ok(err)
		same(t, "past conversations of "+string(o), want, len(past))
	}
	replies, err := w.Replies(ctx, []engine.ReplyKey{{Org: other, Scope: string(conv1)}, {Org: other, Scope: "usr_anna", Command: "c1"}})
	w.ok(err)
	same(t, "replies to another organization's", 0, len(replies))
}

// told is what a method said: nothing where all of it is empty or it found
// nothing.
func told(t *testing.T, name string, out []reflect.Value) string {
	t.Helper()
	var said []string
	for _, v := range out {
		if err, is := v.Interface().(error); is {
			if problem.CodeOf(err) != problem.NotFound {
				t.Errorf("%s: %v", name, err)
			}
			return ""
		}
		empty := v.IsZero() || (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.Len() == 0
		if !empty {
			said = append(said, fmt.Sprintf("%+v", v))
		}
	}
	return strings.Join(said, ", ")
}

// full is an organization that has something of everything.
func full(t *testing.T, open func(t *testing.T) Store) *world {
	w := newWorld(t, open)
	ctx := t.Context()
	w.closedChat(1, "cus_1")
	b, s := begin(conv1, "cus_1", 2)
	w.commit(b)
	file := upload("att_1", "k1")
	file.Conversation = conv1
	_, err := w.AddUpload(ctx, acme, file, engine.Quota{Bytes: 1000, Unsent: 5})
	w.ok(err)
	offer := openOffer(1, 2, conv1, "usr_ben", 1)
	w.commit(engine.OrgBatch{Floor: routing.Records{Offers: []routing.Offer{offer}, LastOffer: 1}})
	offer.End, offer.Cause, offer.EndedAt = routing.OfferWithdrawn, routing.CauseWentIdle, at(5)
	part := openPart(2, 2, conv1, "usr_anna", 1)
	key := engine.ReplyKey{Org: acme, Scope: "usr_anna", Command: "c1"}
	w.commit(engine.OrgBatch{
		Floor:   routing.Records{Offers: []routing.Offer{offer}, Parts: []routing.Part{part}, LastPart: 2},
		Chats:   []engine.ChatChange{step(t, s, chat.Join{User: "usr_anna", Name: "Anna", Owner: true}, post("m1", "secret words"))},
		Feed:    events(1, 1),
		Audit:   []audit.Record{{At: t0, Actor: "usr_anna", Act: "configure", Object: "que_1"}},
		Replies: []engine.StoredReply{{Key: key}},
	})
	w.ok(w.Visited(ctx, acme, "ast_1", "https://shop.example", t0))
	w.ok(w.CreateSession(ctx, access.Session{Digest: access.Digest{1}, Org: acme, User: "usr_anna", CreatedAt: t0, SeenAt: t0}))
	w.ok(w.PutIdentityKey(ctx, access.IdentityKey{Org: acme, Asset: "ast_1", ID: "k", Algorithm: access.HS256, Material: []byte("secret"), CreatedAt: t0}))
	_, err = w.UpdatePreferences(ctx, acme, "usr_anna", func(p *org.Preferences) error { p.Theme = "dark"; return nil })
	w.ok(err)
	w.ok(w.BeginFactor(ctx, acme, "usr_anna", []byte("sealed")))
	w.ok(w.ConfirmFactor(ctx, acme, "usr_anna", access.Factor{Sealed: []byte("sealed"), ConfirmedAt: t0}, nil))
	w.ok(w.AddPasskey(ctx, access.Passkey{Org: acme, User: "usr_anna", ID: "pky_1", Name: "Key", Credential: []byte("one"), Key: []byte("public"), CreatedAt: t0}, 1))
	_, err = w.PutDraft(ctx, acme, "usr_anna", view.Draft{Conversation: conv1, Revision: 1, Text: "secret", At: t0})
	w.ok(err)
	return w
}
